"""Files as tables of cells: text in any usual encoding and with any usual separator, and sheets of Excel and OpenDocument."""

from __future__ import annotations

import csv
import datetime as dt
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError
from sim.in_place import MOST_BYTES, read_whole
from sim.world.register_files import is_left_over

ACCOUNT_TEXT, ACCOUNT_DATA = (
    "import_report.txt",
    "import_report.json",
)  # what an import leaves beside its files
TEXTS = (".csv", ".txt", ".tsv", ".skv")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
MOST_CELLS = 5_000_000  # of a sheet, with the empty ones up to the last
_REFERENCE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_SEPARATORS = ";\t,|"
_TRIED_LINES = 200  # by which the separator is told
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_OLD = ("cp1252", "cp865", "mac_roman")
"""What Norwegian text was written in before UTF-8: Windows (Latin-1 with more), DOS, Macintosh."""
_LETTERS = frozenset("æøåÆØÅéÉáÁšŠčČđĐŋŊžŽŧŦöÖäÄüÜôòóêèêà–’«»§½ \u00a0")

Raw = str | float | dt.date
"""A cell: text, or what a spreadsheet has as a number or date."""


@dataclass(frozen=True)
class Grid:
    """One table of cells.

    Attributes
    ----------
    rows : list of (int, list)
        Number of the line (of the row, in a spreadsheet) and its cells, of all that are not empty.
    how : str
        Encoding and separator, or the sheet.
    """

    file: str
    how: str
    rows: list[tuple[int, list[Raw]]]


@dataclass(frozen=True)
class LeftOut:
    """Something that was not read: which, and why."""

    file: str
    what: str
    why: str


def _endings() -> str:
    return ", ".join(TEXTS + WORKBOOKS)


def gather(places: Iterable[Path]) -> tuple[list[Path], list[LeftOut]]:
    """The files to read, in folders and by name; and what is left out of the folders.

    Raises
    ------
    InputError
        If something named is not there or no table.
    """
    files: list[Path] = []
    left: list[LeftOut] = []
    for place in places:
        if place.is_dir():
            for path in sorted(place.iterdir()):
                if path.is_dir():
                    left.append(LeftOut(str(path), "the folder", "folders inside are not looked into"))
                elif path.name in (ACCOUNT_TEXT, ACCOUNT_DATA):
                    left.append(LeftOut(str(path), "the file", "tells of an import before"))
                elif is_left_over(path):
                    left.append(LeftOut(str(path), "the file", "hidden, or left there by a program"))
                elif path.suffix.lower() in TEXTS + WORKBOOKS:
                    files.append(path)
                else:
                    left.append(LeftOut(str(path), "the file", f"no table ({_endings()})"))
        elif place.suffix.lower() not in TEXTS + WORKBOOKS:
            found = "no table by its name" if place.exists() else "is not there"
            raise InputError(f"{found}; expected a folder, or a file of {_endings()}", file=str(place))
        else:
            files.append(place)
    if not files:
        raise InputError(
            f"nothing to read; expected files of {_endings()}", file=", ".join(str(place) for place in places)
        )
    return list(dict.fromkeys(files)), left


def read_grids(path: Path) -> list[Grid]:
    """All tables of a file: one of a text file, each filled sheet of a workbook."""
    raw = read_whole(path)
    found = _workbook(path) if path.suffix.lower() in WORKBOOKS else [_text_grid(raw, str(path))]
    found = [grid for grid in found if grid.rows]
    if not found:
        raise InputError("the file is empty; expected a table", file=str(path))
    return found


def decoded(raw: bytes) -> tuple[str, str]:
    """The text of a file, and the encoding it is in."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return raw.decode(encoding, "replace"), encoding
    if raw[1::2].count(0) > len(raw) // 4:
        return raw.decode("utf-16-le", "replace"), "utf-16"
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    texts = {encoding: raw.decode(encoding, "replace") for encoding in _OLD}

    def odd(encoding: str) -> int:
        return sum(ord(sign) > 127 and sign not in _LETTERS for sign in texts[encoding])  # noqa: PLR2004 - ASCII

    best = min(_OLD, key=odd)
    return texts[best], best


def _text_grid(raw: bytes, file: str) -> Grid:
    text, encoding = decoded(raw)
    if "\x00" in text:
        raise InputError("holds bytes that are no text; expected a text file or a workbook", file=file)
    lines = text.splitlines(keepends=True)
    skipped = 0
    if lines and lines[0].strip().strip('"').lower().startswith("sep="):
        said = lines[0].strip().strip('"')[4:5] or "\t"
        separator, skipped = said, 1
    else:
        separator = _separator(lines)
    reader = csv.reader(lines[skipped:], delimiter=separator)
    try:
        rows = [(reader.line_num + skipped, _stripped(row)) for row in reader]
    except csv.Error as error:
        raise InputError(f"not a table: {error}", file=file, line=reader.line_num + skipped) from error
    named = {"\t": "tab", ";": "semicolon", ",": "comma"}.get(separator, separator)
    return Grid(file, f"{encoding}, {named} between columns", [(line, row) for line, row in rows if row])


def _separator(lines: list[str]) -> str:
    """The sign by which most lines have the same number of columns, more than one."""

    def agreeing(sign: str) -> tuple[int, int]:
        try:
            widths = Counter(
                len(row) for row in csv.reader(lines[:_TRIED_LINES], delimiter=sign) if len(row) > 1
            )
        except csv.Error:
            return 0, 0
        width, n = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return n, width

    return max(_SEPARATORS, key=agreeing)


def _stripped(row: list[str]) -> list[Raw]:
    cells: list[Raw] = [cell.strip().strip("\ufeff") for cell in row]
    return _without_tail(cells)


def _without_tail(cells: list[Raw]) -> list[Raw]:
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _workbook(path: Path) -> list[Grid]:
    import python_calamine

    _check_extent(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = {
            meta.name: book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            for meta in book.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            and meta.visible == python_calamine.SheetVisibleEnum.Visible
        }
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(f"can't be read as a workbook: {error}", file=str(path)) from error
    return [
        Grid(
            f"{path}[{name}]" if len(sheets) > 1 else str(path),
            f"sheet '{name}'",
            [
                (i, cells)
                for i, row in enumerate(rows, 1)
                if row.count("") < len(row) and (cells := _without_tail([_cell(v) for v in row]))
            ],
        )
        for name, rows in sheets.items()
    ]


def _check_extent(path: Path) -> None:
    """Refuse a workbook that would take up all memory: packed too well, or with a cell far from all others.

    Readers lay out all cells up to the last one, empty ones too.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as book:
            size = sum(part.file_size for part in book.infolist())
            if size > MOST_BYTES:
                raise InputError(
                    f"is too large once it is unpacked ({size:,} bytes); expected no more than {MOST_BYTES:,}",
                    file=str(path),
                )
            sheets = [book.read(part) for part in book.namelist() if part.startswith("xl/worksheets/")]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise InputError(f"can't be read as a workbook: {error}", file=str(path)) from error
    for sheet in sheets:
        rows, columns = 0, b""
        for found in _REFERENCE.finditer(sheet):
            rows, columns = max(rows, int(found[2])), max(columns, found[1], key=lambda one: (len(one), one))
        n = sum((letter - 64) * 26**i for i, letter in enumerate(reversed(columns)))
        if rows * n > MOST_CELLS:
            raise InputError(
                f"has something in column {columns.decode()} and in row {rows}, far from a table; delete what stands "
                "beyond it",
                file=str(path),
            )


def _cell(value: object) -> Raw:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, dt.date):
        return value
    return str(value).strip()
