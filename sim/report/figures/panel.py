"""A figure as data: panels with axes and marks, which say nothing of how they are drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TypeAlias

from sim.report.number_format import number
from sim.report.quantity import Quantity
from sim.report.sentences import Sentence
from sim.report.style import INK

_LONGEST = 58  # letters of a label


@dataclass(frozen=True)
class Axis:
    """A linear axis; `ticks` are places with their words."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    label: str = ""
    grid: bool = False


@dataclass(frozen=True)
class Line:
    """A line through points."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    colour: str
    width: float = 2.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Band:
    """The area between two lines."""

    xs: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    colour: str
    opacity: float = 0.15


@dataclass(frozen=True)
class Rect:
    """A rectangle."""

    x0: float
    x1: float
    y0: float
    y1: float
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Dots:
    """Marks at points; `size` is their width in pixels."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    colour: str
    marker: str = "circle"
    size: float = 8.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Text:
    """Words at a point, moved by some pixels; bound to a result file if they are a number from it."""

    x: float
    y: float
    text: str
    colour: str = INK
    anchor: str = "start"
    dx: float = 0.0
    dy: float = 0.0
    bold: bool = False
    quantity: Quantity | None = None


Mark: TypeAlias = Line | Band | Rect | Dots | Text


@dataclass(frozen=True)
class Margins:
    """Room around a panel's axes, in pixels."""

    left: float = 48.0
    right: float = 16.0
    top: float = 46.0
    bottom: float = 34.0


@dataclass(frozen=True)
class Panel:
    """One pair of axes.

    Attributes
    ----------
    title, note : str
        Above the axes: what is shown, and its unit.
    label : str
        The content in sentences, for those who don't see the figure.
    """

    title: str
    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    label: str
    note: str = ""
    width: float = 360.0
    height: float = 230.0
    margins: Margins = field(default_factory=Margins)


@dataclass(frozen=True)
class Key:
    """A line of the legend."""

    text: str
    colour: str
    marker: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Figure:
    """Panels that belong together, `columns` beside each other.

    Attributes
    ----------
    caption : Sentence
        Says the units, the number of worlds and what the intervals are.
    """

    key: str
    title: str
    caption: Sentence
    panels: tuple[Panel, ...]
    columns: int
    legend: tuple[Key, ...] = ()


_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_OUTERMOST = 0.85  # of an axis, for its last tick
_TINY = 1e-9
_MOST_TRIES = 12


def nice_step(span: float, n: int) -> float:
    """A round distance between about `n` ticks."""
    raw = span / max(n, 1)
    if not math.isfinite(raw) or raw <= 0:
        return 1.0
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return next((step * magnitude for step in _STEPS if step * magnitude >= raw * (1 - 1e-9)), 10 * magnitude)


def ticked(
    low: float,
    high: float,
    lang: str,
    n: int = 4,
    *,
    signed: bool = False,
    label: str = "",
) -> Axis:
    """An axis with round ticks inside its limits."""
    first, last, step = _inside(low, high, n)
    while last <= first and n < _MOST_TRIES:  # one tick alone gives no scale
        n += 1
        first, last, step = _inside(low, high, n)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if abs(step * 10**decimals - round(step * 10**decimals)) > 1e-6 * step * 10**decimals:
        decimals += 1  # steps of 2.5
    ticks = tuple((k * step, number(k * step, lang, decimals, signed=signed)) for k in range(first, last + 1))
    return Axis(low, high, ticks, label, grid=True)


def _inside(low: float, high: float, n: int) -> tuple[int, int, float]:
    """The first and last round tick inside the limits, counted in steps, and the step."""
    step = nice_step(high - low, n)
    return math.ceil(low / step - _TINY), math.floor(high / step + _TINY), step


def balanced(reach: float, lang: str) -> Axis:
    """An axis as far to the left of zero as to the right, with a round tick on either side."""
    magnitude = 10.0 ** math.floor(math.log10(_OUTERMOST * reach))
    step = max(step * magnitude for step in _STEPS if step * magnitude <= _OUTERMOST * reach)
    decimals = max(0, -math.floor(math.log10(step) + _TINY))
    decimals += round(step / magnitude, 1) == _STEPS[2] and magnitude <= 1  # steps of 2.5, not of 25
    ends = tuple((sign * step, number(sign * step, lang, decimals, signed=True)) for sign in (-1, 1))
    return Axis(-reach, reach, (ends[0], (0.0, "0"), ends[1]), grid=True)


def apart(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places of labels moved as little as needed to stand at least `gap` apart, order kept.

    Together they are then shifted between `low` and `high`; where there is no room for all, the lower end counts.
    """
    if not places:
        return []
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = dict(zip(order, _spread([places[i] for i in order], gap), strict=True))
    shift = min(0.0, high - max(moved.values()))
    shift = max(shift, low - min(moved.values()))
    return [moved[i] + shift for i in range(len(places))]


def _spread(ordered: list[float], gap: float) -> list[float]:
    """Pool neighbours that are too close into blocks around their common middle."""
    blocks: list[tuple[float, int]] = []  # (start, members)
    for place in ordered:
        start, n = place, 1
        while blocks and blocks[-1][0] + gap * blocks[-1][1] > start:
            before, n_before = blocks.pop()
            start = (before * n_before + (start - gap * n_before) * n) / (n_before + n)
            n += n_before
        blocks.append((start, n))
    return [start + gap * k for start, n in blocks for k in range(n)]


def shortened(name: str) -> str:
    """A label no longer than there is room for."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip(" ,") + "…"
