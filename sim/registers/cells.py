"""A table's cells as values: the unit of a column, hidden numbers, and every cell that can't be read as a fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sim.registers import headings as h
from sim.registers.headings import Heading, as_text
from sim.registers.tables import COUNTS, SUMMED, Found, Reader, Row, Table
from sim.registers.values import UnclearError, centrality, grades, is_hidden, number, yes_no
from sim.world.schema import MUNICIPALITIES, SCHOOLS, Cell, Kind

_PER_CENT = 100.0
_PER_THOUSAND = 10.0  # of a per cent
_INCOMES = (("", 1.0), ("1,000 kroner", 1000.0))
_ROUNDING = 1e-6  # of numbers that were multiplied
_LARGEST_GRADE = 1000.0  # pupils of one grade of a school


@dataclass(frozen=True)
class Value:
    """A value with its place in the file."""

    value: float | bool | tuple[int, int]
    file: str
    line: int
    heading: str


Column = dict[int, Value]
"""Values of one field by key (number as it stands in the file, or organisation number)."""


def columns(table: Table, reader: Reader) -> dict[str, Column]:
    """All values of a table, by field."""
    pupils: dict[int, dict[int, Value]] = {}
    found: dict[str, Column] = {}
    by_field: dict[str, list[tuple[Row, list[Found]]]] = defaultdict(list)
    for row in table.rows:
        for name, cells in row.found.items():
            by_field[name].append((row, cells))
    for name, rows in by_field.items():
        if name == h.GRADE:
            pupils = {row.key: dict(_by_grade(table, reader, row, cells)) for row, cells in rows}
            continue
        found[name] = _column(table, reader, name, rows)
    if pupils:
        found |= _from_grades(pupils, set(found))
        reader.account.note(f"{table.file}: pupils are added up over grades")
    if h.GRADES in found:
        spans = {key: (one, one.value) for key, one in found.pop(h.GRADES).items()}
        for name, i in (("first_grade", 0), ("last_grade", 1)):
            found[name] = {
                key: Value(span[i], one.file, one.line, one.heading)
                for key, (one, span) in spans.items()
                if isinstance(span, tuple)
            }
    return {name: column for name, column in found.items() if column}


def _column(table: Table, reader: Reader, name: str, rows: list[tuple[Row, list[Found]]]) -> Column:
    cell = (SCHOOLS if table.schools else MUNICIPALITIES).find(name)
    if name not in SUMMED and any(len({one.line for one in cells}) < len(cells) for _, cells in rows):
        return _two_headings(table, reader, name, rows)
    unit = _unit(table, reader, name, rows, cell)
    found: Column = {}
    for row, cells in rows:
        values = [v for one in cells if (v := _value(table, reader, name, one, cell, unit)) is not None]
        if values and len(values) == len(cells):
            first = cells[0]
            whole = (
                sum(float(v) for v in values if not isinstance(v, tuple)) if len(values) > 1 else values[0]
            )
            found[row.key] = Value(whole, table.file, first.line, first.heading.text)
    return found


def _two_headings(table: Table, reader: Reader, name: str, rows: list[tuple[Row, list[Found]]]) -> Column:
    texts = sorted({one.heading.text for _, cells in rows for one in cells})
    reader.fault(
        table.file,
        rows[0][0].line,
        name,
        ", ".join(texts),
        "one column for it; --column 'HEADING=' leaves another out",
    )
    return {}


def _unit(
    table: Table, reader: Reader, name: str, rows: list[tuple[Row, list[Found]]], cell: Cell | None
) -> Callable[[Heading], float]:
    """What the numbers of a column are to be multiplied by."""
    cells = [one for _, found in rows for one in found]
    if name in h.SHARES:
        says = any(one.heading.percent or (isinstance(one.cell, str) and "%" in one.cell) for one in cells)
        plain = [found for one in cells if (found := _quiet(one, table, _PER_CENT)) is not None]
        if says or any(value > 1 for value in plain):
            reader.account.note(f"{table.file}: '{cells[0].heading.text}' is read as per cent")
            return lambda _: 1 / _PER_CENT
    if name == "child_welfare":
        return lambda heading: _PER_THOUSAND if heading.percent else 1.0
    if name == "free_income" and cell is not None:
        return _income(table, reader, cells, cell)
    return lambda heading: heading.factor


def _income(table: Table, reader: Reader, cells: list[Found], cell: Cell) -> Callable[[Heading], float]:
    """Kroner or 1,000 kroner: as the heading says, or as only one of them is possible."""
    if cells[0].heading.factor > 1:
        return lambda heading: heading.factor
    plain = [found for one in cells if (found := _quiet(one, table, cell.high)) is not None]
    for words, factor in _INCOMES:
        if plain and all(cell.allows(value * factor) for value in plain):
            if words:
                reader.account.note(
                    f"{table.file}: '{cells[0].heading.text}' is read as {words}, as kroner it could not be"
                )
            return lambda _: factor
    return lambda heading: heading.factor


def _quiet(one: Found, table: Table, high: float | None) -> float | None:
    """A cell's plain number, None if it is none."""
    try:
        return None if is_hidden(one.cell) else number(one.cell, table.signs, 0, high)
    except ValueError:
        return None


def _value(
    table: Table, reader: Reader, name: str, one: Found, cell: Cell | None, unit: Callable[[Heading], float]
) -> float | bool | tuple[int, int] | None:
    """The value of a cell; None if it is hidden or wrong (which is told)."""
    if is_hidden(one.cell):
        if name != "pupils" or not table.schools or reader.asked.suppressed is None or one.cell == "":
            return None
        reader.account.note(
            f"{table.file}: hidden numbers of pupils are taken as {reader.asked.suppressed:g}, as asked for"
        )
        return reader.asked.suppressed
    expected = cell.expected() if cell is not None else "grades such as 1-7"
    if name in COUNTS and cell is not None and cell.kind is Kind.NUMBER:
        expected = f"whole {expected}"
    try:
        return _converted(table, name, one, cell, unit)
    except UnclearError as unclear:
        reader.unclear(table.file, one.line, one.heading.text, as_text(one.cell), str(unclear))
        return None
    except (ValueError, KeyError):
        pass
    reader.fault(table.file, one.line, one.heading.text, as_text(one.cell), expected)
    return None


def _converted(
    table: Table, name: str, one: Found, cell: Cell | None, unit: Callable[[Heading], float]
) -> float | bool | tuple[int, int]:
    """A cell's value; `ValueError` or `KeyError` if it is none that may stand there."""
    if cell is None:
        return grades(one.cell)
    if cell.kind is Kind.YES_NO:
        return yes_no(one.cell)
    if cell.kind is Kind.CENTRALITY:
        return float(centrality(one.cell))
    value = _number(table, name, one, cell, unit(one.heading))
    if name in COUNTS or cell.kind is Kind.WHOLE:
        if abs(value - round(value)) > _ROUNDING:
            raise ValueError(value)
        value = float(round(value))
    if value and name != "free_income" and not cell.allows(value):
        raise ValueError(value)
    return value


def _number(table: Table, name: str, one: Found, cell: Cell, factor: float) -> float:
    if cell.low is None or cell.high is None:
        return number(one.cell, table.signs) * factor
    low = 1.0 if name in COUNTS else cell.low / factor
    return number(one.cell, table.signs, low, cell.high / factor) * factor


def _by_grade(table: Table, reader: Reader, row: Row, cells: list[Found]) -> Iterator[tuple[int, Value]]:
    for one in cells:
        if is_hidden(one.cell):
            if one.cell == "" or reader.asked.suppressed is None:
                continue
            value = reader.asked.suppressed
        else:
            try:
                value = number(one.cell, table.signs, 0, _LARGEST_GRADE)
            except ValueError:
                reader.fault(table.file, one.line, one.heading.text, as_text(one.cell), "a number of pupils")
                continue
        if value > 0:
            yield one.heading.grade, Value(value, table.file, row.line, one.heading.text)


def _from_grades(pupils: Mapping[int, Mapping[int, Value]], there: set[str]) -> dict[str, Column]:
    """Sum of pupils, lowest and highest grade, as far as no column of its own says them."""
    found: dict[str, Column] = {"pupils": {}, "first_grade": {}, "last_grade": {}}
    for key, grades_of in pupils.items():
        if not grades_of:
            continue
        first, last = min(grades_of), max(grades_of)
        one = grades_of[first]
        for name, value in (("pupils", sum(float(v.value) for v in grades_of.values() if not isinstance(v.value, tuple))),
                            ("first_grade", float(first)), ("last_grade", float(last))):  # fmt: skip
            found[name][key] = Value(value, one.file, one.line, one.heading)
    spans = there & {h.GRADES, "first_grade", "last_grade"}
    return {
        name: column
        for name, column in found.items()
        if name not in there and not (spans and name in ("first_grade", "last_grade"))
    }
