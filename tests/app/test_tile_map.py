from __future__ import annotations

import csv
from pathlib import Path

import pytest

import sim.world
from sim.app.tile_map import LONG, PLACES, SHORT, Tile, colour, tile_map
from sim.report.style import INK

COUNTIES = Path(sim.world.__file__).parent / "data" / "counties.csv"


def test_every_county_has_a_place_of_its_own_and_its_name() -> None:
    with COUNTIES.open(encoding="utf-8") as stream:
        names = {int(row["county"]): row["name"] for row in csv.DictReader(stream)}
    assert names == LONG
    assert PLACES.keys() == SHORT.keys() == names.keys()
    assert len(set(PLACES.values())) == 15


def test_the_north_lies_in_the_north_and_the_west_in_the_west() -> None:
    rows = {county: row for county, (_, row) in PLACES.items()}
    columns = {county: column for county, (column, _) in PLACES.items()}
    assert rows[56] == rows[55] < rows[18] < rows[50] < rows[34] < rows[3] < rows[42]
    assert columns[46] < columns[33] < columns[3] < columns[32]


def test_more_is_bluer_less_more_orange_and_nothing_white() -> None:
    assert colour(0.0) == "#ffffff"
    red, _, blue = (int(colour(1.0)[i : i + 2], 16) for i in (1, 3, 5))
    assert blue > red
    red, _, blue = (int(colour(-1.0)[i : i + 2], 16) for i in (1, 3, 5))
    assert red > blue


def contrast(a: str, b: str) -> float:
    def luminance(hexadecimal: str) -> float:
        parts = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("hundredths", range(-100, 101, 4))
def test_words_can_be_read_on_every_colour(hundredths: int) -> None:
    assert contrast(colour(hundredths / 100), INK) >= 4.5


def test_words_are_escaped_and_a_county_without_figures_has_a_dash() -> None:
    drawn = str(tile_map([Tile(3, 0.5, "<1", True)], 'a "label"'))
    assert "&lt;1" in drawn
    assert "&#34;label&#34;" in drawn
    assert drawn.count(">–</text>") == 14
