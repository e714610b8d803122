"""Which columns and rows of a table are read: those that the model can use, of one year, and of all together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.errors import InputError
from sim.registers import headings as h
from sim.registers.account import Account
from sim.registers.asked import Asked
from sim.registers.grids import Raw
from sim.registers.headings import Heading, as_text
from sim.registers.layout import Layout
from sim.registers.values import year

TOTAL = re.compile(r"(?:.*\b)?(?:i alt|ialt|begge kjønn|alle|totalt?|sum|both sexes|all)\b.*", re.IGNORECASE)
_MOST_SORTS = 60  # different texts in a column that parts rows, such as ages


@dataclass(frozen=True)
class Choosing:
    """What is read of a table as it was asked for; what is left out goes to the account."""

    asked: Asked
    account: Account

    def wanted(self, layout: Layout) -> dict[int, Heading]:
        """The columns with numbers that the model can use; the others are left out."""
        fields = (*h.OF_SCHOOLS, h.GRADES, h.GRADE) if layout.schools else (*h.OF_MUNICIPALITIES, h.GRADE)
        measured = layout.find(h.MEASURE) is not None
        wanted = {}
        for i, column in enumerate(layout.columns):
            if column.field in fields:
                wanted[i] = column
            elif column.year and not column.field and layout.title.field in fields and not measured:
                wanted[i] = replace(layout.title, text=column.text, year=column.year)
            elif column.field == h.VALUE and layout.title.field in fields and not measured:
                wanted[i] = replace(layout.title, text=column.text)
            elif measured and (column.field == h.VALUE or not column.field) and (column.text or column.year):
                wanted[i] = column
        if not wanted and any(
            self.asked.leaves_out(layout.grid.file, column.text) for column in layout.columns
        ):
            self.account.leave(layout.grid.file, "the table", "as asked for with --column")
        elif not wanted:
            told = ", ".join(f"'{column.text}'" for column in layout.columns if column.text)
            raise InputError(
                f"no column with numbers that the model can use; there are {told}; expected such as folkemengde, elever, trinn "
                "(--column 'HEADING=MEANING' says what another means)",
                file=layout.grid.file,
                line=layout.line,
            )
        return wanted

    def years(self, layout: Layout, wanted: dict[int, Heading]) -> dict[str, int | None]:
        """The year of each field's numbers; columns of other years are taken out of the wanted ones."""
        file, asked = layout.grid.file, self.asked.year_of(layout.grid.file)
        by_field: dict[str, dict[int, int]] = defaultdict(dict)
        for i, column in wanted.items():
            if column.year:
                by_field[column.field][i] = column.year
        years: dict[str, int | None] = {}
        for name, there in by_field.items():
            chosen = self._chosen(sorted(set(there.values())), asked, file, layout.line)
            years[name] = chosen
            for i, one in there.items():
                if one != chosen:
                    del wanted[i]
        at = layout.find(h.YEAR)
        if at is not None:
            stated = sorted({found for _, row in layout.rows if (found := year(row[at])) is not None})
            if stated:
                years[""] = self._chosen(stated, asked, file, layout.line)
        elif layout.title.year and not by_field:
            years[""] = self._chosen([layout.title.year], asked, file, layout.line)
        return years

    def _chosen(self, there: list[int], asked: int | None, file: str, line: int) -> int:
        if asked in there:
            return there[there.index(asked)]
        told = f"{there[0]}-{there[-1]}" if len(there) > 2 else " and ".join(map(str, there))  # noqa: PLR2004 - two are named
        if len(there) > 1:
            wish = (
                "choose one with --year"
                if asked is None
                else f"expected {asked}; choose with --year FILE=YEAR"
            )
            raise InputError(f"holds numbers of {told}; {wish}", file=file, line=line, field="year")
        if asked is not None:
            self.account.doubts.append(f"{file}: its numbers are of {told}; asked for was {asked}")
        return there[0]

    def rows(self, layout: Layout, wanted: dict[int, Heading]) -> list[tuple[int, list[Raw]]]:
        """The rows of the year and of all together, out of those asked for."""
        return self._totals(layout, self._of_year(layout, self._asked_for(layout)), wanted)

    def _asked_for(self, layout: Layout) -> list[tuple[int, list[Raw]]]:
        """The rows that were asked for with `rows`."""
        rows = layout.rows
        for heading, value in self.asked.rows.items():
            at = next(
                (i for i, c in enumerate(layout.columns) if c.text.casefold() == heading.casefold()), None
            )
            if at is not None:
                self.asked.used.add(("rows", heading))
                rows = [row for row in rows if as_text(row[1][at]).casefold() == value.casefold()]
                self.account.note(f"{layout.grid.file}: only rows with {heading} = {value}, as asked for")
        return rows

    def _of_year(self, layout: Layout, rows: list[tuple[int, list[Raw]]]) -> list[tuple[int, list[Raw]]]:
        at = layout.find(h.YEAR)
        if at is None:
            return rows
        stated = sorted({found for _, row in rows if (found := year(row[at])) is not None})
        if not stated:
            return rows
        asked = self.asked.year_of(layout.grid.file)
        chosen = asked if asked in stated else stated[0]
        others = [line for line, row in rows if year(row[at]) not in (chosen, None)]
        if others:
            self.account.leave(layout.grid.file, f"{len(others)} rows", f"of other years than {chosen}")
        return [(line, row) for line, row in rows if year(row[at]) in (chosen, None)]

    def _totals(
        self, layout: Layout, rows: list[tuple[int, list[Raw]]], wanted: dict[int, Heading]
    ) -> list[tuple[int, list[Raw]]]:
        """Of what is parted by sex, age or owner, only the rows of all together, where there are such."""
        for i in _sorting(layout, rows, wanted):
            texts = {as_text(row[i]) for _, row in rows}
            totals = {text for text in texts if TOTAL.fullmatch(text)}
            if totals and len(texts) > 1:
                told = f"not {', '.join(sorted(totals))} in '{layout.columns[i].text}'"
                n = sum(as_text(row[i]) not in totals for _, row in rows)
                self.account.leave(layout.grid.file, f"{n} rows", told)
                rows = [(line, row) for line, row in rows if as_text(row[i]) in totals]
        return rows


def parting_columns(layout: Layout, wanted: dict[int, Heading]) -> Iterator[int]:
    """Columns that may part a municipality's rows."""
    parting = ("", h.SORT, h.GRADES, *(() if layout.schools else (h.OWNER, h.NAME)))
    for i, column in enumerate(layout.columns):
        if i not in wanted and column.field in parting and column.text:
            yield i


def _sorting(layout: Layout, rows: list[tuple[int, list[Raw]]], wanted: dict[int, Heading]) -> Iterator[int]:
    for i in parting_columns(layout, wanted):
        texts = {as_text(row[i]) for _, row in rows}
        if 1 < len(texts) <= _MOST_SORTS:
            yield i
