"""The page on discovery: when one alternative beats another, and how they do over all futures together."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.report.discovery_figures import box_figure, regret_figure
from sim.report.sheet import Section, Sheet, SheetTable, Source, pieces, rows_of

CONTRAST = ["outcome", "when", "group", "design", "versus"]


def sheet(source: Source) -> Sheet:
    """The page in one language."""
    about = source.about
    lead = source.text(
        "analysis.discovery.lead",
        draws=source.count(about["draws"]),
        worlds=source.count(about["worlds"]),
        parameters=source.count(about["parameters"]),
        first=str(about["years"]["start"]),
        last=str(about["years"]["end"]),
    )
    boxes, limits = source.table("boxes"), source.table("limits")
    return source.sheet(
        source.text("analysis.discovery.title"),
        lead,
        source.answer(_answers(source, boxes, limits)),
        Section(
            "boxes",
            source.text("analysis.discovery.boxes"),
            (source.text("analysis.discovery.how"),),
            tuple(box_figure(source)),
            tables=tuple(_box_tables(source, boxes, limits)),
        ),
        Section(
            "sizes",
            source.text("analysis.discovery.sizes"),
            tuple(_trees(source)),
            tables=tuple(_leaf_tables(source)),
        ),
        Section(
            "futures",
            source.text("analysis.discovery.futures"),
            (source.text("analysis.discovery.regret_how"),),
            tuple(regret_figure(source)),
            tables=(_regret(source), _satisficing(source)),
        ),
        source.limits("analysis.discovery.limits", "model", "many"),
    )


def _answers(source: Source, boxes: pd.DataFrame, limits: pd.DataFrame) -> Iterator[str]:
    empty = 0
    for keys, tree in pieces(source.table("trees"), CONTRAST):
        said = {
            "figure": source.figure_words(*keys[:3]),
            "b": source.names.design(keys[3]),
            "a": source.names.design(keys[4]),
        }
        row = tree.iloc[0]
        yield source.text(
            "analysis.discovery.share",
            **said,
            better=source.percent(row["better_share"]),
            worse=source.percent(row["worse_share"]),
        )
        mine = boxes[(boxes[CONTRAST] == list(keys)).all(axis=1)]
        believed = mine[mine["believable"]]
        empty += len(mine) > 0 and believed.empty
        for box in rows_of(believed):
            yield source.text(
                "analysis.discovery.found",
                better=source.names.design(str(box.better)),
                figure=source.figure_words(*keys[:3], inline=True),
                where=_where(source, _limits_of(limits, box)),
                density=source.percent(float(box.held_density)),
                low=source.percent(float(box.held_low)),
                high=source.percent(float(box.held_high)),
                base=source.percent(float(box.held_base)),
                coverage=source.percent(float(box.held_coverage)),
            )
    if empty:
        yield source.text("analysis.discovery.nothing", n=source.count(empty))


def _limits_of(limits: pd.DataFrame, box: Any) -> pd.DataFrame:
    keys = [*CONTRAST, "better", "box"]
    wanted = [getattr(box, key) for key in keys]
    return limits[(limits[keys] == wanted).all(axis=1)]


def _where(source: Source, limits: pd.DataFrame) -> str:
    return "; ".join(
        _range(source, source.parameter(str(row.parameter)), float(row.low), float(row.high))
        for row in rows_of(limits)
    )


def _range(source: Source, name: str, low: float, high: float) -> str:
    if math.isfinite(low) and math.isfinite(high):
        return source.text("analysis.range.both", name=name, low=source.number(low), high=source.number(high))
    if math.isfinite(low):
        return source.text("analysis.range.above", name=name, low=source.number(low))
    return source.text("analysis.range.below", name=name, high=source.number(high))


def _box_tables(source: Source, boxes: pd.DataFrame, limits: pd.DataFrame) -> Iterator[SheetTable]:
    if boxes.empty:
        return
    head = ("box", "where", "coverage", "density", "base", "overlap", "shuffled", "believable")
    rows = []
    for box in rows_of(boxes):
        name = source.text(
            "analysis.discovery.box_of",
            better=source.names.design(str(box.better)),
            figure=source.figure_words(str(box.outcome), str(box.when), str(box.group)),
        )
        density = source.percent(box.held_density)
        if math.isfinite(box.held_density):
            density += f" ({source.percent(box.held_low)} – {source.percent(box.held_high)})"
        rows.append(
            (
                name,
                _where(source, _limits_of(limits, box)) or "–",
                source.percent(box.held_coverage),
                density,
                source.percent(box.held_base),
                source.percent(box.overlap),
                source.percent(box.shuffled),
                source.text("analysis.yes" if box.believable else "analysis.no"),
            )
        )
    yield source.captioned("analysis.discovery.box_caption", _heads(*head), rows)


def _heads(*keys: str) -> list[str]:
    return [f"analysis.discovery.head.{key}" for key in keys]


def _contrast_words(source: Source, keys: tuple[str, ...]) -> str:
    return source.difference(source.figure_words(*keys[:3]), keys[3], keys[4])


def _trees(source: Source) -> Iterator[str]:
    for keys, tree in pieces(source.table("trees"), CONTRAST):
        row = tree.iloc[0]
        words = _contrast_words(source, keys)
        if row["believable"]:
            yield source.text(
                "analysis.discovery.explains", contrast=words, share=source.percent(row["explained"])
            )
        else:
            yield source.text("analysis.discovery.explains_nothing", contrast=words)


def _leaf_tables(source: Source) -> Iterator[SheetTable]:
    trees = source.table("trees")
    leaves = source.table("leaves")
    believed = {tuple(row) for row in trees[trees["believable"]][CONTRAST].to_numpy().tolist()}
    head = tuple(map(source.text, _heads("where", "mean", "interval", "n")))
    for keys, some in pieces(leaves, CONTRAST):
        if keys not in believed:
            continue
        rows = []
        for _, leaf in some.groupby("leaf", sort=False):
            first = leaf.iloc[0]
            rows.append(
                (
                    _where(source, leaf),
                    source.number(first["mean"], signed=True),
                    source.interval(first["mean_low"], first["mean_high"]),
                    source.count(first["n"]),
                )
            )
        yield SheetTable(_contrast_words(source, keys), head, tuple(rows))


def _regret(source: Source) -> SheetTable:
    rows = (
        (
            source.names.design(str(row.design)),
            source.figure_words(str(row.outcome), str(row.when), str(row.group)),
            source.number(row.mean_regret),
            source.number(row.great_regret),
            source.percent(row.best_share),
        )
        for row in rows_of(source.table("regret"))
    )
    head = _heads("design", "figure", "mean_regret", "great_regret", "best")
    return source.captioned("analysis.discovery.regret", head, rows)


def _satisficing(source: Source) -> SheetTable:
    table = source.table("satisficing")
    rows = []
    for row in rows_of(table):
        figure = (
            source.text("analysis.discovery.all_figures")
            if str(row.figures) == "all"
            else source.figure_named(str(row.figures))
        )
        rows.append((source.names.design(str(row.design)), figure, source.percent(row.share)))
    head = _heads("design", "figure", "no_worse")
    return source.captioned("analysis.discovery.satisficing", head, rows)
