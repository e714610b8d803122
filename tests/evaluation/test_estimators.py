from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.arrays import Bools, Floats
from sim.evaluation.estimators import (
    Estimate,
    bandwidth,
    before_after,
    cut,
    discontinuity,
    jump,
    kernel,
    local_variance,
    look_alikes,
    sharp,
    standardised,
)

EVEN = np.linspace(-0.975, 0.975, 40)  # no one exactly at the cut


def beyond_and_drawn() -> tuple[Floats, Bools]:
    return EVEN, EVEN > 0


# --- before and after ---


def test_the_mean_change_has_students_interval() -> None:
    # mean 4.5, sd 2.449490, n 8, t(0.975, 7) = 2.364624: half 2.047825
    found = before_after(np.array([1.0, 2, 3, 4, 5, 6, 7, 8]))
    assert found.estimate == 4.5
    assert found.high - 4.5 == pytest.approx(2.047825, abs=1e-6)
    assert 4.5 - found.low == pytest.approx(2.047825, abs=1e-6)
    assert (found.n_drawn, found.n_compared) == (8, 0)


def test_too_few_drawn_give_nothing() -> None:
    few = np.arange(7.0)
    assert np.isnan(before_after(few).estimate)
    both = np.array([True] * 7 + [False] * 30)
    assert np.isnan(look_alikes(np.zeros(37), both, np.arange(37.0)[:, None]).low)
    assert np.isnan(discontinuity(np.zeros(37), both, np.where(both, 0.1, -0.1)).high)


def test_regression_to_the_mean_looks_like_an_effect_before_and_after() -> None:
    rng = np.random.default_rng(1)
    lasting, luck, later = rng.normal(size=(3, 20_000))
    drawn = lasting + luck > 2
    # of what they lay above the mean, half was luck and is gone: E[lasting + luck | > 2] is about 2.74
    found = before_after((later - luck)[drawn])
    assert found.estimate == pytest.approx(-(lasting + luck)[drawn].mean() / 2, abs=0.05)
    assert found.high < 0


# --- look-alikes ---


def test_each_drawn_is_held_against_its_five_nearest() -> None:
    # two places far apart, with five not drawn in each; trends 1 and 10, effect -2 everywhere
    places = np.array([0.0] * 9 + [100.0] * 9)[:, None]
    drawn = np.array([True] * 4 + [False] * 5 + [True] * 4 + [False] * 5)
    trend = np.array([1.0] * 9 + [10.0] * 9)
    found = look_alikes(trend - 2 * drawn, drawn, places)
    assert found.estimate == pytest.approx(-2.0)
    # the drawn's nearest of the same kind move alike, so there is no error
    assert found.high - found.low == pytest.approx(0.0, abs=1e-9)
    assert (found.n_drawn, found.n_compared) == (8, 10)


def test_a_trend_that_hangs_on_the_covariates_is_taken_away() -> None:
    rng = np.random.default_rng(2)
    covariates = rng.normal(size=(3_000, 2))
    drawn = covariates[:, 0] + rng.normal(size=3_000) > 1
    change = 3 * covariates[:, 0] + 0.5 * drawn + rng.normal(scale=0.1, size=3_000)
    found = look_alikes(change, drawn, covariates)
    assert found.estimate == pytest.approx(
        0.5, abs=0.15
    )  # what is left: the nearest are a little less far out
    assert before_after(change[drawn]).estimate > 3


def test_the_interval_of_look_alikes_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(200):
        covariates = rng.normal(size=(300, 2))
        drawn = np.arange(300) < 40
        change = covariates[:, 1] * 0.2 + drawn * 1.0 + rng.normal(size=300)
        found = look_alikes(change, drawn, covariates)
        covered += found.low <= 1.0 <= found.high
    assert 0.88 <= covered / 200 <= 0.995  # 0.95 has a standard error of 0.015


def test_covariates_count_whatever_their_unit() -> None:
    rng = np.random.default_rng(4)
    one = rng.normal(size=(50, 3))
    other = one * np.array([1.0, 1000.0, 0.01]) + 7
    distances = [np.linalg.norm(standardised(x)[0] - standardised(x)[1]) for x in (one, other)]
    assert distances[0] == pytest.approx(distances[1])


def test_a_covariate_that_never_varies_or_repeats_another_says_nothing() -> None:
    one = np.arange(6.0)[:, None]
    assert standardised(np.hstack([one, one, np.ones((6, 1))])).shape == (6, 1)


def test_the_local_variance_is_right_on_average() -> None:
    rng = np.random.default_rng(5)
    places = rng.normal(size=(5_000, 1))
    change = 10 * places[:, 0] + rng.normal(scale=2.0, size=5_000)
    assert local_variance(change, places).mean() == pytest.approx(4.0, rel=0.05)


# --- the cut ---


@pytest.mark.parametrize("order", [1, 2])
def test_the_jump_between_two_lines_is_found_exactly(order: int) -> None:
    beyond, drawn = beyond_and_drawn()
    outcome = 2 + 3 * beyond + drawn * (-0.7 + 1.5 * beyond)
    found, error = jump(outcome, drawn, beyond, kernel(beyond, 1.0), order)
    assert found == pytest.approx(-0.7)
    assert error == pytest.approx(0.0, abs=1e-9)


def test_the_interval_forgives_a_bend_that_the_lines_take_for_a_jump() -> None:
    beyond, drawn = beyond_and_drawn()
    rng = np.random.default_rng(6)
    covered = 0
    for _ in range(200):
        outcome = 20 * np.where(drawn, beyond**2, 0) + rng.normal(scale=0.05, size=40)
        found = discontinuity(outcome, drawn, beyond)
        assert found.estimate < -0.5  # two lines miss the bend
        covered += found.low < 0 < found.high
    assert 0.90 <= covered / 200 <= 0.995  # 0.95 has a standard error of 0.015
    assert (found.n_drawn, found.n_compared) == (20, 20)


def test_the_error_of_the_jump_is_hc3() -> None:
    beyond, drawn = beyond_and_drawn()
    rng = np.random.default_rng(7)
    outcome, weight = rng.normal(size=40), kernel(beyond, 1.0)
    x = np.column_stack([np.ones(40), beyond, drawn, drawn * beyond])
    w = np.diag(weight)
    bread = np.linalg.inv(x.T @ w @ x)
    residual = outcome - x @ (bread @ x.T @ w @ outcome)
    leverage = np.diag(x @ bread @ x.T @ w)
    meat = x.T @ w @ np.diag((residual / (1 - leverage)) ** 2) @ w @ x
    assert jump(outcome, drawn, beyond, weight, 1)[1] == pytest.approx(np.sqrt((bread @ meat @ bread)[2, 2]))


def test_the_interval_at_the_cut_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(8)
    covered = 0
    for _ in range(300):
        beyond = np.concatenate([rng.uniform(0, 0.2, 30), -rng.uniform(0, 0.5, 250)])
        drawn = beyond > 0
        outcome = -beyond + 0.5 * drawn + rng.normal(scale=0.3, size=280)
        found = discontinuity(outcome, drawn, beyond)
        covered += found.low <= 0.5 <= found.high
    assert 0.91 <= covered / 300 <= 0.995  # 0.95 has a standard error of 0.013


def test_an_effect_added_to_the_drawn_is_added_to_every_estimate() -> None:
    rng = np.random.default_rng(9)
    beyond, drawn = beyond_and_drawn()
    change, covariates = rng.normal(size=40), rng.normal(size=(40, 2))
    estimators: tuple[Callable[[Floats], Estimate], ...] = (
        lambda c: before_after(c[drawn]),
        lambda c: look_alikes(c, drawn, covariates),
        lambda c: discontinuity(c, drawn, beyond),
    )
    for estimate in estimators:
        plain, moved = estimate(change), estimate(change - 0.3 * drawn)
        assert np.array(moved[:3]) == pytest.approx(np.array(plain[:3]) - 0.3)


def test_a_draw_that_does_not_go_by_rank_has_no_cut() -> None:
    drawn = np.array([True, False, True])
    assert sharp(drawn, np.array([0.2, -0.1, 0.0]))
    assert not sharp(drawn, np.array([0.2, 0.1, 0.0]))
    mixed = np.arange(40) % 2 == 0
    assert np.isnan(discontinuity(np.zeros(40), mixed, EVEN).estimate)


def test_the_bandwidth_takes_in_twenty_on_either_side_or_all() -> None:
    drawn = np.array([True] * 30 + [False] * 100)
    beyond = np.concatenate([np.arange(1, 31) / 100, -np.arange(1, 101) / 1000])
    assert bandwidth(drawn, beyond) == pytest.approx(0.21)  # the 21st has no weight
    assert (kernel(beyond, bandwidth(drawn, beyond))[:30] > 1e-6).sum() == 20
    assert bandwidth(drawn[25:], beyond[25:]) == pytest.approx(0.30)


def test_the_cut_lies_between_the_last_drawn_and_the_first_not_drawn() -> None:
    assert cut(np.array([0.6, 0.5, 0.4, 0.1]), np.array([True, True, False, False])) == pytest.approx(0.45)
    assert np.isnan(cut(np.array([0.6]), np.array([True])))
