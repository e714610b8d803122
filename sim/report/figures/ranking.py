"""Things in the order of their size, each with its interval, and the floor below which a size says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.report.figures.panel import Axis, Dots, Line, Margins, Mark, Panel, shortened, ticked
from sim.report.style import AXIS, DESIGN_STYLES, MUTED

_ROW_PX, _MARK_PX, _ROOM = 18.0, 8.0, 0.04
_MARGINS = Margins(left=330, right=18, top=46, bottom=30)
_WIDTH = 640.0


@dataclass(frozen=True)
class Ranked:
    """One row: its name, its value with interval, its floor (NaN if none), and whether it stands above it."""

    name: str
    value: float
    low: float
    high: float
    floor: float
    clear: bool


def ranking_panel(title: str, note: str, rows: Sequence[Ranked], lang: str, words: Sequence[str]) -> Panel:
    """A panel with one row for each; clear ones have full marks, others small grey ones.

    Parameters
    ----------
    words : sequence of str
        The content in sentences.
    """
    ends = [x for r in rows for x in (r.value, r.low, r.high, r.floor, 0.0) if np.isfinite(x)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = _ROOM * (high - low) or 1.0
    marks: list[Mark] = [Line((0.0, 0.0), (-len(rows) + 0.4, 0.6), AXIS, 1.0)]
    for i, row in enumerate(rows):
        colour = DESIGN_STYLES[1].colour if row.clear else MUTED
        if np.isfinite(row.low) and np.isfinite(row.high):
            marks.append(Line((row.low, row.high), (-i, -i), colour, 2.0 if row.clear else 1.0))
        if np.isfinite(row.floor):
            marks.append(Line((row.floor, row.floor), (-i - 0.35, -i + 0.35), DESIGN_STYLES[2].colour, 1.5))
        marks.append(
            Dots((row.value,), (-float(i),), colour, "square", _MARK_PX if row.clear else _MARK_PX - 2)
        )
    ticks = tuple((-float(i), shortened(row.name)) for i, row in enumerate(rows))
    return Panel(
        title=title,
        note=note,
        x=ticked(low - room, high + room, lang, 4),
        y=Axis(-len(rows) + 0.4, 0.6, ticks),
        marks=tuple(marks),
        label=" ".join([f"{title}.", *words]),
        width=_WIDTH,
        height=_MARGINS.top + _MARGINS.bottom + _ROW_PX * max(1, len(rows)),
        margins=_MARGINS,
    )
