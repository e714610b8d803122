"""How far along its programme theory each design comes, link by link, and how far with the conditions granted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from sim.report.figures.legend import design_keys
from sim.report.figures.panel import Axis, Dots, Figure, Key, Line, Margins, Mark, Panel, Text
from sim.report.number_format import number
from sim.report.sentences import Sentence
from sim.report.style import AXIS, GRID, INK, MUTED
from sim.report.theory_facts import TheoryFacts
from sim.report.theory_texts import ORIGINS, STAGES, Link, Theory
from sim.report.view import View

_PERCENT = 100.0
_MARGINS = Margins(left=336, right=18, top=46, bottom=28)
_WIDTH, _ROW_PX, _LINE_PX = 640.0, 30.0, 13.0
_LETTERS = 54  # of a line of a label
_UNASKED = "\u00a0*"
_SPREAD = 0.5  # of a row, between the first design and the last


def theory_figure(view: View) -> Figure:
    """One panel for each chain in each theory; none without `theory.parquet`."""
    facts = TheoryFacts(view)
    granted = not facts.split.empty
    texts = facts.texts
    values = {"worlds": facts.worlds, "first": view.fact("parting_year"), "last": view.fact("last_year")}
    own = (Key(texts.text("figure.theory.granted"), INK, "diamond"),) if granted else ()
    return Figure(
        "theory",
        texts.text("figure.theory.title"),
        Sentence(texts, "figure.theory.caption_granted" if granted else "figure.theory.caption", values),
        tuple(
            _panel(facts, theory, strand) for theory in facts.theories for strand in theory.strands or [""]
        ),
        columns=2,
        legend=(*design_keys(view, facts.designs), *own),
    )


def _panel(facts: TheoryFacts, theory: Theory, strand: str) -> Panel:
    links = theory.of_strand(strand)
    rows = list(_rows(links))
    n = len(rows)
    marks: list[Mark] = []
    for i, row in enumerate(rows):
        y = n - 1.0 - i
        if isinstance(row, str):
            marks.append(Text(0.0, y, facts.texts.text(f"theory.{row}"), MUTED, "end", dx=-8, bold=True))
        else:
            words = row.text + _UNASKED if row.nobody_asked else row.text
            marks += [Line((0.0, _PERCENT), (y, y), GRID, 1.0), *_label(words, y)]
            marks += _shares(facts, theory, row, y)
    ticks = tuple((value, number(value, facts.view.lang)) for value in (0.0, 50.0, _PERCENT))
    title = (
        facts.texts.text("figure.theory.chain", theory=theory.title, chain=theory.strands[strand])
        if strand
        else theory.title
    )
    return Panel(
        title=title,
        note=facts.texts.text(f"figure.theory.note.{theory.units}"),
        x=Axis(0.0, _PERCENT, ticks, grid=True),
        y=Axis(-0.6, n - 0.4),
        marks=(Line((0.0, 0.0), (-0.6, n - 0.4), AXIS, 1.0), *marks),
        label=" ".join([f"{title}.", *_sentences(facts, theory, links)]),
        width=_WIDTH,
        height=_MARGINS.top + _MARGINS.bottom + _ROW_PX * n,
        margins=_MARGINS,
    )


def _rows(links: Sequence[Link]) -> Iterator[str | Link]:
    """Links in order, under the names of their stages; conditions under whose they are."""
    for stage in STAGES:
        of_stage = [link for link in links if link.stage == stage]
        for origin in ORIGINS if stage == "condition" else ("",):
            found = [link for link in of_stage if link.origin == origin]
            if found:
                yield f"origin.{origin}" if origin else f"stage.{stage}"
                yield from found


def _label(words: str, y: float) -> list[Mark]:
    """The link's sentence left of the axis, in as many lines as it takes."""
    lines = textwrap.wrap(words, _LETTERS)
    top = -(len(lines) - 1) * _LINE_PX / 2
    return [Text(0.0, y, line, INK, "end", dx=-8, dy=top + i * _LINE_PX) for i, line in enumerate(lines)]


def _shares(facts: TheoryFacts, theory: Theory, link: Link, y: float) -> list[Mark]:
    """One mark for each design, and a line to what it would reach with the conditions granted."""
    marks: list[Mark] = []
    n = len(facts.designs)
    for i, design in enumerate(facts.designs):
        reached = facts.reached(design, theory, link)
        if reached is None:
            continue
        at = y + (_SPREAD * (0.5 - i / (n - 1)) if n > 1 else 0.0)
        style = facts.view.style(design)
        granted = facts.shortfall(design, theory, link, "result_granted")
        if granted:
            marks.append(
                Line((_PERCENT * reached.value, _PERCENT * granted.value), (at, at), style.colour, 1.5)
            )
            marks.append(Dots((_PERCENT * granted.value,), (at,), INK, "diamond", 5.0))
        marks.append(Dots((_PERCENT * reached.value,), (at,), style.colour, style.marker, 9.0))
    return marks


def _sentences(facts: TheoryFacts, theory: Theory, links: Sequence[Link]) -> Iterator[str]:
    for link in links:
        for design in facts.designs:
            if reached := facts.reached(design, theory, link):
                yield facts.texts.text(
                    "figure.theory.row",
                    link=link.text,
                    design=facts.view.names.design(design),
                    reached=str(reached),
                )
