"""The programme theories in sentences: how far along each design comes, what holds it back and for whom, what would be won."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from sim.legible import lowered
from sim.report.messages import Messages
from sim.report.quantity import Quantity
from sim.report.results import EVERYONE, Results
from sim.report.sentences import Sentence
from sim.report.theory_facts import ALL, AS_WRITTEN, PRESUMED, TheoryFacts
from sim.report.theory_summary import STAGES, Standing, standings
from sim.report.theory_texts import Link, Theory
from sim.report.view import View

_PERCENT = 100.0
_NUMBERS = ("result", "implementation_failure", "implementation_low", "implementation_high",
            "theory_failure", "theory_low", "theory_high")  # fmt: skip
_SAME = 0.005  # of a share: less than half a percentage point is no difference


@dataclass(frozen=True)
class Row:
    """A result or goal in the table of the shortfall.

    Attributes
    ----------
    chain : str
        Title of the chain in the theory that it belongs to; empty where the theory is one.
    """

    link: Link
    chain: str
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
        for part in (_along, _chains, _bottleneck, _split, _granted_otherwise)
        for sentence in part(facts, design, theory)
    ]
    also = [sentence for theory in facts.theories for sentence in _also(facts, theory)]
    return [*said, *also, *_on_split(facts)]


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
    means = {
        name: facts.mean_reached(design, theory, theory.of_stage(stage)) for name, stage in STAGES.items()
    }
    shares = {name: _per_cent(facts, mean) for name, mean in means.items() if mean is not None}
    if len(shares) == len(STAGES):
        said = {
            "theory": theory.title,
            "design": facts.view.names.design_inline(design),
            "whom": facts.texts.text(f"theory.whom.{theory.units}"),
        }
        yield Sentence(facts.texts, "theory.along", {**said, **shares, **_years(facts.view)})


def _chains(facts: TheoryFacts, design: str, theory: Theory) -> Iterator[Sentence]:
    """How far along each of the chains in a theory that holds several."""
    said = []
    for strand, title in theory.strands.items():
        of_strand = theory.of_strand(strand)
        means = {
            stage: facts.mean_reached(design, theory, [link for link in of_strand if link.stage == stage])
            for stage in ("condition", "result")
        }
        shares = {stage: _per_cent(facts, mean) for stage, mean in means.items() if mean is not None}
        if len(shares) == len(means):
            said.append(facts.texts.text("theory.chain", title=title, **shares))
    if said:
        yield Sentence(facts.texts, "theory.chains", {"chains": "; ".join(said)})


def _bottleneck(facts: TheoryFacts, design: str, theory: Theory) -> Iterator[Sentence]:
    """The whole country's, then the groups where it is another one; only where it hangs neither on the world nor on limits."""
    whole = facts.bottleneck(design, theory)
    if whole is None:
        yield Sentence(facts.texts, "theory.nothing_short", {})
        return
    if whole.firm:
        own = "own" if whole.link.origin == "own" else "plain"
        said = _said(facts, design, theory, whole.link, EVERYONE)
        yield Sentence(facts.texts, f"theory.bottleneck.{own}", said)
    else:
        yield Sentence(facts.texts, "theory.bottleneck.none", {})
    others = []
    for group in facts.groups:
        own_one = facts.bottleneck(design, theory, group)
        if own_one is not None and own_one.firm and own_one != whole:
            texts = {
                name: str(value) for name, value in _said(facts, design, theory, own_one.link, group).items()
            }
            named = facts.texts.text(f"theory.group.{group}")
            others.append(facts.texts.text("theory.bottleneck_other", group=named, **texts))
    if others:
        kind = "elsewhere" if whole.firm else "somewhere"
        yield Sentence(facts.texts, f"theory.bottleneck_{kind}", {"others": "; ".join(others)})


def _said(facts: TheoryFacts, design: str, theory: Theory, link: Link, group: str) -> dict[str, object]:
    return {"condition": link.text.rstrip("."), "reached": facts.reached(design, theory, link, group)}


def _split(facts: TheoryFacts, design: str, theory: Theory) -> Iterator[Sentence]:
    """The shortfall of the long-term goals, mean over them, with the conditions granted that the theory names."""
    won, rest = (facts.failure(design, theory, part) for part in ("implementation_failure", "theory_failure"))
    if won is None or rest is None:
        return
    shares = {"shortfall": won.value + rest.value, "implementation": won.value, "rest": rest.value}
    kind = "both" if won.value > 0 else "harm"
    yield Sentence(facts.texts, f"theory.split.{kind}", {
        "theory": lowered(theory.title),
        "design": facts.view.names.design_inline(design),
        "first": facts.view.fact("parting_year"),
        **{name: _points(facts, value) for name, value in shares.items()},
    })  # fmt: skip


def _granted_otherwise(facts: TheoryFacts, design: str, theory: Theory) -> Iterator[Sentence]:
    """What hangs on conditions that the theory does not name, and on means that practice did without."""
    named = facts.failure(design, theory, "implementation_failure")
    presumed = facts.failure(design, theory, "implementation_failure", granted=PRESUMED)
    everything = facts.failure(design, theory, "implementation_failure", granted=ALL)
    if named is not None and presumed is not None:
        yield Sentence(facts.texts, "theory.presumed", {
            "conditions": _quoted(facts, theory.conditions("presumed")),
            "added": _points(facts, presumed.value - named.value),
        })  # fmt: skip
    if named is not None and everything is not None:
        yield Sentence(facts.texts, "theory.own", {
            "conditions": _quoted(facts, theory.conditions("own")),
            "own": everything,
            "named": named,
        })  # fmt: skip
    written = facts.failure(design, theory, "implementation_failure", "result", AS_WRITTEN)
    if written is not None:
        kind = "same" if abs(written.value) < _SAME else "better" if written.value > 0 else "worse"
        yield Sentence(facts.texts, f"theory.as_written.{kind}", {
            "theory": lowered(theory.title),
            "departures": reduce(
                lambda first, second: facts.texts.text("theory.and", first=first, second=second), theory.departures
            ),
            "change": _points(facts, abs(written.value)),
        })  # fmt: skip


def _also(facts: TheoryFacts, theory: Theory) -> Iterator[Sentence]:
    """What may as well stand at another stage."""
    said = [
        facts.texts.text(
            "theory.also_one", link=_quoted(facts, [link]), stage=facts.texts.text(f"theory.one.{link.also}")
        )
        for link in theory.links
        if link.also
    ]
    if said:
        yield Sentence(facts.texts, "theory.also", {"theory": theory.title, "links": "; ".join(said)})


def _on_split(facts: TheoryFacts) -> Iterator[Sentence]:
    """In how many worlds the shortfall was split, if not in all; or how it can be."""
    if not facts.theories:
        return
    if facts.split.empty:
        yield Sentence(facts.texts, "theory.not_split", {"designs": " ".join(facts.designs)})
    elif facts.split_worlds < facts.view.fact("n_worlds").value:
        yield Sentence(facts.texts, "theory.split_in", {"worlds": facts.worlds})


def _table(facts: TheoryFacts, design: str, theory: Theory) -> list[Row]:
    chains = theory.strands or {"": ""}
    rows = []
    for strand, title in chains.items():
        for link in theory.of_strand(strand):
            aim = facts.shortfall(design, theory, link, "aim")
            if aim is not None:
                numbers = {name: facts.shortfall(design, theory, link, name) for name in _NUMBERS}
                known = {name: number for name, number in numbers.items() if number is not None}
                rows.append(Row(link, title, aim, known))
    return rows


def _quoted(facts: TheoryFacts, links: Sequence[Link]) -> str:
    return ", ".join(facts.texts.text("theory.quoted", text=link.text.rstrip(".")) for link in links)


def _per_cent(facts: TheoryFacts, share: float) -> str:
    return str(Quantity(share, "", facts.view.messages, "percent", _PERCENT))


def _points(facts: TheoryFacts, share: float) -> str:
    return str(Quantity(share, "", facts.view.messages, "points", _PERCENT))
