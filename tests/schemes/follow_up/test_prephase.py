"""Half a year of pre-phase, hour by hour [F4-F6, F10]."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters.declaration import Value
from sim.schemes.follow_up.assumptions import Governors, Prephase
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.prephase import (
    hours_needed,
    hours_received,
    involvement_left,
    owner_learning,
    sideways_step,
    stall_chance,
    told_to_guides,
    useful_hours,
    work,
)
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.small_world import Dice, luck, parameters, small_world

PRE = parameters()[Prephase]


def in_prephase(half_years: int = 1) -> State:
    """The first municipality in its pre-phase with a middling team; the second outside."""
    state = small_world()
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.phase[0], f.half_years[0] = Phase.PREPHASE, half_years
    f.guide_match[0], f.takes_over[0], f.effort[0], f.closeness[0] = 0.7, 0.5, 0.4, 0.6
    fs.acceptance[:] = [0.6, 0.8, 0.6]
    return state


def test_guides_give_half_of_the_year_s_hours() -> None:
    assert [hours_received(half_years, 0.0, 250.0, 0.0) for half_years in (0, 1)] == [125, 125]


def test_a_late_start_costs_hours_in_the_first_half_year_only() -> None:
    # 0.3 years late is 0.6 of a half-year; a year late loses the whole of it.
    starts = [(0, 0.3), (1, 0.3), (0, 1.0)]
    hours = [hours_received(half_years, delay, 250.0, 0.0) for half_years, delay in starts]
    assert hours == pytest.approx([50, 125, 0])


def test_the_pandemic_costs_hours() -> None:
    assert hours_received(0, 0.3, 250.0, 0.4) == pytest.approx(30)
    assert hours_received(1, 0.0, 250.0, 0.4) == pytest.approx(75)


def test_guides_who_are_told_the_grounds_begin_with_part_of_the_picture() -> None:
    p = parameters(follow_up__guides_told=0.5, follow_up__guide_hours=0.0)
    # Half told, of grounds that leave a quarter of doubt: 0.5 x 0.2 x 0.75.
    assert told_to_guides(0.25, p[FollowUp], p[Prephase]) == pytest.approx(0.075)
    state = in_prephase(half_years=0)
    state[FollowUpOwners].doubt[0] = 0.25
    work(state, p, Dice())
    # The owner's own analysis is 0.4 x its competence of 0.6; without hours nothing else comes to it.
    assert state[FollowUpOwners].analysis[0] == pytest.approx(0.24 + 0.075 * 0.76)


def test_guides_time_for_the_owner_is_for_the_schools_where_its_staff_is_small() -> None:
    def after(**values: Value) -> tuple[float, float, list[float]]:
        state = in_prephase()
        work(state, parameters(**values), Dice())
        f = state[FollowUpOwners]
        return float(f.analysis[0]), float(f.year_wheel[0]), state[Schools].involvement.tolist()

    on_schools, on_both = after(), after(follow_up__owner_focus=0.5)
    assert on_both[1] > 0 == on_schools[1]
    # The owner has one man-year: below a limit of 1.5, and not below one of 1.
    for limit, same in ((1.5, on_schools), (1.0, on_both)):
        assert after(follow_up__owner_focus=0.5, follow_up__at_school_below_fte=limit) == same


def test_work_stalls_with_a_critical_friend_and_an_owner_that_puts_little_in() -> None:
    g = parameters(follow_up_governors__unclear_stalls=0.5)[Governors]
    ways = ((0, 0), (1, 0), (0, 1), (0.4, 0.5))
    chance = [stall_chance(effort, taken, 1.0, PRE, g) for effort, taken in ways]
    assert chance == pytest.approx([0.3, 0, 0, 0.3 * 0.6 * 0.5])
    # Where roles are not clear at all it is half as likely again.
    assert stall_chance(0, 0, 0.0, PRE, g) == pytest.approx(0.45)


def test_neighbouring_services_are_drawn_in_sooner_where_ways_are_short() -> None:
    pre = parameters(follow_up_prephase__sideways_pace=0.8, follow_up_prephase__short_ways=0.5)[Prephase]
    # usual 4 schools: 0.4 x 0.5 of what is left; one school: 2 x 4 / 5 - 1 = 0.6, so 1.3 times as much
    assert sideways_step(0.5, 4, 0.5, pre) == pytest.approx(0.1)
    assert sideways_step(0.5, 1, 0.5, pre) == pytest.approx(0.13)


def test_hours_needed_grow_with_schools() -> None:
    pre = parameters(follow_up_prephase__hours_power=0.5)[Prephase]
    assert [hours_needed(n, pre) for n in (1, 4, 16)] == pytest.approx([60, 120, 240])


def test_a_close_governor_holds_up_the_fall_of_involvement() -> None:
    g = parameters(follow_up_governors__keeps_involved=0.5)[Governors]
    assert [involvement_left(2, close, PRE, g) for close in (0.0, 1.0)] == pytest.approx(
        [0.5 * 0.7**2, 0.5 * 0.85**2]
    )


def test_a_new_head_and_new_principals_set_the_work_back() -> None:
    state = in_prephase()
    f, owners = state[FollowUpOwners], state[Municipalities]
    f.analysis[0], f.anchoring[0], f.effort[0] = 0.6, 0.4, 0.0
    owners.new_head[0], owners.capacity_fte[0] = True, 0.0
    state[Schools].new_principal[0] = True  # one of its two
    p = parameters(
        follow_up_prephase__head_loses=0.5,
        follow_up_prephase__principals_lose=0.2,
        follow_up__guide_hours=0.0,
    )
    owners.continuity[0] = 0.25
    work(state, p, Dice({"pre-phase stalls": {1101: 0.0}}))
    # Half of what a quarter's routines do not keep: 0.375; of the anchoring a tenth more.
    assert f.analysis[0] == pytest.approx(0.6 * 0.625)
    assert f.anchoring[0] == pytest.approx(0.4 * 0.625 * 0.9)


def test_hours_are_useful_when_they_fit_are_not_lost_to_coordination_and_are_met() -> None:
    offices = ((1.0, 0.6), (0.25, 0.4))  # staff, and how close the governor is
    useful = [useful_hours(100.0, 0.7, staff, close, 0.5, 0.4, PRE) for staff, close in offices]
    # Coordination takes 0.3 x 0.5 / (0.5 + 1) = 0.1 in the large office and 0.2 in the small one; the governor adds 12 %
    # and 8 %; the owner's effort of 0.4 meets half of it, the guides do the other half: 0.7.
    assert useful == pytest.approx([100 * 0.7 * 0.9 * 1.12 * 0.7, 100 * 0.7 * 0.8 * 1.08 * 0.7])


def test_an_owner_learns_by_doing_and_a_little_by_watching() -> None:
    ways = ((0.0, 0.4), (1.0, 0.4), (0.5, 0.4), (0.0, 0.0))  # what guides take over, and effort
    learned = [owner_learning(100.0, 0.7, takes_over, effort, PRE) for takes_over, effort in ways]
    # Guided: 0.7 x (1 - exp(-200 / 120)) = 0.7 x 0.811124 = 0.567787; an eighth of it for each half-year's full doing
    by_doing = np.array([0.4, 0.3 * 0.4, 0.2 + 0.5 * 0.3 * 0.4, 0])
    assert learned == pytest.approx(0.125 * 0.567787 * by_doing, rel=1e-5)


def test_half_a_year_of_pre_phase() -> None:
    state = in_prephase()
    f, owners = state[FollowUpOwners], state[Municipalities]
    f.analysis[0], f.anchoring[0] = 0.3, 0.2
    work(state, parameters(), Dice())
    # Useful hours: 125 x 0.7 x 0.9 x 1.12 x 0.7 = 61.74; exp(-61.74 / 120) = 0.597799
    assert f.analysis == pytest.approx([1 - 0.7 * 0.597799, 0], abs=1e-5)
    assert f.anchoring == pytest.approx([0.2 + 0.4 * 0.4 * 0.8, 0])
    # Guided 0.7 x (1 - exp(-250 / 120)) = 0.7 x 0.875487 = 0.612841; doing 0.26; of the 0.4 that is missing
    assert owners.competence == pytest.approx([0.6 + 0.125 * 0.612841 * 0.26 * 0.4, 0.4], abs=1e-6)
    assert f.guide_hours.tolist() == [125, 0]
    assert f.spent_hours.tolist() == [125 + 75 * 0.4, 0]


def test_where_the_work_stalls_the_analysis_stands_still_and_the_hours_are_gone() -> None:
    state = in_prephase()
    state[FollowUpOwners].analysis[0] = 0.3
    work(state, parameters(), Dice({"pre-phase stalls": {1101: 0.08}}))  # chance 0.09
    assert state[FollowUpOwners].analysis[0] == pytest.approx(0.3)
    assert state[FollowUpOwners].guide_hours[0] == 125


def test_at_the_beginning_guides_come_and_the_owner_brings_what_it_knows() -> None:
    state = in_prephase(half_years=0)
    f = state[FollowUpOwners]
    f.analysis[0], f.anchoring[0], f.guide_hours[0], f.effort[0] = 0.9, 0.9, 500, 0.0
    work(state, parameters(follow_up__takes_over=0.0, follow_up_prephase__takes_over_sd=0.0), Dice())
    # Competence 0.6 x 0.4; an owner that puts nothing in meets no hours of a critical friend.
    assert f.analysis[0] == pytest.approx(0.24)
    assert f.anchoring[0] == 0
    assert f.guide_hours[0] == 125
    assert f.guided.tolist() == [True, False]
    assert f.guide_match[0] == pytest.approx(0.845)  # rows 2 and 3, see test_guides


def test_the_pandemic_slows_the_anchoring_too() -> None:
    state = in_prephase()
    work(state, parameters(pandemic__share_lost=0.5), Dice())
    assert state[FollowUpOwners].anchoring[0] == pytest.approx(0.4 * 0.5 * 0.4)


@pytest.mark.parametrize(("half_years", "left"), [(1, 0.35), (2, 0.245)])
def test_schools_are_drawn_in_by_acceptance_and_ever_less(half_years: int, left: float) -> None:
    state = in_prephase(half_years)
    state[Schools].involvement[:] = [0.0, 0.25, 0.1]
    work(state, parameters(), Dice())
    # 0.5 x 0.7 for each half-year, x acceptance 0.6 and 0.8; where another scheme draws in a quarter, three quarters of
    # that comes on top.
    assert state[Schools].involvement == pytest.approx([left * 0.6, 0.25 + 0.75 * left * 0.8, 0.1])


def test_schools_that_never_accept_are_not_drawn_in() -> None:
    state = in_prephase()
    state[FollowUpSchools].trauma[0] = True
    work(state, parameters(), Dice())
    assert state[Schools].involvement == pytest.approx([0, 0.35 * 0.8, 0])


def test_others_are_not_touched() -> None:
    state = in_prephase()
    state[FollowUpOwners].phase[0] = Phase.IMPLEMENTATION
    before = state.copy()
    work(state, parameters(), luck(state))
    for table, same in zip(state, before, strict=True):
        for name, values in table.arrays().items():
            assert np.array_equal(values, same.arrays()[name])


@given(
    world=st.integers(0, 10_000),
    effort=st.floats(0, 1),
    takes_over=st.floats(0, 1),
    hours=st.floats(0, 2000),
    pandemic=st.floats(0, 1),
)
def test_shares_stay_shares_and_nothing_learned_is_lost(
    world: int, effort: float, takes_over: float, hours: float, pandemic: float
) -> None:
    state = in_prephase(0)
    f, owners = state[FollowUpOwners], state[Municipalities]
    f.phase[:], f.effort[:] = Phase.PREPHASE, effort
    p = parameters(
        follow_up__takes_over=takes_over, follow_up__guide_hours=hours, pandemic__share_lost=pandemic
    )
    for half_year in range(4):
        f.half_years[:] = half_year
        before = f.analysis.copy(), owners.competence.copy()
        work(state, p, luck(state, world))
        assert state.breaches() == []
        assert half_year == 0 or (f.analysis >= before[0]).all()
        assert (owners.competence >= before[1]).all()
        state.now = state.now.next()
