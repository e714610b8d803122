"""An answer by place: the map of counties, a county's partnerships, a draw, one municipality's risk points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sim.app import drawn
from sim.app.county_differences import county_differences, mapped_outcomes
from sim.app.county_map import NAMES as LONG
from sim.app.county_map import REGIONS, Coloured, scale_key
from sim.app.county_map import county_map as drawn_map
from sim.app.drawn import DrawKey
from sim.app.lever_form import value_name
from sim.app.pages.result import found, shown
from sim.app.rendering import language
from sim.app.texts import texts
from sim.report.differences import Difference, Finding, common_decimals
from sim.report.edition import Edition
from sim.report.figures.partnerships import partnership_figure
from sim.report.manifest import GROUPED
from sim.report.messages import Messages
from sim.report.names import by_name, in_order
from sim.report.number_format import level_decimals, number
from sim.report.quantity import Quantity

REGION, COUNTY = "region", "county"  # how the map can be divided
MOST_ROWS = 60  # of a draw's table, besides those drawn
_DIGITS = 3
_FEW_DIGITS = 2


def _chosen(request: Request, name: str, offered: list[str], usual: str | None = None) -> str:
    """What the address chooses among some; the usual one, or the first, if it says nothing that is there."""
    wanted = request.query_params.get(name, "")
    return (
        wanted
        if wanted in offered
        else usual
        if usual in offered and usual
        else offered[0]
        if offered
        else ""
    )


def county_map(request: Request) -> Response:
    """Where in the country an outcome differs, by county or by part of the country."""
    answer, e = found(request)
    values = map_values(request, e)
    if values is None:
        return shown(request, "nothing.html.j2", "map", answer, e, heading="map.title", words="map.empty")
    return shown(request, "map.html.j2", "map", answer, e, **values, back="", mot="")


def map_values(request: Request, e: Edition) -> dict[str, Any] | None:
    """What the page with the map shows, by what its address chooses; None where nothing is known by place."""
    by_county = mapped_outcomes(e.results) if e.is_compared else []
    ways = [*([COUNTY] if by_county else []),
            *([REGION] if f"{REGION}.{next(iter(REGIONS))}" in e.results.groups else [])]  # fmt: skip
    if not ways or not e.is_compared:
        return None
    way = _chosen(request, "etter", ways)
    outcomes = by_county if way == COUNTY else _by_region(e)
    design = _chosen(request, "alternativ", list(e.results.alternatives))
    led = [*(d.row.outcome for d in e.view.movers(design)), *e.view.main_outcomes]
    first = next((outcome for outcome in led if outcome in outcomes), outcomes[0])
    outcome = _chosen(request, "utfall", outcomes, first)
    places = _counties(e, outcome, design) if way == COUNTY else _regions(e, outcome, design)
    differences = [place.difference for place in places]
    shown_numbers = _numbers(differences)
    words = texts(language(request))
    told = [
        words.text("map.alt_row", county=place.name, difference=str(shown))
        for place, shown in zip(places, shown_numbers, strict=True)
    ]
    return {
        "outcomes": by_name(((key, e.names.outcome(key)) for key in outcomes), itemgetter(1), e.lang),
        "outcome": outcome, "design": design,
        "ways": [(each, words.raw(f"map.way.{each}")) for each in ways], "way": way,
        "places": list(zip(places, shown_numbers, strict=True)),
        "map": drawn_map(_coloured(places), words.text("map.alt", rows=" ".join(told))),
        "scale": scale_key(*_ends(differences, words)),
        "n_worlds": int(max((d.row.n_worlds for d in differences), default=0)),
    }  # fmt: skip


@dataclass(frozen=True)
class _Place:
    """A county or a part of the country; `n` is how many municipalities a county has."""

    name: str
    counties: tuple[int, ...]
    difference: Difference
    n: int | None = None


def _by_region(e: Edition) -> list[str]:
    """Outcomes that the files have by part of the country."""
    return [
        outcome
        for outcome in e.results.outcomes
        if any(e.view.differences(outcome, f"{REGION}.{each}") for each in REGIONS)
    ]


def _regions(e: Edition, outcome: str, design: str) -> list[_Place]:
    return [
        _Place(e.names.group(d.row.group), counties, d)
        for region, counties in REGIONS.items()
        for d in e.view.differences(outcome, f"{REGION}.{region}")
        if d.row.design == design
    ]


def _counties(e: Edition, outcome: str, design: str) -> list[_Place]:
    rows = county_differences(e.results, outcome, design)
    usual = max((abs(row.row.mean_versus) for row in rows), default=0.0)
    decimals = common_decimals([Difference(row.row, e.view.messages, usual) for row in rows])
    found = (
        _Place(
            LONG.get(row.county, str(row.county)), (row.county,),
            Difference(row.row, e.view.messages, usual, decimals), row.n,
        )
        for row in rows
    )  # fmt: skip
    return by_name(found, attrgetter("name"), e.lang)


def _numbers(differences: list[Difference]) -> list[Quantity]:
    """The differences as shown: with one world there is no interval to choose decimals by, so the largest decides."""
    quantities = [d.difference for d in differences]
    if any(d.finding not in (Finding.UNKNOWN, Finding.SAME) for d in differences):
        return quantities
    largest = max((abs(q.value * q.factor) for q in quantities if math.isfinite(q.value)), default=0.0)
    return [replace(q, decimals=level_decimals(largest, _FEW_DIGITS)) for q in quantities]


def _largest(differences: Sequence[Difference]) -> float:
    """The largest difference that is clear and matters, by which counties are coloured."""
    return max((abs(d.row.difference) for d in differences if d.is_clear and d.matters), default=0.0) or 1.0


def _coloured(places: Sequence[_Place]) -> list[Coloured]:
    largest = _largest([place.difference for place in places])
    return [
        Coloured(
            county,
            place.difference.row.difference / largest,
            place.difference.is_clear and place.difference.matters,
        )
        for place in places
        for county in place.counties
    ]


def _ends(differences: Sequence[Difference], words: Messages) -> tuple[str, str, str]:
    """What stands at the ends and in the middle of the scale: numbers, if any place's difference is clear."""
    clear = [d.difference for d in differences if d.is_clear and d.matters]
    if not clear:
        return words.raw("map.lower"), words.raw("map.none"), words.raw("map.higher")
    end = _largest(differences) * clear[0].factor
    low, high = (number(sign * end, words.lang, clear[0].decimals, signed=True) for sign in (-1, 1))
    return low, words.raw("map.none"), high


def _by_name(counties: list[str], lang: str) -> list[tuple[str, str]]:
    """Counties with their names, in the language's alphabetical order."""
    keys = {LONG.get(int(key), key): key for key in counties}
    return [(keys[name], name) for name in in_order(keys, lang)]


def partnerships(request: Request) -> Response:
    """A county's partnership network."""
    answer, e = found(request)
    design = _chosen(request, "alternativ", list(e.results.designs))
    rows = e.results.table("municipalities", ("county",))
    counties = [str(county) for county in LONG if len(rows) and (rows["county"] == county).any()]
    if not counties:
        why = "partnerships.real" if e.manifest.places == GROUPED else "partnerships.empty"
        return shown(
            request, "nothing.html.j2", "partnerships", answer, e, heading="partnerships.title", words=why
        )
    county = _chosen(request, "fylke", counties, "46")
    figure = partnership_figure(e.view, int(county), design)
    return shown(
        request, "partnerships.html.j2", "partnerships", answer, e,
        figure=figure, design=design, county=county,
        counties=_by_name(counties, language(request)),
        measures=_measures(e, design),
    )  # fmt: skip


def _measures(e: Edition, design: str) -> tuple[list[int], list[tuple[str, list[str]]]]:
    """Years, and for each measure of the country's graph its mean over the worlds in those years."""
    rows = e.results.table("graph", ("design", "year", "measure", "value"), [("design", "=", design)])
    if rows.empty:
        return [], []
    every = sorted(int(year) for year in rows["year"].unique())
    parting = e.results.manifest.parting_year
    years = [year for year in every if year in {every[0], (parting or 0) - 1, every[-1]}]
    means = rows.astype({"measure": str}).groupby(["measure", "year"], observed=True)["value"].mean()
    found_measures = []
    for measure in dict.fromkeys(rows["measure"].astype(str)):
        values = [float(means.get((measure, year), float("nan"))) for year in years]
        largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
        whole = all(value.is_integer() for value in values if math.isfinite(value))
        decimals = 0 if whole else level_decimals(largest, _DIGITS)
        found_measures.append((measure, [number(value, e.lang, decimals) for value in values]))
    return years, found_measures


def _draw_key(request: Request, e: Edition) -> DrawKey | None:
    """The draw that an address chooses; None if none is kept."""
    held = drawn.draws_held(e.results)
    designs = [design for design in e.results.designs if design in held]
    if not designs:
        return None
    design = _chosen(request, "alternativ", designs)
    years = held[design]
    first = next((year for year in years if year >= (e.results.manifest.parting_year or 0)), years[-1])
    year = _chosen(request, "ar", [str(year) for year in years], str(first))
    world = _chosen(request, "verden", [str(world) for world in drawn.worlds_of(e.results)])
    return DrawKey(int(world), design, int(year))


def draw(request: Request) -> Response:
    """Who was drawn."""
    answer, e = found(request)
    key = _draw_key(request, e)
    if key is None:
        return shown(
            request, "nothing.html.j2", "draw", answer, e, heading="draw.page_title", words="draw.empty"
        )
    held = drawn.draws_held(e.results)
    offered = {
        "key": key,
        "years": held[key.design],
        "designs": [design for design in e.results.designs if design in held],
        "worlds": list(drawn.worlds_of(e.results)),
    }
    if e.manifest.places == GROUPED:
        return shown(
            request, "draw_groups.html.j2", "draw", answer, e, rows=drawn.groups(e.view, key), **offered
        )
    rows = drawn.table(e.view, key)
    listed = [row for i, row in enumerate(rows) if i < MOST_ROWS or row.drawn != "none"]
    return shown(
        request, "draw.html.j2", "draw", answer, e,
        rows=listed, n=len(rows), cut=len(listed) < len(rows), most=MOST_ROWS, slug=slug, **offered,
    )  # fmt: skip


def municipality(request: Request) -> Response:
    """One municipality's points."""
    answer, e = found(request)
    key = _draw_key(request, e)
    points = drawn.points(e.view, key, request.path_params["code"]) if key else None
    if key is None or points is None:
        raise HTTPException(404)
    words = texts(language(request))
    return shown(
        request, "municipality.html.j2", "draw", answer, e,
        key=key, points=points, slug=slug, indicator=lambda name: value_name(name, words),
        most=max((cell.value for row in points.rows for cell in row.points if cell), default=0.0) or 1.0,
    )  # fmt: skip


def slug(reason: str) -> str:
    """A reason's key in the message files."""
    return reason.replace(" ", "_")
