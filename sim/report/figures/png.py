"""Figures as PNG files: the same panels at the same places as in the page, with title, legend and caption around them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.report.figures.panel import Axis, Band, Dots, Figure, Key, Line, Mark, Panel, Rect, Text
from sim.report.figures.svg import Frame
from sim.report.style import AXIS, GRID, INK, MUTED, PAPER, SMALL_PX, TEXT_PX, TITLE_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 150
_PX_PER_INCH = 96.0
_STROKE_POINTS = 0.75  # a pixel in points
_POINTS_PER_PX = 0.7  # for words a little less, because the font that comes with matplotlib is wide
_EDGE, _GAP = 24.0, 28.0
_HEADING_PX, _LINE_PX, _LEGEND_PX = 18.0, 17.0, 24.0
_CHARACTER_PX = 6.3  # of the caption
_MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "nabla": "v", "cross": "P"}
_ALIGN = {"start": "left", "middle": "center", "end": "right"}


def png(figure: Figure) -> bytes:
    """The file's content; the same figure gives the same bytes."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    panel = figure.panels[0]
    rows = -(-len(figure.panels) // figure.columns)
    height_of_panel = max(p.height for p in figure.panels)
    width = 2 * _EDGE + figure.columns * panel.width + (figure.columns - 1) * _GAP
    caption = textwrap.wrap(str(figure.caption), int((width - 2 * _EDGE) / _CHARACTER_PX))
    legend = _legend_lines(figure.legend, width)
    head = _EDGE + _HEADING_PX + 14 + (_LEGEND_PX * len(legend) + 2 if legend else 8)
    foot = len(caption) * _LINE_PX + _EDGE
    height = head + rows * height_of_panel + (rows - 1) * _GAP / 2 + 14 + foot
    with rc_context({"font.family": "DejaVu Sans", "lines.scale_dashes": False}):
        canvas = Canvas(figsize=(width / _PX_PER_INCH, height / _PX_PER_INCH), dpi=DPI, facecolor=PAPER)
        sheet = canvas.add_axes((0, 0, 1, 1))
        sheet.set(xlim=(0, width), ylim=(height, 0))
        sheet.axis("off")
        _say(sheet, _EDGE, _EDGE + _HEADING_PX / 2, figure.title, INK, size=_HEADING_PX, bold=True)
        for i, line_of_keys in enumerate(legend):
            _legend(sheet, line_of_keys, head - 22 - _LEGEND_PX * (len(legend) - 1 - i))
        for i, each in enumerate(figure.panels):
            left = _EDGE + (i % figure.columns) * (panel.width + _GAP)
            top = head + (i // figure.columns) * (height_of_panel + _GAP / 2)
            _Drawing(sheet, each, left, top).draw()
        for i, line in enumerate(caption):
            _say(sheet, _EDGE, height - foot + (i + 0.5) * _LINE_PX, line, MUTED, size=SMALL_PX)
        FigureCanvasAgg(canvas)
        file = BytesIO()
        canvas.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
    return file.getvalue()


def _say(
    sheet: Axes, x: float, y: float, words: str, colour: str, *, size: float = TEXT_PX, anchor: str = "start",
    bold: bool = False,
) -> None:  # fmt: skip
    sheet.text(
        x, y, words, color=colour, fontsize=size * _POINTS_PER_PX, ha=_ALIGN[anchor], va="center_baseline",
        fontweight="bold" if bold else "normal", parse_math=False,
    )  # fmt: skip


def _legend_lines(keys: Sequence[Key], width: float) -> list[list[Key]]:
    """The keys in lines that are no longer than the sheet."""
    lines: list[list[Key]] = []
    end = width
    for key in keys:
        if end + _key_width(key) > width - _EDGE:
            lines.append([])
            end = _EDGE
        lines[-1].append(key)
        end += _key_width(key)
    return lines


def _key_width(key: Key) -> float:
    return 18 + 7.0 * len(key.text) + 24


def _legend(sheet: Axes, keys: Sequence[Key], y: float) -> None:
    x = _EDGE
    for key in keys:
        _marks(sheet, (x + 6,), (y,), key.colour, key.marker, 9.0, key.opacity)
        _say(sheet, x + 18, y, key.text, INK)
        x += _key_width(key)


def _marks(sheet: Axes, xs: Any, ys: Any, colour: str, marker: str, size: float, opacity: float) -> None:
    sheet.scatter(
        xs,
        ys,
        s=(size * _STROKE_POINTS) ** 2,
        c=colour,
        marker=_MARKERS[marker],
        alpha=opacity,
        linewidths=0,
        zorder=3,
    )


class _Drawing:
    """A panel at its place on the sheet, whose unit is the pixel and whose y axis points down."""

    def __init__(self, sheet: Axes, panel: Panel, left: float, top: float) -> None:
        self.sheet, self.panel, self.frame = sheet, panel, Frame(panel)
        self.left, self.top = left, top

    def x(self, value: float) -> float:
        return self.left + self.frame.x(value)

    def y(self, value: float) -> float:
        return self.top + self.frame.y(value)

    def draw(self) -> None:
        panel = self.panel
        _say(self.sheet, self.left, self.top + 11, panel.title, INK, size=TITLE_PX, bold=True)
        _say(self.sheet, self.left, self.top + 27, panel.note, MUTED, size=SMALL_PX)
        self._ticks(panel.x, panel.y)
        for mark in panel.marks:
            self._mark(mark)

    def _ticks(self, x_axis: Axis, y_axis: Axis) -> None:
        left, right = self.left + self.panel.margins.left, self.left + self.frame.right
        top, bottom = self.top + self.panel.margins.top, self.top + self.frame.bottom
        for value, words in x_axis.ticks:
            if x_axis.grid:
                self.sheet.plot((self.x(value),) * 2, (top, bottom), color=GRID, lw=_STROKE_POINTS, zorder=0)
            _say(self.sheet, self.x(value), bottom + 14, words, MUTED, size=SMALL_PX, anchor="middle")
        for value, words in y_axis.ticks:
            if y_axis.grid:
                self.sheet.plot((left, right), (self.y(value),) * 2, color=GRID, lw=_STROKE_POINTS, zorder=0)
            colour = MUTED if y_axis.grid else INK
            _say(self.sheet, left - 6, self.y(value), words, colour, size=SMALL_PX, anchor="end")
        if x_axis.ticks or y_axis.ticks:  # a graph has no axes
            self.sheet.plot((left, right), (bottom, bottom), color=AXIS, lw=_STROKE_POINTS, zorder=1)
        _say(
            self.sheet,
            right,
            self.top + self.panel.height - 5,
            x_axis.label,
            MUTED,
            size=SMALL_PX,
            anchor="end",
        )

    def _mark(self, mark: Mark) -> None:
        match mark:
            case Line():
                dashes: Any = (
                    (0, tuple(_STROKE_POINTS * length for length in mark.dash)) if mark.dash else "-"
                )
                self.sheet.plot(
                    [self.x(x) for x in mark.xs], [self.y(y) for y in mark.ys], color=mark.colour,
                    lw=mark.width * _STROKE_POINTS, ls=dashes, solid_joinstyle="round", zorder=2,
                )  # fmt: skip
            case Band():
                xs = [self.x(x) for x in mark.xs]
                lows, highs = [self.y(y) for y in mark.lows], [self.y(y) for y in mark.highs]
                self.sheet.fill_between(
                    xs, lows, highs, color=mark.colour, alpha=mark.opacity, lw=0, zorder=1
                )
            case Rect():
                corners = [self.x(mark.x0), self.x(mark.x1)], [self.y(mark.y0), self.y(mark.y1)]
                self.sheet.fill_between(
                    corners[0],
                    corners[1][0],
                    corners[1][1],
                    color=mark.colour,
                    alpha=mark.opacity,
                    lw=0,
                    zorder=1,
                )
            case Dots():
                xs, ys = [self.x(x) for x in mark.xs], [self.y(y) for y in mark.ys]
                _marks(self.sheet, xs, ys, mark.colour, mark.marker, mark.size, mark.opacity)
            case Text():
                x, y = self.x(mark.x) + mark.dx, self.y(mark.y) + mark.dy
                _say(self.sheet, x, y, mark.text, mark.colour, anchor=mark.anchor, bold=mark.bold)
