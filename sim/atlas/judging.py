"""Judging designs on paired worlds: how each differs from the baseline, and which are dominated by another.

One design dominates another if it is clearly better in something by as much as matters, and in nothing clearly worse by more
than a trifle. "Clearly" means that the 90 % interval of the paired difference leaves zero out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.experiments.comparison import Paired, paired_statistics

TRIFLE = 0.1  # of the size that matters; a convention of the atlas


@dataclass(frozen=True)
class Judged:
    """Designs against the baseline and against each other.

    Attributes
    ----------
    against : list of Paired
        For each design the statistics of its differences from the baseline, arrays of shape (criteria,).
    dominates : array of bool, shape (designs, designs)
        Whether the design of the row dominates that of the column.
    """

    against: list[Paired]
    dominates: Bools


def judge(values: Floats, better: Ints, matters: Floats, decides: Bools, baseline: int = 0) -> Judged:
    """Judge designs.

    Parameters
    ----------
    values : array of float, shape (worlds, designs, criteria)
        NaN where a design has no such figure.
    better : array of int, shape (criteria,)
        1, -1 or 0.
    matters : array of float, shape (criteria,)
        The least difference that matters.
    decides : array of bool, shape (criteria,)
        Criteria by which a design can dominate.
    """
    n = values.shape[1]
    against = [paired_statistics(values[:, baseline], values[:, i], better) for i in range(n)]
    dominates = np.zeros((n, n), dtype=np.bool_)
    for i in range(n):
        for j in range(n):
            if i != j:
                found = paired_statistics(values[:, j], values[:, i], better)
                dominates[i, j] = dominating(found, better, matters, decides)
    return Judged(against, dominates)


def dominating(found: Paired, better: Ints, matters: Floats, decides: Bools) -> bool:
    """Whether the second design of a comparison dominates the first.

    A criterion that either lacks in all worlds says nothing for or against.
    """
    counts = decides & (better != 0) & (found.n_worlds > 1)
    gain = better * found.difference
    clear = (found.low > 0) | (found.high < 0)
    wins = counts & clear & (gain >= matters)
    loses = counts & clear & (gain < -TRIFLE * matters)
    return bool(wins.any() and not loses.any())


def dominated_by(dominates: Bools, keys: Sequence[str]) -> list[tuple[str, ...]]:
    """For each design those that dominate it, in their order."""
    return [tuple(keys[int(i)] for i in np.flatnonzero(dominates[:, j])) for j in range(len(keys))]
