"""The figures that the average draw can go by, on a country small enough to read off the page."""

import pickle

import numpy as np
import pytest

from sim.arrays import Ints
from sim.half_year import HalfYear
from sim.parameters.registry import Parameters, Registry
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_rules import (
    RISK_SHARE,
    SCHOOLS_LEFT_ALONE,
    WEAK_PUPILS,
    WEAK_SCHOOLS,
    WEAKEST_SCHOOL,
    RankingRule,
    Standing,
    weak_pupils,
    weak_share,
    weakest_school,
)
from sim.state import State
from sim.state.schools import Schools
from tests.small_world import filled

# Three owners: the first with schools 0 and 1, the second with 2, 3 and 4, the third with 5, which has no figures.
OWNER = np.array([0, 0, 1, 1, 1, 2])
RISK = np.array([0.9, 0.1, 0.6, 0.7, 0.2, 0.0])
SCORED = np.array([True, True, True, True, True, False])
WORST = np.array([True, False, True, True, False, False])
ALWAYS = np.array([True, False, True, False, False, False])  # weak in every year
CHECKED = np.array([-0.1, 0.2, 0.0])  # the first supports its schools
PUPILS = np.array([50.0, 100, 200, 300, 400, 500])


def standing(successor: Ints) -> Standing:
    schools = filled(Schools, 6)
    schools.pupils[:, 0] = PUPILS
    state, p = State(HalfYear(4040), [schools]), Parameters(Registry([]), {})
    shares = np.array([0.4, 0.5, 0.0])
    return Standing(state, p, shares, successor, WORST, SCORED, RISK, OWNER, 3, ALWAYS, CHECKED)


@pytest.mark.parametrize(
    ("ranked_by", "expected"),
    [
        (RISK_SHARE, [0.4, 0.5, 0.0]),
        (WEAK_SCHOOLS, [1 / 2, 2 / 3, 0.0]),
        (WEAK_PUPILS, [50, 500, 0]),
        (WEAKEST_SCHOOL, [0.9, 0.7, 0.0]),
        (SCHOOLS_LEFT_ALONE, [0.0, 0.6, 0.0]),
    ],
)
def test_each_rule_has_its_own_figure(ranked_by: RankingRule, expected: list[float]) -> None:
    assert ranked_by.figure(standing(np.arange(3))).tolist() == pytest.approx(expected)


def test_municipalities_that_merged_since_new_year_share_the_figure_of_the_schools_they_now_have() -> None:
    assert WEAK_PUPILS.figure(standing(np.array([0, 1, 1]))).tolist() == [50, 500, 500]


def test_owners_without_schools_or_figures_have_nothing_to_be_drawn_by() -> None:
    assert weakest_school(RISK, SCORED, OWNER, 4)[3] == 0
    assert weak_share(WORST, SCORED, OWNER, 4)[2:].tolist() == [0, 0]
    assert weak_pupils(WORST, PUPILS, OWNER, 4)[2:].tolist() == [0, 0]


def test_a_rule_travels_as_its_word_and_is_the_rule_again_where_parameters_are_read() -> None:
    word = pickle.loads(pickle.dumps(WEAK_PUPILS))
    assert type(word) is str
    assert word == "weak_pupils"
    p = Parameters(Registry([Draw]), {"follow_up.draw.ranked_by": word})
    assert p[Draw].ranked_by is WEAK_PUPILS
