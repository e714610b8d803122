"""How far along each programme theory the municipalities are, noted once a year. It only reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from sim.arrays import AnyArray, Floats
from sim.half_year import Season
from sim.outcomes.groups import sums
from sim.parameters.registry import Parameters
from sim.state import State
from sim.theory.groups import GROUPS, members
from sim.theory.link import Link, Theory
from sim.theory.quantities import QUANTITIES, Quantity
from sim.theory.reading import theories

ROWS_ARE = "one link of a programme theory in one group of municipalities, in the autumn of one year"

COLUMNS: Mapping[str, tuple[str, str]] = {
    "scheme": ("name", "scheme whose programme theory it is"),
    "stage": ("name", "challenge, means, condition, result or goal"),
    "link": ("name", "link of the chain; its sentence stands in `sim/theory/data`"),
    "group": (
        "name",
        "group of municipalities; `need` is the tenth whose schools lie in the weakest places, `partner.weak` the third "
        "whose UH partner does the poorest work",
    ),
    "year": ("calendar year", "noted at the end of its autumn"),
    "reached": (
        "share",
        "municipalities for whom the link holds, of those whom it concerns; for a challenge, those who have the problem",
    ),
    "value": ("the link's", "mean over those municipalities of the quantity that decides"),
    "n": ("municipalities", "those whom the link concerns"),
}
"""Columns of the table of programme theories."""


@dataclass(frozen=True)
class _Chains:
    """The links of all theories under each other, as arrays of shape (links,)."""

    links: tuple[Link, ...]
    quantities: tuple[Quantity, ...]
    low: Floats
    high: Floats
    words: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, found: Sequence[Theory]) -> _Chains:
        """Those of some theories."""
        pairs = [(theory.scheme, link) for theory in found for link in theory.links]
        return cls(
            links=tuple(link for _, link in pairs),
            quantities=tuple(QUANTITIES[link.quantity] for _, link in pairs),
            low=np.array([link.lowest for _, link in pairs]),
            high=np.array([link.highest for _, link in pairs]),
            words={
                "scheme": tuple(scheme for scheme, _ in pairs),
                "stage": tuple(link.stage.value for _, link in pairs),
                "link": tuple(link.key for _, link in pairs),
            },
        )


@cache
def _chains() -> _Chains:
    return _Chains.of(theories())


def words() -> Mapping[str, tuple[str, ...]]:
    """The words of the columns in which `follow` gives their numbers."""
    return {**_chains().words, "group": GROUPS}


def follow(state: State, p: Parameters) -> dict[str, AnyArray]:
    """Every link in every group that it concerns anybody in; no rows in spring.

    Returns
    -------
    dict of arrays, each of shape (rows,)
        The columns of `COLUMNS`, in that order; those of words by the numbers of the words in `words()`.
    """
    if state.now.season is not Season.AUTUMN:
        return {}
    chains, groups = _chains(), members(state)
    values = np.array([quantity(state, p) for quantity in chains.quantities])
    n, reached, mean = by_group(values, chains.low, chains.high, np.array(list(groups.values())))
    which, group = np.nonzero(n)
    return {
        **dict.fromkeys(chains.words, which),
        "group": group,
        "year": np.full(len(which), state.now.year, dtype=np.int64),
        "reached": reached[which, group],
        "value": mean[which, group],
        "n": n[which, group].astype(np.int64),
    }


def by_group(values: Floats, low: Floats, high: Floats, masks: AnyArray) -> Floats:
    """What becomes of links in groups of municipalities.

    Parameters
    ----------
    values : array of float, shape (links, municipalities)
        NaN where a link does not apply.
    low, high : array of float, shape (links,)
        Between which a link holds.
    masks : array, shape (groups, municipalities)
        1 for members, 0 for others.

    Returns
    -------
    array of float, shape (3, links, groups)
        Municipalities whom the link concerns, share for whom it holds, mean of the quantity; 0 where it concerns nobody.
    """
    holds = np.where(np.isnan(values), np.nan, (values >= low[:, None]) & (values <= high[:, None]))
    alike, of_groups = np.ones_like(values), np.ascontiguousarray(masks.T, dtype=np.float64)
    n, held, total = np.empty((3, len(values), len(masks)))
    sums(holds, alike, of_groups, held, n)
    sums(values, alike, of_groups, total, n)
    somebody = np.maximum(n, 1)
    return np.array([n, held / somebody, total / somebody])
