"""On what conditions? The assumptions that a shipped answer hangs on: set, answered at once, checked by fresh runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sim.app.asked_often import answered_by
from sim.app.condition_words import Telling
from sim.app.desk import desk, kept_as_own
from sim.app.experiment_words import tried as experiment_with
from sim.app.rendering import language, page
from sim.conditions.kept import Conditions, shipped
from sim.errors import InputError
from sim.parameters.registry import Registry
from sim.report.names import by_name

MOST_FIELDS = 40


def answered(designs: Iterable[str], lang: str, registry: Registry) -> Telling | None:
    """The first shipped answer that is about two of these designs."""
    known = {*designs}
    found = (kept for kept in shipped() if set(kept.designs) <= known)
    return next((Telling(kept, registry, lang) for kept in found), None)


def question_of(kept: Conditions, lang: str) -> str:
    """The question of the front page that an answer belongs to."""
    b, a = kept.designs
    asked = answered_by(a, b)
    return asked.words[lang] if asked else kept.key


def questions(lang: str, besides: Conditions | None = None) -> list[tuple[str, str]]:
    """Key and question of every shipped answer but one, in alphabetical order."""
    found = [(one.key, question_of(one, lang)) for one in shipped() if one is not besides]
    return by_name(found, itemgetter(1), lang)


def show(request: Request) -> Response:
    """The form and its answer."""
    return _shown(request, {name: text for name, text in request.query_params.items() if text.strip()})


async def check(request: Request) -> Response:
    """To a comparison of both designs with these assumptions, which fresh runs answer."""
    async with request.form(max_fields=MOST_FIELDS, max_files=0) as form:
        written = {key: str(value) for key, value in form.items()}
        return await run_in_threadpool(_checked, request, written)


def _kept(request: Request) -> Conditions:
    """The answer that the address names; the first one if it names none."""
    wanted = request.path_params.get("key")
    kept = next((one for one in shipped() if wanted in (None, one.key)), None)
    if kept is None:
        raise InputError("no answer on these conditions comes along", field="conditions")
    return kept


def _read(kept: Conditions, written: Mapping[str, str]) -> tuple[dict[str, float], list[str]]:
    """The assumptions that can be used, the others at their middle; and the names of those that can't."""
    values, faults = {}, []
    for one in kept.assumptions:
        values[one.name] = one.middle
        text = "".join(written.get(one.name, "").split()).replace(",", ".")
        if not text:
            continue
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if one.low <= value <= one.high:
            values[one.name] = value
        else:
            faults.append(one.name)
    return values, faults


def _shown(request: Request, written: Mapping[str, str]) -> Response:
    here, lang, kept = desk(request), language(request), _kept(request)
    values, faults = _read(kept, written)
    tried = experiment_with(kept.designs, lang)
    telling = Telling(kept, here.registry, lang)
    shown: dict[str, Any] = {
        "said": [] if faults else telling.at(values),
        "asked": any(one.name in written for one in kept.assumptions),
    }
    return page(
        request, "conditions.html.j2", status=422 if faults else 200, telling=telling, faults=faults,
        fields=telling.fields(values, {name: written[name] for name in faults}), values=values,
        address=f"/vilkar/{kept.key}?{urlencode(written)}", here=f"/{lang}/vilkar/{kept.key}",
        tried=tried, tried_old=tried.kept.outdated(here.registry) if tried else [],
        others=questions(lang, besides=kept), **shown,
    )  # fmt: skip


def _checked(request: Request, written: Mapping[str, str]) -> Response:
    here, lang, kept = desk(request), language(request), _kept(request)
    values, faults = _read(kept, written)
    if faults:
        return _shown(request, written)
    b, a = (kept_as_own(here, here.own.find(key).with_assumptions(values)) for key in kept.designs)
    return RedirectResponse(f"/{lang}/sporsmal?{urlencode({'a': a, 'b': b})}", status_code=303)
