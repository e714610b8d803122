"""What the pages on sweeps and analyses (sensitivity, discovery, search, value of information) are made of."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
from markupsafe import Markup

from sim.errors import InputError
from sim.report.figures.panel import Figure
from sim.report.figures.svg import Drawing
from sim.report.manifest import DesignFacts, Manifest
from sim.report.messages import Messages
from sim.report.names import Names
from sim.report.number_format import level_decimals, number
from sim.report.part_messages import load_part

_TINY, _MOST_DECIMALS = 1e-2, 8
PART = "analysis"


@dataclass(frozen=True)
class SheetTable:
    """A table on the page: words and numbers already as text."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading with sentences, figures and tables under it."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[SheetTable, ...] = ()


@dataclass(frozen=True)
class Sheet(Drawing):
    """The whole page in one language."""

    template: ClassVar[str] = "analysis.html.j2"
    lang: str
    title: str
    lead: str
    sections: tuple[Section, ...] = ()
    messages: Messages = field(default_factory=lambda: load_part(PART, "en"))

    @property
    def headline(self) -> tuple[str, ...]:
        """The answer: the sentences of the first section."""
        return self.sections[0].sentences

    @property
    def figures(self) -> dict[str, Figure]:
        """All figures, by name."""
        return {figure.key: figure for section in self.sections for figure in section.figures}

    def t(self, key: str, **values: Any) -> Markup:
        """A message as HTML."""
        return self.messages.html(key, **values)


class Source:
    """An analysis' folder read in one language: its manifest, its tables, and what things are called."""

    def __init__(self, folder: Path, lang: str) -> None:
        self.folder = folder
        self.lang = lang

    @cached_property
    def messages(self) -> Messages:
        """The language's texts, and those that plug-ins brought."""
        return load_part(PART, self.lang).with_plugins(self.about.get("plugins", ()))

    @cached_property
    def about(self) -> dict[str, Any]:
        """The manifest."""
        try:
            content: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            content = {}
        if "kind" not in content:
            raise InputError("holds no analysis", file=str(self.folder))
        return content

    def table(self, name: str) -> pd.DataFrame:
        """A table of the folder."""
        return pd.read_parquet(self.folder / f"{name}.parquet")

    @cached_property
    def names(self) -> Names:
        """What designs, outcomes and groups are called."""
        designs = tuple(
            DesignFacts(str(one["key"]), dict(one.get("title", {}))) for one in self.about.get("designs", [])
        )
        return Names(self.messages, Manifest(designs))

    def text(self, key: str, **values: object) -> str:
        """A message as plain text."""
        return self.messages.text(key, **values)

    def number(self, value: float, digits: int = 3, *, signed: bool = False) -> str:
        """A number with so many digits that count."""
        size = abs(float(value))
        tiny = 0 < size < _TINY  # effects of a design may be; levels seldom are
        decimals = _MOST_DECIMALS - 1 if tiny else level_decimals(float(value), digits)
        if tiny and size >= 10.0 ** -(_MOST_DECIMALS - 1):
            decimals = min(_MOST_DECIMALS, 1 - math.floor(math.log10(size)))
        return number(float(value), self.lang, decimals, signed=signed)

    def count(self, value: float) -> str:
        """A whole number."""
        return number(float(value), self.lang)

    def percent(self, share: float) -> str:
        """A share in per cent; a dash where it is not known."""
        said = number(100 * float(share), self.lang)
        return self.text("unit.percent.other", value=said) if math.isfinite(share) else said

    def interval(self, low: float, high: float) -> str:
        """The ends of an interval; a dash where it is not known."""
        return f"{self.number(low)} – {self.number(high)}" if math.isfinite(low) else self.number(low)

    def parameter(self, name: str) -> str:
        """What a parameter is called: in words if the texts have any, and its name in the model."""
        return self.messages.first(f"analysis.factor.{name}", f"parameter.{name}") or name

    def figure_words(self, outcome: str, when: str, group: str, *, inline: bool = False) -> str:
        """A figure in words: outcome, when, and for whom unless for all; as it stands inside a sentence, or at its start."""
        said = self.messages.first(f"analysis.when.{when}") or when
        where = "" if group == "all" else f", {self.names.group_inline(group)}"
        name = self.names.outcome_inline(outcome) if inline else self.names.outcome(outcome)
        return f"{name} ({said}{where})"

    def figure_named(self, name: str, *, inline: bool = False) -> str:
        """A figure such as `practice@mean:need` in words."""
        outcome, _, rest = name.partition("@")
        when, _, group = rest.partition(":")
        return self.figure_words(outcome, when, group or "all", inline=inline)

    def less(self, design: str, versus: str) -> str:
        """A design less another, in few words."""
        names = self.names
        return self.text("analysis.less", b=names.design_short(design), a=names.design_short(versus))

    def difference(self, figure: str, design: str, versus: str) -> str:
        """The difference of a design from another in a figure."""
        names = self.names
        return self.text("analysis.difference", figure=figure, b=names.design(design), a=names.design(versus))

    def answer(self, sentences: Iterable[str], figures: Iterable[Figure] = ()) -> Section:
        """The section that comes first."""
        return Section("answer", self.text("analysis.sensitivity.answer"), tuple(sentences), tuple(figures))

    def limits(self, prefix: str, *keys: str) -> Section:
        """The section on what the page can't say, a text for each key."""
        sentences = tuple(self.text(f"{prefix}.{key}") for key in keys)
        return Section("limits", self.text("analysis.limits.title"), sentences)

    def captioned(self, caption: str, head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> SheetTable:
        """A table under the texts of its caption and its columns, by their keys."""
        return SheetTable(self.text(caption), tuple(map(self.text, head)), tuple(rows))

    def sheet(self, title: str, lead: str, *sections: Section) -> Sheet:
        """The page."""
        return Sheet(self.lang, title, lead, sections, self.messages)


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows, with the columns as attributes."""
    return list(frame.itertuples())


def pieces(frame: pd.DataFrame, keys: list[str]) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    """The rows that agree in some columns of words, in the order of the table."""
    for values, rows in frame.groupby(keys, sort=False, observed=True):
        yield tuple(str(value) for value in values), rows
