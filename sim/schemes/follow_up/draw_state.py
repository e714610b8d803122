"""What the draw keeps: the distance of the absolute thresholds, schools' scores, the register of the year."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Code, Codes, Floats, Ints
from sim.schemes.follow_up.state import DrawKind
from sim.state import Table, column
from sim.state.measurements import N_INDICATORS, N_YEARS
from sim.state.places import Centrality


class Excluded(Code):
    """Why a municipality could not be drawn."""

    NOT = 0
    IN_SCHEME = 1  # in dialogue, pre-phase or implementation
    DRAWN_LAST_TIME = 2  # drawn at one of the draws that it may rest from
    SPECIAL_CASE = 3  # a special school or the like distorts its figures
    NO_FIGURES = 4  # no possible points at all
    TOO_LARGE = 5  # a candidate for the spread draw, but the scheme is not sized for it
    SUPERVISION = 6  # listed for the spread draw, but under supervision
    MERGED_WITH_DRAWN = 7  # another part of the same present municipality was drawn
    TOO_SMALL = 8  # fewer pupils than the rule asks for
    NOT_CONSISTENT = 9  # weak in fewer years than the rule asks for
    MERGING = 10  # listed for the spread draw, but its borders move within the next year
    OTHER_SCHEME = (
        11  # listed for the spread draw, but at work with its weak schools in another scheme already
    )
    NO_CONCERN = 12  # listed for the spread draw, but the governor sees no cause for concern


class Thresholds(Table, entity="follow_up_thresholds"):
    """What lasts from draw to draw; one row."""

    distance: Floats = column(
        unit="share, points or index 1-5",
        meaning="how far each indicator's absolute threshold lies beyond the national one",
        low=0,
        shape=(N_INDICATORS,),
    )
    known: Bools = column(
        np.bool_, unit="yes/no", meaning="the distance is fixed and not computed again at the next draw"
    )
    limit_share: Floats = column(
        unit="share",
        meaning="the limit: risk share down to which the latest average draw went, or would have gone by that figure",
        low=0,
        high=1,
        default=1,
    )
    draws_held: Ints = column(np.int64, unit="draws", meaning="draws held; the latest one's number", low=0)


class SchoolScores(Table, per="schools"):
    """Each school's score at New Year of a draw year; nothing in other years."""

    risk_points: Floats = column(unit="points", meaning="points for weak results", low=0)
    possible_points: Floats = column(unit="points", meaning="points it could have got", low=0)
    always_weak: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="among the nation's weakest in every year with figures; looked at where a design asks for it",
    )


class DrawRegister(Table, entity="draw_register"):
    """One row for each municipality as it stood at New Year of the draw year; empty outside draw years.

    What the register copies is kept as it was then: mergers on the same day change the municipalities, not
    the register.
    """

    id: Ints = column(np.int64, unit="id", meaning="identity at New Year")
    year: Ints = column(np.int64, unit="calendar year", meaning="year of the draw")
    successor: Ints = column(
        np.int64, unit="row", meaning="municipality that it is, or is part of, now", refers="municipalities"
    )
    county: Ints = column(np.int64, unit="row", meaning="county (2024 borders)", refers="counties")
    office: Ints = column(np.int64, unit="row", meaning="governor office", refers="offices")
    population: Floats = column(unit="persons", meaning="inhabitants", low=0)
    n_schools: Ints = column(np.int64, unit="schools", meaning="schools", low=0)
    n_pupils: Ints = column(np.int64, unit="pupils", meaning="pupils in grades 1 to 10", low=0)
    points: Floats = column(
        unit="points",
        meaning="points for weak results, by year (latest first) and indicator",
        low=0,
        shape=(N_YEARS, N_INDICATORS),
    )
    possible: Floats = column(
        unit="points",
        meaning="points it could have got, by year (latest first) and indicator",
        low=0,
        shape=(N_YEARS, N_INDICATORS),
    )
    figure: Floats = column(
        unit="share, or as the design ranks", meaning="figure by which the average draw went", low=0
    )
    listed: Bools = column(
        np.bool_, unit="yes/no", meaning="among the first by that figure, exclusions left aside"
    )
    newly_listed: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="listed, and the municipality that it now is was not at the last draw",
    )
    school_risk_spread: Floats = column(
        unit="share",
        meaning="highest less lowest risk share of the successor's schools; 0 with fewer than two scored",
        low=0,
        high=1,
    )
    has_worst_school: Bools = column(
        np.bool_, unit="yes/no", meaning="the successor owns one of the nation's weakest schools"
    )
    drawn: Codes = column(np.int8, unit="kind", meaning="draw that picked it", codes=DrawKind)
    excluded: Codes = column(np.int8, unit="reason", meaning="why it could not be drawn", codes=Excluded)
    true_need: Floats = column(
        unit="SD between municipalities", meaning="how weak its lasting results are, positive is worse"
    )
    shortfall: Floats = column(
        unit="SD between municipalities",
        meaning="what the owner lacks to help its schools itself, positive lacks more",
    )
    education_low: Floats = column(unit="share", meaning="16+ with only compulsory schooling", low=0, high=1)
    education_high: Floats = column(unit="share", meaning="16+ with higher education", low=0, high=1)
    disability: Floats = column(unit="share", meaning="aged 18-66 on disability benefit", low=0, high=1)
    child_welfare: Floats = column(unit="per 1000", meaning="children with child-welfare measures", low=0)
    free_income: Floats = column(unit="NOK per inhabitant", meaning="free income (frie inntekter)", low=0)
    robek: Bools = column(
        np.bool_, unit="yes/no", meaning="in ROBEK, the register of state-controlled economies"
    )
    centrality: Codes = column(np.int8, unit="class", meaning="how central it lies", codes=Centrality)


def blank_draw_tables(n_schools: int) -> list[Table]:
    """The draw's tables for a new world: no draw held, no distance fixed."""
    return [Thresholds.blank(1), SchoolScores.blank(n_schools), DrawRegister.blank(0)]
