"""Upper secondary Norway: as many schools and teachers as declared, trades by rank, counties in their habits."""

from __future__ import annotations

import numpy as np
import pytest

from sim.schemes.vocational.assumptions import People
from sim.schemes.vocational.state import CountyOwners, Trades, UpperSchools, VocationalTeachers
from sim.schemes.vocational.world import ranked, set_up, staffed, trades
from sim.state import State
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice, luck

A = parameters()[People]


def country(**values: object) -> State:
    state = small_county()
    set_up(state, parameters(**values), luck(state))
    return state


def test_schools_and_teachers_are_as_many_as_declared() -> None:
    state = country()
    schools = state[UpperSchools]
    assert np.bincount(schools.county).tolist() == [15, 5]  # 20 by 3,000 and 1,000 inhabitants
    assert len(set(schools.id.tolist())) == 20
    assert schools.n_teachers.sum() == len(state[VocationalTeachers]) == 300
    assert state.breaches() == []


def test_a_smaller_country_has_fewer_of_both_and_at_least_a_school_in_each_county() -> None:
    state = country(scope__scale=0.05)
    assert np.bincount(state[UpperSchools].county).tolist() == [1, 1]
    assert len(state[VocationalTeachers]) <= 15


def test_teachers_go_to_schools_with_programmes_by_size_and_none_elsewhere() -> None:
    # One each, and of the eight left three quarters to the school that is three times as large.
    found = staffed(np.array([True, False, True]), np.array([3.0, 9.0, 1.0]), 10)
    assert found.tolist() == [7, 0, 3]
    assert staffed(np.array([False]), np.array([1.0]), 10).tolist() == [0]


def test_teachers_stand_in_the_order_of_their_schools() -> None:
    state = country()
    assert (np.diff(state[VocationalTeachers].school) >= 0).all()
    count = np.bincount(state[VocationalTeachers].school, minlength=len(state[UpperSchools]))
    assert count.tolist() == state[UpperSchools].n_teachers.tolist()


def test_trades_get_smaller_by_rank() -> None:
    found = trades(A, Dice())
    assert found.size[:3] / found.size[0] == pytest.approx([1, 1 / 2, 1 / 3])
    assert found.size.sum() == pytest.approx(1)
    assert found.ageing == pytest.approx(0.1 * np.exp(-0.08))  # dice in the middle: the median of a skew law


def test_most_trades_are_tiny() -> None:
    state = country(vocational_people__n_trades=185, vocational_people__n_teachers=9300.0)
    each = np.bincount(state[VocationalTeachers].trade, minlength=185)
    assert np.median(each) < each.mean() < each.max() / 5
    assert len(state[Trades]) == 185


def test_a_share_of_counties_is_picked_by_rank() -> None:
    assert ranked(np.array([0.9, 0.1, 0.5, 0.7])).tolist() == [0.875, 0.125, 0.375, 0.625]


def test_the_training_side_follows_inhabitants() -> None:
    owners = country()[CountyOwners]
    assert owners.instructors.tolist() == [750, 250]
    assert owners.training_offices.tolist() == [7.5, 2.5]
