"""The differences of an answer as one table in words, for a spreadsheet: as CSV that Norwegian Excel opens, and as xlsx."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

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

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same for all: equal results, equal bytes
_PERCENT = 100.0
_WIDTHS = (44, 30, 40, 34, 14, *[16] * 8)
SHEETS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media type of each kind of file for a spreadsheet."""


def difference_rows(e: Edition, words: Messages) -> list[list[Cell]]:
    """Heading and rows: every outcome, group and design; numbers in the unit that the row names, NaN where there is none."""
    # A space that does not break is one of no use in a cell, and not found by those who look for it.
    rows: list[list[Cell]] = [
        [words.text(f"sheet.column.{column}").replace("\u00a0", " ") for column in COLUMNS]
    ]
    for horizon in (MEAN, END):
        for outcome in e.results.outcomes:
            for group in (EVERYONE, *(group for group in e.results.groups if group != EVERYONE)):
                rows.extend(_row(e, d, horizon) for d in e.view.differences(outcome, group, horizon))
    return rows


def _row(e: Edition, d: Difference, horizon: str) -> list[Cell]:
    row, factor = d.row, d.difference.factor
    first = row.end if horizon == END else row.start
    years = f"{first:.0f}" if first == row.end else f"{first:.0f}–{row.end:.0f}"
    numbers = [
        value * factor for value in (row.mean_versus, row.mean_design, row.difference, row.low, row.high)
    ]
    smallest = math.nan if d.smallest is None else d.smallest * factor
    return [
        e.names.outcome(row.outcome), e.names.group(row.group), e.names.design(row.design), e.unit_of(d), years, *numbers,
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
    """The rows as a workbook of one sheet, its heading bold, kept in sight and with filters; the same rows, the same bytes."""
    import xlsxwriter

    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        heading, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.###"})
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str):  # as a string, so that nothing becomes a formula or an address
                    sheet.write_string(r, c, "".join(filter(str.isprintable, cell)), None if r else heading)
                elif math.isfinite(cell):
                    sheet.write_number(r, c, cell, number)
        for c, width in enumerate(_WIDTHS[: len(rows[0])]):
            sheet.set_column(c, c, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    return sink.getvalue()
