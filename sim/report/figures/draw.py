"""The draw: what the figures see against what is so, and how far small municipalities swing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Floats
from sim.report.figures.panel import Axis, Dots, Figure, Key, Margins, Mark, Panel, ticked
from sim.report.number_format import number
from sim.report.quantity import Quantity, source
from sim.report.sentences import Sentence
from sim.report.style import DRAWN_AVERAGE, DRAWN_SPREAD, NOT_DRAWN
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

_MARGINS = Margins(left=46, right=14, top=50, bottom=46)
_PERCENT = 100.0
_ROOM = 0.05
_KINDS = {"none": (NOT_DRAWN, "circle", 4.5, 0.55), "average": (DRAWN_AVERAGE, "square", 7.0, 0.9),
          "spread": (DRAWN_SPREAD, "triangle", 8.0, 0.9)}  # fmt: skip
_POPULATIONS = (300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000)


def draw_figure(view: View) -> Figure:
    """One draw in one world under the baseline: the first after the designs part."""
    say = view.messages.text
    rows = example(view)
    panels = (_funnel(view, rows), _hits(view, rows)) if len(rows) else ()
    return Figure(
        "draw",
        say("figure.draw.title"),
        _caption(view, rows),
        panels,
        columns=2,
        legend=tuple(
            Key(say(f"figure.draw.kind.{kind}"), colour, marker, opacity)
            for kind, (colour, marker, _, opacity) in _KINDS.items()
        ),
    )


def _caption(view: View, rows: pd.DataFrame) -> Sentence:
    """Which draw is shown: the year and the number of municipalities are bound to the file."""
    first = rows.iloc[0] if len(rows) else {"world": 0, "year": 0}
    where = {"design": view.results.baseline, "world": first["world"], "year": first["year"]}

    def bound(value: float, unit: str, **place: object) -> Quantity:
        return Quantity(
            value, source("draws.parquet", **where, **place), view.messages, unit, grouped=unit != "plain"
        )

    return Sentence(
        view.messages,
        "figure.draw.caption",
        {
            "a": view.names.design_inline(view.results.baseline),
            "municipalities": bound(float(len(rows)), "municipalities", stat="count"),
            "year": bound(float(first["year"]), "plain", column="year", stat="mean"),
        },
    )


def example(view: View) -> pd.DataFrame:
    """Municipalities at the draw that is shown: the first world's first one from the parting on."""
    rows: pd.DataFrame = view.results.draws
    needed = {"design", "world", "year", "population", "risk_share", "true_need", "drawn"}
    if not needed <= set(rows.columns):
        return rows.head(0)
    rows = rows.loc[rows["design"] == view.results.baseline]
    rows = rows.loc[rows["world"] == rows["world"].min()]
    rows = rows.loc[rows["year"] == rows["year"].min()]
    return rows.dropna(subset=["population", "risk_share", "true_need"])


def _panel(view: View, rows: pd.DataFrame, key: str, xs: Floats, x_axis: Axis) -> Panel:
    risk = _floats(rows["risk_share"]) * _PERCENT
    marks: list[Mark] = []
    for kind, (colour, marker, size, opacity) in _KINDS.items():
        of_kind = np.array(rows["drawn"].astype(str) == kind)
        marks.append(
            Dots(tuple(xs[of_kind].tolist()), tuple(risk[of_kind].tolist()), colour, marker, size, opacity)
        )
    return Panel(
        title=view.messages.text(f"figure.draw.{key}.title"),
        note=view.messages.text("figure.draw.risk_share"),
        x=x_axis,
        y=ticked(0.0, float(risk.max()) * (1 + _ROOM) or 1.0, view.lang, 4),
        marks=tuple(marks),
        label=view.messages.text(f"figure.draw.{key}.alt"),
        width=480,
        height=360,
        margins=_MARGINS,
    )


def _funnel(view: View, rows: pd.DataFrame) -> Panel:
    people = np.maximum(_floats(rows["population"]), 1)
    low, high = people.min(), people.max()
    ticks = tuple((float(np.log10(n)), number(n, view.lang)) for n in _POPULATIONS if low <= n <= high)
    label = view.messages.text("figure.draw.population")
    axis = Axis(float(np.log10(low)) - 0.1, float(np.log10(high)) + 0.1, ticks, label, grid=True)
    return _panel(view, rows, "funnel", np.log10(people), axis)


def _hits(view: View, rows: pd.DataFrame) -> Panel:
    need = _floats(rows["true_need"])
    room = _ROOM * float(need.max() - need.min()) or 1.0
    label = view.messages.text("figure.draw.need")
    axis = ticked(float(need.min()) - room, float(need.max()) + room, view.lang, 5, signed=True, label=label)
    return _panel(view, rows, "hits", need, axis)


def _floats(column: pd.Series[float]) -> Floats:
    return np.asarray(column, dtype=np.float64)
