"""What a teacher learns, passes on and loses, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters.classroom import Classroom
from sim.processes import practice
from sim.processes.practice import fading_share, gain, owned, shared
from sim.state.schools import Schools, Teachers
from tests.small_world import Dice, luck, parameters, small_world, with_one_more_teacher


def test_ownership_moves_halfway_in_two_years_to_what_involvement_calls_for() -> None:
    state = small_world()
    state[Schools].learning[:] = [0.1, 0.1, 0]
    state[Schools].involvement[:] = [0.8, 0.2, 1.0]
    practice.work(state, parameters(), Dice())
    # From 0.4, a quarter of the way each half-year: to 0.8 it is 0.5; it does not fall below where it rests without any work.
    assert state[Teachers].ownership == pytest.approx([0.5] * 5 + [0.4] * 7)


def test_ownership_falls_back_at_the_same_pace_when_nothing_goes_on() -> None:
    state = small_world()
    state[Teachers].ownership[:] = 1.0
    practice.work(state, parameters(), Dice())
    # a quarter of the way from 1 to 0.4
    assert state[Teachers].ownership == pytest.approx([0.85] * 12)


@given(st.floats(0, 1), st.floats(0, 1))
def test_no_work_is_never_owned_more_than_work_with_little_involvement(
    involvement: float, rests: float
) -> None:
    c = parameters(classroom__ownership_start=rests)[Classroom]
    assert owned(busy=False, involvement=involvement, c=c) == rests
    assert owned(busy=True, involvement=involvement, c=c) == max(involvement, rests)


def test_a_gain_rests_in_part_on_ownership() -> None:
    # 0.1 x (0.4 + 0.6 x ownership against the usual)
    assert [gain(0.1, owned, 0.6) for owned in (0, 0.5, 1, 2)] == pytest.approx([0.04, 0.07, 0.1, 0.16])


def test_teachers_learn_what_is_offered_less_what_tiredness_costs() -> None:
    state = small_world()
    state[Schools].learning[:] = [0.1, 0.1, 0]
    state[Schools].fatigue[:] = [0, 1, 1]
    state[Teachers].ownership[0] = 0.8
    before = state[Teachers].practice.copy()
    alone = parameters(classroom__ownership_follows=0.0, classroom__peer_pull=0.0, classroom__half_life=0.5)
    practice.work(state, alone, Dice())
    # At the usual ownership of 0.4 teachers take all of 0.1, at twice that 0.4 + 0.6 x 2 = 1.6 times as much; in a
    # wholly tired staff room half of it is lost. Half of what is learned fades in half a year.
    gained = state[Teachers].practice - before
    assert gained == pytest.approx([0.08] + [0.05] * 4 + [0.025] * 3 + [0] * 4)


def test_colleagues_draw_each_other_towards_the_mean_change() -> None:
    state = small_world()
    staff = state[Teachers]
    # Baselines: [0, 0.5, -0.5, 1, -1], [0.3, 0, -0.3], [0.2, -0.2, 0.4, -0.4]
    staff.practice[:5] += [0.5, 0, 0, 0, 0]
    staff.practice[5:8] += [0.6, 0.3, 0]
    staff.practice[8:] += [0.4, 0, 0, -0.4]
    state[Schools].community[:] = [0, 0.5, 1]
    practice.work(state, parameters(classroom__peer_pull=0.2, classroom__half_life=0.5), Dice())
    # Half of what the changes then are fades; baselines' differences stay.
    assert staff.practice[:5] == pytest.approx([0.25, 0.5, -0.5, 1, -1])  # no community, no pull
    # 0.2 at the middling community of 0.5 is 0.1: 0.03 of the 0.3 to the mean change of 0.3
    assert staff.practice[5:8] == pytest.approx([0.3 + 0.57 / 2, 0.3 / 2, -0.3 + 0.03 / 2])
    # 0.2 at full community, towards a mean change of 0
    assert staff.practice[8:] == pytest.approx([0.2 + 0.32 / 2, -0.2, 0.4, -0.4 - 0.32 / 2])


@pytest.mark.parametrize("upkeep", [0.0, 0.3, 1.0])
def test_where_nothing_is_learned_and_nobody_comes_nothing_moves(upkeep: float) -> None:
    state = small_world()
    state[Schools].upkeep[:], state[Schools].community[:] = upkeep, 1.0
    before = state[Teachers].practice.copy()
    for _ in range(20):
        practice.work(state, parameters(classroom__peer_pull=0.3), luck(state))
        state.now = state.now.next()
    assert np.array_equal(state[Teachers].practice, before)
    assert np.array_equal(state[Teachers].baseline, before)
    assert state[Schools].practice == pytest.approx([0, 0, 0])


def test_half_of_a_change_fades_in_the_half_life() -> None:
    assert (1 - fading_share(2.0)) ** 4 == pytest.approx(0.5)
    assert fading_share(0.5) == pytest.approx(0.5)


def test_a_change_fades_and_upkeep_holds_it_off() -> None:
    state = small_world()
    state[Teachers].baseline[:] = 0
    state[Teachers].practice[:] = 1.0
    state[Schools].upkeep[:] = [0, 1, 0.5]
    practice.work(state, parameters(classroom__half_life=0.5), Dice())
    # Half fades in half a year; full upkeep holds off 70 % of that, half upkeep 35 %.
    assert state[Teachers].practice == pytest.approx([0.5] * 5 + [0.85] * 3 + [0.675] * 4)
    assert state[Schools].practice == pytest.approx([0.5, 0.85, 0.675])


def test_upkeep_keeps_nobody_below_her_own_baseline() -> None:
    state = small_world()
    state[Teachers].baseline[:], state[Teachers].practice[:] = 0, -1
    state[Schools].upkeep[:] = 1
    practice.work(state, parameters(classroom__half_life=0.5), Dice())
    assert state[Teachers].practice == pytest.approx([-0.5] * 12)


@given(pull=st.floats(0, 0.3), changes=st.lists(st.floats(-6, 6), min_size=1, max_size=12))
def test_sharing_leaves_the_mean_change_and_narrows_its_spread(pull: float, changes: list[float]) -> None:
    before = np.array(changes)
    after = np.array([shared(change, before.mean(), pull) for change in changes])
    assert after.mean() == pytest.approx(before.mean(), abs=1e-9)
    assert after.std() <= before.std() + 1e-9


@given(
    learning=st.floats(0, 0.4),
    involvement=st.floats(0, 1),
    fatigue=st.floats(0, 1),
    upkeep=st.floats(0, 1),
    community=st.floats(0, 1),
)
def test_shares_stay_shares_and_without_peers_no_school_gains_more_than_its_teachers_can_take(
    learning: float, involvement: float, fatigue: float, upkeep: float, community: float
) -> None:
    state = small_world()
    schools = state[Schools]
    schools.learning[:], schools.involvement[:], schools.fatigue[:] = learning, involvement, fatigue
    schools.upkeep[:], schools.community[:] = upkeep, community
    alone = state.copy()
    practice.work(state, parameters(), Dice())
    practice.work(alone, parameters(classroom__peer_pull=0.0), Dice())
    assert state.breaches() == alone.breaches() == []
    most = 0.4 + 0.6 / 0.4  # at full ownership, 2.5 times the usual
    assert (alone[Schools].practice <= most * learning + 1e-9).all()  # from a mean of 0


def test_one_more_teacher_changes_nobody_in_other_schools() -> None:
    one, other = small_world(), with_one_more_teacher(small_world(), school=0)
    for state in (one, other):
        state[Schools].learning[:] = 0.1
        practice.work(state, parameters(), luck(state))
    assert np.array_equal(other[Teachers].practice[6:], one[Teachers].practice[5:])
    assert np.array_equal(other[Schools].practice[1:], one[Schools].practice[1:])
    assert other[Schools].practice[0] > one[Schools].practice[0]  # the new colleague is better than the mean
