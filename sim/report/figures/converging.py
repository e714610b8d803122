"""How indices settle as more of the runs are used: one line for each factor."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sim.report.figures.panel import Axis, Band, Dots, Line, Margins, Mark, Panel, ticked
from sim.report.number_format import number
from sim.report.style import design_style

_WIDTH, _HEIGHT = 420.0, 250.0


def converging_panel(
    title: str, note: str, courses: Mapping[str, Sequence[tuple[int, float, float, float]]], lang: str
) -> Panel:
    """A panel with a line and a band for each name; courses are (runs used, value, low, high)."""
    points = [point for course in courses.values() for point in course]
    steps = sorted({point[0] for point in points})
    at = {n: float(i) for i, n in enumerate(steps)}  # evenly spread: each step has twice the runs
    ends = [x for _, *values in points for x in values if math.isfinite(x)] or [0.0, 1.0]
    low, high = min(0.0, *ends), max(ends)
    room = 0.05 * (high - low) or 1.0
    marks: list[Mark] = []
    for i, course in enumerate(courses.values()):
        style = design_style(i)
        xs, values = tuple(at[n] for n, *_ in course), tuple(point[1] for point in course)
        if all(math.isfinite(x) for point in course for x in point):
            lows, highs = tuple(point[2] for point in course), tuple(point[3] for point in course)
            marks.append(Band(xs, lows, highs, style.colour, 0.12))
        marks += [
            Line(xs, values, style.colour, 2.0, style.dash),
            Dots(xs, values, style.colour, style.marker, 7.0),
        ]
    words = [
        f"{name}: {', '.join(number(p[1], lang, 3) for p in course)}." for name, course in courses.items()
    ]
    return Panel(
        title=title,
        note=note,
        x=Axis(-0.2, max(at.values(), default=0.0) + 0.2, tuple((x, number(n, lang)) for n, x in at.items())),
        y=ticked(low - room, high + room, lang, 4),
        marks=tuple(marks),
        label=" ".join([f"{title}.", *words]),
        width=_WIDTH,
        height=_HEIGHT,
        margins=Margins(left=64, right=16, top=46, bottom=34),
    )
