"""Who is asked: the evaluation's groups of respondents, how many there were, and which virtual persons answer.

Persons are not agents of the model. Each group's real number of persons is spread over the units they belong to, and as
many of them answer as did in the wave. Every choice is a keyed draw with a name of its own, so asking moves no other draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.half_year import HalfYear
from sim.outcomes.look import once
from sim.randomness import Draws
from sim.schemes.decentralised.state import CountyForums, Forums, Ties
from sim.schemes.follow_up.state import FollowUpOwners
from sim.schemes.vocational.state import CountyOwners
from sim.state import State
from sim.state.places import Counties, Municipalities, Offices, UHUnits
from sim.state.schools import Schools
from sim.surveys.parameters import Survey
from sim.surveys.views import Level, unit_ids
from sim.surveys.waves import FORM_DRAW, INTERVIEW_DRAW, T1, T2, T3

FIVE_COUNTIES = ("Trøndelag", "Rogaland", "Innlandet", "Nordland", "Vestfold og Telemark")
"""Counties (of 2020) whose school leaders were asked [AFI-rapport 2026:02, 2.1.1]."""

PERSONS_OF_A_UNIT = (
    100_000  # more than any unit has; parts the identities of one unit's persons from the next's
)
NOBODY_IN_PARTICULAR = np.zeros(1, dtype=np.int64)


class Respondents(StrEnum):
    """Groups of respondents, by the names the evaluation's tables use."""

    FORUM = "forum members"
    OWNERS = "owners"
    UH = "UH staff"
    LEADERS = "school leaders"
    REPRESENTATIVES = "union representatives"
    OWNERS_2020 = "owners in the 2020 draw"
    GUIDES_2020 = "guides 2020"
    GUIDES_2022 = "guides 2022"
    OWNERS_2022 = "owners in the 2022 draw"
    LEADERS_2020 = "school leaders in the 2020 draw"
    GOVERNORS = "governors"
    INTERVIEWED = "owners interviewed 2024/25"
    BOARDS = "vocational boards"


class Response(NamedTuple):
    """Persons asked and persons who answered."""

    population: int
    answered: int


RESPONSES: Mapping[Respondents, Mapping[HalfYear, Response]] = {
    Respondents.FORUM: {T1: Response(304, 153), T2: Response(256, 134), T3: Response(275, 187)},
    Respondents.OWNERS: {T1: Response(731, 216), T2: Response(633, 218), T3: Response(640, 248)},
    Respondents.UH: {T1: Response(518, 242), T2: Response(443, 179), T3: Response(459, 164)},
    Respondents.LEADERS: {T1: Response(1362, 258), T2: Response(1163, 186), T3: Response(1184, 262)},
    Respondents.REPRESENTATIVES: {T1: Response(2677, 713), T2: Response(2384, 623), T3: Response(2519, 696)},
}
"""Population and respondents of the survey waves [AFI-rapport 2026:02, 2.1.1]."""

ON_THE_SCHEME = {T1: 154, T2: 104, T3: 136}
"""School leaders who answered the statements on the scheme: those whose school takes part [AFI-rapport 2026:02, 2.1.1]."""

GUIDES_IN_POOL = 44
"""Pre-phase guides in 2020 [AFI-rapport 2021:09, 3.3]; that there were as many in 2022 is an assumption."""


@dataclass(frozen=True)
class Group:
    """What the model has to know of one group.

    Attributes
    ----------
    level : Level
        Units its persons belong to.
    weight : callable
        How many of the persons each unit has, in proportion; shape (units,).
    perception : callable
        How much better they see the same thing than teachers do, in SD of persons (NIFU 2018:32).
    no_opinion : callable
        Share without an opinion on a statement; none where the number of answers to each item is known.
    steps_away : int
        Steps from the partnership [D8].
    persons : int or None
        Persons outside the survey waves; None is one for each unit with any weight.
    """

    level: Level
    weight: Callable[[State], Floats]
    perception: Callable[[Survey], float] = lambda _: 0.0
    no_opinion: Callable[[Survey], float] = lambda _: 0.0
    steps_away: int = 0
    persons: int | None = None


class People(NamedTuple):
    """Persons: who they are and the row of their unit; both of shape (persons,)."""

    id: Ints
    unit: Ints


@once
def people(state: State, draw: Draws, kind: Respondents) -> People:
    """All persons of a group in the state's half-year."""
    group = GROUPS[kind]
    weight = group.weight(state)
    wave = RESPONSES.get(kind, {}).get(state.now)
    n = wave.population if wave else group.persons
    if weight.sum() == 0:
        n_each = np.zeros(len(weight), dtype=np.int64)
    elif n is None:
        n_each = (weight > 0).astype(np.int64)
    else:
        start = float(draw.uniform(f"survey: first person counted, {kind}", NOBODY_IN_PARTICULAR)[0])
        n_each = allotted(weight, n, start)
    unit = np.repeat(np.arange(len(weight)), n_each)
    number = np.arange(len(unit)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
    return People(unit_ids(state, group.level)[unit] * PERSONS_OF_A_UNIT + number, unit)


def allotted(weight: Floats, n: int, start: float) -> Ints:
    """`n` persons spread over units in proportion to weight, shape (units,); `start`, in [0, 1), settles the halves."""
    share = np.cumsum(weight) / weight.sum()
    share[-1] = 1.0
    reached = np.floor(share * n + start).astype(np.int64)
    return np.asarray(np.diff(reached, prepend=0))


@once
def order_of_answering(state: State, draw: Draws, kind: Respondents) -> Ints:
    """The persons of a group, those who answer soonest first."""
    return turns(people(state, draw, kind).id, draw, kind)


def turns(ids: Ints, draw: Draws, kind: Respondents) -> Ints:
    """The places of persons, those who answer soonest first."""
    return np.argsort(draw.uniform(f"survey: who answers, {kind}", ids), kind="stable")


def respond(everybody: People, able: Bools, n: int, order: Ints) -> People:
    """The `n` persons who answer, the first in the order of those able to; fewer if there are not so many."""
    chosen = order[able[order]][:n]
    return People(everybody.id[chosen], everybody.unit[chosen])


def _forums(state: State) -> Floats:
    return (np.bincount(state[CountyForums].forum, minlength=len(state[Forums])) > 0).astype(float)


def _uh_at_work(state: State) -> Floats:
    partners = np.bincount(state[Ties].uh_unit, minlength=len(state[UHUnits])) > 0
    return state[UHUnits].capacity_fte * partners


def _five_counties(state: State) -> Floats:
    county = state[Municipalities].county[state[Schools].municipality]
    asked = np.isin(state[Counties].name_2020, FIVE_COUNTIES)
    return asked[county].astype(float)


def _drawn_in(year: int) -> Callable[[State], Floats]:
    def weight(state: State) -> Floats:
        f = state[FollowUpOwners]
        inside: Floats = ((f.last_draw_year == year) & ~f.declined).astype(float)
        return inside

    return weight


def _schools_drawn_in(year: int) -> Callable[[State], Floats]:
    owners = _drawn_in(year)
    return lambda state: owners(state)[state[Schools].municipality]


def _counties_at_work(state: State) -> Floats:
    weight: Floats = (state[CountyOwners].owner == np.arange(len(state[Counties]))).astype(float)
    return weight


def _ones(level: Level) -> Callable[[State], Floats]:
    return lambda state: np.ones(len(unit_ids(state, level)))


GROUPS: Mapping[Respondents, Group] = {
    Respondents.FORUM: Group(Level.FORUM, _forums, no_opinion=lambda s: s.no_opinion_forum),
    Respondents.OWNERS: Group(
        Level.OWNER, _ones(Level.OWNER), lambda s: s.perception_owner, lambda s: s.no_opinion_owner
    ),
    Respondents.UH: Group(
        Level.UH_UNIT, _uh_at_work, lambda s: s.perception_owner, lambda s: s.no_opinion_uh
    ),
    Respondents.LEADERS: Group(Level.SCHOOL, _five_counties, lambda s: s.perception_leader, steps_away=1),
    Respondents.REPRESENTATIVES: Group(
        Level.SCHOOL, _ones(Level.SCHOOL), no_opinion=lambda s: s.no_opinion_rep, steps_away=2
    ),
    Respondents.OWNERS_2020: Group(Level.OWNER, _drawn_in(FORM_DRAW), lambda s: s.perception_owner),
    Respondents.GUIDES_2020: Group(Level.OWNER, _drawn_in(FORM_DRAW), persons=GUIDES_IN_POOL),
    Respondents.GUIDES_2022: Group(Level.OWNER, _drawn_in(INTERVIEW_DRAW), persons=GUIDES_IN_POOL),
    Respondents.OWNERS_2022: Group(Level.OWNER, _drawn_in(INTERVIEW_DRAW), lambda s: s.perception_owner),
    Respondents.LEADERS_2020: Group(
        Level.SCHOOL, _schools_drawn_in(FORM_DRAW), lambda s: s.perception_leader
    ),
    Respondents.GOVERNORS: Group(Level.OFFICE, lambda state: np.ones(len(state[Offices]))),
    Respondents.BOARDS: Group(Level.COUNTY, _counties_at_work),
    Respondents.INTERVIEWED: Group(Level.OWNER, _drawn_in(INTERVIEW_DRAW), lambda s: s.perception_owner),
}
