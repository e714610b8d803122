"""Figures reckoned from results, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.country_check.results import (
    Panel,
    background_figures,
    leaving_figures,
    municipal_figures,
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
    value = level + normals(10, 3, N)
    n = np.full((3, N), 150.0)
    found = leaving_figures(value, n, education=level, pupils=np.full(N, 1_000.0) + np.arange(N))
    assert found["leaving_points_lasting_100"] == pytest.approx(1.2, abs=0.05)
    assert found["leaving_points_lag_1"] == pytest.approx(1.44 / 2.44, abs=0.03)


def test_moments_by_hand() -> None:
    assert skewness(np.array([0.0, 0.0, 3.0])) == pytest.approx(np.sqrt(0.5))
    a, b, weight = np.array([0.0, 1.0, 5.0]), np.array([0.0, 1.0, -9.0]), np.array([1.0, 1.0, 0.0])
    assert weighted_correlation(a, b, weight) == pytest.approx(1.0)
