"""The answer as a figure: how far each alternative lies from the baseline, outcome by outcome, in the outcome's unit."""

from __future__ import annotations

import math

from sim.report.answer import told_outcomes
from sim.report.differences import Difference, Finding, Told
from sim.report.figures.legend import caption, design_keys
from sim.report.figures.panel import Axis, Dots, Figure, Line, Margins, Mark, Panel, Rect, Text, balanced
from sim.report.results import EVERYONE
from sim.report.style import AXIS, INK, MUTED, ZONE
from sim.report.view import View

_ROW_PX = 30.0
_MARGINS = Margins(left=112, right=66, top=44, bottom=30)
_ROOM = 1.12  # beyond the widest interval


def answer_figure(view: View) -> Figure:
    """Differences with their intervals, and the zone of what would not matter."""
    panels = tuple(_panel(view, outcome) for outcome in told_outcomes(view))
    return Figure(
        "answer",
        view.messages.text("figure.answer.title", a=view.names.design_inline(view.results.baseline)),
        caption(view, "figure.answer.caption"),
        panels,
        columns=min(3, max(1, len(panels))),
        legend=design_keys(view, view.results.alternatives),
    )


def _panel(view: View, outcome: str) -> Panel:
    group = view.concerned(outcome)
    differences = view.differences(outcome, group)
    factor = differences[0].difference.factor if differences else 1.0
    reach = _ROOM * max([abs(x) for d in differences for x in _extent(d)], default=0.0) * factor or 1.0
    n = len(differences)
    x_axis = balanced(reach, view.lang)
    rows = tuple((n - 1.0 - i, view.names.design_short(d.row.design_b)) for i, d in enumerate(differences))
    marks: list[Mark] = [Line((0.0, 0.0), (-0.6, n - 0.4), AXIS, 1.0)]
    for i, d in enumerate(differences):
        marks = [*_zone(d, n - 1.0 - i), *marks, *_row(view, d, n - 1.0 - i, reach)]
    return Panel(
        title=view.names.outcome(outcome),
        note=_note(view, differences),
        x=x_axis,
        y=Axis(-0.6, n - 0.4, rows),
        marks=tuple(marks),
        label=" ".join([view.names.outcome(outcome) + ".", *(in_words(view, d) for d in differences)]),
        width=360,
        height=_MARGINS.top + _MARGINS.bottom + max(n, 2) * _ROW_PX,
        margins=_MARGINS,
    )


def _extent(d: Difference) -> list[float]:
    """How far a row reaches, as far as that is known."""
    row = d.row
    return [x for x in (row.difference, row.low, row.high, row.smallest) if math.isfinite(x)]


def _zone(d: Difference, y: float) -> list[Mark]:
    """What would not matter."""
    least = (d.smallest or 0.0) * d.difference.factor
    return [Rect(-least, least, y - 0.36, y + 0.36, ZONE)] if least > 0 else []


def _row(view: View, d: Difference, y: float, reach: float) -> list[Mark]:
    shown, style = d.difference, view.style(d.row.design_b)
    low, middle, high = (x * shown.factor for x in (d.row.low, d.row.difference, d.row.high))
    marks: list[Mark] = []
    if d.moved or d.told in (Told.NONE, Told.UNKNOWN):
        colour = INK if d.moved else MUTED
        marks.append(Text(reach, y, shown.number, colour, dx=8, bold=d.moved, quantity=shown))
    if math.isfinite(middle):
        marks.append(Dots((middle,), (y,), style.colour, style.marker, 10))
    if d.finding is not Finding.UNKNOWN:
        marks.insert(0, Line((low, high), (y, y), style.colour, 2.5 if d.moved else 1.5))
    return marks


def _note(view: View, differences: list[Difference]) -> str:
    """Unit and direction: `more is better` and so on; and the group, where it is not the country."""
    if not differences:
        return ""
    first = differences[0]
    wished = {1: "more", -1: "less"}.get(first.row.better, "neither")
    note = view.messages.text(
        f"figure.wished.{wished}", unit=view.messages.text(f"unit.{first.difference.unit}.name")
    )
    if first.row.group == EVERYONE:
        return note
    return view.messages.text("figure.answer.of_group", group=view.names.group(first.row.group), note=note)


def in_words(view: View, d: Difference) -> str:
    """A row of the figure as a sentence."""
    values = {name: str(value) for name, value in d.values.items()}
    key = (
        f"figure.answer.row_{d.told}"
        if d.told in (Told.UNKNOWN, Told.TRIFLE, Told.OPEN)
        else "figure.answer.row"
    )
    return view.messages.text(key, b=view.names.design(d.row.design_b), **values)
