"""The virtual survey as a run's observer: in the half-years of the evaluation's waves the questionnaire is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import numpy as np
import pandas as pd

from sim.arrays import AnyArray
from sim.half_year import HalfYear
from sim.parameters.registry import Parameters
from sim.randomness import Streams
from sim.state import State
from sim.surveys.asking import Question
from sim.surveys.items import Agreement, Item, Over
from sim.surveys.parameters import Survey
from sim.surveys.questionnaire import ECHOES, ITEMS, NOT_COVERED

ROWS_ARE = "one item of the virtual survey in one half-year"

COLUMNS: Mapping[str, tuple[str, str]] = {
    "wave": ("year-season", "half-year in which it was asked or read; some items are asked in several"),
    "respondents": ("name", "group of respondents, or `registry` or `rule` for what is read and not asked"),
    "target": ("id", "row among the calibration targets that this answers"),
    "share": (
        "the target's",
        "share in the top two of five steps; for other targets the count, ratio, gap, mean or amount",
    ),
    "n": ("persons or units", "answers with an opinion, or units behind a figure"),
}
"""Columns of the table of surveys."""

EQUATION = (
    "A person *i* of group *g* in unit *u*, asked question *q* of battery *b* in wave *w*, agrees where",
    "",
    "```",
    "seen(x)    = logit(min(max(x, survey.latent_floor), 1 - survey.latent_floor))",
    "answer     = seen(latent[u]) - survey.expectation_strength x seen(expected[u])",
    "             + survey.person_sd x (perception[g] - survey.distance x steps_away[g] x distance[u])    distance: at the table",
    "             - difficulty[q] + survey.wave_sd x luck[b, w]",
    "             + survey.person_sd x (sqrt(survey.leaning_share) x luck[i] + sqrt(1 - survey.leaning_share) x luck[i, q])",
    "step       = 1 + number of survey.thresholds at or below answer",
    "agrees     : step >= 4 (the top two of five), or 5 where the top step alone is reported",
    "```",
    "",
    "Luck is standard normal. `expected` is what those concerned have come to expect (`decentralised.expectations.pace`); who",
    "expects nothing yet takes the latent itself. `perception` of a group: `survey.perception_owner` for owners and UH,",
    "`survey.perception_leader` for leaders, 0 for others. Leaders are one step away, representatives two; `distance[u]` is",
    "that of the school's leader. A plain fact is",
    "answered yes with a chance of the latent itself.",
)
"""How an answer comes about, in Markdown."""


def ask(state: State, p: Parameters, streams: Streams, items: Iterable[Item] = ITEMS) -> dict[str, AnyArray]:
    """Fill in the items that belong to the state's half-year; state and model's draws are left as they are.

    Returns
    -------
    dict of arrays, each of shape (items asked,)
        The columns of `COLUMNS`, in that order; without rows in most half-years. An item that nobody can answer (nobody
        drawn, a scheme not in the world) has no row.
    """
    draw = streams.at(state.now.index)
    due = [
        item for item in items if state.now in item.half_years and all(table in state for table in item.needs)
    ]
    found = [(item, item.ask(state, p, draw)) for item in due]
    rows = [(item, figure) for item, figure in found if not np.isnan(figure.value)]
    return {
        "wave": np.array([str(state.now)] * len(rows), dtype=np.str_),
        "respondents": np.array([str(item.respondents) for item, _ in rows], dtype=np.str_),
        "target": np.array([item.target for item, _ in rows], dtype=np.str_),
        "share": np.array([figure.value for _, figure in rows], dtype=np.float64),
        "n": np.array([figure.n for _, figure in rows], dtype=np.int64),
    }


def by_half_year(items: Iterable[Item]) -> dict[HalfYear, list[Item]]:
    """The items that are asked in each half-year."""
    found: dict[HalfYear, list[Item]] = {}
    for item in items:
        for half_year in item.half_years:
            found.setdefault(half_year, []).append(item)
    return found


def by_target(surveys: pd.DataFrame, items: Iterable[Item] = ITEMS) -> pd.DataFrame:
    """One row for each world, design and target: waves averaged, or added up where the evaluation counts them together, or the
    last less the first where it tells of a change.

    Parameters
    ----------
    surveys : DataFrame
        With the columns world, design, target, share, n; a target's waves in the order of time.

    Returns
    -------
    DataFrame
        world, design, target, share, n (answers in all waves together).
    """
    keys = ["world", "design", "target"]
    found = surveys.groupby(keys, observed=True, as_index=False).agg(
        share=("share", "mean"), total=("share", "sum"), n=("n", "sum"),
        first=("share", "first"), last=("share", "last"), waves=("share", "size"),
    )  # fmt: skip
    by_over = {over: [item.target for item in items if item.over is over] for over in Over}
    found["share"] = found["share"].where(~found["target"].isin(by_over[Over.SUM]), found["total"])
    change = (found["last"] - found["first"]).where(found["waves"] > 1)
    found["share"] = found["share"].where(~found["target"].isin(by_over[Over.CHANGE]), change)
    return found.drop(columns=["total", "first", "last", "waves"])


def describe() -> str:
    """The questionnaire in words (Markdown): how an answer comes about, every question with its battery and difficulty, and every
    target with who is asked, when, what is reported and what it measures.
    """
    asked = {question.key: question for item in ITEMS for question in getattr(item, "questions", ())}
    asked |= {item.question.key: item.question for item in ITEMS if isinstance(item, Agreement)}
    lines = [
        *EQUATION,
        "",
        "| question | level | battery | difficulty | with distance | with expectations | agrees from step |",
        "|---|---|---|---|---|---|---|",
    ]
    for key in sorted(asked):
        question = asked[key]
        fact = question.difficulty is None
        difficulty = "a fact" if fact else f"`survey.{read_of(question)}`"
        yes = ("yes" if said else "no" for said in (question.at_table, question.latent.used_to is not None))
        marks = " | ".join(yes)
        step = "-" if fact else question.agree_from
        lines.append(
            f"| {key}: {question.says} | {question.latent.level} | {question.battery} | {difficulty} | {marks} | {step} |"
        )
    lines += ["", "Rows and what they ask:", ""]
    lines += [
        "| target | respondents | when | reported | quantity of the model | source |",
        "|---|---|---|---|---|---|",
    ]
    for item in ITEMS:
        when = ", ".join(map(str, item.half_years))
        lines.append(
            f"| `{item.target}` | {item.respondents} | {when} | {item.reports} | {item.measures} | {item.source} |"
        )
    lines += ["", "Not covered:", "", *(f"- `{target}`: {why}" for target, why in NOT_COVERED.items())]
    lines += ["", "Rows that repeat an input and are no test:", ""]
    lines += [f"- `{target}` repeats `{parameter}`" for target, parameter in ECHOES.items()]
    return "\n".join(lines) + "\n"


def read_of(question: Question) -> str:
    """Name of the field of the group `survey` that a question's difficulty reads."""

    class Reading:
        def __getattr__(self, name: str) -> str:
            return name

    assert question.difficulty is not None
    return str(question.difficulty(cast("Survey", Reading())))
