"""Numbers as readers of a language write them: decimal sign, grouping of thousands, minus, per cent."""

from __future__ import annotations

import math

MINUS = "−"
MISSING = "–"
_THIN_SPACE = "\u202f"  # does not break
_DECIMAL = {"nb": ",", "en": "."}
_THOUSANDS = {"nb": _THIN_SPACE, "en": ","}
_GROUPED_FROM = 10_000  # Norwegian leaves four digits together
_MOST_DECIMALS = 4
_THREE_DIGITS_FROM = 1000.0
_SECOND_DIGIT_BELOW = 3.0


def number(value: float, lang: str, decimals: int = 0, *, signed: bool = False, grouped: bool = True) -> str:
    """A number as text.

    Parameters
    ----------
    value : float
        NaN and infinities become a dash.
    lang : str
        "nb" or "en".
    decimals : int
        Digits behind the decimal sign; below 0 so many digits before it are noughts.
    signed : bool
        Write a plus before positive numbers; a number that rounds to zero has no sign.
    grouped : bool
        Group thousands; not for years.

    Examples
    --------
    >>> number(-1234567.891, "en", 1)
    '−1,234,567.9'
    """
    if not math.isfinite(value):
        return MISSING
    digits = f"{abs(round(value, decimals) if decimals < 0 else value):.{max(decimals, 0)}f}"
    whole, _, fraction = digits.partition(".")
    is_zero = not (whole + fraction).strip("0")
    if grouped and (int(whole) >= _GROUPED_FROM or (lang == "en" and len(whole) > len("999"))):
        whole = f"{int(whole):,}".replace(",", _THOUSANDS[lang])
    text = whole + (_DECIMAL[lang] + fraction if fraction else "")
    if is_zero:
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


def difference_decimals(low: float, high: float) -> int:
    """Decimals for a difference: its interval's half-width shows one digit, or two if it begins with 1 or 2."""
    half_width = (high - low) / 2
    if not math.isfinite(half_width) or half_width <= 0:
        return 0
    power = math.floor(math.log10(half_width))
    decimals = -power + (half_width / 10.0**power < _SECOND_DIGIT_BELOW)
    return min(max(decimals, 0), _MOST_DECIMALS)


def few_decimals(value: float, decimals: int = 0) -> int:
    """Decimals of a number that is read, not reckoned with: from a thousand on three digits and noughts.

    Examples
    --------
    >>> number(44247, "en", few_decimals(44247))
    '44,200'
    """
    if not abs(value) >= _THREE_DIGITS_FROM or math.isinf(value):
        return decimals
    return min(decimals, 2 - math.floor(math.log10(abs(value))))


def decimals_off_zero(low: float, high: float) -> int:
    """Decimals it takes to see that an interval leaves zero out; 0 for one that doesn't."""
    if not low * high > 0:
        return 0
    nearest = min(abs(low), abs(high))
    return next((d for d in range(_MOST_DECIMALS) if round(nearest, d) != 0), _MOST_DECIMALS)


def level_decimals(value: float, digits: int = 3) -> int:
    """Decimals that show some digits of a level."""
    if not math.isfinite(value) or value == 0:
        return 0
    return min(max(digits - 1 - math.floor(math.log10(abs(value))), 0), _MOST_DECIMALS)
