"""The eleven indicators: measurements of schools' true levels through small cohorts [F1].

National tests and the pupil survey are taken in autumn, leaving points are given in spring. Each figure is the school's true
level, moved by the luck of the year's cohort and by the few pupils it is taken on.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr

from sim.arrays import Floats, Ints, clipped
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.results import Measurement, Results
from sim.processes.counts import binomial_quantile
from sim.processes.indicators import (
    ASKED,
    FIRST_ASKED,
    SURVEY,
    TESTS,
    cohort_sd,
    cut,
    index_school_sd,
    lasting_levels,
    measured,
    measured_compiled,
    true_level,
    write_lasting_levels,
)
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.measurements import Indicator, Measurements
from sim.state.schools import Schools

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
    found = expected + noise * points_luck(schools, rows, draw)
    write_down(m, rows, [i], found[:, None], n)


def points_luck(schools: Schools, rows: Ints, draw: Draws) -> Floats:
    """Luck of the year's tenth grade in the schools in `rows`, standard normals of shape (len(rows),)."""
    return draw.normal("leaving points", schools.id[rows])


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
        points_luck(schools, rows, draw),
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
