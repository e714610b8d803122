"""A country to work out by hand: two municipalities, three schools, a dozen teachers, and dice that fall as told.

    row  kommunenummer  schools (row, grades, teachers)
     0       1101       0: grades 1-7, five teachers; 1: grades 8-10, three teachers
     1       4601       2: grades 1-10, four teachers

Identities are rows plus a hundred for schools and plus a thousand for teachers, so that mixing up who and where shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import ndtri

from sim.arrays import Floats, Ints
from sim.half_year import HalfYear, Season
from sim.parameters.classroom import Classroom
from sim.parameters.declaration import Value
from sim.parameters.implementing import Implementing
from sim.parameters.load import Curriculum, Load, Pandemic
from sim.parameters.registry import Parameters, Registry
from sim.parameters.results import Measurement, Results
from sim.parameters.scope import Scope
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl
from sim.parameters.turnover import Turnover
from sim.randomness import Draws, Streams
from sim.rules.luck import Luck
from sim.schemes.decentralised.assumptions import (
    Collective,
    Coordinators,
    Expectations,
    Forum,
    HandingOver,
    Hands,
    Logics,
    Measure,
    Money,
    Needs,
    Partners,
    Politicians,
    Themes,
    Voices,
)
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.levers import OtherOwnership
from sim.schemes.follow_up.assumptions import (
    Acceptance,
    Governors,
    Grounds,
    Implementation,
    Peers,
    Prephase,
    Targeting,
    Will,
    YearWheel,
)
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_state import blank_draw_tables
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, FollowUpSchools, Guides
from sim.state import State
from sim.state.measurements import Measurements
from sim.state.places import Centrality, Counties, Municipalities, Networks, Offices, UHUnits
from sim.state.schools import GRADES, Schools, Teachers
from sim.state.table import T
from tests.small_values import VALUES

REGISTRY = Registry(
    [
        Scope, Society, StateControl, Turnover, Classroom, Implementing, Load, Curriculum, Pandemic, Results, Measurement,
        Decentralised, Forum, Logics, Needs, Partners, Hands, Measure, Voices, Themes, Collective, Coordinators,
        Expectations, Money, Politicians, HandingOver, OtherOwnership, OtherSchooling,
        FollowUp, Draw, Acceptance, Grounds, Will, Peers, Prephase, Governors, YearWheel, Targeting, Implementation,
    ]
)  # fmt: skip

N_TEACHERS = (5, 3, 4)
"""Teachers of each school."""


class Dice(Draws):
    """Draws that fall as told: `Dice({"principal leaves": {101: 0.01}})`; all others fall in the middle, 0.5.

    Where several numbers belong to one identity, give as many. Rules are played line by line under them.
    """

    told = True

    def __init__(self, falls: Mapping[str, Mapping[int, float | Sequence[float]]] | None = None) -> None:
        super().__init__(np.uint64(0))
        self.falls = falls or {}

    def uniform(self, decision: str, ids: Ints, per: int = 0) -> Floats:
        numbers = np.full((len(ids), per) if per else len(ids), 0.5)
        for identity, told in self.falls.get(decision, {}).items():
            numbers[ids == identity] = told
        return numbers

    def normal(self, decision: str, ids: Ints, per: int = 0) -> Floats:
        numbers: Floats = ndtri(self.uniform(decision, ids, per))
        return numbers

    def luck(self, decision: str) -> Luck:
        return Told(self, decision)


class Told(Luck):
    """Named luck that falls as its dice are told."""

    def __init__(self, dice: Dice, decision: str) -> None:
        self.dice, self.decision = dice, decision

    def uniform(self, identity: int, which: int = 0) -> float:
        told = self.dice.falls.get(self.decision, {}).get(int(identity), 0.5)
        return told if isinstance(told, (int, float)) else float(told[which])

    def normal(self, identity: int, which: int = 0) -> float:
        return float(ndtri(self.uniform(identity, which)))

    def uniforms(self, identities: Ints, out: Floats, which: int = 0) -> None:
        out[:] = [self.uniform(identity, which) for identity in identities]

    def normals(self, identities: Ints, out: Floats, which: int = 0) -> None:
        out[:] = [self.normal(identity, which) for identity in identities]


def parameters(**values: Value) -> Parameters:
    """The values of `tests/small_values.py` but for those given, with two underscores for the last dot:
    `turnover__head_exit=1.0`, `follow_up_prephase__team=1`.
    """
    return assumed(REGISTRY, VALUES, values)


def assumed(
    registry: Registry, usual: Mapping[str, Mapping[str, Value]], changed: Mapping[str, Value]
) -> Parameters:
    """The usual values by group and field but for those changed, which are named as for `parameters`."""
    given = {f"{key}.{field}": value for key, group in usual.items() for field, value in group.items()}
    by_key = {f"{d.group.key.replace('.', '_')}__{d.field}": d.name for d in registry.by_name.values()}
    for name in given:
        registry.find(name)
    return Parameters(registry, given | {by_key[key]: value for key, value in changed.items()})


def luck(state: State, world: int = 0) -> Draws:
    """True chance at the state's half-year."""
    return Streams(1, world).at(state.now.index)


def filled(kind: type[T], n: int, **columns: object) -> T:
    """A table of `n` rows at their defaults but for the columns given."""
    made = kind.blank(n)
    for name, values in columns.items():
        getattr(made, name)[...] = values
    return made


def small_world(year: int = 2020, season: Season = Season.AUTUMN) -> State:
    """The country of this module's docstring, with the follow-up scheme's tables, nobody drawn."""
    state = State(
        HalfYear.of(year, season),
        [
            filled(Offices, 2, id=[0, 1], name=["Rogaland", "Vestland"], closeness=[0.7, 0.3]),
            filled(Counties, 2, id=[11, 46], office=[0, 1], population=[4000, 900]),
            filled(Networks, 2, id=[0, 1], county=[0, 1]),
            filled(UHUnits, 2, id=[0, 1], quality=[0.6, 0.4], tradition=0.5, capacity_fte=[10, 4]),
            _municipalities(),
            _schools(),
            Measurements.blank(3),
            _teachers(),
            FollowUpOwners.blank(2),
            *blank_draw_tables(3),
            FollowUpSchools.blank(3),
            _guides(),
            filled(FollowUpOffices, 2, role_clarity=0.4),
        ],
    )
    assert state.breaches() == []
    return state


def _municipalities() -> Municipalities:
    return filled(
        Municipalities,
        2,
        id=[1101, 4601],
        county=[0, 1],
        network=[0, 1],
        uh_unit=[0, 1],
        population=[4000, 900],
        centrality=[Centrality.CENTRAL, Centrality.REMOTE],
        unqualified=[0.1, 0.2],
        capacity_fte=[1.0, 0.25],
        competence=[0.6, 0.4],
        head_tenure=[5, 2],
        load=1,
    )


def _schools() -> Schools:
    first, last = np.array([1, 8, 1]), np.array([7, 10, 10])
    cohort = np.array([20, 20, 10])
    grade = np.arange(1, GRADES + 1)
    taught = (grade >= first[:, None]) & (grade <= last[:, None])
    return filled(
        Schools,
        3,
        id=[100, 101, 102],
        municipality=[0, 0, 1],
        first_grade=first,
        last_grade=last,
        cohort_size=cohort,
        pupils=np.where(taught, cohort[:, None], 0),
        n_teachers=N_TEACHERS,
        means=1,
        intake=[1, -1, -2],
        community=0.5,
        leadership=[0.5, 0.8, 0.2],
        principal_tenure=[4, 6, 1],
    )


def _teachers() -> Teachers:
    school = np.repeat(np.arange(3), N_TEACHERS)
    practice = [0.0, 0.5, -0.5, 1.0, -1.0, 0.3, 0.0, -0.3, 0.2, -0.2, 0.4, -0.4]
    return filled(
        Teachers, len(school), id=1000 + np.arange(len(school)), school=school, age=40, experience=10,
        tenure=5, qualified=True, baseline=practice, practice=practice, ownership=0.4,
    )  # fmt: skip


def _guides() -> Guides:
    """Five guides to be had in each office's area, rows 0-4 and 5-9, and five of the nation; even rows are employed by UH."""
    from_uh = np.arange(15) % 2 == 0
    return filled(
        Guides,
        15,
        id=np.arange(15),
        office=np.repeat([0, 1, 0], 5),
        from_uh=from_uh,
        quality=[0.5, 0.6, 0.7, 0.8, 0.9, 0.4, 0.5, 0.6, 0.7, 0.8, 0.5, 0.6, 0.7, 0.8, 0.9],
        owner_insight=np.where(from_uh, 0.4, 0.7),
    )


def with_one_more_teacher(state: State, school: int) -> State:
    """The same country with one more teaching post, of an identity not used before, at the end of a school."""
    twin = state.copy()
    staff = state[Teachers]
    at = int(np.searchsorted(staff.school, school, side="right"))
    rows = np.insert(np.arange(len(staff)), at, at - 1)
    more = staff.take(rows)
    more.id[at] = staff.id.max() + 1
    more.practice[at], more.baseline[at] = 0.9, 0.7
    twin[Teachers] = more
    twin[Schools].n_teachers[school] += 1
    return twin
