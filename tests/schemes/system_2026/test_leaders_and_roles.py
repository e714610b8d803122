"""Education of leaders and specialised roles: what money buys, and what it takes."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry
from sim.parameters.scope import Scope
from sim.schemes.system_2026.leaders import educate, place_chance
from sim.schemes.system_2026.parameters import Leaders, Roles
from sim.schemes.system_2026.roles import fill, role_share
from sim.schemes.system_2026.state import SystemSchools
from sim.state import State
from sim.state.schools import Schools
from tests.small_world import Dice, filled, small_world


def parameters(**values: Value) -> Parameters:
    assumed: dict[str, Value] = {
        "leaders.grant_nok": 150_000.0, "leaders.place_nok": 100_000.0, "leaders.gain": 0.2, "leaders.away": 0.1,
        "roles.grant_nok": 120_000.0, "roles.role_nok": 80_000.0, "roles.holds": 0.1,
    }  # fmt: skip
    changed = {key.replace("__", "."): value for key, value in values.items()}
    both = {f"system_2026.{field}": value for field, value in (assumed | changed).items()}
    return Parameters(Registry([Scope, Leaders, Roles]), both)


def schools(season: Season = Season.AUTUMN) -> State:
    state = small_world(2026, season)
    state[SystemSchools] = filled(SystemSchools, 3, role_rank=[0.2, 0.4, 0.9])
    state[Schools].leadership[:], state[Schools].occupied[:], state[Schools].upkeep[:] = 0.5, 0.5, 0.5
    return state


DICE = Dice({"principal in education": {100: 0.4, 101: 0.6, 102: 0.9}})


def test_money_buys_places_and_roles() -> None:
    assert place_chance(3, 150_000.0, parameters()[Leaders]) == pytest.approx(0.5)
    assert role_share(3, 120_000.0, parameters()[Roles]) == pytest.approx(0.5)
    assert place_chance(3, 1e9, parameters()[Leaders]) == role_share(3, 1e9, parameters()[Roles]) == 1


def test_principals_learn_and_their_schools_have_less_time() -> None:
    state = schools()
    educate(state, parameters(), DICE)
    assert state[Schools].leadership == pytest.approx([0.6, 0.5, 0.5])
    assert state[Schools].occupied == pytest.approx([0.55, 0.5, 0.5])  # half of the time was taken already
    state.now = state.now.next()
    state[Schools].occupied[:] = 0
    educate(state, parameters(), DICE)
    assert state[Schools].leadership == pytest.approx([0.6, 0.5, 0.5])  # places are for a whole school year
    assert state[Schools].occupied == pytest.approx([0.1, 0, 0])


def test_without_money_nobody_studies() -> None:
    state = schools()
    educate(state, parameters(leaders__grant_nok=0.0), Dice({"principal in education": {100: 0.0}}))
    assert np.all(state[Schools].leadership == 0.5)


def test_a_role_holds_what_was_learned_in_its_school() -> None:
    state = schools()
    fill(state, parameters(), Dice())
    assert state[Schools].upkeep == pytest.approx([0.55, 0.55, 0.5])
