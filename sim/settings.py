"""What settings of a run may be, asked of the command line and of Python alike, and refused with the size told."""

from __future__ import annotations

from numbers import Integral, Real

from sim.design import FIRST_YEAR, LAST_YEAR
from sim.errors import InputError
from sim.randomness import LARGEST_SEED

MOST_WORLDS = 100_000  # of a comparison, which has the outcomes of all of them at hand: some MB each
MOST_RUNS = 10_000_000  # of an analysis: weeks on a hundred cores
USUAL_START, USUAL_END = 2017, 2034
LANGUAGES = ("nb", "en")


def check_world(seed: object, start: object, end: object, scale: object) -> None:
    """Refuse settings of a world that the model does not know: seed, first and last year, share of the country."""
    check_number("seed", seed, Integral, 0, LARGEST_SEED)
    check_number("start", start, Integral, FIRST_YEAR, LAST_YEAR)
    check_number("end", end, Integral, start, LAST_YEAR)  # type: ignore[arg-type]  # it is a year by now
    check_number("scale", scale, Real, 0, 1)


def check_lang(lang: object) -> None:
    """Refuse a language that results are not told in."""
    if lang not in LANGUAGES:
        raise InputError(f"lang: expected one of {', '.join(LANGUAGES)}, got {lang!r}", field="lang")


def check_runs(runs: int, of: str) -> None:
    """Refuse more runs than anybody can wait for; `of` says what they are made of."""
    if runs > MOST_RUNS:
        raise InputError(f"{of} are {runs:,} runs; at most {MOST_RUNS:,} can be played", field="worlds")


def check_number(name: str, value: object, kind: type, low: float, high: float = float("inf")) -> None:
    """Refuse a setting that is not a number of its kind in its range (for a share of the country: above 0)."""
    fits = isinstance(value, kind) and not isinstance(value, bool)
    if not fits or not low <= value <= high or (kind is Real and value == low):  # type: ignore[operator]  # it is a number
        expected = "a whole number" if kind is Integral else "a number"
        limits = f"from {low} on" if high == float("inf") else f"from {low} to {high}"
        raise InputError(f"{name}: expected {expected} {limits}, got {_told(value)}", field=name)


def _told(value: object) -> str:
    """A value as messages quote it; Python refuses to write very long numbers out."""
    try:
        return repr(value)
    except ValueError:
        return "a number of thousands of digits"
