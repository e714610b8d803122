"""The decentralised scheme's compiled processes do what the readable ones do, also where whole runs seldom come: in a country of
three schools, with levers at their ends, nobody concerned, or all alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Floats
from sim.half_year import Season
from sim.kernels import sharing
from sim.parameters.declaration import Value
from sim.processes.grouping import shared_out
from sim.randomness import Draws
from sim.schemes.decentralised.levers import Split
from sim.schemes.decentralised.scheme import SCHEME
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Ties,
)
from sim.state import State
from sim.state.places import Counties, Municipalities
from sim.state.schools import Schools
from tests.kernels.test_kernels import differences
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, luck, parameters

COMPILED = [process for part in SCHEME.processes.values() for process in part if process.compiled]
HALF_YEARS = 6


def in_both_forms(state: State, draw: Draws | None = None, **values: Value) -> State:
    """The state some half-years later, played in both forms from the same state each time."""
    p = parameters(**values)
    for _ in range(HALF_YEARS):
        for process in COMPILED:
            readable = state.copy()
            process.rule(readable, p, draw or luck(readable))
            assert process.compiled
            process.compiled(state, p, draw or luck(state))
            assert differences(state, readable) == [], process.name
        state.now = replace(state.now, index=state.now.index + 1)
    return state


def test_the_scheme_has_its_slow_processes_compiled() -> None:
    assert len(COMPILED) == 9


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"decentralised__active": False},
        {"decentralised__market_share": 1.0, "decentralised__relief_for_poor": 1.0},
        {"decentralised__hierarchy_share": 0.6, "decentralised__market_share": 0.3},
        {"decentralised__hierarchy_share": 1.0, "decentralised_money__apply_power": 0.0},
        {"decentralised__split": Split.AGREED, "decentralised__conditional_share": 1.0},
        {"decentralised__split": Split.NEED, "decentralised__conditional_share": 0.5},
        {"decentralised__measure_years": 0.5, "decentralised__flexible_collective": 1.0},
        {
            "decentralised__measure_years": 2.3,
            "decentralised_measures__start_share": 1.0,
        },  # no whole half-years
        {"decentralised__seed_grant_share": 1.0, "decentralised__resource_teachers": 1.0},
        {"decentralised__grant_nok": 0.0, "decentralised__uh_share": 0.0},
        {"decentralised__grant_nok": 1e9, "decentralised__uh_share": 1.0, "decentralised__multi_year": 1.0},
        {"decentralised_partners__change_after": 0.0, "decentralised_partners__change_chance": 1.0},
        {"decentralised__regulation": False, "decentralised_forum__leader_exit": 0.6},
        {"decentralised__analysis_support": 1.0, "decentralised__direct_involvement": 1.0},
        {"pandemic__share_lost": 1.0, "decentralised_measures__kept_going": 1.0},
        {"implementing__stall_chance": 1.0, "decentralised_measures__process_base": 0.0},
    ],
)
@pytest.mark.parametrize("season", list(Season))
def test_both_forms_are_the_same_at_the_ends_of_levers(values: dict[str, Value], season: Season) -> None:
    in_both_forms(small_scheme(season=season), **values)


def test_both_forms_are_the_same_where_all_meet_in_one_forum() -> None:
    state = small_scheme()
    state[CountyForums].forum[:] = 1  # and the first forum has no member
    state[DecentralisedOwners].voice[:] = [1.2, 0.8]
    state[Municipalities].backing[:] = [1.0, 0.5]
    state[Municipalities].robek[:] = [False, True]
    later = in_both_forms(state, decentralised__split=Split.AGREED)
    assert later[DecentralisedOwners].grant_nok.sum() == 1_000_000


def test_both_forms_are_the_same_where_nobody_or_everybody_is_in_a_measure() -> None:
    for under_way in (False, True):
        state = small_scheme()
        state[DecentralisedSchools].in_measure[:] = under_way
        state[DecentralisedSchools].years_left[:] = 3 * under_way
        state[DecentralisedSchools].stalled[:] = under_way
        in_both_forms(state, decentralised_measures__start_share=0.0)


def test_both_forms_are_the_same_beside_another_scheme_and_new_principals() -> None:
    state = small_scheme()
    schools = state[Schools]
    schools.learning[:], schools.involvement[:], schools.upkeep[:] = [0.1, 0, 0.2], [0.9, 0, 1], [0.5, 1, 0]
    schools.new_principal[:], schools.teacher_turnover[:] = [True, False, False], [1.0, 0.4, 0]
    schools.momentum[:] = [2, 0, 1]
    state[Municipalities].new_head[:], state[Municipalities].continuity[:] = True, [0.5, 1]
    state[Municipalities].load[:] = [0.5, 3]
    in_both_forms(state)


def test_both_forms_are_the_same_where_a_network_changes_its_partner() -> None:
    state = small_scheme()
    state[Counties].office[:] = 0
    state[DecentralisedUH].process_competence[:] = [0.1, 0.3]
    state[Ties].age[:] = 10
    leave = Dice({"network changes UH partner": dict.fromkeys(range(10), 0.0001)})
    later = in_both_forms(state, leave)
    assert later[Ties].uh_unit.tolist() == later[Municipalities].uh_unit.tolist() == [1, 1]


def test_of_applications_that_are_as_good_the_first_win_in_both_forms() -> None:
    state = small_scheme()
    state[Municipalities].capacity_fte[:], state[Municipalities].competence[:] = 1.0, 0.5
    later = in_both_forms(state, Dice(), decentralised__hierarchy_share=1.0)
    assert later[DecentralisedOwners].grant_nok[0] == 1_000_000


def shared_among_all(whole: int, weight: Floats) -> list[int]:
    share = np.empty(len(weight), dtype=np.int64)
    sharing.share_among_all(whole, weight, share)
    return share.tolist()


@given(
    whole=st.integers(0, 10**9),
    weight=st.lists(st.sampled_from([0.0, 1e-9, 0.1, 1.0, 3.7, 1e3]), max_size=30).map(np.array),
)
def test_a_whole_number_is_shared_out_the_same(whole: int, weight: Floats) -> None:
    everyone = np.zeros(len(weight), dtype=np.int64)
    weight = weight.astype(np.float64)
    assert shared_among_all(whole, weight) == shared_out(np.array([whole]), weight, everyone).tolist()


@given(st.data())
def test_whole_numbers_are_shared_out_the_same_in_any_order_of_members(data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 25))
    group = np.array(data.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)), dtype=np.int64)
    some = st.sampled_from([0.0, 1e-9, 0.1, 1.0, 3.7, 1e3])
    weight = np.array(data.draw(st.lists(some, min_size=n, max_size=n)), dtype=np.float64)
    whole = np.array(data.draw(st.lists(st.integers(0, 5000), min_size=5, max_size=5)))
    share = np.empty(n, dtype=np.int64)
    sharing.share_within_groups(whole, weight, group, share)
    assert share.tolist() == shared_out(whole, weight, group).tolist()
