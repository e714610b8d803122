"""The legend that figures share: designs by their colour and mark."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.figures.panel import Key
from sim.report.view import View


def design_keys(view: View, designs: Sequence[str]) -> tuple[Key, ...]:
    """One line for each design."""
    return tuple(
        Key(view.names.design(design), view.style(design).colour, view.style(design).marker)
        for design in designs
    )
