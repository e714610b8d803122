"""Pages made from templates, in the language that the address names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from sim.app.texts import texts
from sim.report.messages import LANGUAGES

_HERE = Path(__file__).parent
_REPORT = _HERE.parent / "report"
_ATLAS = _HERE.parent / "atlas" / "templates"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

_TAG_OR_WORD = re.compile(r"(<[^>]*>)|(\w+(?:-\w+)+)")

PROGRESS_MARK = "<!-- progress -->"


@cache
def environment() -> Environment:
    """The page's templates, which may use those of the report."""
    made = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(_HERE / "templates"), FileSystemLoader([_REPORT / "templates", _ATLAS])]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["unbroken"] = unbroken
    return made


def unbroken(heading: str) -> Markup:
    """A heading whose words with hyphens stay on one line."""
    return Markup(
        _TAG_OR_WORD.sub(lambda m: m[1] or f'<span class="whole">{m[2]}</span>', heading)
    )  # escaped before


def get_ready() -> None:
    """Load what the pages of a run and of its answer are made with, before the first is asked for."""
    import pandas  # noqa: F401, ICN001 - only to have it loaded
    import pyarrow.dataset
    import pyarrow.parquet  # noqa: F401

    for name in environment().list_templates(["j2"]):
        environment().get_template(name)
    for lang in LANGUAGES:
        texts(lang)


@cache
def static_files() -> Mapping[str, tuple[bytes, str]]:
    """Content and type of every file that is served as it is: nothing else on the disk can be asked for."""
    files = [
        *sorted((_HERE / "static").iterdir()),
        _REPORT / "templates" / "report.css",
        _ATLAS / "atlas.css",
    ]
    return {file.name: (file.read_bytes(), _TYPES[file.suffix]) for file in files if file.suffix in _TYPES}


def language(request: Request) -> str:
    """The language of an address."""
    lang = str(request.path_params.get("lang", request.url.path.strip("/").split("/")[0]))
    return lang if lang in LANGUAGES else LANGUAGES[0]


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page."""
    return HTMLResponse(text(request, template, **values), status_code=status)


def text(request: Request, template: str, address: str = "/", **values: Any) -> str:
    """A page's HTML.

    Parameters
    ----------
    address : str
        Behind the language, where the page that answers a form is found in the other one.
    """
    lang = language(request)
    words = texts(lang)
    return environment().get_template(template).render(
        lang=lang,
        t=partial(_said, words),
        languages=[(other, texts(other), _in(request, other, address)) for other in LANGUAGES],
        path=request.url.path,
        **values,
    )  # fmt: skip


def piece(lang: str, template: str, **values: Any) -> Markup:
    """A part of a page that has a template of its own."""
    words = partial(_said, texts(lang))
    return Markup(environment().get_template(template).render(lang=lang, t=words, **values))


def _said(words: Any, key: str, **values: Any) -> Any:
    return words.html(key, **values)


def _in(request: Request, lang: str, address: str) -> str:
    """The same page's address in a language."""
    parts = request.url.path.split("/")
    if request.method == "POST" or len(parts) <= 1 or parts[1] not in LANGUAGES:
        return f"/{lang}{address}"
    parts[1] = lang
    query = f"?{request.url.query}" if request.url.query else ""
    return "/".join(parts) + query
