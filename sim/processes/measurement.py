"""The eleven indicators: measurements of schools' true levels through small cohorts [F1].

National tests and the pupil survey are taken in autumn, leaving points are given in spring. Each figure is the school's true
level, moved by the luck of the year's cohort and by the few pupils it is taken on.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr, ndtri

from sim.arrays import Floats, Ints
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.results import Measurement, Results
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.measurements import GRADE, N_INDICATORS, Indicator, Measurements
from sim.state.schools import Schools

TESTS = np.array([Indicator.READING_5, Indicator.NUMERACY_5, Indicator.READING_8, Indicator.NUMERACY_8])
SUPPORT_LIKE = np.array(
    [Indicator.SUPPORT_7, Indicator.MOTIVATION_7, Indicator.SUPPORT_10, Indicator.MOTIVATION_10]
)
SUPPORT_FACET = np.array([0, 1, 0, 1])  # column of Schools.climate
BULLYING = np.array([Indicator.BULLYING_7, Indicator.BULLYING_10])
BULLYING_FACET = 2


def leaving_points(state: State, p: Parameters, draw: Draws) -> None:
    """Spring: a new year of figures begins with the leaving points (grunnskolepoeng) of tenth grade."""
    schools, m, r, q = state[Schools], state[Measurements], p[Results], p[Measurement]
    m.value[:, 1:], m.n_pupils[:, 1:] = m.value[:, :-1].copy(), m.n_pupils[:, :-1].copy()
    m.value[:, 0], m.n_pupils[:, 0] = 0, 0
    i = Indicator.LEAVING_POINTS_10
    n = measured(schools, q)[:, i]
    cohort_z, pupil_z = draw.normal("leaving points", schools.id, per=2).T
    level = true_level(schools) + r.cohort_sd_8 * cohort_z
    mean = q.leaving_points_mean + q.leaving_points_per_scale_point * level
    noise = q.leaving_points_pupil_sd * pupil_z / np.sqrt(np.maximum(n, 1))
    m.value[:, 0, i] = np.where(n > 0, mean + noise, 0)
    m.n_pupils[:, 0, i] = n


def autumn_figures(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: national tests in 5th and 8th grade, the pupil survey in 7th and 10th; the true levels beside them."""
    schools, m, r, q = state[Schools], state[Measurements], p[Results], p[Measurement]
    n = measured(schools, q)
    lasting = lasting_levels(schools, r, q)
    m.lasting[:] = lasting
    value = np.zeros_like(lasting)
    value[:, TESTS] = lowest_level_shares(schools, n, r, q, draw)
    value[:, SUPPORT_LIKE], value[:, BULLYING] = survey_figures(schools, lasting, n, q, draw)
    now = n > 0
    now[:, Indicator.LEAVING_POINTS_10] = False
    m.value[:, 0][now] = value[now]
    m.n_pupils[:, 0][now] = n[now]


def measured(schools: Schools, q: Measurement) -> Ints:
    """Pupils behind each indicator this year, shape (schools, 11)."""
    answer = np.full(N_INDICATORS, q.survey_response)
    answer[TESTS] = q.tested_share
    answer[Indicator.LEAVING_POINTS_10] = 1
    n: Ints = np.floor(schools.pupils[:, GRADE - 1] * answer + 0.5).astype(np.int64)
    return n


def true_level(schools: Schools) -> Floats:
    """True level of a school's test results, in scale points from the nation's mean at the start; shape (schools,)."""
    level: Floats = schools.intake + schools.taught + schools.value_added
    return level


def lowest_cut(share: float, r: Results) -> float:
    """Scale points from the national mean below which the given share of the nation's pupils lies."""
    return float(ndtri(share) * r.national_sd)


def cuts(r: Results, q: Measurement) -> Floats:
    """The limits of the lowest mastery level of the four tests, in scale points from the mean; shape (4,)."""
    five, eight = lowest_cut(q.lowest_level_5, r), lowest_cut(q.lowest_level_8, r)
    return np.array([five, five, eight, eight])


def lasting_levels(schools: Schools, r: Results, q: Measurement) -> Floats:
    """Each indicator as it would be without the luck of cohorts and small numbers, shape (schools, 11)."""
    levels = np.empty((len(schools), N_INDICATORS))
    level = true_level(schools)
    with_cohorts = np.hypot(
        r.pupil_sd, np.array([r.cohort_sd_5, r.cohort_sd_5, r.cohort_sd_8, r.cohort_sd_8])
    )
    levels[:, TESTS] = ndtr((cuts(r, q) - level[:, None]) / with_cohorts)
    levels[:, Indicator.LEAVING_POINTS_10] = q.leaving_points_mean + q.leaving_points_per_scale_point * level
    climate = schools.climate + (r.practice_to_climate * schools.practice)[:, None]
    climate = climate + (r.community_to_climate * (schools.community - r.community_usual))[:, None]
    steady = np.sqrt(1 - q.climate_cohort_share)
    means = np.array([q.support_mean_7, q.motivation_mean_7, q.support_mean_10, q.motivation_mean_10])
    levels[:, SUPPORT_LIKE] = means + index_school_sd(q) * steady * climate[:, SUPPORT_FACET]
    bullied = (
        np.array([q.bullied_7, q.bullied_10]) - q.bullied_school_sd * steady * climate[:, [BULLYING_FACET]]
    )
    levels[:, BULLYING] = np.clip(bullied, 0, 1)
    return levels


def index_school_sd(q: Measurement) -> float:
    """SD between schools of an index of the pupil survey."""
    return float(q.index_pupil_sd * np.sqrt(q.index_school_share))


def lowest_level_shares(schools: Schools, n: Ints, r: Results, q: Measurement, draw: Draws) -> Floats:
    """Shares of pupils measured at the lowest level, shape (schools, 4).

    A cohort's luck and the pupils' own are correlated between reading and numeracy, so that school means correlate as
    they are seen to.
    """
    raw = draw.normal("national tests", schools.id, per=2 * len(TESTS))
    cohort = paired(raw[:, : len(TESTS)], r.cohort_subjects_correlation)
    pupils = paired(raw[:, len(TESTS) :], r.pupil_subjects_correlation)
    sd = np.array([r.cohort_sd_5, r.cohort_sd_5, r.cohort_sd_8, r.cohort_sd_8])
    level = true_level(schools)[:, None] + sd * cohort
    chance = ndtr((cuts(r, q) - level) / r.pupil_sd)
    tested = n[:, TESTS]
    return binomial_quantile(pupils, tested, chance) / np.maximum(tested, 1)


def paired(z: Floats, correlation: float) -> Floats:
    """Standard normals, shape (n, 4), made to correlate within the pairs of columns (0, 1) and (2, 3)."""
    joint = z.copy()
    joint[:, 1::2] = correlation * z[:, 0::2] + np.sqrt(1 - correlation**2) * z[:, 1::2]
    return joint


def survey_figures(
    schools: Schools, lasting: Floats, n: Ints, q: Measurement, draw: Draws
) -> tuple[Floats, Floats]:
    """Figures of the pupil survey: four indices, shape (schools, 4), and two shares bullied, shape (schools, 2)."""
    k = len(SUPPORT_LIKE) + len(BULLYING)
    raw = draw.normal("pupil survey", schools.id, per=2 * k)
    cohort, pupils = np.sqrt(q.climate_cohort_share) * raw[:, :k], raw[:, k:]
    index_n, bully_n = n[:, SUPPORT_LIKE], n[:, BULLYING]
    noise = index_school_sd(q) * cohort[:, :-2] + q.index_pupil_sd * pupils[:, :-2] / np.sqrt(
        np.maximum(index_n, 1)
    )
    chance = np.clip(lasting[:, BULLYING] + q.bullied_school_sd * cohort[:, -2:], 0, 1)
    bullied = binomial_quantile(pupils[:, -2:], bully_n, chance) / np.maximum(bully_n, 1)
    return lasting[:, SUPPORT_LIKE] + noise, bullied


def binomial_quantile(z: Floats, n: Ints, chance: Floats) -> Floats:
    """Whole numbers out of `n`, one for each standard normal `z`: the binomial quantile by Cornish and Fisher.

    One number decides one count, so that identities stay apart and counts can be correlated through `z`. All shapes equal.
    """
    mean = n * chance
    sd = np.sqrt(np.maximum(mean * (1 - chance), 0))
    value = np.floor(mean + sd * z + (1 - 2 * chance) * (z * z - 1) / 6 + 0.5)
    counts: Floats = np.clip(value, 0, n)
    return counts


def past_years(state: State, p: Parameters, at: Callable[[int], Draws], year: int) -> None:
    """Fill the figures of the three years before `year` from the present levels, for the first draw to look back on."""
    for y in range(year - state[Measurements].value.shape[1], year):
        leaving_points(state, p, at(2 * y))
        autumn_figures(state, p, at(2 * y + 1))


def figures(state: State, p: Parameters, draw: Draws) -> None:
    """What is measured in this half-year."""
    (leaving_points if state.now.season is Season.SPRING else autumn_figures)(state, p, draw)


PROCESS = Process(
    "measurement.figures",
    figures,
    "Last of all what is known of it: leaving points in spring, tests and pupil survey in autumn.",
    "AFI-rapport 2021:09, 2.1; Udir [F1]",
)
