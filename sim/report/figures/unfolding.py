"""How the differences grow: the paired difference from the baseline, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from sim.arrays import Floats, Ints
from sim.report.answer import told_outcomes
from sim.report.figures.legend import caption, design_keys
from sim.report.figures.panel import Band, Figure, Line, Mark, Panel, Rect, ticked
from sim.report.figures.trajectories import HEIGHT, MARGINS, Series, end_labels, points, year_axis
from sim.report.style import AXIS, ZONE
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

_UPPER = 0.95  # quantile of Student's distribution for an interval of 90 %
_LEAST_DRAWS = 2
_ROOM = 0.08


def unfolding_figure(view: View) -> Figure:
    """Means of the paired differences with their intervals; nothing where single worlds are not stored."""
    outcomes = told_outcomes(view)
    values = view.results.world_values
    panels = [_panel(view, outcome, values) for outcome in outcomes] if len(values) else []
    return Figure(
        "unfolding",
        view.messages.text("figure.unfolding.title", a=view.names.design_inline(view.results.baseline)),
        caption(view, "figure.unfolding.caption"),
        tuple(panel for panel in panels if panel),
        columns=3,
        legend=design_keys(view, view.results.alternatives),
    )


def paired_by_year(
    values: pd.DataFrame,
    a: str,
    b: str,
    factor: float,
    draw_of_world: Mapping[int, int] = MappingProxyType({}),
) -> Series:
    """Mean over worlds of b less a in each year, with its 90 % interval; years without two draws are left out.

    Worlds of one draw of the parameters count as one, as in the comparison.

    Parameters
    ----------
    values : DataFrame
        One outcome: columns `world`, `design`, `year`, `value`.
    draw_of_world : mapping from world to draw, optional
        By default every world has its own.
    """
    means = values.groupby(["design", "world", "year"], observed=True)["value"].mean().unstack("year")
    found = set(means.index.get_level_values("design"))
    if not {a, b} <= found:
        return Series(*(np.empty(0) for _ in range(4)))
    worlds = means.loc[b].index.intersection(means.loc[a].index)
    of_a, of_b = (np.asarray(means.loc[design].loc[worlds], dtype=np.float64) for design in (a, b))
    d = (of_b - of_a) * factor
    draw = np.array([draw_of_world.get(int(world), int(world)) for world in worlds], dtype=np.int64)
    known = ~np.isnan(d)
    of_draws = [known[draw == number].any(axis=0) for number in np.unique(draw)]
    m: Ints = np.sum(np.array(of_draws, dtype=np.int64).reshape(-1, d.shape[1]), axis=0)
    kept = m >= _LEAST_DRAWS
    years, d, m = np.asarray(means.columns, dtype=np.float64)[kept], d[:, kept], m[kept]
    mean = np.nanmean(d, axis=0)
    half = stdtrit(m - 1, _UPPER) * _error(d, mean, draw, m)
    return Series(years, mean, mean - half, mean + half)


def _error(d: Floats, mean: Floats, draw: Ints, m: Ints) -> Floats:
    """Standard error of the mean over worlds, those of one draw going together; shape (years,)."""
    apart = np.nan_to_num(d - mean)
    squares = np.sum([apart[draw == number].sum(axis=0) ** 2 for number in np.unique(draw)], axis=0)
    error: Floats = np.sqrt(m / (m - 1) * squares) / (~np.isnan(d)).sum(axis=0)
    return error


def _by_design(view: View, values: pd.DataFrame, outcome: str, factor: float) -> dict[str, Series]:
    """The differences of each design from the year before the parting on."""
    rows = values[values["outcome"] == outcome]
    rows = rows.assign(design=rows["design"].astype(str))
    draws, first = view.results.draw_of_world, (view.results.manifest.parting_year or 0) - 1
    return {
        design: paired_by_year(rows, view.results.baseline, design, factor, draws).since(first)
        for design in view.results.alternatives
    }


def _panel(view: View, outcome: str, values: pd.DataFrame) -> Panel | None:
    differences = view.differences(outcome)
    if not differences:
        return None
    shown = differences[0].difference
    found = view.results.once(
        ("unfolding", outcome, shown.factor), lambda: _by_design(view, values, outcome, shown.factor)
    )
    series = {design: each for design, each in found.items() if len(each.years)}
    if not series:
        return None
    least = (differences[0].smallest or 0.0) * shown.factor
    low = min(-least, 0.0, *(float(each.low.min()) for each in series.values()))
    high = max(least, 0.0, *(float(each.high.max()) for each in series.values()))
    room = _ROOM * (high - low) or 1.0
    y_axis = ticked(low - room, high + room, view.lang, 4, signed=True)
    years = np.concatenate([each.years for each in series.values()])
    marks: list[Mark] = [
        Rect(years.min(), years.max(), -least, least, ZONE),  # what would not matter
        Line((years.min(), years.max()), (0.0, 0.0), AXIS, 1.0),
    ]
    for design, each in series.items():
        marks.append(Band(points(each.years), points(each.low), points(each.high), view.style(design).colour))
    for design, each in series.items():
        marks.append(
            Line(
                points(each.years), points(each.mean), view.style(design).colour, 2.0, view.style(design).dash
            )
        )
    return Panel(
        title=view.names.outcome(outcome),
        note=view.messages.text(f"unit.{shown.unit}.name"),
        x=year_axis(float(years.min()), float(years.max())),
        y=y_axis,
        marks=(*marks, *end_labels(view, series, y_axis)),
        label=view.messages.text("figure.unfolding.alt", outcome=view.names.outcome(outcome)),
        height=HEIGHT,
        margins=MARGINS,
    )
