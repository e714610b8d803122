"""The eleven indicators: measurements of schools' true levels through small cohorts [F1].

National tests and the pupil survey are taken in autumn, leaving points are given in spring. Each figure is the school's true
level, moved by the luck of the year's cohort and by the few pupils it is taken on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from sim.arrays import Floats, Ints, Number
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.results import Measurement, Results
from sim.processes.counts import binomial_quantile, share_below
from sim.processes.indicators import (
    answering,
    index_school_sd,
    lasting_levels,
    level_of,
    lowest_cut,
    usual_points,
)
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.rules.luck import Luck
from sim.state import State
from sim.state.measurements import N_YEARS, Indicator, Measurements
from sim.state.schools import Schools

FIFTH, SEVENTH, EIGHTH, TENTH = 5, 7, 8, 10  # grades in which something is measured


@rule
def leaving_points(
    schools: Schools, m: Measurements, r: Results, q: Measurement, points: Annotated[Luck, "leaving points"]
) -> None:
    """Spring: a new year of figures begins with the leaving points (grunnskolepoeng) of tenth grade."""
    for s in range(len(schools)):
        value, n_pupils = m.value[s], m.n_pupils[s]
        for year in range(N_YEARS - 1, 0, -1):
            value[year], n_pupils[year] = value[year - 1], n_pupils[year - 1]
        value[0], n_pupils[0] = 0, 0
    rows, ids = having(schools, TENTH, 1.0)
    z = np.empty(len(rows))
    points.normals(ids, z)
    cohort_sd = q.leaving_points_per_scale_point * r.cohort_sd_8
    for k in range(len(rows)):
        s = rows[k]
        n = schools.pupils[s, TENTH - 1]
        level = level_of(schools.intake[s], schools.taught[s], schools.value_added[s])
        swing = swing_sd(cohort_sd, q.leaving_points_pupil_sd, n)
        m.value[s, 0, Indicator.LEAVING_POINTS_10] = usual_points(level, q) + swing * z[k]
        m.n_pupils[s, 0, Indicator.LEAVING_POINTS_10] = n


@rule
def autumn_figures(
    schools: Schools,
    m: Measurements,
    r: Results,
    q: Measurement,
    tests_5: Annotated[Luck, "national tests 5", 4],
    tests_8: Annotated[Luck, "national tests 8", 4],
    survey_7: Annotated[Luck, "pupil survey 7", 4],
    survey_10: Annotated[Luck, "pupil survey 10", 4],
) -> None:
    """Autumn: national tests in 5th and 8th grade, the pupil survey in 7th and 10th; the true levels beside them."""
    lasting_levels(schools, m, r, q)
    hold_tests(schools, m, r, q, tests_5, FIFTH, Indicator.READING_5, q.lowest_level_5, r.cohort_sd_5)
    hold_tests(schools, m, r, q, tests_8, EIGHTH, Indicator.READING_8, q.lowest_level_8, r.cohort_sd_8)
    hold_survey(schools, m, q, survey_7, SEVENTH, Indicator.SUPPORT_7)
    hold_survey(schools, m, q, survey_10, TENTH, Indicator.SUPPORT_10)


@formula
def hold_tests(
    schools: Schools,
    m: Measurements,
    r: Results,
    q: Measurement,
    luck: Luck,
    grade: int,
    reading: int,
    lowest: float,
    cohort_sd: float,
) -> None:
    """The national tests of a grade, numeracy next to reading: shares of the pupils tested at the lowest level.

    A cohort's luck (the first two numbers) and the pupils' own are correlated between the two, so that school means correlate as
    they are seen to.
    """
    rows, ids = having(schools, grade, q.tested_share)
    z = np.empty((4, len(rows)))
    for which in range(len(z)):
        luck.normals(ids, z[which], which)
    cut, per_point = lowest_cut(lowest, r), 1 / r.pupil_sd
    for k in range(len(rows)):
        s = rows[k]
        n = answering(schools.pupils[s, grade - 1], q.tested_share)
        level = level_of(schools.intake[s], schools.taught[s], schools.value_added[s])
        other_cohort = paired(z[0, k], z[1, k], r.cohort_subjects_correlation)
        other_pupils = paired(z[2, k], z[3, k], r.pupil_subjects_correlation)
        in_reading = share_below((cut - level - cohort_sd * z[0, k]) * per_point)
        in_numeracy = share_below((cut - level - cohort_sd * other_cohort) * per_point)
        m.value[s, 0, reading] = binomial_quantile(z[2, k], n, in_reading) / n
        m.value[s, 0, reading + 1] = binomial_quantile(other_pupils, n, in_numeracy) / n
        m.n_pupils[s, 0, reading] = n
        m.n_pupils[s, 0, reading + 1] = n


@formula
def hold_survey(
    schools: Schools, m: Measurements, q: Measurement, luck: Luck, grade: int, support: int
) -> None:
    """The pupil survey of a grade: support, and next to it motivation and the share bullied.

    Of the luck one number is for each index, and for bullying one the cohort's and one the pupils'.
    """
    rows, ids = having(schools, grade, q.survey_response)
    z = np.empty((4, len(rows)))
    for which in range(len(z)):
        luck.normals(ids, z[which], which)
    by_cohort = np.sqrt(q.climate_cohort_share)
    index_sd, bullied_sd = index_school_sd(q) * by_cohort, q.bullied_school_sd * by_cohort
    for k in range(len(rows)):
        s = rows[k]
        n = answering(schools.pupils[s, grade - 1], q.survey_response)
        lasting, value, n_pupils = m.lasting[s], m.value[s, 0], m.n_pupils[s, 0]
        swing = swing_sd(index_sd, q.index_pupil_sd, n)
        value[support] = lasting[support] + swing * z[0, k]
        value[support + 1] = lasting[support + 1] + swing * z[1, k]
        chance = share_of(lasting[support + 2] + bullied_sd * z[2, k])
        value[support + 2] = binomial_quantile(z[3, k], n, chance) / n
        n_pupils[support], n_pupils[support + 1], n_pupils[support + 2] = n, n, n


@formula
def having(schools: Schools, grade: int, share: float) -> tuple[Ints, Ints]:
    """Rows and identities of the schools where anybody answers, in a grade of which a share does."""
    rows, n = np.empty(len(schools), dtype=np.int64), 0
    for s in range(len(schools)):
        rows[n] = s  # stays if anybody does, and is written over if not
        n += answering(schools.pupils[s, grade - 1], share) > 0
    ids = np.empty(n, dtype=np.int64)
    for k in range(n):
        ids[k] = schools.id[rows[k]]
    return rows[:n], ids


@formula
def paired(one: Number, other: Number, correlation: float) -> Number:
    """Of two independent standard normals one that correlates with the first."""
    return correlation * one + float(np.sqrt(1 - correlation**2)) * other


@formula
def swing_sd(cohort_sd: float, pupil_sd: float, n: float) -> float:
    """SD of a mean over `n` pupils around the school's lasting level: the cohort's and the pupils' own."""
    return float(np.sqrt(cohort_sd**2 + pupil_sd**2 / n))


def past_years(state: State, p: Parameters, at: Callable[[int], Draws], year: int) -> None:
    """Fill the figures of the three years before `year` from the present levels, for the first draw to look back on."""
    for y in range(year - N_YEARS, year):
        leaving_points(state, p, at(2 * y))
        autumn_figures(state, p, at(2 * y + 1))


@dataclass(frozen=True)
class TestMeans:
    """What schools' national tests of a grade came to in scale points, which the draw does not use but is published.

    Attributes
    ----------
    mean : array of float, shape (2, schools), scale points from the nation's mean at the start
        Reading and numeracy; 0 where nobody was tested.
    n : array of int, shape (schools,)
        Pupils tested.
    """

    mean: Floats
    n: Ints


def test_means(
    schools: Schools, m: Measurements, r: Results, q: Measurement, draw: Draws, grade: int
) -> TestMeans:
    """Mean scale points of this autumn's tests, by the same luck as the shares at the lowest level.

    Parameters
    ----------
    draw : Draws
        Of the autumn in which the tests were held.
    grade : int
        5 or 8.
    """
    reading, cohort_sd = {
        FIFTH: (Indicator.READING_5, r.cohort_sd_5),
        EIGHTH: (Indicator.READING_8, r.cohort_sd_8),
    }[grade]
    n = m.n_pupils[:, 0, reading]
    z = draw.normal(f"national tests {grade}", schools.id, per=4).T
    per_pupil = r.pupil_sd / np.sqrt(np.maximum(n, 1))
    cohort = z[0], paired(z[0], z[1], r.cohort_subjects_correlation)
    pupils = z[2], paired(z[2], z[3], r.pupil_subjects_correlation)
    level = level_of(schools.intake, schools.taught, schools.value_added)
    mean = [level + cohort_sd * c - per_pupil * own for c, own in zip(cohort, pupils, strict=True)]
    return TestMeans(np.where(n > 0, np.stack(mean), 0.0), n.copy())


def figures(state: State, p: Parameters, draw: Draws) -> None:
    """What is measured in this half-year."""
    (leaving_points if state.now.season is Season.SPRING else autumn_figures)(state, p, draw)


PROCESS = Process(
    "measurement.figures",
    figures,
    "Last of all what is known of it: leaving points in spring, tests and pupil survey in autumn.",
    "AFI-rapport 2021:09, 2.1; Udir [F1]",
)
