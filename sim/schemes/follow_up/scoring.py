"""The two forms of what takes most of the scoring: in numpy as `sim.schemes.follow_up.risk_score` has it, and compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.arrays import Floats, Ints
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.risk_score import (
    NEAR,
    WORSE,
    Figures,
    Scores,
    brought_together,
    mean_deviations,
    points_at_stake,
    points_in_all,
    scores,
)


class Forms(NamedTuple):
    """What takes most of the scoring, in one form or the other."""

    brought_together: Callable[[Floats, Ints, Ints, int, float], Figures]
    scores: Callable[[Floats, Floats, Floats, Draw], Scores]
    points_in_all: Callable[[Floats, Ints, float, Floats, Floats, Draw], tuple[Floats, Floats]]
    mean_deviations: Callable[[Floats, Floats, Floats], Floats]


def brought_together_compiled(
    value: Floats, n_pupils: Ints, unit: Ints, n_units: int, limit: float = 1
) -> Figures:
    """`brought_together`, compiled."""
    from sim.kernels import scores as kernels

    cells = int(np.prod(value.shape[1:]))
    flat, nation = (len(unit), cells), np.zeros((2, cells))
    units, pupils = np.zeros((2, n_units, cells))
    kernels.bring_together(
        np.ascontiguousarray(value).reshape(flat),
        np.ascontiguousarray(n_pupils).reshape(flat),
        unit,
        limit,
        units,
        pupils,
        nation,
    )
    return Figures(units.reshape(n_units, *value.shape[1:]), nation[0].reshape(value.shape[1:]))


def scores_compiled(figures: Floats, national: Floats, distances: Floats, rule: Draw) -> Scores:
    """`scores`, compiled."""
    from sim.kernels import scores as kernels

    points, possible = np.empty((2, *figures.shape))
    flat = (len(figures), national.size)
    by_cell = _by_cell(national, distances, rule)
    kernels.points(figures.reshape(flat), NEAR, by_cell, points.reshape(flat), possible.reshape(flat))
    return Scores(points, possible)


def points_in_all_compiled(
    figures: Floats, n_pupils: Ints, limit: float, national: Floats, distances: Floats, rule: Draw
) -> tuple[Floats, Floats]:
    """`points_in_all`, compiled."""
    from sim.kernels import scores as kernels

    points, possible = np.empty((2, len(figures)))
    flat = (len(figures), national.size)
    by_cell = _by_cell(national, distances, rule)
    kernels.points_in_all(
        figures.reshape(flat), n_pupils.reshape(flat), limit, NEAR, by_cell, points, possible
    )
    return points, possible


def _by_cell(national: Floats, distances: Floats, rule: Draw) -> Floats:
    """What decides on the points of each cell, shape (5, cells), as the kernels want it."""
    lesser, most, limits = points_at_stake(distances, rule)
    worse = np.broadcast_to(WORSE, national.shape).ravel()
    return np.stack([national.ravel(), worse, lesser.ravel(), most.ravel(), limits.ravel()])


def mean_deviations_compiled(figures: Floats, national: Floats, weights: Floats) -> Floats:
    """`mean_deviations`, compiled."""
    from sim.kernels import scores as kernels

    found = np.empty(len(figures))
    about = np.stack([national, np.broadcast_to(WORSE, national.shape), weights])
    kernels.mean_deviations(figures, about, np.zeros((3, len(national))), found)
    return found


READABLE = Forms(brought_together, scores, points_in_all, mean_deviations)
COMPILED = Forms(brought_together_compiled, scores_compiled, points_in_all_compiled, mean_deviations_compiled)
