"""Other rules for the average draw, on countries small enough to read off the page."""

import numpy as np
import pytest

from sim.schemes.follow_up.draw_levers import RankedBy
from sim.schemes.follow_up.draw_ranking import (
    by_size,
    figures,
    first_on_the_list,
    weak_pupils,
    weak_share,
    weak_years,
    weakest_school,
)
from sim.schemes.follow_up.risk_score import Scores

# Three owners: the first with schools 0 and 1, the second with 2, 3 and 4, the third with 5, which has no figures.
OWNER = np.array([0, 0, 1, 1, 1, 2])
RISK = np.array([0.9, 0.1, 0.6, 0.7, 0.2, 0.0])
SCORED = np.array([True, True, True, True, True, False])
WORST = np.array([True, False, True, True, False, False])
PUPILS = np.array([50.0, 100, 200, 300, 400, 500])
RISK_SHARE = np.array([0.4, 0.5, 0.0])


@pytest.mark.parametrize(
    ("ranked_by", "expected"),
    [
        (RankedBy.RISK_SHARE, [0.4, 0.5, 0.0]),
        (RankedBy.WEAK_SCHOOLS, [1 / 2, 2 / 3, 0.0]),
        (RankedBy.WEAK_PUPILS, [50, 500, 0]),
        (RankedBy.WEAKEST_SCHOOL, [0.9, 0.7, 0.0]),
    ],
)
def test_each_rule_has_its_own_figure(ranked_by: RankedBy, expected: list[float]) -> None:
    found = figures(ranked_by, RISK_SHARE, np.arange(3), WORST, SCORED, RISK, PUPILS, OWNER, 3)
    assert found.tolist() == pytest.approx(expected)


def test_municipalities_that_merged_since_new_year_share_the_figure_of_the_schools_they_now_have() -> None:
    successor = np.array([0, 1, 1])
    assert figures(
        RankedBy.WEAK_PUPILS, RISK_SHARE, successor, WORST, SCORED, RISK, PUPILS, OWNER, 2 + 1
    ).tolist() == [50, 500, 500]


def test_owners_without_schools_or_figures_have_nothing_to_be_drawn_by() -> None:
    assert weakest_school(RISK, SCORED, OWNER, 4)[3] == 0
    assert weak_share(WORST, SCORED, OWNER, 4)[2:].tolist() == [0, 0]
    assert weak_pupils(WORST, PUPILS, OWNER, 4)[2:].tolist() == [0, 0]


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
    lots = np.array([0.1, 0.2, 0.3, 0.4])
    assert first_on_the_list(np.array([0.5, 0.7, 0.5, 0.0]), 2, lots).tolist() == [True, True, False, False]
    assert first_on_the_list(np.array([0.5, 0.7, 0.5, 0.0]), 4, lots).tolist() == [True, True, True, False]
