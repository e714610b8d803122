"""Whether more runs would change the picture: the indices from a part of the runs, then from more, then from all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.arrays import Floats
from sim.sensitivity import morris, pawn, sobol
from sim.sensitivity.indices import Index
from sim.sensitivity.plans import HALVINGS, LEAST_POINTS, LEAST_TRAJECTORIES, Method, Plan


def indices_of(plan: Plan, outputs: Floats, n: int | None = None) -> list[Index]:
    """The indices of a plan's method for one result, from the first `n` trajectories, base points or points.

    Parameters
    ----------
    outputs : array of float, shape (points, worlds)
    """
    if plan.method is Method.PAWN:
        return pawn.analyse(plan.cube, outputs, plan.seed, n)
    reckon = morris.analyse if plan.method is Method.MORRIS else sobol.analyse
    n_blocks = len(plan.cube) // plan.block
    return reckon(plan, outputs, None if n is None else np.arange(n_blocks) < n)


def course(plan: Plan, outputs: Floats) -> Iterator[tuple[int, list[Index]]]:
    """The indices from an eighth, a quarter, half and all of the runs, as far as the method has use for so few.

    Yields
    ------
    The number of trajectories, base points or points asked for, and the indices.
    """
    least = LEAST_POINTS if plan.method is Method.PAWN else LEAST_TRAJECTORIES
    n = len(plan.cube) // plan.block
    for k in reversed(range(HALVINGS)):
        part = n // 2**k
        if part >= least:
            yield part, indices_of(plan, outputs, part)
