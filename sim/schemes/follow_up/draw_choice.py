"""Who comes first in a draw: orders, ranks and the nation's weakest schools, as pure functions.

Equals are put in order by lots, keyed random numbers that each municipality draws once a year; so no order
depends on where a municipality stands in a table.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.rules import formula

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


@formula
def part(values: Floats, place: int) -> None:
    """Move values until none before `place` is greater, and none after it less, than the one there (Hoare 1961).

    numba takes ten seconds to compile numpy's own.
    """
    low, high = 0, len(values) - 1
    while low < high:
        pivot, i, j = values[(low + high) // 2], low, high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            return


@formula
def quantile(values: Floats, share: float) -> float:
    """The value below which a share of all lies, between its neighbours as `np.quantile` takes it; `values` are moved about."""
    at = (len(values) - 1) * share
    place = int(at)
    part(values, place)
    low = high = values[place]
    if place + 1 < len(values):
        high = values[place + 1]
        for i in range(place + 2, len(values)):
            high = min(high, values[i])
    above, step = at - place, high - low
    return float(low + step * above if above < 1 / 2 else high - step * (1 - above))


@formula
def weakest_from(risk: Floats, scored: Bools, share: float) -> float:
    """The risk share from which on a school is among the nation's weakest: the quantile that leaves `share` of the schools with
    figures beyond it; infinite where none has any.

    Parameters
    ----------
    risk : array of float, shape (schools,), share
    scored : array of bool, shape (schools,)
        Whether the school has figures.
    """
    known, n = np.empty(len(risk)), 0
    for s in range(len(risk)):
        if scored[s]:
            known[n] = risk[s]
            n += 1
    return quantile(known[:n], 1 - share) if n > 0 else np.inf


@formula
def is_weak(risk: float, weakest: float) -> bool:
    """Whether a school is among the nation's weakest, which begin at `weakest`; one without any risk points never is."""
    return risk >= weakest and risk > 0
