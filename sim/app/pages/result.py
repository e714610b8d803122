"""An answer: what came of it and how sure it is, what it rests on, and what can be taken home."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from sim.app import cautions, scenario_text
from sim.app.answers import Answer
from sim.app.asked_often import answered_by
from sim.app.desk import HISTORY, desk
from sim.app.downloads import zipped
from sim.app.own_designs import PREFIX
from sim.app.pages.conditions import answered
from sim.app.rendering import language, page
from sim.app.tables import SHEETS, as_csv, as_xlsx, difference_rows
from sim.app.texts import texts
from sim.errors import InputError, NotToldError
from sim.experiments.manifest import described
from sim.report.edition import Edition
from sim.report.figures.png import png
from sim.report.figures.svg import svg_file
from sim.report.messages import LANGUAGES
from sim.report.pdf import write_pdf
from sim.report.rendering import ANNEX, BRIEF, REPORT
from sim.report.sentences import Sentence
from sim.scenario_files import load_design, names
from sim.studies.telling import tell

SECTIONS = ("answer", "money", "sure", "unsure", "over_time", "gains", "costs", "draw")
_MAKING = Lock()
_LOG = logging.getLogger(__name__)
PAPERS = {"rapport": "report", "vedlegg": "annex", "kort": BRIEF}
"""Names of the PDFs in addresses, and of their files."""
NOT_TOLD = "version"  # field of the error where a file can't be made of results
_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
BASIS = (
    "designs", "design", "theory", "surveys", "added", "limits", "assumptions", "sources", "reproduce",
    "glossary", "annex",
)  # fmt: skip


def found(request: Request) -> tuple[Answer, Edition]:
    """The answer that an address names."""
    here = desk(request)
    answer = here.answers.find(request.path_params["name"])
    return answer, here.answers.edition(answer, language(request))


def shown(request: Request, template: str, tab: str, answer: Answer, e: Edition, **values: Any) -> Response:
    """One of an answer's pages."""
    return page(request, template, answer=answer, e=e, tab=tab, **values)


def show(request: Request) -> Response:
    """The answer."""
    answer, e = found(request)
    words = texts(language(request))
    warnings: list[Sentence] = cautions.of_answer(answer, e, words)
    if request.query_params.get("av") in answer.designs:
        warnings = [Sentence(words, "caution.wider"), *warnings]
    known = set(names())
    return shown(
        request, "answer.html.j2", "answer", answer, e,
        sections=[section for section in SECTIONS if section in e.sections], warnings=warnings,
        conditions=answered(answer.designs, language(request), desk(request).registry),
        question=answered_by(*answer.designs[:2]) if e.is_compared else None,
        figures=[(key, figure.title) for key, figure in e.figures.items()],
        again=[key for key in answer.designs if key in known or key.startswith(PREFIX)],
    )  # fmt: skip


def basis(request: Request) -> Response:
    """What the answer rests on."""
    answer, e = found(request)
    return shown(request, "basis.html.j2", "basis", answer, e,
                 sections=[section for section in BASIS if section in e.sections])  # fmt: skip


def without_language(request: Request) -> Response:
    """An answer's address without a language leads to the language it was asked in."""
    answer = desk(request).answers.find(request.path_params["name"])
    lang = answer.manifest.get("lang")
    return RedirectResponse(
        f"/{lang if lang in ('nb', 'en') else 'nb'}/resultat/{answer.name}", status_code=302
    )


def report(request: Request) -> Response:
    """The report, to be kept, made when it is first asked for.

    It is handed over as a file, for the page's own policy would strip it of its style.
    """
    answer = desk(request).answers.find(request.path_params["name"])
    return kept_file(_made(answer.folder, REPORT), f"{answer.name}.html", "text/html; charset=utf-8")


def annex(request: Request) -> Response:
    """The report's annex, under the name by which the report links to it when both lie in one folder."""
    answer = desk(request).answers.find(request.path_params["name"])
    return kept_file(_made(answer.folder, ANNEX), ANNEX, "text/html; charset=utf-8")


def paper(request: Request) -> Response:
    """The report, its annex or the brief as PDF in one language, set when one of them is first asked for."""
    answer = desk(request).answers.find(request.path_params["name"])
    kind, lang = request.path_params["kind"], request.path_params["lang"]
    if kind not in PAPERS or lang not in LANGUAGES:
        raise InputError("there is no such file", field="kind")
    content = _made(answer.folder, f"{PAPERS[kind]}.{lang}.pdf")
    return kept_file(content, f"{answer.name}-{kind}.{lang}.pdf", "application/pdf")


def _made(folder: Path, name: str) -> bytes:
    """A file that is made of finished results; made now if it is not there."""
    file = folder / name
    if file.is_symlink():
        raise InputError("there is no such file among these results", field="name")
    with _MAKING:  # once, however many ask for it at the same time
        if not file.is_file():
            write = write_pdf if name.endswith(".pdf") else None
            try:
                tell(folder, name.split(".")[-2] if write else None, write)
            except NotToldError:
                _LOG.warning("%s can't be told of", folder, exc_info=True)
                raise InputError(
                    "these results can't be told of by this version of the code", field=NOT_TOLD
                ) from None
    if not file.is_file():
        raise InputError("these results have no such file", field="name")
    return file.read_bytes()


def sheet(request: Request) -> Response:
    """The differences with headings in words, for a spreadsheet: xlsx, or CSV as the language's Excel reads it."""
    here = desk(request)
    answer = here.answers.find(request.path_params["name"])
    return table_file(
        here.answers.edition(answer, checked_language(request)), answer.name, request.path_params["kind"]
    )


def figure(request: Request) -> Response:
    """One of the answer's figures as SVG or PNG, with its caption and where it is from."""
    here = desk(request)
    answer = here.answers.find(request.path_params["name"])
    key, kind = (request.path_params[part] for part in ("key", "kind"))
    return picture_file(here.answers.edition(answer, checked_language(request)), answer.name, key, kind)


def checked_language(request: Request) -> str:
    """The language that a file's address names; `InputError` for one that there is not."""
    lang = str(request.path_params["lang"])
    if lang not in LANGUAGES:
        raise InputError("there is no such file", field="lang")
    return lang


def table_file(e: Edition, name: str, kind: str) -> Response:
    """An answer's differences as a file to be kept; `InputError` for a kind that there is not."""
    if kind not in SHEETS:
        raise InputError("there is no such file", field="kind")
    words = texts(e.lang)
    rows = difference_rows(e, words)
    content = as_csv(rows, comma=e.lang == "nb") if kind == "csv" else as_xlsx(rows, words.raw("sheet.name"))
    return kept_file(content, f"{name}-tabell.{e.lang}.{kind}", SHEETS[kind])


def picture_file(e: Edition, name: str, key: str, kind: str) -> Response:
    """An answer's figure as a file to be kept, the line on where it is from below it; `InputError` if there is none."""
    if key not in e.figures or kind not in _PICTURES:
        raise InputError("there is no such figure", field="key")
    told = {"title": e.title.striptags(), "version": e.manifest.version or "–", "seed": str(e.manifest.seed)}
    origin = str(e.t("figure.source", **told))
    content = svg_file(e.figures[key], e.lang, origin) if kind == "svg" else png(e.figures[key], origin)
    return kept_file(content, f"{name}-{key}.{e.lang}.{kind}", _PICTURES[kind])


def data(request: Request) -> Response:
    """All tables in one file."""
    answer = desk(request).answers.find(request.path_params["name"])
    headers = {"Content-Disposition": f'attachment; filename="{answer.name}.zip"'}
    return StreamingResponse(zipped(answer.folder), media_type="application/zip", headers=headers)


def scenario(request: Request) -> Response:
    """One of the answer's designs as a scenario file."""
    here = desk(request)
    answer = here.answers.find(request.path_params["name"])
    key = request.path_params["key"]
    facts = next((facts for facts in answer.manifest["designs"] if facts["key"] == key), None)
    if facts is None:
        raise InputError("there is no such design in these results", field="key")
    own = here.own.text(key)
    if own is None:
        history = described(load_design(HISTORY, here.registry), here.registry)
        own = scenario_text.described(facts, history)
    return kept_file(own.encode(), f"{key}.yaml", "application/yaml; charset=utf-8")


def kept_file(content: bytes, name: str, media_type: str) -> Response:
    """A file to be kept, under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
