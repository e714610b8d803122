"""Innovation projects: who wins, what works, what an evaluation finds, what spreads."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry
from sim.parameters.scope import Scope
from sim.randomness import Draws, Streams
from sim.schemes.innovation.outcomes import schools_reached, sound
from sim.schemes.innovation.parameters import Innovation
from sim.schemes.innovation.projects import (
    ask,
    call,
    carry_out,
    found,
    go_on,
    join,
    take_up,
    true_effect,
)
from sim.schemes.innovation.state import SLOTS, InnovationSchools, Projects
from sim.school_year import order
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers
from tests.schemes.decentralised.whole_country import played, variant
from tests.small_world import Dice, filled, small_world


def parameters(**values: Value) -> Parameters:
    assumed: dict[str, Value] = {
        "active": True, "projects": 1, "call_every": 2, "schools": 2, "evaluated": True, "spread": 0.1, "years": 1.0,
        "spread_years": 2.0, "works_share": 0.5, "effect": 0.1, "school_noise": 0.2, "evidence_asked": 1.0,
        "own_judgement": 0.8, "involvement": 0.6, "adopted_involvement": 0.4, "apply_power": 1.0, "asked_fte_per_school": 0.05,
        "at_scale": 0.5,
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
    assert true_effect(0.49, np.exp(-2), A) == pytest.approx(0.2)
    assert true_effect(0.51, 0.5, A) == 0


def test_schools_in_a_project_learn_what_its_method_gives() -> None:
    state = called()
    carry_out(state, parameters(), Dice())
    assert state[Schools].learning == pytest.approx([0.05, 0.05, 0])
    assert state[Schools].involvement.tolist() == [0.6, 0.6, 0]


def test_projects_and_methods_that_were_taken_up_ask_their_owners_time() -> None:
    state = called()
    state[InnovationSchools].adopted[2] = 0
    state[Municipalities].load[:] = 0
    ask(state, parameters(), Dice())
    capacity = state[Municipalities].capacity_fte
    assert state[Municipalities].load == pytest.approx([2 * 0.05 / capacity[0], 0.025 / capacity[1]])


def test_an_evaluation_finds_what_stands_out_from_the_noise_of_its_schools() -> None:
    # standard error 2 x 0.2 / sqrt(16) = 0.1; asked for: one of them
    assert not found(0.0, 16, 0.9, A)
    assert found(0.0, 16, 1.1, A)
    assert found(0.2, 16, -0.9, A)
    assert not found(0.2, 16, -1.1, A)


def judged(evaluated: bool, own: float = 0.5) -> State:
    state = called()
    state[Projects].years_left[0] = 0.5
    state[Projects].effect[0] = 0.0
    p = parameters(evaluated=evaluated)
    go_on(state, p, Dice({"innovation project is judged": {0: own}}))
    return state


def test_without_an_evaluation_a_project_s_own_people_judge_it() -> None:
    assert not judged(evaluated=True)[Projects].believed[0]
    state = judged(evaluated=False)
    assert state[Projects].believed[0]
    assert state[Projects].spread_left[0] == 2
    assert (state[InnovationSchools].project == -1).all()
    assert sound(state, parameters()).tolist() == [0.0]
    assert not judged(evaluated=False, own=0.85)[Projects].believed[
        0
    ]  # above the 0.8 of projects that are liked


def test_others_take_up_what_is_held_to_work() -> None:
    state = judged(evaluated=False)
    state[Projects].effect[0] = 0.1
    take_up(state, parameters(), Dice({"school takes up a method": {101: 0.05}}))
    assert state[InnovationSchools].adopted.tolist() == [-1, 0, -1]
    assert schools_reached(state, parameters()).tolist() == [1]
    state.now = state.now.next()
    carry_out(state, parameters(), Dice())
    assert state[Schools].learning == pytest.approx(
        [0, 0.025, 0]
    )  # half of what a project's schools have of it
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


def joined_by(n: int, n_owners: int, places: int, draw: Draws) -> tuple[State, Floats]:
    """The country after three projects (as far as there are owners) have found their schools, and the schools' luck."""
    state = country(n, n_owners)
    luck = draw.uniform("school in an innovation project", state[Schools].id)
    a = parameters(schools=places)[Innovation]
    for winner in range(min(n_owners, 3)):
        join(winner, winner, state[Municipalities], state[Schools], state[InnovationSchools], luck, a)
    return state, luck


@pytest.mark.parametrize("places", [2, 30, 200])
@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize(("n", "n_owners"), [(100, 8), (3, 3), (1, 1)])
def test_the_nearest_join_a_project_and_of_these_the_luckiest(
    places: int, alike: bool, n: int, n_owners: int
) -> None:
    draw = Dice() if alike else Streams(4).at(1)  # all alike: those who stand first
    state, luck = joined_by(n, n_owners, places, draw)
    owners, schools, mine = state[Municipalities], state[Schools], country(n, n_owners)[InnovationSchools]
    for winner in range(min(n_owners, 3)):
        near = (
            1.0 * (np.arange(n_owners) == winner)
            + (owners.network == owners.network[winner])
            + (owners.uh_unit == owners.uh_unit[winner])
        )[schools.municipality]
        free = np.flatnonzero((near > 0) & (mine.project < 0))
        first = free[np.argsort(-near[free] - luck[free], kind="stable")][:places]
        mine.project[first] = winner
    assert state[InnovationSchools].project.tolist() == mine.project.tolist()
    assert (mine.project == 0).any() == (n > 1)


@pytest.mark.parametrize("spread", [0.0, 0.05, 0.1])
@pytest.mark.parametrize("methods", [0, 1, 4])
def test_each_method_is_taken_up_by_its_own_step_of_luck_and_teaches(spread: float, methods: int) -> None:
    state = country(100, 8)
    p, draw = parameters(spread=spread), Streams(4).at(0)
    projects, mine = state[Projects], state[InnovationSchools]
    mine.adopted[:] = 3  # of the year before
    projects.begun[:] = np.arange(SLOTS)
    projects.spread_left[10 : 10 + methods] = 2.0
    free = mine.project < 0
    step = np.floor(draw.uniform("school takes up a method", state[Schools].id) / max(spread, 1e-9))
    expected = np.where(free & (step < methods), 10 + step, -1)
    carry_out(state, p, draw)
    assert mine.adopted.tolist() == expected.tolist()
    gain = np.where(free, 0, projects.effect[SLOTS - 1]) + np.where(
        expected >= 0, projects.effect[expected.astype(np.int64)] / 2, 0
    )
    assert state[Schools].learning == pytest.approx(gain / 2)
    state.now = state.now.next()
    carry_out(state, p, Streams(4).at(1))  # spring: for a whole school year
    assert mine.adopted.tolist() == expected.tolist()
    assert (mine.adopted >= 0).any() == (spread * methods > 0)


def test_a_new_project_s_slot_forgets_what_stood_there() -> None:
    state = called()
    state[InnovationSchools].project[:], state[InnovationSchools].adopted[:] = [1, 0, 1], [1, 1, -1]
    call(state, parameters(), Dice())
    assert state[Projects].begun[:3].tolist() == [0, 1, -1]
    # what was in slot 1 is free; the first owner's schools join the new project there, but for one that is in a project
    assert state[InnovationSchools].project.tolist() == [1, 0, -1]
    assert state[InnovationSchools].adopted.tolist() == [-1, -1, -1]


@pytest.mark.parametrize("season", Season)
def test_projects_and_methods_take_their_time_before_measures_that_lack_it(season: Season) -> None:
    names = [process.name for _, process in order(season)]
    assert names.index("innovation.carry_out") < names.index("decentralised.measures.carry_out")


NONE_OR_MANY: dict[str, tuple[float, list[dict[str, float]]]] = {
    "projects": (0.2, [
        {"innovation__projects": n, "innovation__call_every": 1, "innovation__schools": 200, "innovation__spread": 0.0}
        for n in (0, 6)
    ]),
    "methods taken up": (0.05, [
        {"innovation__spread": spread, "innovation__evaluated": False} for spread in (0.0, 0.1)
    ]),
}  # fmt: skip
"""Share of the country, and levers of the two sides."""


@pytest.mark.parametrize("what", NONE_OR_MANY)
def test_projects_and_methods_that_do_nothing_cost_practice(what: str) -> None:
    """None or as many as can be, of methods that never work, in four pairs of worlds, mean of teachers' practice in 2026: less in
    all, by two standard errors.
    """
    scale, sides = NONE_OR_MANY[what]
    lost = []
    for number in range(4):
        found = []
        for levers in sides:
            design = variant(
                "history", innovation__works_share=0.0, decentralised_measures__competing=0.5, **levers
            )
            state = played(design, number, 2026, scale)
            found.append(state[Teachers].practice[state[Teachers].held].mean())
        lost.append(found[0] - found[1])
    assert min(lost) > 0
    assert np.mean(lost) > 2 * np.std(lost, ddof=1) / 2
