"""What is wished for, what it costs, and what so small a trade can bear [V2]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pytest

from sim.schemes.vocational.assumptions import CountyWork, TakeUp
from sim.schemes.vocational.granting import decided_in_time, handled, mean_price, shares
from sim.schemes.vocational.levers import ForumRole, RunBy, Vocational
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, Trades, UpperSchools, VocationalTeachers
from sim.schemes.vocational.wishes import asked_for, can_be_had, community, meet, paperwork, with_substitute
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice

Falls: TypeAlias = dict[str, dict[int, float | Sequence[float]]]
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
    county = parameters(vocational__run_by=RunBy.COUNTY)[
        Vocational
    ]  # half of the worry about it does not come true
    assert paperwork(False, 0.0, True, county, A, c) == pytest.approx(6.75)
    planned = parameters(vocational__plan=True)[Vocational]
    assert paperwork(False, 0.0, False, planned, A, c) == pytest.approx(9.0)


def test_a_second_teacher_needs_no_substitute_and_is_asked_for_by_those_who_find_none() -> None:
    assert [with_substitute(kind, 0.9, LEVERS, A) for kind in (1, 2, 3)] == [2, 2, 2]
    assert [with_substitute(kind, 0.7, LEVERS, A) for kind in (1, 2, 3)] == [1, 2, 3]
    none = parameters(vocational__second_teacher_share=0.0)[Vocational]
    assert with_substitute(SmallMeasure.COURSE, 0.9, none, A) == SmallMeasure.NONE
    falls: Falls = {
        "vocational teacher asks for something": {0: 0.1},
        "what a vocational teacher asks for": {0: (0.1, 0.5)},
        "a substitute of the trade is found": {0: 0.9},
    }
    for share, measure in ((0.2, SmallMeasure.SECOND_TEACHER), (0.0, SmallMeasure.NONE)):
        state = small_county()
        p = parameters(vocational__second_teacher_share=share)
        meet(state, p, Dice(falls), chance=np.full(3, 0.2))
        assert state[VocationalTeachers].measure[0] == measure
        assert not state[VocationalTeachers].unmet[0]  # the trade's community is not too small


def test_a_forum_that_decides_twice_a_year_is_late_and_does_not_always_agree() -> None:
    c = P[CountyWork]
    assert decided_in_time(0.5, LEVERS, A, c) == 1
    deciding = parameters(vocational__forum_role=ForumRole.DECIDING)[Vocational]
    # half of the 0.4 that a deadline misses; a tenth is not agreed on at half trust
    assert decided_in_time(0.5, deciding, A, c) == pytest.approx(0.8 * 0.9)
    assert decided_in_time(1.0, deciding, A, c) == pytest.approx(0.8)


def test_an_office_that_is_short_of_time_puts_applications_off() -> None:
    c = parameters(vocational_counties__put_off=0.5)[CountyWork]
    assert [handled(False, done, c) for done in (1.0, 0.8)] == pytest.approx([1.0, 0.9])
    assert handled(True, 0.2, c) == 1  # handed straight to schools


def test_money_for_what_came_too_late_lies_and_is_nobody_else_s() -> None:
    falls: Falls = {
        "vocational teacher asks for something": {0: 0.1},
        "what a vocational teacher asks for": {0: (0.1, 0.9)},  # a stay is there, but 0.9 is above 0.72
    }
    for role, used in ((ForumRole.ADVISING, 5000), (ForumRole.DECIDING, 0)):
        state = small_county()
        owners = state[CountyOwners]
        meet(state, parameters(vocational__forum_role=role), Dice(falls), chance=np.full(3, 0.2))
        assert owners.used_nok.tolist() == [used, 0]
        assert owners.left_nok.tolist() == [295_000, 100_000]


def test_wishes_beyond_the_money_are_met_by_luck_and_none_of_it_is_left() -> None:
    state = small_county()
    owners = state[CountyOwners]
    owners.schools_nok[0] = 10_000
    falls: Falls = {
        "vocational teacher asks for something": {0: 0.15, 1: 0.12, 2: 0.05},
        "what a vocational teacher asks for": dict.fromkeys(range(3), (0.1, 0.1)),
    }
    meet(state, P, Dice(falls), chance=np.full(3, 0.2))
    # three ask for 15,000: two thirds of 0.2 is 0.13, so the second and third get it and the money is used up
    assert state[VocationalTeachers].measure[:3].tolist() == [0, SmallMeasure.STAY, SmallMeasure.STAY]
    assert owners.used_nok[0] == 10_000
    assert owners.left_nok[0] == 0
    assert owners.hours[0] == pytest.approx(3 * 3.2)  # of all who applied
    assert state[VocationalTeachers].asked.tolist() == [True] * 3 + [False] * 5


def test_a_stay_takes_the_firm_s_time() -> None:
    state = small_county()
    falls: Falls = {
        "vocational teacher asks for something": {0: 0.1, 1: 0.1},
        "what a vocational teacher asks for": {0: (0.1, 0.1), 1: (0.9, 0.1)},  # a stay and a course
    }
    p = parameters(vocational_take_up__host_hours=4.0, vocational__direct_share=1.0)
    meet(state, p, Dice(falls), chance=np.full(3, 0.2))
    assert state[CountyOwners].hours.tolist() == [4, 0]


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
