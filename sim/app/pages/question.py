"""A question: straight to its answer if there is one, else what it would take to work it out; and the runs that do."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sim.app import cautions
from sim.app.answers import Answer
from sim.app.desk import Desk, desk, inline, title
from sim.app.jobs import RefusedError
from sim.app.lever_form import label, shown_value
from sim.app.pages.start import share
from sim.app.questions import asked, policy
from sim.app.rendering import language, page
from sim.app.texts import texts
from sim.design import Design
from sim.errors import InputError
from sim.parameters.declaration import Declaration, Value
from sim.report.messages import Messages
from sim.report.quantity import Quantity
from sim.report.sentences import Sentence

_MINUTE = 60.0
_FIELDS = ("worlds", "seed", "scale")


def show(request: Request) -> Response:
    """The answer if there is one and nothing else was asked for; else the form to work it out."""
    here, lang, query = desk(request), language(request), request.query_params
    a, b = here.own.find(query.get("a", "")), here.own.find(query.get("b", ""))
    if _same(here, a, b):
        return page(request, "same.html.j2", status=422, a=inline(a, lang), b=inline(b, lang),
                    designs=[(design.key, title(design, lang)) for design in here.offered()],
                    chosen=(a.key, b.key))  # fmt: skip
    answer = here.answers.to(a, b)
    if answer is not None and "ny" not in query:
        return RedirectResponse(_address(answer, a, b, lang), status_code=303)
    return _form(request, here, a, b, {})


def _same(here: Desk, a: Design, b: Design) -> bool:
    """Whether two designs set the same in all the years that are played."""
    parts = a.parts_from(b, here.registry)
    return parts is None or parts > here.usual.end or policy(a, here.registry) == policy(b, here.registry)


def _address(answer: Answer, a: Design, b: Design, lang: str) -> str:
    wider = f"?{urlencode({'av': b.key})}" if len(answer.designs) > len((a, b)) else ""
    return f"/{lang}/resultat/{answer.name}{wider}"


def _form(
    request: Request, here: Desk, a: Design, b: Design, form: dict[str, str], fault: str = ""
) -> Response:
    lang = language(request)
    words = texts(lang)
    worlds = form.get("worlds", str(here.usual.worlds))
    scale = here.usual.scale
    return page(
        request, "question.html.j2", status=422 if fault else 200,
        a=a, b=b, titles={design.key: title(design, lang) for design in (a, b)},
        heading=words.html("question.title", a=inline(a, lang), b=title(b, lang)),
        differences=differences(here, a, b, lang), fault=fault,
        warnings=[*cautions.beyond((a, b), here.registry, words), *cautions.of_run(here.usual.worlds, scale, words)],
        scales=[(f"{one:g}", one, share(one, lang)) for one in here.usual.scales],
        chosen={"worlds": worlds, "scale": form.get("scale", f"{scale:g}"), "seed": form.get("seed", str(here.usual.seed))},
        most=here.bounds.worlds, rough=rough_time(here, lang),
    )  # fmt: skip


def differences(here: Desk, a: Design, b: Design, lang: str) -> list[tuple[int, list[Sentence]]]:
    """What sets two designs apart: by the year from which it holds, lever by lever; each once."""
    found, told = [], set()
    for year in sorted({here.usual.start} | a.years_of_change() | b.years_of_change()):
        if not here.usual.start <= year <= here.usual.end:
            continue
        rows = []
        for name in a.differences_in(b, year, here.registry):
            values = [design.value(name, year, here.registry) for design in (a, b)]
            if (name, *values) not in told:
                told.add((name, *values))
                rows += _told(here.registry.find(name), values[0], values[1], texts(lang))
        if rows:
            found.append((year, rows))
    return found


def _told(d: Declaration, before: Value, after: Value, words: Messages) -> list[Sentence]:
    """A lever's change in words; of a list only what comes and what goes."""
    lever = label(d, words)
    if d.item is None or set(before) == set(after):
        values = {"lever": lever, "before": shown_value(before, words), "after": shown_value(after, words)}
        return [Sentence(words, "question.from_to", values)]
    gone = tuple(item for item in before if item not in after)
    come = tuple(item for item in after if item not in before)
    return [
        Sentence(words, key, {"lever": lever, "items": shown_value(items, words)})
        for key, items in (("question.drops", gone), ("question.adds", come))
        if items
    ]


def rough_time(here: Desk, lang: str) -> dict[str, object] | None:
    """How long the latest run of two designs took; None if there was none."""
    words = texts(lang)
    for answer in here.answers.all():
        facts = answer.manifest
        seconds = (facts.get("run") or {}).get("seconds")
        if seconds and len(answer.designs) == 2:  # noqa: PLR2004 - as many as are asked about here
            minutes = round(float(seconds) / _MINUTE)
            told = (
                words.text("question.minutes", n=str(minutes))
                if minutes
                else words.text("question.less_than_a_minute")
            )
            worlds = Quantity(float(facts["worlds"]), "manifest.json#path=worlds", words, "worlds")
            scale = words.text("question.scale_value", share=str(share(float(facts["scale"]), lang)))
            return {"worlds": worlds, "share": scale, "minutes": told}
    return None


async def run(request: Request) -> Response:
    """Put a question into the queue, and show how far it is."""
    async with request.form(max_fields=10, max_files=0) as form:
        return await run_in_threadpool(_run, request, {key: str(value) for key, value in form.items()})


def _run(request: Request, form: dict[str, str]) -> Response:
    here, lang = desk(request), language(request)
    a, b = here.own.find(form.get("a", "")), here.own.find(form.get("b", ""))
    if _same(here, a, b):
        return RedirectResponse(f"/{lang}/sporsmal?{urlencode({'a': a.key, 'b': b.key})}", status_code=303)
    try:
        question = asked(form, here.usual, here.bounds, lang)
    except InputError as error:
        if error.field not in _FIELDS:
            raise
        return _form(request, here, a, b, form, fault=str(error.field))
    try:
        job = here.jobs.ask(question)
    except RefusedError as error:
        return page(request, "refused.html.j2", status=503, why=f"refused.{error.field}")
    return RedirectResponse(f"/{lang}/jobb/{job.key}", status_code=303)
