"""Counts from one number each: exact where few are expected, near the exact quantile elsewhere."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.arrays import Floats, Ints
from sim.processes.counts import FEW, binomial_quantile, poisson_quantile

U = (np.arange(10_000) + 0.5) / 10_000  # evenly over (0, 1): sums over it are integrals
Z = stats.norm.ppf(U)


@lru_cache
def poisson(mean: float) -> Ints:
    return np.array([poisson_quantile(u, mean) for u in U.tolist()])


@lru_cache
def binomial(n: int, chance: float) -> Floats:
    return np.array([binomial_quantile(z, n, chance) for z in Z.tolist()], dtype=np.float64)


@pytest.mark.parametrize("mean", [0.001, 0.05, 0.3, 1.0, 2.0, 2.9, 2.999])
def test_where_few_are_expected_the_poisson_quantile_is_exact(mean: float) -> None:
    assert mean < FEW
    assert np.array_equal(poisson(mean), stats.poisson.ppf(U, mean))


@pytest.mark.parametrize(
    "mean", [0.05, 0.3, 1.0, 2.0, 2.9, 3.0, 3.1, 5.0, 8.0, 12.0, 20.0, 40.0, 80.0, 150.0]
)
def test_poisson_counts_have_the_mean_and_nearly_the_variance(mean: float) -> None:
    assert poisson(mean).mean() == pytest.approx(mean, rel=0.01)
    assert poisson(mean).var() == pytest.approx(mean, rel=0.05)


@pytest.mark.parametrize("mean", [0.3, 1.0, 3.0, 3.1, 5.0, 8.0, 20.0, 80.0])
def test_poisson_counts_are_within_one_of_the_exact_quantile(mean: float) -> None:
    exact = stats.poisson.ppf(U, mean)
    assert np.abs(poisson(mean) - exact).max() <= 1
    assert (poisson(mean) != exact).mean() < 0.05


def test_where_nobody_is_expected_nobody_comes() -> None:
    assert [poisson_quantile(u, 0.0) for u in (1e-9, 0.5, 1 - 1e-9)] == [0, 0, 0]


def test_each_count_has_its_own_mean() -> None:
    # Medians: a Poisson of mean 0.5 has none with chance 0.607, one of mean 2 has its median at 2; 20 lies above FEW.
    assert [poisson_quantile(0.5, mean) for mean in (0.0, 0.5, 2.0, 20.0)] == [0, 0, 2, 20]


@given(
    st.lists(st.floats(1e-12, 1 - 1e-12), min_size=1, max_size=20),
    st.one_of(st.floats(0, 2 * FEW), st.floats(0, 200)),
)
def test_more_luck_never_means_fewer(u: list[float], mean: float) -> None:
    counts = [poisson_quantile(one, mean) for one in sorted(u)]
    assert min(counts) >= 0
    assert (np.diff(counts) >= 0).all()


CHANCES = [0.0, 1e-12, 0.001, 0.02, 0.11, 0.26, 0.5, 0.74, 0.9, 0.98, 0.999, 1 - 1e-12, 1.0]
"""None of them makes a sum of chances equal to one of the numbers in `U` but for rounding."""


@pytest.mark.parametrize("n", [0, 1, 2, 5, 12, 25, 100, 500])
@pytest.mark.parametrize("chance", CHANCES)
def test_where_few_are_expected_the_binomial_quantile_is_exact(n: int, chance: float) -> None:
    if n * chance * (1 - chance) < FEW:
        assert np.array_equal(binomial(n, chance), stats.binom.ppf(U, n, chance) if n else np.zeros(len(U)))
    else:
        assert np.abs(binomial(n, chance) - stats.binom.ppf(U, n, chance)).max() <= 1


@pytest.mark.parametrize("n", [5, 12, 20, 40, 100, 500])
@pytest.mark.parametrize("mean", [0.05, 0.3, 1.0, 2.0, 2.9, 3.1, 5.0])
@pytest.mark.parametrize("often", [False, True])
def test_binomial_counts_have_the_mean_and_nearly_the_variance(n: int, mean: float, *, often: bool) -> None:
    rare = min(mean / n, 0.5)
    counts = binomial(n, 1 - rare if often else rare)
    fewer = n - counts if often else counts
    assert fewer.mean() == pytest.approx(n * rare, rel=0.01)
    assert counts.var() == pytest.approx(n * rare * (1 - rare), rel=0.05)


@pytest.mark.parametrize("n", [5, 12, 20, 40, 100])
@pytest.mark.parametrize("chance", [0.05, 0.11, 0.25, 0.5, 0.9])
def test_counts_have_nearly_the_mean_and_variance_of_a_binomial(n: int, chance: float) -> None:
    counts = binomial(n, chance)
    assert counts.mean() == pytest.approx(n * chance, abs=0.02)  # a fiftieth of a pupil
    assert counts.var() == pytest.approx(n * chance * (1 - chance), rel=0.05)
    assert np.abs(counts - stats.binom.ppf(U, n, chance)).max() <= 1


@given(
    z=st.lists(st.floats(-6, 6), min_size=1, max_size=20),
    n=st.one_of(st.integers(0, 20), st.integers(0, 500)),
    chance=st.one_of(st.floats(0, 1), st.sampled_from(CHANCES)),
)
def test_counts_are_whole_numbers_out_of_n_and_rise_with_luck(z: list[float], n: int, chance: float) -> None:
    counts = [binomial_quantile(one, n, chance) for one in sorted(z)]
    assert 0 <= min(counts) <= max(counts) <= n
    assert np.array_equal(counts, np.floor(counts))
    assert (np.diff(counts) >= 0).all()


def test_a_count_out_of_two_can_be_worked_out_by_hand() -> None:
    # Of one half: two of two with chance 1/4, none with 1/4. At u = 0.2, 0.5, 0.8: none, one, two.
    z = [float(stats.norm.ppf(u)) for u in (0.2, 0.5, 0.8)]
    assert [binomial_quantile(one, 2, 0.5) for one in z] == [0, 1, 2]
    assert [
        binomial_quantile(z[k], n, chance) for k, (n, chance) in enumerate([(0, 0.5), (2, 0), (2, 1)])
    ] == [0, 0, 2]
