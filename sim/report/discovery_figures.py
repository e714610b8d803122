"""The figures of the page on discovery: the boxes, and the regret of each design."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.report.figures.boxes import Limited, box_panel
from sim.report.figures.panel import Figure
from sim.report.figures.regret import Regretted, regret_panel
from sim.report.sentences import Sentence
from sim.report.sheet import Source, pieces, rows_of

BOX = ["outcome", "when", "group", "design", "versus", "better", "box"]
MOST = 6  # boxes drawn


def box_figure(source: Source) -> Iterator[Figure]:
    """The boxes that are believed; if none is, those that hold up best on held-out draws, in grey."""
    boxes, limits = source.table("boxes"), source.table("limits")
    order = boxes.assign(lift=boxes["held_low"] - boxes["held_base"])
    order = order.sort_values(["believable", "lift"], ascending=False, kind="stable")
    if order["believable"].any():
        order = order[order["believable"]]
    panels = []
    for box in rows_of(order):
        mine = limits[(limits[BOX] == [getattr(box, key) for key in BOX]).all(axis=1)]
        if mine.empty or not math.isfinite(float(box.held_density)):
            continue
        panels.append(
            box_panel(
                source.text(
                    "analysis.discovery.box_of",
                    better=source.names.design_short(str(box.better)),
                    figure=source.names.outcome(str(box.outcome)),
                ),
                _when(source, str(box.when), str(box.group)),
                source.text(
                    "analysis.discovery.box_axis" if box.believable else "analysis.discovery.box_axis_not",
                    density=source.percent(float(box.held_density)),
                    base=source.percent(float(box.held_base)),
                    coverage=source.percent(float(box.held_coverage)),
                ),
                [_limited(source, row) for row in rows_of(mine)],
                source.lang,
                believed=bool(box.believable),
            )
        )
    if panels:
        yield Figure(
            "boxes",
            source.text("analysis.discovery.box_figure"),
            Sentence(source.messages, "analysis.discovery.box_figure_caption"),
            tuple(panels[:MOST]),
            columns=1,
        )


def _limited(source: Source, row: Any) -> Limited:
    low, high = float(row.low), float(row.high)
    if math.isfinite(low) and math.isfinite(high):
        limits = source.interval(low, high)
    else:
        limits = f"≥ {source.number(low)}" if math.isfinite(low) else f"≤ {source.number(high)}"
    again = source.percent(float(row.comes_back))
    return Limited(
        source.parameter(str(row.parameter)),
        float(row.low_share) if math.isfinite(low) else 0.0,
        float(row.high_share) if math.isfinite(high) else 1.0,
        f"{limits} ({again})",
    )


def regret_figure(source: Source) -> Iterator[Figure]:
    """The regret of each design, figure by figure."""
    panels = [
        regret_panel(
            source.names.outcome(keys[0]), _when(source, keys[1], keys[2]), _rows(source, rows), source.lang
        )
        for keys, rows in pieces(source.table("regret"), ["outcome", "when", "group"])
    ]
    if panels:
        yield Figure(
            "regret",
            source.text("analysis.discovery.regret"),
            Sentence(source.messages, "analysis.discovery.regret_caption"),
            tuple(panels),
            columns=min(2, len(panels)),
        )


def _when(source: Source, when: str, group: str) -> str:
    said = source.messages.first(f"analysis.when.{when}") or when
    return said if group == "all" else f"{said}, {source.names.group_inline(group)}"


def _rows(source: Source, rows: pd.DataFrame) -> list[Regretted]:
    return [
        Regretted(source.names.design_short(str(r.design)), float(r.mean_regret), float(r.great_regret))
        for r in rows_of(rows)
    ]
