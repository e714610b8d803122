"""The report as a PDF in one language: the same page as the HTML, set on paper, readable for screen readers (PDF/UA)."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from sim.errors import InputError
from sim.report.edition import Edition
from sim.report.messages import load
from sim.report.page import TEMPLATES, is_analysis, render
from sim.report.results import Results


def write_pdf(folder: Path, lang: str = "nb") -> Path:
    """Write `report.<lang>.pdf` from a results folder's files; the same files give the same bytes.

    Parameters
    ----------
    folder : Path
        Holds what a study, an analysis or a sweep wrote; gets the file.
    lang : str
        `nb` or `en`.

    Returns
    -------
    Path
        Of the PDF.

    Raises
    ------
    InputError
        If the folder holds no results, or the system lacks the library that sets text (Pango).
    ValueError
        For a language without texts.
    """
    load(lang)
    if is_analysis(Path(folder)):
        return _analysis_pdf(Path(folder), lang)
    results = Results(Path(folder))
    page = render([Edition(results, lang)], (TEMPLATES / "pdf.css").read_text(encoding="utf-8"))
    file = results.folder / f"report.{lang}.pdf"
    file.write_bytes(_set(page, identifier=results.manifest.code or "kompetansesim"))
    return file


def _analysis_pdf(folder: Path, lang: str) -> Path:
    """The page of a sweep or an analysis as PDF."""
    from sim.report.analysis import rendered, sheet_of, source_of

    page = rendered([sheet_of(source_of(folder, lang))], (TEMPLATES / "pdf.css").read_text(encoding="utf-8"))
    file = folder / f"report.{lang}.pdf"
    file.write_bytes(_set(page, identifier=hashlib.sha256(page.encode()).hexdigest()[:16]))
    return file


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
