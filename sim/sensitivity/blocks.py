"""Which parts of a plan can be analysed when some runs are missing.

A missing output silently spoils every index of a whole analysis (SALib then returns zeros or nothing). So a trajectory or a
base point is used whole or left out whole, and how many were left out is told beside the indices.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats


def whole_blocks(outputs: Floats, block: int, chosen: Bools | None) -> tuple[int, Bools]:
    """Which blocks of a plan have all their outputs.

    Parameters
    ----------
    outputs : array of float, shape (points,)
        NaN where a run failed.
    block : int
        Points of one block; they follow each other.
    chosen : array of bool, shape (blocks,), optional
        The blocks asked for; by default all.

    Returns
    -------
    int
        How many of those asked for are whole.
    array of bool, shape (points,)
        Their points.
    """
    whole = np.isfinite(outputs.reshape(-1, block)).all(axis=1)
    whole = whole if chosen is None else whole & chosen
    return int(whole.sum()), np.repeat(whole, block)


def settled(outputs: Floats) -> Floats:
    """The outputs rounded to twelve digits of the largest, so that rounding in the last digits is no influence."""
    size = np.nanmax(np.abs(outputs), initial=0.0)
    return np.round(outputs / size, DIGITS) * size if size > 0 else outputs


def is_constant(outputs: Floats) -> bool:
    """Whether all outputs are equal but for the computer's rounding: then nothing has any influence."""
    if outputs.size == 0:
        return True
    return float(np.ptp(outputs)) <= ROUNDING * max(1e-300, float(np.abs(outputs).max()))


DIGITS = 12
ROUNDING = 1e-12
"""Share of the largest output below which outputs are equal."""
