"""Candidates by two things that are wanted of them; nought is the design that they are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.figures.panel import Dots, Line, Margins, Mark, Panel, ticked
from sim.report.number_format import number
from sim.report.style import AXIS, DESIGN_STYLES, MUTED


@dataclass(frozen=True)
class Placed:
    """A candidate at its place."""

    name: str
    x: float
    y: float
    on_front: bool


def front_panel(across: str, upwards: str, placed: Sequence[Placed], lang: str) -> Panel:
    """A panel with a mark for each candidate; those on the front in front of the others.

    Parameters
    ----------
    across, upwards : str
        What the axes are.
    """
    xs, ys = [0.0, *(p.x for p in placed)], [0.0, *(p.y for p in placed)]
    x_room = 0.08 * (max(xs) - min(xs)) or 1.0
    y_room = 0.08 * (max(ys) - min(ys)) or 1.0
    x = ticked(min(xs) - x_room, max(xs) + x_room, lang, 3, signed=True, label=across)
    y = ticked(min(ys) - y_room, max(ys) + y_room, lang, 4, signed=True)
    marks: list[Mark] = [
        Line((0.0, 0.0), (y.low, y.high), AXIS, 1.0),
        Line((x.low, x.high), (0.0, 0.0), AXIS, 1.0),
    ]
    for on_front, colour, marker in ((False, MUTED, "circle"), (True, DESIGN_STYLES[1].colour, "square")):
        some = [p for p in placed if p.on_front is on_front]
        marks.append(Dots(tuple(p.x for p in some), tuple(p.y for p in some), colour, marker, 8.0))
    words = [f"{p.name}: {number(p.x, lang, 3)}, {number(p.y, lang, 3)}." for p in placed]
    return Panel(
        title=upwards,
        x=x,
        y=y,
        marks=tuple(marks),
        label=" ".join([f"{upwards}, {across}.", *words]),
        height=250.0,
        margins=Margins(left=66, right=16, top=46, bottom=48),
    )
