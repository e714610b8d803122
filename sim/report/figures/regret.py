"""How much is lost by having chosen each design, on average and when it goes badly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.figures.panel import Axis, Dots, Line, Margins, Mark, Panel, ticked
from sim.report.number_format import number
from sim.report.style import AXIS, design_style

_ROW_PX = 26.0
_MARGINS = Margins(left=150, right=18, top=46, bottom=30)
_WIDTH, _ROOM, _MARK_PX = 420.0, 0.06, 9.0


@dataclass(frozen=True)
class Regretted:
    """A design's regret: its mean, and what it is in the worst tenth of the runs at least."""

    name: str
    mean: float
    great: float


def regret_panel(title: str, note: str, rows: Sequence[Regretted], lang: str) -> Panel:
    """A panel with a row for each design, in the order and style of the designs."""
    high = max((max(row.mean, row.great) for row in rows), default=0.0) or 1.0
    marks: list[Mark] = [Line((0.0, 0.0), (-len(rows) + 0.4, 0.6), AXIS, 1.0)]
    for i, row in enumerate(rows):
        style = design_style(i)
        marks += [
            Line((row.mean, row.great), (-i, -i), style.colour, 2.0, style.dash),
            Line((row.great, row.great), (-i - 0.2, -i + 0.2), style.colour, 2.0),
            Dots((row.mean,), (-float(i),), style.colour, style.marker, _MARK_PX),
        ]
    words = [f"{row.name}: {number(row.mean, lang, 4)}, {number(row.great, lang, 4)}." for row in rows]
    return Panel(
        title=title,
        note=note,
        x=ticked(-_ROOM * high, (1 + _ROOM) * high, lang, 3),
        y=Axis(-len(rows) + 0.4, 0.6, tuple((-float(i), row.name) for i, row in enumerate(rows))),
        marks=tuple(marks),
        label=" ".join([f"{title}.", *words]),
        width=_WIDTH,
        height=_MARGINS.top + _MARGINS.bottom + _ROW_PX * max(1, len(rows)),
        margins=_MARGINS,
    )
