"""Formulas that many rules share."""

from __future__ import annotations

from sim.rules import formula


@formula
def share_of(value: float) -> float:
    """A number as a share: in [0, 1]."""
    return min(max(value, 0.0), 1.0)


@formula
def joined(one: float, other: float) -> float:
    """Two shares in [0, 1] taken together: what neither leaves out."""
    return 1 - (1 - one) * (1 - other)
