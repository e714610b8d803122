"""Sobol indices: which share of a result's variance each factor answers for, alone and with what it does together with others.

First order: what would go if the factor were known. Total: what would stay if everything else were known (Saltelli et al.
2010, by SALib). Independent luck at every point would count as interaction and inflate the totals of all, also of the dummy;
that is why every point is played in the same worlds.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.randomness import Streams
from sim.sensitivity.blocks import is_constant, settled, whole_blocks
from sim.sensitivity.indices import CONFIDENCE, RESAMPLES, Index, empty
from sim.sensitivity.pawn import FLOOR
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
        A factor that reaches nothing has indices of exactly 0 in the same worlds, so the dummy alone would be no yardstick.
        The floor of `first` is what the factor's steps would show if they were unrelated to where they are taken (95th
        percentile of permutations); that of `total` what they would show if they were nothing but luck, from their spread
        over worlds, or the upper end of the dummy's interval if that is more. A result that never varies has indices of 0.
    """
    from SALib.analyze import sobol

    outputs = settled(outputs)
    of_points = outputs.mean(axis=1)
    n, rows = whole_blocks(of_points, plan.block, chosen)
    if n < LEAST_TRAJECTORIES:
        return [empty(name, len(plan.factors)) for name in NAMES]
    kept = of_points[rows]
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
    floors = _floors(kept, outputs[rows], plan)
    made = []
    for name in NAMES:
        value = np.asarray(found[_SALIB[name]], dtype=float)
        margin = np.asarray(found[f"{_SALIB[name]}_conf"], dtype=float)
        floor = np.maximum(floors[name], value[-1] + margin[-1])
        made.append(Index(name, value, value - margin, value + margin, floor, n))
    return made


def _floors(of_points: Floats, outputs: Floats, plan: Plan) -> dict[str, Floats]:
    """What factors without influence would reach, shape (factors,) each; the rows are those of whole base points."""
    blocks = of_points.reshape(-1, plan.block)
    variance = np.concatenate([blocks[:, 0], blocks[:, -1]]).var()
    steps = blocks[:, 1:-1] - blocks[:, [0]]
    elsewhere = blocks[:, -1] - blocks[:, -1].mean()
    u = Streams(plan.seed).uniform("unrelated", 0, np.arange(len(blocks), dtype=np.int64), per=RESAMPLES)
    unrelated = np.abs(elsewhere[np.argsort(u, axis=0)].T @ steps) / len(blocks) / variance
    in_worlds = outputs.reshape(len(blocks), plan.block, -1)
    n_worlds = in_worlds.shape[-1]
    total = np.zeros(len(plan.factors))
    if n_worlds > 1:
        spread = (in_worlds[:, 1:-1] - in_worlds[:, [0]]).var(axis=-1, ddof=1)
        total = spread.mean(axis=0) / n_worlds / (2 * variance)
    return {"first": np.quantile(unrelated, FLOOR, axis=0), "total": total}
