"""What the eleven indicators measure: where schools stand without the luck of cohorts and small numbers [F1], and who is behind.

Tables of a few figures for many schools are computed with each figure's column in one piece in memory, which numpy goes through
several times as fast.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from sim.arrays import Floats, Ints, clipped
from sim.parameters.registry import Parameters
from sim.parameters.results import Measurement, Results
from sim.state import State
from sim.state.measurements import GRADE, N_INDICATORS, Indicator, Measurements
from sim.state.schools import Schools

TESTS = {5: [Indicator.READING_5, Indicator.NUMERACY_5], 8: [Indicator.READING_8, Indicator.NUMERACY_8]}
"""National tests by grade: reading, numeracy."""

SURVEY = {
    7: [Indicator.SUPPORT_7, Indicator.MOTIVATION_7, Indicator.BULLYING_7],
    10: [Indicator.SUPPORT_10, Indicator.MOTIVATION_10, Indicator.BULLYING_10],
}
"""The pupil survey (Elevundersøkelsen) by grade: two indices and the share bullied."""

ASKED = TESTS | SURVEY
"""All that is taken in autumn, by grade; the same pupils stand behind a grade's indicators."""

FIRST_ASKED = [indicators[0] for indicators in ASKED.values()]
"""One indicator of each grade."""

PLACES = np.array(
    [*TESTS[5], *TESTS[8], Indicator.LEAVING_POINTS_10, *SURVEY[7], *SURVEY[10]], dtype=np.int64
)
"""Columns of the tests, the leaving points and the survey, as the kernel of lasting levels wants them."""


def measured(schools: Schools, q: Measurement, indicators: Sequence[Indicator] = tuple(Indicator)) -> Ints:
    """Pupils behind each indicator this year, shape (schools, len(indicators))."""
    grades = GRADE[[int(i) for i in indicators]] - 1
    shares = np.array([answering_share(i, q) for i in indicators])
    n: Ints = np.floor(schools.pupils.T[grades] * shares[:, None] + 0.5).astype(np.int64)
    return n.T


def measured_compiled(schools: Schools, q: Measurement, indicators: Sequence[Indicator]) -> Ints:
    """`measured`, compiled and turned about: shape (len(indicators), schools)."""
    from sim.kernels import figures as kernels

    grades = GRADE[[int(i) for i in indicators]] - 1
    n = np.empty((len(indicators), len(schools)), dtype=np.int64)
    kernels.measured(schools.pupils, grades, np.array([answering_share(i, q) for i in indicators]), n)
    return n


def answering_share(indicator: Indicator, q: Measurement) -> float:
    """Share of a grade's pupils that an indicator is measured on; all have leaving points."""
    if indicator is Indicator.LEAVING_POINTS_10:
        return 1.0
    return q.tested_share if indicator in (*TESTS[5], *TESTS[8]) else q.survey_response


def true_level(schools: Schools) -> Floats:
    """True level of a school's test results, in scale points from the nation's mean at the start; shape (schools,)."""
    level: Floats = schools.intake + schools.taught + schools.value_added
    return level


def lowest_cut(share: float, r: Results) -> float:
    """Scale points from the national mean below which the given share of the nation's pupils lies."""
    return float(ndtri(share) * r.national_sd)


def cut(grade: int, r: Results, q: Measurement) -> float:
    """The limit of the lowest mastery level on the tests of a grade, in scale points from the mean."""
    return lowest_cut({5: q.lowest_level_5, 8: q.lowest_level_8}[grade], r)


def cohort_sd(grade: int, r: Results) -> float:
    """SD of a school's cohorts around its level on the tests of a grade, in scale points."""
    return {5: r.cohort_sd_5, 8: r.cohort_sd_8}[grade]


def lasting_levels(schools: Schools, r: Results, q: Measurement) -> Floats:
    """Each indicator as it would be without the luck of cohorts and small numbers, shape (schools, 11)."""
    levels = np.empty((len(schools), N_INDICATORS))
    level = true_level(schools)
    for tests, share in zip(TESTS.values(), lasting_shares(level, r, q), strict=True):
        for test in tests:
            levels[:, test] = share
    levels[:, Indicator.LEAVING_POINTS_10] = q.leaving_points_mean + q.leaving_points_per_scale_point * level
    climate, sd = climate_now(schools, r), steady_sds(q)
    for indicators, means in zip(SURVEY.values(), survey_means(q), strict=True):
        support, motivation, bullying = indicators
        levels[:, support] = means[0] + sd[0] * climate[0]
        levels[:, motivation] = means[1] + sd[1] * climate[1]
        levels[:, bullying] = clipped(means[2] - sd[2] * climate[2], 0, 1)
    return levels


def write_lasting_levels(state: State, p: Parameters) -> None:
    """`lasting_levels`, compiled, entered into the measurements."""
    from sim.kernels import figures as kernels

    schools, r, q = state[Schools], p[Results], p[Measurement]
    level = true_level(schools)
    kernels.lasting_levels(
        level,
        lasting_shares(level, r, q),
        climate_now(schools, r),
        np.array([q.leaving_points_mean, q.leaving_points_per_scale_point]),
        PLACES,
        np.array([*survey_means(q), steady_sds(q)]),
        state[Measurements].lasting,
    )


def lasting_shares(level: Floats, r: Results, q: Measurement) -> Floats:
    """Lasting shares at the lowest level by grade tested, shape (2, schools)."""
    cuts = np.array([cut(grade, r, q) for grade in TESTS])[:, None]
    with_cohorts = np.hypot(r.pupil_sd, [cohort_sd(grade, r) for grade in TESTS])[:, None]
    return np.asarray(ndtr((cuts - level) / with_cohorts))


def climate_now(schools: Schools, r: Results) -> Floats:
    """Support, motivation and absence of bullying, in school SD, shape (3, schools)."""
    climate = schools.climate.T.copy()
    climate += r.practice_to_climate * schools.practice
    climate += r.community_to_climate * (schools.community - r.community_usual)
    return climate


def survey_means(q: Measurement) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """The nation's means of support, motivation and bullying by grade asked."""
    return (
        (q.support_mean_7, q.motivation_mean_7, q.bullied_7),
        (q.support_mean_10, q.motivation_mean_10, q.bullied_10),
    )


def steady_sds(q: Measurement) -> tuple[float, float, float]:
    """SD between schools of what lasts in support, motivation and bullying."""
    steady = float(np.sqrt(1 - q.climate_cohort_share))
    return index_school_sd(q) * steady, index_school_sd(q) * steady, q.bullied_school_sd * steady


def index_school_sd(q: Measurement) -> float:
    """SD between schools of an index of the pupil survey."""
    return float(q.index_pupil_sd * np.sqrt(q.index_school_share))
