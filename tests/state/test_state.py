"""A state holds its tables by class, copies them, and keeps references right when rows move."""

from __future__ import annotations

import numpy as np
import pytest

from sim.schemes.follow_up.state import FollowUpOwners
from sim.state import State
from sim.state.places import Counties, Municipalities, Networks, Offices, UHUnits
from sim.state.schools import Schools, Teachers
from tests.small_world import small_world


def test_tables_are_found_by_their_class() -> None:
    state = small_world()
    assert len(state[Schools]) == 3
    assert Schools in state
    assert sum(1 for _ in state) == 15


def test_a_table_that_is_missing_is_an_error() -> None:
    state = State(small_world().now, [])
    assert Schools not in state
    with pytest.raises(KeyError):
        state[Schools]


def test_an_entity_is_the_table_with_the_identities_not_a_scheme_s() -> None:
    state = small_world()
    assert state.entity("municipalities") is state[Municipalities]
    assert isinstance(state.entity("schools"), Schools)
    with pytest.raises(KeyError):
        state.entity("kindergartens")


def test_a_copy_shares_nothing_with_its_original() -> None:
    state = small_world()
    twin = state.copy()
    assert twin.now == state.now
    for mine, copied in zip(state, twin, strict=True):
        for name, values in mine.arrays().items():
            assert np.array_equal(values, copied.arrays()[name])
            assert not np.shares_memory(values, copied.arrays()[name])
    twin[Schools].fatigue[:] = 0.9
    twin[FollowUpOwners] = FollowUpOwners.blank(7)
    assert state[Schools].fatigue.tolist() == [0, 0, 0]
    assert len(state[FollowUpOwners]) == 2


def test_breaches_are_gathered_from_all_tables() -> None:
    state = small_world()
    state[Schools].fatigue[1] = 1.5
    state[Municipalities].competence[0] = -0.1
    assert state.breaches() == ["Municipalities.competence: -0.1 below 0", "Schools.fatigue: 1.5 above 1"]


def test_references_follow_when_rows_move() -> None:
    state = small_world()
    state.repoint("municipalities", np.array([1, 0]))
    assert state[Schools].municipality.tolist() == [1, 1, 0]
    assert state[Teachers].school.tolist() == small_world()[Teachers].school.tolist()


def test_references_follow_when_rows_become_one() -> None:
    state = small_world()
    state.repoint("municipalities", np.array([0, 0]))
    assert state[Schools].municipality.tolist() == [0, 0, 0]


def test_a_reference_to_nobody_stays_one() -> None:
    state = small_world()
    state[Municipalities].uh_unit[:] = [-1, 1]
    state.repoint("uh_units", np.array([5, 4]))
    assert state[Municipalities].uh_unit.tolist() == [-1, 4]
    assert state[Municipalities].network.tolist() == [0, 1]


def test_every_reference_points_to_an_entity_that_there_is() -> None:
    state = small_world()
    entities = {table.entity for table in state if not table.aligned}
    for kind in (Counties, Offices, Networks, UHUnits, Municipalities, Schools, Teachers):
        for name, declared in kind.columns().items():
            assert declared.refers is None or declared.refers in entities, f"{kind.__name__}.{name}"
