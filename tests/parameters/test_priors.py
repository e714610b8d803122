"""Priors against tables of quantiles, and cut off at the bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.parameters.priors import Beta, LogNormal, Normal, Prior, Uniform

WIDE = (-1e9, 1e9)
MIDPOINTS = (np.arange(20_000) + 0.5) / 20_000

PRIORS = [Normal(0.3, 0.12), LogNormal(2.0, 1.0, 4.5), Beta(0.13, 0.04), Beta(0.03, 0.03), Uniform(0.02, 0.1)]


def test_a_normal_prior_has_the_quantiles_of_the_table() -> None:
    # 97.5 % of the standard normal lie below 1.95996, 95 % below 1.64485.
    values = Normal(10, 2).quantile(np.array([0.025, 0.5, 0.95]), WIDE)
    assert values == pytest.approx([10 - 2 * 1.95996, 10, 10 + 2 * 1.64485], abs=1e-4)


def test_a_log_normal_prior_has_its_median_and_its_ends() -> None:
    even = LogNormal(2.0, 1.0, 4.0)  # 2/1 = 4/2: both sides equally wide
    assert even.quantile(np.array([0.05, 0.5, 0.95]), (0, 1e9)) == pytest.approx([1, 2, 4])
    assert even.sigma == pytest.approx(0.693147 / 1.644854, abs=1e-6)


@pytest.mark.parametrize(
    ("prior", "at_5", "at_95"),
    [(LogNormal(2.0, 1.0, 5.0), 2 / 2.5, 5.0), (LogNormal(2.0, 0.5, 4.0), 0.5, 2 * 4.0)],
)
def test_the_wider_side_of_a_log_normal_prior_decides(prior: LogNormal, at_5: float, at_95: float) -> None:
    # 5/2 = 2.5 > 2/1: the lower end lies at 2 / 2.5; and 2/0.5 = 4 > 4/2: the upper end lies at 2 x 4.
    assert prior.quantile(np.array([0.05, 0.95]), (0, 1e9)) == pytest.approx([at_5, at_95])


@pytest.mark.parametrize(("mean", "sd"), [(0.5, 0.1), (0.13, 0.04), (0.03, 0.03), (0.7, 0.1)])
def test_a_beta_prior_has_its_mean_and_standard_deviation(mean: float, sd: float) -> None:
    prior = Beta(mean, sd)
    assert stats.beta(*prior.shapes).mean() == pytest.approx(mean)
    assert stats.beta(*prior.shapes).std() == pytest.approx(sd)
    drawn = prior.quantile(MIDPOINTS, (0, 1))
    assert drawn.mean() == pytest.approx(mean, rel=1e-3)
    assert drawn.std() == pytest.approx(sd, rel=1e-2)


def test_a_beta_prior_of_equal_shapes_is_the_uniform() -> None:
    # Uniform on [0, 1]: mean 1/2, variance 1/12, shapes 1 and 1.
    prior = Beta(0.5, float(np.sqrt(1 / 12)))
    assert prior.shapes == pytest.approx((1, 1))
    assert prior.quantile(np.array([0.1, 0.9]), (0, 1)) == pytest.approx([0.1, 0.9])


def test_a_uniform_prior_lies_evenly_between_its_ends() -> None:
    assert Uniform(2, 6).quantile(np.array([0, 0.25, 1]), WIDE) == pytest.approx([2, 3, 6])
    assert Uniform(2, 6).cdf(np.array([1.0, 3.0, 9.0])) == pytest.approx([0, 0.25, 1])


def test_bounds_cut_a_prior_off_and_what_is_left_is_spread_over_the_whole() -> None:
    # Uniform(0, 10) cut to [5, 10] is Uniform(5, 10); its middle is 7.5.
    assert Uniform(0, 10).quantile(0.5, (5, 20)) == pytest.approx(7.5)
    # The upper half of a normal: its median is the normal's upper quartile, 0.67449.
    assert Normal(0, 1).quantile(0.5, (0, 1e9)) == pytest.approx(0.67449, abs=1e-5)
    # A tenth of the log-normal's mass lies outside its ends: cut off there, the median stays.
    assert LogNormal(2.0, 1.0, 4.0).quantile(np.array([0, 0.5, 1]), (1, 4)) == pytest.approx([1, 2, 4])


def test_a_log_normal_prior_may_be_bounded_by_nought() -> None:
    assert LogNormal(2.0, 1.0, 4.0).cdf(0.0) == 0


def test_priors_put_themselves_in_words() -> None:
    assert [prior.words() for prior in PRIORS] == [
        "Normal(0.3, 0.12)",
        "LogNormal(median 2, 90 % 1-4.5)",
        "Beta(mean 0.13, SD 0.04)",
        "Beta(mean 0.03, SD 0.03)",
        "Uniform(0.02, 0.1)",
    ]


@given(
    prior=st.sampled_from(PRIORS),
    bounds=st.tuples(st.floats(0.0, 0.08), st.floats(0.1, 3.0)),
    u=st.lists(st.floats(0.0, 1.0), min_size=2, max_size=20),
)
def test_quantiles_rise_and_stay_inside_the_bounds(
    prior: Prior, bounds: tuple[float, float], u: list[float]
) -> None:
    values = prior.quantile(np.sort(u), bounds)
    assert values.shape == (len(u),)
    assert values.min() >= bounds[0]
    assert values.max() <= bounds[1]
    assert (np.diff(values) >= -1e-12).all()


@given(prior=st.sampled_from(PRIORS), u=st.floats(0.001, 0.999))
def test_the_cdf_gives_the_share_back(prior: Prior, u: float) -> None:
    assert prior.cdf(prior.inverse(u)) == pytest.approx(u, abs=1e-9)
