"""Money handed over to owners with capacity, and what those who stay miss."""

from __future__ import annotations

import pytest

from sim.schemes.decentralised.handing_over import hand_over, met_in_network
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.state.places import Municipalities
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, parameters

RULE = {"decentralised_handing_over__active": True}


def test_it_is_handed_over_where_staff_and_competence_are_there_and_asks_for_work() -> None:
    state = small_scheme()  # 1.0 and 0.25 man-years, competence 0.6 and 0.4
    owners, dec = state[Municipalities], state[DecentralisedOwners]
    owners.load[:] = 0
    hand_over(state, parameters(**RULE), Dice())
    assert dec.handed_over.tolist() == [True, False]
    assert owners.load == pytest.approx([0.1, 0])
    hand_over(state, parameters(**RULE, decentralised_handing_over__least_competence=0.7), Dice())
    assert dec.handed_over.tolist() == [True, False]  # who has it keeps it
    hand_over(state, parameters(), Dice())
    assert not dec.handed_over.any()


def test_nobody_gets_it_who_has_too_little_of_one_of_the_two() -> None:
    for limit in ({"least_fte": 1.5}, {"least_competence": 0.7}):
        state = small_scheme()
        values = {f"decentralised_handing_over__{key}": value for key, value in limit.items()}
        hand_over(state, parameters(**RULE, **values), Dice())
        assert not state[DecentralisedOwners].handed_over.any()


def test_those_who_stay_no_longer_meet_those_who_have_left() -> None:
    state = small_scheme()
    owners, dec = state[Municipalities], state[DecentralisedOwners]
    owners.network[:] = 0
    assert met_in_network(owners, dec, 1) == pytest.approx([0.5, 0.5])
    dec.handed_over[0] = True
    assert met_in_network(owners, dec, 1) == pytest.approx(
        [0.6, 0.4]
    )  # each is left with what it knows itself
