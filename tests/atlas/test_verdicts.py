"""The answers on all designs that are kept: verdict and reason are about what moved, and agree with the line on money."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from sim.atlas.kept import KeptAtlas, shipped_folder
from sim.declared import OUTCOMES
from sim.report.answer import headline_sentences, kind_of
from sim.report.differences import Judged
from sim.report.money import PARTS, money_line, purses, weighed
from sim.report.reasons import BESIDE, LADDER, leading, step_of
from sim.report.sentences import Sentence
from sim.report.view import View

KEPT = KeptAtlas(shipped_folder())
FIRST = KEPT.designs[0]
PAIRS = [pair for b in KEPT.designs[1:] for pair in ((FIRST, b), (b, FIRST))]
KRONER = {outcome for key, parts in PARTS.items() if key != "work" for outcome in parts.outcomes}
WORK = PARTS["work"].outcomes
UNFELT = "hundredths_of_practice"
LEAST = 0.02  # of a purse


@cache
def seen(a: str, b: str) -> View:
    return View(KEPT.between(a, b), "nb")


def clauses(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Way and step of each clause of a reason, in order."""
    for value in sentence.values.values():
        if isinstance(value, Sentence):
            yield from clauses(value)
    if "_of." in sentence.key:
        way, _, step = sentence.key.removeprefix("reason.").partition("_of.")
        yield way, step


def opening(a: str, b: str) -> dict[str, str]:
    """The step that each side of the reason opens with."""
    verdict, *_ = headline_sentences(seen(a, b))
    found: dict[str, str] = {}
    for way, step in clauses(verdict):
        found.setdefault(way, step)
    return found


@pytest.mark.parametrize(("a", "b"), PAIRS, ids="-".join)
def test_the_reason_opens_with_what_moved_most(a: str, b: str) -> None:
    moved = weighed(seen(a, b), b)
    for way, judged in (("up", Judged.BETTER), ("down", Judged.WORSE)):
        told = opening(a, b).get(way)
        ranked = sorted(
            (d for d in moved if d.judged is judged),
            key=lambda d: (
                d.row.outcome in KRONER,
                d.row.outcome in WORK,
                d.difference.unit == UNFELT,
                -d.times,
            ),
        )
        assert not ranked or leading(moved, judged) == ranked[0]
        if not ranked or told is None:
            continue
        # A step that parts (one outcome up, another down) is told on the side of what moved most of it.
        other = {step_of(d.row.outcome) for d in moved if d.judged not in (judged, Judged.NEITHER)}
        first = next(d for d in ranked if step_of(d.row.outcome) == told)
        assert {step_of(d.row.outcome) for d in ranked[: ranked.index(first)]} <= {told, *other}


@pytest.mark.parametrize(("a", "b"), PAIRS, ids="-".join)
def test_no_verdict_turns_on_a_little_money(a: str, b: str) -> None:
    view = seen(a, b)
    moved, found = weighed(view, b), {purse.key: purse for purse in purses(view, b)}
    others = [d for d in moved if d.row.outcome not in KRONER and d.judged is not Judged.NEITHER]
    sides = [{d.row.outcome for d in moved if d.judged is judged} for judged in (Judged.BETTER, Judged.WORSE)]
    if kind_of(view, b, moved) != "mixed" or not others or not any(side <= KRONER for side in sides):
        return
    owners = [found["municipal"], found["county"]]
    shares = [
        abs(sum(p.difference.value for p in some)) / sum(max(p.a.value, p.b.value) for p in some)
        for some in ([found["state"]], owners)
    ]
    assert max(shares) >= LEAST


@pytest.mark.parametrize(("a", "b"), PAIRS, ids="-".join)
def test_no_verdict_turns_on_a_little_work(a: str, b: str) -> None:
    view = seen(a, b)
    moved = weighed(view, b)
    sides = [{d.row.outcome for d in moved if d.judged is judged} for judged in (Judged.BETTER, Judged.WORSE)]
    if kind_of(view, b, moved) == "mixed" and any(side <= {*WORK} for side in sides):
        work = next(purse for purse in purses(view, b) if purse.key == "work")
        assert abs(work.difference.value) / max(work.a.value, work.b.value) >= LEAST


@pytest.mark.parametrize(("a", "b"), PAIRS, ids="-".join)
def test_no_verdict_turns_on_kroner_or_work_that_nobody_feels(a: str, b: str) -> None:
    view = seen(a, b)
    found = {purse.key: abs(purse.difference.value) for purse in purses(view, b)}
    found["municipal"] = found["county"] = found["municipal"] + found["county"]
    for d in weighed(view, b):
        for key, parts in PARTS.items():
            if d.row.outcome in parts.outcomes:
                assert found[key] >= (10 * 1700 if key == "work" else 30e6)  # hours of ten man-years, kroner


@pytest.mark.parametrize(("a", "b"), PAIRS, ids="-".join)
def test_what_a_verdict_tells_of_money_agrees_with_the_line_on_money(a: str, b: str) -> None:
    view = seen(a, b)
    line = {purse.key: purse.told for purse in purses(view, b)}
    for d in weighed(view, b):
        for key, parts in PARTS.items():
            if key != "work" and d.row.outcome in parts.outcomes:
                assert line[key] == ("more" if d.row.difference > 0 else "less")


def test_every_outcome_that_is_better_or_worse_has_its_clause() -> None:
    placed = {outcome for step in (*LADDER, *BESIDE) for outcome in step.outcomes}
    assert not {outcome.key for outcome in OUTCOMES if outcome.better} - placed


@pytest.mark.parametrize(("a", "b"), PAIRS, ids="-".join)
def test_the_answer_has_few_numbers_and_the_line_on_money_is_short(a: str, b: str) -> None:
    view = seen(a, b)
    assert sum(sentence.__html__().count("<data") for sentence in headline_sentences(view)) <= 4
    line = money_line(view, b)
    assert line is not None
    assert line.__html__().count("<data") <= 6
    assert ("årsverk" in str(line)) == ("verdt" in str(line))  # hours in kroner too, unless they are the same
