from __future__ import annotations

import csv
from pathlib import Path

import pytest

import sim.world
from sim.app.county_map import NAMES, REGIONS, Coloured, colour, county_map, scale_key, shapes
from sim.report.style import INK, PAPER

COUNTIES = Path(sim.world.__file__).parent / "data" / "counties.csv"


def middle(county: int) -> tuple[float, float]:
    corners = shapes()[county]
    return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)


def area(county: int) -> float:
    corners = shapes()[county]
    turned = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in turned)) / 2


def test_every_county_has_a_shape_and_its_name() -> None:
    with COUNTIES.open(encoding="utf-8") as stream:
        names = {int(row["county"]): row["name"] for row in csv.DictReader(stream)}
    assert names == NAMES
    assert shapes().keys() == names.keys()


def test_the_north_lies_in_the_north_and_the_west_in_the_west() -> None:
    assert middle(56)[1] < middle(55)[1] < middle(18)[1] < middle(50)[1] < middle(34)[1] < middle(42)[1]
    assert middle(46)[0] < middle(33)[0] < middle(3)[0] < middle(31)[0]


def test_every_county_lies_in_one_part_of_the_country() -> None:
    assert sorted(county for counties in REGIONS.values() for county in counties) == sorted(NAMES)


def test_large_counties_are_large_and_none_is_too_small_to_see() -> None:
    sizes = sorted(NAMES, key=area)
    assert sizes[0] == 3
    assert set(sizes[-3:]) <= {34, 50, 18, 56}
    assert area(3) > 60  # square pixels


def contrast(a: str, b: str) -> float:
    def luminance(hexadecimal: str) -> float:
        parts = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("hundredths", range(-100, 101, 20))
def test_lines_can_be_seen_on_every_colour(hundredths: int) -> None:
    assert contrast(colour(hundredths / 100), INK) >= 4.5


def test_more_is_bluer_less_more_orange_and_nothing_white() -> None:
    assert colour(0.0) == "#ffffff"
    assert int(colour(1.0)[5:], 16) > int(colour(1.0)[1:3], 16)
    assert int(colour(-1.0)[1:3], 16) > int(colour(-1.0)[5:], 16)


def test_a_county_that_is_not_clear_is_blank_and_words_are_escaped() -> None:
    drawn = str(county_map([Coloured(3, 0.5, True), Coloured(11, 1.0, False)], 'a "label"'))
    assert "&#34;label&#34;" in drawn
    assert drawn.count(f'fill="{colour(0.5)}"') == 1
    assert drawn.count(f'fill="{PAPER}"') == 14
    assert "&lt;1" in str(scale_key("<1", "0", "2"))
