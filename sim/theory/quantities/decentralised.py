"""Quantities of the decentralised scheme's programme theory [AFI-rapport 2026:02, 2.1]."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import AnyArray, Floats
from sim.outcomes.measures import by_teachers, owner_competence, posts
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.assumptions import Hands, Measure, Partners
from sim.schemes.decentralised.carrying_out import conditions
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import regime
from sim.schemes.decentralised.outcomes import (
    FIT,
    IN_MEASURES,
    INVOLVED,
    SCHOOLS,
    TOGETHER,
    YEARS,
    forum_satisfaction,
    in_measures,
)
from sim.schemes.decentralised.state import (
    Collaboration,
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Logic,
    Ties,
)
from sim.schemes.decentralised.uh import for_schools, quality_in_schools
from sim.state import State
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Schools
from sim.theory.quantities.quantity import Quantity


def fit_of_next_measures(state: State, p: Parameters) -> Floats:
    """How well measures begun now would fit the schools' needs."""
    tailored = state[Ties].tailored
    followed = tailored + (1 - tailored) * p[Partners].package_fit
    return np.asarray(state[DecentralisedOwners].hit * followed)


def years_unbroken(state: State, p: Parameters) -> Floats:
    """Years of unbroken work on the present measure, mean over teachers; none where there is no measure."""
    return in_measures(state)[YEARS]


def by_programme(state: State, p: Parameters) -> Floats:
    """Part of the money that national programmes hand out: one more link between design and classroom."""
    return _everywhere(state, regime(p[Decentralised])[Logic.HIERARCHY] * p[Decentralised].active)


def through_forum(state: State, p: Parameters) -> Floats:
    """Part of the money that goes through the forum."""
    return _everywhere(state, regime(p[Decentralised])[Logic.NETWORK] * p[Decentralised].active)


def grant_per_teacher(state: State, p: Parameters) -> Floats:
    """State grant this school year, in NOK per teacher."""
    return np.asarray(state[DecentralisedOwners].grant_nok / np.maximum(posts(state).total, 1))


def uh_part(state: State, p: Parameters) -> Floats:
    """Part of the grant that goes to UH; nothing applies where there is no grant."""
    dec = state[DecentralisedOwners]
    return _part(dec.uh_nok, dec.grant_nok)


def own_part(state: State, p: Parameters) -> Floats:
    """Own contribution over the grant; nothing applies where there is no grant."""
    dec = state[DecentralisedOwners]
    return _part(dec.own_nok, dec.grant_nok)


def say_in_forum(state: State, p: Parameters) -> Floats:
    """Weight of the owner's priorities in the forum against an equal say; none where no money goes through it."""
    return state[DecentralisedOwners].voice * (through_forum(state, p) > 0)


def measure_years(state: State, p: Parameters) -> Floats:
    """For how many years measures are granted."""
    return _everywhere(state, p[Decentralised].measure_years * p[Decentralised].active)


def forum_leadership(state: State, p: Parameters) -> Floats:
    """The governor's facilitating leadership of the owner's forum."""
    return _of_forum(state, state[Forums].leadership)


def role_clarity(state: State, p: Parameters) -> Floats:
    """How clear roles are in the owner's forum."""
    return _of_forum(state, state[Forums].role_clarity)


def partnership(state: State, p: Parameters) -> Floats:
    """Geometric mean of what owners are asked of their partnership with UH: equality and shared understanding."""
    ties = state[Ties]
    return np.sqrt(ties.equality * ties.shared)


def uh_hours_met(state: State, p: Parameters) -> Floats:
    """Part of the hours asked of the UH partner that its staff can give."""
    uh = state[DecentralisedUH]
    free = for_schools(uh.capacity_hours, p[Decentralised], p[Hands])
    met = np.minimum(free / np.maximum(uh.demand_hours, 1), 1)
    return np.asarray(met[state[Ties].uh_unit])


def uh_competence(state: State, p: Parameters) -> Floats:
    """The UH partner's competence: mean of the quality of its work in schools and of its process competence."""
    units, hands = state[UHUnits], p[Hands]
    quality = [
        quality_in_schools(*unit, hands) for unit in zip(units.quality, units.specialised, strict=True)
    ]
    both = (np.array(quality) + state[DecentralisedUH].process_competence) / 2
    return both[state[Ties].uh_unit]


def needs_hit(state: State, p: Parameters) -> Floats:
    """How well the needs analysis hits."""
    return state[DecentralisedOwners].hit.copy()


def owner_effort(state: State, p: Parameters) -> Floats:
    """What the owner puts into the scheme."""
    return state[DecentralisedOwners].effort.copy()


def process_leadership(state: State, p: Parameters) -> Floats:
    """How well the work is led over time, relative to the leadership at which measures give what the literature finds."""
    return np.asarray(state[DecentralisedOwners].process_leadership / p[Measure].usual_process)


def schools_in_measure(state: State, p: Parameters) -> Floats:
    """Part of the owner's schools that are in a measure."""
    found = in_measures(state)[SCHOOLS]
    return np.asarray(found / np.maximum(np.bincount(state[Schools].municipality, minlength=len(found)), 1))


def owner_strengthened(state: State, p: Parameters) -> Floats:
    """How far taking part has strengthened the owner lately."""
    return state[DecentralisedOwners].strengthened.copy()


def planned_with_uh(state: State, p: Parameters) -> Floats:
    """How far measures are planned together with UH."""
    return state[Ties].together[:, Collaboration.PLANNING].copy()


def uh_teaching(state: State, p: Parameters) -> Floats:
    """What comes back to the UH partner's teacher education."""
    return state[DecentralisedUH].teaching[state[Ties].uh_unit]


def fit_of_measures(state: State, p: Parameters) -> Floats:
    """How well the measures under way fit their schools; nothing where there is no measure."""
    return _over_measures(state, in_measures(state)[FIT])


def teachers_involved(state: State, p: Parameters) -> Floats:
    """How far teachers take an active part, in schools with a measure; applies to nobody without one."""
    found = in_measures(state)
    return np.where(found[IN_MEASURES] == 0, np.nan, _over_measures(state, found[INVOLVED]))


def collective_learning(state: State, p: Parameters) -> Floats:
    """Geometric mean of the staff room's community and the measure's coverage; nothing where there is no measure."""
    return _over_measures(state, in_measures(state)[TOGETHER])


def quality_of_measures(state: State, p: Parameters) -> Floats:
    """All conditions of the measures under way as a factor on what the literature finds; nothing where there is none."""
    return _over_measures(
        state, by_teachers(state, conditions(state, p) * state[DecentralisedSchools].in_measure)
    )


def _everywhere(state: State, value: float) -> Floats:
    return np.full(len(state[Municipalities]), float(value))


def _part(part: AnyArray, whole: AnyArray) -> Floats:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


def _of_forum(state: State, values: Floats) -> Floats:
    return values[state[CountyForums].forum[state[Municipalities].county]]


def _over_measures(state: State, over_all: Floats) -> Floats:
    """From the part that schools in measures have in the mean over all teachers to the mean over their own, shape
    (municipalities,); 0 where there are none.
    """
    in_measure = in_measures(state)[IN_MEASURES]
    found: Floats = np.divide(over_all, in_measure, out=np.zeros(len(over_all)), where=in_measure > 0)
    return found


DECENTRALISED: Mapping[str, Quantity] = {
    measure.__name__: measure
    for measure in (
        fit_of_next_measures, years_unbroken, by_programme, through_forum, grant_per_teacher, uh_part, own_part,
        say_in_forum, measure_years, forum_leadership, role_clarity, partnership, uh_hours_met, uh_competence, needs_hit,
        owner_effort, process_leadership, schools_in_measure, forum_satisfaction, owner_strengthened, planned_with_uh,
        uh_teaching, fit_of_measures, quality_of_measures, owner_competence, teachers_involved, collective_learning,
    )
}  # fmt: skip
