"""Where in a grid the heading is and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.errors import InputError
from sim.registers import headings as h
from sim.registers.asked import Asked
from sim.registers.grids import Grid, Raw
from sim.registers.headings import Heading, as_text, meaning
from sim.registers.places import NoMunicipalityError, place

_SEARCHED = 60  # rows in which the heading is looked for
_LOOKED_AT = 400  # rows by which a column without a known heading is judged
_LABEL = re.compile(r"(?:k[-_ ]?)?\d{4}(?:\.0+)?(?:[\s\-–_:.,]+\D.*)?", re.IGNORECASE)
_KEYS = (h.NUMBER, h.PLACE, h.ORGNR)


class NoTableError(InputError):
    """There is no heading that is known, so that it may be no table at all."""


@dataclass(frozen=True)
class Layout:
    """A grid whose columns are known.

    Attributes
    ----------
    schools : bool
        Whether its rows are schools; else they are municipalities.
    line : int
        Of the heading.
    width : int
        Cells of the heading.
    columns : list of Heading
    rows : list of (int, list)
        Below the heading, each as long as the heading.
    title : Heading
        What the lines above the heading say.
    """

    grid: Grid
    schools: bool
    line: int
    width: int
    columns: list[Heading]
    rows: list[tuple[int, list[Raw]]]
    title: Heading

    def find(self, *fields: str) -> int | None:
        """The first column that holds one of these, in their order."""
        for field in fields:
            for i, column in enumerate(self.columns):
                if column.field == field:
                    return i
        return None


def lay_out(grid: Grid, asked: Asked) -> Layout:
    """Find the heading, and what each column holds.

    Raises
    ------
    InputError
        If there is no heading that is known, or nothing says which municipality or school a row is about.
    """
    at, columns = _heading(grid, asked)
    line = grid.rows[at][0]
    own, width = len(columns), max(len(row) for _, row in grid.rows[at:])
    columns += [Heading("")] * (width - len(columns))
    rows = [(number, row + [""] * (width - len(row))) for number, row in grid.rows[at + 1 :]]
    title = _title(grid, at)
    columns = _named_by_content(columns, rows)
    if not any(column.field in _KEYS for column in columns):
        told = ", ".join(f"'{column.text}'" for column in columns if column.text)
        raise InputError(
            f"no column says which municipality or school a row is about; there are {told or 'none with a heading'}; expected "
            "kommunenummer, region or organisasjonsnummer (--column 'HEADING=region' says so of another)",
            file=grid.file,
            line=line,
        )
    schools = any(column.field == h.ORGNR for column in columns)
    if schools and _of_municipalities(columns, rows):
        schools = False
        columns = [replace(column, field="") if column.field == h.ORGNR else column for column in columns]
    return Layout(grid, schools, line, own, columns, rows, title)


def _heading(grid: Grid, asked: Asked) -> tuple[int, list[Heading]]:
    """Which row is the heading, and its columns; the rows above it say what years alone are of."""

    def known(row: list[Raw]) -> list[Heading]:
        return [asked.heading(grid.file, as_text(cell)) if cell != "" else Heading("") for cell in row]

    candidates = [known(row) for _, row in grid.rows[:_SEARCHED]]
    scores = [sum(bool(column.field or column.year) for column in columns) for columns in candidates]
    at = scores.index(max(scores))
    if not scores[at]:
        raise NoTableError(
            "no heading is known; expected a row with headings such as kommunenummer, region, organisasjonsnummer, folkemengde, "
            "elever (--column 'HEADING=MEANING' says what another means)",
            file=grid.file,
            line=grid.rows[0][0],
        )
    columns = candidates[at]
    above = grid.rows[at - 1] if at else None
    if above and above[0] == grid.rows[at][0] - 1 and any(cell != "" for cell in above[1][1:]):
        columns = list(_under(columns, [as_text(cell) for cell in above[1]], grid.file, asked))
    return at, columns


def _under(columns: list[Heading], above: list[str], file: str, asked: Asked) -> Iterator[Heading]:
    over = ""
    for i, column in enumerate(columns):
        over = (above[i] if i < len(above) else "") or over
        if column.year and not column.field and over:
            yield replace(asked.heading(file, over), text=f"{over} {column.text}", year=column.year)
        else:
            yield column


def _title(grid: Grid, at: int) -> Heading:
    found = Heading("")
    for _, row in grid.rows[:at]:
        filled = [cell for cell in row if cell != ""]
        if len(filled) == 1:
            said = meaning(as_text(filled[0]))
            if said.field in h.OF_MUNICIPALITIES and not found.field:
                found = replace(said, year=said.year or found.year)
            elif said.year and not found.year:
                found = replace(found, year=said.year)
    return found


def _named_by_content(columns: list[Heading], rows: list[tuple[int, list[Raw]]]) -> list[Heading]:
    """What no heading says and the cells show: numbers of municipalities, sides of a correspondence."""
    looked = rows[:_LOOKED_AT]

    def share(i: int, test: re.Pattern[str]) -> float:
        cells = [as_text(row[i]) for _, row in looked if row[i] != ""]
        return sum(bool(test.fullmatch(cell)) for cell in cells) / len(cells) if cells else 0.0

    found = list(columns)
    for i, column in enumerate(columns):
        if column.field in (h.SOURCE, h.TARGET):
            numbered = share(i, _LABEL) > 1 / 2
            classes = share(i, re.compile(r"0?[1-6]")) > 1 / 2
            found[i] = replace(column, field=h.NUMBER if numbered else "centrality" if classes else "")
        elif (
            column.field == h.NUMBER and share(i, _LABEL) < 1 / 2 and any(c.field == h.PLACE for c in columns)
        ):
            found[i] = replace(column, field="")  # a code of something else
    if any(column.field in _KEYS for column in found):
        return found
    for i, column in enumerate(found):
        if column.field in ("", h.NAME) and (
            share(i, _LABEL) > 1 / 2 or _are_names([row[i] for _, row in looked])
        ):
            found[i] = replace(column, field=h.PLACE)
            return found
    return found


def _of_municipalities(columns: list[Heading], rows: list[tuple[int, list[Raw]]]) -> bool:
    """Whether the units with organisation numbers are municipalities themselves, by their names."""
    known = {column.field for column in columns}
    at = next((i for i, column in enumerate(columns) if column.field == h.NAME), None)
    if at is None or h.NUMBER not in known or known & {h.GRADES, "first_grade", "last_grade"}:
        return False
    return _are_names([row[at] for _, row in rows[:_LOOKED_AT]])


def _are_names(cells: list[Raw]) -> bool:
    """Whether at least half of these texts are names of municipalities."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    known = 0
    for text in texts:
        try:
            place(text)
            known += 1
        except NoMunicipalityError:
            pass
        except ValueError:
            pass
    return bool(texts) and known * 2 >= len(texts)
