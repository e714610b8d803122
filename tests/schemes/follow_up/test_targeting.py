"""Which schools are named, how far help goes to them, and what it is to be named [OECD 2020; F9]."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import HalfYear, Season
from sim.parameters.registry import Parameters, Registry
from sim.schemes.follow_up import dialogue, implementation, prephase, targeting
from sim.schemes.follow_up.assumptions import Targeting
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_state import SchoolScores
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.state import State
from sim.state.schools import Schools
from tests.small_world import Dice, filled, parameters, small_world


def named(risk: list[float | None], share: float) -> list[bool]:
    """Which of six schools, two of each owner, are named by their risk shares when that share of the nation's is weak."""
    state = State(HalfYear.of(2020, Season.SPRING), [filled(Schools, 6, municipality=[0, 0, 1, 1, 2, 2])])
    state[FollowUpOwners] = filled(FollowUpOwners, 3, phase=Phase.DIALOGUE, last_draw_year=2020)
    state[FollowUpSchools] = FollowUpSchools.blank(6)
    points, possible = [10 * (one or 0) for one in risk], [0 if one is None else 10 for one in risk]
    state[SchoolScores] = filled(
        SchoolScores, 6, risk_points=points, possible_points=possible, scored=np.array(possible) > 0
    )
    p = Parameters(Registry([FollowUp, Draw]), {"follow_up.draw.worst_schools_share": share})
    targeting.name(state, p, Dice())
    found: list[bool] = state[FollowUpSchools].named.tolist()
    return found


def test_named_are_the_nation_s_weakest_or_the_owner_s_weakest_or_all() -> None:
    # the first owner has two of the weakest; the second none, so its weaker one; of the third nothing is known
    assert named([0.8, 0.9, 0.2, 0.1, None, None], 0.4) == [True, True, True, False, True, True]


def test_of_equals_all_are_named() -> None:
    assert all(named([0.3] * 6, 0.01))


def drawn(targeted: float) -> State:
    """Spring 2020: the first municipality has been drawn; its first school is weak, its second is not."""
    state = small_world(2020, Season.SPRING)
    f = state[FollowUpOwners]
    f.phase[0], f.last_draw_year[0] = Phase.DIALOGUE, 2020
    state[SchoolScores] = filled(SchoolScores, 3, risk_points=[30, 3, 20], possible_points=50, scored=True)
    registry = Registry([FollowUp, Draw])
    p = Parameters(
        registry, {"follow_up.help_targeted": targeted, "follow_up.draw.worst_schools_share": 0.25}
    )
    targeting.name(state, p, Dice())
    return state


def test_help_goes_to_those_named_as_far_as_the_lever_says() -> None:
    fs = drawn(0.8)[FollowUpSchools]
    assert fs.named.tolist() == [True, False, False]
    assert fs.help == pytest.approx([1, 0.2, 1])  # the last one's owner was not drawn


def test_today_help_is_for_all() -> None:
    fs = drawn(0.0)[FollowUpSchools]
    assert fs.named.tolist() == [True, False, False]
    assert fs.help.tolist() == [1, 1, 1]


def test_those_named_feel_blamed() -> None:
    p = parameters(follow_up__help_targeted=0.5)
    added = [targeting.added_stigma(is_named, p[FollowUp], p[Targeting]) for is_named in (True, False)]
    assert added == pytest.approx([0.1, 0])
    accepted = []
    for targeted in (0.0, 0.5):
        state = drawn(targeted)
        dialogue.meet(state, parameters(follow_up__help_targeted=targeted), Dice())
        accepted.append(state[FollowUpSchools].acceptance)
    # a quarter of the stigma is taken from acceptance
    assert accepted[0] - accepted[1] == pytest.approx([0.025, 0, 0])


def helped(*share: float) -> State:
    """After half a year of implementation in the first municipality."""
    state = small_world(2022, Season.SPRING)
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.phase[0], f.half_years[0], f.guided[0] = Phase.IMPLEMENTATION, 2, True
    f.effort[:], f.plan_fit[:], f.provider_quality[:], f.spent_nok[:] = 0.5, 0.5, 0.5, 16_000
    fs.acceptance[:], fs.stage[:], fs.help[:] = 0.6, 2.0, share
    implementation.carry_out(state, parameters(), Dice())
    return state


def test_the_money_reaches_further_where_it_goes_to_fewer() -> None:
    # five teachers and three: 32,000 kroner for eight, or for five
    all_schools, one = helped(1, 1, 1)[Schools].learning, helped(1, 0, 1)[Schools].learning
    assert one[0] / all_schools[0] == pytest.approx((1 - np.exp(-32 / 20)) / (1 - np.exp(-32 / 32)))
    assert one[1] == 0


def test_schools_that_help_is_not_for_are_left_as_they_were() -> None:
    state = helped(1, 0, 1)
    schools, fs = state[Schools], state[FollowUpSchools]
    assert fs.stage == pytest.approx([2.5 - 0.0, 2.0, 2.0])
    assert schools.involvement[1] == schools.upkeep[1] == 0
    assert schools.community.tolist()[1:] == [0.5, 0.5]
    assert schools.community[0] > 0.5


def test_their_teachers_spend_no_hours_on_it() -> None:
    some, none = (
        helped(1, 1, 1)[FollowUpOwners].spent_hours[0],
        helped(0, 0, 1)[FollowUpOwners].spent_hours[0],
    )
    assert none == pytest.approx(30)  # the owner's own
    assert some > none


def test_the_pre_phase_draws_in_those_whom_help_is_for() -> None:
    state = small_world(2021, Season.SPRING)
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.phase[0], f.half_years[0] = Phase.PREPHASE, 1
    fs.acceptance[:], fs.help[:] = 0.6, [1.0, 0.5, 1.0]
    prephase.work(state, parameters(), Dice())
    involved = state[Schools].involvement
    assert involved[1] == pytest.approx(involved[0] / 2)
    assert involved[0] > 0
