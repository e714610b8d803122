"""Follow-up played line by line is follow-up compiled, also where whole runs seldom come: edges, ties, nobody, everybody."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry
from sim.processes.process import Process
from sim.randomness import Streams
from sim.schemes.follow_up import afterwards, dialogue, implementation, phases, prephase, targeting
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_state import SchoolScores
from sim.schemes.follow_up.levers import FollowUp, GuideMix, Obligation, Sanction
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Guides, Phase, Provider
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.small_world import filled, luck, parameters, small_world

PROCESSES = [
    phases.ADVANCE, phases.ASK, phases.GIVE, prephase.PROCESS, implementation.PROCESS, afterwards.PROCESS,
    dialogue.PROCESS,
]  # fmt: skip


def any_world(seed: int, phase: tuple[Phase, Phase], half_years: int, season: Season) -> State:
    """The small country with shares of any size, switches on and off, and both owners somewhere in the scheme."""
    state = small_world(2020, season)
    f, fs, owners, schools = (
        state[FollowUpOwners],
        state[FollowUpSchools],
        state[Municipalities],
        state[Schools],
    )
    u = Streams(seed)
    state[Guides].private[:] = ~state[Guides].from_uh & (u.uniform("private", 0, np.arange(15)) < 1 / 2)
    for table, names in (
        (f, "effort guide_match takes_over start_delay analysis anchoring plan_fit provider_quality legitimacy heard"),
        (f, "year_wheel sanctioned guided uh_guide private_guide guide_kept participates"),
        (fs, "acceptance help stage trauma stalled named"),
        (owners, "competence backing unqualified continuity network_support new_head"),
        (schools, "environment fatigue involvement upkeep community leadership learning momentum new_principal"),
    ):  # fmt: skip
        for name in names.split():
            column = getattr(table, name)
            numbers = u.uniform(name, 0, np.arange(len(column)))
            column[:] = numbers < 1 / 2 if column.dtype.kind == "b" else numbers
    f.phase[:], f.half_years[:], f.last_draw_year[:] = phase, half_years, 2020
    f.provider[:] = Provider.UH
    f.spent_nok[:] = 1e5 * u.uniform("money", 0, np.arange(2))
    owners.load[:] = 2 * u.uniform("load", 0, np.arange(2))
    return state


def the_same_line_by_line(process: Process, state: State, p: Parameters, world: int) -> None:
    plain = state.copy()
    plain.plain = True
    process.rule(plain, p, luck(plain, world))
    process.rule(state, p, luck(state, world))
    for table in state:
        for name, values in table.arrays().items():
            again = getattr(plain[type(table)], name)
            if values.dtype.kind == "f":
                np.testing.assert_allclose(again, values, rtol=1e-12, atol=1e-12, err_msg=name)
            else:
                assert np.array_equal(again, values), name


LEVERS: dict[str, st.SearchStrategy[Value]] = {
    "follow_up__obligation": st.sampled_from(Obligation),
    "follow_up__sanction": st.sampled_from(Sanction),
    "follow_up__guide_mix": st.sampled_from(GuideMix),
    "follow_up__prephase_years": st.sampled_from([0.0, 0.5, 1.0, 1.5]),
    "follow_up__implementation_years": st.sampled_from([0.5, 1.0]),
    "follow_up_implementation__afterwards_years": st.sampled_from([0.0, 0.5, 1.0]),
    "follow_up__owner_focus": st.sampled_from([0.0, 0.4, 1.0]),
    "follow_up__help_targeted": st.floats(0, 1),
    "follow_up__felt_pressure": st.floats(0, 1),
    "follow_up__early_information": st.floats(0, 1),
    "follow_up__takes_over": st.floats(0, 1),
    "follow_up__guide_hours": st.floats(0, 2000),
    "follow_up_prephase__team": st.integers(1, 4),
    "follow_up_prephase__pool_load": st.sampled_from([0.5, 2.0]),
    "follow_up_implementation__kept_going": st.floats(0, 1),
    "pandemic__share_lost": st.floats(0, 1),
}


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
@settings(max_examples=10)
@given(
    seed=st.integers(0, 10_000),
    phase=st.tuples(st.sampled_from(Phase), st.sampled_from(Phase)),
    half_years=st.integers(0, 3),
    season=st.sampled_from(Season),
    values=st.fixed_dictionaries(LEVERS),
)
def test_any_half_year_is_the_same_line_by_line(
    process: Process,
    seed: int,
    phase: tuple[Phase, Phase],
    half_years: int,
    season: Season,
    values: dict[str, Value],
) -> None:
    state = any_world(seed, phase, half_years, season)
    the_same_line_by_line(process, state, parameters(**values), seed)


@settings(max_examples=10)
@given(
    seed=st.integers(0, 10_000),
    second=st.sampled_from(Phase),
    values=st.fixed_dictionaries(LEVERS),
    peers=st.floats(0, 1),
)
def test_those_just_drawn_are_told_the_same_line_by_line(
    seed: int, second: Phase, values: dict[str, Value], peers: float
) -> None:
    state = any_world(seed, (Phase.DIALOGUE, second), 0, Season.SPRING)
    heard = {f"follow_up_peers__{field}": peers for field in ("stigma", "freedom", "legitimacy")}
    p = parameters(**values, **heard, follow_up_acceptance__decline_if_free=0.5)
    the_same_line_by_line(dialogue.PROCESS, state, p, seed)


@pytest.mark.parametrize("phase", [Phase.PREPHASE, Phase.IMPLEMENTATION, Phase.AFTERWARDS])
def test_an_owner_without_schools_is_no_trouble(phase: Phase) -> None:
    for process in PROCESSES:
        state = any_world(3, (phase, Phase.NONE), 0, Season.AUTUMN)
        state[Schools].municipality[:] = 1
        the_same_line_by_line(process, state, parameters(), 3)


@settings(max_examples=10)
@given(
    points=st.lists(st.sampled_from([0.0, 1.0, 7.0, 30.0]), min_size=3, max_size=3),
    possible=st.lists(st.sampled_from([0.0, 30.0, 49.0]), min_size=3, max_size=3),
    told=st.tuples(st.booleans(), st.booleans()),
    share=st.floats(0, 1),
    targeted=st.floats(0, 1),
)
def test_the_same_schools_are_named_line_by_line(
    points: list[float], possible: list[float], told: tuple[bool, bool], share: float, targeted: float
) -> None:
    state = small_world(2020, Season.SPRING)
    f = state[FollowUpOwners]
    f.phase[:], f.last_draw_year[:] = Phase.DIALOGUE, np.where(told, 2020, 2018)
    state[SchoolScores] = filled(
        SchoolScores,
        3,
        risk_points=np.minimum(points, possible),
        possible_points=possible,
        scored=np.array(possible) > 0,
    )
    levers = {"follow_up.help_targeted": targeted, "follow_up.draw.worst_schools_share": share}
    the_same_line_by_line(targeting.PROCESS, state, Parameters(Registry([FollowUp, Draw]), levers), 0)
