"""A grid's rows as cells of municipalities or schools: of one year, one row each, without totals, footnotes, private schools."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from sim.errors import InputError
from sim.registers import headings as h
from sim.registers.account import Account
from sim.registers.asked import Asked
from sim.registers.choosing import TOTAL, Choosing, parting_columns
from sim.registers.grids import Grid, Raw
from sim.registers.headings import Heading, as_text
from sim.registers.layout import Layout, NoTableError, lay_out
from sim.registers.places import NoMunicipalityError, Place, place, without_validity
from sim.registers.values import HIDDEN, NOTHING, Signs, yes_no

_HALVES = (
    {"menn", "kvinner"},
    {"gutter", "jenter"},
    {"gutt", "jente"},
    {"mann", "kvinne"},
    {"males", "females"},
    {"boys", "girls"},
)
_PRIVATE = re.compile(r".*(?:privat|friskole|frittstående|private).*", re.IGNORECASE)
_OTHER_OWNER = re.compile(r".*(?:fylke|stat(?:lig|en|e)?|county|svalbard)\b.*|.*fylkeskomm.*", re.IGNORECASE)
_OWN = re.compile(r".*(?:kommun|offentlig|alle|municipal|public).*", re.IGNORECASE)
_ONE_GRADE = re.compile(r"(\d{1,2})\. ?(?:års)?trinn", re.IGNORECASE)
_ORGNR = re.compile(r"\d{9}")
COUNTS = ("population", "pupils", "teachers")
SUMMED = (h.GRADE, "education_high")
"""Of which several columns are added up."""


@dataclass(frozen=True)
class Line:
    """A row as it stands, under the headings of its table."""

    layout: Layout
    number: int
    cells: list[Raw]

    def text(self, field: str) -> str:
        """What stands in the column of that meaning; empty if there is no such column."""
        at = self.layout.find(field)
        return "" if at is None else as_text(self.cells[at])


@dataclass(frozen=True)
class Found:
    """A cell that says something of a municipality or school."""

    line: int
    heading: Heading
    cell: Raw


@dataclass
class Row:
    """What a table says of one municipality or school."""

    line: int
    key: int
    place: Place | None
    name: str
    found: dict[str, list[Found]]
    sorts: dict[str, str]

    @property
    def empty(self) -> bool:
        """Whether there is no number in it, or only noughts: what did not exist in the year stands there so."""
        return all(
            one.cell in NOTHING
            or one.cell in (0.0, "0")
            or (isinstance(one.cell, str) and one.cell.lower() in HIDDEN)
            for cells in self.found.values()
            for one in cells
        )


@dataclass
class Table:
    """The rows of one grid.

    Attributes
    ----------
    years : dict
        Year of the numbers of each field, as far as the file says it.
    dropped : set of int
        Organisation numbers of schools that are left out on purpose.
    """

    file: str
    schools: bool
    rows: list[Row]
    signs: Signs
    years: dict[str, int | None]
    dropped: set[int] = field(default_factory=set)


class Reader:
    """Reads grids; what is left out goes to the account, what is wrong to the faults."""

    def __init__(self, asked: Asked, account: Account, faults: list[InputError]) -> None:
        self.asked = asked
        self.account = account
        self.choosing = Choosing(asked, account)
        self.faults = faults
        self.wrong: set[tuple[str, int]] = set()
        self._unclear: dict[tuple[str, str], list[int]] = {}

    def fault(self, file: str, line: int, column: str, value: object, expected: str) -> None:
        """Something is wrong with a cell."""
        self.wrong.add((file, line))
        self.faults.append(
            InputError(
                f"column '{column}', value '{value}': expected {expected}", file=file, line=line, field=column
            )
        )

    def unclear(self, file: str, line: int, column: str, value: str, words: str) -> None:
        """A number can be read in two ways: told of the first in a column, with how many more there are."""
        there = self._unclear.setdefault((file, column), [len(self.faults), 0])
        there[1] += 1
        if there[1] == 1:
            expected = f"a number that can be read in one way, but this is {words}; --decimal comma or --decimal point says which"
            self.fault(file, line, column, value, expected)
        self.wrong.add((file, line))

    def settle(self) -> None:
        """Say of columns with unclear numbers how many there are."""
        for at, n in self._unclear.values():
            if n > 1:
                one = self.faults[at]
                more = f"{one.message} (and so in {n - 1} more rows)"
                self.faults[at] = InputError(more, file=one.file, line=one.line, field=one.field)
        self._unclear = {}

    def read(self, grid: Grid, *, beside: bool = False) -> Table | None:
        """The table in a grid; None if it can't be found in it.

        Parameters
        ----------
        beside : bool
            Whether there are others, so that it may be no table, and is left out then.
        """
        try:
            layout = lay_out(grid, self.asked)
            wanted = self.choosing.wanted(layout)
            years = self.choosing.years(layout, wanted)
        except NoTableError as error:
            if beside:
                self.account.leave(grid.file, "the sheet or file", "no heading that is known in it")
            else:
                self.faults.append(error)
            return None
        except InputError as error:
            self.faults.append(error)
            return None
        table = Table(grid.file, layout.schools, [], Signs(self.asked.sign), {})
        table.signs.learn(cell for _, row in layout.rows for cell in row)
        for number, cells in self.choosing.rows(layout, wanted):
            row = self._row(Line(layout, number, cells), table, wanted)
            if row is not None:
                table.rows.append(row)
        if not table.rows and not table.dropped and not self.wrong:
            why = "; ".join(
                f"{len(what)}: {why}" for (file, why), what in self.account.left.items() if file == table.file
            )
            left = f"no municipality or school is left in it; left out are {why}"
            told = left if why else "no rows under the heading"
            self.faults.append(InputError(told, file=table.file, line=layout.line))
        table.rows = self._once(table)
        table.years = years
        about = {"how": grid.how, "line": layout.line, "rows": len(table.rows), "of": _kind(table)}
        self.account.read.append({"file": grid.file, **about})
        return table

    def _row(self, line: Line, table: Table, wanted: dict[int, Heading]) -> Row | None:
        """What a row says, or None if it is about no municipality or school of theirs."""
        layout, cells = line.layout, line.cells
        if sum(cell != "" for cell in cells) == 1 and len(layout.columns) > 1 and not _is_place(line):
            self._leave(line, "a line of text, or a row without numbers")
            return None
        there = self._place(line, wanted)
        if any(cell != "" for cell in cells[layout.width :]):
            expected = f"{layout.width} cells as in the heading; the row has {len(cells)}"
            self.fault(table.file, line.number, "", as_text(cells[-1]), expected)
            return None
        found = self._cells(line, wanted)
        if found is None or (layout.schools and not self._by_grade(line, found)):
            return None
        sorts = {layout.columns[i].text: as_text(cells[i]) for i in parting_columns(layout, wanted)}
        if layout.schools:
            return self._school(line, table, Row(line.number, 0, there, "", found, sorts))
        if there is None:
            return None
        named = layout.find(h.PLACE, h.NAME) if layout.find(h.NUMBER) is not None else None
        name = as_text(cells[named]) if named is not None else there.name
        return Row(line.number, there.number, there, without_validity(name), found, sorts)

    def _leave(self, line: Line, why: str) -> None:
        self.account.leave(line.layout.grid.file, f"line {line.number}", why)

    def _wrong(self, line: Line, at: int, expected: str) -> None:
        text = as_text(line.cells[at])
        self.fault(line.layout.grid.file, line.number, line.layout.columns[at].text, text, expected)

    def _school(self, line: Line, table: Table, row: Row) -> Row | None:
        """A row with its organisation number and name; None if it is no school of a municipality."""
        orgnr = self._orgnr(line)
        if orgnr is None:
            return None
        why = _other_level(line) or self._not_theirs(line)
        if why:
            self._leave(line, why)
        if why or (row.place is None and line.layout.find(h.NUMBER, h.PLACE) is not None):
            table.dropped.add(orgnr)
            return None
        return replace(row, key=orgnr, name=line.text(h.NAME))

    def _cells(self, line: Line, wanted: dict[int, Heading]) -> dict[str, list[Found]] | None:
        """The cells with numbers by what they hold; None where a row measures something else."""
        measure = line.layout.find(h.MEASURE) is not None
        found: dict[str, list[Found]] = defaultdict(list)
        for i, column in wanted.items():
            heading = column
            if measure and (column.field == h.VALUE or not column.field):
                said = self.asked.heading(line.layout.grid.file, line.text(h.MEASURE))
                if said.field not in (*h.OF_MUNICIPALITIES, *h.OF_SCHOOLS, h.GRADE):
                    self._leave(line, f"measures '{said.text}'")
                    return None
                heading = replace(said, text=line.text(h.MEASURE), percent=said.percent or column.percent)
            found[heading.field].append(Found(line.number, heading, line.cells[i]))
        return dict(found)

    def _by_grade(self, line: Line, found: dict[str, list[Found]]) -> bool:
        """Make pupils of a row for one grade pupils of that grade; False for the row of all grades beside such rows."""
        at = line.layout.find(h.GRADES)
        if at is None or not any(_ONE_GRADE.fullmatch(as_text(row[at])) for _, row in line.layout.rows):
            if at is not None and TOTAL.fullmatch(as_text(found[h.GRADES][0].cell)):
                del found[h.GRADES]
            return True
        text = as_text(found.pop(h.GRADES)[0].cell)
        grade = _ONE_GRADE.fullmatch(text)
        if grade is None or "pupils" not in found:
            self._leave(line, f"'{text}', beside rows for each grade")
            return False
        found[h.GRADE] = [
            replace(one, heading=replace(one.heading, field=h.GRADE, grade=int(grade[1])))
            for one in found.pop("pupils")
        ]
        return True

    def _place(self, line: Line, wanted: dict[int, Heading]) -> Place | None:
        at = line.layout.find(h.NUMBER, h.PLACE)
        if at is None:
            return None
        cell = line.cells[at]
        if cell == "":
            self._leave(line, "no municipality in it")
            return None
        try:
            return place(cell)
        except NoMunicipalityError:
            what = f"line {line.number} ({as_text(cell)})"
            self.account.leave(line.layout.grid.file, what, "a county, the nation or no municipality")
        except ValueError as error:
            if any(line.cells[i] != "" for i in wanted):
                self._wrong(line, at, str(error))
            else:
                self._leave(line, "no number in it")
        return None

    def _orgnr(self, line: Line) -> int | None:
        at = line.layout.find(h.ORGNR)
        assert at is not None
        cell = line.cells[at]
        text = re.sub(r"\s", "", f"{cell:.0f}" if isinstance(cell, float) else as_text(cell))
        text = re.sub(r"^(?:NO)|\.0+$|MVA$", "", text)
        if _ORGNR.fullmatch(text):
            return int(text)
        if text:
            self._wrong(line, at, "nine digits")
        else:
            self._leave(line, "no organisation number in it")
        return None

    def _not_theirs(self, line: Line) -> str:
        """Why a school is none of a municipality's; empty if it is."""
        for name, wanted, why in (
            (h.PRIVATE, False, "a private school"),
            (h.PUBLIC, True, "a private school"),
            (h.ACTIVE, True, "no longer active"),
            (h.GRUNNSKOLE, True, "no grunnskole"),
        ):
            at = line.layout.find(name)
            if at is None or line.cells[at] == "":
                continue
            try:
                if yes_no(line.cells[at]) is not wanted:
                    return why
            except ValueError:
                self._wrong(line, at, "yes or no")
        at, owner = line.layout.find(h.OWNER), line.text(h.OWNER)
        if _PRIVATE.fullmatch(owner):
            return "a private school"
        if _OTHER_OWNER.fullmatch(owner):
            return "a county's or the state's school"
        if owner and at is not None and not _OWN.fullmatch(owner):
            self._wrong(line, at, "kommunal, offentlig, privat, fylkeskommunal or statlig")
        return ""

    def _once(self, table: Table) -> list[Row]:
        """One row for each key: halves are added up, parts that measure different things put together."""
        by_key: dict[int, list[Row]] = defaultdict(list)
        for row in table.rows:
            by_key[row.key].append(row)
        return [rows[0] if len(rows) == 1 else self._together(table, rows) for rows in by_key.values()]

    def _together(self, table: Table, rows: list[Row]) -> Row:
        whole = replace(rows[0], found={name: list(cells) for name, cells in rows[0].found.items()})
        for row in rows[1:]:
            for name, cells in row.found.items():
                if name not in whole.found or name in SUMMED:
                    whole.found.setdefault(name, []).extend(cells)
                elif _halves(rows) and name in COUNTS:
                    whole.found[name] = [*whole.found[name], *cells]
                    self.account.note(f"{table.file}: both sexes are added up")
                else:
                    differ = sorted(
                        text for text, value in row.sorts.items() if value != whole.sorts.get(text, value)
                    )
                    choosing = f"they differ in {', '.join(differ)}; --rows 'HEADING=VALUE' chooses"
                    how = choosing if differ else "leave one out"
                    expected = f"one row for each; it is in line {whole.line} too; {how}"
                    self.fault(table.file, row.line, name, row.key, expected)
                    return whole
        return whole


def _kind(table: Table) -> str:
    return "schools" if table.schools else "municipalities"


def _other_level(line: Line) -> str:
    """Why a row of a list of units of several levels is no school; empty if it is one."""
    at = line.layout.find(h.LEVEL)
    if at is None:
        return ""
    text = as_text(line.cells[at]).lower()
    lowest = max(as_text(row[at]).lower() for _, row in line.layout.rows) if text.isdecimal() else ""
    is_school = not text or text == lowest or text.startswith(("skole", "school", "enhet"))
    return "" if is_school else f"no school ('{text}')"


def _is_place(line: Line) -> bool:
    """Whether the cell where a municipality is to stand names one, or a larger place."""
    at = line.layout.find(h.NUMBER, h.PLACE)
    try:
        return at is not None and line.cells[at] != "" and bool(place(line.cells[at]))
    except NoMunicipalityError:
        return True
    except ValueError:
        return False


def _halves(rows: list[Row]) -> bool:
    differing = {
        text: {row.sorts.get(text, "").lower() for row in rows}
        for text in rows[0].sorts
        if len({row.sorts.get(text) for row in rows}) > 1
    }
    return len(differing) == 1 and next(iter(differing.values())) in _HALVES and len(rows) == 2  # noqa: PLR2004 - halves
