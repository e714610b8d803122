"""Guidance of new teachers: who gets the money, and what it gives."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry
from sim.parameters.scope import Scope
from sim.schemes.system_2026.new_teachers import applies, guide
from sim.schemes.system_2026.parameters import NewTeachers
from sim.schemes.system_2026.state import SystemOwners
from sim.state import State
from sim.state.schools import Teachers
from tests.small_world import Dice, small_world


def parameters(**values: Value) -> Parameters:
    assumed: dict[str, Value] = {
        "grant_nok": 20_000.0, "on_application": True, "teacher_nok": 10_000.0, "new_years": 2.0, "gain": 0.5,
        "apply_power": 1.0, "apply_half": 0.25,
    }  # fmt: skip
    both = {f"system_2026.new_teachers.{field}": value for field, value in (assumed | values).items()}
    return Parameters(Registry([Scope, NewTeachers]), both)


def beginners() -> State:
    """Two new teachers with each owner, 0.4 below what they will be able to do."""
    state = small_world(2026, Season.AUTUMN)
    state[SystemOwners] = SystemOwners.blank(2)
    staff = state[Teachers]
    staff.experience[[0, 6, 8, 9]] = 1
    staff.practice[[0, 6, 8, 9]] -= 0.4
    return state


def gained(**values: Value) -> list[float]:
    state = beginners()
    before = state[Teachers].practice.copy()
    guide(state, parameters(**values), Dice())
    found: list[float] = np.round(state[Teachers].practice - before, 6)[[0, 6, 8, 9]].tolist()
    return found


def test_who_has_more_capacity_and_competence_applies_more_often() -> None:
    a = parameters(apply_half=0.5)[NewTeachers]
    assert applies(np.array([0.0, 0.5, 4.5]), a).tolist() == [0, 0.5, 0.9]
    even = parameters(apply_power=0.0)[NewTeachers]
    assert applies(np.array([1.0, 1.0]), even).tolist() == [0.5, 0.5]


def test_those_who_applied_share_the_money_alike() -> None:
    assert gained(apply_half=0.01) == [
        0.1,
        0.1,
        0.1,
        0.1,
    ]  # both all but surely apply, and half of what they want is there
    assert gained(apply_half=10.0) == [0, 0, 0, 0]
    assert gained(apply_half=0.3) == [0.2, 0.2, 0, 0]  # one of the two has the capacity to apply


def test_shared_out_everybody_gets_half() -> None:
    assert gained(on_application=False) == [0.1, 0.1, 0.1, 0.1]
    assert gained(on_application=False, grant_nok=1e9) == [
        0.2,
        0.2,
        0.2,
        0.2,
    ]  # and never more than full guidance


def test_without_money_nobody_is_guided_beyond_the_usual() -> None:
    assert gained(grant_nok=0.0) == [0, 0, 0, 0]


def test_who_is_not_behind_gains_nothing() -> None:
    state = beginners()
    state[Teachers].practice[0] += 1
    guide(state, parameters(), Dice())
    assert state[Teachers].practice[0] == pytest.approx(0.6)
