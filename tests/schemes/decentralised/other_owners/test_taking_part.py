"""Seats, effort, and the counties' own scheme."""

from __future__ import annotations

import pytest

from sim.half_year import Season
from sim.schemes.decentralised.assumptions import Needs
from sim.schemes.decentralised.other_owners.grants import hand_out
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.other_owners.taking_part import prepare
from sim.schemes.decentralised.state import CountyForums
from sim.state.places import Counties
from tests.schemes.decentralised.other_owners.beside import beside
from tests.small_world import Dice, parameters


def test_owners_beside_municipalities_count_by_their_teachers() -> None:
    state = beside()
    prepare(
        state,
        parameters(
            decentralised_other_owners__county_weight=0.5, decentralised_other_owners__private_weight=2.0
        ),
        Dice(),
    )
    assert state[OtherOwners].weight.tolist() == [30, 20, 15, 0]
    assert (state[OtherOwners].effort[:3] > 0).all()
    assert state[OtherOwners].effort[3] == 0  # no school, no seat
    prepare(state, parameters(decentralised__active=False), Dice())
    assert not state[OtherOwners].weight.any()
    assert not state[OtherOwners].effort.any()


def test_a_county_with_a_scheme_of_its_own_has_no_seat_and_its_secretariat_s_work() -> None:
    state, p = beside(), parameters(decentralised_other_owners__own_scheme=True)
    prepare(state, p, Dice())
    other = state[OtherOwners]
    assert other.alone.tolist() == [True, False, True, False]
    assert other.weight.tolist() == [0, 5, 0, 0]
    seat = beside()
    prepare(seat, parameters(), Dice())
    # half of half a man-year of 1,700 hours is 425 each half-year, and ordering takes less than meeting
    assert other.hours[0] - seat[OtherOwners].hours[0] == pytest.approx(425, abs=40)


def test_in_spring_needs_are_analysed_with_teachers_time() -> None:
    state, p = beside(season=Season.SPRING), parameters(decentralised__direct_involvement=0.5)
    autumn = beside()
    prepare(state, p, Dice())
    prepare(autumn, p, Dice())
    n = p[Needs]
    spent = state[OtherOwners].hours - autumn[OtherOwners].hours
    assert spent[:3] == pytest.approx([n.owner_hours + n.direct_hours * 0.5 * t for t in (60, 10, 30)])
    assert autumn[OtherOwners].hit.tolist() == [0.5] * 4


def test_own_money_goes_by_teachers_and_what_vocational_money_went_to_general_subjects_comes_to_it() -> None:
    state = beside()
    other = state[OtherOwners]
    other.alone[[0, 2]] = True
    state[Counties].to_general_nok[:] = [6000, 3000]
    hand_out(state, parameters(), Dice())
    # 90,000 kroner by 60 and 30 teachers
    assert other.grant_nok.tolist() == [66_000, 0, 33_000, 0]
    assert other.own_nok.tolist() == [19_800, 0, 9_900, 0]
    assert other.uh_nok.tolist() == [33_000, 0, 16_500, 0]


def test_without_a_scheme_of_their_own_counties_get_none_of_its_money() -> None:
    state = beside()
    hand_out(state, parameters(), Dice())
    assert state[OtherOwners].grant_nok.tolist() == [0, 0, 0, 0]


def test_counties_that_are_one_share_what_went_to_general_subjects_by_teachers() -> None:
    state = beside()
    state[CountyForums].forum[:], state[Counties].to_general_nok[:] = 0, [9000, 0]
    hand_out(state, parameters(), Dice())
    assert state[OtherOwners].grant_nok.tolist() == [6000, 0, 3000, 0]
