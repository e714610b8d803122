"""A figure as an SVG file of its own."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from sim.report.figures.panel import Axis, Dots, Figure, Key, Panel
from sim.report.figures.plan import planned, title_px
from sim.report.figures.png import png
from sim.report.figures.svg import svg_file
from sim.report.messages import Messages
from sim.report.sentences import Sentence

SVG = "{http://www.w3.org/2000/svg}"
SOURCE = "Source: <made up> & more."


@pytest.fixture
def figure() -> Figure:
    axis = Axis(0, 10)
    panel = Panel(
        "Titled", axis, axis, (Dots((5,), (5,), "#ff0000"),), "What is seen.", width=200, height=100
    )
    caption = Sentence(Messages("en", {"caption": "Said below."}), "caption")
    keys = (Key("first", "#ff0000", "circle"), Key("a second one with a long name", "#00ff00", "square"))
    return Figure("x", "The <title>", caption, (panel, panel), 1, keys)


def test_it_is_well_formed_and_carries_title_legend_panels_caption_and_source(figure: Figure) -> None:
    root = ET.fromstring(svg_file(figure, "en", SOURCE))
    assert root.tag == f"{SVG}svg"
    said = [element.text for element in root.iter(f"{SVG}text")]
    for words in ("The <title>", "first", "a second one with a long name", "Said below."):
        assert words in said
    assert " ".join(filter(None, said)).endswith("Said below. " + SOURCE)
    panels = root.findall(f"{SVG}svg")
    assert [panel.get("aria-label") for panel in panels] == ["What is seen."] * 2
    assert (
        float(panels[1].get("y") or 0) == float(panels[0].get("y") or 0) + 100 + 14
    )  # half a gap between rows


@pytest.mark.parametrize(("letters", "size"), [(6, 13.5), (27, 200 / (0.6 * 27)), (90, 11.0)])
def test_a_long_title_is_set_smaller_so_that_it_stays_within_its_panel(
    figure: Figure, letters: int, size: float
) -> None:
    # 200 pixels, and a letter is 0.6 times as wide as high; never smaller than the smallest text.
    assert title_px(replace(figure.panels[0], title="x" * letters)) == pytest.approx(size)


@pytest.mark.parametrize("words", [1, 3, 12])
def test_a_heading_is_set_in_as_many_lines_as_the_sheet_is_narrow(figure: Figure, words: int) -> None:
    # 200 pixels within the edges, and a bold letter of 18 pixels is 10.8 wide: 18 letters, so two words of eight and the blank
    long = replace(figure, title=" ".join(["eightlet"] * words))
    plan, short = planned(long, SOURCE), planned(figure, SOURCE)
    assert [line for line, _ in plan.title] == ["eightlet eightlet"] * (words // 2) + ["eightlet"] * (
        words % 2
    )
    assert plan.height - short.height == pytest.approx(23 * (len(plan.title) - 1))
    assert plan.panels[0][2] - short.panels[0][2] == pytest.approx(23 * (len(plan.title) - 1))
    root = ET.fromstring(svg_file(long, "en", SOURCE))
    said = [element.text for element in root.iter(f"{SVG}text")]
    assert said[: len(plan.title)] == [line for line, _ in plan.title]


def test_legend_lines_are_no_longer_than_the_sheet(figure: Figure) -> None:
    plan = planned(figure, SOURCE)
    (_, first_x, first_y), (_, second_x, second_y) = plan.keys
    assert first_x == second_x
    assert second_y > first_y


def test_the_png_of_the_same_figure_has_the_source_too(figure: Figure) -> None:
    assert len(png(figure, SOURCE)) > len(png(figure))
