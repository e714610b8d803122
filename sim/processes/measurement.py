"""The eleven indicators: measurements of schools' true levels through small cohorts [F1].

National tests and the pupil survey are taken in autumn, leaving points are given in spring. Each figure is the school's true
level, moved by the year's cohort and by the few pupils it is taken on. What belongs to a cohort goes with it: a part of what it
has in common, and how able its pupils happen to be, come back in eighth grade and in the leaving points.

Not every pupil takes the tests: some are exempted, others away. A figure is missing for one of the three reasons of AFI-rapport
2021:09, table 1: no pupils in the grade (or none tested), a test not held, the survey not held in a grade.
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
    EIGHTH,
    FIFTH,
    SEVENTH,
    TENTH,
    answering,
    given_before,
    index_school_sd,
    lasting_levels,
    level_of,
    lowest_cut,
    new_at_test,
    usual_points,
)
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.rules.luck import Luck
from sim.rules.random_numbers import normal_quantile
from sim.state import State
from sim.state.measurements import N_INDICATORS, N_TESTS, N_YEARS, Indicator, Measurements
from sim.state.schools import EIGHTH_OWN, FIFTH_OWN, LEAVING_OWN, NUMERACY_OWN, Schools

ROOT_TWO_PI = float(np.sqrt(2 * np.pi))
HOW_MANY = 4  # of a test's numbers: that which decides how many are tested, after those of what they do


@rule
def leaving_points(
    schools: Schools,
    m: Measurements,
    r: Results,
    q: Measurement,
    points: Annotated[Luck, "leaving points", 3],
    left: bool,
) -> None:
    """Spring: a new year of figures begins with the leaving points (grunnskolepoeng) of tenth grade.

    Parameters
    ----------
    left : bool
        These pupils had left before the world began: nobody's column has their luck, and they are taken to be as many as those
        now in tenth grade.
    """
    for s in range(len(schools)):
        value, n_pupils = m.value[s], m.n_pupils[s]
        for year in range(N_YEARS - 1, 0, -1):
            for i in range(N_INDICATORS):
                value[year, i] = value[year - 1, i]
            for i in range(N_INDICATORS):
                n_pupils[year, i] = n_pupils[year - 1, i]
        value[0], n_pupils[0] = 0, 0
    rows, ids, tenth = having(schools, TENTH, 1.0)
    z = np.empty(len(rows))
    points.normals(ids, z)
    per_point = q.leaving_points_per_scale_point
    of_pupils = q.leaving_points_pupil_sd * np.sqrt(r.pupil_ability_share)
    new_of_pupils = q.leaving_points_pupil_sd * np.sqrt(1 - r.pupil_ability_share)
    for k in range(len(rows)):
        s, n = rows[k], tenth[k]
        cohort, able = schools.cohort[s, TENTH - 1], schools.pupils_luck[s, TENTH - 1]
        if left:
            cohort, able = r.cohort_lasting_sd * points.normal(ids[k], 1), points.normal(ids[k], 2)
        level = level_of(schools.intake[s], schools.taught[s], schools.value_added[s])
        lasting = usual_points(level + schools.grade_level[s, LEAVING_OWN], q)
        brought = per_point * cohort + of_pupils * able / np.sqrt(n)
        m.value[s, 0, Indicator.LEAVING_POINTS_10] = (
            lasting
            + brought
            + swing_sd(per_point * new_at_test(r.cohort_sd_8, n, r), new_of_pupils, n) * z[k]
        )
        m.n_pupils[s, 0, Indicator.LEAVING_POINTS_10] = n


@rule
def autumn_figures(
    schools: Schools,
    m: Measurements,
    r: Results,
    q: Measurement,
    tests_5: Annotated[Luck, "national tests 5", 5],
    tests_8: Annotated[Luck, "national tests 8", 5],
    survey_7: Annotated[Luck, "pupil survey 7", 4],
    survey_10: Annotated[Luck, "pupil survey 10", 4],
    missed: Annotated[Luck, "figures that are missing", 6],
    back: int,
) -> None:
    """Autumn: national tests in 5th and 8th grade, the pupil survey in 7th and 10th; the true levels beside them.

    What is missing because it was not held is decided test by test, then for the survey in 7th and in 10th grade.

    Parameters
    ----------
    back : int
        For years before the world began: how many grades further up those tested then sit now.
    """
    by_5, by_8 = given_before(schools, FIFTH), given_before(schools, EIGHTH)
    lasting_levels(schools, m, r, q, by_5, by_8)
    hold_tests(schools, m, r, q, tests_5, missed, by_5, FIFTH, back)
    hold_tests(schools, m, r, q, tests_8, missed, by_8, EIGHTH, back)
    hold_survey(schools, m, q, survey_7, missed, SEVENTH, Indicator.SUPPORT_7)
    hold_survey(schools, m, q, survey_10, missed, TENTH, Indicator.SUPPORT_10)


@formula
def hold_tests(
    schools: Schools,
    m: Measurements,
    r: Results,
    q: Measurement,
    luck: Luck,
    missed: Luck,
    given: Floats,
    grade: int,
    back: int,
) -> None:
    """The national tests of a grade, numeracy next to reading: shares of the pupils tested at the lowest level.

    What a cohort has taken with it stands in its columns. New are a part that the cohort has in common (the first two numbers,
    correlated between the subjects) and the luck in who of these pupils ends up at the lowest level (the other two), as far as it
    is not that of how able they are. The fifth decides how many are tested.

    Parameters
    ----------
    given : array of float, shape (schools,)
        `given_before` the grade.
    """
    own, reading, lowest, cohort_sd = FIFTH_OWN, Indicator.READING_5, q.lowest_level_5, r.cohort_sd_5
    if grade == EIGHTH:
        own, reading, lowest, cohort_sd = EIGHTH_OWN, Indicator.READING_8, q.lowest_level_8, r.cohort_sd_8
    rows, ids, tested = tested_in(schools, q, luck, grade + back)
    z, held, new_sd = np.empty((4, len(rows))), np.empty((2, len(rows))), np.empty(len(rows))
    for which in range(len(z)):
        luck.normals(ids, z[which], which)
    for subject in range(2):
        missed.uniforms(ids, held[subject], reading + subject)
    together, apart = r.cohort_subjects_correlation, np.sqrt(1 - r.cohort_subjects_correlation**2)
    cut, per_point = lowest_cut(lowest, r), 1 / r.pupil_sd
    ability = by_ability(lowest, r)
    day = by_day(ability)
    for k in range(len(rows)):  # roots several at a time
        new_sd[k] = new_at_test(cohort_sd, tested[k], r)
    for k in range(len(rows)):
        s, n = rows[k], tested[k]
        level = (
            schools.intake[s] + given[s] + schools.grade_level[s, own] + schools.cohort[s, grade + back - 1]
        )
        able = ability * schools.pupils_luck[s, grade + back - 1]
        common, numeracy = z[0, k], -schools.grade_level[s, NUMERACY_OWN]
        for subject in range(2):
            if held[subject, k] >= q.test_not_held:
                chance = share_below((cut - level - new_sd[k] * common - numeracy) * per_point)
                at_lowest = binomial_quantile(day * z[2 + subject, k] - able, n, chance)
                m.value[s, 0, reading + subject] = at_lowest / n
                m.n_pupils[s, 0, reading + subject] = n
            common, numeracy = together * z[0, k] + apart * z[1, k], -numeracy


@formula
def hold_survey(
    schools: Schools, m: Measurements, q: Measurement, luck: Luck, missed: Luck, grade: int, support: int
) -> None:
    """The pupil survey of a grade: support, and next to it motivation and bullying.

    Of the luck, the cohort's and its pupils', the first number is common to the three, and one is each one's own. The index of
    bullying has a floor of 1 that most pupils are at: what lies above it is multiplied by luck, not moved by it.
    """
    rows, ids, answered = having(schools, grade, q.survey_response)
    z, held = np.empty((4, len(rows))), np.empty(len(rows))
    swing, bullied = np.empty(len(rows)), np.empty(len(rows))
    for which in range(len(z)):
        luck.normals(ids, z[which], which)
    missed.uniforms(ids, held, N_TESTS if grade == SEVENTH else N_TESTS + 1)
    by_cohort = np.sqrt(q.climate_cohort_share)
    index_sd = index_school_sd(q.index_pupil_sd, q) * by_cohort
    bullying_sd = index_school_sd(q.bullying_pupil_sd, q) * by_cohort
    shared, own = np.sqrt(q.climate_luck_correlation), np.sqrt(1 - q.climate_luck_correlation)
    for k in range(len(rows)):  # roots several at a time
        swing[k] = swing_sd(index_sd, q.index_pupil_sd, answered[k])
        bullied[k] = swing_sd(bullying_sd, q.bullying_pupil_sd, answered[k])
    for k in range(len(rows)):
        if held[k] >= q.survey_not_held:
            s, n = rows[k], answered[k]
            lasting, value, n_pupils = m.lasting[s], m.value[s, 0], m.n_pupils[s, 0]
            value[support] = lasting[support] + swing[k] * (shared * z[0, k] + own * z[1, k])
            value[support + 1] = lasting[support + 1] + swing[k] * (shared * z[0, k] + own * z[2, k])
            value[support + 2] = above_one(
                lasting[support + 2], bullied[k], -shared * z[0, k] - own * z[3, k]
            )
            n_pupils[support], n_pupils[support + 1], n_pupils[support + 2] = n, n, n


@formula
def having(schools: Schools, grade: int, share: float) -> tuple[Ints, Ints, Floats]:
    """Rows and identities of the schools where anybody answers, in a grade of which a share does, and how many do in each."""
    rows, answer, n = np.empty(len(schools), dtype=np.int64), np.empty(len(schools)), 0
    for s in range(len(schools)):
        rows[n] = s  # stays if anybody does, and is written over if not
        answer[n] = answering(schools.pupils[s, grade - 1], share)
        n += answer[n] > 0
    ids = np.empty(n, dtype=np.int64)
    for k in range(n):
        ids[k] = schools.id[rows[k]]
    return rows[:n], ids, answer[:n]


@formula
def tested_in(schools: Schools, q: Measurement, luck: Luck, grade: int) -> tuple[Ints, Ints, Floats]:
    """Rows and identities of the schools where anybody of a grade is tested, and how many are, the same in both subjects."""
    rows, ids, tested = having(schools, grade, 1.0)
    z, n = np.empty(len(rows)), 0
    luck.normals(ids, z, HOW_MANY)
    for k in range(len(rows)):
        rows[n], ids[n] = rows[k], ids[k]  # stays if anybody is, and is written over if not
        tested[n] = binomial_quantile(z[k], tested[k], q.tested_share)
        n += tested[n] > 0
    return rows[:n], ids[:n], tested[:n]


@formula
def paired(one: Number, other: Number, correlation: float) -> Number:
    """Of two independent standard normals one that correlates with the first."""
    return correlation * one + float(np.sqrt(1 - correlation**2)) * other


@formula
def swing_sd(cohort_sd: float, pupil_sd: float, n: float) -> float:
    """SD of a mean over `n` pupils around the school's lasting level: the cohort's and the pupils' own."""
    return float(np.sqrt(cohort_sd**2 + pupil_sd**2 / n))


@formula
def mean_and_share(lowest: float) -> float:
    """How closely, over samples of pupils, a low mean goes with a large share at the lowest level: their correlation.

    For normal results it is the density at the limit over the SD of being below it, 0.73 where a quarter is, 0.60 where 11 % are.
    """
    limit = normal_quantile(lowest)
    return float(np.exp(-limit * limit / 2) / (ROOT_TWO_PI * np.sqrt(lowest * (1 - lowest))))


@formula
def by_ability(lowest: float, r: Results) -> float:
    """Correlation of the luck in how able pupils are with few of them at the lowest level of a test."""
    return mean_and_share(lowest) * float(np.sqrt(r.pupil_ability_share))


@formula
def by_day(ability: float) -> float:
    """What the day's own luck weighs in a share at the lowest level, beside ability of the given correlation."""
    return float(np.sqrt(1 - ability**2))


@formula
def above_one(mean: float, sd: float, z: float) -> float:
    """An index that begins at 1, from a standard normal: log-normal above 1, with the given mean and standard deviation."""
    spread = np.log(1 + (sd / (mean - 1)) ** 2)
    return float(1 + (mean - 1) * np.exp(np.sqrt(spread) * z - spread / 2))


def past_years(state: State, p: Parameters, at: Callable[[int], Draws], year: int) -> None:
    """Fill the figures of the three years before `year` from the present levels, for the first draw to look back on.

    Whoever sat in fifth grade two school years ago sits in seventh now and is tested again in eighth, with the same luck.
    """
    for y in range(year - N_YEARS, year):
        leaving_points(state, p, at(2 * y), left=True)
        autumn_figures(state, p, at(2 * y + 1), back=year - 1 - y)


@dataclass(frozen=True)
class TestMeans:
    """What schools' national tests of a grade came to in scale points, which the draw does not use but is published.

    Attributes
    ----------
    mean : array of float, shape (2, schools), scale points from the nation's mean at the start
        Reading and numeracy; 0 where nobody was tested.
    n : array of int, shape (schools,)
        Pupils tested; 0 where one of the two tests was not held.
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
    reading, own, cohort_sd, lowest = {
        FIFTH: (Indicator.READING_5, FIFTH_OWN, r.cohort_sd_5, q.lowest_level_5),
        EIGHTH: (Indicator.READING_8, EIGHTH_OWN, r.cohort_sd_8, q.lowest_level_8),
    }[grade]
    n = m.n_pupils[:, 0, reading : reading + 2].min(axis=1)
    z = draw.normal(f"national tests {grade}", schools.id, per=4).T
    beside = draw.normal(f"means of national tests {grade}", schools.id, per=2).T
    common = z[0], paired(z[0], z[1], r.cohort_subjects_correlation)
    level = schools.intake + given_before(schools, grade)
    level = level + schools.grade_level[:, own] + schools.cohort[:, grade - 1]
    share_by_day = by_day(by_ability(lowest, r))
    with_share = mean_and_share(lowest) * np.sqrt(1 - r.pupil_ability_share) / share_by_day
    mean = []
    for subject, numeracy in enumerate((-1, 1)):
        day = -with_share * z[2 + subject] + np.sqrt(1 - with_share**2) * beside[subject]
        pupils = paired(schools.pupils_luck[:, grade - 1], day, np.sqrt(r.pupil_ability_share))
        new = new_at_test(cohort_sd, n, r) * common[subject]
        own_of_subject = numeracy * schools.grade_level[:, NUMERACY_OWN]
        mean.append(level + own_of_subject + new + r.pupil_sd / np.sqrt(np.maximum(n, 1)) * pupils)
    return TestMeans(np.where(n > 0, np.stack(mean), 0.0), n)


def figures(state: State, p: Parameters, draw: Draws) -> None:
    """What is measured in this half-year."""
    if state.now.season is Season.SPRING:
        leaving_points(state, p, draw, left=False)
    else:
        autumn_figures(state, p, draw, back=0)


PROCESS = Process(
    "measurement.figures",
    figures,
    "Last of all what is known of it: leaving points in spring, tests and pupil survey in autumn.",
    "AFI-rapport 2021:09, 2.1; Udir [F1]",
)
