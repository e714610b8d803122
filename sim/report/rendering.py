"""Pages of the report from their templates, and how a page and its figures come to lie in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from sim.cached import cache_home
from sim.in_place import put_all_in_place
from sim.report.figures.panel import Figure
from sim.report.messages import LANGUAGES, load

if TYPE_CHECKING:
    from jinja2 import FileSystemBytecodeCache

TEMPLATES = Path(__file__).with_name("templates")
REPORT = "report.html"
ANNEX = "annex.html"
BRIEF = "brief"
FIGURES = "figures"
Edition = TypeVar("Edition")


def in_both(make: Callable[[str], Edition], lang: str) -> list[Edition]:
    """What is to be told, made in the chosen language and then in the other; ValueError for one without texts."""
    load(lang)
    return [make(each) for each in (lang, *(other for other in LANGUAGES if other != lang))]


def rendered(
    template: str,
    editions: Sequence[object],
    further_style: str = "",
    beside: Path | None = None,
    **values: object,
) -> str:
    """A page of one or more languages, the first of which it opens in.

    Parameters
    ----------
    further_style : str
        Added behind the report's own.
    beside : Path, optional
        Folder of further templates, looked into first.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        bytecode_cache=_compiled_templates(),
        loader=FileSystemLoader([*([beside] if beside else []), TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8") + further_style
    return environment.get_template(template).render(editions=editions, style=style, **values) + "\n"


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """Where templates are kept compiled, by a digest of their text; None where none can be written."""
    from jinja2 import FileSystemBytecodeCache

    try:
        place = cache_home() / "templates"
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    return FileSystemBytecodeCache(str(place)) if os.access(place, os.W_OK) else None


def put_page(
    file: Path,
    page: str,
    figures: Iterable[Figure] = (),
    beside: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """Put a page in its place, its figures as PNG into a folder beside it, and further pages by name: all of them, or none.

    Nothing is put there before everything is made and safe on the disk.
    """
    from sim.report.figures.png import png

    made = {file.parent / FIGURES / f"{figure.key}.png": png(figure) for figure in figures}
    further = {file.parent / name: text.encode() for name, text in beside.items()}
    put_all_in_place({**made, **further, file: page.encode()})
    return file
