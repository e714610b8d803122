"""Kernels of the draw: figures brought together and points given; see `sim.schemes.follow_up.risk_score`."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled


@compiled(
    "void(float64[:, ::1], int64[:, ::1], int64[::1], float64, float64[:, ::1], float64[:, ::1], float64[:, ::1])"
)
def bring_together(
    value: Floats, n_pupils: Ints, unit: Ints, limit: float, units: Floats, pupils: Floats, nation: Floats
) -> None:
    """Means by pupil of units and of the nation, NaN where fewer than `limit` (for the nation: one) stand behind them.

    `units` and `pupils`, shape (n_units, cells), and `nation`, shape (2, cells), come filled with zeros; the nation's means are
    the first row of it.
    """
    for i in range(len(unit)):
        figures, behind = value[i], n_pupils[i]
        to, count = units[unit[i]], pupils[unit[i]]
        for cell in range(len(figures)):
            n = np.float64(behind[cell])
            to[cell] += figures[cell] * n
            count[cell] += n
    all_figures, all_pupils = nation
    for k in range(len(units)):
        to, count = units[k], pupils[k]
        for cell in range(len(to)):
            all_figures[cell] += to[cell]
            all_pupils[cell] += count[cell]
            mean = to[cell] / (count[cell] if count[cell] > 1 else 1.0)
            to[cell] = mean if count[cell] >= limit else np.nan
    for cell in range(len(all_figures)):
        mean = all_figures[cell] / max(all_pupils[cell], 1.0)
        all_figures[cell] = mean if all_pupils[cell] >= 1 else np.nan


@compiled("void(float64[:, ::1], float64, float64[:, ::1], float64[:, ::1], float64[:, ::1])")
def points(figures: Floats, near: float, by_cell: Floats, given: Floats, possible: Floats) -> None:
    """Each unit's points and possible points in each cell.

    `by_cell` has the nation's figure, 1 or -1 for where worse is, points at stake, most points, and the absolute limit.
    """
    nation, worse, lesser, most, limits = by_cell
    for i in range(len(figures)):
        for cell in range(figures.shape[1]):
            by = (figures[i, cell] - nation[cell]) * worse[cell]
            least, top = lesser[cell] * (by > near), most[cell] * (by > limits[cell])
            given[i, cell] = least if least > top else top  # noqa: FURB136 - numba makes a branch of max
            possible[i, cell] = most[cell] * (by == by)  # noqa: PLR0124 - what is not a number differs from itself


@compiled(
    "void(float64[:, ::1], int64[:, ::1], float64, float64, float64[:, ::1], float64[::1], float64[::1])"
)
def points_in_all(
    figures: Floats,
    n_pupils: Ints,
    limit: float,
    near: float,
    by_cell: Floats,
    given: Floats,
    possible: Floats,
) -> None:
    """Each unit's points and possible points over all cells; figures of fewer pupils than `limit` do not count.

    `by_cell` is as in `points`.
    """
    nation, worse, lesser, most, limits = by_cell
    for i in range(len(figures)):
        got, could = 0.0, 0.0
        for cell in range(figures.shape[1]):
            by = (figures[i, cell] - nation[cell]) * worse[cell]
            known = (n_pupils[i, cell] >= limit) & (by == by)  # noqa: PLR0124 - what is not a number differs from itself
            least, top = lesser[cell] * (by > near), most[cell] * (by > limits[cell])
            got += known * (least if least > top else top)  # noqa: FURB136 - numba makes a branch of max
            could += known * most[cell]
        given[i], possible[i] = got, could


@compiled("void(float64[:, ::1], float64[:, ::1], float64[:, ::1], float64[::1])")
def mean_deviations(figures: Floats, about: Floats, between: Floats, found: Floats) -> None:
    """How much worse than the nation's units' figures are, in SD between the units: means by weight.

    `about` has the nation's figure, 1 or -1 for where worse is, and the weight of each indicator; `between`, three rows of zeros,
    is filled with the number of units that have figures, their mean, and the SD.
    """
    nation, worse, weights = about
    known, mean, sd = between
    for i in range(len(figures)):
        for k in range(len(nation)):
            has = figures[i, k] == figures[i, k]
            known[k] += has
            mean[k] += figures[i, k] if has else 0.0
    for k in range(len(nation)):
        mean[k] = mean[k] / known[k] if known[k] > 0 else 0.0
    for i in range(len(figures)):
        for k in range(len(nation)):
            by = figures[i, k] - mean[k]
            sd[k] += by * by if by == by else 0.0  # noqa: PLR0124 - as above
    for k in range(len(nation)):
        sd[k] = sqrt(sd[k] / known[k]) if known[k] > 0 else 0.0
    for i in range(len(figures)):
        weighted, weight = 0.0, 0.0
        for k in range(len(nation)):
            by = (figures[i, k] - nation[k]) * worse[k]
            has = by == by  # noqa: PLR0124 - as above
            weighted += by / sd[k] * weights[k] if has and sd[k] > 0 else 0.0
            weight += weights[k] if has else 0.0
        found[i] = weighted / weight if weight > 0 else 0.0
