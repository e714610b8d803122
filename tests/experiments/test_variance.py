from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats, Ints
from sim.experiments.comparison import mean_error, paired_statistics, quantiles
from sim.experiments.variance import (
    components,
    draws_needed,
    gathered,
    interval_ends,
    of_other_sign,
    resampled,
    structure_component,
)

NAN = np.nan
PAIRS = np.array([0, 0, 1, 1])


def column(*values: float) -> Floats:
    return np.array(values)[:, None]


def nested(seed: int, m: int, k: int, sd_draws: float, sd_worlds: float, n: int) -> tuple[Floats, Ints]:
    """Made-up differences of known components, shape (m * k, n), and the draw of each world."""
    rng = np.random.default_rng(seed)
    d = sd_draws * rng.normal(size=(m, 1, n)) + sd_worlds * rng.normal(size=(m, k, n))
    return d.reshape(m * k, n), np.arange(m * k) // k


def test_what_the_worlds_of_a_draw_share_is_the_parameters_part() -> None:
    # draws' means 2 and 6, MSB = 2 * (4 + 4) = 16; deviations of 1 in every world, MSW = 4 / 2 = 2; (16 - 2) / 2 = 7
    found = components(gathered(column(1, 3, 5, 7), PAIRS))
    assert found.parameters == pytest.approx([7.0])
    assert found.worlds == pytest.approx([2.0])


def test_draws_with_unequally_many_worlds_are_weighed() -> None:
    # 0, 2 and 4: mean 2, MSB = 2 * 1 + 4 = 6, MSW = 2 / 1 = 2, n0 = 3 - 5 / 3 = 4 / 3; (6 - 2) / (4 / 3) = 3
    for d in (column(0, 2, 4, NAN), column(0, 2, NAN, 4)):
        found = components(gathered(d, PAIRS))
        assert found.parameters == pytest.approx([3.0])
        assert found.worlds == pytest.approx([2.0])


def test_an_estimate_may_be_negative() -> None:
    # both draws' means are 2: MSB = 0, MSW = 2
    assert components(gathered(column(1, 3, 1, 3), PAIRS)).parameters == pytest.approx([-1.0])


def test_one_world_for_each_draw_tells_nothing_apart() -> None:
    found = components(gathered(column(1, 3, 5, 7), np.arange(4)))
    assert np.isnan([found.parameters, found.worlds]).all()


def test_one_draw_tells_only_of_luck() -> None:
    found = components(gathered(column(1, 3, 5, 7), np.zeros(4, dtype=np.int64)))
    assert np.isnan(found.parameters).all()
    assert found.worlds == pytest.approx([20 / 3])


def test_the_estimates_are_right_on_average() -> None:
    d, draw = nested(1, 20, 2, 0.5, 1.0, 4_000)
    found = components(gathered(d, draw))
    assert found.parameters.mean() == pytest.approx(0.25, abs=0.02)  # standard error 0.005
    assert found.worlds.mean() == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(("sd_draws", "sd_worlds"), [(1.0, 0.3), (0.5, 1.0), (0.0, 1.0)])
def test_the_intervals_cover_the_truth_about_as_often_as_they_say(sd_draws: float, sd_worlds: float) -> None:
    d, draw = nested(2, 20, 2, sd_draws, sd_worlds, 500)
    again = components(gathered(d, draw), resampled(7, 20))
    for values, truth in ((again.parameters, sd_draws**2), (again.worlds, sd_worlds**2)):
        low, high = quantiles(np.maximum(values, 0), interval_ends(20))
        # of 500 intervals that cover 85 times of 100, fewer than 0.79 cover once in 10,000 times
        assert 0.79 < ((low <= truth) & (truth <= high)).mean() <= 1


def test_resamples_take_as_many_draws_as_there_are_and_are_the_same_every_time() -> None:
    times = resampled(3, 5, 200)
    assert (times.sum(axis=1) == 5).all()
    assert times.mean() == pytest.approx(1.0)
    assert times.std() > 0.5
    np.testing.assert_array_equal(times, resampled(3, 5, 200))
    assert (times != resampled(4, 5, 200)).any()


def test_a_resample_of_everything_once_gives_the_same_but_for_the_correction() -> None:
    sums = gathered(column(1, 3, 5, 7), PAIRS)
    again = components(sums, np.ones((1, 2)))
    # MSB is taken twice: m / (m - 1) = 2; (32 - 2) / 2 = 15
    assert again.parameters == pytest.approx(np.array([[15.0]]))
    assert again.worlds == pytest.approx(np.array([[2.0]]))


def test_structures_differ_by_what_draws_do_not_explain() -> None:
    # means 2 and 4, spread 2; left over: (5 - 2 * 2) / 1 = 1; 2 / 1 - 1 / 2 = 1.5
    means = np.array([[1.0, 3.0], [2.0, 6.0]])[..., None]
    assert structure_component(means) == pytest.approx([1.5])
    assert structure_component(means, np.ones((1, 2))) == pytest.approx(np.array([[1.5]]))


def test_structures_that_give_the_same_do_not_differ() -> None:
    means = np.array([[1.0, 3.0], [1.0, 3.0], [1.0, 3.0]])[..., None]
    assert structure_component(means) == pytest.approx([0.0])


def test_a_draw_that_lacks_a_structure_is_left_out() -> None:
    means = np.array([[1.0, 3.0, 100.0], [2.0, 6.0, NAN]])[..., None]
    assert structure_component(means) == pytest.approx([1.5])


def test_luck_is_taken_away_before_signs_are_counted() -> None:
    # draws' means -1, 5, 5, 5 and no luck: one draw of four is of the other sign
    clear = gathered(column(-1, -1, 5, 5, 5, 5, 5, 5), np.repeat(np.arange(4), 2))
    assert of_other_sign(clear, np.array([3.5])) == pytest.approx([0.25])
    # the same means with so much luck that it explains them: MSB = 2 * 27 / 3 = 18, MSW = 32; parameters none
    lucky = gathered(column(-5, 3, 1, 9, 1, 9, 1, 9), np.repeat(np.arange(4), 2))
    assert of_other_sign(lucky, np.array([3.5])) == pytest.approx([0.0])
    assert np.isnan(of_other_sign(gathered(column(1, -2), np.arange(2)), np.array([-0.5]))).all()


def enough(mean: float, error: float, n_draws: int) -> int:
    """The definition, tried number by number."""
    from scipy.stats import t

    m = 2
    while t.ppf(0.975, m - 1) * error * np.sqrt(n_draws / m) >= mean:
        m += 1
    return m


@pytest.mark.parametrize("mean", [0.05, 0.3, 1.0, 2.0, 5.0, 40.0])
def test_the_draws_needed_are_the_first_that_are_enough(mean: float) -> None:
    found = draws_needed(np.array([mean]), np.array([1.0]), np.array([20]))
    assert found == pytest.approx([enough(mean, 1.0, 20)])


def test_no_number_of_draws_settles_nothing() -> None:
    found = draws_needed(np.array([0.0, NAN, 1e-9]), np.array([1.0, 1.0, 1.0]), np.array([20, 20, 20]))
    assert np.isnan(found).all()


def test_worlds_of_one_draw_count_as_one() -> None:
    # draws' means 2 and 6: half of what lies between them
    error, m = mean_error(column(1, 3, 5, 7), PAIRS)
    assert error == pytest.approx([2.0])
    assert m == 2
    # as many draws as worlds: sd / sqrt(n), sd = sqrt(20 / 3)
    assert mean_error(column(1, 3, 5, 7), np.arange(4))[0] == pytest.approx([np.sqrt(20 / 12)])


def test_the_interval_covers_the_mean_only_when_draws_are_counted() -> None:
    d, draw = nested(5, 10, 4, 1.0, 0.5, 2_000)
    nothing, better = np.zeros_like(d), np.ones(d.shape[1], dtype=np.int64)
    by_draws, by_worlds = (paired_statistics(nothing, d, better, draws) for draws in (draw, None))
    covered = [((each.low <= 0) & (each.high >= 0)).mean() for each in (by_draws, by_worlds)]
    assert covered[0] == pytest.approx(0.90, abs=0.025)  # standard error 0.007
    assert covered[1] < 0.75
    assert (by_draws.n_draws == 10).all()
    assert (by_worlds.n_draws == 40).all()
