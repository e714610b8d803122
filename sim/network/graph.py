"""Who works with whom, as a NetworkX graph made from the state: owners, regional networks, UH units.

An owner hangs on its network by membership and on its UH unit by the partnership of the two. Nodes are named by kind and
identity, ("uh", 3), an owner by its code, ("owner", "Rogaland-07"), so that graphs of different years can be compared.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from sim.schemes.decentralised.state import DecentralisedOwners, Ties
from sim.state import State
from sim.state.places import Municipalities, Networks, UHUnits
from sim.world.place_names import PlaceNames

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = nx.Graph[tuple[str, int | str]]


class Kind(StrEnum):
    """Kinds of nodes."""

    OWNER = "owner"
    NETWORK = "network"
    UH = "uh"


def partnership_graph(state: State) -> Graph:
    """The graph of all who work together now.

    Owners have the attributes `grant_nok` and `changed` (the UH partner was changed this half-year); edges to UH units have
    `trust` and `uh_nok`. Networks and UH units without anybody are left out.
    """
    import networkx as nx

    owners, ties, dec = state[Municipalities], state[Ties], state[DecentralisedOwners]
    graph: Graph = nx.Graph()
    network, unit = state[Networks].id[owners.network].tolist(), state[UHUnits].id[ties.uh_unit].tolist()
    grant, to_uh = dec.grant_nok.tolist(), dec.uh_nok.tolist()
    for row, code in enumerate(PlaceNames.within(state).codes(owners.id).tolist()):
        owner = (Kind.OWNER.value, code)
        graph.add_node(owner, grant_nok=grant[row], changed=bool(ties.changed[row]))
        graph.add_edge(owner, (Kind.NETWORK.value, network[row]))
        graph.add_edge(owner, (Kind.UH.value, unit[row]), trust=float(ties.trust[row]), uh_nok=to_uh[row])
    return graph
