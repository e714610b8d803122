"""Kernels over the schools of innovation projects; see `sim.schemes.innovation.projects`."""

from __future__ import annotations

from math import floor

import numpy as np

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled


@compiled("void(int64[::1], int64[::1], int64[::1], int64[::1], int64[::1], float64[::1], int64, int64[::1])")
def join(
    winners: Ints,
    slots: Ints,
    network: Ints,
    uh_unit: Ints,
    municipality: Ints,
    luck: Floats,
    places: int,
    project: Ints,
) -> None:
    """Each winner's project gets as many schools as it has places for: the nearest, and of these the luckiest."""
    near = np.empty(len(network), dtype=np.int64)
    rows, ranks = np.empty(places, dtype=np.int64), np.empty(places)
    for w in range(len(winners)):
        winner, n = winners[w], 0
        for k in range(len(near)):
            near[k] = (k == winner) + (network[k] == network[winner]) + (uh_unit[k] == uh_unit[winner])
        for i in range(len(municipality)):
            rank = -near[municipality[i]] - luck[i]
            behind = n == places and rank >= ranks[n - 1]
            if near[municipality[i]] == 0 or project[i] >= 0 or behind:
                continue
            n = min(n + 1, places)
            at = n - 1  # those of the same rank stay before
            while at > 0 and rank < ranks[at - 1]:
                rows[at], ranks[at] = rows[at - 1], ranks[at - 1]
                at -= 1
            rows[at], ranks[at] = i, rank
        for k in range(n):
            project[rows[k]] = slots[w]


@compiled("int64(int64[::1], float64[::1], float64[::1], int64[::1])")
def come_to_an_end(begun: Ints, years_left: Floats, spread_left: Floats, over: Ints) -> int:
    """Half a year passes for all projects; those that are over go to `over`, and their number is returned.

    -1 where there has been no project yet.
    """
    n, any_begun = 0, False
    for k in range(len(begun)):
        any_begun |= begun[k] >= 0
        running = years_left[k] > 0
        years_left[k] = max(years_left[k] - 1 / 2, 0.0)
        spread_left[k] = max(spread_left[k] - 1 / 2, 0.0)
        if running and years_left[k] == 0:
            over[n] = k
            n += 1
    return n if any_begun else -1


@compiled("int64(float64[::1], int64[::1])")
def still_spreading(spread_left: Floats, open_to: Ints) -> int:
    """Projects whose methods are still taken up go to `open_to`, and their number is returned."""
    n = 0
    for k in range(len(spread_left)):
        if spread_left[k] > 0:
            open_to[n] = k
            n += 1
    return n


@compiled("void(float64[::1], float64, float64, int64[::1], int64[::1], int64[::1])")
def take_up(u: Floats, step: float, upto: float, open_to: Ints, project: Ints, adopted: Ints) -> None:
    """Schools outside any project take up one of the methods `open_to` them, each by a step of the numbers `u`.

    There are no numbers where no method is open.
    """
    adopted[:] = -1
    for i in range(len(u)):
        which = floor(u[i] / step)
        if u[i] < upto and which < len(open_to) and project[i] < 0:
            adopted[i] = open_to[which]


@compiled("void(float64[::1], int64[::1], int64[::1], float64, float64, float64[::1], float64[::1])")
def carry_out(
    effect: Floats,
    project: Ints,
    adopted: Ints,
    in_project: float,
    having_adopted: float,
    learning: Floats,
    involvement: Floats,
) -> None:
    """What half a year of a project, or of a method that was taken up, gives its schools."""
    for i in range(len(project)):
        if project[i] >= 0:
            learning[i] += effect[project[i]] / 2
            involvement[i] = max(involvement[i], in_project)
        if adopted[i] >= 0:
            learning[i] += effect[adopted[i]] / 2
            involvement[i] = max(involvement[i], having_adopted)
