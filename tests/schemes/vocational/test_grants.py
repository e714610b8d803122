"""The vocational grant: to the krone to counties, past vocational needs where nobody sees them, unused in early years."""

from __future__ import annotations

import math

import pytest

from sim.schemes.vocational.assumptions import CountyWork
from sim.schemes.vocational.grants import hand_out, readiness, settle
from sim.schemes.vocational.state import CountyOwners, UpperSchools
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice

A = parameters()[CountyWork]


def test_early_years_leave_money_unused_less_with_each_year() -> None:
    # 40 % in the first school year, which begins after a year of meetings; ten points less each year
    years = (0.5, 1.0, 2.0, 4.0, 9.0)
    assert [readiness(n, 0.0, A) for n in years] == pytest.approx([0.6, 0.6, 0.7, 0.9, 1.0])
    assert readiness(9.0, 0.4, A) == pytest.approx(0.6)


def test_the_grant_goes_to_counties_by_vocational_teachers_to_the_krone() -> None:
    state = small_county()
    hand_out(state, parameters(vocational__grant_nok=800_001.0), Dice())
    owners = state[CountyOwners]
    assert owners.grant_nok.sum() == 800_001
    assert owners.grant_nok[0] in (600_000, 600_001)
    assert owners.pot_nok.tolist() == owners.grant_nok.tolist()
    # four fifths usable after three years; a quarter of it for the training side, of which two thirds know of it by then
    known = 1 - math.exp(-1)
    assert owners.training_nok == pytest.approx(owners.pot_nok * 0.8 / 4 * known)
    assert owners.schools_nok == pytest.approx(owners.pot_nok * 0.8 * (1 - known / 4))


def test_teachers_come_first_and_the_training_side_s_part_grows() -> None:
    parts = []
    for years in (0.0, 1.0, 6.0):
        state = small_county()
        owners = state[CountyOwners]
        owners.experience[:] = years
        hand_out(state, parameters(), Dice())
        parts.append((owners.training_nok / (owners.training_nok + owners.schools_nok))[0])
    assert parts == pytest.approx([0, (1 - math.exp(-1 / 3)) / 4, (1 - math.exp(-2)) / 4])


def test_the_county_adds_money_and_a_post_and_pays_for_both() -> None:
    state = small_county()
    hand_out(state, parameters(vocational__own_share=0.1, vocational__own_post=0.5), Dice())
    owners = state[CountyOwners]
    assert owners.pot_nok.tolist() == [660_000, 220_000]
    assert owners.own_nok.tolist() == [60_000 + 400_000, 20_000 + 400_000]
    hand_out(state, parameters(vocational__own_post=0.5, vocational__active=False), Dice())
    assert not owners.own_nok.any()


def test_what_is_carried_over_is_the_schools() -> None:
    state = small_county()
    owners = state[CountyOwners]
    hand_out(state, parameters(), Dice())
    training = owners.training_nok.copy()
    owners.carried_nok[:] = 200_000
    hand_out(state, parameters(), Dice())
    assert owners.training_nok == pytest.approx(training)


def test_a_joint_scheme_lets_general_subjects_have_what_nobody_sees() -> None:
    state = small_county()
    owners = state[CountyOwners]
    owners.joined[:], owners.visibility[:] = True, [0.6, 1.0]
    hand_out(state, parameters(), Dice())
    assert owners.crowded_nok.tolist() == [120_000, 0]  # half of the unseen 40 % of 600,000
    assert owners.pot_nok.tolist() == [480_000, 200_000]


def test_half_of_what_is_unused_is_carried_over() -> None:
    state = small_county()
    owners = state[CountyOwners]
    owners.used_nok[:] = [400_000, 199_999]
    settle(state, parameters(), Dice())
    assert owners.carried_nok.tolist() == [100_000, 0]
    hand_out(state, parameters(), Dice())
    assert owners.pot_nok.tolist() == [700_000, 200_000]


def test_without_any_vocational_teachers_nobody_gets_the_grant() -> None:
    state = small_county()
    state[UpperSchools].n_teachers[:] = 0
    hand_out(state, parameters(), Dice())
    assert not state[CountyOwners].grant_nok.any()


def test_no_money_comes_where_the_scheme_does_not_run() -> None:
    state = small_county()
    state[CountyOwners].carried_nok[:] = 1000
    hand_out(state, parameters(vocational__active=False), Dice())
    assert not state[CountyOwners].pot_nok.any()
