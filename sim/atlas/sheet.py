"""The atlas: a page that opens offline in two languages, with a sheet for each of what designs are about, and a picture of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.atlas.criteria import CRITERIA, Criterion, Of
from sim.atlas.tables import CELLS, DESIGNS
from sim.report.differences import Difference, Finding, Judged, common_decimals
from sim.report.figures.panel import Axis, Figure, Margins, Mark, Panel, Rect, Text
from sim.report.messages import Messages, load, read_texts
from sim.report.quantity import Quantity, source
from sim.report.rendering import in_both, put_page, rendered
from sim.report.results import MEAN, ComparisonRow, Results
from sim.report.sentences import Sentence
from sim.report.style import GRID, INK, MUTED
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
PAGE = "atlas.html"
_BEST_FOR = {Of.SCHOOL: ("practice", "pupil_results"), Of.VOCATIONAL: ("voc_subject", "voc_collective")}
_ORDERED_BY = {Of.SCHOOL: "practice", Of.VOCATIONAL: "voc_subject"}
_UNITS = {
    "0-1": "points", "SD of practice": "hundredths", "hundredths of a pupil SD": "hundredths", "share": "percentage",
    "pupils": "pupils", "hours per half-year": "hours", "NOK per half-year": "million", "NOK per school year": "million",
    "schools": "schools", "persons per school year": "persons", "hours per year": "hours",
}  # fmt: skip
BETTER, WORSE, NEITHER = "#1b7f72", "#c65a11", "#7b5ea7"
_STRONG, _FAINT = 0.55, 0.16
_NAMED = 2  # of the designs that dominate another
_NUMBERS = [field.name for field in dataclasses.fields(ComparisonRow)]


@dataclass(frozen=True)
class Cell:
    """One design by one criterion.

    Attributes
    ----------
    kind : str
        `better`, `worse`, `moved` (clear, but neither better nor worse), `unclear` or `same`.
    strong : bool
        Whether it is large enough to matter.
    """

    criterion: Criterion
    difference: Difference
    shown: Quantity
    low: Quantity
    high: Quantity
    kind: str

    @property
    def strong(self) -> bool:
        """Whether it is large enough to matter."""
        return self.difference.matters

    @property
    def words(self) -> str:
        """The number alone, a dash where nothing moves."""
        return "–" if self.kind == "same" else self.shown.number


@dataclass(frozen=True)
class Sheet:
    """One sheet of the atlas in one language, from the files of its folder alone."""

    view: View
    texts: Messages
    of: Of

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The columns."""
        return CRITERIA[self.of]

    @property
    def title(self) -> str:
        """What the sheet is about."""
        return self.texts.text(f"sheet.{self.of}")

    @cached_property
    def dominators(self) -> dict[str, str]:
        """Designs on the sheet, and which dominate each."""
        frame = self.view.results.table(DESIGNS).astype(str)
        on = frame[frame["sheet"] == self.of]
        return dict(zip(on["design"], on["dominated_by"], strict=True))

    @property
    def alternatives(self) -> list[str]:
        """The designs on the sheet but the baseline."""
        return [key for key in self.view.results.alternatives if key in self.dominators]

    @property
    def lang(self) -> str:
        """The language."""
        return self.view.lang

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The table of cells, as far as it is the sheet's."""
        frame = self.view.results.table(CELLS)
        return frame[frame["sheet"].astype(str) == self.of]

    @cached_property
    def rows(self) -> list[tuple[str, str, list[Cell], str]]:
        """Key, title, cells and dominating designs of each alternative, in the order of what they give for teachers."""
        names, first = self.view.names, self._column(_ORDERED_BY[self.of])
        found = [
            (key, names.design(key), self.cells[key], self._dominators(self.dominators[key].split()))
            for key in self.alternatives
        ]
        return sorted(found, key=lambda row: -row[2][first].difference.row.difference)

    @cached_property
    def cells(self) -> dict[str, list[Cell]]:
        """Cells of each alternative, in the order of the criteria; numbers of a column have equally many decimals."""
        found: dict[str, list[Cell]] = {key: [] for key in self.alternatives}
        for criterion in self.criteria:
            of = self.frame[self.frame["criterion"].astype(str) == criterion.key].set_index("design")
            level = float(of["baseline"].iloc[0])
            rows = {key: self._row(key, of.loc[key]) for key in found}
            bare = {key: Difference(row, self.view.messages, level) for key, row in rows.items()}
            decimals = min(common_decimals(list(bare.values())), 2)
            for key, difference in bare.items():
                found[key].append(self._cell(criterion, dataclasses.replace(difference, decimals=decimals)))
        return found

    def _dominators(self, keys: list[str]) -> str:
        """The first of those that dominate a design, and how many more there are."""
        first = ", ".join(self.view.names.design(key) for key in keys[:_NAMED])
        more = Quantity(
            float(len(keys) - _NAMED),
            source("atlas_designs.parquet", column="dominated_by"),
            self.view.messages,
        )
        return first if len(keys) <= _NAMED else self.texts.text("table.and_more", first=first, more=more)

    def _row(self, key: str, values: Any) -> ComparisonRow:
        told = {
            "design_a": self.view.results.baseline, "design_b": key, "horizon": MEAN, "mean_a": values["baseline"],
            "mean_b": values["mean"], "smallest": values["matters"],
        }  # fmt: skip
        found = {name: told.get(name, values.get(name, float("nan"))) for name in _NUMBERS}
        return ComparisonRow(**{**found, "better": int(found["better"]), "unit": str(found["unit"])})

    def _cell(self, criterion: Criterion, difference: Difference) -> Cell:
        finding, judged = difference.finding, difference.judged
        kind = "unclear"
        if finding in (Finding.SAME, Finding.UNKNOWN):
            kind = "same"
        elif difference.is_clear:
            kind = {Judged.BETTER: "better", Judged.WORSE: "worse", Judged.NEITHER: "moved"}[judged]
        numbers = [self._bound(difference, name) for name in ("difference", "low", "high")]
        return Cell(criterion, difference, numbers[0], numbers[1], numbers[2], kind)

    def _bound(self, difference: Difference, column: str) -> Quantity:
        row = difference.row
        place = source(
            "atlas.parquet", design=row.design_b, outcome=row.outcome, group=row.group, column=column
        )
        quantity: Quantity = getattr(difference, column)
        return dataclasses.replace(quantity, source=place)

    def _column(self, key: str) -> int:
        return [criterion.key for criterion in self.criteria].index(key)

    def criterion(self, criterion: Criterion) -> str:
        """Heading of a column."""
        return self.texts.text(f"criterion.{criterion.key}")

    def unit(self, criterion: Criterion) -> str:
        """Unit of a column, in a word."""
        unit = str(self.frame.loc[self.frame["criterion"].astype(str) == criterion.key, "unit"].iloc[0])
        return self.texts.text(f"unit.{_UNITS[unit]}")

    @property
    def sides(self) -> list[tuple[str, int]]:
        """What columns are about, with how many they are."""
        keys = list(dict.fromkeys(criterion.side for criterion in self.criteria))
        return [(self.texts.text(f"side.{key}"), sum(c.side is key for c in self.criteria)) for key in keys]

    @property
    def lead(self) -> list[Sentence]:
        """What was done, what gives most, how many are dominated."""
        view, n = self.view, len(self.rows)
        a = view.names.design_inline(view.results.baseline)
        dominated = sum(bool(by) for *_, by in self.rows)

        def count(value: int, name: str, column: str) -> Quantity:
            return Quantity(
                float(value), source(f"{name}.parquet", column=column, stat="count"), view.messages
            )

        facts = {"worlds": view.fact("n_worlds"), "first": view.fact("first_year"), "last": view.fact("last_year"),
                 "parting": view.fact("parting_year")}  # fmt: skip
        sentences = [Sentence(self.texts, "lead", {"n": count(n, DESIGNS, "design"), "a": a, **facts})]
        sentences += [self._best(outcome, a) for outcome in _BEST_FOR[self.of]]
        kind = "some" if dominated else "none"
        values = {"dominated": count(dominated, DESIGNS, "dominated_by")}
        return [*sentences, Sentence(self.texts, f"dominated.{kind}", values)]

    def _best(self, outcome: str, a: str) -> Sentence:
        cells = {key: self.cells[key][self._column(outcome)] for key, *_ in self.rows}
        better = {key: cell for key, cell in cells.items() if cell.kind == "better"}
        values: dict[str, object] = {"outcome_inline": self.view.names.outcome_inline(outcome), "a": a}
        if not better:
            return Sentence(self.texts, "best.none", values)
        key, cell = max(better.items(), key=lambda item: abs(item[1].difference.row.difference))
        precise = dataclasses.replace(cell.difference, decimals=None)
        shown = {name: self._bound(precise, name) for name in ("difference", "low", "high")}
        values |= {"design": self.view.names.design_inline(key), **shown}
        return Sentence(self.texts, f"best.{'large' if cell.strong else 'small'}", values)

    def panel(self) -> Panel:
        """The sheet as a picture."""
        left, width, row, top = 330.0, 78.0, 19.0, 74.0
        n, columns = len(self.rows), len(self.criteria)
        marks: list[Mark] = []
        for i, (_, title, cells, by) in enumerate(self.rows):
            y = n - i - 0.5
            marks.append(Text(0, y, title + (" *" if by else ""), INK, "end", dx=-8))
            for c, cell in enumerate(cells):
                colour = {"better": BETTER, "worse": WORSE, "moved": NEITHER}.get(cell.kind)
                if colour:
                    marks.append(
                        Rect(
                            c + 0.03, c + 0.97, y - 0.45, y + 0.45, colour, _STRONG if cell.strong else _FAINT
                        )
                    )
                ink = MUTED if cell.kind in ("unclear", "same") else INK
                marks.append(
                    Text(c + 0.9, y, cell.words, ink, "end", bold=cell.kind not in ("unclear", "same"))
                )
        for c, criterion in enumerate(self.criteria):
            first, _, rest = self.criterion(criterion).partition(" ")
            for place, words, ink in ((46, first, INK), (31, rest, INK), (15, self.unit(criterion), MUTED)):
                marks.append(Text(c + 0.9, n, words, ink, "end", dy=-place))
        start = 0
        for words, span in self.sides:
            marks.append(Text(start + 0.06, n, words, INK, "start", dy=-64, bold=True))
            marks.append(Rect(start + 0.01, start + 0.03, 0, n, GRID))
            start += span
        margins = Margins(left=left, right=10, top=top, bottom=8)
        return Panel(
            title="", x=Axis(0, columns), y=Axis(0, n), marks=tuple(marks),
            label=" ".join(str(sentence) for sentence in self.lead), width=left + width * columns + 10,
            height=top + row * n + 8, margins=margins,
        )  # fmt: skip


@dataclass(frozen=True)
class Page:
    """The whole atlas in one language."""

    view: View
    texts: Messages

    @property
    def lang(self) -> str:
        """The language."""
        return self.view.lang

    @cached_property
    def sheets(self) -> list[Sheet]:
        """A sheet for each of what designs are about, those left out on which no design stands."""
        every = [Sheet(self.view, self.texts, of) for of in Of]
        return [sheet for sheet in every if sheet.alternatives]

    def reading(self) -> list[Sentence]:
        """How to read the sheets."""
        a = self.view.names.design_inline(self.view.results.baseline)
        cells = sum(len(sheet.rows) * len(sheet.criteria) for sheet in self.sheets)
        n = Quantity(float(cells), source("atlas.parquet", stat="count"), self.view.messages)
        keys = ("clear", "unclear", "same", "order", "apart", "chance", "limits")
        return [Sentence(self.texts, f"reading.{key}", {"a": a, "cells": n}) for key in keys]

    def figure(self) -> Figure:
        """All sheets, below each other."""
        panels = tuple(sheet.panel() for sheet in self.sheets)
        return Figure("atlas", self.texts.text("title"), self.sheets[0].lead[0], panels, columns=1)


def is_atlas(folder: Path) -> bool:
    """Whether the folder holds an atlas."""
    return all((folder / f"{name}.parquet").is_file() for name in (CELLS, DESIGNS))


def write_sheet(folder: Path, lang: str = "nb") -> Path:
    """Write `atlas.html` in both languages and `atlas.png` in the chosen one, from the tables of a folder.

    Raises
    ------
    InputError
        If the folder holds no results.
    ValueError
        For a language without texts.
    """
    results = Results(Path(folder))
    pages = in_both(lambda each: Page(View(results, each), _texts(each)), lang)
    style = (_TEMPLATES / "atlas.css").read_text(encoding="utf-8")
    page = rendered("atlas.html.j2", pages, style, _TEMPLATES)
    return put_page(results.folder / PAGE, page, [pages[0].figure()], pictures="")


def _texts(lang: str) -> Messages:
    whole = load(lang)
    own = read_texts(_HERE / "messages" / f"{lang}.yaml")
    return Messages(lang, {**{key: whole.raw(key) for key in whole}, **own})
