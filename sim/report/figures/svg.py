"""Panels as SVG for the page, and figures as files: small, sharp on any screen, without a request to anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from sim.report.figures.panel import Axis, Band, Dots, Figure, Key, Line, Mark, Panel, Rect, Text
from sim.report.figures.plan import EDGE, HEADING_PX, planned, title_px
from sim.report.style import AXIS, GRID, INK, MUTED, PAPER, SMALL_PX, TEXT_PX

_TITLE_Y, _NOTE_Y = 15.0, 31.0
_TICK_GAP = 6.0
_FONTS = "Segoe UI, Roboto, Helvetica Neue, Arial, Liberation Sans, sans-serif"  # as the style has it; on paper it is not asked
_BASELINE = 0.35  # of the letter height: middles words on a point


@dataclass(frozen=True)
class Frame:
    """Where a panel's axes lie in its drawing, in pixels from the top left corner."""

    panel: Panel

    @property
    def right(self) -> float:
        """Right end of the axes."""
        return self.panel.width - self.panel.margins.right

    @property
    def bottom(self) -> float:
        """Lower end of the axes."""
        return self.panel.height - self.panel.margins.bottom

    def x(self, value: float) -> float:
        """Place of a value."""
        left = self.panel.margins.left
        return left + _share(self.panel.x, value) * (self.right - left)

    def y(self, value: float) -> float:
        """Place of a value."""
        top = self.panel.margins.top
        return self.bottom - _share(self.panel.y, value) * (self.bottom - top)


def _share(axis: Axis, value: float) -> float:
    span = axis.high - axis.low
    return (value - axis.low) / span if span else 0.5


def _n(value: float) -> str:
    """A coordinate, as short as it can be."""
    return f"{value:.1f}".removesuffix(".0")


def svg(panel: Panel) -> Markup:
    """A panel as an `<svg>` element that tells its content to screen readers too."""
    frame = Frame(panel)
    parts = [
        f'<svg viewBox="0 0 {_n(panel.width)} {_n(panel.height)}" width="{_n(panel.width)}" '
        f'height="{_n(panel.height)}" font-family="{_FONTS}" role="img" aria-label="{escape(panel.label)}">',
        _words(0, _TITLE_Y, panel.title, INK, size=title_px(panel), bold=True),
        _words(0, _NOTE_Y, panel.note, MUTED, size=SMALL_PX) if panel.note else "",
        *_axes(frame),
        *(_mark(frame, mark) for mark in panel.marks),
        "</svg>",
    ]
    return Markup("".join(parts))  # every text above is escaped


def svg_file(figure: Figure, lang: str, source: str = "") -> bytes:
    """A figure as a file of its own: title, legend, panels, caption, and where it is from.

    Parameters
    ----------
    lang : str
        Language of its words.
    source : str
        Stands under the caption.
    """
    plan = planned(figure, source)
    width, height = _n(plan.width), _n(plan.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{lang}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="{_FONTS}" role="img"><title>{escape(figure.title)}</title>',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
    ]
    for line, y in plan.title:
        parts.append(_words(EDGE, y + _BASELINE * HEADING_PX, line, INK, size=HEADING_PX, bold=True))
    for key, x, y in plan.keys:
        parts.append(
            f'<path d="{marker_path(key.marker, x + 6, y, 9)}" fill="{key.colour}" fill-opacity="{key.opacity:g}"/>'
        )
        parts.append(_words(x + 18, y + _BASELINE * TEXT_PX, key.text, INK))
    for panel, x, y in plan.panels:
        parts.append(str(svg(panel)).replace("<svg ", f'<svg x="{_n(x)}" y="{_n(y)}" ', 1))
    parts += [_words(EDGE, y + _BASELINE * SMALL_PX, line, MUTED, size=SMALL_PX) for line, y in plan.lines]
    return ("".join(map(str, parts)) + "</svg>\n").encode()


def _axes(frame: Frame) -> list[str]:
    panel, left, top = frame.panel, frame.panel.margins.left, frame.panel.margins.top
    parts = []
    for value, words in panel.x.ticks:
        x = frame.x(value)
        if panel.x.grid:
            parts.append(_stroke(x, top, x, frame.bottom, GRID))
        parts.append(
            _words(x, frame.bottom + _TICK_GAP + SMALL_PX, words, MUTED, anchor="middle", size=SMALL_PX)
        )
    for value, words in panel.y.ticks:
        y = frame.y(value)
        if panel.y.grid:
            parts.append(_stroke(left, y, frame.right, y, GRID))
        colour = MUTED if panel.y.grid else INK
        parts.append(
            _words(left - _TICK_GAP, y + _BASELINE * SMALL_PX, words, colour, anchor="end", size=SMALL_PX)
        )
    if panel.x.ticks or panel.y.ticks:  # a graph has no axes
        parts.append(_stroke(left, frame.bottom, frame.right, frame.bottom, AXIS))
    if panel.x.label:
        parts.append(_words(frame.right, panel.height - 1, panel.x.label, MUTED, anchor="end", size=SMALL_PX))
    return parts


def _stroke(x0: float, y0: float, x1: float, y1: float, colour: str) -> str:
    return f'<path d="M{_n(x0)} {_n(y0)}L{_n(x1)} {_n(y1)}" stroke="{colour}" fill="none"/>'


def _words(
    x: float, y: float, text: str, colour: str, *, anchor: str = "start", size: float = TEXT_PX, bold: bool = False,
    data: str = "",
) -> str:  # fmt: skip
    weight = ' font-weight="600"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" fill="{colour}" font-size="{_n(size)}"{place}{weight}{data}>'
        f"{escape(text)}</text>"
    )


def _line(frame: Frame, mark: Line) -> str:
    points = "L".join(f"{_n(frame.x(x))} {_n(frame.y(y))}" for x, y in zip(mark.xs, mark.ys, strict=True))
    dash = f' stroke-dasharray="{" ".join(map(_n, mark.dash))}"' if mark.dash else ""
    return (
        f'<path d="M{points}" fill="none" stroke="{mark.colour}" stroke-width="{_n(mark.width)}"'
        f' stroke-linejoin="round"{dash}/>'
    )


def _band(frame: Frame, mark: Band) -> str:
    there = [(frame.x(x), frame.y(y)) for x, y in zip(mark.xs, mark.highs, strict=True)]
    back = [(frame.x(x), frame.y(y)) for x, y in zip(mark.xs, mark.lows, strict=True)][::-1]
    points = "L".join(f"{_n(x)} {_n(y)}" for x, y in there + back)
    return f'<path d="M{points}Z" fill="{mark.colour}" fill-opacity="{mark.opacity:g}"/>'


def _rect(frame: Frame, mark: Rect) -> str:
    x0, x1 = sorted((frame.x(mark.x0), frame.x(mark.x1)))
    y0, y1 = sorted((frame.y(mark.y0), frame.y(mark.y1)))
    return (
        f'<rect x="{_n(x0)}" y="{_n(y0)}" width="{_n(x1 - x0)}" height="{_n(y1 - y0)}"'
        f' fill="{mark.colour}" fill-opacity="{mark.opacity:g}"/>'
    )


def marker_path(marker: str, x: float, y: float, size: float) -> str:
    """The outline of a mark around a point."""
    r = size / 2
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
        "nabla": ((0, 1.15), (1.1, -0.85), (-1.1, -0.85)),
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "cross": (
            (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
            (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
        ),
    }.get(marker)  # fmt: skip
    if corners is None:
        return f"M{_n(x - r)} {_n(y)}a{_n(r)} {_n(r)} 0 1 0 {_n(size)} 0a{_n(r)} {_n(r)} 0 1 0 {_n(-size)} 0z"
    return "M" + "L".join(f"{_n(x + dx * r)} {_n(y + dy * r)}" for dx, dy in corners) + "z"


def _dots(frame: Frame, mark: Dots) -> str:
    outlines = "".join(
        marker_path(mark.marker, frame.x(x), frame.y(y), mark.size)
        for x, y in zip(mark.xs, mark.ys, strict=True)
    )
    return f'<path d="{outlines}" fill="{mark.colour}" fill-opacity="{mark.opacity:g}"/>' if outlines else ""


def _text(frame: Frame, mark: Text) -> str:
    bound = mark.quantity
    data = (
        f' data-value="{float(bound.value)!r}" data-source="{escape(bound.source)}" data-factor="{bound.factor:g}"'
        if bound
        else ""
    )
    x, y = frame.x(mark.x) + mark.dx, frame.y(mark.y) + mark.dy + _BASELINE * TEXT_PX
    return _words(x, y, mark.text, mark.colour, anchor=mark.anchor, bold=mark.bold, data=data)


def _mark(frame: Frame, mark: Mark) -> str:
    match mark:
        case Line():
            return _line(frame, mark)
        case Band():
            return _band(frame, mark)
        case Rect():
            return _rect(frame, mark)
        case Dots():
            return _dots(frame, mark)
        case Text():
            return _text(frame, mark)


def key_svg(colour: str, marker: str, opacity: float = 1.0) -> Markup:
    """A mark of the legend, for the eye only: its words stand beside it."""
    path = marker_path(marker, 7, 7, 10)
    return Markup(
        f'<svg class="key" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">'
        f'<path d="{path}" fill="{colour}" fill-opacity="{opacity:g}"/></svg>'
    )


class Drawing:
    """What templates draw figures with."""

    def svg(self, panel: Panel) -> Markup:
        """A panel as it stands in the page."""
        return svg(panel)

    def key(self, key: Key) -> Markup:
        """The mark of a legend line."""
        return key_svg(key.colour, key.marker, key.opacity)
