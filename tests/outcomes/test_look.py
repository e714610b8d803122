from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.outcomes.look import looking_at, once
from sim.outcomes.measures import pupils
from sim.state import State
from tests.experiments.toy import STILL, ToyModel, toy_state

worked: list[State] = []


@once
def counted(state: State) -> Floats:
    """Something that takes long to work out."""
    worked.append(state)
    return np.array([float(len(worked))])


def test_in_a_look_it_is_worked_out_once_and_outside_whenever_asked() -> None:
    worked.clear()
    state = toy_state(ToyModel(STILL).coming)
    with looking_at(state):
        assert [counted(state).item() for _ in range(3)] == [1, 1, 1]
    assert [counted(state).item() for _ in range(2)] == [2, 3]


def test_what_is_found_of_one_state_is_not_told_of_another() -> None:
    worked.clear()
    one, other = toy_state(ToyModel(STILL).coming), toy_state(ToyModel(STILL).coming)
    with looking_at(one):
        assert [counted(one).item(), counted(other).item(), counted(one).item()] == [1, 2, 1]


def test_what_is_asked_otherwise_is_worked_out_anew_named_or_not() -> None:
    taken: list[float] = []

    @once
    def times(_state: State, by: float = 1.0) -> float:
        taken.append(by)
        return 2 * by

    state = toy_state(ToyModel(STILL).coming)
    with looking_at(state):
        assert [times(state), times(state, by=3.0), times(state, 4.0), times(state, by=3.0)] == [2, 6, 8, 6]
    assert taken == [1, 3, 4]


def test_a_look_forgets_when_it_is_over() -> None:
    state = toy_state(ToyModel(STILL).coming)
    with looking_at(state):
        before = pupils(state).total.sum()
    state = state.copy()
    with looking_at(state):
        assert pupils(state).total.sum() == before
