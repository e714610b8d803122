"""What is wished for, what it costs, and what so small a trade can bear [V2]."""

from __future__ import annotations

import numpy as np
import pytest

from sim.schemes.vocational.assumptions import TakeUp
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers
from sim.schemes.vocational.wishes import can_be_had, community, kinds, mean_price, meet, shares
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice

P = parameters()
A, LEVERS = P[TakeUp], P[Vocational]


def test_courses_get_what_stays_and_second_teachers_leave() -> None:
    assert shares(LEVERS) == pytest.approx([0.4, 0.2, 0.4])
    assert shares(parameters(vocational__hospitering_share=0.9)[Vocational]) == pytest.approx([0.9, 0.1, 0])
    assert kinds(np.array([0.39, 0.41, 0.61]), LEVERS).tolist() == [1, 2, 3]
    assert mean_price(LEVERS, A) == pytest.approx(0.4 * 5000 + 0.2 * 20_000 + 0.4 * 10_000)


def test_a_community_is_counted_by_county_and_trade() -> None:
    state = small_county()
    found = community(state[UpperSchools].county, state[VocationalTeachers], 2, 2)
    assert found.tolist() == [[4, 2], [1, 1]]


def test_a_course_needs_colleagues_and_a_stay_one_firm() -> None:
    course, stay = np.int8(SmallMeasure.COURSE), np.int8(SmallMeasure.STAY)
    found = can_be_had(
        np.array([course, course, stay]), np.array([2.0, 1.0, 0.0]), np.array([0.0, 0.0, 2.0]), A
    )
    # two thirds of the way at two colleagues, or at two firms
    assert found == pytest.approx([1 - np.exp(-1), 1 - np.exp(-0.5), 1 - np.exp(-1)])


def test_what_a_trade_cannot_bear_stays_unmet() -> None:
    state = small_county()
    dice = Dice(
        {
            "vocational teacher asks for something": {0: 0.1, 6: 0.1},
            # a course where four (0.86) and one (0.39) are of the trade
            "what a vocational teacher asks for": {0: (0.9, 0.5), 6: (0.9, 0.5)},
        }
    )
    meet(state, np.full(3, 0.2), P, dice)
    teachers = state[VocationalTeachers]
    assert teachers.measure.tolist() == [SmallMeasure.COURSE, 0, 0, 0, 0, 0, 0, 0]
    assert np.flatnonzero(teachers.unmet).tolist() == [6]
    meet(state, np.zeros(3), P, Dice())
    assert not teachers.measure.any()
    assert not teachers.unmet.any()


def test_counties_that_are_one_have_one_community() -> None:
    state = small_county()
    state[CountyOwners].owner[:] = 0
    dice = Dice(
        {
            "vocational teacher asks for something": {6: 0.1},
            "what a vocational teacher asks for": {6: (0.9, 0.9)},  # five of the trade together: 0.92
        }
    )
    meet(state, np.full(3, 0.2), P, dice)
    assert state[VocationalTeachers].measure[6] == SmallMeasure.COURSE
