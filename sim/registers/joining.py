"""Municipalities and schools put together from all tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sim.errors import InputError
from sim.registers import headings as h
from sim.registers.cells import Column, Value, columns
from sim.registers.tables import Reader, Table
from sim.registers.values import is_hidden
from sim.registers.vintages import becomes, note_brought, to_now, vintage_of, without_those_gone, year_of
from sim.world.municipality_numbers import NOW, WHOLE_TO, numbers
from sim.world.schema import MUNICIPALITIES, SCHOOLS

Cells = Mapping[str, object]


@dataclass(frozen=True)
class Record:
    """A row of a register file, and where in the user's files it comes from."""

    cells: Cells
    file: str
    line: int


@dataclass
class _Joined:
    """Columns of one register file by key, each from one table."""

    columns: dict[str, Column] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def add(self, found: Mapping[str, Column], table: Table, reader: Reader) -> None:
        """Take a table's columns; what another table has already is a fault."""
        for name, column in found.items():
            if not column:
                continue
            one = next(iter(column.values()))
            if name in self.columns:
                other = next(iter(self.columns[name].values()))
                reader.faults.append(
                    InputError(
                        f"column '{one.heading}': {name} is in {other.file} ('{other.heading}') too; expected it once; --column "
                        f"'FILE:{one.heading}=' leaves one out",
                        file=one.file,
                        field=name,
                    )
                )
                continue
            self.columns[name] = column
            reader.account.taken.append(
                {
                    "table": "schools" if table.schools else "municipalities",
                    "column": name, "file": one.file, "heading": one.heading,
                    "year": table.years.get(name, table.years.get("")), "n": len(column),
                }
            )  # fmt: skip

    def get(self, name: str, key: int) -> Value | None:
        """A value, if there is one."""
        return self.columns.get(name, {}).get(key)


def municipalities(tables: Iterable[Table], reader: Reader) -> dict[int, Record]:
    """The rows of `municipalities.csv` by number; empty if no file has inhabitants."""
    read = []
    for table in tables:
        without_those_gone(table, reader)
        read.append((table, columns(table, reader)))
    people = _people(read)
    joined = _Joined()
    for table, found in read:
        joined.add(
            to_now(table, _per_inhabitant(table, found, people, reader), people, reader), table, reader
        )
        for row in table.rows:
            if row.name and vintage_of([row.key], None) == NOW:
                joined.names.setdefault(row.key, row.name)
    base = joined.columns.get("population", {})
    if joined.columns and not base and not reader.faults:
        there = next(iter(next(iter(joined.columns.values())).values()))
        reader.faults.append(
            InputError(
                f"no file has the inhabitants of municipalities, without which {', '.join(joined.columns)} can't be used; "
                "expected a column such as folkemengde",
                file=there.file, field="population",
            )
        )  # fmt: skip
    _without_people(read, reader)
    for name, column in joined.columns.items():
        if outside := [f"{name} of {key:04d}" for key in column if key not in base]:
            file = next(iter(column.values())).file
            reader.account.leave(
                file, f"{name}: {len(outside)} values", "of municipalities without inhabitants here"
            )
    _tell_drawn(joined, base, reader)
    return {
        key: Record(_cells(key, joined, MUNICIPALITIES.key, _names(key, joined)), one.file, one.line)
        for key, one in sorted(base.items())
        if float(one.value) > 0  # type: ignore[arg-type]  # a number of inhabitants is no pair of grades
    }


def schools(tables: Iterable[Table], there: Mapping[int, Record], reader: Reader) -> dict[int, Record]:
    """The rows of `schools.csv` by organisation number."""
    joined, owners, dropped = _Joined(), dict[int, int](), set[int]()
    lines: dict[int, tuple[str, int]] = {}
    places: dict[int, set[tuple[str, int]]] = {}
    for table in tables:
        found = columns(table, reader)
        joined.add(found, table, reader)
        owners |= _owners(table, reader)
        dropped |= table.dropped
        for row in table.rows:
            if row.name:
                joined.names.setdefault(row.key, row.name)
            places.setdefault(row.key, set()).add((table.file, row.line))
            if row.place is not None or row.key not in lines:
                lines[row.key] = (table.file, row.line)
    those = {
        key: Record(
            {"kommunenummer": owners[key], **_cells(key, joined, SCHOOLS.key, joined.names.get(key, ""))}, file, line
        )
        for key, (file, line) in sorted(lines.items())
        if key not in dropped
        and not reader.wrong & places[key]
        and _is_there(key, owners, there, file, line, reader)
        and _complete(key, joined, file, line, reader)
    }  # fmt: skip
    _without_schools(those, there, reader)
    return those


def _is_there(
    key: int, owners: Mapping[int, int], there: Mapping[int, Record], file: str, line: int, reader: Reader
) -> bool:
    """Whether a school's municipality is known, and among those of the country; if not, the school is left out."""
    why = ""
    if key not in owners:
        why = "a school that no list with municipalities has"
    elif there and owners[key] not in there:
        why = "in a municipality that is not among those with inhabitants"
    if why:
        reader.account.leave(file, f"line {line} ({key})", why)
    return not why


def _without_schools(found: Mapping[int, Record], there: Mapping[int, Record], reader: Reader) -> None:
    if not found or reader.faults:
        return
    having = {record.cells["kommunenummer"] for record in found.values()}
    for key, record in there.items():
        if key not in having:
            told = f"{key:04d} {record.cells.get('name', '')}".strip()
            expected = "a municipality with at least one school in the files"
            reader.fault(record.file, record.line, "kommunenummer", told, expected)


def _people(read: Iterable[tuple[Table, Mapping[str, Column]]]) -> dict[int, float]:
    return {
        key: float(one.value)
        for _, found in read
        for key, one in found.get("population", {}).items()
        if not isinstance(one.value, tuple)
    }


def _per_inhabitant(
    table: Table, found: Mapping[str, Column], people: Mapping[int, float], reader: Reader
) -> dict[str, Column]:
    """Free income of whole municipalities divided by their inhabitants, where as it stands it could not be each one's."""
    column, cell = found.get("free_income"), MUNICIPALITIES.find("free_income")
    if not column or cell is None:
        return dict(found)
    values = {key: float(one.value) for key, one in column.items() if not isinstance(one.value, tuple)}
    if all(cell.allows(value) for value in values.values()):
        return dict(found)
    each = {key: value / people[key] for key, value in values.items() if people.get(key)}
    in_thousands = {key: value * 1000 for key, value in each.items()}
    for told, tried in (("", each), (", in 1,000 kroner,", in_thousands)):
        if len(tried) == len(values) and all(cell.allows(value) for value in tried.values()):
            reader.account.note(
                f"{table.file}: free income is that of whole municipalities{told} and divided by their inhabitants"
            )
            return {**found, "free_income": {key: _with(column[key], value) for key, value in tried.items()}}
    for key, value in values.items():
        if not cell.allows(value):
            one = column[key]
            reader.fault(
                one.file, one.line, one.heading, f"{value:g}", f"{cell.expected()}, in kroner per inhabitant"
            )
    return {name: there for name, there in found.items() if name != "free_income"}


def _with(one: Value, value: float) -> Value:
    return Value(value, one.file, one.line, one.heading)


def _without_people(read: Iterable[tuple[Table, Mapping[str, Column]]], reader: Reader) -> None:
    """Tell the rows of the files with inhabitants in which theirs are hidden, missing or none."""
    for table, found in read:
        column = found.get("population")
        for row in table.rows if column else ():
            cells = row.found.get("population")
            one = column.get(row.key) if column else None
            hidden = cells is not None and any(is_hidden(cell.cell) for cell in cells)
            if cells and (hidden or (one is not None and not one.value)):
                reader.fault(
                    table.file,
                    row.line,
                    cells[0].heading.text,
                    cells[0].cell,
                    "a number of inhabitants, 1 or more",
                )


def _tell_drawn(joined: _Joined, base: Column, reader: Reader) -> None:
    for cell in MUNICIPALITIES.cells:
        if base and cell.name in h.OF_MUNICIPALITIES and not cell.required:
            lacking = sum(key not in joined.columns.get(cell.name, {}) for key in base)
            if lacking:
                reader.account.drawn.append(f"{cell.name} of {lacking} of {len(base)} municipalities")


def _names(key: int, joined: _Joined) -> str:
    return joined.names.get(key) or numbers().names.get(key, "")


def _cells(key: int, joined: _Joined, key_name: str, name: str) -> dict[str, object]:
    found: dict[str, object] = {key_name: key}
    found |= {column: one.value for column in joined.columns if (one := joined.get(column, key)) is not None}
    if name:
        found["name"] = name
    return found


def _owners(table: Table, reader: Reader) -> dict[int, int]:
    """The municipality of each school, by its number of 2024."""
    given = {row.key: row.place.number for row in table.rows if row.place is not None}
    if not given:
        return {}
    vintage = vintage_of(given.values(), year_of(table))
    if vintage != NOW:
        note_brought(table, vintage, reader)
    found = {}
    for row in table.rows:
        if row.place is None:
            continue
        number = row.place.number
        there = becomes(number, vintage)
        if number in WHOLE_TO and len(there) > 1:
            there = (WHOLE_TO[number],)
        if len(there) == 1:
            found[row.key] = there[0]
            continue
        expected = (
            f"the number of 2024: {number:04d} was divided into {' and '.join(f'{n:04d}' for n in there)}"
            if there
            else "a number of 2019, 2020 or 2024"
        )
        reader.fault(table.file, row.line, "kommunenummer", f"{number:04d}", expected)
    return found


def _complete(key: int, joined: _Joined, file: str, line: int, reader: Reader) -> bool:
    """Whether a school has all that is necessary; if not, that is told, or it is left out."""
    pupils = joined.get("pupils", key)
    if pupils is not None and not pupils.value:
        reader.account.leave(pupils.file, f"line {pupils.line} ({key})", "a school without pupils")
        return False
    ends = [joined.get(name, key) for name in ("first_grade", "last_grade")]
    if any(end is not None and not end.value for end in ends):
        reader.account.leave(file, f"line {line} ({key})", "a school without grades")
        return False
    lacking = [name for name in ("first_grade", "last_grade", "pupils") if joined.get(name, key) is None]
    if not lacking:
        return True
    if reader.asked.leave_incomplete:
        reader.account.leave(
            file, f"line {line} ({key})", f"nothing tells its {', '.join(lacking)}; left out as asked for"
        )
    else:
        told = f"{key} {joined.names.get(key, '')}".strip()
        expected = (
            "a number (hidden or nowhere given; --suppressed N takes N for hidden pupils, --leave-incomplete leaves such schools "
            "out)"
        )
        reader.fault(file, line, ", ".join(lacking), told, expected)
    return False
