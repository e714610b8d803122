"""Groups of at least five municipalities: the least that is told of a real country, where what one is like is drawn.

The municipalities of a county are grouped by size and centrality. Kinds of which it has fewer than five go together; if they
are still fewer than five, its smallest group joins them. So every municipality is in one group, and a county's groups make up
the county. One with fewer than five municipalities has no group, and nothing is told of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import AnyArray, Codes, Floats, Ints, Words
from sim.outcomes.groups import LARGE_FROM, SMALL_BELOW
from sim.state.places import Centrality

LEAST = (
    5  # municipalities; assumption, as Udir withholds figures of fewer than five pupils in the pupil survey
)
SIZES = ("small", "medium", "large")
OTHERS = "others"
_KINDS = len(SIZES) * len(Centrality)


@dataclass(frozen=True)
class PlaceGroups:
    """The groups of a country.

    Attributes
    ----------
    of : array of int, shape (municipalities,)
        Group of each municipality; -1 for those that nothing is told of.
    county : array, shape (groups,)
        What was given for the county.
    size, centrality : array of str, shape (groups,)
        "others" for what a county has few of.
    """

    of: Ints
    county: AnyArray
    size: Words
    centrality: Words

    @property
    def n(self) -> Ints:
        """Municipalities of each group, shape (groups,)."""
        return np.bincount(self.of[self.of >= 0], minlength=len(self.county))

    def sum(self, values: AnyArray) -> Floats:
        """Sum over each group, shape (groups,)."""
        told = self.of >= 0
        return np.asarray(
            np.bincount(self.of[told], values[told].astype(np.float64), len(self.county)), np.float64
        )

    def mean(self, values: AnyArray, weights: Floats | None = None) -> Floats:
        """Mean over those of each group that have a value, shape (groups,); NaN where fewer than `LEAST` have one."""
        known = ~np.isnan(values.astype(np.float64))
        weight = known * (np.ones(len(values)) if weights is None else weights)
        total = self.sum(weight)
        mean = np.divide(
            self.sum(np.where(known, values, 0) * weight),
            total,
            out=np.full(len(total), np.nan),
            where=total > 0,
        )
        return np.where(self.sum(known) >= LEAST, mean, np.nan)


def place_groups(county: AnyArray, population: Floats, centrality: Codes) -> PlaceGroups:
    """The groups of a country's municipalities.

    Parameters
    ----------
    county : array, shape (municipalities,)
        Number or name of the county.
    population : array of float, shape (municipalities,)
    centrality : array of int, shape (municipalities,)
        Codes of `Centrality`.
    """
    size = np.where(population < SMALL_BELOW, 0, np.where(population >= LARGE_FROM, 2, 1))
    kind = size * len(Centrality) + centrality.astype(np.int64)
    of = np.full(len(county), -1)
    found: list[tuple[object, str, str]] = []
    for name in np.unique(county):
        mine = np.flatnonzero(county == name)
        count = np.bincount(kind[mine], minlength=_KINDS)
        whole, others = _told_apart(count)
        for k in whole:
            of[mine[kind[mine] == k]] = len(found)
            found.append((name, SIZES[k // len(Centrality)], Centrality(k % len(Centrality)).name.lower()))
        if others and count[others].sum() >= LEAST:
            of[mine[np.isin(kind[mine], others)]] = len(found)
            found.append((name, OTHERS, OTHERS))
    names, sizes, centralities = zip(*found, strict=True) if found else ((), (), ())
    return PlaceGroups(
        of,
        np.array(names, dtype=county.dtype),
        np.array(sizes, dtype="U6"),
        np.array(centralities, dtype="U7"),
    )


def _told_apart(count: Ints) -> tuple[list[int], list[int]]:
    """Kinds that are groups of their own, and those that go together, by the number of municipalities of each kind."""
    whole = [k for k in range(len(count)) if count[k] >= LEAST]
    others = [k for k in range(len(count)) if 0 < count[k] < LEAST]
    if others and count[others].sum() < LEAST and whole:
        least = min(whole, key=lambda k: (count[k], k))
        whole.remove(least)
        others.append(least)
    return whole, others
