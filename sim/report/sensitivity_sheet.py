"""The page on a sensitivity analysis: what moves each answer, what is luck, and whether more runs would change it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.report.figures.converging import converging_panel
from sim.report.figures.legend_of_names import name_keys
from sim.report.figures.panel import Figure
from sim.report.figures.ranking import Ranked, ranking_panel
from sim.report.sentences import Sentence
from sim.report.sheet import Section, Sheet, SheetTable, Source, pieces, rows_of

MAIN = {"morris": "mu_star", "sobol": "total", "pawn": "pawn"}
SHOWN, NAMED, FOLLOWED = 12, 3, 5  # factors in a figure, in a sentence, in a course
LABELS = ["outcome", "when", "group", "design", "versus"]
DUMMY = "dummy"
NOISY = 0.2  # share of noise from which on the page warns


class Explained(NamedTuple):
    """One result and the rows of its main index, the greatest first, the dummy left out."""

    outcome: str
    when: str
    group: str
    design: str
    versus: str
    rows: pd.DataFrame


def sheet(source: Source) -> Sheet:
    """The page in one language."""
    about = source.about
    lead = source.text(
        f"analysis.sensitivity.lead.{about['method']}",
        n=source.count(about["n"]),
        points=source.count(about["points"]),
        worlds=source.count(about["worlds"]),
        first=str(about["years"]["start"]),
        last=str(about["years"]["end"]),
        share=source.percent(about["scale"]),
    )
    found = list(results(source))
    return source.sheet(
        source.text("analysis.sensitivity.title"),
        lead,
        source.answer((_sentence(source, one) for one in _decided_on(found)), _figure(source, found)),
        _luck(source),
        _course(source, found),
        source.limits("analysis.sensitivity.limits", *_limits(source)),
        Section("annex", source.text("analysis.annex"), tables=tuple(_table(source, one) for one in found)),
    )


def results(source: Source) -> Iterator[Explained]:
    """The results, differences first: they are what is decided on."""
    indices = source.table("indices").fillna({"versus": ""})
    main = indices[(indices["index"] == MAIN[source.about["method"]]) & (indices["factor"] != DUMMY)]
    found = [
        Explained(*_five(keys), rows.sort_values("value", ascending=False, kind="stable"))
        for keys, rows in pieces(main, LABELS)
    ]
    yield from (one for one in found if one.versus)
    yield from (one for one in found if not one.versus)


def _decided_on(found: list[Explained]) -> list[Explained]:
    """The differences; the levels if there is only one design."""
    return [one for one in found if one.versus] or found


def _five(keys: tuple[str, ...]) -> tuple[str, str, str, str, str]:
    outcome, when, group, design, versus = keys
    return outcome, when, group, design, versus


def _words(source: Source, one: Explained) -> str:
    figure = source.figure_words(one.outcome, one.when, one.group)
    if one.versus:
        return source.difference(figure, one.design, one.versus)
    return source.text("analysis.level", figure=figure, a=source.names.design(one.design))


def _whose(source: Source, one: Explained) -> str:
    """The design or the pair, and the group if it is not everybody, in few words."""
    said = source.less(one.design, one.versus) if one.versus else source.names.design_short(one.design)
    return said if one.group == "all" else f"{said}, {source.names.group_inline(one.group)}"


def _sentence(source: Source, one: Explained) -> str:
    said = {"result": _words(source, one)}
    if not one.rows["value"].notna().any():
        return source.text("analysis.sensitivity.unknown", **said)
    if not (one.rows["value"] > 0).any():
        return source.text("analysis.sensitivity.constant", **said)
    clear = one.rows[one.rows["convincing"]]
    if clear.empty:
        return source.text("analysis.sensitivity.nothing", **said)
    largest = one.rows.head(NAMED)
    sure = largest[largest["convincing"]]
    # Where none is sure, to name smaller ones in their place would say that most hangs on them.
    key, named = ("unsure", largest) if sure.empty else ("most", sure)
    return source.text(
        f"analysis.sensitivity.{key}",
        **said,
        factors="; ".join(source.parameter(name) for name in named["factor"]),
        n=source.count(len(clear)),
        of=source.count(len(one.rows)),
    )


def _figure(source: Source, found: list[Explained]) -> Iterator[Figure]:
    panels = []
    for one in _decided_on(found):
        rows = [_ranked(source, row) for row in rows_of(one.rows.head(SHOWN))]
        if any(math.isfinite(row.value) for row in rows):
            words = [f"{row.name}: {source.number(row.value)}." for row in rows]
            index = source.text(f"analysis.sensitivity.index.{source.about['method']}")
            title, whose = source.names.outcome(one.outcome), _whose(source, one)
            panels.append(ranking_panel(title, f"{whose}; {index}", rows, source.lang, words))
    if panels:
        yield Figure(
            "influence",
            source.text("analysis.sensitivity.figure"),
            Sentence(source.messages, f"analysis.sensitivity.caption.{source.about['method']}"),
            tuple(panels),
            columns=2 if len(panels) > 1 else 1,
        )


def _ranked(source: Source, row: Any) -> Ranked:
    name, value = str(row.factor), float(row.value)
    low, high, floor = float(row.low), float(row.high), float(row.floor)
    return Ranked(source.parameter(name), value, low, high, floor, bool(row.convincing))


def _luck(source: Source) -> Section:
    noise = source.table("noise").fillna({"versus": ""})
    rows, worst = [], 0.0
    for keys, parts in pieces(noise, LABELS):
        share = parts.set_index("part")["share"]
        left = float(parts["noise_share"].iloc[0])
        worst = max(worst, float(np.nan_to_num(left)))
        one = Explained(*_five(keys), parts)
        cells = [source.percent(share[part]) for part in ("parameters", "luck", "interplay")]
        rows.append((_words(source, one), *cells, source.percent(left)))
    key = "one_world" if source.about["worlds"] == 1 else "noisy" if worst > NOISY else "quiet"
    head = (f"analysis.luck.{part}" for part in ("result", "parameters", "luck", "interplay", "left"))
    return Section(
        "luck",
        source.text("analysis.luck.title"),
        (source.text("analysis.luck.how"), source.text(f"analysis.luck.{key}")),
        tables=(source.captioned("analysis.luck.caption", head, rows),),
    )


def _course(source: Source, found: list[Explained]) -> Section:
    converging = source.table("convergence").fillna({"versus": ""})
    panels, names = [], []
    for one in _decided_on(found)[:2]:
        mine = converging[
            (converging[LABELS] == [one.outcome, one.when, one.group, one.design, one.versus]).all(axis=1)
        ]
        factors = list(one.rows["factor"].head(FOLLOWED))
        courses = {
            source.parameter(factor): [
                (int(r.asked), float(r.value), float(r.low), float(r.high))
                for r in rows_of(mine[mine["factor"] == factor])
            ]
            for factor in factors
        }
        if all(len(course) > 1 for course in courses.values()):
            panels.append((source.names.outcome(one.outcome), _whose(source, one), courses))
            names.append(list(courses))
    figures = tuple(
        Figure(
            f"convergence-{i}" if i else "convergence",
            source.text("analysis.course.title"),
            Sentence(source.messages, "analysis.course.caption"),
            (converging_panel(title, note, courses, source.lang),),
            columns=1,
            legend=name_keys(names[i]),
        )
        for i, (title, note, courses) in enumerate(panels)
    )
    key = "analysis.course.how" if figures else "analysis.course.too_few"
    return Section("course", source.text("analysis.course.title"), (source.text(key),), figures)


def _limits(source: Source) -> list[str]:
    method = str(source.about["method"])
    missing = ["missing"] if source.about.get("failed_runs") else []
    return [*missing, method, "priors", "others"]


def _table(source: Source, one: Explained) -> SheetTable:
    head = ("factor", "value", "interval", "floor", "convincing")
    rows = tuple(
        (
            source.parameter(str(row.factor)),
            source.number(row.value),
            source.interval(row.low, row.high),
            source.number(row.floor),
            source.text("analysis.yes" if row.convincing else "analysis.no"),
        )
        for row in rows_of(one.rows.head(2 * SHOWN))
    )
    return SheetTable(_words(source, one), tuple(source.text(f"analysis.head.{key}") for key in head), rows)
