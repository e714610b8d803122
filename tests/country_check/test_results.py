"""Figures reckoned from results, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.country_check.results import (
    PUPIL_SD_MUNICIPALITY,
    Panel,
    always_figures,
    background_figures,
    combined_figures,
    excess_kurtosis,
    leaving_figures,
    municipal_figures,
    north_figures,
    schools_figures,
    skewness,
    weighted_correlation,
)

N = 4_000


def normals(seed: int, *shape: int) -> Floats:
    return np.random.default_rng(seed).standard_normal(shape)


def panel(lasting: float, passing: float, seed: int = 1, n: float = 100.0) -> Panel:
    """Units with a lasting part, the same in both tests, and one that is new each year in each test."""
    level = lasting * normals(seed, N)
    return Panel(level + passing * normals(seed + 1, 4, 2, N), np.full((4, N), n))


def test_what_lasts_and_what_passes_are_told_apart() -> None:
    one = panel(lasting=2.0, passing=1.5)
    assert one.lag_correlation(1) == pytest.approx(4 / (4 + 2.25), abs=0.03)
    assert one.lag_correlation(3) == pytest.approx(4 / (4 + 2.25), abs=0.03)
    assert one.true_sd(one.n > 0, pupil_sd=10.0) == pytest.approx(np.sqrt(4 + 2.25 - 1), abs=0.05)


def test_lasting_variance_is_parted_into_that_inside_and_between_owners() -> None:
    owner = np.arange(N) // 4
    inside, between = 1.5 * normals(3, N), 1.0 * normals(4, N // 4)[owner]
    value = inside + between + normals(5, 4, 2, N)
    found = schools_figures(Panel(value, np.full((4, N), 50.0)), owner, 5)
    assert found["school_lasting_5"] == pytest.approx(2.25 + 1, abs=0.2)
    assert found["school_within_5"] == pytest.approx(2.25 / 3.25, abs=0.04)
    # Four schools with SD 1.5 and a mean of eight values that pass lie 2.06 SD apart on average.
    assert found["school_range_5_4"] == pytest.approx(2.06 * np.sqrt(2.25 + 1 / 8), rel=0.08)
    # Regression to the mean: of three years' means 3.25 / (3.25 + 1/6) is lasting.
    assert found["shortfall_left_5"] == pytest.approx(3.25 / (3.25 + 1 / 6), abs=0.05)
    # Of one year's mean 3.25 / (3.25 + 1/2) is lasting, and its lowest tenth lies 1.755 SD under the mean.
    assert found["lowest_tenth_5_after_0"] == pytest.approx(-1.755 * np.sqrt(3.75), rel=0.05)
    assert found["lowest_tenth_5_after_3"] == pytest.approx(-1.755 * 3.25 / np.sqrt(3.75), rel=0.06)
    # The variance inside is 2.25, and 1/8 of it passes.
    assert found["school_spread_5_4"] == pytest.approx(np.sqrt(2.25 + 1 / 8), rel=0.05)
    assert found["school_means_sd_5"] == pytest.approx(np.sqrt(3.25 + 1 / 8), rel=0.05)


def test_lags_are_told_by_how_many_are_tested() -> None:
    level = 2.0 * normals(11, N)
    n = np.full((4, N), 30.0)
    n[:, : N // 2] = 90.0
    passing = normals(12, 4, 2, N) * np.where(n[0] > 50, 1.0, 3.0)
    found = schools_figures(Panel(level + passing, n), np.arange(N) // 4, 8)
    assert found["school_lag_2_grade_8_80"] == pytest.approx(4 / 5, abs=0.03)
    assert found["school_lag_2_grade_8_20"] == pytest.approx(4 / 13, abs=0.05)
    assert np.isnan(found["school_lag_1_grade_8_under_20"])


def test_a_cohort_is_met_again_three_years_later() -> None:
    cohorts = normals(6, N)
    five, eight = normals(7, 4, 2, N), normals(8, 4, 2, N)
    five[0] += cohorts
    eight[-1] += cohorts
    n = np.full((4, N), 1e9)
    population = np.full(N, 3_000.0)
    population[: N // 2] = 30_000
    found = municipal_figures(Panel(five, n), Panel(eight - 1, n), population)
    assert found["same_cohort"] == pytest.approx(0.5, abs=0.05)
    assert found["other_cohort"] == pytest.approx(0.0, abs=0.05)
    assert found["municipal_mean_2000"] == pytest.approx(-0.5, abs=0.05)
    assert np.isnan(found["municipal_sd_50000"])
    # With so many pupils nothing is left to be freed of; tests share their cohort alone.
    assert found["same_cohort_true"] == pytest.approx(found["same_cohort"], abs=1e-3)
    assert found["grades_same_test"] == pytest.approx(0.0, abs=0.05)
    schools = combined_figures(Panel(five, n), Panel(eight, n))
    assert schools["same_cohort_schools"] == pytest.approx(found["same_cohort"])


def test_sampling_of_pupils_hides_what_a_cohort_keeps() -> None:
    cohorts = 2.0 * normals(13, N)
    five, eight = (cohorts + 2.0 * normals(seed, 4, 2, N) for seed in (14, 15))
    n = np.full(
        (4, N), PUPIL_SD_MUNICIPALITY**2 / 4
    )  # whose sampling has a variance of 4: half of what is seen
    found = municipal_figures(Panel(five, n), Panel(eight, n), np.full(N, 3_000.0))
    assert found["same_cohort"] == pytest.approx(0.5, abs=0.05)
    assert found["same_cohort_true"] == pytest.approx(1.0, abs=0.08)
    assert found["grades_other_test"] == pytest.approx(0.5, abs=0.05)
    # One test's lasting variance is 4, that of the mean of two is the same: what passes does not go along.
    assert found["municipal_lasting"] == pytest.approx(4, rel=0.08)
    assert found["municipal_lasting_mean"] == pytest.approx(4, rel=0.08)
    assert found["municipal_mean_lag_1_grade_5"] == pytest.approx(4 / (4 + 2), abs=0.03)


def test_what_is_not_published_is_counted() -> None:
    value, n = np.zeros((4, 2, 4)) + np.arange(4.0), np.tile([5.0, 30.0, 40.0, 50.0], (4, 1))
    value[:, :, 0] = np.nan  # never
    gap = value.copy()
    gap[1, :, 1] = np.nan  # one year of one grade
    found = municipal_figures(Panel(value, n), Panel(gap, n), np.array([500.0, 1_500.0, 2_500.0, 2_500.0]))
    assert (found["municipal_never_published"], found["municipal_always_published"]) == (1, 2)
    assert found["municipal_unpublished_5"] == pytest.approx(1 / 4)
    assert found["municipal_unpublished_8"] == pytest.approx((1 + 1 / 4) / 4)
    assert found["unpublished_population"] == 1_000
    assert (found["municipal_tested_under_2000"], found["municipal_tested_2000"]) == (30, 45)


def test_the_north_is_told_with_and_without_its_size() -> None:
    county = ["Nordland", "Troms", "Trøndelag - Trööndelage", "Oslo", "Vestland", "Agder"]
    size = np.array([1.0, 2.0, 3.0, 3.0, 2.0, 4.0])
    level = size - np.array([2.0, 2.0, 2.0, 0.0, 0.0, 0.0])
    found = north_figures(level, county, size)
    assert found["north_gap"] == pytest.approx(3.0)
    assert found["north_gap_at_size"] == pytest.approx(2.0)
    assert found["north_gap_without_trondelag"] == pytest.approx(10 / 4 + 0.5)
    assert north_figures(level[3:], county[3:], size[3:]) == {}


def test_results_of_those_published_in_all_years_go_with_inhabitants_and_education() -> None:
    level, tested, rising, bent = (
        np.tile(one, 4)
        for one in (
            [0.0, 1.0, 2.0, 3.0, np.nan, 4.0], [10.0, 50.0, 60.0, 70.0, 90.0, 99.0],
            [0.0, 1.0, 2.0, 3.0, 9.0, 4.0], [9.0, 4.0, 3.0, 2.0, 0.0, 1.0],
        )
    )  # fmt: skip
    found = always_figures(level, tested, {"population": rising, "education": bent, "low_education": -rising})
    assert found["results_population_always"] == pytest.approx(1)
    assert found["results_low_education_always"] == pytest.approx(-1)
    assert -1 < found["results_education_always"] < -0.9
    assert found["results_education_50"] == pytest.approx(-1)  # the first is bent away, and has too few


def test_results_go_with_what_municipalities_are_like() -> None:
    level = np.array([0.0, 1.0, 2.0, 3.0, np.nan])
    pupils = np.array([10.0, 10.0, 30.0, 10.0, 99.0])
    county = ["Oslo", "Oslo", "Nordland - Nordlánnda", "Nordland - Nordlánnda", "Oslo"]
    found = background_figures(level, pupils, county, {"education": np.array([1.0, 2.0, 3.0, 4.0, 0.0])})
    assert found["results_education"] == pytest.approx(1.0)
    assert found["county_oslo"] == pytest.approx(0.5)
    assert found["county_nordland"] == pytest.approx(2.25)
    assert np.isnan(found["county_finnmark"])
    assert found["county_share"] == pytest.approx(1 - 0.25 / 1.25)


def test_leaving_points_last_by_size() -> None:
    level = 1.2 * normals(9, N)
    # From year to year the whole nation moves, which is nobody's luck.
    value = level + normals(10, 3, N) + np.array([1.0, -1.0, 0.0])[:, None]
    n = np.full((3, N), 150.0)
    found = leaving_figures(
        value, n, education=level, low_education=-level, pupils=np.full(N, 1_000.0) + np.arange(N)
    )
    assert found["leaving_points_lasting_100"] == pytest.approx(1.2, abs=0.05)
    assert found["leaving_points_lag_1"] == pytest.approx(1.44 / 2.44, abs=0.03)
    assert found["leaving_points_lag_1_100"] == pytest.approx(found["leaving_points_lag_1"])
    assert found["leaving_points_sd_100"] == pytest.approx(np.sqrt(2.44), abs=0.04)
    # The change of two years has a variance of 2: that of the sampling of 150 pupils twice.
    assert found["leaving_points_pupil_sd_100"] == pytest.approx(np.sqrt(150), rel=0.03)
    assert found["leaving_points_low_education_50"] == pytest.approx(-found["leaving_points_education_50"])
    assert "leaving_points_sd_0" not in found


def test_moments_by_hand() -> None:
    assert skewness(np.array([0.0, 0.0, 3.0])) == pytest.approx(np.sqrt(0.5))
    # Plus and minus one: fourth moment 1, against 3 of the normal law.
    assert excess_kurtosis(np.array([-1.0, 1.0])) == pytest.approx(-2)
    a, b, weight = np.array([0.0, 1.0, 5.0]), np.array([0.0, 1.0, -9.0]), np.array([1.0, 1.0, 0.0])
    assert weighted_correlation(a, b, weight) == pytest.approx(1.0)
