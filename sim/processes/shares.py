"""Formulas that many rules share."""

from __future__ import annotations

from math import exp

from sim.rules import formula


@formula
def share_of(value: float) -> float:
    """A number as a share: in [0, 1]."""
    return min(max(value, 0.0), 1.0)
