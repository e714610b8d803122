"""The report on paper."""

import json
import re
import sys
import zlib
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import InputError
from sim.report import pdf
from sim.report.edition import Edition
from sim.report.page import brief, edition_in, render
from sim.report.pdf import write_pdf
from sim.report.rendering import TEMPLATES
from sim.report.style import SMALL_PX
from tests.report.conftest import FolderMaker


def _has_pango() -> bool:
    try:
        import weasyprint  # noqa: F401 - the import itself is what fails
    except OSError:
        return False
    return True


needs_pango = pytest.mark.skipif(
    not _has_pango(), reason="no Pango on this system; continuous integration has it"
)
PANEL, KEY_PX = r'<svg viewBox="0 0 ([\d.]+) ', 30.0  # marks in a legend have no words
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


@needs_pango
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_brief_of_four_designs_is_one_page(make_folder: FolderMaker, lang: str) -> None:
    import weasyprint

    folder = make_folder(worlds=6)
    where = {"group": "picked.either", "horizon": "mean", "versus": "voluntary"}
    rows = [
        {"structure": structure, "outcome": outcome, "design": design, "difference": size, "low": size - half,
         "high": size + half, **where}
        for outcome, size, half in (("legitimacy", -0.05, 0.01), ("pupil_results", -0.05, 0.1))
        for structure in ("standard", "effort_is_legitimacy", "pressure_works", "threat_works", "refusal_is_common")
        for design in ("obligatory", "obligatory_mild", "obligatory_robek")
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(folder / "structures.parquet")
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"scale": 0.1}))
    edition = edition_in(folder, lang)
    assert isinstance(edition, Edition)
    page = brief(edition, (TEMPLATES / "pdf.css").read_text(encoding="utf-8"))
    assert page.count("<svg viewBox") == 2
    assert len(weasyprint.HTML(string=page).render().pages) == 1


@needs_pango
@pytest.mark.slow
@pytest.mark.parametrize("annex", [False, True])
def test_every_figure_keeps_to_the_page_with_words_of_nine_pixels_and_the_answer_s_to_its_caption(
    make_folder: object, annex: bool
) -> None:
    import weasyprint

    folder: Path = make_folder(worlds=6, designs=("voluntary", "obligatory"))  # type: ignore[operator]
    style = (TEMPLATES / "pdf.css").read_text(encoding="utf-8")
    page = render([edition_in(folder, "nb")], style, annex=annex)
    widths = [float(width) for width in re.findall(PANEL, page) if float(width) > KEY_PX]
    boxes = [
        [(box, sheet._page_box) for box in sheet._page_box.descendants()]
        for sheet in weasyprint.HTML(string=page).render().pages
    ]
    drawn = [
        (box, sheet)
        for one in boxes
        for box, sheet in one
        if str(box.element_tag).endswith("svg") and hasattr(box, "replacement") and box.width > KEY_PX
    ]
    assert len(drawn) == len(widths) > 2
    for (box, sheet), natural in zip(drawn, widths, strict=True):
        assert box.position_x + box.width <= sheet.width + sheet.margin_left + 1
        assert SMALL_PX * box.width / natural > 9
    for figure in ("answer", "gains") if not annex else ():
        start = page.find(f'<figure id="nb-figure-{figure}"')
        if start < 0:  # no group gains or loses
            continue
        before = sum(float(width) > KEY_PX for width in re.findall(PANEL, page[:start]))
        row = [box for box, _ in drawn[before : before + 2]]
        assert row[1].position_x + row[1].width - row[0].position_x > 0.99 * drawn[before][1].width
    if not annex:
        with_answer = next(
            one for one in boxes if any(str(box.element_tag).endswith("svg") for box, _ in one)
        )
        assert any(box.element_tag == "figcaption" for box, _ in with_answer)
