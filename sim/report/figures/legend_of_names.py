"""A legend of plain names, in the order of the styles."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.figures.panel import Key
from sim.report.style import design_style


def name_keys(names: Sequence[str]) -> tuple[Key, ...]:
    """One line for each name."""
    return tuple(Key(name, design_style(i).colour, design_style(i).marker) for i, name in enumerate(names))
