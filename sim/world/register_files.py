"""Reads one register file: comma or semicolon between the columns, UTF-8 with or without byte order mark.

A wrong file is refused with its name, and for each fault the line, the column, the value, and what was expected.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np

from sim.arrays import AnyArray, Bools, Ints
from sim.errors import InputError, raise_all
from sim.in_place import read_whole
from sim.legible import illegible
from sim.world.schema import CENTRALITY_WORDS, Cell, FileSchema, Kind

_IN_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
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
        told = f"{value:.12g}" if isinstance(value, float) else str(value)
        return _refusal(self.file, int(self.lines[row]), column, told, expected)


def read_sheet(path: Path, schema: FileSchema) -> Sheet:
    """One register file, checked cell by cell.

    Raises
    ------
    InputError
        All that is wrong with it, together.
    """
    file = str(path)
    header, rows = _table(_text(path), file)
    raise_all(_faults_of_header(header, schema, file))
    raise_all(_faults_of_lengths(header, rows, file))
    faults: list[InputError] = []
    cells = {
        name: [_value(_declared(schema, name), row[i], file, line, faults) for line, row in rows]
        for i, name in enumerate(header)
    }
    lines = np.array([line for line, _ in rows], dtype=np.int64)
    faults += _faults_of_key(cells[schema.key], lines, schema, file)
    raise_all(sorted(faults, key=lambda fault: fault.line or 0))
    columns, known = {}, {}
    for cell in schema.cells:
        values = cells.get(cell.name, [None] * len(rows))
        known[cell.name] = np.array([value is not None for value in values])
        columns[cell.name] = _array(values, cell.kind)
    order = np.argsort(columns[schema.key], kind="stable")
    return Sheet(
        schema, file, lines[order],
        {name: values[order] for name, values in columns.items()},
        {name: values[order] for name, values in known.items()},
    )  # fmt: skip


def register_paths(folder: Path) -> list[Path]:
    """The register files of a folder: its CSV files, without hidden ones and those that programs leave beside them."""
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() == ".csv" and not is_left_over(path)
    )


def is_left_over(path: Path) -> bool:
    """Whether a file is hidden, or a copy or lock that a program has left there (`._name`, `~$name`, `.~lock.name#`)."""
    return path.name.startswith((".", "~$")) or path.name.lower() in ("thumbs.db", "desktop.ini")


def _text(path: Path) -> str:
    raw = read_whole(path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            f"byte {raw[error.start]:#04x} is not UTF-8; expected a file saved as UTF-8 ('CSV UTF-8' in Excel); "
            "`kompetansesim registers import` reads others",
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
    return filled[0][1], filled[1:]


def _faults_of_lengths(
    header: list[str], rows: list[tuple[int, list[str]]], file: str
) -> Iterator[InputError]:
    for number, row in rows:
        if len(row) != len(header):
            yield InputError(
                f"the row has {len(row)} cells; expected {len(header)} as in the header",
                file=file,
                line=number,
            )


def _faults_of_header(header: list[str], schema: FileSchema, file: str) -> Iterator[InputError]:
    names = [cell.name for cell in schema.cells]
    for i, name in enumerate(header):
        if name not in names:
            near = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else f"expected some of: {', '.join(names)}"
            yield InputError(f"unknown column '{name}'; {hint}", file=file, line=1, field=name)
        elif name in header[:i]:
            yield InputError(
                f"column '{name}' stands there twice; expected once", file=file, line=1, field=name
            )
    for cell in schema.cells:
        if cell.required and cell.name not in header:
            yield InputError(
                f"column '{cell.name}' is missing; expected {cell.expected()}: {cell.meaning}",
                file=file, line=1, field=cell.name,
            )  # fmt: skip


def _declared(schema: FileSchema, name: str) -> Cell:
    cell = schema.find(name)
    if cell is None:
        raise AssertionError("headers are checked before cells")
    return cell


def _faults_of_key(keys: list[Any], lines: Ints, schema: FileSchema, file: str) -> Iterator[InputError]:
    first: dict[Any, int] = {}
    for key, line in zip(keys, lines.tolist(), strict=True):
        if key is not None and first.setdefault(key, line) != line:
            expected = f"each {schema.key} once; it is on line {first[key]} too"
            yield _refusal(file, line, schema.key, str(key), expected)


def _value(cell: Cell, text: str, file: str, line: int, faults: list[InputError]) -> Any:
    """The cell's value, None where it is empty or wrong."""
    if not text:
        if cell.required:
            faults.append(_refusal(file, line, cell.name, text, cell.expected()))
        return None
    try:
        value = _parsed(cell.kind, text)
    except (ValueError, KeyError):
        faults.append(_refusal(file, line, cell.name, text, cell.expected()))
        return None
    if not all(cell.allows(number) for number in (value if isinstance(value, tuple) else (value,))):
        faults.append(_refusal(file, line, cell.name, text, cell.expected()))
        return None
    if cell.kind is Kind.NUMBER and _IN_THOUSANDS.fullmatch(text) and cell.allows(_without_marks(text)):
        expected = f"a number that can be read in one way, such as {_without_marks(text):.0f} or {value:g}"
        faults.append(_refusal(file, line, cell.name, text, expected))
        return None
    return value


def _without_marks(text: str) -> float:
    """What stands there if its dot or comma parts thousands."""
    return float(text.replace(".", "").replace(",", ""))


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
