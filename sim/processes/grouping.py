"""Means and sums over the members of a school or a municipality."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints


def mean_by(rows: Ints, values: Floats, n: int) -> Floats:
    """Mean of `values`, shape (m,), over the members of each of `n` groups; 0 for an empty group.

    `rows`, shape (m,), says which group each value belongs to.
    """
    count = np.bincount(rows, minlength=n)
    return np.asarray(np.bincount(rows, values, n) / np.maximum(count, 1))


def weighted_mean_by(rows: Ints, values: Floats, weights: Floats, n: int) -> Floats:
    """Mean of `values` weighted by `weights` over the members of each of `n` groups; 0 where the weights sum to 0."""
    total = np.bincount(rows, values * weights, n)
    weight = np.bincount(rows, weights, n)
    return np.divide(total, weight, out=np.zeros(n), where=weight > 0)


def joined(one: Floats, other: Floats) -> Floats:
    """Two shares in [0, 1] taken together, same shape: what neither leaves out."""
    return 1 - (1 - one) * (1 - other)
