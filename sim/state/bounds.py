"""Whether numbers stand within bounds, asked of whole columns in one compiled pass."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.arrays import AnyArray, Codes, Floats, Ints
from sim.rules.rule import always_compiled

_ROUNDING = 1e-9  # beyond a bound, as its share: a sum of shares may come out as 1.0000000000000002
_LARGEST = float(np.finfo(np.float64).max)
_LEAST, _GREATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


def within(values: AnyArray, low: float | None, high: float | None) -> bool:
    """Whether all numbers of a column are finite and within bounds but for rounding; True of what holds no numbers.

    Parameters
    ----------
    values : array of any shape, contiguous
    low, high : float or None
        Least and greatest value allowed; None for no bound.
    """
    kind, column = values.dtype.char, values if values.ndim == 1 else values.ravel()
    if kind == "d":
        least = -_LARGEST if low is None else low - _ROUNDING * max(1.0, abs(low))
        greatest = _LARGEST if high is None else high + _ROUNDING * max(1.0, abs(high))
        return not _numbers_outside(column, least, greatest)
    if kind not in _WHOLE or (low is None and high is None):
        return True
    return not _WHOLE[kind](
        column, _LEAST if low is None else int(low), _GREATEST if high is None else int(high)
    )


@always_compiled
def _numbers_outside(values: Floats, low: float, high: float) -> int:
    """How many are outside; NaN is within nothing. Without a branch, so that several are looked at at a time."""
    n = 0
    for i in range(len(values)):
        n += 0 if (values[i] >= low) & (values[i] <= high) else 1
    return n


@always_compiled
def _wholes_outside(values: Ints, low: int, high: int) -> int:
    """How many are outside."""
    n = 0
    for i in range(len(values)):
        n += 0 if (values[i] >= low) & (values[i] <= high) else 1
    return n


@always_compiled
def _codes_outside(values: Codes, low: int, high: int) -> int:
    """How many are outside."""
    n = 0
    for i in range(len(values)):
        n += 0 if (values[i] >= low) & (values[i] <= high) else 1
    return n


_WHOLE: dict[str, Callable[[AnyArray, int, int], int]] = {
    np.dtype(np.int64).char: _wholes_outside,
    np.dtype(np.int8).char: _codes_outside,
}
