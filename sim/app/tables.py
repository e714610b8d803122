"""The differences of an answer as one table in words, for a spreadsheet: as CSV that Norwegian Excel opens, and as xlsx."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias
from xml.sax.saxutils import escape

from sim.report.results import END, EVERYONE, MEAN

if TYPE_CHECKING:
    from sim.report.differences import Difference
    from sim.report.edition import Edition
    from sim.report.messages import Messages

Cell: TypeAlias = str | float
COLUMNS = (
    "outcome", "group", "design", "unit", "years", "level_a", "level_b", "difference", "low", "high", "smallest", "better",
    "worlds",
)  # fmt: skip
"""Keys of the headings under `sheet.column` in the message files."""

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file knows: equal results, equal bytes
_PERCENT = 100.0
_WIDTHS = (44, 30, 40, 34, 14, *[16] * 8)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def difference_rows(e: Edition, words: Messages) -> list[list[Cell]]:
    """Heading and rows: every outcome, group and design; numbers in the unit that the row names, NaN where there is none."""
    rows: list[list[Cell]] = [[words.text(f"sheet.column.{column}") for column in COLUMNS]]
    for horizon in (MEAN, END):
        for outcome in e.results.outcomes:
            for group in (EVERYONE, *(group for group in e.results.groups if group != EVERYONE)):
                rows.extend(_row(e, d, horizon) for d in e.view.differences(outcome, group, horizon))
    return rows


def _row(e: Edition, d: Difference, horizon: str) -> list[Cell]:
    row, factor = d.row, d.difference.factor
    first = row.year_to if horizon == END else row.year_from
    years = f"{first:.0f}" if first == row.year_to else f"{first:.0f}–{row.year_to:.0f}"
    numbers = [value * factor for value in (row.mean_a, row.mean_b, row.difference, row.low, row.high)]
    smallest = math.nan if d.smallest is None else d.smallest * factor
    return [
        e.names.outcome(row.outcome), e.names.group(row.group), e.names.design(row.design_b), e.unit_of(d), years, *numbers,
        smallest, row.probability_better * _PERCENT, row.n_worlds,
    ]  # fmt: skip


def as_csv(rows: Iterable[Sequence[Cell]], *, comma: bool) -> bytes:
    """The rows as CSV in UTF-8 with a byte order mark, which Excel wants to read the letters rightly.

    Parameters
    ----------
    comma : bool
        Whether numbers have a decimal comma and cells a semicolon between them, as in Norway.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if comma else ",", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_written(cell, comma=comma) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell, *, comma: bool) -> str:
    if isinstance(cell, str):
        return (
            f"'{cell}" if cell[:1] in ("=", "@", "+", "-") else cell
        )  # a spreadsheet would run it as a formula
    if not math.isfinite(cell):
        return ""
    written = f"{cell:.6g}" if abs(cell) < 1e6 else f"{cell:.0f}"  # noqa: PLR2004 - no powers of ten
    return written.replace(".", ",") if comma else written


def as_xlsx(rows: Sequence[Sequence[Cell]], name: str) -> bytes:
    """The rows as a workbook of one sheet, its heading bold, kept in sight and with filters.

    Written by hand, for a sheet of words and numbers is five small files of XML; the same rows give the same bytes.
    """
    width, height = len(rows[0]), len(rows)
    reach = f"A1:{_LETTERS[width - 1]}{height}"
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{wide}" customWidth="1"/>'
        for i, wide in enumerate(_WIDTHS[:width], 1)
    )
    lines = "".join(
        f'<row r="{r}">{"".join(_cell(cell, c, r) for c, cell in enumerate(row))}</row>'
        for r, row in enumerate(rows, 1)
    )
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData>{lines}</sheetData><autoFilter ref="{reach}"/></worksheet>'
    )
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _ROOT, "xl/workbook.xml": book,
             "xl/_rels/workbook.xml.rels": _INSIDE, "xl/styles.xml": _STYLES, "xl/worksheets/sheet1.xml": sheet}  # fmt: skip
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as whole:
        for place, text in parts.items():
            entry = zipfile.ZipInfo(place, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return sink.getvalue()


def _cell(cell: Cell, column: int, row: int) -> str:
    place = f'r="{_LETTERS[column]}{row}"'
    if isinstance(cell, str):
        style = ' s="1"' if row == 1 else ""
        text = escape("".join(sign for sign in cell if sign.isprintable()))
        return f'<c {place}{style} t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<c {place} s="2"><v>{cell!r}</v></c>' if math.isfinite(cell) else ""


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX = f"{_KIND}.sheet"
"""Media type of a workbook."""
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_INSIDE = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.###"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
