from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from sim.half_year import Season
from sim.network.measures import (
    COLUMNS,
    MEASURES,
    Partnerships,
    clustering,
    components,
    gini,
    herfindahl,
    measure,
    partners_per_network,
    reach,
)
from sim.schemes.decentralised.state import DecentralisedOwners, Ties
from tests.schemes.decentralised.small_scheme import small_scheme


def circles(*owners: tuple[int, int]) -> Partnerships:
    """Owners with the network and the UH unit of each; no money."""
    network, unit = np.array(owners).T
    nothing = np.zeros(len(owners))
    return Partnerships(network, unit, nothing, nothing, nothing > 0)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([5, 5, 5, 5], 0.0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25), ([2, 0, 1, 3, 4], 0.4)],
)
def test_gini_is_none_where_all_are_equal_and_nearly_one_where_one_has_everything(
    amounts: list[int], expected: float
) -> None:
    assert gini(np.array(amounts)) == pytest.approx(expected)


def test_herfindahl_is_the_sum_of_squared_shares() -> None:
    assert herfindahl(np.array([1, 3])) == pytest.approx(1 / 16 + 9 / 16)
    assert herfindahl(np.array([2, 2, 2, 2])) == pytest.approx(0.25)


def test_without_any_money_there_is_nothing_to_concentrate() -> None:
    assert np.isnan(gini(np.zeros(3)))
    assert np.isnan(herfindahl(np.zeros(3)))


def test_those_who_share_one_unit_are_wholly_clustered() -> None:
    ties = circles((0, 0), (0, 0), (1, 0))
    assert clustering(ties) == 1
    assert reach(ties) == 2


def test_an_owner_between_two_circles_lowers_the_clustering() -> None:
    # 2 shares its network with 1 and its unit with 3, who have nothing in common; 1 and 3 know one owner each.
    ties = circles((0, 0), (0, 1), (1, 1))
    assert clustering(ties) == 0
    assert reach(ties) == pytest.approx(4 / 3)
    assert partners_per_network(ties) == 1.5
    assert components(ties) == 1


def test_parts_hang_together_however_long_the_way() -> None:
    # 0-1-2-3 by turns through a network and a unit; 4 stands alone.
    assert components(circles((0, 2), (0, 1), (1, 1), (1, 0), (2, 3))) == 2


@pytest.mark.parametrize("seed", range(5))
def test_counting_owners_finds_what_the_graph_says(seed: int) -> None:
    chosen = np.random.default_rng(seed)
    ties = circles(
        *zip(chosen.permutation(np.arange(40) % 12), chosen.permutation(np.arange(40) % 9), strict=True)
    )
    graph: nx.Graph[tuple[str, int | str]] = nx.Graph()
    for owner, (network, unit) in enumerate(zip(ties.network, ties.unit, strict=True)):
        graph.add_edge(("owner", owner), ("network", int(network)))
        graph.add_edge(("owner", owner), ("uh", int(unit)))
    projected = nx.projected_graph(graph, [node for node in graph if node[0] == "owner"])
    assert clustering(ties) == pytest.approx(nx.average_clustering(projected))
    assert reach(ties) == pytest.approx(2 * projected.number_of_edges() / 40)
    assert components(ties) == nx.number_connected_components(graph)
    assert ties.n_nodes == graph.number_of_nodes()


def test_it_is_measured_once_a_year_in_autumn() -> None:
    spring, autumn = measure(small_scheme(season=Season.SPRING)), measure(small_scheme())
    assert list(spring) == list(autumn) == list(COLUMNS)
    assert len(spring["measure"]) == 0
    assert autumn["measure"].tolist() == list(MEASURES)
    assert set(autumn["year"].tolist()) == {2022}


def test_the_small_country_measures_as_reckoned_by_hand() -> None:
    state = small_scheme()
    state[Ties].changed[1] = True
    found = measure(state)
    values = dict(zip(found["measure"].tolist(), found["value"].tolist(), strict=True))
    # Two owners with a network and a unit each: six nodes, four ties; grants of 80,000 and 20,000, half of it to UH.
    assert values == pytest.approx({
        "owners": 2, "uh_units": 2, "mean_degree": 4 / 3, "ties_per_uh_unit": 1, "most_ties_of_a_uh_unit": 1,
        "uh_units_per_network": 1, "owners_reached": 0, "clustering": 0, "components": 2, "grant_gini_owners": 0.3,
        "grant_herfindahl_owners": 0.68, "money_gini_uh_units": 0.3, "money_herfindahl_uh_units": 0.68,
        "changed_partner": 0.5,
    })  # fmt: skip


def test_what_can_not_be_measured_has_no_row() -> None:
    state = small_scheme()
    state[DecentralisedOwners].grant_nok[:] = state[DecentralisedOwners].uh_nok[:] = 0
    assert "grant_gini_owners" not in measure(state)["measure"].tolist()
