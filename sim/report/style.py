"""How everything in the report looks: one set of colours, marks and sizes for the page, its figures and the PNG files."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1b2733"
MUTED = "#566371"
GRID = "#dde3e9"
ZONE = "#e6ebf0"
AXIS = "#8a96a3"
PAPER = "#ffffff"

TEXT_PX = 12.0
SMALL_PX = 11.0
TITLE_PX = 13.5

NAVY = "#12324a"
DRAWN_AVERAGE = "#c24e00"
DRAWN_SPREAD = "#0072b2"
NOT_DRAWN = "#8a96a3"


@dataclass(frozen=True)
class DesignStyle:
    """Colour, mark and dashes of one design: they differ in all three, so that no one has to tell by colour alone."""

    colour: str
    marker: str
    dash: tuple[float, ...]


# By the order of the designs, never by their names in some language. All have a contrast of 4.5 to 1 on white.
DESIGN_STYLES = (
    DesignStyle("#39434f", "circle", ()),
    DesignStyle("#0068a5", "square", (14.0, 2.0)),
    DesignStyle("#bf4b00", "triangle", (7.0, 2.5)),
    DesignStyle("#00765a", "diamond", (2.5, 2.0)),
    DesignStyle("#a3408a", "nabla", (9.0, 2.5, 2.0, 2.5)),
    DesignStyle("#7a5c00", "cross", (1.5, 1.5)),
)


def design_style(position: int) -> DesignStyle:
    """The style of the design that stands at a position; the baseline stands at 0."""
    return DESIGN_STYLES[position % len(DESIGN_STYLES)]
