"""Levels of an outcome under one design: where it begins and where it ends, read from the summary."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.report.number_format import level_decimals
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE
from sim.report.units import shown
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd


def start_and_end(view: View, design: str, outcome: str) -> dict[str, Quantity] | None:
    """First and last mean over worlds with their years; None without figures."""
    rows = view.results.summary
    rows = rows[(rows["design"] == design) & (rows["outcome"] == outcome) & (rows["group"] == EVERYONE)]
    rows = rows[rows["mean"].notna()]
    if rows.empty:
        return None
    order = rows["year"].astype(float) + (rows["season"].astype(str) == "autumn") / 2
    rows = rows.iloc[order.argsort()]
    first, last = (_level(view, rows.iloc[i]) for i in (0, -1))
    return {
        "start": first,
        "end": last,
        "first": _year(view, rows.iloc[0]),
        "last": _year(view, rows.iloc[-1]),
    }


def _place(row: pd.Series[float], column: str) -> str:
    where = {name: row[name] for name in ("design", "year", "season", "outcome", "group")}
    return source("summary.parquet", **where, column=column)


def _level(view: View, row: pd.Series[float]) -> Quantity:
    value = float(row["mean"])
    how = shown(str(row["unit"]), value, view.messages, view.results.manifest.scale)
    decimals = level_decimals(value * how.factor) if math.isfinite(value) else 0
    return Quantity(value, _place(row, "mean"), view.messages, how.level, how.factor, decimals)


def _year(view: View, row: pd.Series[float]) -> Quantity:
    return Quantity(float(row["year"]), _place(row, "year"), view.messages, grouped=False)
