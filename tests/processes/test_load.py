"""What is asked of owners against their capacity, and how staff rooms tire."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters.load import Load
from sim.processes import load
from sim.processes.load import add_load, done_share, fatigue_called_for
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.small_world import Dice, parameters, small_world


def test_the_load_is_ordinary_work_and_other_schemes_over_the_capacity() -> None:
    state = small_world()
    load.ask(state, parameters(), Dice())
    # Two schools: 0.10 + 2 x 0.05 + 0.05 = 0.25 man-years over 1; one school: 0.10 + 0.05 + 0.05 = 0.20 over 0.25
    assert state[Municipalities].load == pytest.approx([0.25, 0.8])


def test_supervision_and_a_new_curriculum_come_on_top() -> None:
    state = small_world()
    state[Municipalities].supervised[0] = True
    load.ask(state, parameters(curriculum__asked_fte_per_school=0.02), Dice())
    # 0.25 + 2 x 0.02 + 0.05 over 1; 0.20 + 0.02 over 0.25
    assert state[Municipalities].load == pytest.approx([0.34, 0.88])


def test_a_new_half_year_begins_with_nothing_offered() -> None:
    state = small_world()
    schools = state[Schools]
    schools.learning[:], schools.upkeep[:], schools.involvement[:] = 0.1, 0.5, 0.7
    load.ask(state, parameters(), Dice())
    for values in (schools.learning, schools.upkeep, schools.involvement):
        assert values.tolist() == [0, 0, 0]


def test_schemes_add_to_the_load() -> None:
    state = small_world()
    add_load(state[Municipalities], np.array([0.5, 0.5]))
    assert state[Municipalities].load == pytest.approx([1.5, 3.0])


def test_beyond_the_capacity_less_of_the_work_gets_done() -> None:
    assert done_share(np.array([0, 0.5, 1, 2, 4])).tolist() == [1, 1, 1, 0.5, 0.25]


def test_staff_rooms_tire_where_their_owner_is_overloaded() -> None:
    state = small_world()
    state[Municipalities].load[:] = [0.5, 3.0]
    load.tire(state, parameters(), Dice())
    # Calls for 0.15 within the capacity and 0.15 + 0.3 x 2 = 0.75 at thrice it; a quarter of the way from 0.
    assert state[Schools].fatigue == pytest.approx([0.0375, 0.0375, 0.1875])


def test_a_lasting_load_ends_in_what_it_calls_for() -> None:
    state = small_world()
    state[Municipalities].load[:] = [0.5, 3.0]
    for _ in range(200):
        load.tire(state, parameters(), Dice())
    assert state[Schools].fatigue == pytest.approx([0.15, 0.15, 0.75])


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_shares_are_shares_whatever_the_load(values: list[float]) -> None:
    loads = np.array(values)
    tired = np.array([fatigue_called_for(one, parameters()[Load]) for one in values])
    for share in (done_share(loads), tired):
        assert share.min() >= 0
        assert share.max() <= 1
    assert (done_share(loads) * loads <= loads.clip(max=1) + 1e-9).all()  # nobody does more than the capacity
