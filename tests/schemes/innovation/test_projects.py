"""Innovation projects: who wins, what works, what an evaluation finds, what spreads."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry
from sim.parameters.scope import Scope
from sim.randomness import Streams
from sim.schemes.innovation.outcomes import schools_reached, sound
from sim.schemes.innovation.parameters import Innovation
from sim.schemes.innovation.projects import (
    call,
    carry_out,
    carry_out_compiled,
    end,
    found,
    join,
    join_compiled,
    take_up,
    true_effect,
)
from sim.schemes.innovation.state import SLOTS, InnovationSchools, Projects
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.kernels.test_kernels import differences
from tests.small_world import Dice, filled, small_world


def parameters(**values: Value) -> Parameters:
    assumed: dict[str, Value] = {
        "active": True, "projects": 1, "call_every": 2, "schools": 2, "evaluated": True, "spread": 0.2, "years": 1.0,
        "spread_years": 2.0, "works_share": 0.5, "effect": 0.1, "school_noise": 0.2, "evidence_asked": 1.0,
        "own_judgement": 0.8, "involvement": 0.6, "adopted_involvement": 0.4, "apply_power": 1.0,
    }  # fmt: skip
    both = {f"innovation.{field}": value for field, value in (assumed | values).items()}
    return Parameters(Registry([Scope, Innovation]), both)


A = parameters()[Innovation]


def called(year: int = 2026, season: Season = Season.AUTUMN, **values: Value) -> State:
    """The small world after a call; with the dice in the middle the first owner, who is stronger, wins."""
    state = small_world(year, season)
    state[Projects] = Projects.blank(SLOTS)
    state[InnovationSchools] = InnovationSchools.blank(3)
    call(state, parameters(**values), Dice({"innovation project's method": {0: (0.4, np.exp(-1))}}))
    return state


def test_the_stronger_partnership_wins_and_its_schools_begin() -> None:
    state = called()
    assert state[InnovationSchools].project.tolist() == [0, 0, -1]
    assert state[Projects].effect[0] == pytest.approx(0.1)  # it works, and luck gave the mean


def test_calls_come_in_autumn_of_their_years_while_the_scheme_runs() -> None:
    for state in (called(2027), called(season=Season.SPRING), called(active=False), called(projects=0)):
        assert (state[InnovationSchools].project == -1).all()


def test_most_methods_do_nothing() -> None:
    assert true_effect(np.array([0.49, 0.51]), np.array([np.exp(-2), 0.5]), A) == pytest.approx([0.2, 0])


def test_schools_in_a_project_learn_what_its_method_gives() -> None:
    state = called()
    carry_out(state, parameters(), Dice())
    assert state[Schools].learning == pytest.approx([0.05, 0.05, 0])
    assert state[Schools].involvement.tolist() == [0.6, 0.6, 0]


def test_an_evaluation_finds_what_stands_out_from_the_noise_of_its_schools() -> None:
    # standard error 2 x 0.2 / sqrt(16) = 0.1; asked for: one of them
    effect, n = np.array([0.0, 0.0, 0.2, 0.2]), np.full(4, 16)
    assert found(effect, n, np.array([0.9, 1.1, -0.9, -1.1]), A).tolist() == [False, True, True, False]


def judged(evaluated: bool, **dice: float) -> State:
    state = called()
    state[Projects].years_left[0] = 0.5
    state[Projects].effect[0] = 0.0
    falls = {name.replace("_", " "): {0: value} for name, value in dice.items()}
    end(state, parameters(evaluated=evaluated)[Innovation], Dice(falls))
    return state


def test_without_an_evaluation_a_project_s_own_people_judge_it() -> None:
    assert not judged(evaluated=True)[Projects].believed[0]
    state = judged(evaluated=False)
    assert state[Projects].believed[0]
    assert state[Projects].spread_left[0] == 2
    assert (state[InnovationSchools].project == -1).all()
    assert sound(state, parameters()).tolist() == [0.0]


def test_others_take_up_what_is_held_to_work() -> None:
    state = judged(evaluated=False)
    state[Projects].effect[0] = 0.1
    take_up(state, A, Dice({"school takes up a method": {101: 0.1}}))
    assert state[InnovationSchools].adopted.tolist() == [-1, 0, -1]
    assert schools_reached(state, parameters()).tolist() == [1]
    state.now = state.now.next()
    carry_out(state, parameters(), Dice())
    assert state[Schools].learning == pytest.approx([0, 0.05, 0])
    assert state[Schools].involvement[1] == pytest.approx(0.4)


def test_where_nothing_is_held_to_work_there_is_no_share_of_it() -> None:
    assert np.isnan(sound(called(), parameters())).all()


def country(n: int, n_owners: int) -> State:
    """Schools and owners by turns in three networks and two units; some schools are in a project already."""
    state = State(
        HalfYear.of(2026, Season.AUTUMN),
        [
            filled(Municipalities, n_owners, id=np.arange(n_owners), network=np.arange(n_owners) % 3,
                   uh_unit=np.arange(n_owners) % 2, capacity_fte=1.0, competence=0.5),
            filled(Schools, n, id=np.arange(n), municipality=np.arange(n) % n_owners, involvement=0.5),
            Projects.blank(SLOTS),
            filled(InnovationSchools, n, project=np.where(np.arange(n) % 7 == 0, SLOTS - 1, -1)),
        ],
    )  # fmt: skip
    state[Projects].effect[:] = np.linspace(0, 0.1, SLOTS)
    return state


@pytest.mark.parametrize("places", [2, 30, 200])
@pytest.mark.parametrize("luck", [None, 0.5])
@pytest.mark.parametrize(("n", "n_owners"), [(100, 8), (3, 3), (1, 1)])
def test_the_same_schools_join_in_both_forms(places: int, luck: float | None, n: int, n_owners: int) -> None:
    one, other = country(n, n_owners), country(n, n_owners)
    draw = Streams(4).at(1) if luck is None else Dice()  # all alike: those who stand first
    winners, slots = np.arange(min(n_owners, 3)), np.arange(min(n_owners, 3))
    a = parameters(schools=places)[Innovation]
    join(one, winners, slots, a, draw)
    join_compiled(other, winners, slots, a, draw)
    assert differences(one, other) == []
    assert (one[InnovationSchools].project == 0).any() == (n > 1)


@pytest.mark.parametrize("spread", [0.0, 0.2, 1.0])
@pytest.mark.parametrize("methods", [0, 1, 4])
def test_the_same_methods_are_taken_up_and_teach_the_same_in_both_forms(spread: float, methods: int) -> None:
    one, other = country(100, 8), country(100, 8)
    p = parameters(spread=spread)
    for state in (one, other):
        state[InnovationSchools].adopted[:] = 3  # of the year before
        state[Projects].begun[:] = np.arange(SLOTS)
        state[Projects].spread_left[10 : 10 + methods] = 2.0
    for half_year in range(2):
        carry_out(one, p, Streams(4).at(half_year))
        carry_out_compiled(other, p, Streams(4).at(half_year))
        assert differences(one, other) == []
        one.now, other.now = one.now.next(), other.now.next()
    assert (one[InnovationSchools].adopted >= 0).any() == (spread * methods > 0)
