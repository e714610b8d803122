"""Single worlds: how far the difference in one possible Norway may lie from the mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Floats
from sim.report.differences import Difference, Finding
from sim.report.figures.legend import caption, design_keys
from sim.report.figures.panel import Axis, Dots, Figure, Line, Margins, Mark, Panel, Rect, balanced
from sim.report.figures.trajectories import points
from sim.report.style import AXIS, INK, ZONE
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

_MARGINS = Margins(left=112, right=16, top=50, bottom=30)
_ROW_PX = 52.0
_BINS = 40
_TALLEST = 0.68  # of a row's height
_ROOM = 1.08
_AGREES = 1e-6  # how near the worlds' mean must come to the comparison's


def worlds_figure(view: View) -> Figure:
    """One dot for each world, the mean and its interval below; the spread alone where single worlds are not stored."""
    outcomes = view.present(view.subject.spreads)
    values = view.results.world_values
    panels = [_panel(view, outcome, values) for outcome in outcomes]
    return Figure(
        "worlds",
        view.messages.text("figure.worlds.title"),
        caption(view, "figure.worlds.caption"),
        tuple(panel for panel in panels if panel),
        columns=3,
        legend=design_keys(view, view.results.alternatives),
    )


def world_differences(
    values: pd.DataFrame, outcome: str, a: str, b: str, first: float, last: float
) -> Floats:
    """Difference of b from a in each world, averaged over the half-years from `first` to `last`; shape (worlds,)."""
    if values.empty:
        return np.empty(0)
    rows = values[(values["outcome"] == outcome) & values["year"].between(first, last)]
    by_world = [rows[rows["design"] == design].groupby("world")["value"].mean() for design in (a, b)]
    found: Floats = (by_world[1] - by_world[0]).dropna().to_numpy(dtype=float)
    return found


def stacked(values: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Values moved to the middle of narrow bins, and each one's height in its pile, from 0."""
    width = (high - low) / _BINS
    bins = np.clip(((np.sort(values) - low) / width).astype(np.int64), 0, _BINS - 1)
    heights = np.arange(len(bins)) - np.searchsorted(bins, bins)
    return np.float64(low) + (bins + 0.5) * width, heights.astype(np.float64)


def _panel(view: View, outcome: str, values: pd.DataFrame) -> Panel | None:
    known = [d for d in view.differences(outcome) if d.finding is not Finding.UNKNOWN]
    if not known:
        return None
    factor = known[0].difference.factor
    worlds = {d.row.design: _of(d, values) * factor for d in known}
    ends = [
        abs(x) * factor for d in known for x in (d.row.spread_low, d.row.spread_high, d.row.low, d.row.high)
    ]
    reach = _ROOM * max([*ends, *(abs(x) for each in worlds.values() for x in each)]) or 1.0
    n = len(known)
    marks: list[Mark] = []
    for i, d in enumerate(known):
        marks += _row(view, d, n - 1.0 - i, worlds[d.row.design], reach)
    return Panel(
        title=view.names.outcome(outcome),
        note=view.messages.text(f"unit.{known[0].difference.unit}.name"),
        x=balanced(reach, view.lang),
        y=Axis(
            -0.35,
            n - 0.2,
            tuple((n - 1.0 - i, view.names.design_short(d.row.design)) for i, d in enumerate(known)),
        ),
        marks=(Line((0.0, 0.0), (-0.35, n - 0.2), AXIS, 1.0), *marks),
        label=" ".join([view.names.outcome(outcome) + ".", *(_sentence(view, d) for d in known)]),
        height=_MARGINS.top + _MARGINS.bottom + (n + 0.15) * _ROW_PX,
        margins=_MARGINS,
    )


def _of(d: Difference, values: pd.DataFrame) -> Floats:
    """The single worlds' differences, none if they don't add up to the comparison's mean."""
    found = world_differences(values, d.row.outcome, d.row.versus, d.row.design, d.row.start, d.row.end)
    scale = max(abs(d.row.difference), d.row.high - d.row.low)
    agrees = len(found) > 0 and abs(found.mean() - d.row.difference) <= _AGREES * scale
    return found if agrees else np.empty(0)


def _row(view: View, d: Difference, y: float, worlds: Floats, reach: float) -> list[Mark]:
    style, factor = view.style(d.row.design), d.difference.factor
    low, high, middle = (x * factor for x in (d.row.low, d.row.high, d.row.difference))
    spread = (d.row.spread_low * factor, d.row.spread_high * factor)
    marks: list[Mark] = []
    if len(worlds):
        xs, piles = stacked(worlds, -reach, reach)
        step = min(0.1, _TALLEST / max(float(piles.max()) + 1, 1))
        ys = y + 0.06 + step * (piles + 0.5)
        marks.append(Dots(points(xs), points(ys), style.colour, "circle", min(5.0, step * _ROW_PX), 0.75))
    else:
        marks.append(Rect(*spread, y + 0.05, y + 0.25, ZONE))
    return [
        *marks,
        Line(spread, (y - 0.1, y - 0.1), style.colour, 1.0),
        Line((low, high), (y - 0.1, y - 0.1), style.colour, 4.0),
        Dots((middle,), (y - 0.1,), INK, "diamond", 7),
    ]


def _sentence(view: View, d: Difference) -> str:
    return view.messages.text(
        "figure.worlds.row",
        b=view.names.design(d.row.design),
        low=str(d.spread_low),
        high=str(d.spread_high),
        unit=view.messages.text(f"unit.{d.difference.unit}.name"),
    )
