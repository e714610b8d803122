"""What people ask of the decentralised scheme and of other ways of funding; read from the state, never changing it."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Grid
from sim.outcomes import smallest
from sim.outcomes.look import once
from sim.outcomes.measures import average, by_pupils, mean, posts, pupils
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.registry import Parameters
from sim.rules import rule
from sim.schemes.decentralised.assumptions import Hands
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.schemes.decentralised.uh import hour_costs
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def forum_satisfaction(state: State, p: Parameters) -> Floats:
    """Satisfaction in each owner's forum."""
    return state[Forums].satisfaction[state[CountyForums].forum[state[Municipalities].county]]


def forum_role_clarity(state: State, p: Parameters) -> Floats:
    """How clear roles are in each owner's forum."""
    return state[Forums].role_clarity[state[CountyForums].forum[state[Municipalities].county]]


def partnership_trust(state: State, p: Parameters) -> Floats:
    """Trust between owner and UH."""
    return state[Ties].trust.copy()


def partnership_equality(state: State, p: Parameters) -> Floats:
    """Equality of owner and UH."""
    return state[Ties].equality.copy()


def shared_understanding(state: State, p: Parameters) -> Floats:
    """Shared understanding of owner and UH."""
    return state[Ties].shared.copy()


def needs_hit(state: State, p: Parameters) -> Floats:
    """How well the needs analysis hits."""
    return state[DecentralisedOwners].hit.copy()


def funding_legitimacy(state: State, p: Parameters) -> Floats:
    """Legitimacy of the way competence development is funded, as owners see it."""
    return state[DecentralisedOwners].legitimacy.copy()


def grant_nok(state: State, p: Parameters) -> Floats:
    """State grant this school year."""
    return state[DecentralisedOwners].grant_nok.astype(float)


def own_nok(state: State, p: Parameters) -> Floats:
    """Owners' own contribution this school year."""
    return state[DecentralisedOwners].own_nok.astype(float)


def scheme_hours(state: State, p: Parameters) -> Floats:
    """Owners', leaders' and teachers' hours this half-year for getting the money, needs analyses and deciding together."""
    return state[DecentralisedOwners].hours.copy()


IN_MEASURES, YEARS, FIT, COVERED, INVOLVED, TOGETHER, SCHOOLS = range(7)
"""Rows of what schools in measures come to in each municipality: as means over all its teachers; their number last."""


@rule
def add_up(schools: Schools, ds: DecentralisedSchools, found: Grid, posts: Floats) -> None:
    """Fills in `in_measures`; `posts` are each municipality's."""
    for s in range(len(schools)):
        if ds.in_measure[s]:
            m, n = schools.municipality[s], float(schools.n_teachers[s])
            found[IN_MEASURES, m] += n
            found[YEARS, m] += ds.stage[s] * n
            found[FIT, m] += ds.fit[s] * n
            found[COVERED, m] += ds.coverage[s] * n
            found[INVOLVED, m] += schools.involvement[s] * n
            found[TOGETHER, m] += np.sqrt(schools.community[s] * ds.coverage[s]) * n
            found[SCHOOLS, m] += 1.0
    for m in range(len(posts)):
        for row in range(SCHOOLS):
            found[row, m] = found[row, m] / posts[m] if posts[m] > 0 else 0.0


@once
def in_measures(state: State) -> tuple[Floats, ...]:
    """The rows of what schools in measures come to, shape (municipalities,) each."""
    total = posts(state).total
    found = np.zeros((SCHOOLS + 1, len(total)))
    add_up(state, None, found=found, posts=total)
    return tuple(found)


def teachers_reached(state: State, p: Parameters) -> Floats:
    """Share of teachers who take part in a measure of the scheme."""
    return in_measures(state)[COVERED]


def pupils_reached(state: State, p: Parameters) -> Floats:
    """Pupils of teachers who take part in a measure of the scheme."""
    ds = state[DecentralisedSchools]
    return by_pupils(state, ds.coverage * ds.in_measure) * pupils(state).total


def grant_inequality(state: State, p: Parameters) -> Floats:
    """Coefficient of variation over municipalities, weighted by pupils, of the grant per pupil; shape (1,)."""
    grant, weights = state[DecentralisedOwners].grant_nok, pupils(state).total
    if grant.sum() == 0:
        return np.array([np.nan])
    each = grant / np.maximum(weights, 1)
    usual = average(each, weights)
    return np.array([np.sqrt(average((each - usual) ** 2, weights)) / usual])


def uh_idle_nok(state: State, p: Parameters) -> Floats:
    """What staff costs that promised money pays for and no grant asks for, over UH units; shape (1,)."""
    uh = state[DecentralisedUH]
    return np.array([(uh.idle_hours * hour_costs(uh.permanent, p[Hands])).sum()])


def teacher_education(state: State, p: Parameters) -> Floats:
    """What comes back to teacher education, mean over UH units; shape (1,)."""
    return np.array([mean(state[DecentralisedUH].teaching)])


OUTCOMES = (
    Outcome(
        "forum_satisfaction",
        "0-1",
        1,
        Gather.MEAN,
        forum_satisfaction,
        "forum members' satisfaction with the cooperation",
        smallest=smallest.POINT,
    ),
    Outcome(
        "forum_role_clarity",
        "0-1",
        1,
        Gather.MEAN,
        forum_role_clarity,
        "how clear roles in the forum are",
        smallest=smallest.POINT,
    ),
    Outcome(
        "partnership_trust",
        "0-1",
        1,
        Gather.MEAN,
        partnership_trust,
        "trust between owners and UH",
        smallest=smallest.POINT,
    ),
    Outcome(
        "partnership_equality",
        "0-1",
        1,
        Gather.MEAN,
        partnership_equality,
        "equality of owners and UH",
        smallest=smallest.POINT,
    ),
    Outcome(
        "shared_understanding",
        "0-1",
        1,
        Gather.MEAN,
        shared_understanding,
        "shared understanding of owners and UH",
        smallest=smallest.POINT,
    ),
    Outcome(
        "needs_hit", "0-1", 1, Gather.MEAN, needs_hit, "how well needs analyses hit", smallest=smallest.POINT
    ),
    Outcome(
        "funding_legitimacy",
        "0-1",
        1,
        Gather.MEAN,
        funding_legitimacy,
        "legitimacy of the way competence is funded, as owners see it",
        smallest=smallest.POINT,
    ),
    Outcome(
        "grant_nok",
        "NOK per school year",
        0,
        Gather.SUM,
        grant_nok,
        "state grant for competence in schools",
        0,
        smallest=smallest.MONEY,
    ),
    Outcome(
        "own_nok",
        "NOK per school year",
        -1,
        Gather.SUM,
        own_nok,
        "owners' own contribution",
        0,
        smallest=smallest.MONEY,
    ),
    Outcome(
        "scheme_hours",
        "hours per half-year",
        -1,
        Gather.SUM,
        scheme_hours,
        "owners', leaders' and teachers' hours for getting the money, for needs analyses and for deciding together",
        0,
        smallest=smallest.HOURS,
    ),
    Outcome(
        "teachers_reached",
        "share",
        1,
        Gather.PUPILS,
        teachers_reached,
        "teachers who take part in a measure",
        3,
        smallest=smallest.PERCENTAGE_POINT,
    ),
    Outcome(
        "scheme_pupils_reached",
        "pupils",
        1,
        Gather.SUM,
        pupils_reached,
        "pupils of teachers who take part in a measure",
        0,
        smallest=smallest.REACHED,
    ),
    Outcome(
        "grant_inequality",
        "coefficient of variation",
        -1,
        Gather.NATION,
        grant_inequality,
        "how unequally the grant per pupil is spread",
        smallest=smallest.SPREAD,
    ),
    Outcome(
        "uh_idle_nok",
        "NOK per school year",
        -1,
        Gather.NATION,
        uh_idle_nok,
        "money bound to UH staff that nobody asks for",
        0,
        smallest=smallest.MONEY,
    ),
    Outcome(
        "teacher_education",
        "0-1",
        1,
        Gather.NATION,
        teacher_education,
        "what comes back to teacher education",
        smallest=smallest.POINT,
    ),
)
