"""The report as one HTML file that asks for nothing outside itself, and its figures as PNG files beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sim.report.edition import Edition
from sim.report.evaluation import EvaluationEdition
from sim.report.evaluation_facts import EVALUATION
from sim.report.messages import LANGUAGES, load
from sim.report.results import Results

TEMPLATES = Path(__file__).with_name("templates")
REPORT = "report.html"
FIGURES = "figures"


def write_report(folder: Path, lang: str = "nb") -> Path:
    """Write `report.html`, in both languages, and `figures/*.png` in the chosen one, from a results folder's files.

    Parameters
    ----------
    folder : Path
        Holds `manifest.json`, `summary.parquet` and what else the study wrote; gets the report.
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
    from sim.report.figures.png import save_png

    load(lang)
    if is_analysis(Path(folder)):
        from sim.report.analysis import write_analysis_report

        return write_analysis_report(Path(folder), lang)
    results = Results(Path(folder))
    editions = [
        edition_of(results, each) for each in (lang, *(other for other in LANGUAGES if other != lang))
    ]
    page = render(editions)
    pictures = results.folder / FIGURES
    pictures.mkdir(exist_ok=True)
    for figure in editions[0].figures.values():
        save_png(figure, pictures / f"{figure.key}.png")
    file = results.folder / REPORT
    file.write_text(page, encoding="utf-8")
    return file


def is_analysis(folder: Path) -> bool:
    """Whether the folder holds a sweep or an analysis (sensitivity, discovery, ...), which have pages of their own."""
    from sim.report.sweep_sheet import is_sweep

    if is_sweep(folder):
        return True
    try:
        return "kind" in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def headline(folder: Path, lang: str = "nb") -> list[str]:
    """The answer in three sentences, as plain text.

    Raises
    ------
    InputError
        If the folder holds no results.
    """
    return [str(sentence) for sentence in edition_of(Results(Path(folder)), lang).headline]


def edition_of(results: Results, lang: str) -> Edition:
    """The report in one language: that of an evaluation if the folder holds one, else of a comparison or a single design."""
    if (results.folder / f"{EVALUATION}.parquet").exists():
        return EvaluationEdition(results, lang)
    return Edition(results, lang)


def render(editions: Sequence[Edition], further_style: str = "") -> str:
    """The page with one or more languages, the first of which it opens in; style is added behind the report's own."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8") + further_style
    return environment.get_template("report.html.j2").render(editions=editions, style=style) + "\n"
