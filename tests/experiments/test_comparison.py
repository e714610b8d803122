from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.experiments import tables
from sim.experiments.comparison import Paired, comparison, paired_statistics, quantiles, sd_where_known
from sim.experiments.trajectories import Trajectories
from sim.half_year import HalfYear

NAN = np.nan
UP, DOWN, NEITHER = np.array([1]), np.array([-1]), np.array([0])


def column(*values: float) -> Floats:
    return np.array(values)[:, None]


def three_worlds(better: int = 1) -> Paired:
    """Differences 1, 2, 0: mean 1, SD 1, standard error 1 / sqrt(3); Student's t with 2 degrees of freedom."""
    return paired_statistics(column(1, 2, 3), column(2, 4, 3), np.array([better]))


def test_the_difference_is_taken_world_by_world() -> None:
    paired = three_worlds()
    assert paired.n_worlds == 3
    assert paired.mean_versus == 2
    assert paired.mean_design == 3
    assert paired.difference == 1
    assert paired.sd_difference == 1


def test_the_interval_is_students() -> None:
    paired = three_worlds()
    # t(0.95, 2) = 2.919986; 2.919986 / sqrt(3) = 1.685854
    assert paired.low == pytest.approx(1 - 1.685854, abs=1e-6)
    assert paired.high == pytest.approx(1 + 1.685854, abs=1e-6)


def test_the_spread_is_that_of_single_worlds() -> None:
    paired = three_worlds()
    # sorted 0, 1, 2: the 5th percentile lies 0.1 steps in, the 95th 1.9
    assert paired.spread_low == pytest.approx(0.1)
    assert paired.spread_high == pytest.approx(1.9)


def test_the_minimum_detectable_effect_adds_level_and_power() -> None:
    # t(0.975, 2) = 4.302653 and t(0.80, 2) = 1.060660; their sum over sqrt(3) is 3.096510
    assert three_worlds().minimum_detectable_effect == pytest.approx(3.096510, abs=1e-6)


def test_pairing_is_measured_against_unrelated_worlds() -> None:
    # a varies by 1, b by 1, their difference by 1
    assert three_worlds().variance_reduction == pytest.approx(2.0)


def test_ties_count_half_in_the_probability_of_being_better() -> None:
    assert three_worlds(better=1).probability_better == pytest.approx(2.5 / 3)
    assert three_worlds(better=-1).probability_better == pytest.approx(0.5 / 3)
    assert np.isnan(three_worlds(better=0).probability_better)


def test_worlds_without_a_value_under_both_are_left_out() -> None:
    paired = paired_statistics(column(1, NAN, 3), column(2, 4, NAN), UP)
    assert paired.n_worlds == 1
    assert paired.mean_versus == 1
    assert paired.mean_design == 2
    assert paired.difference == 1


def test_one_world_has_a_difference_but_no_spread() -> None:
    paired = paired_statistics(column(1), column(2), UP)
    assert paired.difference == 1
    assert paired.probability_better == 1
    assert np.isnan([paired.low, paired.sd_difference, paired.minimum_detectable_effect]).all()


def test_no_world_gives_nothing() -> None:
    paired = paired_statistics(column(NAN, NAN), column(1, NAN), UP)
    assert paired.n_worlds == 0
    assert np.isnan([paired.difference, paired.low, paired.probability_better, paired.spread_low]).all()


def test_identical_designs_differ_by_exactly_nothing() -> None:
    a = column(0.1, 0.2, 0.7)
    paired = paired_statistics(a, a.copy(), UP)
    for value in (paired.difference, paired.low, paired.high, paired.spread_high, paired.sd_difference):
        assert value == 0
    assert paired.probability_better == 0.5
    assert np.isnan(paired.variance_reduction)  # nothing is left to reduce


def test_constant_outcomes_have_no_variance_to_reduce() -> None:
    paired = paired_statistics(column(0.1, 0.1, 0.1), column(0.3, 0.3, 0.3), UP)
    assert paired.difference == pytest.approx(0.2)
    assert paired.sd_difference == 0
    assert np.isnan(paired.variance_reduction)


def test_rounding_errors_are_no_differences() -> None:
    a = column(1.0, 2.0, 3.0)
    paired = paired_statistics(a, a * (1 + 2e-16), DOWN)
    assert paired.difference == 0
    assert paired.probability_better == 0.5


def test_quantiles_pass_over_what_is_missing() -> None:
    values = np.array([[3.0, NAN], [1.0, NAN], [NAN, NAN], [2.0, 5.0]])
    np.testing.assert_allclose(quantiles(values, (0.0, 0.5, 1.0)), [[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]])
    ten = np.arange(10.0)[:, None]
    np.testing.assert_allclose(quantiles(ten, (0.05, 0.33)), np.quantile(ten, (0.05, 0.33), axis=0))


def test_the_standard_deviation_needs_two_worlds() -> None:
    np.testing.assert_array_equal(
        sd_where_known(np.array([[1.0, 1.0, NAN], [3.0, NAN, NAN]])), [np.sqrt(2.0), NAN, NAN]
    )


def trajectories(values: Floats, better: int = 1) -> Trajectories:
    """Two worlds, three designs, the years 2025 and 2026, one outcome, one group."""
    half_years = tuple(HalfYear(2 * 2025 + k) for k in range(4))
    return Trajectories(
        values[..., None, None], ("a", "b", "c"), half_years, ("o",), ("u",), np.array([better]), ("all",)
    )


VALUES = np.array(
    [
        [[9.0, 9.0, 1.0, 3.0], [9.0, 9.0, 4.0, 4.0], [9.0, 9.0, 0.0, 0.0]],
        [[9.0, 9.0, 2.0, 2.0], [9.0, 9.0, 2.0, 4.0], [9.0, 9.0, 0.0, 0.0]],
    ]
)


def test_every_pair_is_compared_over_both_horizons() -> None:
    frame = comparison(trajectories(VALUES), 2026)
    assert frame.columns.tolist() == tables.COMPARISON.names
    assert frame[["horizon", "versus", "design"]].to_numpy().tolist() == [
        [horizon, *pair] for horizon in ("mean", "end") for pair in ("ab", "ac", "bc")
    ]
    # world 0: a 2, b 4; world 1: a 2, b 3
    assert frame["difference"].tolist()[:3] == [1.5, -2.0, -3.5]
    assert frame["probability_better"].tolist()[:3] == [1.0, 0.0, 0.0]
    assert frame["start"].unique().tolist() == [2026]


def test_the_years_before_the_parting_do_not_count() -> None:
    changed = VALUES.copy()
    changed[:, :, :2] = -100.0
    one, other = (comparison(trajectories(values), 2026) for values in (VALUES, changed))
    assert one.equals(other)
    assert comparison(trajectories(VALUES), 2025)["mean_versus"].iloc[0] == 5.5


def test_half_years_without_a_value_are_passed_over() -> None:
    values = VALUES.copy()
    values[..., 3] = NAN
    assert comparison(trajectories(values), 2026)["mean_design"].iloc[0] == 3.0


def test_what_has_no_value_anywhere_is_not_listed() -> None:
    values = VALUES.copy()
    values[:, 2] = NAN
    assert set(comparison(trajectories(values), 2026)["design"]) == {"b"}


def test_one_design_has_nothing_to_be_compared_with() -> None:
    alone = trajectories(VALUES[:, :1])
    alone = Trajectories(alone.values, ("a",), alone.half_years, ("o",), ("u",), UP, ("all",))
    assert comparison(alone, 2026).empty
