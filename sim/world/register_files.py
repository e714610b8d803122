"""Reads one register file: comma or semicolon between the columns, UTF-8 with or without byte order mark.

A wrong file is refused with its name, the line, the column, the value, and what was expected.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np

from sim.arrays import AnyArray, Bools, Ints
from sim.errors import InputError
from sim.legible import illegible
from sim.world.schema import CENTRALITY_WORDS, Cell, FileSchema, Kind

_YES_NO = {
    "yes": True,
    "ja": True,
    "1": True,
    "true": True,
    "no": False,
    "nei": False,
    "0": False,
    "false": False,
}


@dataclass(frozen=True)
class Sheet:
    """One file's rows, sorted by key.

    Attributes
    ----------
    lines : array of int
        Line in the file of each row.
    columns, known : mapping from name to array
        Values of every declared column, and which of them the file gave.
    """

    schema: FileSchema
    file: str
    lines: Ints
    columns: Mapping[str, AnyArray]
    known: Mapping[str, Bools]

    def __getitem__(self, name: str) -> AnyArray:
        return self.columns[name]

    @property
    def key(self) -> Ints:
        """Which row is which, in rising order."""
        return self.columns[self.schema.key]

    def rows_of(self, ids: Ints) -> Ints:
        """Row of each identity; -1 for those not in the file."""
        place = np.minimum(np.searchsorted(self.key, ids), len(self.key) - 1)
        return np.where(self.key[place] == ids, place, -1)

    def fill(self, name: str, ids: Ints, drawn: AnyArray) -> AnyArray:
        """The values given for these identities, and the drawn ones where nothing is given."""
        row = self.rows_of(ids)
        given = (row >= 0) & self.known[name][row]
        return np.where(given, self.columns[name][row], drawn) if given.any() else drawn

    def take(self, rows: Ints, key: Ints) -> Sheet:
        """The given rows under new keys, which must rise."""
        columns = {name: values[rows] for name, values in self.columns.items()} | {self.schema.key: key}
        known = {name: values[rows] for name, values in self.known.items()}
        return Sheet(self.schema, self.file, self.lines[rows], columns, known)

    def refuse(self, row: int, column: str, expected: str) -> InputError:
        """The error about one cell."""
        value = self.columns[column][row]
        return _refusal(self.file, int(self.lines[row]), column, str(value), expected)


def read_sheet(path: Path, schema: FileSchema) -> Sheet:
    """One register file, checked cell by cell."""
    file = str(path)
    header, rows = _table(_text(path), file)
    _check_header(header, schema, file)
    cells = {
        name: [_value(schema.find(name), row[i], file, line) for line, row in rows]
        for i, name in enumerate(header)
    }
    lines = np.array([line for line, _ in rows], dtype=np.int64)
    columns, known = {}, {}
    for cell in schema.cells:
        values = cells.get(cell.name, [None] * len(rows))
        known[cell.name] = np.array([value is not None for value in values])
        columns[cell.name] = _array(values, cell.kind)
    _check_unique(columns[schema.key], lines, schema, file)
    order = np.argsort(columns[schema.key], kind="stable")
    return Sheet(
        schema, file, lines[order],
        {name: values[order] for name, values in columns.items()},
        {name: values[order] for name, values in known.items()},
    )  # fmt: skip


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", file=str(path)) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            f"byte {raw[error.start]:#04x} is not UTF-8; expected a file saved as UTF-8 ('CSV UTF-8' in Excel)",
            file=str(path),
            line=line,
        ) from error


def _table(text: str, file: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and the rows that are not empty with the line each ends on."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        text.splitlines(keepends=True), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise InputError(f"not a table: {error}", file=file, line=reader.line_num) from error
    filled = [(number, row) for number, row in lines if any(row)]
    if not filled:
        raise InputError("the file is empty; expected a header and at least one row", file=file)
    if len(filled) == 1:
        raise InputError(
            "there are no rows under the header; expected at least one", file=file, line=filled[0][0]
        )
    header = filled[0][1]
    for number, row in filled[1:]:
        if len(row) != len(header):
            raise InputError(
                f"the row has {len(row)} cells; expected {len(header)} as in the header",
                file=file,
                line=number,
            )
    return header, filled[1:]


def _check_header(header: list[str], schema: FileSchema, file: str) -> None:
    names = [cell.name for cell in schema.cells]
    for i, name in enumerate(header):
        if name not in names:
            near = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else f"expected some of: {', '.join(names)}"
            raise InputError(f"unknown column '{name}'; {hint}", file=file, line=1, field=name)
        if name in header[:i]:
            raise InputError(
                f"column '{name}' stands there twice; expected once", file=file, line=1, field=name
            )
    for cell in schema.cells:
        if cell.required and cell.name not in header:
            raise InputError(
                f"column '{cell.name}' is missing; expected {cell.expected()}: {cell.meaning}",
                file=file, line=1, field=cell.name,
            )  # fmt: skip


def _check_unique(key: AnyArray, lines: Ints, schema: FileSchema, file: str) -> None:
    _, first, back = np.unique(key, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[back] != np.arange(len(key)))
    if again.size:
        row = int(again[0])
        there = int(lines[first[back[row]]])
        raise _refusal(
            file,
            int(lines[row]),
            schema.key,
            str(key[row]),
            f"each {schema.key} once; it is on line {there} too",
        )


def _value(cell: Cell | None, text: str, file: str, line: int) -> Any:
    """The cell's value, None where it is empty."""
    if cell is None:
        raise AssertionError("headers are checked before cells")
    if not text:
        if cell.required:
            raise _refusal(file, line, cell.name, text, cell.expected())
        return None
    try:
        value = _parsed(cell.kind, text)
    except (ValueError, KeyError):
        raise _refusal(file, line, cell.name, text, cell.expected()) from None
    if cell.low is not None and cell.high is not None:
        for number in value if isinstance(value, tuple) else (value,):
            if not cell.low <= number <= cell.high:
                raise _refusal(file, line, cell.name, text, cell.expected())
    return value


def _parsed(kind: Kind, text: str) -> Any:
    match kind:
        case Kind.WHOLE:
            return int(text)
        case Kind.NUMBER:
            return float(text.replace(",", "."))  # Norwegian spreadsheets write 0,25
        case Kind.YES_NO:
            return _YES_NO[text.lower()]
        case Kind.CENTRALITY:
            return CENTRALITY_WORDS[text.lower()]
        case Kind.WHOLES:
            return tuple(int(part) for part in text.split())
        case _:
            if illegible(text) is not None:
                raise ValueError(text)
            return text


def _array(values: list[Any], kind: Kind) -> AnyArray:
    array = np.zeros(len(values), dtype=kind.dtype)
    blank: Any = {Kind.TEXT: "", Kind.WHOLES: ()}.get(kind, 0)
    for i, value in enumerate(values):
        array[i] = blank if value is None else value
    return array


def _refusal(file: str, line: int, column: str, value: str, expected: str) -> InputError:
    return InputError(
        f"column '{column}', value '{value}': expected {expected}", file=file, line=line, field=column
    )
