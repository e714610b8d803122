"""What is measured of the partnership graph once a year: how many work together, how closely knit, where the money gathers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import AnyArray
from sim.half_year import Season
from sim.network.graph import Kind, of_kind, owners_sharing, partnership_graph
from sim.state import State

if TYPE_CHECKING:
    from sim.network.graph import Graph

ROWS_ARE = (
    "one measure of the nation's partnership graph in the autumn of one year, in the worlds kept in detail"
)

COLUMNS: Mapping[str, tuple[str, str]] = {
    "year": ("calendar year", "measured at the end of its autumn"),
    "measure": ("name", "what is measured"),
    "value": ("see measure", "its value; no row where there is nothing to measure"),
}
"""Columns of the table of graph measures."""


def gini(amounts: AnyArray) -> float:
    """How unequal amounts are: 0 where all are equal, towards 1 where one has everything; NaN without any amount."""
    ordered = np.sort(amounts).astype(np.float64)
    n, total = len(ordered), ordered.sum()
    if total <= 0:
        return float("nan")
    rank = np.arange(1, n + 1)
    return float((2 * rank - n - 1) @ ordered / (n * total))


def herfindahl(amounts: AnyArray) -> float:
    """Sum of squared shares: 1 where one has everything, 1 over the number where all are equal; NaN without any amount."""
    total = float(amounts.sum())
    return float(((amounts / total) ** 2).sum()) if total > 0 else float("nan")


def clustering(graph: Graph) -> float:
    """Mean over owners of how far those it shares a partner or network with share one among themselves, in [0, 1]."""
    import networkx as nx

    return float(nx.average_clustering(owners_sharing(graph)))


def reach(graph: Graph) -> float:
    """Owners with whom an owner shares a UH unit or a network, mean over owners."""
    projected = owners_sharing(graph)
    return 2 * projected.number_of_edges() / projected.number_of_nodes()


def components(graph: Graph) -> float:
    """Parts of the country between which no tie runs."""
    import networkx as nx

    return float(nx.number_connected_components(graph))


def partners_per_network(graph: Graph) -> float:
    """UH units that the owners of a network work with, mean over networks."""
    networks = of_kind(graph, Kind.NETWORK)
    partners = [
        {unit for owner in graph[network] for unit in graph[owner] if unit[0] == Kind.UH}
        for network in networks
    ]
    return float(np.mean([len(each) for each in partners]))


def _ties_per_unit(graph: Graph) -> AnyArray:
    return np.array([graph.degree[unit] for unit in of_kind(graph, Kind.UH)])


def _of_owners(graph: Graph, attribute: str) -> AnyArray:
    return np.array([graph.nodes[owner][attribute] for owner in of_kind(graph, Kind.OWNER)])


def _of_units(graph: Graph) -> AnyArray:
    units = of_kind(graph, Kind.UH)
    return np.array([sum(tie["uh_nok"] for tie in graph[unit].values()) for unit in units])


MEASURES: Mapping[str, tuple[Callable[[Graph], float], str, str]] = {
    "owners": (lambda g: float(len(of_kind(g, Kind.OWNER))), "municipalities", "owners in the graph"),
    "uh_units": (lambda g: float(len(of_kind(g, Kind.UH))), "units", "UH units that are anybody's partner"),
    "mean_degree": (lambda g: 2 * g.number_of_edges() / g.number_of_nodes(), "ties", "ties of a node, mean over all"),
    "ties_per_uh_unit": (lambda g: float(_ties_per_unit(g).mean()), "owners", "owners of a UH unit, mean over units"),
    "most_ties_of_a_uh_unit": (lambda g: float(_ties_per_unit(g).max()), "owners", "owners of the UH unit with most"),
    "uh_units_per_network": (partners_per_network, "units", "UH units that a network's owners work with, mean"),
    "owners_reached": (reach, "owners", "owners with whom an owner shares a UH unit or a network, mean"),
    "clustering": (clustering, "0-1", "clustering of owners tied by a shared UH unit or network, mean over owners"),
    "components": (components, "parts", "parts of the country between which no tie runs"),
    "grant_gini_owners": (lambda g: gini(_of_owners(g, "grant_nok")), "0-1", "Gini of the grant over owners"),
    "grant_herfindahl_owners": (
        lambda g: herfindahl(_of_owners(g, "grant_nok")), "0-1", "sum of squared shares of the grant over owners",
    ),
    "money_gini_uh_units": (lambda g: gini(_of_units(g)), "0-1", "Gini of the money to UH over units at work"),
    "money_herfindahl_uh_units": (
        lambda g: herfindahl(_of_units(g)), "0-1", "sum of squared shares of the money to UH over units at work",
    ),
    "changed_partner": (
        lambda g: float(_of_owners(g, "changed").mean()), "share", "owners who took another UH partner this autumn",
    ),
}  # fmt: skip
"""Each measure with its unit and meaning."""


def measure(state: State) -> dict[str, AnyArray]:
    """All measures of the present graph; no rows in spring.

    Returns
    -------
    dict of arrays, each of shape (measures,)
        The columns of `COLUMNS`, in that order.
    """
    found: dict[str, float] = {}
    if state.now.season is Season.AUTUMN:
        graph = partnership_graph(state)
        values = {name: read(graph) for name, (read, _, _) in MEASURES.items()}
        found = {name: value for name, value in values.items() if not np.isnan(value)}
    return {
        "year": np.full(len(found), state.now.year, dtype=np.int64),
        "measure": np.array(list(found), dtype=np.str_),
        "value": np.array(list(found.values()), dtype=np.float64),
    }
