"""Sobol indices: which share of a result's variance each factor answers for, alone and with what it does together with others.

First order: what would go if the factor were known. Total: what would stay if everything else were known (Saltelli et al.
2010, by SALib). Independent luck at every point would count as interaction and inflate the totals of all, also of the dummy;
that is why every point is played in the same worlds.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.sensitivity.blocks import is_constant, rows_of, settled, whole_blocks
from sim.sensitivity.indices import CONFIDENCE, RESAMPLES, Index, empty
from sim.sensitivity.plans import LEAST_TRAJECTORIES, Plan

NAMES = ("first", "total")
_SALIB = {"first": "S1", "total": "ST"}


def analyse(plan: Plan, outputs: Floats, chosen: Bools | None = None) -> list[Index]:
    """`first` and `total` of every factor for one result.

    Parameters
    ----------
    outputs : array of float, shape (points, worlds)
        The result in each world; NaN where a run failed. The indices are those of the mean over worlds.
    chosen : array of bool, shape (base points,), optional
        Which base points to use; by default all.

    Returns
    -------
    list of Index
        The floor is the upper end of the dummy's interval. A result that never varies has indices of 0.
    """
    from SALib.analyze import sobol

    outputs = settled(outputs)
    of_points = outputs.mean(axis=1)
    whole = whole_blocks(of_points, plan.block)
    whole = whole if chosen is None else whole & chosen
    n = int(whole.sum())
    if n < LEAST_TRAJECTORIES:
        return [empty(name, len(plan.factors)) for name in NAMES]
    kept = of_points[rows_of(whole, plan.block)]
    if is_constant(kept):
        nought = np.zeros(len(plan.factors))
        return [Index(name, nought, nought, nought, nought, n) for name in NAMES]
    found = sobol.analyze(
        plan.problem(),
        kept,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=plan.seed + 1,  # SALib takes a seed of 0 for none
    )
    made = []
    for name in NAMES:
        value = np.asarray(found[_SALIB[name]], dtype=float)
        margin = np.asarray(found[f"{_SALIB[name]}_conf"], dtype=float)
        floor = np.full(len(value), max(0.0, value[-1] + margin[-1]))
        made.append(Index(name, value, value - margin, value + margin, floor, n))
    return made
