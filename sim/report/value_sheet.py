"""The page on the value of information: what, if it were known, would change the choice between two alternatives."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sim.report.figures.panel import Figure
from sim.report.figures.ranking import Ranked, ranking_panel
from sim.report.sentences import Sentence
from sim.report.sheet import Section, Sheet, SheetTable, Source, rows_of

SHOWN, NAMED = 15, 3


def sheet(source: Source) -> Sheet:
    """The page in one language."""
    about = source.about
    found = source.table("value")
    a, b = (str(one["key"]) for one in about["designs"])
    said = {
        "figure": source.figure_named(str(about["outcome"]), inline=True),
        "a": source.names.design(a),
        "b": source.names.design(b),
        "unit": str(about["unit"]),
    }
    lead = source.text(
        "analysis.value.lead",
        **said,
        draws=source.count(about["draws"]),
        worlds=source.count(about["worlds"]),
    )
    rule = source.text("analysis.value.rule_priced" if about["prices"] else "analysis.value.rule", **said)
    without = source.text(
        "analysis.value.without",
        chosen=source.names.design(str(about["chosen_without"])),
        gain=source.number(about["mean_gain"], signed=True),
        share=source.percent(about["better_share"]),
        **said,
    )
    return source.sheet(
        source.text("analysis.value.title"),
        lead,
        source.answer(
            (rule, without, _everything(source, found, said["unit"]), _best(source, found, said["unit"])),
            _figure(source, found, said["unit"]),
        ),
        source.limits("analysis.value.limits", "model", "unit", "noise"),
        Section("annex", source.text("analysis.annex"), tables=(_table(source, found),)),
    )


def _everything(source: Source, found: pd.DataFrame, unit: str) -> str:
    row = found[found["kind"] == "everything"].iloc[0]
    if not math.isfinite(row["value"]):
        return source.text("analysis.value.everything_unknown")
    return source.text(
        "analysis.value.everything", value=source.number(row["value"]), low=source.number(row["low"]),
        high=source.number(row["high"]), turns=source.percent(row["turns"]), unit=unit,
    )  # fmt: skip


def _ranked(found: pd.DataFrame) -> pd.DataFrame:
    some = found[~found["kind"].isin(["everything", "surveys"]) & found["value"].notna()]
    return some.sort_values("value", ascending=False, kind="stable")


def _best(source: Source, found: pd.DataFrame, unit: str) -> str:
    ranked = _ranked(found)
    clear = ranked[ranked["clear"]]
    if clear.empty:
        fixed = source.about.get("turning_draws") == 0
        return source.text("analysis.value.fixed" if fixed else "analysis.value.nothing")
    names = "; ".join(
        source.text(
            "analysis.value.named", name=_name(source, row), value=source.number(float(row.value)), unit=unit
        )
        for row in rows_of(clear.head(NAMED))
    )
    return source.text("analysis.value.best", names=names, n=source.count(len(clear)))


def _name(source: Source, row: Any) -> str:
    kind, name = str(row.kind), str(row.name)
    if kind in {"everything", "surveys"}:
        return source.text(f"analysis.value.kind.{kind}")
    words = source.parameter(name) if kind == "parameter" else name
    measured = str(row.measured).replace(" ", "_")
    suffix = "" if kind == "parameter" else f", {source.text(f'analysis.value.measured.{measured}')}"
    return f"{source.text(f'analysis.value.kind.{kind}')}: {words}{suffix}"


def _figure(source: Source, found: pd.DataFrame, unit: str) -> list[Figure]:
    rows = [
        Ranked(_name(source, r), float(r.value), float(r.low), float(r.high), math.nan, bool(r.clear))
        for r in rows_of(_ranked(found).head(SHOWN))
    ]
    if not rows:
        return []
    words = [f"{row.name}: {source.number(row.value)}." for row in rows]
    panel = ranking_panel(source.text("analysis.value.figure"), unit, rows, source.lang, words)
    caption = Sentence(source.messages, "analysis.value.caption")
    return [Figure("value", source.text("analysis.value.figure"), caption, (panel,), columns=1)]


def _table(source: Source, found: pd.DataFrame) -> SheetTable:
    rows = (
        (
            _name(source, row),
            source.number(row.value),
            source.interval(row.low, row.high),
            source.percent(row.turns),
        )
        for row in rows_of(pd.concat([found[found["kind"].isin(["everything", "surveys"])], _ranked(found)]))
    )
    head = (f"analysis.value.head.{key}" for key in ("known", "value", "interval", "turns"))
    return source.captioned("analysis.value.table", head, rows)
