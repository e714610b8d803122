"""The professional community grows with leadership and work, and frays with turnover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters.classroom import Classroom
from sim.processes import community
from sim.processes.community import community_called_for
from sim.state.schools import Schools
from tests.small_world import Dice, parameters, small_world


def test_conditions_call_for_a_community() -> None:
    c = parameters()[Classroom]
    # 0.3 + 0.6 x leadership - 0.8 x turnover + 0.15 x involvement, within 0 and 1
    conditions = [(0, 0, 0), (0.5, 0, 0), (0.5, 0.25, 0), (0.5, 0.25, 1), (1, 0, 1), (0, 0.5, 0)]
    called = [community_called_for(*one, c) for one in conditions]
    assert called == pytest.approx([0.3, 0.6, 0.4, 0.55, 1, 0])


def test_the_community_moves_there_slowly() -> None:
    state = small_world()
    schools = state[Schools]
    schools.teacher_turnover[:] = 0.1
    community.grow(state, parameters(), Dice())
    # Leadership 0.5, 0.8, 0.2 calls for 0.52, 0.70, 0.34; 15 % of the way from 0.5
    assert schools.community == pytest.approx([0.503, 0.53, 0.476])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_community_stays_within_its_bounds(
    begun: float, leadership: float, turnover: float, involvement: float
) -> None:
    state = small_world()
    schools = state[Schools]
    schools.community[:], schools.leadership[:] = begun, leadership
    schools.teacher_turnover[:], schools.involvement[:] = turnover, involvement
    for _ in range(5):
        community.grow(state, parameters(), Dice())
        assert state.breaches() == []
