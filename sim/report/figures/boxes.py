"""Where in the uncertain parameters' ranges a box lies: a bar for each parameter that it limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.figures.panel import Axis, Margins, Mark, Panel, Rect, Text, shortened
from sim.report.number_format import number
from sim.report.style import DESIGN_STYLES, INK, MUTED, ZONE

_ROW_PX, _THICK = 24.0, 0.3
_MARGINS = Margins(left=330, right=150, top=46, bottom=46)
_WIDTH = 760.0
_PERCENT = 100


@dataclass(frozen=True)
class Limited:
    """One limited parameter of a box.

    Attributes
    ----------
    low, high : float
        Ends of the box as shares of all draws, from 0 to 1.
    said : str
        The limits in the parameter's own unit, and whatever else is to stand beside the bar.
    """

    name: str
    low: float
    high: float
    said: str


def box_panel(
    title: str, note: str, across: str, rows: Sequence[Limited], lang: str, *, believed: bool
) -> Panel:
    """A panel for one box; one that is not believed is grey.

    Parameters
    ----------
    across : str
        What the axis is.
    """
    colour = DESIGN_STYLES[1].colour if believed else MUTED
    marks: list[Mark] = []
    for i, row in enumerate(rows):
        marks += [
            Rect(0.0, 1.0, -i - _THICK, -i + _THICK, ZONE),
            Rect(row.low, row.high, -i - _THICK, -i + _THICK, colour),
            Text(1.0, -float(i), row.said, INK, dx=10.0),
        ]
    ticks = tuple((share, number(_PERCENT * share, lang)) for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    names = tuple((-float(i), shortened(row.name)) for i, row in enumerate(rows))
    return Panel(
        title=title,
        note=note,
        x=Axis(0.0, 1.0, ticks, across),
        y=Axis(-len(rows) + 0.4, 0.6, names),
        marks=tuple(marks),
        label=" ".join([f"{title}.", f"{note}.", *(f"{row.name}: {row.said}." for row in rows)]),
        width=_WIDTH,
        height=_MARGINS.top + _MARGINS.bottom + _ROW_PX * max(1, len(rows)),
        margins=_MARGINS,
    )
