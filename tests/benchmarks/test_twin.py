"""The plain-Mesa twin is an oracle: fed with the same numbers, it and the columnar model agree teacher by teacher."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.fast_twin import FastTwin
from benchmarks.idiomatic_twin import IdiomaticTwin
from benchmarks.inputs import RecordedModel
from benchmarks.luck import KeyedLuck
from benchmarks.twin import Twin
from sim.arrays import Floats
from sim.state import State
from sim.state.schools import Schools, Teachers

TEACHER_COLUMNS = ("age", "experience", "tenure", "qualified", "baseline", "practice", "ownership")
SCHOOL_COLUMNS = (
    "fatigue", "community", "leadership", "principal_tenure", "teacher_turnover", "practice", "taught",
)  # fmt: skip


@pytest.fixture(scope="module")
def played() -> tuple[State, RecordedModel]:
    """A small piece of the country before and after the years from 2017, which see draws and the mergers of 2020."""
    model = RecordedModel("obligatory", rng=5, scale=0.03)
    before = model.state.copy()
    model.run_to(2022)
    return before, model


def keyed(kind: type[Twin], played: tuple[State, RecordedModel]) -> Twin:
    before, model = played
    luck = KeyedLuck(model.streams, before[Teachers].id, before[Schools].id)
    twin = kind(before, model.inputs, luck=luck)
    for _ in model.inputs:
        twin.step()
    return twin


def of_teachers(state: State) -> Floats:
    return np.column_stack([getattr(state[Teachers], name) for name in TEACHER_COLUMNS])


@pytest.mark.parametrize("kind", [IdiomaticTwin, FastTwin])
def test_with_the_same_numbers_the_twin_has_the_same_teachers_and_schools(
    kind: type[Twin], played: tuple[State, RecordedModel]
) -> None:
    twin = keyed(kind, played)
    before, after = played[0], played[1].state
    holders = twin.holders()
    held = after[Teachers].held
    assert sorted(holders) == np.flatnonzero(held).tolist()
    found = np.array([holders[post] for post in sorted(holders)])
    assert found == pytest.approx(of_teachers(after)[held], abs=1e-9)
    for name in SCHOOL_COLUMNS:
        values = [getattr(school, name) for school in twin.schools_in_order()]
        assert values == pytest.approx(getattr(after[Schools], name), abs=1e-9), name
    # Enough has happened for that to mean something: everybody's practice moved, most posts changed hands, and some
    # schools were drawn.
    moved = (of_teachers(before) != of_teachers(after))[before[Teachers].held & held]
    assert moved[:, TEACHER_COLUMNS.index("practice")].all()
    assert moved[:, TEACHER_COLUMNS.index("baseline")].mean() > 0.4
    assert max(max(noted.lift) for noted in played[1].inputs) > 0
    assert any(noted.single for noted in played[1].inputs)


@pytest.mark.parametrize("kind", [IdiomaticTwin, FastTwin])
def test_with_mesa_s_own_numbers_the_twin_is_alike_in_the_mean(
    kind: type[Twin], played: tuple[State, RecordedModel]
) -> None:
    before, model = played
    twin = kind(before, model.inputs, rng=3)
    for _ in model.inputs:
        twin.step()
    found, expected = (
        np.array(list(twin.holders().values())),
        of_teachers(model.state)[model.state[Teachers].held],
    )
    assert found.shape == expected.shape
    # Two runs with luck of their own: means differ by pure luck less than 4.9 standard errors of a difference once in a
    # million; teachers of a school have much in common, so the errors are taken between schools.
    for column in range(found.shape[1]):
        difference = abs(found[:, column].mean() - expected[:, column].mean())
        error = expected[:, column].std() * np.sqrt(2 / len(before[Schools]))
        assert difference < 4.9 * error + 1e-12, TEACHER_COLUMNS[column]


def test_the_idiomatic_twin_removes_leavers_and_has_as_many_posts_as_the_columns(
    played: tuple[State, RecordedModel],
) -> None:
    before, model = played
    twin = IdiomaticTwin(before, model.inputs)
    highest = max(agent.unique_id for agent in twin.agents)
    for _ in model.inputs:
        twin.step()
    assert max(agent.unique_id for agent in twin.agents) > highest
    assert [len(school.staff) for school in twin.schools_in_order()] == model.state[
        Schools
    ].n_teachers.tolist()
    assert before[Schools].n_teachers.tolist() != model.state[Schools].n_teachers.tolist()
