"""How the main outcomes move over the years under each design, and where the designs part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Floats
from sim.report.figures.legend import caption, design_keys
from sim.report.figures.panel import (
    Axis,
    Band,
    Figure,
    Line,
    Margins,
    Mark,
    Panel,
    Text,
    apart,
    nice_step,
    ticked,
)
from sim.report.number_format import level_decimals, number
from sim.report.results import EVERYONE, Results
from sim.report.style import AXIS, MUTED
from sim.report.units import Shown, shown
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

MARGINS = Margins(left=44, right=100, top=50, bottom=26)
HEIGHT = 240.0
_LABEL_GAP_PX = 14.0
_ROOM = 0.06
_TICK_YEARS = 4
_MOST_BANDS = 2  # more would hide each other


@dataclass(frozen=True)
class Series:
    """One outcome under one design, by year, in the unit shown: arrays of shape (years,)."""

    years: Floats
    mean: Floats
    low: Floats
    high: Floats

    def since(self, year: float) -> Series:
        """The years from one on."""
        kept = self.years >= year
        return Series(self.years[kept], self.mean[kept], self.low[kept], self.high[kept])


def trajectory_figure(view: View) -> Figure:
    """Means over worlds with bands from the 5th to the 95th percentile."""
    panels = [_panel(view, outcome) for outcome in view.main_outcomes]
    n_designs = len(view.results.designs)
    kind = "single" if n_designs == 1 else "all" if n_designs <= _MOST_BANDS else "baseline"
    return Figure(
        "trajectories",
        view.messages.text("figure.trajectories.title"),
        caption(view, f"figure.trajectories.caption.{kind}"),
        tuple(panel for panel in panels if panel),
        columns=3,
        legend=design_keys(view, view.results.designs),
    )


def yearly(rows: pd.DataFrame, factor: float) -> Series:
    """Values by year: the mean of the half-years that have one."""
    columns = ["mean", "p05", "p95"]
    by_year = rows.dropna(subset=["mean"]).groupby("year")[columns].mean().sort_index()
    mean, low, high = (by_year[column].to_numpy(dtype=float) * factor for column in columns)
    return Series(by_year.index.to_numpy(dtype=float), mean, low, high)


def _of_everyone(results: Results, outcome: str) -> pd.DataFrame:
    rows = results.summary
    return rows[(rows["outcome"] == outcome) & (rows["group"] == EVERYONE)]


def _panel(view: View, outcome: str) -> Panel | None:
    rows = view.results.once(("whole country", outcome), lambda: _of_everyone(view.results, outcome))
    if rows["mean"].isna().all():
        return None
    how = shown(
        str(rows["unit"].iloc[0]), float(rows["mean"].abs().max()), view.messages, view.results.manifest.scale
    )
    found = view.results.once(
        ("trajectories", outcome, how.factor),
        lambda: {
            design: yearly(rows[rows["design"] == design], how.factor) for design in view.results.designs
        },
    )
    series = {design: each for design, each in found.items() if len(each.years)}
    low = min(float(np.nanmin([each.low, each.mean])) for each in series.values())
    high = max(float(np.nanmax([each.high, each.mean])) for each in series.values())
    room = _ROOM * (high - low) or 1.0
    years = np.concatenate([each.years for each in series.values()])
    y_axis = ticked(low - room, high + room, view.lang, 4)
    return Panel(
        title=view.names.outcome(outcome),
        note=view.messages.text(f"unit.{how.level}.name"),
        x=year_axis(float(years.min()), float(years.max())),
        y=y_axis,
        marks=tuple(_marks(view, series, y_axis)),
        label=" ".join([view.names.outcome(outcome) + ".", *_sentences(view, series, how)]),
        height=HEIGHT,
        margins=MARGINS,
    )


def year_axis(first: float, last: float) -> Axis:
    """Years with ticks every so many, the last one among them."""
    step = max(_TICK_YEARS, nice_step(last - first, _TICK_YEARS))
    ticks = np.arange(last, first - 1, -step)[::-1]
    return Axis(first, max(last, first + 1), tuple((float(year), f"{year:.0f}") for year in ticks))


def _marks(view: View, series: dict[str, Series], y_axis: Axis) -> list[Mark]:
    baseline, parting = view.results.baseline, view.results.manifest.parting_year
    marks: list[Mark] = []
    if parting is not None and view.results.alternatives:
        x = parting - 0.5
        marks += [
            Line((x, x), (y_axis.low, y_axis.high), AXIS, 1.0, (3.0, 3.0)),
            Text(x, y_axis.high, str(parting), MUTED, dx=4, dy=6),
        ]
    drawn = {
        design: each if design == baseline or parting is None else each.since(parting - 1)
        for design, each in series.items()
    }
    for design, each in drawn.items():
        if design == baseline or len(series) <= _MOST_BANDS:
            years, low, high = map(points, (each.years, each.low, each.high))
            marks.append(Band(years, low, high, view.style(design).colour))
    for design, each in reversed(drawn.items()):
        style = view.style(design)
        marks.append(Line(points(each.years), points(each.mean), style.colour, 2.0, style.dash))
    return marks + end_labels(view, drawn, y_axis)


def points(values: Floats) -> tuple[float, ...]:
    """Numbers as marks take them."""
    return tuple(float(value) for value in values)


def end_labels(view: View, drawn: dict[str, Series], y_axis: Axis) -> list[Mark]:
    """Each line's name at its end, moved apart where lines end close together."""
    per_px = (y_axis.high - y_axis.low) / (HEIGHT - MARGINS.top - MARGINS.bottom)
    ends = {design: each for design, each in drawn.items() if len(each.years)}
    places = apart(
        [float(each.mean[-1]) for each in ends.values()], _LABEL_GAP_PX * per_px, y_axis.low, y_axis.high
    )
    return [
        Text(float(each.years[-1]), place, view.names.design_short(design), view.style(design).colour, dx=6)
        for (design, each), place in zip(ends.items(), places, strict=True)
    ]


def _sentences(view: View, series: dict[str, Series], how: Shown) -> list[str]:
    """For those who don't see the lines: where each begins and ends."""
    sentences = []
    for design, each in series.items():
        decimals = level_decimals(float(max(abs(each.mean[0]), abs(each.mean[-1]))))
        values = {
            "first": f"{each.years[0]:.0f}",
            "last": f"{each.years[-1]:.0f}",
            "start": number(float(each.mean[0]), view.lang, decimals),
            "end": number(float(each.mean[-1]), view.lang, decimals),
            "unit": view.messages.text(f"unit.{how.level}.name"),
        }
        sentences.append(
            view.messages.text("figure.trajectories.row", design=view.names.design(design), **values)
        )
    return sentences
