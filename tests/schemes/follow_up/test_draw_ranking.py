"""Other rules for the average draw, on countries small enough to read off the page."""

import numpy as np
import pytest

from sim.schemes.follow_up.draw_choice import in_order
from sim.schemes.follow_up.draw_ranking import by_size, first_on_the_list, weak_years
from sim.schemes.follow_up.risk_score import Scores

# Three owners: the first with schools 0 and 1, the second with 2, 3 and 4, the third with 5, which has no figures.
OWNER = np.array([0, 0, 1, 1, 1, 2])
RISK = np.array([0.9, 0.1, 0.6, 0.7, 0.2, 0.0])
SCORED = np.array([True, True, True, True, True, False])
WORST = np.array([True, False, True, True, False, False])
PUPILS = np.array([50.0, 100, 200, 300, 400, 500])
RISK_SHARE = np.array([0.4, 0.5, 0.0])


def test_size_multiplies_by_the_power_of_pupils_against_the_mean() -> None:
    share, pupils = np.array([0.4, 0.2]), np.array([100.0, 300.0])  # the mean municipality has 200
    assert by_size(share, pupils, 0.0).tolist() == [0.4, 0.2]
    assert by_size(share, pupils, 1.0).tolist() == pytest.approx([0.4 * 0.5, 0.2 * 1.5])
    assert by_size(share, pupils, 0.5).tolist() == pytest.approx([0.4 * 0.5**0.5, 0.2 * 1.5**0.5])


def test_a_weak_year_is_one_above_the_mean_of_that_year() -> None:
    # One indicator, three years. Shares: first 1, 1/3, 0; second 1/3, 1/3, 0; third has figures last year only, 0.
    # Means: (1 + 1/3 + 0) / 3 = 4/9; 1/3 over two; 0 over two.
    points = np.array([[[3.0], [1], [0]], [[1], [1], [0]], [[0], [0], [0]]])
    possible = np.array([[[3.0], [3], [3]], [[3], [3], [3]], [[3], [0], [0]]])
    assert weak_years(Scores(points, possible)).tolist() == [1, 0, 0]


def test_the_list_has_as_many_as_there_are_places_but_nobody_without_points() -> None:
    figure, lots = np.array([0.5, 0.7, 0.5, 0.0]), np.array([0.1, 0.2, 0.3, 0.4])
    listed = np.empty(4, dtype=np.bool_)
    first_on_the_list(figure, in_order(figure, lots), 2, listed)
    assert listed.tolist() == [True, True, False, False]
    first_on_the_list(figure, in_order(figure, lots), 4, listed)
    assert listed.tolist() == [True, True, True, False]
