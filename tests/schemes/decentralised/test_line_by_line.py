"""The scheme's rules give the same compiled and played line by line by Python, also where whole runs seldom come: with levers at
their ends, nobody concerned, or all alike."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.schemes.decentralised.levers import Split
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.scheme import SCHEME
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, DecentralisedSchools
from sim.state import State
from sim.state.places import Municipalities
from tests.schemes.decentralised.other_owners.beside import beside
from tests.small_world import luck, parameters

HALF_YEARS = 4


def played_both_ways(state: State, **values: Value) -> State:
    """The state some half-years later, after finding that both ways lead there."""
    p, plain = parameters(**values), state.copy()
    plain.plain = True
    for _ in range(HALF_YEARS):
        for played in (state, plain):
            for processes in SCHEME.processes.values():
                for process in processes:
                    process.rule(played, p, luck(played))
            played.now = played.now.next()
    for one, other in zip(state, plain, strict=True):
        for name, column in one.arrays().items():
            if column.dtype.kind in "fib":
                expected = pytest.approx(other.arrays()[name], rel=1e-9, abs=1e-12)
                assert column == expected, f"{type(one).__name__}.{name}"
    assert state.breaches() == []
    return state


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
        {"decentralised__politicians_involved": 1.0},
        {"decentralised_other_owners__own_scheme": True, "decentralised_other_owners__private_weight": 0.0},
        {"decentralised_handing_over__active": True, "decentralised_handing_over__keeps": 0.0},
        {"pandemic__share_lost": 1.0, "decentralised_measures__kept_going": 1.0},
        {"implementing__stall_chance": 1.0, "decentralised_measures__process_base": 0.0},
    ],
)
def test_it_is_the_same_at_the_ends_of_levers(values: dict[str, Value]) -> None:
    played_both_ways(beside(season=Season.SPRING), **values)


def test_it_is_the_same_where_all_meet_in_one_forum() -> None:
    state = beside()
    state[CountyForums].forum[:] = 1  # and the first forum has no member
    state[DecentralisedOwners].voice[:] = [1.2, 0.8]
    state[Municipalities].backing[:] = [1.0, 0.5]
    state[Municipalities].robek[:] = [False, True]
    later = played_both_ways(state, decentralised__split=Split.AGREED)
    assert later[DecentralisedOwners].grant_nok.sum() + later[OtherOwners].grant_nok.sum() == 1_000_000


@pytest.mark.parametrize("under_way", [False, True])
def test_it_is_the_same_where_nobody_or_everybody_is_in_a_measure(*, under_way: bool) -> None:
    state = beside()
    ds = state[DecentralisedSchools]
    ds.in_measure[:], ds.years_left[:], ds.stalled[:] = under_way, 3 * under_way, under_way
    later = played_both_ways(state, decentralised_measures__start_share=0.0)
    assert np.all(later[DecentralisedSchools].in_measure == under_way)
