"""The page on a search for designs: the front, what it gives up for what, and what became of it in fresh worlds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from sim.report.figures.front import Placed, front_panel
from sim.report.figures.panel import Figure, Key
from sim.report.sentences import Sentence
from sim.report.sheet import Section, Sheet, SheetTable, Source
from sim.report.style import DESIGN_STYLES, MUTED


def sheet(source: Source) -> Sheet:
    """The page in one language."""
    about = source.about
    front = source.table("front")
    stays = front[front["on_front"]]
    lead = source.text(
        "analysis.search.lead", tried=source.count(about["tried"]), worlds=source.count(about["worlds"]),
        fresh=source.count(about["fresh"]), a=source.names.design(str(about["designs"][0]["key"])),
        first=str(about["years"]["start"]), last=str(about["years"]["end"]),
    )  # fmt: skip
    answer = source.text(
        "analysis.search.answer",
        chosen=source.count(front["variant"].nunique()),
        stays=source.count(stays["variant"].nunique()),
    )
    return source.sheet(
        source.text("analysis.search.title"),
        lead,
        source.answer((answer, *_flattery(source, front)), _figure(source, front)),
        Section(
            "designs",
            source.text("analysis.search.designs"),
            (source.text("analysis.search.files"),),
            tables=(_differences(source, stays), _levers(source, stays)),
        ),
        source.limits("analysis.search.limits", "model", "levers", "ends"),
    )


def _flattery(source: Source, front: pd.DataFrame) -> list[str]:
    """How much the choice flattered each objective, on average over the front."""
    said = []
    for objective, rows in front.groupby("objective", sort=False):
        lost = float(((rows["selected"] - rows["fresh"]) * rows["better"]).mean())
        said.append(
            source.text(
                "analysis.search.flattery",
                figure=source.figure_named(str(objective)),
                lost=source.number(lost, signed=True),
            )
        )
    return said


def _figure(source: Source, front: pd.DataFrame) -> Iterator[Figure]:
    wide = front.pivot_table(index="variant", columns="objective", values="fresh", sort=False)
    stays = front.drop_duplicates("variant").set_index("variant")["on_front"]
    objectives = list(front["objective"].drop_duplicates())
    panels = tuple(
        front_panel(
            source.names.outcome(x.partition("@")[0]),
            source.names.outcome(y.partition("@")[0]),
            [
                Placed(str(v), float(wide.loc[v, x]), float(wide.loc[v, y]), bool(stays[v]))
                for v in wide.index
            ],
            source.lang,
        )
        for x, y in pairwise(objectives)
    )
    legend = (
        Key(source.text("analysis.search.on_front"), DESIGN_STYLES[1].colour, "square"),
        Key(source.text("analysis.search.off_front"), MUTED, "circle"),
    )
    caption = Sentence(source.messages, "analysis.search.caption")
    if panels:  # one objective alone has nothing to be drawn against
        yield Figure(
            "front", source.text("analysis.search.figure"), caption, panels, min(3, len(panels)), legend
        )


def _differences(source: Source, stays: pd.DataFrame) -> SheetTable:
    objectives = list(stays["objective"].drop_duplicates())
    rows = []
    for variant, some in stays.groupby("variant", sort=False):
        by_objective = some.set_index("objective")
        cells = [
            f"{source.number(r['fresh'], signed=True)} ({source.interval(r['fresh_low'], r['fresh_high'])})"
            for _, r in by_objective.loc[objectives].iterrows()
        ]
        rows.append((str(variant), *cells))
    head = (source.text("analysis.search.candidate"), *(map(source.figure_named, objectives)))
    return SheetTable(source.text("analysis.search.table"), head, tuple(rows))


def _levers(source: Source, stays: pd.DataFrame) -> SheetTable:
    candidates = source.table("candidates")
    wide = candidates.pivot(index="variant", columns="lever", values="value")
    names = list(candidates["lever"].drop_duplicates())
    rows = tuple(
        (str(variant), *(str(wide.loc[variant, name]) for name in names))
        for variant in stays["variant"].drop_duplicates()
    )
    return SheetTable(
        source.text("analysis.search.levers"), (source.text("analysis.search.candidate"), *names), rows
    )
