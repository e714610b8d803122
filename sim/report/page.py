"""The report as one HTML file that asks for nothing outside itself, and its figures as PNG files beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sim.report.analysis import is_analysis, sheet_of
from sim.report.edition import Edition
from sim.report.evaluation import EvaluationEdition
from sim.report.evaluation_facts import EVALUATION
from sim.report.rendering import ANNEX, BRIEF, REPORT, TEMPLATES, in_both, put_page, rendered
from sim.report.results import Results
from sim.report.sheet import Sheet


def write_report(folder: Path | str, lang: str = "nb") -> Path:
    """Write `report.html` and its annex, in both languages, a brief in each, and `figures/*.png` in the chosen one.

    The annex and the briefs are made for comparisons; whatever else is told of stands on its page as a whole.

    Parameters
    ----------
    folder : Path or str
        Holds what a study, an analysis or a sweep wrote; gets the report, whole or not at all.
    lang : str
        The language that the page opens in; the other is a click away.

    Returns
    -------
    Path
        Of `report.html`.

    Raises
    ------
    InputError
        If the folder holds no results.
    ValueError
        For a language without texts.
    """
    folder = Path(folder)
    read = cache(lambda: Results(folder))  # once for both languages
    analysis = is_analysis(folder)
    editions = in_both(lambda each: sheet_of(folder, each) if analysis else edition_of(read(), each), lang)
    beside: dict[str, str] = {}
    if not isinstance(editions[0], Sheet) and editions[0].has_annex:
        beside = {ANNEX: render(editions, annex=True)}
        beside |= {f"{BRIEF}.{e.lang}.html": brief(e) for e in editions if isinstance(e, Edition)}
    return put_page(folder / REPORT, render(editions), editions[0].figures.values(), beside=beside)


def headline(folder: Path | str, lang: str = "nb") -> list[str]:
    """The answer in a few sentences, as plain text.

    Raises
    ------
    InputError
        If the folder holds no results.
    """
    return [str(sentence) for sentence in edition_in(Path(folder), lang).headline]


def edition_in(folder: Path, lang: str) -> Edition | Sheet:
    """What is told of the folder in one language: of a comparison, a single design, an evaluation, an analysis or a sweep."""
    return sheet_of(folder, lang) if is_analysis(folder) else edition_of(Results(folder), lang)


def edition_of(results: Results, lang: str) -> Edition:
    """The report in one language: that of an evaluation if the folder holds one, else of a comparison or a single design."""
    if (results.folder / f"{EVALUATION}.parquet").exists():
        return EvaluationEdition(results, lang)
    return Edition(results, lang)


def render(editions: Sequence[Edition | Sheet], further_style: str = "", *, annex: bool = False) -> str:
    """The page with one or more languages, the first of which it opens in; style is added behind the report's own."""
    return rendered(editions[0].template, editions, further_style, annex=annex)


def brief(edition: Edition, further_style: str = "") -> str:
    """The answer on one page in one language."""
    style = (TEMPLATES / "brief.css").read_text(encoding="utf-8")
    return rendered("brief.html.j2", [edition], further_style + style)
