from __future__ import annotations

import csv
import io
import math
import zipfile
from xml.etree import ElementTree as ET

from sim.app.tables import as_csv, as_xlsx

ROWS: list[list[str | float]] = [
    ["Utfall", "Nivå"],
    ["Lærernes praksis", 1.5],
    ["=1+1", math.nan],
    ["Penger", 65_000_000.0],
]
_CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"


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
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        parts = {name: ET.fromstring(book.read(name)) for name in book.namelist()}
    cells = {cell.get("r"): cell for cell in parts["xl/worksheets/sheet1.xml"].iter(_CELL)}
    assert set(cells) == {"A1", "B1", "A2", "B2", "A3", "A4", "B4"}  # no cell where there is no number
    assert "".join(cells["A2"].itertext()) == "Lærernes praksis"
    assert (cells["B2"].get("t"), "".join(cells["B2"].itertext())) == (None, "1.5")
    assert cells["A3"].get("t") == "inlineStr"  # never a formula
