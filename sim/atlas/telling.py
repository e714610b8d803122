"""The atlas in one language: for each design what it is better on, worse on and costs, against one of the reader's choice."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from sim.atlas.kept import COSTS, FIGURES, MUNICIPAL_NOK, STATE_NOK, WORK_HOURS, KeptAtlas, Pair
from sim.atlas.themes import Theme
from sim.legible import lowered
from sim.report.differences import Difference, Judged, Told
from sim.report.felt import HOURS_PER_MAN_YEAR, Felt
from sim.report.messages import Messages, load, read_texts
from sim.report.money import NOK_PER_HOUR, PARTS, whole_or_one
from sim.report.names import Names, in_order
from sim.report.number_format import number
from sim.report.own_effect import own_share
from sim.report.quantity import Quantity, source
from sim.report.results import EVERYONE, MEAN
from sim.report.sentences import Sentence
from sim.report.view import View

MOST_ITEMS = 3  # in one cell; the answer has them all
MOST_ALIKE = 6  # designs for the same money
NEAR = (
    0.05  # of the scheme's own money, by which designs may differ and still cost about the same (assumption)
)
WITHOUT = {
    Theme.FOLLOW_UP: "no_follow_up",
    Theme.DRAW: "no_follow_up",
    Theme.FUNDING: "no_decentralised",
    Theme.VOCATIONAL: "no_vocational",
}
"""By theme, the design without the scheme that it is about; the system from 2026 is held against what there is today."""
COUNTED = tuple(outcome for parts in PARTS.values() for outcome in parts.outcomes)
"""Outcomes that the three costs are reckoned from; they are told there."""
_MILLION = 1e6


@cache
def own_texts(lang: str) -> dict[str, str]:
    """The atlas's own texts, by dotted key."""
    return read_texts(Path(__file__).parent / "messages" / f"{lang}.yaml")


@cache
def texts(lang: str) -> Messages:
    """The texts of the report and of the atlas."""
    whole = load(lang)
    return Messages(lang, {**{key: whole.raw(key) for key in whole}, **own_texts(lang)})


class Kind(StrEnum):
    """How a design comes out, in the order in which designs stand."""

    BETTER = "better"  # better on something, worse on nothing
    BOTH = "both"
    WORSE = "worse"
    COST = "cost"  # neither, but it costs more or less, or moves what is neither better nor worse
    OPEN = "open"  # nothing seen, and a difference that would matter is not ruled out
    NOTHING = "nothing"


def kind_of(better: bool, worse: bool, moved: bool, is_open: bool) -> Kind:
    """The kind, by what is seen."""
    if better or worse:
        return Kind.BOTH if better and worse else Kind.BETTER if better else Kind.WORSE
    return Kind.COST if moved else Kind.OPEN if is_open else Kind.NOTHING


@dataclass(frozen=True)
class Cell:
    """A difference in a table: a number with its interval where it is clear and matters, else words.

    Attributes
    ----------
    kind : str
        better, worse or moved where there is a number; else what is told (`Told`).
    """

    texts: Messages
    d: Difference
    shown: Quantity
    low: Quantity
    high: Quantity
    worth: Quantity | None = None

    @property
    def kind(self) -> str:
        """By which it is coloured and sorted."""
        if not self.d.moved:
            return str(self.d.told)
        return "moved" if self.d.judged is Judged.NEITHER else str(self.d.judged)

    @property
    def words(self) -> Sentence:
        """The cell's text where it has no number."""
        return Sentence(self.texts, f"atlas.cell.{self.d.told}")

    @property
    def interval(self) -> Sentence:
        """The ends of the 90 % interval."""
        return Sentence(self.texts, "atlas.interval", {"low": self.low, "high": self.high})


@dataclass(frozen=True)
class Row:
    """One design against the baseline."""

    key: str
    title: str
    theme: Theme
    kind: Kind
    better: list[Sentence]
    worse: list[Sentence]
    neither: list[Sentence]
    costs: list[Cell]
    also: Cell | None = None


class WithCells(Protocol):
    """A row of a table with a cell for each measure."""

    @property
    def cells(self) -> list[Cell | None]:
        """In the order of the measures."""


@dataclass(frozen=True)
class Telling:
    """A kept atlas in one language, against one of its designs.

    Parameters
    ----------
    a : str
        The design that all others are held against.
    """

    kept: KeptAtlas
    lang: str
    a: str

    @cached_property
    def texts(self) -> Messages:
        """The texts, those of plug-ins among them."""
        plugins = tuple(self.kept.manifest.get("plugins") or ())
        return texts(self.lang).with_plugins(plugins)

    @cached_property
    def views(self) -> dict[str, View]:
        """Each other design as the report sees it."""
        return {b: View(self.kept.between(self.a, b), self.lang) for b in self.kept.designs if b != self.a}

    @cached_property
    def names(self) -> Names:
        """What designs, outcomes and groups are called."""
        return Names(self.texts, self.kept.facts(*self.kept.designs))

    @property
    def a_inline(self) -> str:
        """The baseline inside a sentence."""
        return self.names.design_inline(self.a)

    def title(self, design: str) -> str:
        """A design's title."""
        return self.names.design(design)

    def others(self, design: str) -> list[tuple[str, str]]:
        """Key and title of the designs that one can be held against."""
        return [(key, title) for key, title in self.listed if key != design]

    @property
    def listed(self) -> list[tuple[str, str]]:
        """Key and title of all designs, the one played as the baseline first, the others in alphabetical order."""
        first, *others = self.kept.designs
        by_title = {self.title(key): key for key in others}
        return [(first, self.title(first)), *((by_title[one], one) for one in in_order(by_title, self.lang))]

    @cached_property
    def facts(self) -> dict[str, object]:
        """Numbers of the atlas, for sentences."""
        view = next(iter(self.views.values()))
        named = {"worlds": "n_worlds", "first": "first_year", "last": "last_year", "parting": "parting_year"}
        return {
            "n": self._count(len(self.views)),
            "a": self.a_inline,
            **{name: view.fact(fact) for name, fact in named.items()},
        }

    @property
    def made(self) -> Sentence:
        """When and by which code."""
        return Sentence(self.texts, "atlas.made", {"date": self._date, "code": self.names.manifest.code})

    @property
    def dated(self) -> Sentence:
        """When, for those who have no use for the code."""
        return Sentence(self.texts, "atlas.dated", {"date": self._date})

    @property
    def _date(self) -> str:
        when = datetime.fromisoformat(self.kept.manifest["run"]["started"])
        return self.texts.text(
            "atlas.date", day=str(when.day), month=self.texts.raw(f"atlas.month.m{when.month}"), year=str(when.year)
        )  # fmt: skip

    def difference(self, b: str, measure: str, group: str = EVERYONE) -> Difference | None:
        """How a design differs on one measure."""
        found = self.views[b].differences(measure, group)
        return found[0] if found else None

    def name(self, measure: str) -> str:
        """What a measure is called, as a heading."""
        own = self.texts.first(f"atlas.measure.{measure}")
        return own or self.names.outcome(measure)

    def cell(self, d: Difference) -> Cell:
        """A difference as a cell: kroner in millions, work in man-years with what it is worth."""
        felt, measure = Felt(d), d.row.outcome
        if measure == WORK_HOURS:
            factor = 1.0 / HOURS_PER_MAN_YEAR
            years = [_in(each, "man_years", factor, d) for each in (d.difference, d.low, d.high)]
            worth = _in(d.difference, "million_nok", NOK_PER_HOUR / _MILLION, d)
            return Cell(self.texts, d, years[0], years[1].bare, years[2].bare, worth)
        if measure in (STATE_NOK, MUNICIPAL_NOK):
            money = [_in(each, "million_nok", 1.0 / _MILLION, d) for each in (d.difference, d.low, d.high)]
            return Cell(self.texts, d, money[0], money[1].bare, money[2].bare)
        return Cell(self.texts, d, felt.difference, felt.low, felt.high)

    def share(self, d: Difference) -> tuple[Quantity, Quantity, Quantity] | None:
        """How large a difference is, over what the baseline's own follow-up brings the same group, with its interval.

        None where that is not known, or the design has no follow-up to compare with.
        """
        own = own_share(self.views[d.row.design], d)
        if own is None:
            return None
        share, nearest, farthest = own.quantities()
        return nearest, share, farthest

    def costs(self, b: str) -> list[Cell]:
        """State money, municipal money, work."""
        return [self.cell(d) for measure in COSTS if (d := self.difference(b, measure))]

    def without(self, b: str) -> str:
        """The design that lacks the scheme which a design and the baseline are about; the first design where none is known."""
        about = self.kept.theme(b if b != self.kept.designs[0] else self.a)
        return WITHOUT.get(about, self.kept.designs[0])

    def near(self, b: str) -> dict[str, float]:
        """Other designs on the same scheme that cost the state about as much, each with how much more a year in kroner.

        They may differ by `NEAR` of what the scheme itself costs: the state's money beyond that under the design without it.
        """
        bare, spent = self.without(b), self.kept.spent
        if bare not in self.kept.designs:
            return {}
        own = max(abs(spent(each) - spent(bare)) for each in (self.a, b))
        apart = {key: spent(key) - spent(b) for key in self.views if key != b and self.without(key) == bare}
        return {key: more for key, more in apart.items() if abs(more) <= NEAR * own}

    def same_money(self, b: str) -> list[tuple[Row, Quantity | None]]:
        """A design, then others for the same money, those first that are better and not worse.

        Each with how much more than the first it costs the state in a year; None where that is nothing told of.
        """
        near = self.near(b)
        rows = [self._row(key) for key in near]
        told = [row for row in rows if row.better or row.worse]
        kinds, order = list(Kind), in_order([row.title for row in told], self.lang)
        told.sort(key=lambda row: (kinds.index(row.kind), order.index(row.title)))
        return (
            [
                (self._row(b), None),
                *((row, self._beside(b, row.key, near[row.key])) for row in told[:MOST_ALIKE]),
            ]
            if told
            else []
        )

    def _beside(self, b: str, key: str, more: float) -> Quantity | None:
        """By how much more money in millions, unless it is less than is told."""
        if abs(more) < PARTS["state"].smallest:
            return None
        place = source(
            FIGURES,
            versus=b,
            design=key,
            horizon=MEAN,
            outcome=STATE_NOK,
            group=EVERYONE,
            column="difference",
        )
        return Quantity(more, place, self.texts, "million_nok", 1 / _MILLION, 0, signed=True)

    def item(self, d: Difference) -> Sentence:
        """A difference that moved, in a few words with its interval, and of whom if not of the country."""
        names, cell = self.names, self.cell(d)
        values = {
            "outcome": names.outcome(d.row.outcome), "value": cell.shown, "low": cell.low, "high": cell.high,
            "group": lowered(names.group(d.row.group)),
        }  # fmt: skip
        return Sentence(self.texts, "atlas.item" if d.row.group == EVERYONE else "atlas.item_of", values)

    def moved(self, b: str) -> dict[str, list[Difference]]:
        """What a design moves beside the three costs, by better, worse and neither; the largest first."""
        movers = [d for d in self.views[b].movers(b) if d.row.outcome not in COUNTED]
        return {str(judged): [d for d in movers if d.judged is judged] for judged in Judged}

    def seen(self, rows: Sequence[WithCells]) -> list[int]:
        """Places of the cells in which any of some rows moves."""
        cells = zip(*(row.cells for row in rows), strict=True)
        return [
            i for i, column in enumerate(cells) if any(cell is not None and cell.d.moved for cell in column)
        ]

    def unseen(self, measures: Sequence[str], seen: Sequence[int]) -> Sentence:
        """On what no row moves."""
        names = [self.texts.text(f"types.short.{key}") for i, key in enumerate(measures) if i not in seen]
        return Sentence(self.texts, "types.unseen", {"measures": joined(names, self.texts)})

    def rows(self, also: str = "") -> list[Row]:
        """All designs, those first that are better on something and worse on nothing; alike ones in alphabetical order.

        Parameters
        ----------
        also : str
            A measure that is told of each design; the designs then stand by it.
        """
        found = [self._with(row, also) for row in self._rows] if also else list(self._rows)
        order = {title: i for i, title in enumerate(in_order([row.title for row in found], self.lang))}
        kinds = list(Kind)

        def place(row: Row) -> tuple[float, float, int]:
            by = -row.also.d.row.difference * (row.also.d.row.better or 1) if row.also else 0.0
            seen = row.also is not None and row.also.d.moved
            first = (0.0 if by < 0 else 2.0) if seen else 1.0
            return (first, by, order[row.title]) if also else (kinds.index(row.kind), 0.0, order[row.title])

        return sorted(found, key=place)

    @cached_property
    def _rows(self) -> list[Row]:
        return [self._row(b) for b in self.views]

    def _with(self, row: Row, also: str) -> Row:
        d = self.difference(row.key, also)
        return dataclasses.replace(row, also=self.cell(d) if d else None)

    def _row(self, b: str) -> Row:
        moved, costs = self.moved(b), self.costs(b)
        better, worse, neither = (moved[str(one)] for one in (Judged.BETTER, Judged.WORSE, Judged.NEITHER))
        view = self.views[b]
        told = {
            d.told for key in view.subject.followed for d in view.differences(key, view.concerned(key))
        } | {cell.d.told for cell in costs}
        kind = kind_of(
            bool(better), bool(worse), bool(neither) or any(cell.d.moved for cell in costs),
            bool(told & {Told.OPEN, Told.NONE}),
        )  # fmt: skip
        return Row(
            b, self.title(b), self.kept.theme(b), kind, self._items(better), self._items(worse), self._items(neither), costs,
        )  # fmt: skip

    def _items(self, differences: Sequence[Difference]) -> list[Sentence]:
        items = [self.item(d) for d in differences[:MOST_ITEMS]]
        if len(differences) > MOST_ITEMS:
            more = number(
                len(differences) - MOST_ITEMS, self.lang
            )  # of the text itself, so bound to no table
            items.append(Sentence(self.texts, "atlas.more", {"more": more}))
        return items

    def by_theme(self, also: str = "") -> list[tuple[Theme, list[Row]]]:
        """The rows of each theme that has any."""
        rows = self.rows(also)
        themes = ((theme, [row for row in rows if row.theme is theme]) for theme in Theme)
        return [(theme, some) for theme, some in themes if some]

    def summary(self, rows: Sequence[Row]) -> Sentence:
        """How many of some designs come out how, in words."""
        kinds = [row.kind for row in rows]
        told = sum(kinds.count(kind) for kind in (Kind.BETTER, Kind.BOTH, Kind.WORSE))
        key = "atlas.summary" if told < len(kinds) else "atlas.summary_of_all"
        return Sentence(self.texts, key, {**self.counted(kinds), **self.facts})

    def counted(self, kinds: Sequence[Kind]) -> dict[str, object]:
        """How many there are of each kind, for sentences."""
        found = {f"n_{kind}": kinds.count(kind) for kind in Kind}
        found |= {"n_rest": found["n_cost"] + found["n_open"] + found["n_nothing"], "all": len(kinds)}
        return {name: self.number_of(n) for name, n in found.items()}

    def number_of(self, n: int) -> Quantity | str:
        """How many; in a word where there are none."""
        return self._count(n) if n else self.texts.raw("atlas.none")

    def _count(self, n: int) -> Quantity:
        return Quantity(float(n), source(FIGURES, stat="count"), self.texts)

    def reading(self) -> list[Sentence]:
        """How to read the tables."""
        return [Sentence(self.texts, f"atlas.reading.{key}", self.facts) for key in READING]


READING = ("columns", "matters", "interval", "many", "picked", "work", "limits")


def _in(quantity: Quantity, unit: str, factor: float, d: Difference) -> Quantity:
    decimals = whole_or_one(d.row.difference * factor)
    return dataclasses.replace(quantity, unit=unit, factor=factor, decimals=decimals)


def joined(some: Sequence[str], messages: Messages) -> str:
    """Some words as one list."""
    *first, last = some or ("",)
    return messages.text("atlas.and", first=", ".join(first), last=last) if first else last


def pair_of(view: View) -> Pair:
    """The results of a view, which are those of an atlas."""
    assert isinstance(view.results, Pair)
    return view.results
