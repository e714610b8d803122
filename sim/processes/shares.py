"""Formulas that many rules share."""

from __future__ import annotations

from sim.arrays import Floats
from sim.rules import formula


@formula
def share_of(value: float) -> float:
    """A number as a share: in [0, 1]."""
    return min(max(value, 0.0), 1.0)


@formula
def total_of(values: Floats) -> float:
    """A sum, of four parts that a machine adds up side by side."""
    one, two, three, four = 0.0, 0.0, 0.0, 0.0
    fours = len(values) // 4 * 4
    for i in range(0, fours, 4):
        one += values[i]
        two += values[i + 1]
        three += values[i + 2]
        four += values[i + 3]
    for i in range(fours, len(values)):
        one += values[i]
    return (one + two) + (three + four)
