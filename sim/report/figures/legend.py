"""What figures share: the legend of designs, and captions with the number of worlds."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.figures.panel import Key
from sim.report.sentences import Sentence
from sim.report.view import View


def design_keys(view: View, designs: Sequence[str]) -> tuple[Key, ...]:
    """One line for each design."""
    return tuple(
        Key(_in_full(view, design), view.style(design).colour, view.style(design).marker)
        for design in designs
    )


def _in_full(view: View, design: str) -> str:
    """The design's name, after the letter by which figures call it if it has no short one."""
    name, short = view.names.design(design), view.names.design_short(design)
    lettered = short == view.messages.text("design.lettered", letter=short[-1:])
    return f"{short}: {name}" if lettered else name


def caption(view: View, key: str) -> Sentence:
    """A caption that may name the baseline and the number of worlds."""
    values = {"a": view.names.design_inline(view.results.baseline), "worlds": view.fact("n_worlds")}
    return Sentence(view.messages, key, values)
