"""Kernels that share out whole numbers, none lost; see `sim.processes.grouping.shared_out`."""

from __future__ import annotations

from math import floor

import numpy as np

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled


@compiled("void(int64, float64[::1], int64[::1])")
def share_among_all(whole: int, weight: Floats, share: Ints) -> None:
    """One whole number shared out to everybody in proportion to weight."""
    total = 0.0
    for i in range(len(weight)):
        total += weight[i]
    total = total if total > 0 else 1.0
    upto, given, last = 0.0, 0, len(weight) - 1
    for i in range(len(weight)):
        upto += weight[i] / total
        reached = floor((1.0 if i == last else min(upto, 1.0)) * whole + 0.5)
        share[i] = reached - given
        given = reached


@compiled("void(int64[::1], float64[::1], int64[::1], int64[::1])")
def share_within_groups(whole: Ints, weight: Floats, group: Ints, share: Ints) -> None:
    """Each group's whole number shared out to its members in proportion to weight.

    Parts are added up from group to group without beginning anew, as in the readable form.
    """
    ends = np.zeros(len(whole), dtype=np.int64)
    total = np.zeros(len(whole))
    for i in range(len(group)):
        ends[group[i]] += 1
        total[group[i]] += weight[i]
    ends = np.cumsum(ends)
    place, by_group = np.empty_like(ends), np.empty_like(group)
    for g in range(len(whole)):
        place[g] = ends[g - 1] if g > 0 else 0
        total[g] = total[g] if total[g] > 0 else 1.0
    for i in range(len(group)):
        by_group[place[group[i]]] = i
        place[group[i]] += 1
    running, begins = 0.0, 0
    for g in range(len(whole)):
        before, given = running, 0
        for k in range(begins, ends[g]):
            i = by_group[k]
            running += weight[i] / total[g]
            upto = 1.0 if k == ends[g] - 1 else min(running - before, 1.0)
            reached = floor(upto * whole[g] + 0.5)
            share[i] = reached - given
            given = reached
        begins = ends[g]
