"""Formulas that many rules share."""

from __future__ import annotations

from math import floor

from sim.arrays import Floats, Ints, Number
from sim.rules import formula


@formula
def share_of(value: float) -> float:
    """A number as a share: in [0, 1]."""
    return min(max(value, 0.0), 1.0)


@formula
def parted(whole: int, weight: Floats, share: Ints) -> None:
    """A whole number shared out to everybody in proportion to weight, none lost, into `share`; nothing where nobody weighs."""
    total = 0.0
    for i in range(len(weight)):
        total += weight[i]
    upto, given = 0.0, 0
    for i in range(len(weight)):
        upto += weight[i] / total if total > 0 else 0.0
        part = 1.0 if i == len(weight) - 1 else min(upto, 1.0)
        reached = floor(part * whole + 1 / 2) if total > 0 else 0
        share[i] = reached - given
        given = reached


@formula
def joined(one: Number, other: Number) -> Number:
    """Two shares in [0, 1], or columns of them, taken together: what neither leaves out."""
    return 1 - (1 - one) * (1 - other)


LANES = 4
"""Sums that grow side by side where values are many."""


@formula
def total_of(values: Floats) -> float:
    """A sum, of four that grow side by side: in a single one each addition would have to wait for the one before it."""
    one, two, three, four = 0.0, 0.0, 0.0, 0.0
    n = len(values) // LANES
    for k in range(n):
        one += values[k]
        two += values[k + n]
        three += values[k + 2 * n]
        four += values[k + (LANES - 1) * n]
    for k in range(LANES * n, len(values)):
        one += values[k]
    return (one + two) + (three + four)
