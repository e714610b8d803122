"""Kindergartens and Kompetanseløftet: what does not run is not asked, what runs together is asked once, and upkeep."""

from __future__ import annotations

import pytest

from sim.parameters.declaration import Value
from sim.parameters.load import Curriculum, Load
from sim.parameters.registry import Parameters, Registry
from sim.parameters.state_control import StateControl
from sim.processes import load
from sim.schemes.neighbours.parameters import Neighbours
from sim.schemes.neighbours.together import ask, keep_up
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools
from tests.small_world import Dice, small_world


def parameters(**values: Value) -> Parameters:
    assumed: dict[str, Value] = {
        "neighbours.kindergarten": True, "neighbours.inclusion": True, "neighbours.run_together": 0.0,
        "neighbours.kindergarten_part": 0.6, "neighbours.saved": 0.5, "neighbours.synergy": 0.2,
        "neighbours.agenda": 0.2,
        "load.ordinary_fte": 0.1, "load.ordinary_fte_per_school": 0.05, "load.other_schemes_fte": 0.05,
    }  # fmt: skip
    changed = {f"neighbours.{field}": value for field, value in values.items()}
    return Parameters(Registry([Load, Curriculum, StateControl, Neighbours]), assumed | changed)


@pytest.mark.parametrize(
    ("values", "fte"),
    [
        ({}, 0.05),
        ({"inclusion": False}, 0.03),
        ({"kindergarten": False}, 0.02),
        ({"kindergarten": False, "inclusion": False}, 0.0),
        ({"run_together": 1.0}, 0.025),
        ({"run_together": 0.5, "inclusion": False}, 0.0225),
    ],
)
def test_what_both_ask_is_taken_off_as_far_as_it_does_not_run_or_runs_together(
    values: dict[str, Value], fte: float
) -> None:
    state = small_world()
    p = parameters(**values)
    load.ask(state, p, Dice())
    ask(state, p, Dice())
    # two schools and a man-year; one school and a quarter of one
    assert state[Municipalities].load == pytest.approx([0.2 + fte, 4 * (0.15 + fte)])


def test_one_forum_for_all_has_less_time_for_schools() -> None:
    for values, taken in (
        ({}, 0.0),
        ({"run_together": 1.0}, 0.2),
        ({"run_together": 0.5, "inclusion": False}, 0.06),
    ):
        state = small_world()
        ask(state, parameters(**values), Dice())
        assert state[Offices].shared_agenda == pytest.approx(taken)


def test_one_plan_keeps_up_what_schools_changed_by_the_owner_s_competence() -> None:
    state = small_world()
    state[Schools].upkeep[:] = [0.5, 0.0, 0.0]
    keep_up(state, parameters(run_together=0.5), Dice())
    # 0.2 x 0.5 x competence 0.6 and 0.4, joined to what is held already
    assert state[Schools].upkeep == pytest.approx([1 - 0.5 * 0.94, 0.06, 0.04])
    keep_up(state, parameters(run_together=0.5, kindergarten=False, inclusion=False), Dice())
    assert state[Schools].upkeep == pytest.approx([0.53, 0.06, 0.04])


def test_schemes_that_are_run_apart_hold_nothing_up() -> None:
    state = small_world()
    keep_up(state, parameters(), Dice())
    assert not state[Schools].upkeep.any()
