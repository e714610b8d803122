"""Groups across schools: who joins them, how well they fit, and what the staff room misses [D9]."""

from __future__ import annotations

import numpy as np
import pytest

from sim.schemes.decentralised import collective, measures
from sim.schemes.decentralised.assumptions import Collective
from sim.schemes.decentralised.state import DecentralisedSchools
from sim.state import State
from sim.state.schools import Schools
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, parameters

P = parameters(decentralised__flexible_collective=1.0)
A = P[Collective]


def test_the_smaller_the_school_the_more_of_those_left_out_join() -> None:
    # of 0.7 left out, four tenths in a very small school; half of that at ten teachers, a quarter at thirty
    assert [collective.joining(0.3, n, 1.0, A) for n in (0, 10, 30)] == pytest.approx([0.28, 0.14, 0.07])
    assert [collective.joining(0.3, n, 0.5, A) for n in (0, 10, 30)] == pytest.approx([0.14, 0.07, 0.035])


def test_nobody_joins_where_everybody_is_taken_along_or_groups_do_not_count() -> None:
    assert collective.joining(1.0, 1, 1.0, A) == 0
    assert collective.joining(0.3, 1, 0.0, A) == 0


def test_fit_is_that_of_the_own_measure_and_of_the_groups_by_who_is_where() -> None:
    assert collective.blended(0.4, 0.5, 0.25) == pytest.approx(0.425)


def begun(flexible: float) -> State:
    state = small_scheme()
    p = parameters(decentralised__flexible_collective=flexible)
    state[DecentralisedSchools].in_measure[[0, 2]] = False
    # the first takes a general theme, the last a subject
    numbers = {100: [0.01, 0.1, 0.9, 0.9], 102: [0.01, 0.9, 0.9, 0.9]}
    measures.begin(state, p, Dice({"a school's next measure": numbers}))
    return state


def test_a_measure_reaches_more_of_a_small_school() -> None:
    none, all_in = begun(0.0)[DecentralisedSchools], begun(1.0)[DecentralisedSchools]
    # five teachers: two thirds of the way; four: 10 / 14
    more = 0.4 * np.array([0.1 * 10 / 15, 0.7 * 10 / 14])
    assert none.coverage[[0, 2]] == pytest.approx([0.9, 0.3])
    assert all_in.coverage[[0, 2]] == pytest.approx(np.array([0.9, 0.3]) + more)
    assert all_in.across[[0, 2]] == pytest.approx(more / (np.array([0.9, 0.3]) + more))
    assert not none.across.any()


def test_groups_by_subject_fit_those_better_whom_a_general_theme_left_out() -> None:
    none, all_in = begun(0.0)[DecentralisedSchools], begun(1.0)[DecentralisedSchools]
    # a general theme fits each by 0.8 of what a subject does
    assert all_in.fit[0] / none.fit[0] == pytest.approx(1 + all_in.across[0] * (1 / 0.8 - 1))
    assert all_in.fit[2] == pytest.approx(none.fit[2])


def test_what_is_learned_elsewhere_is_not_shared_in_the_staff_room() -> None:
    state = small_scheme()
    ds = state[DecentralisedSchools]
    ds.across[:], ds.coverage[:], ds.in_measure[:] = [0.5, 0.0, 0.5], 0.4, [True, True, False]
    collective.scatter(state, P, Dice())
    # a tenth in half a year if all learned elsewhere; a fifth of the staff does
    assert state[Schools].community == pytest.approx([0.5 * (1 - 0.1 * 0.2), 0.5, 0.5])
