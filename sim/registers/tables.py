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
        for line, cells in self.choosing.rows(layout, wanted):
            row = self._row(layout, table, line, cells, wanted)
            if row is not None:
                table.rows.append(row)
        if not table.rows and not table.dropped and not self.wrong:
            why = "; ".join(
                f"{len(what)}: {why}" for (file, why), what in self.account.left.items() if file == table.file
            )
            told = (
                f"no municipality or school is left in it; left out are {why}"
                if why
                else "no rows under the heading"
            )
            self.faults.append(InputError(told, file=table.file, line=layout.line))
        table.rows = self._once(table)
        table.years = years
        self.account.read.append(
            {
                "file": grid.file,
                "how": grid.how,
                "line": layout.line,
                "rows": len(table.rows),
                "of": _kind(table),
            }
        )
        return table

    def _row(
        self, layout: Layout, table: Table, line: int, cells: list[Raw], wanted: dict[int, Heading]
    ) -> Row | None:
        """What a row says, or None if it is about no municipality or school of theirs."""
        if (
            sum(cell != "" for cell in cells) == 1
            and len(layout.columns) > 1
            and not _is_place(layout, cells)
        ):
            self.account.leave(table.file, f"line {line}", "a line of text, or a row without numbers")
            return None
        there = self._place(layout, table, line, cells, wanted)
        if any(cell != "" for cell in cells[layout.width :]):
            n = len(cells)
            self.fault(
                table.file,
                line,
                "",
                as_text(cells[n - 1]),
                f"{layout.width} cells as in the heading; the row has {n}",
            )
            return None
        found = self._cells(layout, line, cells, wanted)
        if found is None or (layout.schools and not self._by_grade(layout, line, found)):
            return None
        sorts = {layout.columns[i].text: as_text(cells[i]) for i in parting_columns(layout, wanted)}
        if layout.schools:
            return self._school(layout, table, line, cells, Row(line, 0, there, "", found, sorts))
        if there is None:
            return None
        named = layout.find(h.PLACE, h.NAME) if layout.find(h.NUMBER) is not None else None
        name = as_text(cells[named]) if named is not None else there.name
        return Row(line, there.number, there, without_validity(name), found, sorts)

    def _school(self, layout: Layout, table: Table, line: int, cells: list[Raw], row: Row) -> Row | None:
        """A row with its organisation number and name; None if it is no school of a municipality."""
        orgnr = self._orgnr(layout, table, line, cells)
        if orgnr is None:
            return None
        why = _other_level(layout, cells) or self._not_theirs(layout, table, line, cells)
        if why:
            self.account.leave(table.file, f"line {line}", why)
        if why or (row.place is None and _has_place(layout)):
            table.dropped.add(orgnr)
            return None
        named = layout.find(h.NAME)
        return replace(row, key=orgnr, name=as_text(cells[named]) if named is not None else "")

    def _cells(
        self, layout: Layout, line: int, cells: list[Raw], wanted: dict[int, Heading]
    ) -> dict[str, list[Found]] | None:
        """The cells with numbers by what they hold; None where a row measures something else."""
        at = layout.find(h.MEASURE)
        found: dict[str, list[Found]] = defaultdict(list)
        for i, column in wanted.items():
            heading = column
            if at is not None and (column.field == h.VALUE or not column.field):
                said = self.asked.heading(layout.grid.file, as_text(cells[at]))
                if said.field not in (*h.OF_MUNICIPALITIES, *h.OF_SCHOOLS, h.GRADE):
                    self.account.leave(layout.grid.file, f"line {line}", f"measures '{said.text}'")
                    return None
                heading = replace(said, text=as_text(cells[at]), percent=said.percent or column.percent)
            found[heading.field].append(Found(line, heading, cells[i]))
        return dict(found)

    def _by_grade(self, layout: Layout, line: int, found: dict[str, list[Found]]) -> bool:
        """Make pupils of a row for one grade pupils of that grade; False for the row of all grades beside such rows."""
        at = layout.find(h.GRADES)
        if at is None or not any(_ONE_GRADE.fullmatch(as_text(row[at])) for _, row in layout.rows):
            if at is not None and TOTAL.fullmatch(as_text(found[h.GRADES][0].cell)):
                del found[h.GRADES]
            return True
        text = as_text(found.pop(h.GRADES)[0].cell)
        grade = _ONE_GRADE.fullmatch(text)
        if grade is None or "pupils" not in found:
            self.account.leave(layout.grid.file, f"line {line}", f"'{text}', beside rows for each grade")
            return False
        found[h.GRADE] = [
            replace(one, heading=replace(one.heading, field=h.GRADE, grade=int(grade[1])))
            for one in found.pop("pupils")
        ]
        return True

    def _place(
        self, layout: Layout, table: Table, line: int, cells: list[Raw], wanted: dict[int, Heading]
    ) -> Place | None:
        at = layout.find(h.NUMBER)
        at = layout.find(h.PLACE) if at is None else at
        if at is None:
            return None
        cell = cells[at]
        if cell == "":
            self.account.leave(table.file, f"line {line}", "no municipality in it")
            return None
        try:
            return place(cell)
        except NoMunicipalityError:
            self.account.leave(
                table.file, f"line {line} ({as_text(cell)})", "a county, the nation or no municipality"
            )
        except ValueError as error:
            if any(cells[i] != "" for i in wanted):
                self.fault(table.file, line, layout.columns[at].text, as_text(cell), str(error))
            else:
                self.account.leave(table.file, f"line {line}", "no number in it")
        return None

    def _orgnr(self, layout: Layout, table: Table, line: int, cells: list[Raw]) -> int | None:
        at = layout.find(h.ORGNR)
        assert at is not None
        text = re.sub(r"\s", "", f"{cells[at]:.0f}" if isinstance(cells[at], float) else as_text(cells[at]))
        text = re.sub(r"^(?:NO)|\.0+$|MVA$", "", text)
        if _ORGNR.fullmatch(text):
            return int(text)
        if text:
            self.fault(table.file, line, layout.columns[at].text, as_text(cells[at]), "nine digits")
        else:
            self.account.leave(table.file, f"line {line}", "no organisation number in it")
        return None

    def _not_theirs(self, layout: Layout, table: Table, line: int, cells: list[Raw]) -> str:
        """Why a school is none of a municipality's; empty if it is."""
        for name, wanted, why in (
            (h.PRIVATE, False, "a private school"),
            (h.PUBLIC, True, "a private school"),
            (h.ACTIVE, True, "no longer active"),
            (h.GRUNNSKOLE, True, "no grunnskole"),
        ):
            at = layout.find(name)
            if at is None or cells[at] == "":
                continue
            try:
                if yes_no(cells[at]) is not wanted:
                    return why
            except ValueError:
                self.fault(table.file, line, layout.columns[at].text, as_text(cells[at]), "yes or no")
        at = layout.find(h.OWNER)
        owner = as_text(cells[at]) if at is not None else ""
        if _PRIVATE.fullmatch(owner):
            return "a private school"
        if _OTHER_OWNER.fullmatch(owner):
            return "a county's or the state's school"
        if owner and at is not None and not _OWN.fullmatch(owner):
            self.fault(
                table.file,
                line,
                layout.columns[at].text,
                owner,
                "kommunal, offentlig, privat, fylkeskommunal or statlig",
            )
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
                    how = (
                        f"they differ in {', '.join(differ)}; --rows 'HEADING=VALUE' chooses"
                        if differ
                        else "leave one out"
                    )
                    self.fault(
                        table.file,
                        row.line,
                        name,
                        row.key,
                        f"one row for each; it is in line {whole.line} too; {how}",
                    )
                    return whole
        return whole


def _kind(table: Table) -> str:
    return "schools" if table.schools else "municipalities"


def _other_level(layout: Layout, cells: list[Raw]) -> str:
    """Why a row of a list of units of several levels is no school; empty if it is one."""
    at = layout.find(h.LEVEL)
    if at is None:
        return ""
    text = as_text(cells[at]).lower()
    lowest = max(as_text(row[at]).lower() for _, row in layout.rows) if text.isdecimal() else ""
    return (
        ""
        if not text or text == lowest or text.startswith(("skole", "school", "enhet"))
        else f"no school ('{text}')"
    )


def _is_place(layout: Layout, cells: list[Raw]) -> bool:
    """Whether the cell where a municipality is to stand names one, or a larger place."""
    at = layout.find(h.NUMBER, h.PLACE)
    try:
        return at is not None and cells[at] != "" and bool(place(cells[at]))
    except NoMunicipalityError:
        return True
    except ValueError:
        return False


def _has_place(layout: Layout) -> bool:
    return layout.find(h.NUMBER, h.PLACE) is not None


def _halves(rows: list[Row]) -> bool:
    differing = {
        text: {row.sorts.get(text, "").lower() for row in rows}
        for text in rows[0].sorts
        if len({row.sorts.get(text) for row in rows}) > 1
    }
    return len(differing) == 1 and next(iter(differing.values())) in _HALVES and len(rows) == 2  # noqa: PLR2004 - halves
