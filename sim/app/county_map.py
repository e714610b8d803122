"""Norway's counties as a map: coarse outlines of our own drawing, coloured by how an outcome differs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from sim.cached import read_yaml
from sim.outcomes.groups import SOUTH, WEST
from sim.report.style import INK, MUTED, PAPER, SMALL_PX

NAMES = {
    3: "Oslo", 11: "Rogaland", 15: "Møre og Romsdal", 18: "Nordland", 31: "Østfold", 32: "Akershus", 33: "Buskerud",
    34: "Innlandet", 39: "Vestfold", 40: "Telemark", 42: "Agder", 46: "Vestland", 50: "Trøndelag", 55: "Troms",
    56: "Finnmark",
}  # fmt: skip

REGIONS = {
    "north": (18, 50, 55, 56), "west": WEST, "east": (3, 31, 32, 33, 34, 39, 40), "south": SOUTH,
}  # fmt: skip
"""Counties of each part of the country that outcomes are told for."""

_FILE = Path(__file__).with_name("county_shapes.yaml")
_MIDDLE = 15.0  # the meridian that stands upright
_TOP = 71.2  # degrees north at the upper edge
_PX = 50.0  # a degree of latitude
_EDGE = 8.0
_LOWER, _HIGHER = (
    (191, 75, 0),
    (0, 104, 165),
)  # from the report's palette; told apart by those who see few colours
_WHITE = (255, 255, 255)
_MOST_COLOUR = 0.7  # so that dark words can be read on every county
_STEPS = (-1.0, -0.6, -0.25, 0.25, 0.6, 1.0)

Point = tuple[float, float]


@dataclass(frozen=True)
class Coloured:
    """A county.

    Attributes
    ----------
    share : float
        The difference over the largest one in the map, from -1 to 1; NaN without figures.
    clear : bool
        Whether its interval leaves out zero and the difference is large enough to matter; else the county is blank.
    """

    county: int
    share: float
    clear: bool


@cache
def shapes() -> dict[int, tuple[Point, ...]]:
    """Corners of each county in pixels, from the upper left corner of the map."""
    read: dict[int, list[list[float]]] = read_yaml(_FILE)
    flat = {
        int(county): [
            ((lon - _MIDDLE) * math.cos(math.radians(lat)) * _PX, (_TOP - lat) * _PX) for lon, lat in corners
        ]
        for county, corners in read.items()
    }
    left = min(x for corners in flat.values() for x, _ in corners)
    return {
        county: tuple((x - left + _EDGE, y + _EDGE) for x, y in corners) for county, corners in flat.items()
    }


def county_map(counties: Sequence[Coloured], label: str) -> Markup:
    """The map as an `<svg>` element, its content told in `label`."""
    by_county = {one.county: one for one in counties}
    width, height = (
        max(corner[i] for corners in shapes().values() for corner in corners) + _EDGE for i in (0, 1)
    )
    drawn = "".join(_drawn(county, corners, by_county.get(county)) for county, corners in shapes().items())
    return Markup(
        f'<svg class="map" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" role="img" '
        f'aria-label="{escape(label)}">{drawn}</svg>'
    )  # every text inside is escaped


def _drawn(county: int, corners: Sequence[Point], one: Coloured | None) -> str:
    filled = one is not None and one.clear and math.isfinite(one.share)
    fill = colour(one.share) if one is not None and filled else PAPER
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return (
        f'<polygon points="{points}" fill="{fill}" stroke="{INK if filled else MUTED}" stroke-width="{1.2 if filled else 0.8}" '
        f'stroke-linejoin="round"><title>{escape(NAMES[county])}</title></polygon>'
    )


def colour(share: float) -> str:
    """The colour of a share from -1 (orange) through 0 (white) to 1 (blue)."""
    end = _HIGHER if share > 0 else _LOWER
    strength = min(abs(share), 1.0) * _MOST_COLOUR
    mixed = (round(p + (e - p) * strength) for p, e in zip(_WHITE, end, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def scale_key(lower: str, none: str, higher: str) -> Markup:
    """The scale of colours: numbers or words at its ends, and what stands for a blank county in its middle."""
    side, height = 46.0, 16.0
    colours = [*(colour(s) for s in _STEPS[:3]), PAPER, *(colour(s) for s in _STEPS[3:])]
    boxes = "".join(
        f'<rect x="{i * side:g}" y="0" width="{side:g}" height="{height:g}" fill="{fill}" stroke="{MUTED}" stroke-width=".5"/>'
        for i, fill in enumerate(colours)
    )
    width = len(colours) * side
    places = ((0.0, "start", lower), (width / 2, "middle", none), (width, "end", higher))
    words = "".join(
        f'<text x="{x:g}" y="{height + 18:g}" fill="{INK}" font-size="{SMALL_PX:g}" text-anchor="{anchor}">{escape(text)}</text>'
        for x, anchor, text in places
    )
    return Markup(
        f'<svg class="scale" viewBox="-2 -1 {width + 4:g} 42" width="{width + 4:g}" height="42" aria-hidden="true">'
        f"{boxes}{words}</svg>"
    )  # every text inside is escaped
