from __future__ import annotations

import csv
import io
import math
import zipfile

from python_calamine import CalamineWorkbook

from sim.app.tables import as_csv, as_xlsx

ROWS: list[list[str | float]] = [
    ["Utfall", "Nivå"],
    ["Lærernes praksis", 1.5],
    ["=1+1", math.nan],
    ["Penger", 65_000_000.0],
]


def test_norwegian_excel_reads_the_file() -> None:
    content = as_csv(ROWS, comma=True)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert read == [["Utfall", "Nivå"], ["Lærernes praksis", "1,5"], ["'=1+1", ""], ["Penger", "65000000"]]


def test_elsewhere_commas_stand_between_the_cells() -> None:
    assert b"rernes praksis,1.5\r\n" in as_csv(ROWS, comma=False)


def test_a_workbook_holds_words_as_words_and_numbers_as_numbers() -> None:
    content = as_xlsx(ROWS, "Forskjeller")
    assert content == as_xlsx(ROWS, "Forskjeller")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Forskjeller"]
    # what could be a formula is a word, and there is no cell where there is no number
    assert book.get_sheet_by_index(0).to_python() == [
        ["Utfall", "Nivå"], ["Lærernes praksis", 1.5], ["=1+1", ""], ["Penger", 65_000_000.0],
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
