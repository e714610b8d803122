"""Who comes first in a draw: orders, ranks and the spread between schools, as pure functions.

Equals are put in order by lots, keyed random numbers that each municipality draws once a year; so no order
depends on where a municipality stands in a table.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints

DECIMALS = 9
"""Figures that agree to so many decimals are equals."""


def places(lever: int, scale: float) -> int:
    """Places in the modelled share of the country: rounded, and at least one if the country has any."""
    return max(1, round(lever * scale)) if lever > 0 else 0


def in_order(value: Floats, lots: Floats) -> Ints:
    """Positions from the highest value to the lowest, equals by lot; all of shape (n,)."""
    return np.lexsort((lots, -value.round(DECIMALS))).astype(np.int64)


def ranks(value: Floats) -> Floats:
    """How many stand higher, 0 for the highest; equals share the better rank; shape (n,)."""
    fallen = -value.round(DECIMALS)
    return np.searchsorted(np.sort(fallen), fallen).astype(float)


def mixed_order(figure: Floats, judged: Floats, weight: float, lots: Floats) -> Ints:
    """Positions from first to last by the figures' ranks and the governors' ranks.

    Parameters
    ----------
    figure, judged : array of float, shape (n,)
        High is first.
    weight : float
        Share of the governors' ranks; the figures' ranks have the rest.
    lots : array of float, shape (n,)
        Decide between equals.

    Returns
    -------
    array of int, shape (n,)
    """
    rank = (1 - weight) * ranks(figure) + weight * ranks(judged)
    return in_order(-rank, lots)


def first_of_each(group: Ints) -> Ints:
    """Positions of each group's first member, in the order they stand; from shape (n,) to (groups,)."""
    _, first = np.unique(group, return_index=True)
    return np.sort(first).astype(np.int64)


def largest_of_each(group: Ints, size: Floats, ids: Ints, n_groups: int) -> Ints:
    """Position of each group's largest member (the lower id between equals), -1 for a group without any.

    From shape (n,) to (n_groups,).
    """
    largest = np.full(n_groups, -1)
    rising = np.lexsort((-ids, size, group))
    largest[group[rising]] = rising  # the last one written stays
    return largest


def school_spread(risk: Floats, scored: Bools, owner: Ints, n_owners: int) -> Floats:
    """Highest less lowest risk share among each owner's schools.

    Parameters
    ----------
    risk : array of float, shape (schools,), share
    scored : array of bool, shape (schools,)
        Whether the school has figures.
    owner : array of int, shape (schools,)
        Row of the municipality.

    Returns
    -------
    array of float, shape (n_owners,), share
        0 with fewer than two schools that have figures.
    """
    low, high = np.ones(n_owners), np.zeros(n_owners)
    np.minimum.at(low, owner[scored], risk[scored])
    np.maximum.at(high, owner[scored], risk[scored])
    n = np.bincount(owner[scored], minlength=n_owners)
    spread: Floats = np.where(n > 1, high - low, 0)
    return spread


def worst_schools(risk: Floats, scored: Bools, share: float) -> Bools:
    """Which schools are among the nation's weakest; shape (schools,).

    Those at or above the quantile of the risk share that leaves `share` of the schools with figures beyond
    it; a school without any risk points never is.
    """
    if not scored.any():
        return scored
    limit = np.quantile(risk[scored], 1 - share)
    worst: Bools = scored & (risk >= limit) & (risk > 0)
    return worst
