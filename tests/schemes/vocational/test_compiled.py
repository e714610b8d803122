"""The compiled forms of the vocational scheme's processes do what the readable ones do, at edges that whole runs seldom reach."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.half_year import Season
from sim.kernels import vocational
from sim.parameters.declaration import Value
from sim.randomness import Streams
from sim.schemes.vocational import county, grants, learn, staff, take_up
from sim.schemes.vocational.levers import ForumRole
from sim.schemes.vocational.state import CountyOwners, UpperSchools, VocationalTeachers
from sim.state import State
from tests.kernels.test_kernels import differences
from tests.schemes.vocational.small_county import parameters, small_county

PROCESSES = (county.MEET, county.SPREAD, grants.HAND_OUT, take_up.PROCESS, learn.PROCESS, staff.PROCESS)

DESIGNS: dict[str, dict[str, Value]] = {
    "as it is": {},
    "not at all": {"vocational__active": False},
    "joint and unseen": {"vocational__joint": True, "vocational__visibility_rules": 0.0},
    "deciding, without a regulation": {
        "vocational__forum_role": ForumRole.DECIDING,
        "vocational__regulation": False,
    },
    "groups across schools": {"vocational__flexible_collective": 1.0, "vocational__collective_share": 0.9},
    "a threshold, and all direct": {"vocational__least_nok": 50_000.0, "vocational__direct_share": 1.0},
    "no money": {"vocational__grant_nok": 0.0},
    "a pandemic": {"pandemic__share_lost": 1.0},
    "stays alone": {"vocational__hospitering_share": 1.0, "vocational__second_teacher_share": 1.0},
    "everybody asks and leaves": {
        "vocational_take_up__wish_share": 1.0,
        "vocational_people__exit_chance": 1.0,
    },
    "nobody asks or leaves": {"vocational_take_up__wish_share": 0.0, "vocational_people__exit_chance": 0.0},
}


def one_county(state: State) -> None:
    state[CountyOwners].owner[:] = 0


def the_second_owns(state: State) -> None:
    state[CountyOwners].owner[:] = 1


def no_teachers(state: State) -> None:
    state[UpperSchools].n_teachers[:] = 0
    state[VocationalTeachers] = VocationalTeachers.blank(0)


def an_empty_school(state: State) -> None:
    state[UpperSchools].n_teachers[:] = [4, 0, 4]
    state[VocationalTeachers].school[4:] = 2


def without_models_or_money(state: State) -> None:
    owners = state[CountyOwners]
    for column in (owners.models, owners.trust, owners.experience, owners.schools_nok):
        column[:] = 0
    owners.pot_nok[:] = 0


def joined_already(state: State) -> None:
    state[CountyOwners].joined[:], state[CountyOwners].carried_nok[:] = True, 12_345


CHANGES = (one_county, the_second_owns, no_teachers, an_empty_school, without_models_or_money, joined_already)


def play_both(change: Callable[[State], None] | None, values: dict[str, Value]) -> int:
    """Two years in each form, each from where the readable one stands; how many times something happened."""
    state, happened = small_county(2021, Season.SPRING), 0
    if change is not None:
        change(state)
    for half_year in range(4):
        for process in PROCESSES:
            if process is staff.PROCESS and state.now.season is Season.SPRING:
                continue
            twin, before = state.copy(), state.copy()
            p, streams = parameters(**values), Streams(half_year)
            process.form(compiled=False)(state, p, streams.at(state.now.index))
            process.form(compiled=True)(twin, p, streams.at(state.now.index))
            assert differences(state, twin) == [], (process.name, state.now)
            happened += bool(differences(state, before))
        state.now = state.now.next()
    return happened


@pytest.mark.parametrize("design", DESIGNS)
def test_both_forms_agree_whatever_the_design(design: str) -> None:
    assert play_both(None, DESIGNS[design]) >= 4


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("design", ["as it is", "groups across schools"])
def test_both_forms_agree_at_the_edges(change: Callable[[State], None], design: str) -> None:
    assert play_both(change, DESIGNS[design]) >= 4


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(1, 999), st.integers(0, 2), st.floats(0, 1e5)),
        max_size=20,
        unique_by=lambda school: school[1],
    ),
    st.lists(st.floats(0, 2e5), min_size=3, max_size=3),
)
def test_the_same_schools_can_be_afforded(
    schools: list[tuple[bool, int, int, float]], nok: list[float]
) -> None:
    wants = np.array([school[0] for school in schools], dtype=np.bool_)
    u = np.array([school[1] for school in schools], dtype=np.float64) / 1000
    owner = np.array([school[2] for school in schools], dtype=np.int64)
    price = np.array([school[3] for school in schools], dtype=np.float64)
    gets = np.empty_like(wants)
    vocational.afford(wants, u, owner, np.array(nok), price, gets)
    assert gets.tolist() == take_up.affordable(wants, u, owner, np.array(nok), price).tolist()


def test_every_process_with_a_compiled_form_is_played() -> None:
    assert all(process.compiled for process in PROCESSES)
