"""The report as a PDF in one language: the same page as the HTML, set on paper, readable for screen readers (PDF/UA)."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from sim.errors import InputError
from sim.in_place import put_all_in_place
from sim.report.edition import Edition
from sim.report.messages import load
from sim.report.page import brief, edition_in, render
from sim.report.rendering import BRIEF, TEMPLATES
from sim.report.sheet import Sheet


def write_pdf(folder: Path | str, lang: str = "nb") -> Path:
    """Write `report.<lang>.pdf`, and of a comparison `annex.<lang>.pdf` and `brief.<lang>.pdf` too.

    The same files give the same bytes.

    Parameters
    ----------
    folder : Path or str
        Holds what a study, an analysis or a sweep wrote; gets the files, all or none.
    lang : str
        `nb` or `en`.

    Returns
    -------
    Path
        Of the report's PDF.

    Raises
    ------
    InputError
        If the folder holds no results, or the system lacks the library that sets text (Pango).
    ValueError
        For a language without texts.
    """
    load(lang)
    folder = Path(folder)
    edition = edition_in(folder, lang)
    style = (TEMPLATES / "pdf.css").read_text(encoding="utf-8")
    pages = {"report": render([edition], style)}
    if not isinstance(edition, Sheet) and edition.has_annex:
        pages |= {"annex": render([edition], style, annex=True), BRIEF: brief(edition, style)}
    code = "" if isinstance(edition, Sheet) else edition.manifest.code
    put_all_in_place(
        {
            folder / f"{name}.{lang}.pdf": _set(
                page, identifier=code or hashlib.sha256(page.encode()).hexdigest()[:16]
            )
            for name, page in pages.items()
        }
    )
    return folder / f"report.{lang}.pdf"


def report_pdf(edition: Edition) -> bytes:
    """The report without its annex, where no folder holds it; `InputError` as for `write_pdf`."""
    style = (TEMPLATES / "pdf.css").read_text(encoding="utf-8")
    return _set(render([edition], style), identifier=edition.manifest.code)


def brief_pdf(edition: Edition) -> bytes:
    """The answer on one page, where no folder holds it; `InputError` as for `write_pdf`."""
    style = (TEMPLATES / "pdf.css").read_text(encoding="utf-8")
    return _set(brief(edition, style), identifier=edition.manifest.code)


def _set(page: str, identifier: str) -> bytes:
    """The pages as PDF. What the screen's style says beyond paper is passed over without a word."""
    try:
        from weasyprint import HTML
    except OSError as error:  # the Python package is there, the system's library is not
        raise InputError(
            "a PDF needs the system library Pango (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
            f" libharfbuzz-subset0); the HTML report is complete without it ({error})"
        ) from error
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return bytes(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode()))
