"""Markdown for the reference pages: tables, and numbers as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, isfinite, log10

from sim.design import plain
from sim.parameters.declaration import Value

_DIGITS = 4  # of a number with decimals
_OF_INTERVAL = 3  # digits that count, of the larger end of an interval


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table, an empty one after it."""
    lines = [_row(header), "|" + "---|" * len(header)]
    return [*lines, *(_row([cell(text) for text in row]) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def paragraphs(*texts: str) -> list[str]:
    """Lines of a page: each text, and an empty line after it."""
    return [line for text in texts for line in (text, "")]


def cell(text: str) -> str:
    """A text that can stand in a table's cell; code in it stays as it is."""
    pieces = " ".join(text.split()).replace("|", "\\|").split("`")
    return "`".join(
        piece if inside % 2 else piece.replace("<", "&lt;") for inside, piece in enumerate(pieces)
    )


def code(text: str) -> str:
    """A name as it stands in the code; nothing for nothing."""
    return f"`{text}`" if text else ""


def shown(value: Value, *, grouped: bool = True) -> str:
    """A parameter's value: words for choices, thousands set apart unless it is a year."""
    if isinstance(value, tuple):
        return ", ".join(shown(item, grouped=False) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (int, float)):
        return str(plain(value))
    if value == int(value):
        return f"{int(value):,}" if grouped else str(int(value))
    return f"{value:.{_DIGITS}g}"


def interval(difference: float, low: float, high: float) -> str:
    """A difference with the ends of its interval."""
    if not isfinite(difference):
        return "-"
    size = max(abs(low), abs(high), abs(difference))
    decimals = 0 if size == 0 else max(0, _OF_INTERVAL - 1 - floor(log10(size)))
    return f"{difference:+,.{decimals}f} [{low:,.{decimals}f}, {high:,.{decimals}f}]"
