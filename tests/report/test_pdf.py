"""The report on paper."""

import re
import sys
import zlib
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.report import pdf
from sim.report.pdf import write_pdf


def _has_pango() -> bool:
    try:
        import weasyprint  # noqa: F401 - the import itself is what fails
    except OSError:
        return False
    return True


needs_pango = pytest.mark.skipif(
    not _has_pango(), reason="no Pango on this system; continuous integration has it"
)
PAGE = (
    "<html lang='nb'><head><title>Svar</title></head><body><h1>Svaret</h1><p>Tre setninger.</p></body></html>"
)


@needs_pango
def test_the_same_page_gives_the_same_bytes_marked_up_for_screen_readers() -> None:
    first, second = (pdf._set(PAGE, "abc") for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")
    inside = b"".join(map(zlib.decompress, re.findall(rb"stream\n(x.*?)\nendstream", first, re.DOTALL)))
    assert b"/MarkInfo" in inside
    assert b"/H1" in inside


def test_a_system_without_the_text_library_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def __getattr__(self, name: str) -> object:
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint", Missing())
    with pytest.raises(InputError, match="Pango"):
        pdf._set(PAGE, "abc")


@needs_pango
@pytest.mark.slow
def test_a_report_becomes_a_pdf_in_one_language(make_folder: object) -> None:
    folder: Path = make_folder(worlds=6, designs=("voluntary", "obligatory"))  # type: ignore[operator]
    file = write_pdf(folder, "en")
    assert file.name == "report.en.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
