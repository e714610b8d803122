"""The eleven indicators: measurements of schools' true levels through small cohorts [F1].

National tests and the pupil survey are taken in autumn, leaving points are given in spring. Each figure is the school's true
level, moved by the luck of the year's cohort and by the few pupils it is taken on. Tables of a few figures for many schools
are computed with each figure's column in one piece in memory, which numpy goes through several times as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from sim.arrays import Floats, Ints, clipped
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.results import Measurement, Results
from sim.processes.counts import binomial_quantile
from sim.processes.process import Process
from sim.randomness import Draws
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

Taken = Callable[[State, Parameters, int, Ints, Ints, Floats], None]
"""Enters the figures of a grade: state, parameters, grade, rows of the schools concerned, pupils behind, luck."""


def leaving_points(state: State, p: Parameters, draw: Draws) -> None:
    """Spring: a new year of figures begins with the leaving points (grunnskolepoeng) of tenth grade."""
    schools, m, r, q = state[Schools], state[Measurements], p[Results], p[Measurement]
    m.value[:, 1:], m.n_pupils[:, 1:] = m.value[:, :-1].copy(), m.n_pupils[:, :-1].copy()
    m.value[:, 0], m.n_pupils[:, 0] = 0, 0
    i = Indicator.LEAVING_POINTS_10
    n = measured(schools, q, [i])[:, 0]
    rows = np.flatnonzero(n)
    noise = np.hypot(
        q.leaving_points_per_scale_point * r.cohort_sd_8, q.leaving_points_pupil_sd / np.sqrt(n[rows])
    )
    expected = q.leaving_points_mean + q.leaving_points_per_scale_point * true_level(schools)[rows]
    found = expected + noise * draw.normal("leaving points", schools.id[rows])
    write_down(m, rows, [i], found[:, None], n)


def leaving_points_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`leaving_points`, compiled."""
    from sim.kernels import figures as kernels

    schools, m, r, q = state[Schools], state[Measurements], p[Results], p[Measurement]
    kernels.new_year(m.value, m.n_pupils)
    i = Indicator.LEAVING_POINTS_10
    n = measured_compiled(schools, q, [i])[0]
    rows = np.flatnonzero(n)
    points = q.leaving_points_mean, q.leaving_points_per_scale_point
    kernels.leaving_points(
        rows,
        true_level(schools),
        n,
        draw.normal("leaving points", schools.id[rows]),
        np.array([*points, q.leaving_points_per_scale_point * r.cohort_sd_8, q.leaving_points_pupil_sd]),
        m.value,
        m.n_pupils,
        int(i),
    )


def autumn_figures(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: national tests in 5th and 8th grade, the pupil survey in 7th and 10th; the true levels beside them."""
    schools, q = state[Schools], p[Measurement]
    state[Measurements].lasting[:] = lasting_levels(schools, p[Results], q)
    take(state, p, draw, measured(schools, q, FIRST_ASKED).T, hold_tests, hold_survey)


def autumn_figures_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`autumn_figures`, compiled."""
    write_lasting_levels(state, p)
    numbers = measured_compiled(state[Schools], p[Measurement], FIRST_ASKED)
    take(state, p, draw, numbers, hold_tests_compiled, hold_survey_compiled)


def take(state: State, p: Parameters, draw: Draws, numbers: Ints, tests: Taken, survey: Taken) -> None:
    """What is taken in autumn, grade by grade, at the schools that have pupils there; `numbers` of pupils behind it have shape
    (grades of `ASKED`, schools).
    """
    schools = state[Schools]
    for grade, n in zip(ASKED, numbers, strict=True):
        rows = np.flatnonzero(n)
        ids = schools.id[rows]
        if grade in TESTS:
            tests(state, p, grade, rows, n, draw.normal(f"national tests {grade}", ids, per=4))
        else:
            survey(state, p, grade, rows, n, draw.normal(f"pupil survey {grade}", ids, per=4))


def hold_tests(state: State, p: Parameters, grade: int, rows: Ints, n: Ints, luck: Floats) -> None:
    """The national tests of a grade, at the schools in `rows`; `n`, shape (schools,), are the pupils tested."""
    r, q = p[Results], p[Measurement]
    level, lowest, cohort = true_level(state[Schools])[rows], cut(grade, r, q), cohort_sd(grade, r)
    shares = lowest_level_shares(level, n[rows], luck, lowest, cohort, r)
    write_down(state[Measurements], rows, TESTS[grade], shares, n)


def hold_tests_compiled(state: State, p: Parameters, grade: int, rows: Ints, n: Ints, luck: Floats) -> None:
    """`hold_tests`, compiled."""
    from sim.kernels import figures as kernels

    r, q = p[Results], p[Measurement]
    kernels.tests(
        rows,
        true_level(state[Schools]),
        n,
        np.ascontiguousarray(luck.T),
        cut(grade, r, q),
        cohort_sd(grade, r),
        r.cohort_subjects_correlation,
        r.pupil_subjects_correlation,
        r.pupil_sd,
        state[Measurements].value,
        state[Measurements].n_pupils,
        *map(int, TESTS[grade]),  # numba takes long over enums
    )


def hold_survey(state: State, p: Parameters, grade: int, rows: Ints, n: Ints, luck: Floats) -> None:
    """The pupil survey of a grade, at the schools in `rows`; `n`, shape (schools,), are the pupils who answered."""
    m = state[Measurements]
    lasting = np.stack([m.lasting[rows, i] for i in SURVEY[grade]]).T
    write_down(m, rows, SURVEY[grade], survey_figures(lasting, n[rows], luck, p[Measurement]), n)


def hold_survey_compiled(state: State, p: Parameters, grade: int, rows: Ints, n: Ints, luck: Floats) -> None:
    """`hold_survey`, compiled."""
    from sim.kernels import figures as kernels

    m, q = state[Measurements], p[Measurement]
    by_cohort = float(np.sqrt(q.climate_cohort_share))
    kernels.survey(
        rows,
        m.lasting,
        n,
        np.ascontiguousarray(luck.T),
        index_school_sd(q) * by_cohort,
        q.index_pupil_sd,
        q.bullied_school_sd * by_cohort,
        m.value,
        m.n_pupils,
        *map(int, SURVEY[grade]),
    )


def write_down(m: Measurements, rows: Ints, indicators: list[Indicator], found: Floats, n: Ints) -> None:
    """Enter this year's figures of some indicators, shape (len(rows), len(indicators)), that `n` pupils of each school, shape
    (schools,), stand behind.
    """
    for i, values in zip(indicators, found.T, strict=True):
        m.value[:, 0, i][rows] = values
        m.n_pupils[:, 0, i] = n


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


def lowest_level_shares(
    level: Floats, n: Ints, luck: Floats, lowest: float, cohort: float, r: Results
) -> Floats:
    """Shares of the pupils tested at the lowest level in reading and numeracy, shape (schools, 2).

    A cohort's luck and the pupils' own are correlated between the two, so that school means correlate as they are seen to.

    Parameters
    ----------
    level : array, shape (schools,)
        True level in scale points.
    n : array of int, shape (schools,)
        Pupils tested, at least one.
    luck : array, shape (schools, 4)
        Standard normals: the cohort's in reading and numeracy, the pupils' in both.
    lowest, cohort : float
        Limit of the lowest level and SD of cohorts, in scale points.
    """
    shocked = level[:, None] + cohort * paired(luck[:, :2], r.cohort_subjects_correlation)
    chance = ndtr((lowest - shocked) / r.pupil_sd)
    own = paired(luck[:, 2:], r.pupil_subjects_correlation)
    return (binomial_quantile(own.T, n, chance.T) / n).T


def paired(z: Floats, correlation: float) -> Floats:
    """Independent standard normals, shape (n, 2), made to correlate within each row."""
    second = correlation * z[:, 0] + np.sqrt(1 - correlation**2) * z[:, 1]
    return np.stack([z[:, 0], second]).T


def survey_figures(lasting: Floats, n: Ints, luck: Floats, q: Measurement) -> Floats:
    """The pupil survey's support, motivation and share bullied, shape (schools, 3).

    Parameters
    ----------
    lasting : array, shape (schools, 3)
        The figures without luck.
    n : array of int, shape (schools,)
        Pupils who answered, at least one.
    luck : array, shape (schools, 4)
        Standard normals: one for each index, and for bullying the cohort's and the pupils'.
    """
    by_cohort = np.sqrt(q.climate_cohort_share)
    noise = np.hypot(index_school_sd(q) * by_cohort, q.index_pupil_sd / np.sqrt(n))
    chance = clipped(lasting[:, 2] + q.bullied_school_sd * by_cohort * luck[:, 2], 0, 1)
    bullied = binomial_quantile(luck[:, 3], n, chance) / n
    return np.stack([lasting[:, 0] + noise * luck[:, 0], lasting[:, 1] + noise * luck[:, 1], bullied]).T


def past_years(
    state: State, p: Parameters, at: Callable[[int], Draws], year: int, *, compiled: bool = True
) -> None:
    """Fill the figures of the three years before `year` from the present levels, for the first draw to look back on."""
    spring, autumn = (
        (leaving_points_compiled, autumn_figures_compiled) if compiled else (leaving_points, autumn_figures)
    )
    for y in range(year - state[Measurements].value.shape[1], year):
        spring(state, p, at(2 * y))
        autumn(state, p, at(2 * y + 1))


def figures(state: State, p: Parameters, draw: Draws) -> None:
    """What is measured in this half-year."""
    (leaving_points if state.now.season is Season.SPRING else autumn_figures)(state, p, draw)


def figures_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`figures`, compiled."""
    spring = state.now.season is Season.SPRING
    (leaving_points_compiled if spring else autumn_figures_compiled)(state, p, draw)


PROCESS = Process(
    "measurement.figures",
    figures,
    "Last of all what is known of it: leaving points in spring, tests and pupil survey in autumn.",
    "AFI-rapport 2021:09, 2.1; Udir [F1]",
    compiled=figures_compiled,
)
