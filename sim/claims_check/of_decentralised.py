"""Readings of the decentralised scheme."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Bools, Floats
from sim.claims_check.figures import OfState, among, gap, mean, population, pupils_of, third, total
from sim.outcomes.measures import average
from sim.outcomes.smallest import CAPACITY, HOURS, MONEY, POINT, PRACTICE, SPREAD, Smallest
from sim.schemes.decentralised.other_owners.outcomes import over_owners, over_teachers
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs, Ownership
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers


def _part_of_the_grant(state: State, who: Bools) -> float:
    """Grant per pupil of some owners over everybody's."""
    grant, size = state[DecentralisedOwners].grant_nok, pupils_of(state)
    return float(grant[who].sum() / size[who].sum() / (grant.sum() / size.sum()))


def small_owners(state: State) -> Bools:
    """The third of the owners with the fewest inhabitants."""
    return third(population(state), largest=False)


def _learning_where_owners_have_staff(state: State) -> float:
    """Learning in schools of the third with most staff less that of the third with least, in means of all schools."""
    schools, staff = state[Schools], state[Municipalities].capacity_fte
    learned = [
        average(schools.learning[here], schools.n_teachers[here])
        for here in (third(staff, largest=largest)[schools.municipality] for largest in (True, False))
    ]
    everywhere = average(schools.learning, schools.n_teachers)
    return (learned[0] - learned[1]) / everywhere if everywhere > 0 else 0.0


def _applicants_luck(state: State) -> float:
    """Grant per pupil of the third with most capacity and competence to apply, less that of the third with least; in means."""
    owners = state[Municipalities]
    each = state[DecentralisedOwners].grant_nok / pupils_of(state)
    return gap(each, owners.capacity_fte * owners.competence) / float(each.mean())


def _strength_of_funded_partnerships(state: State) -> float:
    """Trust times equality, weighted by grant per pupil against the mean of the forum."""
    ties, forum = state[Ties], state[CountyForums].forum[state[Municipalities].county]
    n = np.maximum(np.bincount(forum), 1)

    def within(values: Floats) -> Floats:
        return np.asarray(values - (np.bincount(forum, values) / n)[forum])

    each = state[DecentralisedOwners].grant_nok / pupils_of(state)
    return float((within(each / each.mean()) * within(ties.trust * ties.equality)).mean())


def _of_measures(column: str) -> OfState:
    def read(state: State) -> float:
        ds = state[DecentralisedSchools]
        return among(getattr(ds, column), ds.in_measure)

    return read


def _taking_part(state: State) -> Floats:
    ds = state[DecentralisedSchools]
    return np.asarray(ds.coverage * ds.in_measure)


def _few_teachers(state: State) -> Bools:
    """The third of the schools with the fewest teachers."""
    n = state[Schools].n_teachers
    return np.asarray(n <= np.quantile(n, 1 / 3))


def _reached_in_small_schools(state: State) -> float:
    here = _few_teachers(state)
    return average(_taking_part(state)[here], state[Schools].n_teachers[here])


def _dose(state: State) -> float:
    """UH's hours for each teacher who takes part."""
    n = float((_taking_part(state) * state[Schools].n_teachers).sum())
    return float(state[DecentralisedOwners].uh_hours.sum()) / max(n, 1.0)


OF_DECENTRALISED: Mapping[str, tuple[OfState, str, Smallest]] = {
    "shared understanding": (mean(Ties, "shared"), "0-1", POINT),
    "equality": (mean(Ties, "equality"), "0-1", POINT),
    "trust": (mean(Ties, "trust"), "0-1", POINT),
    "tailoring": (mean(Ties, "tailored"), "0-1", POINT),
    "partners changed": (mean(Ties, "changed"), "share", POINT),
    "equality with competent owners": (lambda s: gap(s[Ties].equality, s[Municipalities].competence), "0-1", POINT),
    "ownership": (lambda s: among(s[Teachers].ownership, s[Teachers].held), "0-1", POINT),
    "hours": (mean(DecentralisedOwners, "hours"), "hours", HOURS),
    "learning": (lambda s: average(s[Schools].learning, s[Schools].n_teachers), "SD of practice a year", HOURS),
    "practice": (lambda s: among(s[Teachers].practice, s[Teachers].held), "SD of practice", PRACTICE),
    "contact with practice": (mean(DecentralisedUH, "practice_contact"), "0-1", POINT),
    "teaching": (mean(DecentralisedUH, "teaching"), "0-1", POINT),
    "research": (mean(DecentralisedUH, "research"), "0-1", POINT),
    "UH's process competence": (mean(DecentralisedUH, "process_competence"), "0-1", POINT),
    "UH's effort": (mean(DecentralisedUH, "effort"), "0-1", POINT),
    "UH's capacity": (total(DecentralisedUH, "capacity_hours"), "hours", HOURS),
    "UH's hours": (total(DecentralisedOwners, "uh_hours"), "hours", HOURS),
    "hours for a krone": (
        lambda s: float(s[DecentralisedUH].demand_hours.sum() / s[DecentralisedOwners].uh_nok.sum()), "hours per NOK",
        MONEY,
    ),
    "satisfaction": (mean(Forums, "satisfaction"), "0-1", POINT),
    "role clarity": (mean(Forums, "role_clarity"), "0-1", POINT),
    "trust in the forum": (mean(Forums, "trust"), "0-1", POINT),
    "leadership of forums": (mean(Forums, "leadership"), "0-1", POINT),
    "hit": (mean(DecentralisedOwners, "hit"), "0-1", POINT),
    "use of data": (mean(DecentralisedOwners, "versed"), "0-1", POINT),
    "owners' effort": (mean(DecentralisedOwners, "effort"), "0-1", POINT),
    "legitimacy of the money's way": (mean(DecentralisedOwners, "legitimacy"), "0-1", POINT),
    "process leadership": (mean(DecentralisedOwners, "process_leadership"), "0-1", POINT),
    "process leadership of large owners": (
        lambda s: gap(s[DecentralisedOwners].process_leadership, population(s)), "0-1", POINT,
    ),
    "grant of small owners": (lambda s: _part_of_the_grant(s, small_owners(s)), "ratio", SPREAD),
    "grant of large owners": (lambda s: _part_of_the_grant(s, third(population(s), largest=True)), "ratio", SPREAD),
    "more effort of large owners": (lambda s: gap(s[DecentralisedOwners].effort, population(s)), "0-1", POINT),
    "learning where owners have staff": (_learning_where_owners_have_staff, "ratio", SPREAD),
    "applicants' luck": (_applicants_luck, "ratio", SPREAD),
    "strength of funded partnerships": (_strength_of_funded_partnerships, "0-1", POINT),
    "distance": (mean(DecentralisedSchools, "distance"), "0-1", POINT),
    "co-determination": (mean(DecentralisedSchools, "codetermination"), "0-1", POINT),
    "involvement": (mean(Schools, "involvement"), "0-1", POINT),
    "process led in schools": (mean(DecentralisedSchools, "led"), "0-1", POINT),
    "fatigue": (mean(Schools, "fatigue"), "0-1", POINT),
    "load": (mean(Municipalities, "load"), "ratio", CAPACITY),
    "load of the smallest": (lambda s: float(s[Municipalities].load[small_owners(s)].mean()), "ratio", CAPACITY),
    "more load of the smallest": (lambda s: -gap(s[Municipalities].load, population(s)), "ratio", CAPACITY),
    "upkeep": (mean(Schools, "upkeep"), "share", POINT),
    "owners that pause": (mean(DecentralisedOwners, "paused"), "share", POINT),
    "learning where leaders are strong": (
        lambda s: gap(s[Schools].learning, s[Schools].leadership), "SD of practice a year",
        Smallest(0.001, "assumption: a twentieth of what measures usually bring a school in a year"),
    ),
    "stalled": (_of_measures("stalled"), "share", POINT),
    "fit": (_of_measures("fit"), "0-1", POINT),
    "years behind the measure": (
        _of_measures("stage"), "years", Smallest(0.05, "assumption: half a month and some days"),
    ),
    "coverage": (_of_measures("coverage"), "share", POINT),
    "teachers reached": (lambda s: average(_taking_part(s), s[Schools].n_teachers), "share", POINT),
    "teachers reached in small schools": (_reached_in_small_schools, "share", POINT),
    "community in small schools": (lambda s: float(s[Schools].community[_few_teachers(s)].mean()), "0-1", POINT),
    "dose": (_dose, "hours per teacher", HOURS),
    "practice in upper secondary": (
        lambda s: float(over_teachers(s, s[OtherStaffs].practice, Ownership.COUNTY)[0]), "SD of practice", PRACTICE,
    ),
    "practice in private schools": (
        lambda s: float(over_teachers(s, s[OtherStaffs].practice, Ownership.PRIVATE)[0]), "SD of practice", PRACTICE,
    ),
    "counties' hours": (lambda s: float(over_owners(s, s[OtherOwners].hours, Ownership.COUNTY)[0]), "hours", HOURS),
    "municipal grant": (total(DecentralisedOwners, "grant_nok"), "NOK", MONEY),
}  # fmt: skip
