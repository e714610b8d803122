"""What stands in a cell: numbers with the marks people use, shares, grades, classes; None where the publisher hides it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.registers.grids import Raw
from sim.state.places import Centrality

HIDDEN = frozenset(
    {"", ":", ".", "..", "...", "*", "**", "na", "n/a", "nan", "null", "#n/a", "i/t", "mangler"}
)
"""Signs for a number that is unknown, hidden for privacy, or does not exist."""
NOTHING = frozenset({"-", "–", "—", "−"})
"""Signs for exactly none (SSB)."""

DECIMAL_SIGNS = {"comma": ",", "point": "."}
_SPACED = re.compile(r"(-?\d{1,3})((?:[\s\u00a0\u2009\u202f'’]\d{3})+)([.,]\d+)?")
_PLAIN = re.compile(r"-?\d+")
_GROUPED = re.compile(
    r"-?\d{1,3}(?:(\.)\d{3}(?:\.\d{3})+(?:,\d+)?|(,)\d{3}(?:,\d{3})+(?:\.\d+)?|(\.)\d{3},\d+|(,)\d{3}\.\d+)"
)
_EITHER = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}")
_DECIMAL = re.compile(r"-?\d*([.,])\d+")
_YES = frozenset({"yes", "ja", "true", "sann", "1", "j", "y"})
_NO = frozenset({"no", "nei", "false", "usann", "0", "n"})
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_ENGLISH_MONTHS = {"may": 5, "oct": 10, "dec": 12}
_HIGHEST_GRADE = 10
_LONGEST = 40  # signs of a number
_GRADES = re.compile(
    r"(?:trinn )?(\d{1,2})\.?(?:\s*(?:-|–|—|til|to)\s*(\d{1,2})\.?)?(?:\s*\.?\s*(?:års)?(?:trinn|klasse|skole|grades?))?"
)
_CLASSES = {1: Centrality.CENTRAL, 2: Centrality.CENTRAL, 3: Centrality.MIDDLE, 4: Centrality.MIDDLE,
            5: Centrality.REMOTE, 6: Centrality.REMOTE}  # fmt: skip
_CLASS_WORDS = {
    "sentral": 1, "central": 1, "middle": 3, "mellom": 3, "remote": 6, "usentral": 6, "distrikt": 6,
}  # fmt: skip


class UnclearError(ValueError):
    """A number that can be read in two ways.

    Attributes
    ----------
    readings : tuple of float
    """

    def __init__(self, decimal: float, thousands: float) -> None:
        super().__init__(f"{thousands:.0f} or {decimal:g}")
        self.readings = (decimal, thousands)


@dataclass
class Signs:
    """Which sign stands before decimals in a file: as told, or as its own numbers prove."""

    told: str | None = None
    proven: set[str] = field(default_factory=set)

    def learn(self, cells: Iterable[Raw]) -> None:
        """Look at numbers that can be read in one way only."""
        for cell in cells:
            if isinstance(cell, str) and (sign := _decimal_sign(_bare(cell))):
                self.proven.add(sign)

    @property
    def decimal(self) -> str | None:
        """The sign, if it is known."""
        return self.told or (next(iter(self.proven)) if len(self.proven) == 1 else None)


def _decimal_sign(text: str) -> str | None:
    """What a number proves to be the sign before decimals."""
    if found := _GROUPED.fullmatch(text):
        return "," if "." in (found[1], found[3]) else "."
    if _EITHER.fullmatch(text):
        return None
    found = _DECIMAL.fullmatch(text)
    return found[1] if found else None


def is_hidden(cell: Raw) -> bool:
    """Whether the publisher hides or does not know it."""
    return isinstance(cell, str) and cell.lower() in HIDDEN


def number(cell: Raw, signs: Signs, low: float | None = None, high: float | None = None) -> float:
    """A number as people write it.

    Parameters
    ----------
    low, high : float, optional
        Bounds; where a number can be read in two ways and one lies outside them, it is the other.

    Raises
    ------
    UnclearError
        If it can be read in two ways.
    ValueError
        If it is no number.
    """
    if isinstance(cell, float) and math.isfinite(cell):
        return cell
    if not isinstance(cell, str):
        raise ValueError(cell)
    if cell in NOTHING:
        return 0.0
    text = _bare(cell)
    if len(text) > _LONGEST:
        raise ValueError(text)
    if _PLAIN.fullmatch(text):
        return float(text)
    found = _EITHER.fullmatch(text)
    if not found:
        return _in_one_way(text, signs)
    readings = (float(text.replace(",", ".")), float(text.replace(",", "").replace(".", "")))
    if signs.decimal:
        return readings[0] if found[1] == signs.decimal else readings[1]
    fitting = [one for one in readings if low is None or high is None or low <= one <= high]
    if len(fitting) == 1:
        return fitting[0]
    raise UnclearError(*readings)


def _in_one_way(text: str, signs: Signs) -> float:
    sign = _decimal_sign(text)
    if sign is None or (signs.told and sign != signs.told):
        raise ValueError(text)
    return float(text.replace("." if sign == "," else ",", "").replace(",", "."))


def _bare(cell: str) -> str:
    """A number's text without unit and without spaces between thousands."""
    text = cell.replace("\u2212", "-").removesuffix("%").strip()
    text = re.sub(r"\s*(kr|kroner|nok)\.?$", "", text, flags=re.IGNORECASE)
    found = _SPACED.fullmatch(text)
    return f"{found[1]}{re.sub(r'[^0-9]', '', found[2])}{found[3] or ''}" if found else text


def yes_no(cell: Raw) -> bool:
    """Yes or no, in either language, or 1 and 0."""
    text = f"{cell:g}" if isinstance(cell, float) else str(cell).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(text)


def centrality(cell: Raw) -> Centrality:
    """One of the three classes, from SSB's six or from words."""
    text = f"{cell:g}" if isinstance(cell, float) else str(cell).lower()
    if found := re.fullmatch(r"(?:klasse |sentralitet |0)?([1-6])(?:\.0+)?(?:\D.*)?", text):
        return _CLASSES[int(found[1])]
    return _CLASSES[_CLASS_WORDS[text]]


def grades(cell: Raw) -> tuple[int, int]:
    """Lowest and highest grade: `1-7`, `8.-10. trinn`, and what spreadsheets make of `1-7` (`01.jul`, a date)."""
    if isinstance(cell, dt.date):
        return _ordered(cell.day, cell.month)
    if isinstance(cell, float):
        return _ordered(int(cell), int(cell)) if cell.is_integer() else _ordered(0, 0)
    text = cell.lower()
    if found := re.fullmatch(r"0?(\d{1,2})[.\s-]*([a-z]{3})[a-z]*\.?", text):
        month = _ENGLISH_MONTHS.get(found[2]) or (_MONTHS.index(found[2]) + 1 if found[2] in _MONTHS else 0)
        if month:
            return _ordered(int(found[1]), month)
    found = _GRADES.fullmatch(text)
    if found:
        return _ordered(int(found[1]), int(found[2] or found[1]))
    raise ValueError(cell)


def _ordered(one: int, other: int) -> tuple[int, int]:
    if not 1 <= min(one, other) <= max(one, other) <= _HIGHEST_GRADE:
        raise ValueError(one, other)
    return min(one, other), max(one, other)


def year(cell: Raw) -> int | None:
    """A calendar year, or that in which a school year begins (`2024-25`); None if it is neither."""
    if isinstance(cell, dt.date):
        return cell.year
    text = f"{cell:g}" if isinstance(cell, float) else cell
    found = re.fullmatch(r"(?:skoleåret? )?((?:19|20)\d\d)(?:\s*[-/–]\s*(?:20)?\d\d)?(?:\.0+)?", text.lower())
    return int(found[1]) if found else None
