from __future__ import annotations

import numpy as np

from sim.network.graph import partnership_graph
from sim.schemes.decentralised.state import Ties
from tests.schemes.decentralised.small_scheme import small_scheme

ROGALAND, VESTLAND = ("owner", "1101"), ("owner", "4601")


def test_an_owner_hangs_on_its_network_and_its_uh_unit() -> None:
    graph = partnership_graph(small_scheme())
    assert [node for node in graph if node[0] == "owner"] == [ROGALAND, VESTLAND]
    assert set(graph[ROGALAND]) == {("network", 0), ("uh", 0)}
    assert set(graph[VESTLAND]) == {("network", 1), ("uh", 1)}


def test_ties_carry_trust_and_money() -> None:
    graph = partnership_graph(small_scheme())
    assert graph.edges[ROGALAND, ("uh", 0)] == {"trust": 0.5, "uh_nok": 40_000}
    assert graph.nodes[ROGALAND] == {"grant_nok": 80_000, "changed": False}


def test_units_without_partners_are_left_out() -> None:
    state = small_scheme()
    state[Ties].uh_unit[:] = 1
    assert [node for node in partnership_graph(state) if node[0] == "uh"] == [("uh", 1)]


def test_making_the_graph_leaves_the_state_as_it_is() -> None:
    state = small_scheme()
    before = state.copy()
    partnership_graph(state)
    for then, now in zip(before, state, strict=True):
        for name, values in now.arrays().items():
            np.testing.assert_array_equal(getattr(then, name), values, err_msg=name)
