"""Published figures of the country: pupils' results, leaving points, municipalities and schools, one row each."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sim.errors import InputError

FILE = "published.csv"
COLUMNS = ("id", "group", "quantity", "value", "unit", "use", "source")


class Use(StrEnum):
    """What a figure is for: parameters were set by it, or it is only compared with."""

    FITTED = "fitted"
    CHECKED = "checked"


@dataclass(frozen=True)
class Published:
    """One published figure."""

    id: str
    group: str
    quantity: str
    value: float
    unit: str
    use: Use
    source: str


def read_published(folder: Path) -> tuple[Published, ...]:
    """The figures in a folder's file.

    Raises
    ------
    InputError
        With file, line and field, if the file can't be used.
    """
    file = folder / FILE
    try:
        rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't be read: {error}", file=str(file)) from None
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}", file=str(file), line=1)
    found: dict[str, Published] = {}
    for row in rows:
        one = _figure(file, rows.line_num, row)
        if one.id in found:
            raise InputError(f"two rows have the id {one.id}", file=str(file), line=rows.line_num, field="id")
        found[one.id] = one
    return tuple(found.values())


def _figure(file: Path, line: int, row: dict[str, str]) -> Published:
    try:
        value = float(row["value"])
    except (TypeError, ValueError):
        raise InputError(
            f"value: expected a number, got {row['value']!r}", file=str(file), line=line, field="value"
        ) from None
    if row["use"] not in tuple(Use):
        expected = ", ".join(Use)
        raise InputError(
            f"use: expected one of {expected}, got {row['use']!r}", file=str(file), line=line, field="use"
        )
    words = {name: row[name] for name in ("id", "group", "quantity", "unit", "source")}
    return Published(**words, value=value, use=Use(row["use"]))
