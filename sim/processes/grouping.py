"""Means, sums and shares over the members of a group."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.rules.rule import always_compiled


@always_compiled
def mean_by(rows: Ints, values: Floats, n: int) -> Floats:
    """Mean of `values`, shape (m,), over the members of each of `n` groups; 0 for an empty group.

    `rows`, shape (m,), says which group each value belongs to.
    """
    count, mean = np.zeros(n), np.zeros(n)
    for i in range(len(rows)):
        count[rows[i]] += 1
        mean[rows[i]] += values[i]
    for group in range(n):
        mean[group] /= max(count[group], 1.0)
    return mean


def weighted_mean_by(rows: Ints, values: Floats, weights: Floats, n: int) -> Floats:
    """Mean of `values` weighted by `weights` over the members of each of `n` groups; 0 where the weights sum to 0."""
    total = np.bincount(rows, values * weights, n)
    weight = np.bincount(rows, weights, n)
    return np.divide(total, weight, out=np.zeros(n), where=weight > 0)


@always_compiled
def shared_out(whole: Ints, weight: Floats, group: Ints) -> Ints:
    """Whole numbers shared out to the members of each group in proportion to weight, none lost.

    Parts are added up from group to group without beginning anew.

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
    ends, total = np.zeros(len(whole), dtype=np.int64), np.zeros(len(whole))
    for i in range(len(group)):
        ends[group[i]] += 1
        total[group[i]] += weight[i]
    for g in range(1, len(whole)):
        ends[g] += ends[g - 1]
    place, by_group = np.empty_like(ends), np.empty_like(group)
    for g in range(len(whole)):
        place[g] = ends[g - 1] if g > 0 else 0
    for i in range(len(group)):
        by_group[place[group[i]]] = i
        place[group[i]] += 1
    share = np.empty_like(group)
    running, begins = 0.0, 0
    for g in range(len(whole)):
        before, given = running, 0
        for k in range(begins, ends[g]):
            i = by_group[k]
            running += weight[i] / total[g] if total[g] > 0 else weight[i]
            upto = 1.0 if k == ends[g] - 1 else min(running - before, 1.0)
            reached = int(np.floor(upto * whole[g] + 0.5))
            share[i] = reached - given
            given = reached
        begins = ends[g]
    return share
