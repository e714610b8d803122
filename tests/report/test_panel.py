from __future__ import annotations

import itertools

import pytest

from sim.report.figures.panel import apart, balanced, nice_step, ticked
from sim.report.style import DESIGN_STYLES, PAPER

# What people with the two common colour deficiencies see, in linear light (Machado, Oliveira & Fernandes 2009).
DEFICIENCIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(colour: str) -> float:
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_labels_in_colours_of_designs_can_be_read_on_white() -> None:
    for style in DESIGN_STYLES:
        assert (luminance(PAPER) + 0.05) / (luminance(style.colour) + 0.05) >= 4.5


@pytest.mark.parametrize("matrix", DEFICIENCIES.values(), ids=DEFICIENCIES)
def test_designs_are_told_apart_without_full_colour_vision(matrix: tuple[tuple[float, ...], ...]) -> None:
    seen = [
        [sum(m * c for m, c in zip(row, linear(s.colour), strict=True)) for row in matrix]
        for s in DESIGN_STYLES[:4]
    ]
    for a, b in itertools.combinations(seen, 2):
        assert max(abs(x - y) for x, y in zip(a, b, strict=True)) > 0.05


def test_designs_differ_in_mark_and_dashes_too() -> None:
    assert len({style.marker for style in DESIGN_STYLES}) == len(DESIGN_STYLES)
    assert len({style.dash for style in DESIGN_STYLES}) == len(DESIGN_STYLES)


def test_steps_are_round() -> None:
    assert [nice_step(span, 4) for span in (1.0, 7.0, 0.03)] == [0.25, 2.0, 0.01]


def test_ticks_lie_inside_the_axis_and_are_written_in_the_language() -> None:
    axis = ticked(-0.3, 0.9, "nb", 4)
    assert axis.ticks == ((0.0, "0,0"), (0.5, "0,5"))


def test_a_balanced_axis_has_zero_in_the_middle_and_a_tick_on_either_side() -> None:
    axis = balanced(0.28, "en")
    assert [words for _, words in axis.ticks] == ["−0.2", "0", "+0.2"]
    assert axis.low == -axis.high


def test_an_axis_has_at_least_two_ticks_even_where_zero_lies_to_one_side() -> None:
    assert [words for _, words in ticked(-98.0, 57.0, "en", 3, signed=True).ticks] == ["−50", "0", "+50"]


def test_steps_of_25_need_no_decimals_and_steps_of_2_5_one() -> None:
    assert [words for _, words in balanced(33.0, "nb").ticks] == ["−25", "0", "+25"]
    assert [words for _, words in balanced(3.3, "nb").ticks] == ["−2,5", "0", "+2,5"]
    assert [words for _, words in balanced(0.033, "nb").ticks] == ["−0,025", "0", "+0,025"]


def test_labels_move_apart_as_little_as_needed_and_keep_their_order() -> None:
    assert apart([5.0, 5.0, 9.0], 2.0, 0.0, 10.0) == [4.0, 6.0, 9.0]


def test_labels_stay_inside_their_limits() -> None:
    assert apart([9.5, 9.6], 2.0, 0.0, 10.0) == [8.0, 10.0]
    assert apart([], 2.0, 0.0, 10.0) == []
