"""Peers as ambassadors: who can be one, who hears one, what it is worth and what it costs [OECD 2020; F3]."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.schemes.follow_up import dialogue, peers
from sim.schemes.follow_up.assumptions import Peers
from sim.schemes.follow_up.levers import FollowUp, Obligation
from sim.schemes.follow_up.state import FollowUpOwners, Phase
from sim.state import State
from sim.state.places import Counties, Municipalities
from tests.small_world import Dice, parameters, small_world

GOING = {"follow_up__ambassadors": 0.6}
GOES, STAYS = 0.5, 0.7  # against the share of 0.6
DECISION = "leader goes out as an ambassador"


def one_been_there(*, network: int, office: int, tenure: float = 5.0) -> State:
    """Spring 2020: the first municipality was drawn in 2017 and found it 0.8 right; the second has just been drawn."""
    state = small_world(2020, Season.SPRING)
    f, owners = state[FollowUpOwners], state[Municipalities]
    f.phase[:] = [Phase.AFTERWARDS, Phase.DIALOGUE]
    f.last_draw_year[:] = [2017, 2020]
    f.legitimacy[:] = [0.8, 0.0]
    owners.network[1] = network
    owners.head_tenure[0] = tenure
    state[Counties].office[1] = office
    return state


def heard(state: State, fall: float = GOES, **values: Value) -> float:
    peers.tell(state, parameters(**{**GOING, **values}), Dice({DECISION: {1101: fall, 4601: fall}}))
    return float(state[FollowUpOwners].heard[1])


def test_a_peer_in_the_own_network_is_heard_as_far_as_it_found_follow_up_right() -> None:
    assert heard(one_been_there(network=0, office=0)) == pytest.approx(0.8)


def test_one_from_another_network_under_the_same_governor_is_heard_half_as_well() -> None:
    assert heard(one_been_there(network=1, office=0)) == pytest.approx(0.5 * 0.8)


def test_one_under_another_governor_is_not_heard() -> None:
    state = one_been_there(network=1, office=1)
    assert heard(state) == 0
    assert state[FollowUpOwners].visits.sum() == 0


def test_in_the_first_draw_there_is_nobody_who_could_tell() -> None:
    state = one_been_there(network=0, office=0)
    state[FollowUpOwners].phase[0], state[FollowUpOwners].last_draw_year[0] = Phase.NONE, -1
    assert heard(state) == 0


@pytest.mark.parametrize("phase", [Phase.DIALOGUE, Phase.PREPHASE, Phase.IMPLEMENTATION])
def test_those_in_the_midst_of_it_do_not_go_out(phase: Phase) -> None:
    state = one_been_there(network=0, office=0)
    state[FollowUpOwners].phase[0] = phase
    assert heard(state) == 0


def test_a_new_head_of_schools_has_not_been_there() -> None:
    # drawn in spring 2017; who was in post then has seen the autumns of 2017, 2018 and 2019
    assert heard(one_been_there(network=0, office=0, tenure=3)) > 0
    assert heard(one_been_there(network=0, office=0, tenure=2)) == 0


def test_who_declined_has_not_been_there() -> None:
    state = one_been_there(network=0, office=0)
    state[FollowUpOwners].declined[0] = True
    assert heard(state) == 0


def test_only_the_share_that_the_lever_says_goes_out() -> None:
    assert heard(one_been_there(network=0, office=0), STAYS) == 0


def test_with_more_to_visit_than_ambassadors_can_each_hears_less() -> None:
    # one ambassador, half a visit, one to be visited
    state = one_been_there(network=0, office=0)
    assert heard(state, follow_up_peers__most_visits=0.5) == pytest.approx(0.5 * 0.8)
    assert state[FollowUpOwners].visits == pytest.approx([0.5, 0])


def test_what_was_heard_at_an_earlier_draw_is_forgotten_at_the_next() -> None:
    state = one_been_there(network=1, office=1)
    state[FollowUpOwners].heard[:] = 0.9
    assert heard(state) == 0
    assert state[FollowUpOwners].heard[0] == 0.9  # not drawn again


def met(**values: Value) -> FollowUpOwners:
    state = one_been_there(network=0, office=0)
    p, dice = parameters(**{**GOING, **values}), Dice({DECISION: {1101: GOES}})
    peers.tell(state, p, dice)
    dialogue.meet(state, p, dice)
    return state[FollowUpOwners]


def test_hearing_a_peer_takes_stigma_and_pressure_down_and_puts_legitimacy_up() -> None:
    f = met()
    # stigma 0.3 x (1 - 0.25 x 0.8); control 0.9 x (1 - 0.1 x 0.8);
    # legitimacy 0.825 - 0.2 x 0.828 - 0.25 x 0.24 + 0.1 x 0.8
    assert f.stigma[1] == pytest.approx(0.24)
    assert f.felt_voluntariness[1] == pytest.approx(1 - 0.828)
    assert f.legitimacy[1] == pytest.approx(0.825 - 0.1656 - 0.06 + 0.08)


def test_an_obligation_stays_one_whatever_peers_say() -> None:
    f = met(follow_up__obligation=Obligation.COMPULSORY)
    assert f.heard[1] > 0
    assert f.felt_voluntariness[1] == 0


def test_without_ambassadors_nothing_is_heard_and_nothing_spent() -> None:
    p = parameters()
    state = one_been_there(network=0, office=0)
    before = {name: values.copy() for name, values in state[FollowUpOwners].arrays().items()}
    load = state[Municipalities].load.copy()
    for process in (peers.TELL, peers.ASK, peers.SETTLE):
        process.rule(state, p, Dice())
    assert all(
        np.array_equal(values, before[name]) for name, values in state[FollowUpOwners].arrays().items()
    )
    assert np.array_equal(state[Municipalities].load, load)


def paid(spent: Floats) -> FollowUpOwners:
    state = one_been_there(network=0, office=0)
    p = parameters(**GOING)
    peers.tell(state, p, Dice({DECISION: {1101: GOES}}))
    state[FollowUpOwners].spent_nok[:] = spent
    peers.settle(state, p, Dice())
    return state[FollowUpOwners]


def test_a_visit_takes_hours_of_both_and_money_of_the_scheme() -> None:
    f = paid(np.array([0.0, 100_000.0]))
    assert f.spent_hours == pytest.approx([20, 20])
    assert f.spent_nok == pytest.approx([15_000, 85_000])
    assert f.visits.sum() == 0  # told and paid


def test_visits_weigh_on_the_ambassadors_at_home() -> None:
    state = one_been_there(network=0, office=0)
    p = parameters(**GOING)
    peers.tell(state, p, Dice({DECISION: {1101: GOES}}))
    state[Municipalities].load[:] = 1
    peers.ask(state, p, Dice())
    # 20 hours in half a year are 40 a year, of 1700, on an office of one man-year
    assert state[Municipalities].load == pytest.approx([1 + 40 / 1700, 1])


def test_freedom_is_a_share_of_the_pressure() -> None:
    p = parameters()
    assert [peers.freed(heard, p[FollowUp], p[Peers]) for heard in (0.0, 1.0)] == pytest.approx([1, 0.9])
