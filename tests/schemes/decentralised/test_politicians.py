"""Politicians involved: backing is won, lost at elections, holds and secures, has a mind of its own, and takes hours [D13]."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Value
from sim.schemes.decentralised import grants, measures, politicians
from sim.schemes.decentralised.assumptions import Partners, Politicians
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.schemes.follow_up import prephase
from sim.schemes.follow_up.state import FollowUpOwners, Phase
from sim.state import State
from sim.state.places import Municipalities
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, parameters, small_world

A = parameters()[Politicians]
INVOLVED: dict[str, Value] = {"decentralised__politicians_involved": 0.8}


def backed(*backing: float) -> State:
    state = small_scheme()
    state[Municipalities].backing[:] = backing
    return state


def test_backing_comes_as_far_as_owners_get_round_to_it() -> None:
    state = backed(0.4, 0.4)
    state[Municipalities].load[:] = [1, 2]  # the second gets half of its work done
    politicians.involve(state, parameters(**INVOLVED), Dice())
    # a quarter of the way from 0.4 to 0.8 x 1, and to 0.8 x 0.5
    assert state[Municipalities].backing == pytest.approx([0.5, 0.4])


def test_the_hours_are_those_of_what_gets_done() -> None:
    state = backed(0, 0)
    state[Municipalities].load[:] = [1, 2]
    before = state[DecentralisedOwners].hours.copy()
    politicians.involve(state, parameters(**INVOLVED), Dice())
    assert state[DecentralisedOwners].hours - before == pytest.approx([0.8 * 42.5, 0.4 * 42.5])


def test_the_same_hours_weigh_most_on_the_smallest() -> None:
    state = backed(0, 0)
    state[Municipalities].load[:] = 1
    politicians.ask(state, parameters(**INVOLVED), Dice())
    # 0.8 x 85 / 1700 = 0.04 man-years on offices of 1 and 0.25
    assert state[Municipalities].load == pytest.approx([1.04, 1.16])


@pytest.mark.parametrize(
    ("year", "season", "falls"),
    [(2027, Season.AUTUMN, True), (2027, Season.SPRING, False), (2029, Season.AUTUMN, False), (2031, Season.AUTUMN, True)],
)  # fmt: skip
def test_elections_fall_in_every_fourth_autumn(year: int, season: Season, falls: bool) -> None:
    assert politicians.election(HalfYear.of(year, season), A) is falls


def test_an_election_takes_part_of_the_backing_along() -> None:
    state = backed(0.5, 0.0)
    state.now = HalfYear.of(2023, Season.AUTUMN)
    politicians.involve(state, parameters(decentralised_politicians__pace=0.0, **INVOLVED), Dice())
    assert state[Municipalities].backing == pytest.approx([0.35, 0])


def test_backing_goes_when_it_is_no_longer_sought() -> None:
    state = backed(0.4, 0.0)
    politicians.involve(state, parameters(), Dice())
    assert state[Municipalities].backing == pytest.approx([0.3, 0])


def test_what_the_council_stands_behind_outlives_a_head_of_schools() -> None:
    state = backed(0.5, 0.0)
    state[Municipalities].continuity[:] = [0.2, 0.2]
    politicians.ask(state, parameters(), Dice())
    assert state[Municipalities].continuity == pytest.approx([1 - 0.8 * 0.85, 0.2])


def test_today_nobody_is_involved_and_nothing_is_asked() -> None:
    state = backed(0, 0)
    load, hours = state[Municipalities].load.copy(), state[DecentralisedOwners].hours.copy()
    for process in (politicians.ASK, politicians.INVOLVE):
        process.rule(state, parameters(), Dice())
    assert np.array_equal(state[Municipalities].load, load)
    assert np.array_equal(state[DecentralisedOwners].hours, hours)
    assert not state[Municipalities].backing.any()
    assert not state[Municipalities].continuity.any()


def test_without_the_scheme_no_council_is_involved() -> None:
    state = backed(0, 0)
    politicians.involve(state, parameters(decentralised__active=False, **INVOLVED), Dice())
    assert not state[Municipalities].backing.any()


def test_a_council_secures_the_own_contribution_where_means_are_small() -> None:
    part = []
    for backing in (0.0, 1.0):
        state = backed(0.0, backing)
        grants.hand_out(
            state, parameters(decentralised__hierarchy_share=0.0, decentralised__market_share=1.0), Dice()
        )
        part.append(state[DecentralisedOwners].grant_nok[1])
    # small: 1000 / 1900; taken up 1 - 0.5 x 0.526, and 1 - 0.5 x 0.6 x 0.526, against 0.9 of the large one's claim
    assert part[1] > part[0]


def test_a_council_sets_part_of_the_analysis_aside() -> None:
    p = parameters()
    alone, swayed = (measures.followed(0.5, 0.5, 0.7, backing, p[Partners], A) for backing in (0.0, 1.0))
    assert swayed / alone == pytest.approx(0.9)


def test_follow_up_is_anchored_faster_where_the_council_stands_behind_it() -> None:
    anchored = []
    for backing in (0.0, 1.0):
        state = small_world(2021, Season.SPRING)
        f = state[FollowUpOwners]
        f.phase[0], f.half_years[0], f.effort[:], f.guide_match[:] = Phase.PREPHASE, 1, 0.4, 0.7
        state[Municipalities].backing[0] = backing
        prephase.work(state, parameters(), Dice())
        anchored.append(f.anchoring[0])
    # 0.8 / 2 x 0.4, and a quarter more
    assert anchored == pytest.approx([0.16, 0.2])
