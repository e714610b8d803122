"""Designs judged on paired worlds worked out by hand."""

import numpy as np

from sim.atlas.judging import dominated_by, judge

UP, DOWN = 1, -1


def worlds(*designs: tuple[float, float]) -> np.ndarray:
    """Four worlds whose luck is the same for all designs; a row each of (learning, cost), shape (worlds, designs, 2)."""
    luck = np.array([0.0, 1.0, -1.0, 0.5])[:, None, None]
    wiggle = np.array([0.01, -0.01, 0.01, -0.01])[:, None, None] * np.arange(len(designs))[None, :, None]
    values: np.ndarray = luck + wiggle + np.array(designs)[None]
    return values


def dominance(
    values: np.ndarray, matters: tuple[float, float] = (1.0, 1.0), decides: tuple[bool, bool] = (True, True)
) -> np.ndarray:
    return judge(values, np.array([UP, DOWN]), np.array(matters), np.array(decides)).dominates


def test_more_learning_for_the_same_cost_dominates() -> None:
    assert dominance(worlds((0, 0), (2, 0))).tolist() == [[False, False], [True, False]]


def test_more_learning_for_a_higher_cost_dominates_nothing() -> None:
    assert not dominance(worlds((0, 0), (2, 2))).any()


def test_a_trifle_that_gets_worse_is_forgiven_and_a_trifle_that_gets_better_is_no_reason() -> None:
    assert dominance(worlds((0, 0), (2, 0.08)))[1, 0]
    assert not dominance(worlds((0, 0), (0.5, 0))).any()


def test_a_difference_that_is_not_clear_counts_for_nothing() -> None:
    values = worlds((0, 0), (2, 0))
    values[:, 1, 0] += [30, -30, 30, -30]  # the mean is as before, the interval crosses zero
    assert not dominance(values).any()


def test_what_does_not_decide_and_what_has_no_figure_say_nothing() -> None:
    assert not dominance(worlds((0, 0), (2, 0)), decides=(False, True)).any()
    values = worlds((0, 0), (2, 5))
    values[:, 1, 1] = np.nan
    assert dominance(values)[1, 0]


def test_those_who_dominate_are_named_in_order() -> None:
    dominates = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0]], dtype=bool)
    assert dominated_by(dominates, ["a", "b", "c"]) == [("b", "c"), ("c",), ()]


def test_differences_are_those_of_the_same_world() -> None:
    against = judge(worlds((0, 0), (2, -1)), np.array([UP, DOWN]), np.ones(2), np.ones(2, dtype=bool)).against
    np.testing.assert_allclose(against[0].difference, [0, 0])
    np.testing.assert_allclose(against[1].difference, [2, -1])
    assert against[1].probability_better.tolist() == [1, 1]
