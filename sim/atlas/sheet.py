"""The atlas as a page that opens offline, in two languages: every design against the first of them."""

from __future__ import annotations

from pathlib import Path

from sim.atlas.kept import KeptAtlas
from sim.atlas.telling import Telling
from sim.report.rendering import in_both, put_page, rendered

TEMPLATES = Path(__file__).parent / "templates"
PAGE = "atlas.html"


def write_sheet(folder: Path, lang: str = "nb") -> Path:
    """Write `atlas.html` of a folder, opening in the chosen language.

    Raises
    ------
    ValueError
        For a language without texts.
    """
    kept = KeptAtlas(Path(folder))
    pages = in_both(lambda each: Telling(kept, each, kept.designs[0]), lang)
    style = (TEMPLATES / "atlas.css").read_text(encoding="utf-8")
    return put_page(kept.folder / PAGE, rendered("atlas.html.j2", pages, style, TEMPLATES))
