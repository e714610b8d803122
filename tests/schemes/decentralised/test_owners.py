"""Owners learn by taking part and from each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.schemes.decentralised.assumptions import Measure
from sim.schemes.decentralised.owners import from_peers, learn, settle
from sim.schemes.decentralised.state import DecentralisedOwners, Ties
from sim.state.places import Municipalities
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, parameters

A = parameters()[Measure]


def test_those_who_know_less_learn_from_their_network() -> None:
    assert [from_peers(own, 0.5, 0.5, A) for own in (0.4, 0.6)] == pytest.approx([0.1 * 0.5 * 0.1, 0])


def test_owners_learn_by_working_with_uh() -> None:
    state = small_scheme()
    learn(state, parameters(), Dice())
    # Alone in their networks. Part: effort 0.5 x together 0.5 = 0.25; a twentieth of it of the gap.
    assert state[Municipalities].competence == pytest.approx([0.6 + 0.0125 * 0.4, 0.4 + 0.0125 * 0.6])
    assert state[DecentralisedOwners].strengthened == pytest.approx(
        [0.125, 0.125]
    )  # a quarter of the way to 0.5


def test_in_ordered_courses_they_meet_each_other_less() -> None:
    learned = []
    for market in (0.0, 1.0):
        state = small_scheme()
        state[Municipalities].network[:], state[DecentralisedOwners].grant_nok[:] = 0, 0
        learn(state, parameters(decentralised__market_share=market), Dice())
        learned.append(state[Municipalities].competence[1] - 0.4)
    assert learned == pytest.approx([0.1 * 0.5 * 0.1, 0.4 * 0.1 * 0.5 * 0.1])


def test_without_money_nothing_is_learned_and_the_feeling_of_it_fades() -> None:
    state = small_scheme()
    state[DecentralisedOwners].grant_nok[:], state[DecentralisedOwners].strengthened[:] = 0, 0.4
    learn(state, parameters(decentralised__active=False), Dice())
    assert state[Municipalities].competence == pytest.approx([0.6, 0.4])
    assert state[DecentralisedOwners].strengthened == pytest.approx([0.3, 0.3])


def test_owners_of_a_new_world_have_learned_as_they_do_now_and_lost_part_of_it_with_heads() -> None:
    state = small_scheme()
    settle(state, parameters(decentralised_uh__earlier_years=0.5), Dice())
    # Half a year: alone in their networks, with UH as above; offices keep 1 / 2 and 0.25 / 1.25 of it where a head goes (13 %).
    gained = np.array([0.0125 * 0.4, 0.0125 * 0.6])
    kept = 1 - 0.065 * np.array([0.5, 0.8])
    assert state[Municipalities].competence == pytest.approx(np.array([0.6, 0.4]) + gained * kept)
    assert state[DecentralisedOwners].strengthened == pytest.approx([0.5, 0.5])


@given(
    competence=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    effort=st.floats(0, 1),
    together=st.floats(0, 1),
    peers=st.floats(0, 0.5),
    rate=st.floats(0, 0.5),
)
def test_competence_stays_a_share_and_never_falls(
    competence: tuple[float, float], effort: float, together: float, peers: float, rate: float
) -> None:
    state = small_scheme()
    owners = state[Municipalities]
    owners.network[:], owners.competence[:] = 0, competence
    state[DecentralisedOwners].effort[:], state[Ties].together[:] = effort, together
    learn(
        state,
        parameters(decentralised_measures__peer_learning=peers, decentralised_measures__owner_learns=rate),
        Dice(),
    )
    assert state.breaches() == []
    assert (owners.competence >= np.array(competence) - 1e-12).all()
