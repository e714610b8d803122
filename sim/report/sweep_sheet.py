"""The page on a sweep: the difference that was asked about, what every design came to, and what became of the runs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import InputError
from sim.report.figures.panel import Figure
from sim.report.figures.ranking import Ranked, ranking_panel
from sim.report.sentences import Sentence
from sim.report.sheet import Section, Sheet, SheetTable, Source

ASKED, TABLE, CONTRAST, STORE = "experiment.json", "table.parquet", "contrast.csv", "store.json"
SIDES = (
    b"kompetansesim.columns"  # note in the table's schema on which columns are levers, parameters, figures
)
TOLD, DRAWN, FAILED = 6, 24, 5  # combinations of levers in sentences and in the figure; failures listed
OUTER = (0.05, 0.95)


def is_sweep(folder: Path) -> bool:
    """Whether the folder holds a finished sweep."""
    return all((folder / name).is_file() for name in (ASKED, TABLE, STORE))


class SweepSource(Source):
    """A sweep's folder read in one language."""

    @cached_property
    def about(self) -> dict[str, Any]:
        """What was asked, and by whom it was played: code and software."""
        try:
            asked = json.loads((self.folder / ASKED).read_text(encoding="utf-8"))
            store = json.loads((self.folder / STORE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise InputError("holds no finished sweep", file=str(self.folder)) from None
        return {"kind": "sweep", "designs": asked.get("designs", []), "code": store["code"], **asked}

    @cached_property
    def runs(self) -> pd.DataFrame:
        """All runs, one a row."""
        return self.table("table")

    @cached_property
    def sides(self) -> dict[str, list[str]]:
        """Which columns of the runs are levers, parameters, figures."""
        import pyarrow.parquet as pq

        sides: dict[str, list[str]] = json.loads(pq.read_schema(self.folder / TABLE).metadata[SIDES])
        return sides

    def title(self) -> str:
        """The experiment's title in this language."""
        given = self.about["title"]
        return str(given.get(self.lang) or next(iter(given.values()), self.about["name"]))


def sheet(source: SweepSource) -> Sheet:
    """The page in one language."""
    runs = source.runs
    years = "–".join(dict.fromkeys([str(runs["start"].min()), str(runs["end"].max())]))
    lead = source.text(
        "analysis.sweep.lead", runs=source.count(len(runs)), designs=source.count(runs["variant"].nunique()),
        draws=source.count(runs["draw"].nunique()), worlds=source.count(runs["world"].nunique()), years=years,
        share=source.percent(float(runs["scale"].iloc[0])),
    )  # fmt: skip
    contrast = _contrast(source)
    return source.sheet(
        source.title(),
        lead,
        source.answer(_answers(source, contrast), _figure(source, contrast)),
        Section(
            "levels",
            source.text("analysis.sweep.levels"),
            (source.text("analysis.sweep.levels_how"),),
            tables=(_levels(source),),
        ),
        Section("runs", source.text("analysis.sweep.runs"), tuple(_runs(source))),
        source.limits("analysis.sweep.limits", "model", "parameters"),
    )


def _contrast(source: SweepSource) -> pd.DataFrame | None:
    """The contrast for each combination of levers, with their words; None if none was asked for."""
    if not source.about["contrast"]:
        return None
    found = pd.read_csv(source.folder / CONTRAST)
    levers = [name for name in source.sides["levers"] if name in found.columns]
    words = [", ".join(f"{name} = {row[name]}" for name in levers) for row in found.to_dict("records")]
    return found.assign(combination=words)


def _answers(source: SweepSource, contrast: pd.DataFrame | None) -> Iterator[str]:
    if contrast is None:
        yield source.text("analysis.sweep.no_contrast")
        return
    asked = source.about["contrast"]
    said = {
        "figure": source.figure_named(asked["figure"]),
        "b": source.names.design(asked["design"]),
        "a": source.names.design(asked["versus"]),
    }
    if len(contrast) > TOLD:
        yield source.text(
            "analysis.sweep.combinations",
            **said,
            n=source.count(len(contrast)),
            low=source.number(contrast["difference"].min(), signed=True),
            high=source.number(contrast["difference"].max(), signed=True),
            clear=source.count(int(_clear(contrast).sum())),
        )
        return
    for row in contrast.to_dict("records"):
        key = "answer" if math.isfinite(row["low"]) else "answer_alone"
        sentence = source.text(
            f"analysis.sweep.{key}",
            **said,
            difference=source.number(row["difference"], signed=True),
            low=source.number(row["low"]) if key == "answer" else "",
            high=source.number(row["high"]) if key == "answer" else "",
            share=source.percent(row["share_above_zero"]),
            n=source.count(row["n_pairs"]),
        )
        yield f"{row['combination']}. {sentence}" if row["combination"] else sentence


def _clear(contrast: pd.DataFrame) -> pd.Series:
    return (contrast["low"] > 0) | (contrast["high"] < 0)


def _figure(source: SweepSource, contrast: pd.DataFrame | None) -> Iterator[Figure]:
    if contrast is None:
        return
    asked = source.about["contrast"]
    whose = source.less(asked["design"], asked["versus"])
    some = contrast.head(DRAWN)
    rows = [
        Ranked(r["combination"] or whose, r["difference"], r["low"], r["high"], math.nan, bool(clear))
        for r, clear in zip(some.to_dict("records"), _clear(some), strict=True)
    ]
    words = [f"{row.name}: {source.number(row.value)}." for row in rows]
    panel = ranking_panel(source.figure_named(asked["figure"]), whose, rows, source.lang, words)
    caption = Sentence(
        source.messages, "analysis.sweep.caption", {"n": source.count(contrast["n_pairs"].min())}
    )
    yield Figure("contrast", source.text("analysis.sweep.figure"), caption, (panel,), columns=1)


def _levels(source: SweepSource) -> SheetTable:
    well = source.runs[~source.runs["failed"]]
    designs = list(dict.fromkeys(source.runs["design"]))
    rows = []
    for figure in source.sides["figures"]:
        cells = []
        for design in designs:
            values = well.loc[well["design"] == design, figure].dropna()
            low, high = (values.quantile(share) if len(values) else math.nan for share in OUTER)
            cells.append(
                f"{source.number(values.mean())} ({source.interval(low, high)})" if len(values) else "–"
            )
        rows.append((source.figure_named(figure), *cells))
    head = (source.text("analysis.discovery.head.figure"), *(source.names.design(one) for one in designs))
    return SheetTable(source.text("analysis.sweep.levels_caption"), head, tuple(rows))


def _runs(source: SweepSource) -> Iterator[str]:
    failed = source.runs[source.runs["failed"]]
    yield source.text(
        "analysis.sweep.failed" if len(failed) else "analysis.sweep.none_failed", n=source.count(len(failed))
    )
    for run, error in failed[["run", "error"]].head(FAILED).itertuples(index=False):
        yield source.text("analysis.sweep.failure", error=error, run=run)
    code = source.about["code"]
    yield source.text(
        "analysis.sweep.made",
        name=source.about["name"],
        seed=str(source.runs["seed"].iloc[0]),
        code=str(code["sources"])[:12],
        numpy=str(code.get("numpy", "?")),
    )
