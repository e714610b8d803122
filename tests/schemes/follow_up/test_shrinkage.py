"""Small cohorts' figures are moved towards the nation's by the luck that is in them."""

import numpy as np
import pytest

from sim.schemes.follow_up.shrinkage import shrunk, spread_and_luck

NATION = np.array([10.0])


def units(*pairs: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Figures and pupils, a column each of one indicator."""
    figure, pupils = np.array(pairs).T
    return figure[:, None], pupils[:, None]


def test_a_line_through_squared_distances_gives_spread_and_luck() -> None:
    # Squared distances 1 + 8 / n: 5 for two pupils, 2 for eight.
    figure, pupils = units((10 + 5**0.5, 2), (10 - 5**0.5, 2), (10 + 2**0.5, 8), (10 - 2**0.5, 8))
    spread, luck = spread_and_luck(figure, pupils, NATION)
    assert spread.tolist() == pytest.approx([1])
    assert luck.tolist() == pytest.approx([8])


def test_small_units_are_moved_most_and_half_the_strength_moves_half_as_far() -> None:
    figure, pupils = units((10 + 5**0.5, 2), (10 - 5**0.5, 2), (10 + 2**0.5, 8), (10 - 2**0.5, 8))
    moved = shrunk(figure, pupils, NATION, 1.0) - NATION
    # Real are 1 / (1 + 8/2) = 1/5 of the small ones' distance, 1 / (1 + 8/8) = 1/2 of the large ones'.
    assert moved.ravel().tolist() == pytest.approx([5**0.5 / 5, -(5**0.5) / 5, 2**0.5 / 2, -(2**0.5) / 2])
    half = shrunk(figure, pupils, NATION, 0.5) - NATION
    assert half.ravel().tolist() == pytest.approx(((figure - NATION) + moved).ravel() / 2)


def test_nothing_moves_without_strength_or_where_large_units_differ_more_than_small_ones() -> None:
    figure, pupils = units((11, 2), (9, 2), (13, 8), (7, 8))
    assert shrunk(figure, pupils, NATION, 0.0) is figure
    np.testing.assert_allclose(shrunk(figure, pupils, NATION, 1.0), figure)


def test_all_luck_and_no_spread_moves_everybody_to_the_nation() -> None:
    figure, pupils = units((10 + 2**0.5, 2), (10 - 2**0.5, 2), (10 + 0.5, 16), (10 - 0.5, 16))
    np.testing.assert_allclose(shrunk(figure, pupils, NATION, 1.0), np.full((4, 1), 10.0), atol=1e-12)


def test_missing_figures_stay_missing_and_move_nobody() -> None:
    figure, pupils = units(
        (10 + 5**0.5, 2), (10 - 5**0.5, 2), (10 + 2**0.5, 8), (10 - 2**0.5, 8), (np.nan, 0)
    )
    moved = shrunk(figure, pupils, NATION, 1.0)
    assert np.isnan(moved[-1, 0])
    np.testing.assert_allclose(moved[:-1], shrunk(figure[:-1], pupils[:-1], NATION, 1.0))
    nobody = shrunk(np.full((2, 1), np.nan), np.zeros((2, 1)), np.array([np.nan]), 1.0)
    assert np.isnan(nobody).all()
