"""One county's partnership graph over time: owners around, their UH partners inside, in two or three years side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin, tau
from string import ascii_uppercase
from typing import TYPE_CHECKING

from sim.report.figures.panel import Axis, Dots, Figure, Key, Line, Margins, Mark, Panel, Text
from sim.report.messages import Messages
from sim.report.part_messages import load_part
from sim.report.sentences import Sentence
from sim.report.style import AXIS, DRAWN_AVERAGE, GRID, INK, NAVY
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("world", "design", "year", "season", "municipality", "county", "network", "decentralised_uh_unit",
           "decentralised_trust")  # fmt: skip
_PARTNER, _TRUST = "decentralised_uh_unit", "decentralised_trust"

_RIM, _NETWORKS, _INSIDE = 1.0, 1.16, 0.42  # radii
_EDGE = 1.3
_SIDE_PX = 330.0
_MARGINS = Margins(left=4, right=4, top=44, bottom=8)
_GAP = 0.6  # of an owner's place, between networks
_THINNEST, _THICKEST = 0.6, 3.4  # pixels, of ties without trust and with full trust
_SHORTEST_WORD_PX = 4.0


@dataclass(frozen=True)
class Layout:
    """Places in the plane, the same in every year: of owners by code, of networks and UH units by identity."""

    owners: Mapping[str, tuple[float, float]]
    networks: Mapping[int, tuple[float, float]]
    units: Mapping[int, tuple[float, float]]


def partnership_figure(view: View, county: int | None = None, design: str | None = None) -> Figure:
    """A county under a design; no panels where no world was kept in detail.

    Parameters
    ----------
    county : int, optional
        By default the one in which most owners changed their partner.
    design : str, optional
        By default the baseline.
    """
    texts = load_part("partnerships", view.lang)
    design = design or view.results.baseline
    rows = ties(view, design)
    years = shown_years(sorted(set(rows["year"])), view.results.manifest.parting_year) if len(rows) else []
    shown = [rows[rows["year"] == year] for year in years]
    county = most_moved(shown) if shown and county is None else county
    here = [part[part["county"] == county] for part in shown]
    place = layout(here) if any(len(part) for part in here) else None
    before: list[pd.DataFrame | None] = [None, *here]
    panels = [
        _panel(texts, year, part, earlier, place)
        for year, part, earlier in zip(years, here, before, strict=False)
        if place
    ]
    return Figure(
        "partnerships",
        texts.text("figure.partnerships.title", county=_name(view, here, county)),
        Sentence(texts, "figure.partnerships.caption", {"a": view.names.design_inline(design)}),
        tuple(panels),
        columns=3,
        legend=_legend(texts),
    )


def ties(view: View, design: str) -> pd.DataFrame:
    """Every owner's partner in the autumns of the first world kept in detail, under a design."""
    filters = [("design", "=", design), ("season", "=", "autumn")]
    rows = view.results.table("municipalities", COLUMNS, filters)
    if not set(COLUMNS) <= set(rows.columns) or rows.empty:
        return rows.iloc[:0]
    rows = rows[rows["world"] == rows["world"].min()]
    kinds = {"municipality": str, **dict.fromkeys(("county", "network", _PARTNER), int)}
    whole: pd.DataFrame = rows.dropna(subset=[_PARTNER]).astype(kinds)
    return whole


def shown_years(years: Sequence[int], parting: int | None) -> list[int]:
    """The first year, the last before the designs part, and the last of all."""
    wanted = {years[0], years[-1], *([parting - 1] if parting is not None else [])}
    return [year for year in years if year in wanted]


def most_moved(shown: Sequence[pd.DataFrame]) -> int:
    """The county where most owners have another partner in a later year shown.

    Of equals it is the one with most UH units in the last year, then with most owners, then with the lowest number.
    """
    moves: Counter[int] = Counter()
    for earlier, later in pairwise(shown):
        county_of = dict(zip(later["municipality"].tolist(), later["county"].tolist(), strict=True))
        moves.update(county_of[number] for number in moved(earlier, later))
    last = shown[-1].groupby("county")
    units, owners = last[_PARTNER].nunique(), last.size()
    return max(
        (int(county) for county in owners.index),
        key=lambda county: (moves[county], int(units[county]), int(owners[county]), -county),
    )


def moved(earlier: pd.DataFrame | None, later: pd.DataFrame) -> set[str]:
    """Codes of the owners there in both years with another partner in the later."""
    if earlier is None:
        return set()
    then = dict(zip(earlier["municipality"], earlier[_PARTNER], strict=True))
    now = zip(later["municipality"], later[_PARTNER], strict=True)
    return {str(number) for number, unit in now if then.get(number, unit) != unit}


def layout(shown: Sequence[pd.DataFrame]) -> Layout:
    """Places for all who are there in any of the years.

    Owners stand on a circle, network by network, in order of their codes; networks outside of their owners' middle. UH
    units stand evenly on an inner circle, in order of where their owners stand on average. Nothing is left to chance.
    """
    members: dict[str, int] = {}
    for part in shown:
        members |= dict(zip(part["municipality"].tolist(), part["network"].tolist(), strict=True))
    in_order = sorted(members, key=lambda number: (members[number], number))
    networks = sorted(set(members.values()))
    step = tau / (len(in_order) + _GAP * len(networks))
    angle = {
        number: step * (i + _GAP * networks.index(members[number])) - pi / 2
        for i, number in enumerate(in_order)
    }
    middle = {
        network: _mean([angle[number] for number in in_order if members[number] == network])
        for network in networks
    }
    partners = _partners(shown)
    by_place = sorted(partners, key=lambda unit: (_mean([angle[number] for number in partners[unit]]), unit))
    around = {
        unit: tau * i / len(by_place) + _turn(by_place, partners, angle) for i, unit in enumerate(by_place)
    }
    inside = _INSIDE if len(by_place) > 1 else 0.0
    return Layout(
        {number: _at(_RIM, angle[number]) for number in in_order},
        {network: _at(_NETWORKS, middle[network]) for network in networks},
        {unit: _at(inside, around[unit]) for unit in by_place},
    )


def _partners(shown: Sequence[pd.DataFrame]) -> dict[int, list[str]]:
    """The owners of each UH unit, over all years."""
    found: dict[int, list[str]] = {}
    for part in shown:
        for number, unit in zip(part["municipality"].tolist(), part[_PARTNER].tolist(), strict=True):
            found.setdefault(unit, []).append(number)
    return found


def _turn(units: Sequence[int], partners: Mapping[int, Sequence[str]], angle: Mapping[str, float]) -> float:
    """Angle of the first unit: where its owners stand on average."""
    return _mean([angle[number] for number in partners[units[0]]])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _at(radius: float, angle: float) -> tuple[float, float]:
    return radius * cos(angle), radius * sin(angle)


def _panel(
    texts: Messages, year: int, part: pd.DataFrame, earlier: pd.DataFrame | None, place: Layout
) -> Panel:
    new = moved(earlier, part)
    counts = {
        "owners": len(part),
        "units": part[_PARTNER].nunique(),
        "networks": part["network"].nunique(),
        "changed": len(new),
    }
    said = {name: str(count) for name, count in counts.items()}
    return Panel(
        title=texts.text("figure.partnerships.year", year=str(year)),
        note=texts.text("figure.partnerships.note", owners=said["owners"], units=said["units"]),
        x=Axis(-_EDGE, _EDGE),
        y=Axis(-_EDGE, _EDGE),
        marks=tuple(_marks(texts, part, new, place)),
        label=texts.text("figure.partnerships.alt", year=str(year), **said),
        width=_SIDE_PX,
        height=_SIDE_PX + _MARGINS.top,
        margins=_MARGINS,
    )


def _marks(texts: Messages, part: pd.DataFrame, new: set[str], place: Layout) -> list[Mark]:
    marks: list[Mark] = []
    columns = (part[name].tolist() for name in ("municipality", "network", _PARTNER, _TRUST))
    for number, network, unit, trust in zip(*columns, strict=True):
        owner = place.owners[number]
        marks.append(_tie(owner, place.networks[network], GRID, 1.0))
        width = _THINNEST + (_THICKEST - _THINNEST) * trust
        marks.append(_tie(owner, place.units[unit], DRAWN_AVERAGE if number in new else AXIS, width))
    old = [place.owners[number] for number in part["municipality"] if number not in new]
    marks += [
        _dots(old, NAVY, "circle", 8.0),
        _dots([place.owners[number] for number in sorted(new)], DRAWN_AVERAGE, "circle", 9.0),
        _dots([place.networks[network] for network in sorted(set(part["network"]))], AXIS, "diamond", 7.0),
        _dots([place.units[unit] for unit in sorted(set(part[_PARTNER]))], INK, "square", 13.0),
    ]
    return marks + [_letter(texts, place, unit) for unit in sorted(set(part[_PARTNER]))]


def _tie(a: tuple[float, float], b: tuple[float, float], colour: str, width: float) -> Line:
    return Line((a[0], b[0]), (a[1], b[1]), colour, width)


def _dots(places: Sequence[tuple[float, float]], colour: str, marker: str, size: float) -> Dots:
    return Dots(tuple(x for x, _ in places), tuple(y for _, y in places), colour, marker, size)


def _letter(texts: Messages, place: Layout, unit: int) -> Text:
    """A UH unit's letter, by its place on the inner circle: units have no names in the files."""
    letter = ascii_uppercase[list(place.units).index(unit) % len(ascii_uppercase)]
    x, y = place.units[unit]
    words = texts.text("figure.partnerships.unit", letter=letter)
    return Text(x, y, words, INK, dx=10.0, dy=-_SHORTEST_WORD_PX, bold=True)


def _name(view: View, here: Sequence[pd.DataFrame], county: int | None) -> str:
    """The county's name as the register of the draws has it, or else its number."""
    if county is None or not here:
        return ""
    register = view.results.table("draws", ("municipality", "county"))
    known = register[register["municipality"].isin(here[-1]["municipality"])] if len(register) else register
    return str(known["county"].mode().iloc[0]) if len(known) else str(county)


def _legend(texts: Messages) -> tuple[Key, ...]:
    return (
        Key(texts.text("figure.partnerships.owner"), NAVY, "circle"),
        Key(texts.text("figure.partnerships.moved"), DRAWN_AVERAGE, "circle"),
        Key(texts.text("figure.partnerships.network"), AXIS, "diamond"),
        Key(texts.text("figure.partnerships.uh"), INK, "square"),
    )
