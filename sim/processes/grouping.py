"""Means, sums and shares over the members of a group."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints


def mean_by(rows: Ints, values: Floats, n: int) -> Floats:
    """Mean of `values`, shape (m,), over the members of each of `n` groups; 0 for an empty group.

    `rows`, shape (m,), says which group each value belongs to.
    """
    count = np.bincount(rows, minlength=n)
    return np.asarray(np.bincount(rows, values, n) / np.maximum(count, 1))


def weighted_mean_by(rows: Ints, values: Floats, weights: Floats, n: int) -> Floats:
    """Mean of `values` weighted by `weights` over the members of each of `n` groups; 0 where the weights sum to 0."""
    total = np.bincount(rows, values * weights, n)
    weight = np.bincount(rows, weights, n)
    return np.divide(total, weight, out=np.zeros(n), where=weight > 0)


def shared_out(whole: Ints, weight: Floats, group: Ints) -> Ints:
    """Whole numbers shared out to the members of each group in proportion to weight, none lost.

    Parameters
    ----------
    whole : array of int, shape (groups,)
    weight : array of float, shape (members,)
        Groups with something to share need a positive weight.
    group : array of int, shape (members,)

    Returns
    -------
    array of int, shape (members,)
    """
    if len(whole) == 1:
        return _parted(whole[0], weight)
    order = stable_order(group, len(whole))
    sorted_group = group[order]
    members = np.bincount(group, minlength=len(whole))
    end = np.cumsum(members)
    start = end - members
    total = np.bincount(group, weight, len(whole))
    running = np.cumsum((weight / np.where(total > 0, total, 1)[group])[order])
    before = np.concatenate([np.zeros(1), running])[start]
    upto = np.minimum(running - before[sorted_group], 1)
    first, last = start[members > 0], end[members > 0] - 1
    upto[last] = 1.0
    reached = np.floor(upto * whole[sorted_group] + 0.5).astype(np.int64)
    share = reached.copy()
    share[1:] -= reached[:-1]
    share[first] = reached[first]
    result = np.empty_like(share)
    result[order] = share
    return np.asarray(result)


def _parted(whole: np.int64, weight: Floats) -> Ints:
    """One whole number shared out; weights are added up one by one here as there."""
    upto = np.cumsum(weight)
    if not len(upto):
        return np.zeros(0, dtype=np.int64)
    total = upto[-1]
    np.cumsum(weight / (total if total > 0 else 1), out=upto)
    upto[-1] = 1
    share: Ints = np.floor(np.minimum(upto, 1) * whole + 0.5).astype(np.int64)
    share[1:] -= share[:-1].copy()
    return share


def stable_order(group: Ints, n: int) -> Ints | slice:
    """Rows by group, each group's in their own order; numbers of two bytes are sorted several times as fast."""
    if not (group[1:] < group[:-1]).any():
        return slice(None)  # as they stand
    few = n <= np.iinfo(np.int16).max
    return np.argsort(group.astype(np.int16) if few else group, kind="stable")


def joined(one: Floats, other: Floats) -> Floats:
    """Two shares in [0, 1] taken together, same shape: what neither leaves out."""
    return 1 - (1 - one) * (1 - other)
