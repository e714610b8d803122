"""What is measured of the partnership graph once a year: how many work together, how closely knit, where the money gathers.

Every owner has one network and one UH unit, so all that is asked of the graph follows from counting owners by the two; no
graph has to be built for it. `sim.network.graph` builds it for those who want to ask something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.arrays import AnyArray, Bools, Floats, Ints
from sim.half_year import Season
from sim.schemes.decentralised.state import DecentralisedOwners, Ties
from sim.state import State
from sim.state.places import Municipalities

ROWS_ARE = (
    "one measure of the nation's partnership graph in the autumn of one year, in the worlds kept in detail"
)

COLUMNS: Mapping[str, tuple[str, str]] = {
    "year": ("calendar year", "measured at the end of its autumn"),
    "measure": ("name", "what is measured"),
    "value": ("see measure", "its value; no row where there is nothing to measure"),
}
"""Columns of the table of graph measures."""


@dataclass(frozen=True)
class Partnerships:
    """Whom each owner works with; arrays of shape (owners,), networks and units numbered 0, 1, 2, ... without gaps.

    Attributes
    ----------
    network, unit : array of int
        The owner's network and UH unit.
    grant_nok, uh_nok : array of float
        Its grant, and what of it goes to UH.
    changed : array of bool
        Whether it took another UH unit this half-year.
    """

    network: Ints
    unit: Ints
    grant_nok: Floats
    uh_nok: Floats
    changed: Bools

    @property
    def in_network(self) -> Ints:
        """Owners of each network, shape (networks,)."""
        return np.bincount(self.network)

    @property
    def of_unit(self) -> Ints:
        """Owners of each UH unit, shape (units,)."""
        return np.bincount(self.unit)

    @property
    def n_nodes(self) -> int:
        """Owners, networks and UH units."""
        return len(self.network) + len(self.in_network) + len(self.of_unit)

    def alike(self) -> tuple[Ints, Ints, Ints]:
        """Other owners in the same network, of the same unit, and in both; shape (owners,) each."""
        _, pair, with_both = np.unique(
            self.network * len(self.of_unit) + self.unit, return_inverse=True, return_counts=True
        )
        return self.in_network[self.network] - 1, self.of_unit[self.unit] - 1, with_both[pair] - 1


def partnerships(state: State) -> Partnerships:
    """Who works with whom now."""
    owners, ties, dec = state[Municipalities], state[Ties], state[DecentralisedOwners]
    return Partnerships(
        network=np.unique(owners.network, return_inverse=True)[1],
        unit=np.unique(ties.uh_unit, return_inverse=True)[1],
        grant_nok=dec.grant_nok.astype(np.float64),
        uh_nok=dec.uh_nok.astype(np.float64),
        changed=ties.changed,
    )


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


def clustering(of: Partnerships) -> float:
    """Mean over owners of how far those it shares a partner or network with share one among themselves, in [0, 1].

    All in a network are tied to each other, and so are all of a unit. Of two whom an owner shares only the one and only the
    other with, the first has another unit and the second another network, so they are not.
    """
    in_network, of_unit, both = of.alike()
    tied = _pairs(in_network) + _pairs(of_unit) - _pairs(both)
    possible = _pairs(in_network + of_unit - both)
    return float((tied / np.maximum(possible, 1)).mean())


def _pairs(n: Ints) -> Ints:
    """Pairs that can be made of so many."""
    pairs: Ints = n * (n - 1) // 2
    return pairs


def reach(of: Partnerships) -> float:
    """Owners with whom an owner shares a UH unit or a network, mean over owners."""
    in_network, of_unit, both = of.alike()
    return float((in_network + of_unit - both).mean())


def components(of: Partnerships) -> float:
    """Parts of the country between which no tie runs."""
    part = np.arange(len(of.network))
    while True:
        joined = _least_within(of.unit, _least_within(of.network, part))
        if np.array_equal(joined, part):
            return float(len(np.unique(part)))
        part = joined


def _least_within(circle: Ints, number: Ints) -> Ints:
    """The least number within each owner's circle, shape (owners,)."""
    least = np.full(circle.max(initial=-1) + 1, len(number))
    np.minimum.at(least, circle, number)
    return least[circle]


def partners_per_network(of: Partnerships) -> float:
    """UH units that the owners of a network work with, mean over networks."""
    pairs = np.unique(of.network * len(of.of_unit) + of.unit)
    return len(pairs) / len(of.in_network)


def _of_units(of: Partnerships) -> Floats:
    return np.bincount(of.unit, of.uh_nok).astype(np.float64)


MEASURES: Mapping[str, tuple[Callable[[Partnerships], float], str, str]] = {
    "owners": (lambda of: float(len(of.network)), "municipalities", "owners in the graph"),
    "uh_units": (lambda of: float(len(of.of_unit)), "units", "UH units that are anybody's partner"),
    "mean_degree": (lambda of: 4 * len(of.network) / of.n_nodes, "ties", "ties of a node, mean over all"),
    "ties_per_uh_unit": (lambda of: float(of.of_unit.mean()), "owners", "owners of a UH unit, mean over units"),
    "most_ties_of_a_uh_unit": (lambda of: float(of.of_unit.max()), "owners", "owners of the UH unit with most"),
    "uh_units_per_network": (partners_per_network, "units", "UH units that a network's owners work with, mean"),
    "owners_reached": (reach, "owners", "owners with whom an owner shares a UH unit or a network, mean"),
    "clustering": (clustering, "0-1", "clustering of owners tied by a shared UH unit or network, mean over owners"),
    "components": (components, "parts", "parts of the country between which no tie runs"),
    "grant_gini_owners": (lambda of: gini(of.grant_nok), "0-1", "Gini of the grant over owners"),
    "grant_herfindahl_owners": (
        lambda of: herfindahl(of.grant_nok), "0-1", "sum of squared shares of the grant over owners",
    ),
    "money_gini_uh_units": (lambda of: gini(_of_units(of)), "0-1", "Gini of the money to UH over units at work"),
    "money_herfindahl_uh_units": (
        lambda of: herfindahl(_of_units(of)), "0-1", "sum of squared shares of the money to UH over units at work",
    ),
    "changed_partner": (lambda of: float(of.changed.mean()), "share", "owners who took another UH partner this autumn"),
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
        now = partnerships(state)
        values = {name: read(now) for name, (read, _, _) in MEASURES.items()}
        found = {name: value for name, value in values.items() if not np.isnan(value)}
    return {
        "year": np.full(len(found), state.now.year, dtype=np.int64),
        "measure": np.array(list(found), dtype=np.str_),
        "value": np.array(list(found.values()), dtype=np.float64),
    }
