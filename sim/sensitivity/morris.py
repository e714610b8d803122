"""Morris screening: what a step of one factor changes, at several places of the unit cube.

The change is told as if the factor went from the 5th to the 95th percentile of its prior at the pace of the step
(Morris 1991; Campolongo, Cariboni & Saltelli 2007). SALib reckons it; what it can't take, runs that are missing, is left
out here trajectory by trajectory.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.sensitivity.blocks import settled, whole_blocks
from sim.sensitivity.indices import CONFIDENCE, RESAMPLES, Index, empty
from sim.sensitivity.plans import LEAST_TRAJECTORIES, LEVELS, Plan

NAMES = ("mu_star", "mu", "sigma")
OF_NORMAL = float(np.sqrt(2 / np.pi))  # mean size of a standard normal number


def analyse(plan: Plan, outputs: Floats, chosen: Bools | None = None) -> list[Index]:
    """`mu_star`, `mu` and `sigma` of every factor for one result.

    Parameters
    ----------
    outputs : array of float, shape (points, worlds)
        The result in each world; NaN where a run failed. The effects are those on the mean over worlds.
    chosen : array of bool, shape (trajectories,), optional
        Which trajectories to use; by default all.

    Returns
    -------
    list of Index
        The floor of `mu_star` is the size that the factor's effects would show if they were nothing but luck, from their
        spread over worlds; NaN with one world.
    """
    from SALib.analyze import morris

    outputs = settled(outputs)
    of_points = outputs.mean(axis=1)
    n, rows = whole_blocks(of_points, plan.block, chosen)
    if n < LEAST_TRAJECTORIES:
        return [empty(name, len(plan.factors)) for name in NAMES]
    found = morris.analyze(
        plan.problem() | ({} if "groups" in plan.problem() else {"groups": None}),
        plan.cube[rows],
        of_points[rows],
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=LEVELS,
        seed=plan.seed,
    )
    value: dict[str, Floats] = {name: _plain(found[name]) for name in NAMES}
    margin = _plain(found["mu_star_conf"])
    single = np.array([len(factor.members) <= 1 for factor in plan.factors])
    value["mu"] = np.where(single, value["mu"], np.nan)
    unknown = np.full(len(plan.factors), np.nan)
    floor = luck_floor(plan, rows, outputs)
    return [
        Index("mu_star", value["mu_star"], value["mu_star"] - margin, value["mu_star"] + margin, floor, n),
        Index("mu", value["mu"], unknown, unknown, unknown, n),
        Index("sigma", value["sigma"], unknown, unknown, unknown, n),
    ]


def _plain(values: object) -> Floats:
    """SALib's masked arrays as plain ones."""
    return np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)


def luck_floor(plan: Plan, rows: Bools, outputs: Floats) -> Floats:
    """The mean size that a factor's effects would show if they were luck alone, averaged over as many worlds.

    A step's effect has a spread over worlds; if its mean were nought, the mean over worlds would have the size
    sqrt(2 / pi) x spread / sqrt(worlds). A factor that reaches nothing has a floor of exactly 0: with common random numbers
    its steps change nothing in any world.

    Parameters
    ----------
    rows : array of bool, shape (points,)
        The points of whole trajectories.
    outputs : array of float, shape (points, worlds)

    Returns
    -------
    array of float, shape (factors,)
        NaN with one world.
    """
    n_worlds = outputs.shape[1]
    if n_worlds < LEAST_TRAJECTORIES:
        return np.full(len(plan.factors), np.nan)
    pace = LEVELS / (
        2 * (LEVELS - 1)
    )  # a step of SALib's, as a share of the way from the lowest level to the highest
    effects = np.diff(outputs[rows].reshape(-1, plan.block, n_worlds), axis=1).reshape(-1, n_worlds) / pace
    variance = effects.var(axis=1, ddof=1)
    stepped = stepped_factor(plan)[np.repeat(rows.reshape(-1, plan.block)[:, 0], plan.block - 1)]
    times = np.bincount(stepped, minlength=len(plan.factors))
    mean_variance = np.bincount(stepped, weights=variance, minlength=len(plan.factors)) / times
    floor: Floats = OF_NORMAL * np.sqrt(mean_variance / n_worlds)
    return floor


def stepped_factor(plan: Plan) -> Ints:
    """The number of the factor that each step of each trajectory moves; shape (steps,)."""
    owner = np.repeat(np.arange(len(plan.factors)), [factor.n_columns for factor in plan.factors])
    moves = np.diff(plan.cube.reshape(-1, plan.block, plan.cube.shape[1]), axis=1) != 0
    found: Ints = owner[moves.reshape(-1, plan.cube.shape[1]).argmax(axis=1)]
    return found
