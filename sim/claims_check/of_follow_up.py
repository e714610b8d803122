"""Readings of follow-up and its draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sim.arrays import AnyArray, Bools, Floats
from sim.claims_check.figures import (
    FINNMARK,
    OLD,
    OfState,
    among,
    apart,
    gap,
    population,
    pupils_of,
    third,
    total,
)
from sim.outcomes.smallest import CAPACITY, HOURS, POINT, PRACTICE, REACHED, Smallest
from sim.processes.grouping import mean_by
from sim.schemes.follow_up.draw_state import DrawRegister, Thresholds
from sim.schemes.follow_up.grounds import swing_of
from sim.schemes.follow_up.phases import in_scheme
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, FollowUpSchools, Phase
from sim.state import State, Table
from sim.state.places import Counties, Municipalities, Offices
from sim.state.schools import Schools

PROPOSED_FROM = 2026


def inside(column: str) -> OfState:
    """Mean of a column of `FollowUpOwners` over owners in pre-phase or implementation."""
    return lambda state: among(getattr(state[FollowUpOwners], column), in_scheme(state[FollowUpOwners]))


def _in_phase(column: str, phase: Phase) -> OfState:
    """Mean of a column of `FollowUpOwners` over owners in a phase."""

    def read(state: State) -> float:
        f = state[FollowUpOwners]
        return among(getattr(f, column), f.phase == phase)

    return read


def _drawn_since(year: int, table: type[Table], column: str) -> OfState:
    """Mean of a column over owners drawn from a year on, or over their schools."""

    def read(state: State) -> float:
        here = state[FollowUpOwners].last_draw_year >= year
        values = getattr(state[table], column)
        return among(values, here if len(values) == len(here) else here[state[Schools].municipality])

    return read


def _schools_inside(state: State) -> Bools:
    return in_scheme(state[FollowUpOwners])[state[Schools].municipality]


SMALL_POSTS = 1.5  # man-years of owners whose staff is a small post or two


def _small_drawn(state: State) -> Bools:
    """Owners with less staff than that, drawn from 2026 on."""
    few = state[Municipalities].capacity_fte < SMALL_POSTS
    return np.asarray(few & (state[FollowUpOwners].last_draw_year >= PROPOSED_FROM))


def _returns_of_the_small(state: State, least: int) -> float:
    """Share drawn more than once, of those drawn so often at least: in the third with fewest inhabitants, less that with most."""
    times = state[FollowUpOwners].times_drawn
    here = times >= least
    return -gap((times > 1)[here].astype(np.float64), population(state)[here])


def _with_measures(state: State) -> float:
    f = state[FollowUpOwners]
    return among(f.phase == Phase.IMPLEMENTATION, in_scheme(f))


def _drawn_in(state: State) -> float:
    """Involvement of schools whose owner is in the pre-phase."""
    return among(
        state[Schools].involvement,
        (state[FollowUpOwners].phase == Phase.PREPHASE)[state[Schools].municipality],
    )


def _learning(state: State, *, named: bool) -> float:
    """What schools of owners in implementation are offered, mean over those named as weak or over the others."""
    carried_out = (state[FollowUpOwners].phase == Phase.IMPLEMENTATION)[state[Schools].municipality]
    return among(state[Schools].learning, carried_out & (state[FollowUpSchools].named == named))


def _gap_inside(state: State, values: AnyArray, by: Floats) -> float:
    here = in_scheme(state[FollowUpOwners])
    return gap(values[here], by[here])


def _gap_in_an_office(state: State, values: Floats, by: Floats) -> float:
    """The same among the owners that one office follows closely, whatever it has for all of them."""
    followed = np.flatnonzero(state[FollowUpOwners].closeness > 0)
    office = state[Counties].office[state[Municipalities].county[followed]]
    n = len(state[Offices])
    own, others = (x[followed] - mean_by(office, x[followed], n)[office] for x in (values, by))
    return gap(own, others)


def _weak_will(state: State) -> float:
    """Effort of the third of the owners in the scheme that finds it least right."""
    f = state[FollowUpOwners]
    here = in_scheme(f)
    return among(f.effort[here], third(f.legitimacy[here], largest=False)) if here.any() else np.nan


def of_drawn(column: str, kind: DrawKind) -> OfState:
    """Mean of a column of the register over those that a draw picked."""
    return lambda state: among(getattr(state[DrawRegister], column), state[DrawRegister].drawn == kind)


def _drawn_against(column: str, kind: DrawKind) -> OfState:
    """How far those picked by a draw lie above those that were not, in means of a column of the register."""

    def read(state: State) -> float:
        register = state[DrawRegister]
        values = np.asarray(getattr(register, column), dtype=np.float64)
        return apart(values, register.drawn == kind, register.drawn == DrawKind.NONE)

    return read


def _new_heads(state: State) -> float:
    """Share of those drawn by spread whose head of schools came within three years."""
    rows = state[DrawRegister].successor[state[DrawRegister].drawn == DrawKind.SPREAD]
    return float((state[Municipalities].head_tenure[rows] < OLD).mean()) if len(rows) else np.nan


def _pupils_drawn(state: State) -> float:
    register = state[DrawRegister]
    return float(register.n_pupils[register.drawn != DrawKind.NONE].sum())


def _swing(state: State) -> float:
    """Spread of the draw's figures among the third with the fewest pupils, less that among the third with most."""
    register = state[DrawRegister]
    size = register.n_pupils.astype(np.float64)
    if not len(size):
        return np.nan
    return float(
        register.figure[third(size, largest=False)].std() - register.figure[third(size, largest=True)].std()
    )


def _northern(state: State) -> float:
    """Share of those drawn that lie in the north, less that of all."""
    register = state[DrawRegister]
    north = state[Offices].north[register.office]
    return among(north, register.drawn != DrawKind.NONE) - float(north.mean()) if len(north) else np.nan


def _finnmark(state: State) -> float:
    """Figures of Finnmark's municipalities above those of the rest of the north."""
    register = state[DrawRegister]
    there = state[Counties].id[register.county] == FINNMARK
    return apart(register.figure, there, state[Offices].north[register.office] & ~there)


def _doubt_of_the_small(state: State) -> float:
    """Doubt of those drawn with few pupils, less that of those with many."""
    drawn = state[FollowUpOwners].last_draw_year == state.now.year
    return -gap(state[FollowUpOwners].doubt[drawn], pupils_of(state)[drawn])


def _just_drawn(state: State) -> Bools:
    f = state[FollowUpOwners]
    return np.asarray(f.last_draw_year == state.now.year)


def _in_prephase(state: State) -> Bools:
    return np.asarray(state[FollowUpOwners].phase == Phase.PREPHASE)


def _by_kind(
    column: str, kind: DrawKind, other: DrawKind, who: Callable[[State], Bools] = _just_drawn
) -> OfState:
    """How far a column of `FollowUpOwners` lies higher among those of some drawn in one way than among those in the other."""

    def read(state: State) -> float:
        f, here = state[FollowUpOwners], who(state)
        return apart(getattr(f, column), here & (f.kind == kind), here & (f.kind == other))

    return read


def _effort_of_newcomers(state: State) -> float:
    """Effort in the pre-phase of those drawn for the first time, less that of those who come back."""
    f, here = state[FollowUpOwners], _in_prephase(state)
    return apart(f.effort, here & (f.times_drawn == 1), here & (f.times_drawn > 1))


def _swings(points: Floats, possible: Floats) -> float:
    """How much a row of the register swings between years and between indicators, in [0, 1]."""
    by_year, by_indicator = (swing_of(points.sum(axis=k), possible.sum(axis=k)) for k in (1, 0))
    return float(by_year + by_indicator) / 2


CORRELATED_FROM = 3  # owners


def _legitimacy_where_steady(state: State) -> float:
    """Correlation over those just drawn of how right they find it with how little their figures swing."""
    register = state[DrawRegister]
    drawn = np.flatnonzero(register.drawn != DrawKind.NONE)
    if len(drawn) < CORRELATED_FROM:
        return np.nan
    swing = [_swings(register.points[row], register.possible[row]) for row in drawn]
    legitimacy = state[FollowUpOwners].legitimacy[register.successor[drawn]]
    return float(-np.corrcoef(swing, legitimacy)[0, 1])


def _legitimacy_where_no_better(state: State) -> float:
    """How right those drawn by average find it, less where the last year's figure lies on the right side of the limit again."""
    register, limit = state[DrawRegister], state[Thresholds].limit_share[0]
    drawn = np.flatnonzero(register.drawn == DrawKind.AVERAGE)
    points, possible = (values[drawn, 0].sum(axis=1) for values in (register.points, register.possible))
    better = (possible > 0) & (points < limit * possible)
    return apart(state[FollowUpOwners].legitimacy[register.successor[drawn]], ~better, better)


def _trauma_by_leadership(state: State) -> float:
    """Draw trauma in the third of the drawn schools that is led worst, less that in the third that is led best."""
    here = _schools_inside(state)
    return -gap(state[FollowUpSchools].trauma[here].astype(np.float64), state[Schools].leadership[here])


OF_FOLLOW_UP: Mapping[str, tuple[OfState, str, Smallest]] = {
    "legitimacy of follow-up": (inside("legitimacy"), "0-1", POINT),
    "stigma": (inside("stigma"), "0-1", POINT),
    "felt voluntariness": (inside("felt_voluntariness"), "0-1", POINT),
    "effort in follow-up": (inside("effort"), "0-1", POINT),
    "effort where the will is weak": (_weak_will, "0-1", POINT),
    "closeness of the governor": (inside("closeness"), "0-1", POINT),
    "closeness where competence is weak": (
        lambda s: -_gap_in_an_office(s, s[FollowUpOwners].closeness, s[Municipalities].competence), "0-1", POINT,
    ),
    "doubt": (inside("doubt"), "0-1", POINT),
    "doubt of small owners": (_doubt_of_the_small, "0-1", POINT),
    "doubt of those drawn by spread": (_by_kind("doubt", DrawKind.SPREAD, DrawKind.AVERAGE), "0-1", POINT),
    "legitimacy among those drawn by average": (_by_kind("legitimacy", DrawKind.AVERAGE, DrawKind.SPREAD), "0-1", POINT),
    "legitimacy where grounds don't swing": (_legitimacy_where_steady, "correlation", POINT),
    "legitimacy where the last year is no better": (_legitimacy_where_no_better, "0-1", POINT),
    "effort of those drawn by average": (_by_kind("effort", DrawKind.AVERAGE, DrawKind.SPREAD, _in_prephase), "0-1", POINT),
    "effort of newcomers": (_effort_of_newcomers, "0-1", POINT),
    "acceptance": (lambda s: among(s[FollowUpSchools].acceptance, _schools_inside(s)), "0-1", POINT),
    "trauma where leaders are weak": (_trauma_by_leadership, "share", POINT),
    "drawn more than once where owners are small": (lambda s: _returns_of_the_small(s, 0), "share", POINT),
    "drawn again where owners are small": (lambda s: _returns_of_the_small(s, 1), "share", POINT),
    "match of guides": (_in_phase("guide_match", Phase.PREPHASE), "0-1", POINT),
    "guides' hours": (_in_phase("guide_hours", Phase.PREPHASE), "hours", HOURS),
    "analysis": (inside("analysis"), "0-1", POINT),
    "analysis where schools are few": (
        lambda s: (
            -_gap_inside(
                s,
                s[FollowUpOwners].analysis,
                np.bincount(s[Schools].municipality, minlength=len(s[Municipalities])).astype(float),
            )
        ),
        "0-1",
        POINT,
    ),
    "guides take over where competence is weak": (
        lambda s: -_gap_inside(s, s[FollowUpOwners].takes_over, s[Municipalities].competence), "share", POINT,
    ),
    "anchoring": (inside("anchoring"), "0-1", POINT),
    "neighbouring services of small owners": (
        lambda s: -_gap_inside(s, s[FollowUpOwners].sideways, population(s)), "0-1", POINT,
    ),
    "plan fit": (_in_phase("plan_fit", Phase.IMPLEMENTATION), "0-1", POINT),
    "drawn in by the pre-phase": (_drawn_in, "0-1", POINT),
    "competence of the drawn": (_drawn_since(2020, Municipalities, "competence"), "0-1", POINT),
    "load of the drawn": (_drawn_since(2020, Municipalities, "load"), "ratio", CAPACITY),
    "practice where drawn": (_drawn_since(2020, Schools, "practice"), "SD of practice", PRACTICE),
    "community where drawn": (_drawn_since(2020, Schools, "community"), "0-1", POINT),
    "fatigue where drawn": (_drawn_since(2020, Schools, "fatigue"), "0-1", POINT),
    "upkeep where drawn": (_drawn_since(2020, Schools, "upkeep"), "share", POINT),
    "competence of small owners drawn from 2026": (
        lambda s: among(s[Municipalities].competence, _small_drawn(s)), "0-1", POINT,
    ),
    "practice of small owners' schools": (
        lambda s: among(s[Schools].practice, _small_drawn(s)[s[Schools].municipality]), "SD of practice", PRACTICE,
    ),
    "part of those in the scheme that has measures": (_with_measures, "share", POINT),
    "competence of those drawn from 2026": (_drawn_since(PROPOSED_FROM, Municipalities, "competence"), "0-1", POINT),
    "continuity of those drawn from 2026": (_drawn_since(PROPOSED_FROM, Municipalities, "continuity"), "0-1", POINT),
    "load of those drawn from 2026": (_drawn_since(PROPOSED_FROM, Municipalities, "load"), "ratio", CAPACITY),
    "learning in named schools": (lambda s: _learning(s, named=True), "SD of practice a year", HOURS),
    "learning in the others": (lambda s: _learning(s, named=False), "SD of practice a year", HOURS),
    "acceptance in named schools": (
        lambda s: among(s[FollowUpSchools].acceptance, _schools_inside(s) & s[FollowUpSchools].named), "0-1", POINT,
    ),
    "hours on follow-up": (total(FollowUpOwners, "spent_hours"), "hours", HOURS),
    "need of those drawn by spread": (
        of_drawn("true_need", DrawKind.SPREAD), "scale points",
        Smallest(0.1, "assumption: a twentieth of the SD between municipalities"),
    ),
    "what owners drawn by spread lack": (of_drawn("shortfall", DrawKind.SPREAD), "0-1", POINT),
    "new heads among those drawn by spread": (_new_heads, "share", POINT),
    "pupils drawn": (_pupils_drawn, "pupils", REACHED),
    "inhabitants of those drawn by spread": (
        lambda s: (of_drawn("population", DrawKind.SPREAD)(s) / of_drawn("population", DrawKind.AVERAGE)(s) - 1),
        "ratio to those drawn by average, less 1", REACHED,
    ),
    "low education of those drawn": (_drawn_against("education_low", DrawKind.AVERAGE), "share", POINT),
    "disability of those drawn": (
        _drawn_against("disability", DrawKind.AVERAGE), "share",
        Smallest(0.005, "assumption: half a percentage point, a sixth of the SD between municipalities"),
    ),
    "child welfare of those drawn": (
        _drawn_against("child_welfare", DrawKind.AVERAGE), "per 1000",
        Smallest(1.0, "assumption: one child in a thousand"),
    ),
    "disability of those drawn by spread": (
        _drawn_against("disability", DrawKind.SPREAD), "share",
        Smallest(0.005, "assumption: half a percentage point, a sixth of the SD between municipalities"),
    ),
    "ROBEK among those drawn by spread": (_drawn_against("robek", DrawKind.SPREAD), "share", POINT),
    "the north among the drawn": (_northern, "share", POINT),
    "Finnmark's risk share": (_finnmark, "share", POINT),
    "more spread of small owners' figures": (_swing, "share", POINT),
}  # fmt: skip
