"""Who comes first in a draw: orders, ranks and the nation's weakest schools, as pure functions.

Equals are put in order by lots, keyed random numbers that each municipality draws once a year; so no order
depends on where a municipality stands in a table.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.rules import formula

FINE = 1e9
"""Figures that agree to its part of 1 are equals."""


@formula
def places(lever: int, scale: float) -> int:
    """Places in the modelled share of the country: rounded, and at least one if the country has any."""
    return max(1, round(lever * scale)) if lever > 0 else 0


@formula
def in_order(value: Floats, lots: Floats) -> Ints:
    """Positions from the highest value to the lowest, equals by lot; all of shape (n,). Sorted as Shell does (1959)."""
    n = len(value)
    order, figure = np.empty(n, dtype=np.int64), np.empty(n)
    for k in range(n):
        order[k], figure[k] = k, np.rint(value[k] * FINE)
    gap = n // 2
    while gap > 0:
        for k in range(gap, n):
            one, place = order[k], k
            while place >= gap and precedes(one, order[place - gap], figure, lots):
                order[place] = order[place - gap]
                place -= gap
            order[place] = one
        gap //= 2
    return order


@formula
def precedes(one: int, other: int, figure: Floats, lots: Floats) -> bool:
    """Whether one comes before another: by the higher figure, between equals by the lower lot, then as they stand."""
    if figure[one] != figure[other]:
        return bool(figure[one] > figure[other])
    return bool(lots[one] < lots[other] or (lots[one] == lots[other] and one < other))


@formula
def ranks(value: Floats) -> Floats:
    """How many stand higher, 0 for the highest; equals share the better rank; shape (n,)."""
    higher = np.zeros(len(value))
    for k in range(len(value)):
        for other in range(len(value)):
            higher[k] += np.rint(value[other] * FINE) > np.rint(value[k] * FINE)
    return higher


@formula
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
    mixed, by_judgement = ranks(figure), ranks(judged)
    for k in range(len(mixed)):
        mixed[k] = -((1 - weight) * mixed[k] + weight * by_judgement[k])
    return in_order(mixed, lots)


@formula
def first_of_each(group: Ints) -> Ints:
    """Positions of each group's first member, in the order they stand; from shape (n,) to (groups,)."""
    last = -1
    for one in group:
        last = max(last, one)
    seen, first, n = np.zeros(last + 1, dtype=np.bool_), np.empty(len(group), dtype=np.int64), 0
    for k in range(len(group)):
        if not seen[group[k]]:
            seen[group[k]], first[n] = True, k
            n += 1
    return first[:n]


@formula
def at(numbers: Ints, rows: Ints) -> Ints:
    """The numbers in some rows."""
    there = np.empty(len(rows), dtype=np.int64)
    for k in range(len(rows)):
        there[k] = numbers[rows[k]]
    return there


@formula
def of_rows(values: Floats, rows: Ints) -> Floats:
    """The values in some rows."""
    there = np.empty(len(rows))
    for k in range(len(rows)):
        there[k] = values[rows[k]]
    return there


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
