"""The owner's year wheel: set going in the pre-phase, at the schools' cost; it holds, saves, and fades [F6]."""

from __future__ import annotations

import pytest

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.processes import load, turnover
from sim.schemes.follow_up import prephase, year_wheel
from sim.schemes.follow_up.assumptions import YearWheel
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.small_world import Dice, parameters, small_world

A = parameters()[YearWheel]


def guided(focus: float, **values: Value) -> State:
    """After a half-year of pre-phase in the first municipality, with guides that fit by 0.7 and an effort of 0.4."""
    state = small_world(2021, Season.SPRING)
    f = state[FollowUpOwners]
    f.phase[0], f.half_years[0] = Phase.PREPHASE, 1
    f.guide_match[:], f.effort[:], f.takes_over[:], f.analysis[:], f.closeness[:] = 0.7, 0.4, 0.5, 0.3, 0.6
    state[FollowUpSchools].acceptance[:] = 0.6
    prephase.work(state, parameters(follow_up__owner_focus=focus, **values), Dice())
    return state


def test_guide_hours_that_the_owner_meets_set_the_wheel_going() -> None:
    # 125 hours, half of them on the owner: 62.5 x 0.7 x 0.4 = 17.5; 1 - exp(-17.5 / 60) = 0.252982
    wheel = guided(0.5)[FollowUpOwners].year_wheel
    assert wheel == pytest.approx([0.252982, 0], abs=1e-5)


def test_the_owner_learns_by_building_it() -> None:
    gained = (
        guided(0.5)[Municipalities].competence
        - guided(0.5, follow_up_year_wheel__learns=0.0)[Municipalities].competence
    )
    # a tenth of the 0.252982 that has grown, of what is missing after half a year's guiding
    before = guided(0.5, follow_up_year_wheel__learns=0.0)[Municipalities].competence[0]
    assert gained == pytest.approx([0.1 * 0.252982 * (1 - before), 0], abs=1e-6)


def test_what_goes_to_the_owner_does_not_go_to_the_schools() -> None:
    none, half, whole = (guided(focus) for focus in (0.0, 0.5, 1.0))
    analysis = [state[FollowUpOwners].analysis[0] for state in (none, half, whole)]
    # 61.74 useful hours without it, see test_prephase; exp(-30.87 / 120) = 0.773180
    assert analysis == pytest.approx([1 - 0.7 * 0.597799, 1 - 0.7 * 0.773180, 0.3], abs=1e-5)
    involved = [state[Schools].involvement[0] for state in (none, half, whole)]
    assert involved == pytest.approx([0.35 * 0.6, 0.175 * 0.6, 0])


def test_the_hours_spent_are_the_same_whatever_they_go_to() -> None:
    spent = [guided(focus)[FollowUpOwners].spent_hours[0] for focus in (0.0, 1.0)]
    assert spent[0] == spent[1]


def turned(wheel: float, *, new_head: bool = False) -> State:
    state = small_world(2022, Season.AUTUMN)
    p = parameters()
    state[FollowUpOwners].year_wheel[0] = wheel
    state[Municipalities].new_head[0] = new_head
    load.ask(state, p, Dice())
    year_wheel.turn(state, p, Dice())
    return state


def test_it_fades_and_new_heads_give_part_of_it_up() -> None:
    assert turned(0.8)[FollowUpOwners].year_wheel == pytest.approx([0.8 * 0.95, 0])
    assert turned(0.8, new_head=True)[FollowUpOwners].year_wheel == pytest.approx([0.8 * 0.95 * 0.8, 0])


def test_it_saves_ordinary_work() -> None:
    # ordinary work with two schools: 0.1 + 2 x 0.05 = 0.2, less a tenth x 0.76, on one man-year; 0.05 for other schemes
    assert turned(0.8)[Municipalities].load == pytest.approx([0.25 - 0.1 * 0.76 * 0.2, 0.8])


def test_it_holds_part_of_what_a_new_head_would_lose() -> None:
    state = turned(0.8)
    assert state[Municipalities].continuity == pytest.approx([0.4 * 0.76, 0])
    # by staff alone one man-year remembers half: 0.5 + 0.304 x 0.5
    owners = state[Municipalities]
    kept = turnover.kept_by_office(owners.capacity_fte, owners.continuity, 1.0)
    assert kept == pytest.approx([0.652, 0.2])


def test_a_change_of_head_leaves_more_competence_where_the_wheel_turns() -> None:
    left = []
    for wheel in (0.0, 0.8):
        state = turned(wheel)
        turnover.heads(state, parameters(), Dice({"head of schools leaves": {1101: 0.0}}))
        left.append(state[Municipalities].competence[0])
    # the new head is middling, 0.45; of the old 0.6 half stays, or 0.652 of it
    assert left == pytest.approx([0.525, 0.652 * 0.6 + 0.348 * 0.45])


def test_without_it_nothing_is_held_or_saved() -> None:
    state = turned(0.0)
    assert not state[Municipalities].continuity.any()
    assert state[Municipalities].load == pytest.approx([0.25, 0.8])


def test_the_last_half_year_s_continuity_does_not_add_up() -> None:
    state = turned(0.8)
    state[FollowUpOwners].year_wheel[:] = 0
    load.ask(state, parameters(), Dice())
    year_wheel.turn(state, parameters(), Dice())
    assert not state[Municipalities].continuity.any()


def test_a_wheel_never_turns_more_than_whole() -> None:
    grown = [year_wheel.growth(wheel, hours, A) for wheel, hours in ((0.0, 0.0), (0.9, 1e6), (1.0, 60.0))]
    assert grown == pytest.approx([0, 0.1, 0])
