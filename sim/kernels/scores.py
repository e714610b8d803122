"""Kernels of the draw: figures brought together and points given; see `sim.schemes.follow_up.risk_score`."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled


@compiled("void(float64[:, ::1], int64[:, ::1], int64[::1], float64[:, ::1], float64[:, ::1])")
def unit_sums(value: Floats, n_pupils: Ints, unit: Ints, summed: Floats, pupils: Floats) -> None:
    """Schools' figures times pupils, and pupils, added to those of their units."""
    for i in range(len(unit)):
        figures, behind = value[i], n_pupils[i]
        to, count = summed[unit[i]], pupils[unit[i]]
        for cell in range(len(figures)):
            n = np.float64(behind[cell])
            to[cell] += figures[cell] * n
            count[cell] += n


@compiled("void(float64[:, ::1], float64, float64[:, ::1], float64[::1], float64[::1])")
def points(figures: Floats, near: float, by_cell: Floats, given: Floats, possible: Floats) -> None:
    """Each unit's points and possible points over all cells.

    `by_cell` has the nation's figure, 1 or -1 for where worse is, points at stake, most points, and the absolute limit.
    """
    nation, worse, lesser, most, limits = by_cell
    for i in range(len(figures)):
        got, could = 0.0, 0.0
        for cell in range(figures.shape[1]):
            by = (figures[i, cell] - nation[cell]) * worse[cell]
            least, top = lesser[cell] * (by > near), most[cell] * (by > limits[cell])
            got += least if least > top else top  # noqa: FURB136 - numba makes a branch of max
            could += most[cell] * (by == by)  # noqa: PLR0124 - what is not a number differs from itself
        given[i], possible[i] = got, could
