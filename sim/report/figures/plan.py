"""Where title, legend, panels and caption of a figure lie on a sheet of its own, be it drawn as PNG or as SVG."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from sim.report.figures.panel import Figure, Key, Panel
from sim.report.style import SMALL_PX, TITLE_PX

EDGE, HEADING_PX = 24.0, 18.0
_GAP = 28.0
_LINE_PX, _LEGEND_PX, _HEADING_LINE_PX = 17.0, 24.0, 23.0
_CHARACTER_PX = 6.3  # of the caption
_TITLE_CHARACTER = 0.6  # of the letter height: a bold character's width


@dataclass(frozen=True)
class Plan:
    """A sheet, in pixels from its top left corner.

    Attributes
    ----------
    title : tuple of (str, y)
        The heading, in as many lines as it takes; y is the middle of the letters.
    keys : tuple of (Key, x, y)
        The legend; y is the middle of its line.
    panels : tuple of (Panel, x, y)
    lines : tuple of (str, y)
        The caption, then the source; y is the middle of the letters.
    """

    width: float
    height: float
    title: tuple[tuple[str, float], ...]
    keys: tuple[tuple[Key, float, float], ...]
    panels: tuple[tuple[Panel, float, float], ...]
    lines: tuple[tuple[str, float], ...]


def planned(figure: Figure, source: str = "") -> Plan:
    """The sheet of a figure."""
    panel = figure.panels[0]
    rows = -(-len(figure.panels) // figure.columns)
    height_of_panel = max(p.height for p in figure.panels)
    width = 2 * EDGE + figure.columns * panel.width + (figure.columns - 1) * _GAP
    words = [
        line
        for text in (str(figure.caption), source)
        for line in textwrap.wrap(text, int((width - 2 * EDGE) / _CHARACTER_PX))
    ]
    keys = _keys(figure, width)
    legend = (keys[-1][2] + 1) if keys else 0
    title = textwrap.wrap(figure.title, int((width - 2 * EDGE) / (_TITLE_CHARACTER * HEADING_PX)))
    more = _HEADING_LINE_PX * max(len(title) - 1, 0)
    head = EDGE + HEADING_PX + more + 14 + (_LEGEND_PX * legend + 2 if keys else 8)
    foot = len(words) * _LINE_PX + EDGE
    height = head + rows * height_of_panel + (rows - 1) * _GAP / 2 + 14 + foot
    return Plan(
        width,
        height,
        tuple((line, EDGE + HEADING_PX / 2 + _HEADING_LINE_PX * i) for i, line in enumerate(title)),
        tuple((key, x, head - 22 - _LEGEND_PX * (legend - 1 - row)) for key, x, row in keys),
        tuple(
            (
                each,
                EDGE + (i % figure.columns) * (panel.width + _GAP),
                head + i // figure.columns * (height_of_panel + _GAP / 2),
            )
            for i, each in enumerate(figure.panels)
        ),
        tuple((line, height - foot + (i + 0.5) * _LINE_PX) for i, line in enumerate(words)),
    )


def _keys(figure: Figure, width: float) -> list[tuple[Key, float, int]]:
    """The legend's keys, how far to the right they stand and in which line: none is longer than the sheet."""
    found: list[tuple[Key, float, int]] = []
    x, row = EDGE, 0
    for key in figure.legend:
        wide = 18 + 7.0 * len(key.text) + 24
        if x > EDGE and x + wide > width - EDGE:
            x, row = EDGE, row + 1
        found.append((key, x, row))
        x += wide
    return found


def title_px(panel: Panel) -> float:
    """The size at which a panel's title stays within its panel."""
    return max(min(TITLE_PX, panel.width / (_TITLE_CHARACTER * max(len(panel.title), 1))), SMALL_PX)
