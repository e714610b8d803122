"""A question: straight to its answer if there is one, else what it would take to work it out; and the runs that do."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sim.app import asked_often, cautions
from sim.app.answers import Answer
from sim.app.desk import Called, Desk, desk, inline, listed, today, together
from sim.app.expecting import expected_seconds
from sim.app.jobs import RefusedError
from sim.app.lever_form import label, shown_value
from sim.app.pages import kept_answer
from sim.app.pages.start import share
from sim.app.questions import asked, policy
from sim.app.rendering import language, page
from sim.app.texts import texts
from sim.atlas.kept import shipped
from sim.design import Design
from sim.errors import InputError
from sim.parameters.declaration import Declaration, Value
from sim.report.messages import Messages
from sim.report.sentences import Sentence

_MINUTE = 60.0
MOST_OTHERS = 4  # designs compared with the first
_FIELDS = ("worlds", "seed", "scale")


def often(request: Request) -> Response:
    """One of the questions of the front page leads to the designs that answer it."""
    here, lang = desk(request), language(request)
    question = asked_often.find(request.path_params["key"])
    designs = [here.own.find(key) for key in (question.a, *question.b.split())]
    where = _ready(here, designs, lang) or f"/{lang}/sporsmal?{urlencode({'a': question.a, 'b': question.b})}"
    return RedirectResponse(where, status_code=303)


def show(request: Request) -> Response:
    """The answer if there is one and nothing else was asked for; else the form to work it out."""
    here, lang, query = desk(request), language(request), request.query_params
    a = here.own.find(query.get("a", ""))
    others = _others(here, a, query.getlist("b"))
    if not others:
        return page(request, "same.html.j2", status=422, a=inline(a, lang),
                    b=inline(here.own.find(query.get("b") or a.key), lang), designs=listed(here, lang),
                    chosen=(a.key, query.get("b") or a.key))  # fmt: skip
    if "ny" not in query and (where := _ready(here, [a, *others], lang, pairs=True)):
        return RedirectResponse(where, status_code=303)
    written = {name: query[name] for name in _FIELDS if name in query}
    return _form(request, here, [a, *others], written)


def _others(here: Desk, a: Design, keys: list[str]) -> list[Design]:
    """The designs to compare with the first: each once, those left out that are the same as it in the years played."""
    told, found = {policy(a, here.registry)}, []
    for key in dict.fromkeys(" ".join(keys).split()):
        design = here.own.find(key)
        seen = policy(design, here.registry)
        parts = a.parts_from(design, here.registry)
        if seen not in told and parts is not None and parts <= here.usual.end:
            told.add(seen)
            found.append(design)
    return found[:MOST_OTHERS]


def _ready(here: Desk, designs: list[Design], lang: str, *, pairs: bool = False) -> str | None:
    """Where an answer stands: the one that comes along, unless one that was played here rests on as much.

    Parameters
    ----------
    pairs : bool
        Whether the one that comes along will do for two designs only.
    """
    played, kept = here.answers.to(*designs), shipped()
    along = kept_answer.ready(designs, here.registry, lang) if len(designs) == 2 or not pairs else None  # noqa: PLR2004 - a pair
    if played is not None and (along is None or kept is None or played.rests_on_as_much(kept.manifest)):
        return _address(played, designs, lang)
    return along[0] if along else None


def _address(answer: Answer, designs: list[Design], lang: str) -> str:
    wider = f"?{urlencode({'av': designs[1].key})}" if len(answer.designs) > len(designs) else ""
    return f"/{lang}/resultat/{answer.name}{wider}"


def _form(
    request: Request, here: Desk, designs: list[Design], form: dict[str, str], fault: str = ""
) -> Response:
    lang = language(request)
    words = texts(lang)
    a, *others = designs
    by_name = Called(lang, today(designs, here.registry))
    called = [by_name.opening(others[0]), *(by_name.inline(b) for b in others[1:])]
    worlds = form.get("worlds", str(here.usual.worlds))
    written = {name: form[name] for name in _FIELDS if name in form}
    asked_for = {"a": a.key, "b": [b.key for b in others], **written, "ny": 1}
    scale = here.usual.scale
    return page(
        request, "question.html.j2", status=422 if fault else 200,
        designs=designs, titles={design.key: by_name.title(design) for design in designs},
        descriptions={design.key: by_name.description(design) for design in designs},
        heading=words.html("question.title", a=by_name.inline(a), b=together(called, words)),
        kept=_kept_answer(here, designs, lang), question=asked_often.answered_by(*(design.key for design in designs)),
        differences=[(b, differences(here, a, b, lang)) for b in others], fault=fault,
        warnings=[*cautions.beyond(tuple(designs), here.registry, words), *cautions.of_run(here.usual.worlds, scale, words)],
        scales=[(f"{one:g}", one, share(one, lang)) for one in here.usual.scales],
        chosen={"worlds": worlds, "scale": form.get("scale", f"{scale:g}"), "seed": form.get("seed", str(here.usual.seed))},
        most=here.bounds.worlds, rough=rough_time(here, designs, written, lang),
        address=f"/sporsmal?{urlencode(asked_for, doseq=True)}",
    )  # fmt: skip


def _kept_answer(here: Desk, designs: list[Design], lang: str) -> dict[str, object] | None:
    """The answer that comes along for two designs: where it is, its verdict, what it rests on; None if there is none."""
    kept = kept_answer.ready(designs, here.registry, lang) if len(designs) == 2 else None  # noqa: PLR2004 - a pair
    if kept is None:
        return None
    where, edition = kept
    return {"where": where, "verdict": edition.headline[0], "worlds": edition.years["worlds"]}


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


def rough_time(here: Desk, designs: list[Design], written: dict[str, str], lang: str) -> str:
    """How long the run will take as it is asked for, in words; as usual where a field can't be read."""
    first, *more = [design.key for design in designs[1:]]
    form = {"a": designs[0].key, "b": first, "more": " ".join(more)}
    try:
        question = asked({**form, **written}, here.usual, here.bounds, lang)
    except InputError:
        question = asked(form, here.usual, here.bounds, lang)
    minutes = round(expected_seconds(question, here.answers, here.usual.workers) / _MINUTE)
    words = texts(lang)
    return (
        words.text("question.minutes", n=str(minutes))
        if minutes
        else words.text("question.less_than_a_minute")
    )


async def run(request: Request) -> Response:
    """Put a question into the queue, and show how far it is."""
    async with request.form(max_fields=10, max_files=0) as form:
        return await run_in_threadpool(_run, request, {key: str(value) for key, value in form.items()})


def _run(request: Request, form: dict[str, str]) -> Response:
    here, lang = desk(request), language(request)
    a = here.own.find(form.get("a", ""))
    keys = [form.get("b", ""), form.get("more", "")]
    others = _others(here, a, keys)
    if not others:
        return RedirectResponse(
            f"/{lang}/sporsmal?{urlencode({'a': a.key, 'b': keys[0] or a.key})}", status_code=303
        )
    first, *more = [design.key for design in others]
    try:
        question = asked({**form, "b": first, "more": " ".join(more)}, here.usual, here.bounds, lang)
    except InputError as error:
        if error.field not in _FIELDS:
            raise
        return _form(request, here, [a, *others], form, fault=str(error.field))
    try:
        job = here.jobs.ask(question)
    except RefusedError as error:
        return page(request, "refused.html.j2", status=503, why=f"refused.{error.field}")
    return RedirectResponse(f"/{lang}/jobb/{job.key}", status_code=303)
