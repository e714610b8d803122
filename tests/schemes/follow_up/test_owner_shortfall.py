"""The second yardstick: what owners lack, and what governors make of it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.schemes.follow_up.owner_shortfall import (
    CRITERIA,
    SIDES,
    by_common_criteria,
    found_lacking,
    look,
    shortfall,
)
from sim.schemes.follow_up.true_need import governors_judgement
from sim.state import State
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools, Teachers
from tests.small_world import Dice, parameters, small_world

P = parameters(
    state_control__complaints_climate=0.5, state_control__complaints_competence=1.0,
    state_control__complaints_per_1000=2.0,
)  # fmt: skip


def world() -> State:
    """The first owner: two schools on one man-year, one new principal, two of eight teachers new, an old head, competence 0.6;
    the second: one school on a quarter, one of four new, a new head, competence 0.4.
    """
    state = small_world()
    owners, schools, staff = state[Municipalities], state[Schools], state[Teachers]
    owners.capacity_fte[:], owners.head_tenure[:] = [1.0, 0.25], [5, 2]
    owners.competence[:], owners.continuity[:], owners.unqualified[:] = [0.6, 0.4], 0, [0.1, 0.2]
    owners.free_income[:], owners.robek[:] = 60_000, [False, True]
    schools.principal_tenure[:] = [1, 3, 8]
    schools.climate[:] = 0
    schools.climate[2, 2] = -1.0  # absence of bullying
    staff.tenure[:] = 9
    staff.tenure[[0, 6, 11]] = [2, 0, 2]
    return state


def test_what_owners_lack_is_read_from_the_state() -> None:
    state = world()
    facts = np.zeros((2, 9))
    look(state, P, facts=facts)
    # complaints: 2 x exp(-(0.6 - 0.45)) and 2 x exp(0.5 + 0.05), as logarithms
    first = [np.log(2), 0.1, 2 / 8, 0, 1 / 2, -0.6, 0, np.log(2) - 0.15, 0]
    second = [np.log(4), 0.2, 1 / 4, 1, 0, -0.4, 0, np.log(2) + 0.55, 1]
    assert facts == pytest.approx(np.array([first, second]))


def test_five_sides_weigh_the_same_and_a_fact_in_which_all_are_alike_counts_for_nothing() -> None:
    # Of two, each deviation is 1 SD, plus or minus. The second lacks more of capacity (staff and ROBEK, 1), unqualified staff
    # (mean of 1 and 0), heads though not principals (mean of 1 and -1), competence (mean of 1 and 0), complaints (1): 3 in all,
    # over five.
    assert shortfall(world(), P) == pytest.approx([-0.6, 0.6])
    alike = np.zeros(3)
    found_lacking(world(), P, facts=np.ones((3, 9)), weights=SIDES, lacking=alike)
    assert alike.tolist() == [0, 0, 0]
    assert SIDES.sum() == CRITERIA.sum() == pytest.approx(1)


def test_common_criteria_are_read_by_all_alike() -> None:
    # Leaders: 1 and -1, so 0; staff: alike, 0; complaints: 1; economy: ROBEK 1 and income alike, 1/2.
    heard = {"complaints that reach the governor": {1101: 1e-9, 4601: 0.999}}
    found = by_common_criteria(world(), P, Dice(heard))
    assert found == pytest.approx([-1.5 / 4, 1.5 / 4])


@pytest.mark.parametrize(("weight", "expected"), [(0.0, [1, -1]), (1.0, [-1, 1]), (0.75, [-0.5, 0.5])])
def test_governors_mix_results_and_what_owners_lack(weight: float, expected: list[float]) -> None:
    state = world()
    state[Offices].insight[:] = state[Offices].owner_insight[:] = 1.0
    p = parameters(follow_up_draw__shortfall_weight=weight)
    need, lacking = np.array([2.0, 0.0]), np.array([0.1, 0.3])
    assert governors_judgement(state, p, Dice(), need, lacking) == pytest.approx(expected)


def test_each_yardstick_is_heard_with_an_insight_and_an_error_of_its_own() -> None:
    state = world()
    state[Offices].insight[:], state[Offices].owner_insight[:] = 1.0, 0.0
    p = parameters(follow_up_draw__shortfall_weight=0.5, follow_up_draw__governor_owner_sd=2.0)
    dice = Dice({"governor judges what an owner lacks": {1101: 0.84134475}})  # one SD too high
    judged: Floats = governors_judgement(state, p, dice, np.array([2.0, 0.0]), np.array([0.1, 0.3]))
    assert judged == pytest.approx([0.5 * 1 + 0.5 * 2, 0.5 * -1])
