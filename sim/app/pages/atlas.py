"""The overview of all designs, and what they do for types of municipality."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from sim.app.desk import desk
from sim.app.rendering import language, page
from sim.app.tables import SHEETS, Cell, as_csv, as_xlsx, difference_rows
from sim.app.texts import texts
from sim.atlas.kept import COSTS, KeptAtlas, shipped
from sim.atlas.municipality_types import MEASURES, TYPES, TypePage
from sim.atlas.telling import Telling
from sim.atlas.weighing import MOST, WEIGHED, ranking
from sim.errors import InputError
from sim.parameters.registry import Registry
from sim.report.edition import Edition
from sim.report.messages import LANGUAGES
from sim.report.names import in_order
from sim.report.number_format import number
from sim.report.results import EVERYONE
from sim.report.sentences import Sentence

WEIGHT = "w_"  # how the names of the fields for weights begin
_KEPT_TELLINGS = 6
_MAKING = Lock()


def kept_atlas() -> KeptAtlas:
    """The atlas that comes along; `InputError` if none does."""
    kept = shipped()
    if kept is None:
        raise InputError("no atlas comes along", field="atlas")
    return kept


@lru_cache(maxsize=_KEPT_TELLINGS)
def telling(lang: str, a: str) -> Telling:
    """The atlas in a language, against one of its designs."""
    return Telling(kept_atlas(), lang, a)


def told_of(request: Request) -> Telling:
    """The atlas against the baseline that the address names; against the first design if it names none that there is."""
    kept = kept_atlas()
    wanted = request.query_params.get("mot", "")
    return telling(language(request), wanted if wanted in kept.designs else kept.designs[0])


def address(told: Telling, place: str, key: str) -> str:
    """A page's address, with the baseline if it is not the usual one."""
    usual = told.a == told.kept.designs[0]
    return f"/{told.lang}/{place}/{key}" + ("" if usual else f"?{urlencode({'mot': told.a})}")


def outdated(told: Telling, registry: Registry) -> list[Sentence]:
    """What has changed since it was made."""
    return [Sentence(told.texts, f"atlas.old.{key}") for key in told.kept.outdated(registry)]


def overview(request: Request) -> Response:
    """All designs, by theme, and the reader's own ranking."""
    told, query = told_of(request), request.query_params
    measures = [one.key for one in told.kept.outcomes]
    also = query.get("vis", "") if query.get("vis", "") in measures else ""
    weights, faults = _weights(query)
    ranked = [] if faults else ranking(told, weights)
    every = told.rows(also)
    names = {told.name(key): key for key in measures}
    return page(
        request, "overview.html.j2", status=422 if faults else 200,
        told=told, summary=told.summary(every), themes=told.by_theme(also), also=also, old=outdated(told, desk(request).registry),
        link=partial(address, told, "oversikt"), offered=[(names[name], name) for name in in_order(names, told.lang)],
        fields=_fields(told, query),
        faults=faults, weights=weights, sum=number(sum(weights.values()), told.lang, 1 if sum(weights.values()) % 1 else 0),
        ranked=[_place(told, one, place) for place, one in enumerate(ranked, 1) if one.up or one.down],
        alike=told.number_of(sum(not (one.up or one.down) for one in ranked)),
    )  # fmt: skip


def _fields(told: Telling, written: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The fields for weights by side: measure, name, what was written."""
    return [
        (
            side,
            [(key, told.name(key), written.get(WEIGHT + key, "")) for key in WEIGHED if _side(key) == side],
        )
        for side in SIDES
    ]


SIDES = ("school", "vocational", "cost")


def _side(measure: str) -> str:
    return "cost" if measure in COSTS else "vocational" if measure.startswith("voc_") else "school"


def _place(told: Telling, one: Any, place: int) -> dict[str, object]:
    """A row of the ranking in words."""
    score, low, high = (number(value, told.lang, signed=True) for value in (one.score, one.low, one.high))
    return {
        "place": place, "key": one.design, "title": told.title(one.design), "score": score,
        "interval": Sentence(told.texts, "atlas.interval", {"low": low, "high": high}),
        "up": ", ".join(map(told.name, one.up)), "down": ", ".join(map(told.name, one.down)),
    }  # fmt: skip


def _weights(written: Mapping[str, str]) -> tuple[dict[str, float], list[str]]:
    """The weights that were set, and the measures whose field holds no such number."""
    weights, faults = {}, []
    for key in WEIGHED:
        text = "".join(written.get(WEIGHT + key, "").split()).replace(",", ".")
        if not text:
            continue
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if 0 <= value <= MOST:
            weights[key] = value
        else:
            faults.append(key)
    return weights, faults


def types(request: Request) -> Response:
    """The types of municipality that there are pages for."""
    told = told_of(request)
    return page(request, "types.html.j2", told=told, types=[TypePage(told, group) for group in TYPES],
                link=partial(address, told, "kommunetyper"))  # fmt: skip


def type_of_municipality(request: Request) -> Response:
    """What all designs do for one type of municipality."""
    told, group = told_of(request), request.path_params["group"]
    if group not in TYPES:
        raise InputError("there is no such type of municipality", field="group")
    return page(
        request, "type.html.j2", told=told, one=TypePage(told, group), measures=MEASURES,
        others=[(other, TypePage(told, other).name) for other in TYPES if other != group],
        link=partial(address, told, "oversikt"), to_type=partial(address, told, "kommunetyper"),
        old=outdated(told, desk(request).registry),
    )  # fmt: skip


def table(request: Request) -> Response:
    """All designs' differences in the whole country, for a spreadsheet."""
    lang, kind = request.path_params["lang"], request.path_params["kind"]
    if lang not in LANGUAGES or kind not in SHEETS:
        raise InputError("there is no such file", field="kind")
    name = f"{texts(lang).raw('atlas.file')}.{lang}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    with _MAKING:  # once, however many ask for it at the same time
        content = _table(lang, told_of(request).a, kind)
    return Response(content, media_type=SHEETS[kind], headers=headers)


@lru_cache(maxsize=_KEPT_TELLINGS)
def _table(lang: str, a: str, kind: str) -> bytes:
    """The table as a file: seconds of work, and wanted again and again."""
    told = telling(lang, a)
    rows: list[list[Cell]] = []
    for b in told.views:
        pair = told.kept.between(told.a, b, (EVERYONE,))
        heading, *found = difference_rows(Edition(pair, lang), texts(lang))
        rows += found if rows else [heading, *found]
    return as_csv(rows, comma=lang == "nb") if kind == "csv" else as_xlsx(rows, texts(lang).raw("sheet.name"))
