"""The record of a draw: one line for each municipality, as a public table of it could look."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from sim.arrays import AnyArray, Words
from sim.schemes.follow_up.draw_levers import IndicatorName
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded
from sim.schemes.follow_up.risk_score import risk_share, totals
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners
from sim.state import State
from sim.state.identity import CODE
from sim.state.measurements import N_YEARS
from sim.state.places import Centrality, Counties, Municipalities, Offices

RECORD_COLUMNS: Mapping[str, tuple[str, str]] = {
    "year": ("calendar year", "year of the draw"),
    "municipality": (CODE, "municipality as it stood at New Year of the draw year"),
    "county": ("name", "county by the name in force in the draw year"),
    "population": ("persons", "inhabitants"),
    "n_schools": ("schools", "schools in grunnskole"),
    "n_pupils": ("pupils", "pupils in grunnskole"),
    "possible_points": ("points", "points it could have got; fewer where figures are missing"),
    "risk_points": ("points", "points it got for weak results"),
    "risk_share": ("share", "points over possible points; empty where none were possible"),
    "figure": ("as the design ranks", "figure by which the average draw went; today's rule: the risk share"),
    "listed": ("yes/no", "among the first by that figure, exclusions left aside"),
    "school_risk_spread": (
        "share",
        "highest less lowest risk share of its schools, after mergers; 0 with fewer than two with figures",
    ),
    "has_worst_quartile_school": ("yes/no", "it has one of the nation's weakest schools, after mergers"),
    "drawn": ("none, average or spread", "the draw that picked it"),
    "excluded_because": ("reason", "why it could not be drawn; empty if it could"),
    "participates": ("yes/no", "it was drawn, and the municipality that it now is takes part in the scheme"),
    "true_need": ("SD between municipalities", "how weak its lasting results are; positive is worse"),
    "shortfall": (
        "SD between municipalities",
        "what the owner lacks to help its schools itself: capacity, teachers and leaders who stay, follow-up, few complaints",
    ),
    "office": ("name", "office of the county governor (statsforvalter)"),
    "education_low": ("share", "16+ with only compulsory schooling"),
    "education_high": ("share", "16+ with higher education"),
    "disability": ("share", "aged 18-66 on disability benefit"),
    "child_welfare": ("per 1000", "children with child-welfare measures"),
    "free_income": ("NOK per inhabitant", "free income (frie inntekter)"),
    "robek": ("yes/no", "in ROBEK, the register of state-controlled economies"),
    "centrality": ("central, middle or remote", "how central it lies"),
    "points_<indicator>_<back>": (
        "points",
        "points for one indicator in one of the three data years, counted back from the draw: 1 is the year before it; empty "
        "where none were possible",
    ),
    "successor": (CODE, "the municipality that it now is, or is part of"),
}
"""Every column of the record: unit and meaning. `points_<indicator>_<back>` stands for 33 columns."""

EXCLUDED_WORDS: Mapping[Excluded, str] = {
    Excluded.NOT: "",
    Excluded.IN_SCHEME: "in the scheme",
    Excluded.DRAWN_LAST_TIME: "drawn last time",
    Excluded.SPECIAL_CASE: "special case",
    Excluded.TOO_FEW_POINTS: "too few points",
    Excluded.TOO_LARGE: "too large",
    Excluded.SUPERVISION: "supervision",
    Excluded.MERGED_WITH_DRAWN: "merged with drawn",
    Excluded.TOO_SMALL: "too small",
    Excluded.NOT_CONSISTENT: "not weak in enough years",
    Excluded.MERGING: "merging",
    Excluded.OTHER_SCHEME: "in another scheme",
    Excluded.NO_CONCERN: "no cause for concern",
}

_FIRST_2020_NAME, _LAST_2020_NAME = 2020, 2023  # years in which the counties of the 2020 reform existed
_COPIED = (
    "year", "population", "n_schools", "n_pupils", "figure", "listed", "school_risk_spread", "true_need", "shortfall",
    "education_low", "education_high", "disability", "child_welfare", "free_income", "robek",
)  # fmt: skip


def draw_record(state: State) -> dict[str, AnyArray]:
    """The record of the year's draw.

    Returns
    -------
    dict of arrays, each of shape (rows of the register,)
        The columns of `RECORD_COLUMNS`, in that order; without rows outside draw years.
    """
    register = state[DrawRegister]
    year = int(register.year[0]) if len(register) else state.now.year
    found: dict[str, AnyArray] = {name: getattr(register, name).copy() for name in _COPIED}
    found |= _points(register) | _scores(register) | fate(state)
    found["municipality"] = register.id.copy()
    found["county"] = county_names(state[Counties], year)[register.county]
    found["office"] = state[Offices].name[register.office]
    found["centrality"] = np.array([kind.name.lower() for kind in Centrality])[register.centrality]
    return {name: found[name] for name in _names()}


@cache
def _names() -> list[str]:
    """The record's columns in order, those of the data years spelt out."""
    spelt = {"points_<indicator>_<back>": _points_names()}
    return [name for column in RECORD_COLUMNS for name in spelt.get(column, [column])]


def _points_names() -> list[str]:
    """Names of the points' columns, by data year (latest first) and indicator."""
    return [f"points_{name.value}_{back + 1}" for back in range(N_YEARS) for name in IndicatorName]


def _points(register: DrawRegister) -> dict[str, AnyArray]:
    """Points by indicator and year, NaN where none were possible."""
    names = _points_names()
    points = np.where(register.possible > 0, register.points, np.nan).reshape(len(register), len(names))
    return dict(zip(names, points.T.copy(), strict=True))


def _scores(register: DrawRegister) -> dict[str, AnyArray]:
    """Points added up, and the schools' place in the nation."""
    points, possible = totals(register.points), totals(register.possible)
    return {
        "possible_points": possible,
        "risk_points": points,
        "risk_share": risk_share.of_columns(points, possible),
        "has_worst_quartile_school": register.has_worst_school.copy(),
    }


def fate(state: State) -> dict[str, AnyArray]:
    """What came of it for each old municipality: some columns of the record."""
    register = state[DrawRegister]
    reasons = np.array([EXCLUDED_WORDS[reason] for reason in Excluded])
    return {
        "drawn": np.array([kind.name.lower() for kind in DrawKind])[register.drawn],
        "excluded_because": reasons[register.excluded],
        "participates": (register.drawn != DrawKind.NONE)
        & state[FollowUpOwners].participates[register.successor],
        "successor": state[Municipalities].id[register.successor],
    }


def county_names(counties: Counties, year: int) -> Words:
    """Names of the counties in force in a year; shape (counties,)."""
    return counties.name_2020 if _FIRST_2020_NAME <= year <= _LAST_2020_NAME else counties.name
