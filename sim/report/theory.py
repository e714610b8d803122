"""The programme theories in sentences: how far along each design comes, what holds it back and for whom, what would be won."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.report.messages import Messages
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, Results
from sim.report.sentences import Sentence
from sim.report.theory_facts import SPLIT, TheoryFacts
from sim.report.theory_summary import PARTS, STAGES, Standing, split_of_goals, standings
from sim.report.theory_texts import Link, Theory
from sim.report.view import View

_PERCENT = 100.0
_NUMBERS = ("result", "implementation_failure", "implementation_low", "implementation_high",
            "theory_failure", "theory_low", "theory_high")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A result or goal in the table of the shortfall."""

    link: Link
    aim: Quantity
    numbers: dict[str, Quantity]


@dataclass(frozen=True)
class TheoryPart:
    """What the page says of programme theories.

    Attributes
    ----------
    summaries : list of (caption, rows)
        For each theory that the files tell of, a row for each design; empty where there is one design only.
    sentences : list of Sentence
        How far along, the bottleneck, and the split where it was made: of the only design, or of the first.
    tables : list of (caption, design, rows)
        The shortfall of each design's results and goals; empty where it was not split.
    """

    texts: Messages
    summaries: list[tuple[Sentence, list[Standing]]]
    sentences: list[Sentence]
    tables: list[tuple[Sentence, str, list[Row]]]


def theory_part(view: View) -> TheoryPart:
    """The part of the page on programme theories; empty where the files don't tell of them."""
    facts = TheoryFacts(view)
    several = len(facts.designs) > 1
    return TheoryPart(
        facts.texts,
        [
            (_caption(facts, "summary", theory), found)
            for theory in facts.theories
            if several and (found := standings(facts, theory))
        ],
        _sentences(facts, facts.designs[:1] if several else facts.designs),
        [
            (_caption(facts, "table", theory), design, rows)
            for theory in facts.theories
            for design in facts.designs
            if (rows := _table(facts, design, theory))
        ],
    )


def _caption(facts: TheoryFacts, kind: str, theory: Theory) -> Sentence:
    return Sentence(facts.texts, f"theory.{kind}.caption", {"theory": theory.title, **_years(facts.view)})


def _sentences(facts: TheoryFacts, designs: Sequence[str]) -> list[Sentence]:
    said = [
        sentence
        for theory in facts.theories
        for design in designs
        for part in (_along, _bottleneck, _split)
        for sentence in part(facts, design, theory)
    ]
    return [*said, *_on_split(facts)]


def theory_lines(folder: Path, lang: str = "nb") -> list[str]:
    """The sentences on all designs as plain text.

    Raises
    ------
    InputError
        If the folder holds no results.
    """
    facts = TheoryFacts(View(Results(Path(folder)), lang))
    return [str(sentence) for sentence in _sentences(facts, facts.designs)]


def _years(view: View) -> dict[str, Quantity]:
    return {"first": view.fact("parting_year"), "last": view.fact("last_year")}


def _along(facts: TheoryFacts, design: str, theory: Theory) -> Iterator[Sentence]:
    means = {name: facts.mean_reached(design, theory, stage) for name, stage in STAGES.items()}
    shares = {name: _per_cent(facts, mean) for name, mean in means.items() if mean is not None}
    if len(shares) == len(STAGES):
        said = {"theory": theory.title, "design": facts.view.names.design_inline(design)}
        yield Sentence(facts.texts, "theory.along", {**said, **shares, **_years(facts.view)})


def _bottleneck(facts: TheoryFacts, design: str, theory: Theory) -> Iterator[Sentence]:
    """The whole country's, then the groups where it is another one."""
    whole = facts.bottleneck(design, theory)
    if whole is None:
        yield Sentence(facts.texts, "theory.nothing_short", {})
        return
    yield Sentence(facts.texts, "theory.bottleneck", _said(facts, design, theory, whole, EVERYONE))
    others = []
    for group in facts.groups:
        own = facts.bottleneck(design, theory, group)
        if own is not None and own != whole:
            said = {name: str(value) for name, value in _said(facts, design, theory, own, group).items()}
            named = facts.texts.text(f"theory.group.{group}")
            others.append(facts.texts.text("theory.bottleneck_other", group=named, **said))
    if others:
        yield Sentence(facts.texts, "theory.bottleneck_elsewhere", {"others": "; ".join(others)})


def _said(facts: TheoryFacts, design: str, theory: Theory, link: Link, group: str) -> dict[str, object]:
    return {
        "condition": link.text.rstrip("."),
        "reached": facts.reached(design, theory, link, group),
    }


def _split(facts: TheoryFacts, design: str, theory: Theory) -> Iterator[Sentence]:
    """The shortfall of the long-term goals, mean over them."""
    parts = split_of_goals(facts, theory, design)
    if not parts:
        return
    won, rest = (parts[name].value for name in PARTS)
    shares = {"shortfall": won + rest, "implementation": won, "rest": rest}
    kind = "both" if won > 0 else "harm"
    yield Sentence(facts.texts, f"theory.split.{kind}", {
        "theory": _small(theory.title),
        "design": facts.view.names.design_inline(design),
        "first": facts.view.fact("parting_year"),
        **{name: _points(facts, value) for name, value in shares.items()},
    })  # fmt: skip


def _on_split(facts: TheoryFacts) -> Iterator[Sentence]:
    """In how many worlds the shortfall was split, if not in all; or how it can be."""
    if not facts.theories:
        return
    if facts.split.empty:
        yield Sentence(facts.texts, "theory.not_split", {"designs": " ".join(facts.designs)})
    elif facts.split_worlds < facts.view.fact("n_worlds").value:
        place = source(f"{SPLIT}.parquet", column="n_worlds", stat="max")
        worlds = Quantity(facts.split_worlds, place, facts.view.messages, "worlds")
        yield Sentence(facts.texts, "theory.split_in", {"worlds": worlds})


def _table(facts: TheoryFacts, design: str, theory: Theory) -> list[Row]:
    rows = []
    for link in theory.of_stage("result", "goal"):
        aim = facts.shortfall(design, theory, link, "aim")
        if aim is not None:
            numbers = {name: facts.shortfall(design, theory, link, name) for name in _NUMBERS}
            known = {name: number for name, number in numbers.items() if number is not None}
            rows.append(Row(link, aim, known))
    return rows


def _per_cent(facts: TheoryFacts, share: float) -> str:
    return str(Quantity(share, "", facts.view.messages, "percent", _PERCENT))


def _points(facts: TheoryFacts, share: float) -> str:
    return str(Quantity(share, "", facts.view.messages, "points", _PERCENT))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
