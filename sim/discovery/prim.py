"""PRIM, the patient rule induction method: a box is found by peeling a little off one side again and again.

Friedman & Fisher (1999), as Bryant & Lempert (2010) use it to discover scenarios. The EMA Workbench's form is the yardstick in
the tests and can be used on any exported sweep. This one exists because a box has to be found again and again, on resamples and
on shuffled labels, before anybody should believe it, and that takes a form that is a hundred times faster.
"""

from __future__ import annotations

import numpy as np
from scipy.special import bdtrc

from sim.arrays import Floats
from sim.discovery.boxes import Box, Quality, quality

PEEL = 0.05  # share of the box's runs that a step takes away
LEAST_MASS = 0.05  # share of all runs that a box keeps
LEAST_POINTS = 10  # that a box keeps
DENSE_ENOUGH = 0.8  # density from which on coverage counts more
NEEDLESS = 0.05  # a side whose loss could be chance more often than this is dropped


def find_box(x: Floats, interest: Floats, weight: Floats) -> Box:
    """One box in which cases of interest are dense.

    Of the boxes along the peeling it is the one with the greatest coverage among those with a density of 0.8 or more, or, if
    there is none, the one with the highest product of coverage and density above the base; sides whose loss might be chance
    are then set free.

    Parameters
    ----------
    x : array of float, shape (points, columns)
    interest : array of float, shape (points,)
        Share of the point's runs that are cases of interest.
    weight : array of float, shape (points,)
        Runs of each point.

    Returns
    -------
    Box
        Without limits if nothing is denser than the whole.
    """
    passed = peeling(x, interest, weight)
    judged = [(box, quality(box.holds(x), interest, weight)) for box in passed]
    return simplified(_best(judged), x, interest, weight)


def _best(judged: list[tuple[Box, Quality]]) -> Box:
    dense = [pair for pair in judged if pair[1].density >= DENSE_ENOUGH]
    if dense and judged[0][1].base < DENSE_ENOUGH:
        return max(dense, key=lambda pair: (pair[1].coverage, pair[1].density))[0]
    return max(judged, key=lambda pair: pair[1].gain * pair[1].coverage)[0]


def peeling(x: Floats, interest: Floats, weight: Floats) -> list[Box]:
    """The boxes from everything down to the smallest allowed, each a step from the one before."""
    n, n_columns = x.shape
    values = np.ascontiguousarray(x.T)  # of the points still in the box, by column
    cases, runs = interest * weight, weight.astype(float)
    low, high = np.full(n_columns, -np.inf), np.full(n_columns, np.inf)
    least = max(LEAST_POINTS, int(np.ceil(LEAST_MASS * n)))
    boxes = [Box({})]
    while values.shape[1] > least:
        step = _best_step(values, cases, runs, least)
        if step is None:
            break
        column, from_above, limit = step
        if from_above:
            high[column] = limit
            stay = values[column] <= limit
        else:
            low[column] = limit
            stay = values[column] >= limit
        values, cases, runs = values[:, stay], cases[stay], runs[stay]
        bounded = np.flatnonzero(np.isfinite(low) | np.isfinite(high))
        boxes.append(Box({int(k): (float(low[k]), float(high[k])) for k in bounded}))
    return boxes


def _best_step(values: Floats, cases: Floats, runs: Floats, least: int) -> tuple[int, bool, float] | None:
    """The side to peel: column, whether from above, new limit. None if no side can be peeled.

    As sides take away differing numbers where values are equal, what counts is the gain in density for each point taken.

    Parameters
    ----------
    values : array of float, shape (columns, points)
    """
    m = values.shape[1]
    take = max(1, int(PEEL * m))
    density = cases.sum() / runs.sum()
    best: tuple[float, int, bool, float] | None = None
    parted = np.partition(values, [take, m - 1 - take], axis=1)
    for from_above in (False, True):
        limit = _limits(values, parted[:, m - 1 - take if from_above else take], from_above)
        gone = (values > limit[:, None]) if from_above else (values < limit[:, None])
        n_gone = np.count_nonzero(gone, axis=1)
        rest_runs = runs.sum() - np.einsum("km,m->k", gone, runs)
        rest_cases = cases.sum() - np.einsum("km,m->k", gone, cases)
        possible = (n_gone > 0) & (m - n_gone >= least)
        if not possible.any():
            continue
        after = np.divide(rest_cases, rest_runs, out=np.zeros_like(rest_cases), where=rest_runs > 0)
        gain = np.where(possible, (after - density) / np.maximum(n_gone, 1), -np.inf)
        k = int(gain.argmax())
        if best is None or gain[k] > best[0]:
            best = (float(gain[k]), k, from_above, float(limit[k]))
    return None if best is None else best[1:]


def _limits(values: Floats, limit: Floats, from_above: bool) -> Floats:
    """New limits by column, moved on where the outermost value is so common that nothing would be peeled."""
    stuck = limit == (values.max(axis=1) if from_above else values.min(axis=1))
    if stuck.any():
        some, at = values[stuck], limit[stuck][:, None]
        below, above = np.where(some < at, some, -np.inf), np.where(some > at, some, np.inf)
        inner = below.max(axis=1) if from_above else above.min(axis=1)
        limit = limit.copy()
        limit[stuck] = np.where(np.isfinite(inner), inner, limit[stuck])
    return limit


def simplified(box: Box, x: Floats, interest: Floats, weight: Floats) -> Box:
    """The box without the parameters whose limits might be chance, the least needed first."""
    while box.limits:
        found = [(quasi_p(box, column, x, interest, weight), column) for column in box.limits]
        worst, column = max(found)
        if worst <= NEEDLESS:
            break
        box = box.without(column)
    return box


def quasi_p(box: Box, column: int, x: Floats, interest: Floats, weight: Floats) -> float:
    """How often chance alone would make a box so dense out of the box without this limit [Bryant & Lempert 2010].

    One-sided binomial test of the number of cases in the box against the density of the wider box; "quasi" because the
    limits were chosen on the same runs.
    """
    wider = quality(box.without(column).holds(x), interest, weight)
    own = quality(box.holds(x), interest, weight)
    n_points = int(box.holds(x).sum())
    cases = round(own.density * n_points)  # points, not runs: a point's worlds are no independent trials
    return float(bdtrc(cases - 1, n_points, wider.density))
