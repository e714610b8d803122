from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from sim.report.figures.panel import Axis, Band, Dots, Figure, Line, Margins, Panel, Rect, Text
from sim.report.figures.png import DPI, png
from sim.report.messages import Messages
from sim.report.sentences import Sentence

RED, BLUE, GREEN = "#ff0000", "#0000ff", "#00ff00"
SCALE = DPI / 96
# A panel of 200 by 100 pixels without margins; its top left corner lies at (24, 24 + 18 + 14 + 8) of the sheet.
LEFT, TOP = 24, 64


@pytest.fixture
def image() -> Image.Image:
    marks = (
        Rect(0, 5, 0, 5, RED),
        Band((6, 10), (0, 0), (5, 5), GREEN, 0.5),
        Line((0, 10), (7.5, 7.5), BLUE, 4.0),
        Dots((5,), (7.5,), RED, "square", 8.0),
        Text(8, 9, "words", BLUE, "middle"),
    )
    axis = Axis(0, 10)
    panel = Panel("", axis, axis, marks, "", width=200, height=100, margins=Margins(0, 0, 0, 0))
    content = png(
        Figure("x", "", Sentence(Messages("en", {"caption": "Said below."}), "caption"), (panel,), 1, ())
    )
    return Image.open(BytesIO(content)).convert("RGB")


def at(image: Image.Image, x: float, y: float) -> object:
    """The colour at a value of the axes."""
    return image.getpixel((round((LEFT + 20 * x) * SCALE), round((TOP + 100 - 10 * y) * SCALE)))


def test_areas_lines_and_marks_stand_where_the_axes_say(image: Image.Image) -> None:
    assert at(image, 2.5, 2.5) == (255, 0, 0)
    assert at(image, 5.5, 2.5) == (255, 255, 255)
    assert at(image, 2.5, 7.5) == (0, 0, 255)
    assert at(image, 2.5, 6.5) == (255, 255, 255)


def test_marks_lie_over_lines_and_areas_let_the_paper_through(image: Image.Image) -> None:
    assert at(image, 5, 7.5) == (255, 0, 0)
    red, green, _ = image.getpixel((round((LEFT + 160) * SCALE), round((TOP + 75) * SCALE)))  # type: ignore[misc]  # RGB
    assert green == 255
    assert 120 < red < 135


def test_words_stand_around_their_place(image: Image.Image) -> None:
    rows, columns = range(round(TOP * SCALE), round((TOP + 20) * SCALE)), range(image.width)
    blue = [x for y in rows for x in columns if image.getpixel((x, y))[2] > image.getpixel((x, y))[0] + 100]  # type: ignore[index]  # RGB
    assert (min(blue) + max(blue)) / 2 == pytest.approx((LEFT + 160) * SCALE, abs=3)
