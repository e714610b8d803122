"""Figures as PNG files: the same panels at the same places as in the page, with title, legend and caption around them.

Shapes are drawn by matplotlib's renderer (Agg) and words by Pillow, both handed their coordinates straight away: matplotlib's own
figures, made for axes that lay themselves out, take ten times as long to draw the same.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arrays import AnyArray, Floats
from sim.report.figures.panel import Axis, Band, Dots, Figure, Line, Mark, Panel, Rect, Text
from sim.report.figures.plan import EDGE, HEADING_PX, planned, title_px
from sim.report.figures.svg import Frame
from sim.report.style import AXIS, GRID, INK, MUTED, PAPER, SMALL_PX, TEXT_PX

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

DPI = 150
_PX_PER_INCH = 96.0
_STROKE_POINTS = 0.75  # a pixel in points
_WORD_SHARE = (
    0.93  # words a little less than in the page, because the font that comes with matplotlib is wide
)
_BASELINE = 0.35  # of the letter height: middles words on a point
_MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "nabla": "v", "cross": "P"}
_ANCHOR = {"start": "ls", "middle": "ms", "end": "rs"}  # Pillow's: where along the words, and on the baseline
_AREA, _AXIS, _LINE, _DOTS = range(4)  # what lies over what; the grid lies under all
_GRID = -1
_COMPRESSION = 3  # of 9: the higher, the slower, and hardly smaller
_PER_METRE = round(DPI / 0.0254)


def png(figure: Figure, source: str = "") -> bytes:
    """The file's content; the same figure gives the same bytes.

    Parameters
    ----------
    source : str
        Stands under the caption.
    """
    plan = planned(figure, source)
    sheet = _Sheet(plan.width, plan.height)
    for line, y in plan.title:
        sheet.say(EDGE, y, line, INK, size=HEADING_PX, bold=True)
    for key, x, y in plan.keys:
        sheet.put(_DOTS, Dots((x + 6,), (y,), key.colour, key.marker, 9.0, key.opacity))
        sheet.say(x + 18, y, key.text, INK)
    for panel, left, top in plan.panels:
        _Drawing(sheet, panel, left, top).draw()
    for line, y in plan.lines:
        sheet.say(EDGE, y, line, MUTED, size=SMALL_PX)
    return sheet.content()


class _Sheet:
    """Paper whose unit is the pixel of the page and whose y axis points down. Nothing is drawn before it is saved."""

    def __init__(self, width: float, height: float) -> None:
        self.scale = DPI / _PX_PER_INCH
        self.width, self.height = int(width * self.scale), int(height * self.scale)
        self._shapes: list[tuple[int, Line | Band | Dots]] = []
        self._words: list[tuple[float, float, str, str, float, str, bool]] = []

    def put(self, layer: int, shape: Line | Band | Dots) -> None:
        """Put a shape, its coordinates those of the sheet, on a layer."""
        self._shapes.append((layer, shape))

    def say(
        self, x: float, y: float, words: str, colour: str, *, size: float = TEXT_PX, anchor: str = "start",
        bold: bool = False,
    ) -> None:  # fmt: skip
        """Put words so that the middle of their letters stands at a height."""
        if words:
            self._words.append((x, y + _BASELINE * size, words, colour, size, anchor, bold))

    def content(self) -> bytes:
        """The file's content with everything drawn, shapes by their layers and words over all."""
        from PIL import Image, ImageDraw

        image = Image.fromarray(self._drawn_shapes()).convert("RGB")
        pen = ImageDraw.Draw(image)
        for x, y, words, colour, size, anchor, bold in self._words:
            font = _font(size * _WORD_SHARE * self.scale, bold=bold)
            pen.text((x * self.scale, y * self.scale), words, colour, font, _ANCHOR[anchor])
        return encoded(np.asarray(image))

    def _drawn_shapes(self) -> AnyArray:
        """Red, green, blue and opacity of each point with all shapes drawn, shape (height, width, 4)."""
        from matplotlib.backends.backend_agg import RendererAgg
        from matplotlib.colors import to_rgba
        from matplotlib.path import Path as Outline
        from matplotlib.transforms import Affine2D

        agg: Any = RendererAgg(self.width, self.height, DPI)  # type: ignore[no-untyped-call]  # it has no types
        place = Affine2D().scale(self.scale, -self.scale).translate(0, self.height)
        pen = agg.new_gc()
        whole = Outline([(0, 0), (0, self.height), (self.width, self.height), (self.width, 0)])
        pen.set_linewidth(0)
        agg.draw_path(pen, whole, Affine2D(), to_rgba(PAPER))
        for _, shape in sorted(self._shapes, key=lambda on: on[0]):
            pen = agg.new_gc()
            pen.set_linewidth(0)
            match shape:
                case Line():
                    pen.set_linewidth(shape.width * _STROKE_POINTS)
                    pen.set_foreground(to_rgba(shape.colour), isRGBA=True)
                    pen.set_joinstyle("round")
                    pen.set_capstyle("butt" if shape.dash else "projecting")
                    pen.set_dashes(0, [_STROKE_POINTS * length for length in shape.dash] or None)
                    agg.draw_path(pen, Outline(_points(shape.xs, shape.ys)), place)
                case Band():
                    there, back = _points(shape.xs, shape.lows), _points(shape.xs, shape.highs)[::-1]
                    agg.draw_path(
                        pen,
                        Outline(np.concatenate([there, back])),
                        place,
                        to_rgba(shape.colour, shape.opacity),
                    )
                case Dots():
                    outline, size = _marker(shape.marker, shape.size * self.scale)
                    where = Outline(_points(shape.xs, shape.ys))
                    agg.draw_markers(pen, outline, size, where, place, to_rgba(shape.colour, shape.opacity))
        return np.asarray(agg.buffer_rgba())


def encoded(image: AnyArray) -> bytes:
    """Red, green and blue of each point, shape (height, width, 3), as a PNG file's content.

    Rows are packed as they are: to look for the filter that packs each best, as Pillow does, takes most of a figure's time.
    """
    height, width, _ = image.shape
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)  # each begins with its filter: none
    rows[:, 1:] = image.reshape(height, -1)
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0),
        b"pHYs": struct.pack(">IIB", _PER_METRE, _PER_METRE, 1),
        b"IDAT": zlib.compress(rows.data, _COMPRESSION),
        b"IEND": b"",
    }
    framed = (
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in parts.items()
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def _points(xs: Sequence[float], ys: Sequence[float]) -> Floats:
    """Shape (points, 2)."""
    return np.column_stack([xs, ys]).astype(np.float64)


@cache
def _marker(name: str, size: float) -> tuple[Any, Any]:
    """A marker's outline, and how it is brought to its size."""
    from matplotlib.markers import MarkerStyle
    from matplotlib.transforms import Affine2D

    marker = MarkerStyle(_MARKERS[name])
    return marker.get_path(), (marker.get_transform() + Affine2D().scale(size)).frozen()


@cache
def _font(size: float, *, bold: bool) -> FreeTypeFont:
    """The font that comes with matplotlib, so that figures look the same on every machine."""
    from matplotlib import get_data_path
    from PIL import ImageFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    file = Path(get_data_path()) / "fonts" / "ttf" / name
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


class _Drawing:
    """A panel at its place on the sheet."""

    def __init__(self, sheet: _Sheet, panel: Panel, left: float, top: float) -> None:
        self.sheet, self.panel, self.frame = sheet, panel, Frame(panel)
        self.left, self.top = left, top

    def x(self, value: float) -> float:
        return self.left + self.frame.x(value)

    def y(self, value: float) -> float:
        return self.top + self.frame.y(value)

    def xs(self, values: Sequence[float]) -> tuple[float, ...]:
        return tuple(map(self.x, values))

    def ys(self, values: Sequence[float]) -> tuple[float, ...]:
        return tuple(map(self.y, values))

    def draw(self) -> None:
        panel = self.panel
        self.sheet.say(self.left, self.top + 11, panel.title, INK, size=title_px(panel), bold=True)
        self.sheet.say(self.left, self.top + 27, panel.note, MUTED, size=SMALL_PX)
        self._ticks(panel.x, panel.y)
        for mark in panel.marks:
            self._mark(mark)

    def _ticks(self, x_axis: Axis, y_axis: Axis) -> None:
        left, right = self.left + self.panel.margins.left, self.left + self.frame.right
        top, bottom = self.top + self.panel.margins.top, self.top + self.frame.bottom
        for value, words in x_axis.ticks:
            x = self.x(value)
            if x_axis.grid:
                self.sheet.put(_GRID, Line((x, x), (top, bottom), GRID, 1))
            self.sheet.say(x, bottom + 14, words, MUTED, size=SMALL_PX, anchor="middle")
        for value, words in y_axis.ticks:
            y = self.y(value)
            if y_axis.grid:
                self.sheet.put(_GRID, Line((left, right), (y, y), GRID, 1))
            colour = MUTED if y_axis.grid else INK
            self.sheet.say(left - 6, y, words, colour, size=SMALL_PX, anchor="end")
        if x_axis.ticks or y_axis.ticks:  # a graph has no axes
            self.sheet.put(_AXIS, Line((left, right), (bottom, bottom), AXIS, 1))
        end = self.top + self.panel.height - 5
        self.sheet.say(right, end, x_axis.label, MUTED, size=SMALL_PX, anchor="end")

    def _mark(self, mark: Mark) -> None:
        match mark:
            case Line():
                moved = replace(mark, xs=self.xs(mark.xs), ys=self.ys(mark.ys))
                self.sheet.put(_LINE, moved)
            case Band():
                band = replace(mark, xs=self.xs(mark.xs), lows=self.ys(mark.lows), highs=self.ys(mark.highs))
                self.sheet.put(_AREA, band)
            case Rect():
                xs, low, high = self.xs((mark.x0, mark.x1)), self.y(mark.y0), self.y(mark.y1)
                self.sheet.put(_AREA, Band(xs, (low, low), (high, high), mark.colour, mark.opacity))
            case Dots():
                self.sheet.put(_DOTS, replace(mark, xs=self.xs(mark.xs), ys=self.ys(mark.ys)))
            case Text():
                x, y = self.x(mark.x) + mark.dx, self.y(mark.y) + mark.dy
                self.sheet.say(x, y, mark.text, mark.colour, anchor=mark.anchor, bold=mark.bold)
