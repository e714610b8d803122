"""What is wished for, what it costs, and what so small a trade can bear [V2]."""

from __future__ import annotations

import numpy as np
import pytest

from sim.schemes.vocational.assumptions import CountyWork, TakeUp
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, Trades, UpperSchools, VocationalTeachers
from sim.schemes.vocational.wishes import (
    asked_for,
    can_be_had,
    community,
    mean_price,
    meet,
    paperwork,
    shares,
)
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice

P = parameters()
A, LEVERS = P[TakeUp], P[Vocational]


def test_courses_get_what_stays_and_second_teachers_leave() -> None:
    assert shares(LEVERS) == pytest.approx([0.4, 0.2, 0.4])
    assert shares(parameters(vocational__hospitering_share=0.9)[Vocational]) == pytest.approx([0.9, 0.1, 0])
    assert [asked_for(u, LEVERS) for u in (0.39, 0.41, 0.61)] == [1, 2, 3]
    assert mean_price(LEVERS, A) == pytest.approx(0.4 * 5000 + 0.2 * 20_000 + 0.4 * 10_000)


def test_a_community_is_counted_by_county_and_trade() -> None:
    state = small_county()
    found = community(state[CountyOwners], state[UpperSchools], state[VocationalTeachers], state[Trades])
    assert found.tolist() == [[4, 2], [1, 1], [5, 3]]  # the country last


def test_a_course_needs_colleagues_and_a_stay_one_firm() -> None:
    # two thirds of the way at two colleagues, or at two firms
    assert can_be_had(SmallMeasure.COURSE, 2.0, 0.0, A) == pytest.approx(1 - np.exp(-1))
    assert can_be_had(SmallMeasure.COURSE, 1.0, 0.0, A) == pytest.approx(1 - np.exp(-0.5))
    assert can_be_had(SmallMeasure.STAY, 0.0, 2.0, A) == pytest.approx(1 - np.exp(-1))


def test_paperwork_is_eased_by_models_and_done_twice_without_contact() -> None:
    c = P[CountyWork]
    # contact, and models that spare a fifth; neither; and the 25 % more of a joint scheme whose rules see half
    assert paperwork(True, 0.4, False, LEVERS, A, c) == pytest.approx(3.2)
    assert paperwork(False, 0.0, False, LEVERS, A, c) == pytest.approx(6.0)
    assert paperwork(True, 0.4, True, LEVERS, A, c) == pytest.approx(4.0)
    assert paperwork(False, 0.0, True, LEVERS, A, c) == pytest.approx(7.5)


def test_what_a_trade_cannot_bear_stays_unmet() -> None:
    state = small_county()
    dice = Dice(
        {
            "vocational teacher asks for something": {0: 0.1, 6: 0.1},
            # a course where four (0.86) and one (0.39) are of the trade
            "what a vocational teacher asks for": {0: (0.9, 0.5), 6: (0.9, 0.5)},
        }
    )
    meet(state, P, dice, chance=np.full(3, 0.2))
    teachers = state[VocationalTeachers]
    assert teachers.measure.tolist() == [SmallMeasure.COURSE, 0, 0, 0, 0, 0, 0, 0]
    assert np.flatnonzero(teachers.unmet).tolist() == [6]
    meet(state, P, Dice(), chance=np.zeros(3))
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
    meet(state, P, dice, chance=np.full(3, 0.2))
    assert state[VocationalTeachers].measure[6] == SmallMeasure.COURSE
