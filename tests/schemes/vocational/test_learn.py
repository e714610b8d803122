"""What is left: subject knowledge by single measures, collective learning by lasting ones, and what fades."""

from __future__ import annotations

import pytest

from sim.half_year import Season
from sim.processes.implementing import implemented
from sim.schemes.vocational.assumptions import Learning
from sim.schemes.vocational.learn import closer, collective_called_for, learn, ties_after
from sim.schemes.vocational.staff import change
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice

A = parameters()[Learning]


def test_part_of_the_gap_is_closed_and_never_more() -> None:
    assert closer(0.5, 0.4) == pytest.approx(0.7)
    assert closer(0.5, 3.0) == pytest.approx(1.0)


def test_a_measure_brings_a_teacher_up_to_date_by_kind_and_hit() -> None:
    state = small_county()
    teachers = state[VocationalTeachers]
    teachers.measure[[0, 1, 2, 6]] = [
        SmallMeasure.STAY,
        SmallMeasure.SECOND_TEACHER,
        SmallMeasure.COURSE,
        SmallMeasure.STAY,
    ]
    state[CountyOwners].hit[:] = [0.5, 0.25]
    learn(state, parameters(), Dice())
    # 0.4, 0.2 and 0.3 of the gap; half of 0.4 where the hit is half the usual
    assert teachers.subject == pytest.approx([0.7, 0.6, 0.65, 0.5, 0.5, 0.5, 0.6, 0.5])


def test_isolated_measures_give_little_collective_learning_and_lasting_ones_much() -> None:
    assert collective_called_for(0.0, 0.0, 0.0, A) == pytest.approx(0.3)
    assert collective_called_for(0.0, 1.0, 0.0, A) == pytest.approx(0.4)
    assert collective_called_for(1.0, 0.0, 0.0, A) == pytest.approx(0.7)


def test_stays_build_a_community_of_school_and_firms_that_staffs_may_learn_from() -> None:
    # a fifth fades, and a quarter of the staff on a stay closes a quarter of the gap
    assert ties_after(0.5, 0.25, A) == pytest.approx(0.4 + 0.25 * 0.6)
    assert collective_called_for(0.0, 0.0, 0.5, A) == pytest.approx(0.3 + 0.2 * 0.5)
    state = small_county()
    state[VocationalTeachers].measure[[0, 4, 6]] = [
        SmallMeasure.STAY,
        SmallMeasure.COURSE,
        SmallMeasure.SECOND_TEACHER,
    ]
    learn(state, parameters(), Dice())
    assert state[UpperSchools].firm_ties == pytest.approx([0.25, 0, 0])
    assert state[UpperSchools].collective == pytest.approx([0.3 + 0.5 * 0.2 * 0.25, 0.3, 0.3])


def test_collective_measures_need_years_and_begin_anew_when_broken_off() -> None:
    state = small_county()
    schools = state[UpperSchools]
    schools.in_collective[:] = [True, False, False]
    schools.stage[:] = [1.0, 3.0, 0.0]
    learn(state, parameters(), Dice())
    assert schools.stage.tolist() == [2, 0, 0]
    degree = implemented(2.0, 2.0, 2.5)
    assert schools.collective == pytest.approx([0.3 + 0.5 * 0.4 * degree, 0.3, 0.3])


def test_contact_lets_vocational_teachers_join_general_measures() -> None:
    state = small_county()
    learn(state, parameters(), Dice())
    # in the county with contact a twentieth of the gap; what was at its base before does not fade
    assert state[VocationalTeachers].teaching == pytest.approx([0.525] * 6 + [0.5] * 2)


def test_gained_teaching_competence_fades_less_where_a_staff_learns_together() -> None:
    state = small_county()
    state[CountyOwners].contact[:] = False
    state[VocationalTeachers].teaching[:] = 0.7
    state[UpperSchools].collective[:] = [0.3, 0.3, 1.0]
    p = parameters(vocational_learning__collective_pace=0.0)
    learn(state, p, Dice())
    # a fifth of the gain of 0.2 fades, less by half of the collective learning there
    assert state[VocationalTeachers].teaching == pytest.approx([0.7 - 0.04 * 0.85] * 6 + [0.7 - 0.02] * 2)


def test_a_year_outdates_and_newcomers_are_fresh_from_the_trade() -> None:
    state = small_county(season=Season.AUTUMN)
    change(state, parameters(), Dice({"vocational teacher leaves": {3: 0.05}}))
    teachers = state[VocationalTeachers]
    assert teachers.subject == pytest.approx([0.45, 0.45, 0.45, 0.9, 0.45, 0.4, 0.45, 0.4])
    assert teachers.teaching == pytest.approx([0.5, 0.5, 0.5, 0.3, 0.5, 0.5, 0.5, 0.5])
