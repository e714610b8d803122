"""Norway's fifteen counties as a map of tiles: every county the same size, each about where it lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from sim.report.style import INK, MUTED, SMALL_PX, ZONE

# Column and row of each county by its number; columns from the west, rows from the north.
PLACES = {
    56: (4, 0), 55: (3, 0), 18: (3, 1), 50: (2, 2), 15: (1, 3), 34: (2, 3), 46: (0, 4), 33: (1, 4), 3: (2, 4),
    32: (3, 4), 11: (0, 5), 40: (1, 5), 39: (2, 5), 31: (3, 5), 42: (1, 6),
}  # fmt: skip
SHORT = {
    3: "Oslo", 11: "Rogaland", 15: "Møre og R.", 18: "Nordland", 31: "Østfold", 32: "Akershus", 33: "Buskerud",
    34: "Innlandet", 39: "Vestfold", 40: "Telemark", 42: "Agder", 46: "Vestland", 50: "Trøndelag", 55: "Troms",
    56: "Finnmark",
}  # fmt: skip
LONG = {**SHORT, 15: "Møre og Romsdal"}

_SIDE, _GAP = 92.0, 5.0
_LOWER, _HIGHER = (
    (191, 75, 0),
    (0, 104, 165),
)  # from the report's palette; told apart by those who see few colours
_PAPER = (255, 255, 255)
_MOST_COLOUR = 0.7  # so that dark words can be read on every tile


@dataclass(frozen=True)
class Tile:
    """A county.

    Attributes
    ----------
    share : float
        The difference over the largest one in the map, from -1 to 1; NaN without figures.
    words : str
        The difference as shown.
    clear : bool
        Whether its interval leaves out zero; else the tile's frame is dashed and its number is light.
    """

    county: int
    share: float
    words: str
    clear: bool


def tile_map(tiles: Sequence[Tile], label: str) -> Markup:
    """The map as an `<svg>` element, its content told in `label`."""
    by_county = {tile.county: tile for tile in tiles}
    columns = 1 + max(column for column, _ in PLACES.values())
    rows = 1 + max(row for _, row in PLACES.values())
    width, height = columns * (_SIDE + _GAP), rows * (_SIDE + _GAP)
    drawn = "".join(_drawn(county, by_county.get(county)) for county in PLACES)
    return Markup(
        f'<svg class="map" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" '
        f'aria-label="{escape(label)}">{drawn}</svg>'
    )  # every text inside is escaped


def _drawn(county: int, tile: Tile | None) -> str:
    column, row = PLACES[county]
    x, y = column * (_SIDE + _GAP), row * (_SIDE + _GAP)
    known = tile is not None and math.isfinite(tile.share)
    fill = colour(tile.share) if tile is not None and known else ZONE
    dash = "" if tile is not None and tile.clear else ' stroke-dasharray="4 4"'
    frame = INK if tile is not None and tile.clear else MUTED
    weight = ' font-weight="600"' if tile is not None and tile.clear else ""
    words = tile.words if tile is not None else "–"
    inner = (x + 1, y + 1, _SIDE - 2)
    return (
        f'<rect x="{inner[0]:g}" y="{inner[1]:g}" width="{inner[2]:g}" height="{inner[2]:g}" rx="3" fill="{fill}" '
        f'stroke="{frame}"{dash}/>'
        f'<text x="{x + 9:g}" y="{y + 22:g}" fill="{INK}" font-size="13">{escape(SHORT[county])}</text>'
        f'<text x="{x + 9:g}" y="{y + _SIDE - 14:g}" fill="{INK}" font-size="15"{weight}>{escape(words)}</text>'
    )


def colour(share: float) -> str:
    """The colour of a share from -1 (orange) through 0 (white) to 1 (blue)."""
    end = _HIGHER if share > 0 else _LOWER
    strength = min(abs(share), 1.0) * _MOST_COLOUR
    mixed = (round(p + (e - p) * strength) for p, e in zip(_PAPER, end, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def scale_key(lower: str, none: str, higher: str) -> Markup:
    """The scale of colours with its words."""
    steps = [-1.0, -0.6, -0.25, 0.0, 0.25, 0.6, 1.0]
    side = 26.0
    boxes = "".join(
        f'<rect x="{i * side:g}" y="0" width="{side:g}" height="14" fill="{colour(s)}" stroke="{MUTED}" '
        f'stroke-width=".5"/>'
        for i, s in enumerate(steps)
    )
    width = len(steps) * side
    places = ((0.0, "start", lower), (width / 2, "middle", none), (width, "end", higher))
    words = "".join(
        f'<text x="{x:g}" y="30" fill="{INK}" font-size="{SMALL_PX:g}" text-anchor="{anchor}">{escape(text)}</text>'
        for x, anchor, text in places
    )
    return Markup(
        f'<svg class="scale" viewBox="-2 -1 {width + 4:g} 38" width="{width + 4:g}" height="38" aria-hidden="true">'
        f"{boxes}{words}</svg>"
    )  # every text inside is escaped
