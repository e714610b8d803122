"""Changing the levers of a design, and uploading a scenario: both make a design of the visitor's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sim.app import scenario_text
from sim.app.desk import Desk, desk, inline, kept_as_own, title
from sim.app.fault_words import in_language
from sim.app.lever_form import Changes, changes, form_groups, levers, rewritten
from sim.app.own_designs import PREFIX, titles
from sim.app.rendering import language, page
from sim.app.texts import texts
from sim.design import DECISION_YEAR, Design
from sim.errors import InputError
from sim.report.messages import LANGUAGES
from sim.scenario_files.values import DIGITS_OF_A_YEAR

MOST_FIELDS = 600
LONGEST_TITLE = 80
_NO_LEVERS = ("a", "title", "from")
_FIRST_YEAR, _LAST_YEAR = 2018, 2034  # in which a change can begin


def show(request: Request) -> Response:
    """The form, with the values of a design, and in some fields what the address says."""
    here, query = desk(request), request.query_params
    design = here.own.find(query.get("a", ""))
    written = {key: query.getlist(key) for key in query if key not in _NO_LEVERS}
    year = _year(query.get("from", "")) or DECISION_YEAR
    return _form(request, here, design, year, written, named=query.get("title", "")[:LONGEST_TITLE])


async def change(request: Request) -> Response:
    """Take the form: to the question if all is well, back to the form if not, or to the form in the other language."""
    async with request.form(max_fields=MOST_FIELDS, max_files=0) as form:
        return await run_in_threadpool(_changed, request, form)


def _changed(request: Request, form: FormData) -> Response:
    here, lang = desk(request), language(request)
    written = {key: [str(value) for value in form.getlist(key)] for key in form}
    for d in levers(here.registry):
        if d.item and d.words:
            written.setdefault(d.name, [])  # nothing is ticked
    design = here.own.find(_one(written, "a"))
    named = _one(written, "title")[:LONGEST_TITLE]
    year = _year(_one(written, "from"))
    if _one(written, "to") in LANGUAGES:
        return _in_other_language(here, design, written, lang, _one(written, "to"))
    if year is None:
        faults = {"from": texts(lang).text("levers.fault", expected=texts(lang).text("levers.expected.year"))}
        return _form(request, here, design, DECISION_YEAR, written, faults, named)
    changed = changes(here.registry, design, year, written, texts(lang))
    if changed.faults or changed.is_none:
        nothing = not changed.faults
        return _form(request, here, design, year, written, changed.faults, named, nothing=nothing)
    return _asked(here, design, changed, year, named, lang)


def _asked(here: Desk, design: Design, changed: Changes, year: int, named: str, lang: str) -> Response:
    """To the question. Where levers are changed, both designs get the assumptions; else one is held against itself without."""
    fallback = {
        other: texts(other).text("levers.default_title", design=title(design, other)) for other in LANGUAGES
    }
    called, base = titles(named, fallback), design.key
    assumed = changed.assume(design)
    sets_some = assumed.assumptions != design.assumptions
    if sets_some and changed.levers:
        base = kept_as_own(here, assumed)
    if sets_some or design.key.startswith(PREFIX):  # a file can extend only designs that come with the model
        whole = assumed.with_levers(changed.levers, year)
        made = here.own.keep(scenario_text.whole(whole, called, here.registry))
    else:
        made = here.own.keep(scenario_text.changed(design.key, called, changed.levers, year))
    return RedirectResponse(f"/{lang}/sporsmal?{urlencode({'a': base, 'b': made.key})}", status_code=303)


def _in_other_language(
    here: Desk, design: Design, written: Mapping[str, Sequence[str]], was: str, lang: str
) -> Response:
    """The form in another language, what was written in it kept."""
    year = _year(_one(written, "from")) or DECISION_YEAR
    kept = rewritten(here.registry, design, year, written, texts(was), texts(lang))
    more = {name: _one(written, name) for name in ("title", "from") if _one(written, name)}
    return RedirectResponse(
        f"/{lang}/virkemidler?{urlencode({'a': design.key, **more, **kept}, doseq=True)}", status_code=303
    )


async def upload(request: Request) -> Response:
    """Take a scenario file: to the question if it can be used, else say what is wrong with it."""
    async with request.form(max_fields=4, max_files=1) as form:
        file = form.get("file")
        content = await file.read(desk(request).bounds.upload + 1) if isinstance(file, UploadFile) else b""
        return await run_in_threadpool(_uploaded, request, content, str(form.get("a", "")))


def _uploaded(request: Request, content: bytes, against: str) -> Response:
    here, lang = desk(request), language(request)
    if not content:
        return page(request, "upload_fault.html.j2", status=400, faults=[], why="error.no_file")
    if len(content) > here.bounds.upload:
        return page(request, "error.html.j2", status=413, key="too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _faulty(request, InputError("the text is not UTF-8"))
    design = here.own.find(against)
    try:
        made = here.own.keep(text)
    except InputError as error:
        return _faulty(request, error)
    return RedirectResponse(
        f"/{lang}/sporsmal?{urlencode({'a': design.key, 'b': made.key})}", status_code=303
    )


def _faulty(request: Request, error: InputError) -> Response:
    """What is wrong with an uploaded file, line by line."""
    lang = language(request)
    faults = [
        (one.line, in_language(one.message, lang) or texts(lang).text("error.unreadable"))
        for one in getattr(error, "errors", (error,))
    ]
    return page(request, "upload_fault.html.j2", status=400, faults=faults, why=None)


def _form(
    request: Request, here: Desk, design: Design, year: int, written: Mapping[str, Sequence[str]] | None = None,
    faults: Mapping[str, str] | None = None, named: str = "", *, nothing: bool = False,
) -> Response:  # fmt: skip
    lang = language(request)
    groups = form_groups(here.registry, design, year, texts(lang), written, faults)
    decided = [group for group in groups if not group.assumed]
    assumed = groups[len(decided) :]
    return page(
        request, "levers.html.j2", status=422 if faults or nothing else 200,
        design=design, inline=inline(design, lang), decided=decided, assumed=assumed, faults=faults or {}, nothing=nothing,
        title=named, year=year if "from" not in (faults or {}) else _one(written or {}, "from"),
        labels={field.name: field.label for group in groups for field in group.fields},
        n=sum(len(group.fields) for group in decided), longest_title=LONGEST_TITLE,
    )  # fmt: skip


def _one(written: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(written.get(name, ())), "")


def _year(text: str) -> int | None:
    """The year from which changes hold; None if what was written is none."""
    bare = text.strip()
    if not (bare.isascii() and bare.isdecimal()) or len(bare) > DIGITS_OF_A_YEAR:
        return None
    return int(bare) if _FIRST_YEAR <= int(bare) <= _LAST_YEAR else None
