"""What the eleven indicators measure: where schools stand without the luck of cohorts and small numbers [F1], and who is
behind.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Number
from sim.parameters.results import Measurement, Results
from sim.processes.counts import share_below
from sim.rules import formula
from sim.rules.random_numbers import normal_quantile
from sim.state.measurements import Indicator, Measurements
from sim.state.schools import EIGHTH_OWN, FIFTH_OWN, LEAVING_OWN, NUMERACY_OWN, Schools

FIFTH, SEVENTH, EIGHTH, TENTH = 5, 7, 8, 10  # grades in which something is measured
TESTS = {5: [Indicator.READING_5, Indicator.NUMERACY_5], 8: [Indicator.READING_8, Indicator.NUMERACY_8]}
"""National tests by grade: reading, numeracy."""


def true_level(schools: Schools) -> Floats:
    """True level that all results of a school have in common, in scale points from the nation's mean at the start; shape
    (schools,).
    """
    return np.asarray(level_of(schools.intake, schools.taught, schools.value_added))


@formula
def level_of(intake: Number, taught: Number, value_added: Number) -> Number:
    """True level that all results of a school have in common, in scale points from the nation's mean at the start."""
    return intake + taught + value_added


@formula
def given_before(schools: Schools, grade: int) -> Floats:
    """What teaching has given those who are tested in the autumn of a grade, in scale points; shape (schools,).

    A school that begins with the grade has had them for some weeks: what shows is the teaching of the municipality's schools that
    end before it, by usual size. Without any such school it is as if they had been there before.
    """
    n_owners = 0
    for s in range(len(schools)):
        n_owners = max(n_owners, schools.municipality[s] + 1)
    found, given, pupils = np.empty(len(schools)), np.zeros(n_owners), np.zeros(n_owners)
    for s in range(len(schools)):
        found[s] = schools.taught[s] + schools.value_added[s]
        if schools.first_grade[s] == 1 and schools.last_grade[s] == grade - 1:
            given[schools.municipality[s]] += schools.cohort_size[s] * found[s]
            pupils[schools.municipality[s]] += schools.cohort_size[s]
    for s in range(len(schools)):
        o = schools.municipality[s]
        if schools.first_grade[s] == grade and pupils[o] > 0:
            found[s] = given[o] / pupils[o]
    return found


@formula
def lowest_cut(share: float, r: Results) -> float:
    """Scale points from the national mean below which the given share of the nation's pupils lies."""
    return normal_quantile(share) * r.national_sd


@formula
def new_at_test(cohort_sd: float, n: Number, r: Results) -> Number:
    """SD of what a cohort of `n` pupils has in common at one test only; that of a cohort of one class is `cohort_sd` in all.

    Part of it belongs to classes, and evens out in a cohort of several.
    """
    one_class = max(cohort_sd**2 - r.cohort_lasting_sd**2, 0.0)
    return np.sqrt(one_class * (1 - r.class_share * (1 - 1 / np.maximum(n / r.class_size, 1.0))))


@formula
def spread_at_test(cohort_sd: float, n: float, r: Results) -> float:
    """SD of a pupil's result around the school's lasting level: pupils and their cohort of `n` together."""
    new = new_at_test(cohort_sd, n, r)
    return float(np.sqrt(r.pupil_sd**2 + r.cohort_lasting_sd**2 + new * new))


@formula
def answering(pupils: int, share: float) -> float:
    """The pupils of a grade behind an indicator, where a share of them answers."""
    return float(np.floor(pupils * share + 0.5))


@formula
def per_point_at_test(schools: Schools, r: Results, q: Measurement, grade: int, cohort_sd: float) -> Floats:
    """What a scale point is in SD of a pupil's result around the school's lasting level; shape (schools,)."""
    found = np.empty(len(schools))
    for s in range(len(schools)):
        found[s] = answering(schools.pupils[s, grade - 1], q.tested_share)
    for s in range(len(schools)):  # this loop alone goes through several at a time
        found[s] = 1 / spread_at_test(cohort_sd, found[s], r)
    return found


@formula
def lasting_levels(
    schools: Schools, m: Measurements, r: Results, q: Measurement, by_5: Floats, by_8: Floats
) -> None:
    """Each indicator as it would be without the luck of cohorts and small numbers; tests only where the grade has pupils.

    Parameters
    ----------
    by_5, by_8 : array of float, shape (schools,)
        `given_before` fifth and eighth grade.
    """
    cut_5, cut_8 = lowest_cut(q.lowest_level_5, r), lowest_cut(q.lowest_level_8, r)
    steady = np.sqrt(1 - q.climate_cohort_share)
    index_sd = index_school_sd(q.index_pupil_sd, q) * steady
    bullying_sd = index_school_sd(q.bullying_pupil_sd, q) * steady
    per_point_5 = per_point_at_test(schools, r, q, FIFTH, r.cohort_sd_5)
    per_point_8 = per_point_at_test(schools, r, q, EIGHTH, r.cohort_sd_8)
    for s in range(len(schools)):
        lasting = m.lasting[s]
        level = level_of(schools.intake[s], schools.taught[s], schools.value_added[s])
        numeracy = schools.grade_level[s, NUMERACY_OWN]
        if schools.pupils[s, FIFTH - 1] > 0:
            from_cut = cut_5 - schools.intake[s] - by_5[s] - schools.grade_level[s, FIFTH_OWN]
            lasting[Indicator.READING_5] = share_below((from_cut + numeracy) * per_point_5[s])
            lasting[Indicator.NUMERACY_5] = share_below((from_cut - numeracy) * per_point_5[s])
        if schools.pupils[s, EIGHTH - 1] > 0:
            from_cut = cut_8 - schools.intake[s] - by_8[s] - schools.grade_level[s, EIGHTH_OWN]
            lasting[Indicator.READING_8] = share_below((from_cut + numeracy) * per_point_8[s])
            lasting[Indicator.NUMERACY_8] = share_below((from_cut - numeracy) * per_point_8[s])
        lasting[Indicator.LEAVING_POINTS_10] = usual_points(level + schools.grade_level[s, LEAVING_OWN], q)
        gained = climate_gained(schools.practice[s], schools.community[s], schools.environment[s], r)
        support = index_sd * (schools.climate[s, 0] + gained)
        motivation = index_sd * (schools.climate[s, 1] + gained)
        safety = bullying_sd * (schools.climate[s, 2] + gained)
        lasting[Indicator.SUPPORT_7] = q.support_mean_7 + support
        lasting[Indicator.SUPPORT_10] = q.support_mean_10 + support
        lasting[Indicator.MOTIVATION_7] = q.motivation_mean_7 + motivation
        lasting[Indicator.MOTIVATION_10] = q.motivation_mean_10 + motivation
        lasting[Indicator.BULLYING_7] = bullying_at(safety, q.bullying_mean_7)
        lasting[Indicator.BULLYING_10] = bullying_at(safety, q.bullying_mean_10)


@formula
def usual_points(level: float, q: Measurement) -> float:
    """Leaving points of a school with the given true level, its own of leaving points included."""
    return q.leaving_points_mean + q.leaving_points_per_scale_point * level


@formula
def climate_gained(practice: Number, community: Number, environment: Number, r: Results) -> Number:
    """What practice, community and measures on the learning `environment` add to support, motivation and absence of bullying, in
    school SD; a school's, or all schools' in columns of shape (schools,).
    """
    by_staff = r.practice_to_climate * practice + r.community_to_climate * (community - r.community_usual)
    return by_staff + environment


@formula
def bullying_at(safety: float, mean: float) -> float:
    """Index of bullying of a school that is safer than others by so many points: it nears 1 and never reaches it."""
    return float(1 + (mean - 1) * np.exp(-safety / (mean - 1)))


@formula
def index_school_sd(pupil_sd: float, q: Measurement) -> float:
    """SD between schools of an index of the pupil survey on which pupils have the given SD."""
    return pupil_sd * float(np.sqrt(q.index_school_share))
