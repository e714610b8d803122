"""Institutional logics: mixes that move with the regime and never lose a layer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.schemes.decentralised.assumptions import HandingOver, Logics
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import (
    contact,
    counted_on,
    fit,
    legitimacy,
    mix_of,
    moved,
    regime,
    regime_of,
    see,
    settle_in,
)
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedUH, Forums
from sim.state.places import Municipalities
from tests.schemes.decentralised.small_scheme import EVEN, small_scheme
from tests.small_world import Dice, parameters

L = parameters()[Logics]
SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("market", "hierarchy", "expected"),
    [
        (0.0, 0.0, [0, 0, 1]),
        (0.8, 0.2, [0.8, 0.2, 0]),
        (0.7, 0.7, [0.7, 0.3, 0]),  # what the market leaves
        (1.0, 0.5, [1, 0, 0]),
    ],
)
def test_the_network_gets_what_market_and_hierarchy_leave(
    market: float, hierarchy: float, expected: list[float]
) -> None:
    assert mix_of(market, hierarchy) == pytest.approx(expected)
    p = parameters(decentralised__market_share=market, decentralised__hierarchy_share=hierarchy)
    assert regime(p[Decentralised]) == pytest.approx(expected)


def test_a_mix_moves_a_part_of_the_way_to_the_regime_and_keeps_a_tenth_of_every_logic() -> None:
    # All money by networks: the mix ends in 0.1, 0.1, 0.8. A tenth of the way from 0.2, 0.3, 0.5.
    after = moved(np.array([EVEN]), np.array([0.0, 0.0, 1.0]), 0.1, 0.1)
    assert after[0] == pytest.approx([0.19, 0.28, 0.53])


def test_fit_is_one_less_half_the_distance() -> None:
    mixes = np.array([[0.0, 0.0, 1.0], EVEN, [1.0, 0.0, 0.0]])
    assert [fit(mix, np.array([0.0, 0.0, 1.0])) for mix in mixes] == pytest.approx([1, 0.5, 0])


def test_legitimacy_grows_with_fit() -> None:
    # 0.4 + 0.5 x fit
    mixes = np.array([[0.0, 0.0, 1.0], EVEN, [1.0, 0.0, 0.0]])
    network = np.array([0.0, 0.0, 1.0])
    assert [legitimacy(mix, network, 0.0, L) for mix in mixes] == pytest.approx([0.9, 0.65, 0.4])
    # a fifth less where criteria are wholly imposed
    assert [legitimacy(mix, network, 1.0, L) for mix in mixes] == pytest.approx([0.7, 0.45, 0.2])


def test_who_cannot_count_on_the_way_money_comes_holds_back() -> None:
    network, market = np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0])
    # A fifth is held back where all is otherwise than lately.
    assert counted_on(network, network, L) == 1
    assert counted_on(market, network, L) == pytest.approx(0.8)
    seen = market[None, :].copy()
    for expected in (0.84, 0.872):  # a fifth of the way in half a year: 1 - 0.2 x 0.8, then 1 - 0.2 x 0.64
        see(seen, network, True, L)
        assert counted_on(seen[0], network, L) == pytest.approx(expected)
    see(seen, network, False, L)
    assert seen[0] == pytest.approx([0.512, 0, 0.288])  # what runs no longer is forgotten too


def test_an_imposed_regulation_costs_owners_and_their_units_effort_as_far_as_money_comes_through_the_forum() -> (
    None
):
    state, ordered = small_scheme(), small_scheme()
    for one, values in ((state, {}), (ordered, {"decentralised__market_share": 0.5})):
        one[Forums].imposed[:] = [1.0, 0.0]
        settle_in(one, parameters(**values), Dice())
    legitimate, effort = state[DecentralisedOwners].legitimacy, state[DecentralisedUH].effort
    assert legitimate[1] - legitimate[0] == pytest.approx(0.2)
    assert effort[1] - effort[0] == pytest.approx(
        0.2 * 0.8
    )  # a fifth is held back where all are hired for a year
    legitimate = ordered[DecentralisedOwners].legitimacy
    assert legitimate[1] - legitimate[0] == pytest.approx(0.1)


def test_units_whose_people_have_posts_put_more_in() -> None:
    state = small_scheme()
    state[DecentralisedUH].permanent[:] = [1.0, 0.5]
    settle_in(state, parameters(), Dice())
    assert state[DecentralisedUH].effort == pytest.approx([0.665, 0.665 * 0.9])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, 1.0),
        ({"decentralised__market_share": 1.0}, 0.4),
        ({"decentralised__market_share": 0.5}, 0.7),
        ({"decentralised__active": False}, 0.0),
    ],
)
def test_contact_is_that_of_networks_or_less(values: dict[str, float], expected: float) -> None:
    levers = parameters(**values)[Decentralised]
    assert contact(regime(levers), levers.active, 0.4) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("keeps", "expected"), [(1.0, [0.2, 0.3, 0.5]), (0.0, [0.7, 0.3, 0]), (0.5, [0.45, 0.3, 0.25])]
)
def test_money_handed_over_comes_as_in_a_market_but_for_what_is_kept_of_the_network(
    keeps: float, expected: list[float]
) -> None:
    p = parameters(
        decentralised__market_share=0.2,
        decentralised__hierarchy_share=0.3,
        decentralised_handing_over__keeps=keeps,
    )
    assert regime_of(p[Decentralised], True, p[HandingOver]) == pytest.approx(expected)
    assert regime_of(p[Decentralised], False, p[HandingOver]) == pytest.approx([0.2, 0.3, 0.5])


def test_owners_put_in_what_they_find_right_as_far_as_they_can_carry_it() -> None:
    state = small_scheme()
    state[Municipalities].load[:] = [0.8, 2.0]
    settle_in(state, parameters(), Dice())
    # 20 % a year: a tenth of the way as above. Fit 1 - (0.19 + 0.28 + 0.47) / 2 = 0.53; legitimacy 0.4 + 0.265.
    dec = state[DecentralisedOwners]
    assert dec.logic == pytest.approx(np.array([[0.19, 0.28, 0.53]] * 2))
    assert dec.legitimacy == pytest.approx([0.665, 0.665])
    assert dec.effort == pytest.approx([0.665, 0.3325])
    assert state[DecentralisedUH].effort == pytest.approx([0.665 * 0.8, 0.665 * 0.8])
    assert state[Forums].logic == pytest.approx(np.array([[0.19, 0.28, 0.53]] * 2))


def test_each_regime_costs_owners_its_hours() -> None:
    state = small_scheme()
    settle_in(state, parameters(decentralised__market_share=0.5, decentralised__hierarchy_share=0.25), Dice())
    # half a year of 20, 60 and 40 hours a year: (0.5 x 20 + 0.25 x 60 + 0.25 x 40) / 2
    assert state[DecentralisedOwners].hours == pytest.approx([17.5, 17.5])
    assert state[DecentralisedOwners].uh_hours.tolist() == [0, 0]


def test_where_no_money_runs_nobody_moves_and_nobody_puts_anything_in() -> None:
    state = small_scheme()
    settle_in(state, parameters(decentralised__active=False), Dice())
    dec = state[DecentralisedOwners]
    assert dec.logic.tolist() == [EVEN] * 2
    assert dec.effort.tolist() == dec.hours.tolist() == state[DecentralisedUH].effort.tolist() == [0, 0]


@given(market=SHARES, hierarchy=SHARES)
def test_a_regime_is_a_mix(market: float, hierarchy: float) -> None:
    mix = mix_of(market, hierarchy)
    assert mix.sum() == pytest.approx(1)
    assert mix.min() >= 0


@given(
    start=st.tuples(SHARES, SHARES),
    regimes=st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=20),
    pace=SHARES,
    floor=st.floats(0, 0.3),
)
def test_mixes_add_to_one_and_never_lose_a_layer(
    start: tuple[float, float], regimes: list[tuple[float, float]], pace: float, floor: float
) -> None:
    mix = first = mix_of(*start)[None, :]
    for market, hierarchy in regimes:
        mix = moved(mix, mix_of(market, hierarchy), pace, floor)
        assert mix.sum() == pytest.approx(1)
        # A layer that begins above the floor never falls through it; one that begins below it never gets less.
        assert (mix >= np.minimum(first, floor) - 1e-9).all()


@given(mix=st.tuples(SHARES, SHARES), under=st.tuples(SHARES, SHARES))
def test_fit_and_legitimacy_are_shares(mix: tuple[float, float], under: tuple[float, float]) -> None:
    actor, now = mix_of(*mix), mix_of(*under)
    assert 0 <= fit(actor, now) <= 1
    assert 0 <= legitimacy(actor, now, 1.0, L) <= 1
    assert 0 <= counted_on(actor, now, L) <= 1
    assert fit(now, now) == pytest.approx(1)
