"""Who leaves, who comes, and what of an owner's competence outlives a change of head."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.half_year import Season
from sim.parameters.turnover import Turnover
from sim.processes import practice, turnover
from sim.processes.turnover import memory_share, school_exit, teacher_exit_chance
from sim.state import State
from sim.state.places import Centrality, Municipalities
from sim.state.schools import Schools, Teachers
from tests.small_world import Dice, filled, luck, parameters, small_world, with_one_more_teacher

FALSE_ALARM = 1e-6  # chance that a test of a rate fails although the rate is right


def test_the_young_leave_more_often_the_settled_less_and_the_old_retire() -> None:
    # A tenth of teachers leave: x 1.6 up to three years of experience, x 0.8 from 6 to 25 years; from 62 at least a
    # quarter retire, and at 69 everybody does, for nobody is to teach at 70.
    experience = (0, 3, 4, 5, 6, 25, 26, 30, 30, 1)
    age = (24, 27, 30, 31, 40, 50, 55, 62, 69, 64)
    t = parameters()[Turnover]
    chance = [teacher_exit_chance(0.1, years, old, t) for years, old in zip(experience, age, strict=True)]
    assert chance == pytest.approx([0.16, 0.16, 0.1, 0.1, 0.08, 0.08, 0.1, 0.25, 1, 0.25])


@given(base=st.floats(0, 1), experience=st.floats(0, 50), age=st.floats(20, 75))
def test_the_chance_of_leaving_is_a_chance(base: float, experience: float, age: float) -> None:
    assert 0 <= teacher_exit_chance(base, experience, age, parameters()[Turnover]) <= 1


def test_teachers_leave_more_often_in_remote_places_and_tired_staff_rooms() -> None:
    t = parameters()[Turnover]
    # Central 0.11, remote 0.18; 30 % more where the staff room is wholly tired.
    assert school_exit(Centrality.CENTRAL, 0.0, t) == pytest.approx(0.11)
    assert school_exit(Centrality.CENTRAL, 1.0, t) == pytest.approx(0.11 * 1.3)
    assert school_exit(Centrality.REMOTE, 0.5, t) == pytest.approx(0.18 * 1.15)


def test_where_nobody_leaves_everybody_is_a_year_older() -> None:
    state = small_world()
    turnover.teachers(state, parameters(), Dice())
    staff = state[Teachers]
    assert staff.age.tolist() == [41] * 12
    assert staff.experience.tolist() == [11] * 12
    assert staff.tenure.tolist() == [6] * 12
    assert staff.practice.tolist() == small_world()[Teachers].practice.tolist()
    assert state[Schools].teacher_turnover.tolist() == [0, 0, 0]


def test_a_successor_comes_from_another_school() -> None:
    state = small_world()
    state[Teachers].baseline[5:8] = [
        0.6,
        0.3,
        0.0,
    ]  # school 1, whose norm is 0.25 whoever happens to teach there
    state[Schools].norm[1] = 0.25
    state[Teachers].practice[5:8] = [1.0, 0.3, 0.2]
    numbers = [0.9, 0.5, 0.5, 0.5]  # experienced; middling experience; qualified; middling practice
    turnover.teachers(
        state, parameters(), Dice({"teacher leaves": {1005: 0.01}, "teacher who comes": {1005: numbers}})
    )
    staff, schools = state[Teachers], state[Schools]
    # Twice 8 years x 0.5 = 8 years of experience, age 23 + 8 + 8 x 0.5 = 35.
    assert (staff.experience[5], staff.age[5], staff.tenure[5]) == (8, 35, 0)
    # The norm, and 0.4 x 0.1 more, because a tenth of the nation's are unqualified and lie 0.4 below the others, so that
    # qualified ones lie 0.04 above the mean.
    assert staff.qualified[5]
    assert staff.baseline[5] == pytest.approx(0.29)
    assert staff.practice[5] == pytest.approx(0.29)
    assert staff.ownership[5] == 0.4
    assert schools.teacher_turnover == pytest.approx([0, 1 / 3, 0])
    assert schools.practice[1] == pytest.approx((0.29 + 0.3 + 0.2) / 3)
    assert staff.id.tolist() == small_world()[Teachers].id.tolist()


def test_a_newcomer_to_the_profession_is_young_and_starts_below_what_she_settles_at() -> None:
    state = small_world()
    numbers = [0.1, 0.5, 0.05, 0.8413447]  # new; middling age; not qualified, for 0.05 < 0.1; one SD above
    turnover.teachers(
        state, parameters(), Dice({"teacher leaves": {1005: 0.01}, "teacher who comes": {1005: numbers}})
    )
    staff = state[Teachers]
    assert (staff.experience[5], staff.age[5]) == (0, 27)
    assert not staff.qualified[5]
    # 0 + 0.4 x (0.1 - 1) + sqrt(0.85 - 0.4^2 x 0.1 x 0.9) x 1 = -0.36 + sqrt(0.8356) = 0.55411; a quarter less to begin with
    assert staff.baseline[5] == pytest.approx(0.55411, abs=1e-4)
    assert staff.practice[5] == pytest.approx(0.30411, abs=1e-4)


def test_an_experienced_successor_is_hired_before_retirement_age() -> None:
    state = small_world()
    numbers = [0.9, 0.9, 0.5, 0.5]
    p = parameters(society__successor_experience=30.0)
    turnover.teachers(
        state, p, Dice({"teacher leaves": {1000: 0.0001}, "teacher who comes": {1000: numbers}})
    )
    assert state[Teachers].age[0] == 61  # 23 + 54 + 7.2, cut off at the year before 62


def test_nobody_teaches_beyond_seventy() -> None:
    state = small_world()
    state[Teachers].age[:] = np.arange(59, 71) - 1
    for _ in range(12):
        turnover.teachers(state, parameters(), luck(state))
        assert state[Teachers].age.max() < 70
        assert state.breaches() == []
        state.now = state.now.next().next()


def crowd(n: int) -> State:
    """One central school with very many teachers, all settled, in the first municipality."""
    state = small_world()
    state[Schools] = state[Schools].take(np.array([0]))
    state[Schools].n_teachers[:] = n
    state[Teachers] = filled(Teachers, n, id=np.arange(n), age=40, experience=4, tenure=2, qualified=True)
    return state


@pytest.mark.parametrize(
    ("experience", "age", "fatigue", "chance"),
    [(4, 40, 0.0, 0.11), (0, 24, 0.0, 0.176), (10, 40, 0.0, 0.088), (30, 63, 0.0, 0.25), (4, 40, 1.0, 0.143)],
)
def test_teachers_leave_at_the_stated_rate(experience: int, age: int, fatigue: float, chance: float) -> None:
    n = 20_000
    state = crowd(n)
    state[Teachers].experience[:], state[Teachers].age[:] = experience, age
    state[Schools].fatigue[:] = fatigue
    turnover.teachers(state, parameters(), luck(state))
    left = round(state[Schools].teacher_turnover[0] * n)
    low, high = (float(stats.binom.ppf(q, n, chance)) for q in (FALSE_ALARM / 2, 1 - FALSE_ALARM / 2))
    assert low <= left <= high
    assert (state[Teachers].tenure == 0).sum() == left


def test_successors_are_as_declared_on_average() -> None:
    n = 20_000
    state = crowd(n)
    state[Teachers].age[:] = 69  # all leave
    turnover.teachers(state, parameters(), luck(state))
    staff = state[Teachers]
    z = stats.norm.ppf(1 - FALSE_ALARM / 2)
    assert abs((staff.experience == 0).mean() - 0.35) < z * np.sqrt(0.35 * 0.65 / n)
    assert abs(staff.qualified.mean() - 0.9) < z * np.sqrt(0.9 * 0.1 / n)
    # The gap between qualified and unqualified cancels out, and what it spreads is part of the 0.85 inside schools.
    assert abs(staff.baseline.mean()) < z * np.sqrt(0.85 / n)
    assert staff.baseline.var() == pytest.approx(0.85, abs=z * 0.85 * np.sqrt(2 / n))


@given(world=st.integers(0, 10_000))
def test_posts_are_conserved_and_stay_sorted_by_school(world: int) -> None:
    state = small_world()
    before = state[Teachers].copy()
    for _ in range(3):
        turnover.teachers(state, parameters(), luck(state, world))
        state.now = state.now.next().next()
    staff = state[Teachers]
    assert staff.id.tolist() == before.id.tolist()
    assert staff.school.tolist() == before.school.tolist() == sorted(before.school.tolist())
    assert state.breaches() == []


def test_one_more_teacher_changes_nobody_in_other_schools_and_nobody_s_leaving() -> None:
    one, other = small_world(), with_one_more_teacher(small_world(), school=1)
    p = parameters()
    for state in (one, other):
        for _ in range(4):
            turnover.teachers(state, p, luck(state))
            state[Schools].learning[:] = 0.1
            practice.work(state, p, luck(state))
            state.now = state.now.next().next()
    others = np.isin(other[Teachers].id, one[Teachers].id)
    for name, values in one[Teachers].arrays().items():
        again = other[Teachers].arrays()[name][others]
        unrelated = one[Teachers].school != 1
        assert np.array_equal(again[unrelated], values[unrelated]), name
    # In the school itself practice rubs off, but who left and who came for it is the same.
    for name in ("age", "experience", "tenure", "qualified"):
        assert np.array_equal(other[Teachers].arrays()[name][others], one[Teachers].arrays()[name]), name
    assert one[Teachers].tenure.min() < 4  # somebody did leave


def test_principals_leave_more_often_in_remote_places() -> None:
    # 0.12 a year, x 1.35 = 0.162 in remote ones: 0.13 is luck enough to stay in the first two, not in the third.
    state = small_world()
    turnover.principals(state, parameters(), Dice({"principal leaves": {100: 0.13, 101: 0.11, 102: 0.16}}))
    assert state[Schools].new_principal.tolist() == [False, True, True]
    assert state[Schools].principal_tenure.tolist() == [5, 0, 0]


def test_a_new_principal_brings_other_leadership_and_shakes_the_staff_room() -> None:
    state = small_world()
    dice = Dice({"principal leaves": {101: 0.01, 102: 0.01}, "principal who comes": {102: 0.8413447}})
    turnover.principals(state, parameters(), dice)
    # Middling leadership is 0.5; one SD above is 0.68. A tenth of the community goes.
    assert state[Schools].leadership == pytest.approx([0.5, 0.5, 0.68], abs=1e-6)
    assert state[Schools].community == pytest.approx([0.5, 0.45, 0.45])


def test_what_an_office_remembers_rests_on_its_staff() -> None:
    assert memory_share(np.array([0.0, 0.25, 1.0, 3.0]), 1.0) == pytest.approx([0, 0.2, 0.5, 0.75])


def test_a_change_of_head_costs_a_small_office_most_of_its_competence() -> None:
    state = small_world()
    state[Municipalities].competence[:] = 0.9
    turnover.heads(state, parameters(), Dice({"head of schools leaves": {1101: 0.01, 4601: 0.01}}))
    owners = state[Municipalities]
    # The successor has 0.45. A man-year keeps half of the old 0.9: 0.675; a quarter of one keeps a fifth: 0.54.
    assert owners.competence == pytest.approx([0.675, 0.54])
    assert owners.new_head.tolist() == [True, True]
    assert owners.head_tenure.tolist() == [0, 0]


def test_a_head_who_stays_keeps_everything() -> None:
    state = small_world()
    turnover.heads(state, parameters(), Dice({"head of schools leaves": {1101: 0.14, 4601: 0.14}}))
    assert state[Municipalities].competence.tolist() == [0.6, 0.4]
    assert state[Municipalities].head_tenure.tolist() == [6, 3]
    assert not state[Municipalities].new_head.any()


def test_in_spring_nobody_is_new_any_more() -> None:
    state = small_world(2021, Season.SPRING)
    state[Schools].new_principal[:] = True
    state[Municipalities].new_head[:] = True
    turnover.forget_changes(state, parameters(), Dice())
    assert not state[Schools].new_principal.any()
    assert not state[Municipalities].new_head.any()


@pytest.mark.parametrize("told", [{}, {1005: 0.01}, {1000 + i: 0.0001 for i in range(12)}])
def test_one_all_or_none_may_leave(told: dict[int, float]) -> None:
    state = small_world()
    comes = {identity: [0.1, 0.7, 0.05, 0.8] for identity in told}
    turnover.teachers(state, parameters(), Dice({"teacher leaves": told, "teacher who comes": comes}))
    assert (state[Teachers].tenure == 0).sum() == len(told)
    assert state[Schools].teacher_turnover @ state[Schools].n_teachers == pytest.approx(len(told))
