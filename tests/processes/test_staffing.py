"""Posts follow pupils, needs and economy, and come and go one by one."""

from __future__ import annotations

import numpy as np
import pytest

from sim.parameters.society import Society
from sim.processes import staffing, turnover
from sim.processes.staffing import by_size, called_for, usual_posts
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers, pupils_at, staff_mean
from tests.small_world import Dice, parameters, small_world


def with_empty_posts() -> State:
    """The small world, whose first school of five posts has the last two of them empty, and stands at three."""
    state = small_world()
    state[Schools].n_teachers[0], state[Schools].spare[0] = 3, 2
    state[Teachers].held[3:5] = False
    return state


def test_posts_follow_pupils_economy_and_needs() -> None:
    s = parameters()[Society]
    # 0.3848 x 200^0.8 = 26.672; a school twice as large has 2^0.8 = 1.7411 times as many
    assert usual_posts(200.0, s) == pytest.approx(26.672, abs=1e-3)
    assert usual_posts(400.0, s) == pytest.approx(26.672 * 1.7411, rel=1e-4)
    # Of 4,000 inhabitants, 0.28368 SD below the mean: exp(0.08 x 0.28368)
    assert by_size(4000, s) == pytest.approx(1.02296, abs=1e-5)
    # A tenth more by the economy; one SD of needs is half of the root, 2.5.
    assert called_for(25.0, np.log(1.1), 0.0, s) == pytest.approx(27.5)
    assert called_for(25.0, 0.0, 1.0, s) == pytest.approx(27.5)


def test_posts_come_as_far_as_there_is_room_and_one_always_stays() -> None:
    state, p = with_empty_posts(), parameters()
    schools = state[Schools]
    schools.means[2] = 1.1
    schools.own_posts[:] = [0, -100, 4 - 1.1 * 0.3848 * pupils_at(schools)[2] ** 0.8]
    staffing.plan(state, p, Dice())
    # The first calls for more than five; the second for less than none of its three; the third for the four that it has.
    assert schools.posts_change.tolist() == [2, -2, 0]


def test_economies_and_needs_keep_their_spread_and_are_remembered() -> None:
    state = small_world()
    state[Municipalities].economy[:], state[Schools].needs[:] = 0.04, 1.0
    staffing.plan(state, parameters(), Dice())
    assert state[Municipalities].economy == pytest.approx([0.034, 0.034])
    assert state[Schools].needs == pytest.approx([0.85] * 3)
    dice = Dice({"economy of a municipality": {1101: 0.8413447}, "needs of a school": {102: 0.8413447}})
    staffing.plan(state, parameters(), dice)
    # sqrt(1 - 0.85^2) = 0.52678; of 4,000 inhabitants, 0.28368 SD below the mean: 0.085 exp(0.32 x 0.28368) = 0.09308
    assert state[Municipalities].economy == pytest.approx([0.0289 + 0.09308 * 0.52678, 0.0289], abs=1e-5)
    assert state[Schools].needs == pytest.approx([0.7225, 0.7225, 0.7225 + 0.52678], abs=1e-5)


def test_a_post_that_goes_is_a_leaver_s_first_and_then_that_of_whoever_came_last() -> None:
    state = small_world()
    staff, schools = state[Teachers], state[Schools]
    staff.tenure[:5], schools.posts_change[0] = [7, 3, 9, 1, 8], -2
    staff.age[:5] = [41, 42, 43, 44, 45]
    # The first leaves, and is not replaced: the fifth has the first row. Then the fourth goes, who came last.
    turnover.teachers(state, parameters(), Dice({"teacher leaves": {1000: 0.0001}}))
    assert (schools.n_teachers[0], schools.spare[0], schools.posts_change[0]) == (3, 2, 0)
    assert staff.age[:3].tolist() == [46, 43, 44]
    assert staff.tenure[:3].tolist() == [9, 4, 10]
    assert staff.practice[:3].tolist() == [-1.0, 0.5, -0.5]
    assert staff.held[:6].tolist() == [True, True, True, False, False, True]
    assert schools.teacher_turnover[0] == 0
    assert schools.practice[0] == pytest.approx(-1 / 3)
    assert state.breaches() == []


def test_a_post_that_comes_is_filled_and_counts_as_new() -> None:
    state = with_empty_posts()
    staff, schools = state[Teachers], state[Schools]
    schools.posts_change[0] = 1
    turnover.teachers(state, parameters(), Dice({"teacher who comes": {1003: [0.1, 0.5, 0.9, 0.5]}}))
    assert (schools.n_teachers[0], schools.spare[0]) == (4, 1)
    assert staff.held[:5].tolist() == [True] * 4 + [False]
    assert (staff.experience[3], staff.tenure[3]) == (0, 0)
    assert schools.teacher_turnover[0] == pytest.approx(1 / 4)
    assert staff_mean(schools, staff, staff.practice) == pytest.approx(schools.practice)


def test_nobody_in_an_empty_post_is_counted_or_teaches() -> None:
    state = with_empty_posts()
    state[Teachers].practice[3:5] = 50.0
    assert staff_mean(state[Schools], state[Teachers], state[Teachers].practice)[0] == pytest.approx(0)
    turnover.teachers(state, parameters(), Dice())
    assert state[Schools].practice[0] == pytest.approx(0)
