from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from sim.evaluation.summing_up import draws_needed, evaluation, grouped, power, rounded, wilson
from sim.evaluation.tables import EVALUATION, POWER, SCHEMAS


def row(
    world: int, scenario: str, estimate: float, low: float, high: float, true: float
) -> dict[str, object]:
    return {"world": world, "scenario": scenario, "estimator": "before_after", "outcome": "risk_share", "years_after": 3,
            "estimate": estimate, "low": low, "high": high, "true_effect": true, "own_effect": true, "sd_between": 0.1,
            "n_drawn": 30, "n_compared": 0}  # fmt: skip


THREE = pd.DataFrame([
    row(0, "model", -3.0, -4.0, -2.0, -1.0),
    row(1, "model", -1.0, -2.0, 0.0, -1.0),
    row(2, "model", -2.0, -3.5, -0.5, -1.0),
    row(0, "none", -2.0, -3.0, -1.0, 0.0),
    row(1, "none", 0.0, -1.0, 1.0, 0.0),
    row(2, "none", np.nan, np.nan, np.nan, 0.0),
])  # fmt: skip


def summed(scenario: str) -> dict[str, float]:
    found = evaluation(THREE)
    assert found.columns.tolist() == SCHEMAS[EVALUATION].names
    (row,) = found[found["scenario"] == scenario].to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_the_bias_has_an_interval_over_worlds() -> None:
    found = summed("model")
    # errors -2, 0, -1: mean -1, sd 1; t(0.95, 2) / sqrt(3) = 1.685854
    assert found["bias"] == pytest.approx(-1.0)
    assert found["bias_high"] == pytest.approx(-1 + 1.685854, abs=1e-6)
    assert found["sd_error"] == pytest.approx(1.0)
    assert found["stated_error"] == pytest.approx((1 + 1 + 1.5) / 3 / 1.959964, rel=1e-6)


def test_found_and_covered_are_counted_over_worlds() -> None:
    found = summed("model")
    assert found["found"] == pytest.approx(2 / 3)  # an interval that ends at zero does not leave it out
    assert found["coverage"] == pytest.approx(2 / 3)
    assert found["n_worlds"] == 3
    assert summed("none")["n_worlds"] == 2
    assert summed("none")["found"] == 0.5


def test_regression_to_the_mean_is_what_is_seen_without_an_effect() -> None:
    assert summed("model")["regression_to_the_mean"] == pytest.approx(-1.0)


def test_what_is_needed_follows_from_error_and_effect() -> None:
    # 2.801585 * 1 / 1, squared: 7.85, so 8 draws of 30
    assert summed("model")["minimum_detectable_effect"] == pytest.approx(2.801585, abs=1e-6)
    assert summed("model")["draws_needed"] == 8
    assert summed("model")["municipalities_needed"] == 240
    assert np.isnan(summed("none")["draws_needed"])
    assert draws_needed(0.01, 5.0) == 1


def test_extrapolated_numbers_are_told_to_two_digits() -> None:
    assert [rounded(x) for x in (3.0, 12.0, 129.0, 565_582.0)] == [3, 12, 130, 570_000]
    assert np.isnan(rounded(float("nan")))


def test_wilsons_interval() -> None:
    # z = 1.644854: centre (0 + 1.352772) / (1 + 0.270554) = 0 at the edge; upper 0.212942
    assert wilson(0, 10) == pytest.approx((0.0, 0.212942), abs=1e-5)
    assert wilson(10, 10) == pytest.approx((1 - 0.212942, 1.0), abs=1e-5)
    assert np.isnan(wilson(0, 0)).all()


def worlds(n: int, bias: float = 0.0) -> pd.DataFrame:
    """Worlds without an effect whose estimates spread as their intervals say: standard error 0.02."""
    middle = bias + 0.02 * ndtri((np.arange(n) + 0.5) / n)
    return pd.DataFrame([row(i, "none", m, m - 0.0392, m + 0.0392, 0.0) for i, m in enumerate(middle)])


def curve(frame: pd.DataFrame, n_draws: int) -> pd.Series[float]:
    found = power(frame, seed=1)
    assert found.columns.tolist() == SCHEMAS[POWER].names
    return found[found["n_draws"] == n_draws].set_index("effect_sd")["found"]


def test_power_rises_with_the_effect_and_the_number_of_draws() -> None:
    one, four = curve(worlds(400), 1), curve(worlds(400), 4)
    assert one[0.0] == pytest.approx(0.05, abs=0.01)
    # an effect of 0.05 is 2.5 standard errors: power 0.705; of 0.02, with four draws, two: 0.516
    assert one[0.5] == pytest.approx(0.705, abs=0.02)
    assert four[0.2] == pytest.approx(0.516, abs=0.05)
    assert (four[1:] >= one[1:]).all()
    assert one.is_monotonic_increasing


def test_a_bias_is_found_the_surer_the_more_draws_there_are() -> None:
    biased = worlds(200, bias=-0.03)
    assert curve(biased, 1)[0.0] == pytest.approx(0.32, abs=0.1)
    assert curve(biased, 16)[0.0] > 0.99


def test_the_intervals_of_power_hold_it_and_are_the_same_every_time() -> None:
    found = power(worlds(30), seed=4)
    assert (found["found_low"] <= found["found"]).all()
    assert (found["found"] <= found["found_high"]).all()
    pd.testing.assert_frame_equal(found, power(worlds(30), seed=4))


def test_groups_put_estimates_together_by_their_mean() -> None:
    middle, half = grouped(np.full(5, 2.0), np.full(5, 3.0), 4, seed=1)
    assert (middle == 2.0).all()
    assert half == pytest.approx(1.5)  # 3 / sqrt(4)
    alone, _ = grouped(np.arange(5.0), np.ones(5), 1, seed=1)
    assert alone[0].tolist() == [0, 1, 2, 3, 4]
