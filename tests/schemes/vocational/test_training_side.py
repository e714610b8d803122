"""Instructors and examination boards: as many as money and training offices reach."""

from __future__ import annotations

import math

import pytest

from sim.schemes.vocational.assumptions import TrainingSide
from sim.schemes.vocational.state import CountyOwners
from sim.schemes.vocational.training_side import competence, persons, reach
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice

A = parameters()[TrainingSide]


def test_money_reaches_nobody_twice() -> None:
    assert persons(50_000.0, 100.0, A) == 50
    assert persons(50_000.0, 30.0, A) == 30


def test_competence_is_gained_by_those_reached_and_lost_with_leavers() -> None:
    # a tenth reached: 0.2 x 0.1 of the gap of 0.4; a tenth of the 0.2 above the base is lost
    assert competence(0.6, 10.0, 100.0, A) == pytest.approx(0.6 + 0.008 - 0.02)


def test_boards_get_their_part_and_offices_bring_instructors() -> None:
    state = small_county()
    owners = state[CountyOwners]
    reach(state, parameters(), Dice())
    assert owners.boards_reached.tolist() == [40, 20]
    # 60,000 kroner for 60 instructors; six offices could bring 120. In the second county 30 of 80.
    assert owners.instructors_reached.tolist() == [60, 30]
    assert owners.used_nok.tolist() == [100_000, 50_000]
    few = parameters(vocational_training_side__office_reach=5.0)
    reach(state, few, Dice())
    assert owners.instructors_reached.tolist() == [30, 20]


def test_a_county_with_routine_moves_what_schools_leave() -> None:
    state = small_county()
    owners = state[CountyOwners]
    owners.training_nok[:], owners.left_nok[:] = 0, [100_000, 0]
    reach(state, parameters(), Dice())
    # half of it, as far as three years have taught the county (0.63) and the training side (0.63): 50,000 x 0.4, of which four
    # tenths for boards at 1,000 each
    taught = (1 - math.exp(-1)) ** 2
    assert owners.boards_reached[0] == pytest.approx(20 * taught)
    assert owners.instructors_reached[0] == pytest.approx(30 * taught)


def test_money_carried_over_stays_the_schools() -> None:
    state = small_county()
    owners = state[CountyOwners]
    owners.training_nok[:], owners.schools_nok[:], owners.left_nok[:] = 0, 200_000, 100_000
    owners.pot_nok[:], owners.carried_nok[:] = 200_000, [60_000, 120_000]
    reach(state, parameters(), Dice())
    # 40,000 of the year's money are left in the first county, of which 0.5 x 0.63 x 0.63 is moved; nothing of it in the second
    taught = (1 - math.exp(-1)) ** 2
    assert owners.boards_reached == pytest.approx([8 * taught, 0])


def test_a_merged_county_reaches_both_counties_people() -> None:
    state = small_county()
    owners = state[CountyOwners]
    owners.owner[:], owners.training_nok[:] = 0, [1e9, 0]
    reach(state, parameters(), Dice())
    assert owners.boards_reached.tolist() == [200, 0]
    assert owners.instructors_reached.tolist() == [200, 0]  # ten offices, twenty persons each
