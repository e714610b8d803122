"""Whole numbers from one number each: quantiles of the Poisson and the binomial distribution.

One number decides one count, so that identities stay apart and counts can be correlated. Where few are expected the quantile is
exact, found by adding up chances; elsewhere it is Cornish and Fisher's: the normal quantile with its correction for skewness.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from sim.arrays import Floats, Ints

FEW = 3.0  # expected count (or variance, for the binomial) below which the quantile is found exactly
SKEWNESS = 6.0  # divisor of the skewness term in Cornish and Fisher's expansion


def poisson_quantile(u: Floats, mean: Floats) -> Ints:
    """Whole numbers with the given means, one for each number in (0, 1); shape (n,)."""
    z = ndtri(u)
    counts = np.maximum(np.floor(mean + np.sqrt(mean) * z + (z * z - 1) / SKEWNESS + 1 / 2), 0).astype(
        np.int64
    )
    few = np.flatnonzero(mean < FEW)
    counts[few] = _poisson_exact(u[few], mean[few])
    return counts


def poisson_quantile_compiled(u: Floats, mean: Floats) -> Ints:
    """`poisson_quantile`, compiled."""
    from sim.kernels import random_numbers as kernels

    counts = np.empty(len(u), dtype=np.int64)
    kernels.poissons(u, mean, counts)
    return counts


def _poisson_exact(u: Floats, mean: Floats) -> Ints:
    counts = np.zeros(len(u), dtype=np.int64)
    here = np.exp(-mean)  # the chance of k, and of no more than k
    below = here.copy()
    k = 0
    while (beyond := (u > below) & (here > 0)).any():
        counts += beyond
        k += 1
        here *= mean
        here /= k
        below += here
    return counts


def binomial_quantile(z: Floats, n: Ints, chance: Floats) -> Floats:
    """Whole numbers out of `n`, one for each standard normal `z`; all of one shape (or broadcast to it).

    Parameters
    ----------
    chance : array
        In [0, 1].
    """
    z, n, chance = np.broadcast_arrays(z, n, chance)
    mean = n * chance
    variance = mean * (1 - chance)
    value = np.floor(mean + np.sqrt(variance) * z + (1 - 2 * chance) * (z * z - 1) / SKEWNESS + 1 / 2)
    counts: Floats = np.minimum(np.maximum(value, 0), n)
    few = np.nonzero(variance < FEW)
    counts[few] = _binomial_exact(z[few], n[few], chance[few])
    return counts


def _binomial_exact(z: Floats, n: Ints, chance: Floats) -> Floats:
    """The quantile from the rarer side, so that few chances have to be added up."""
    often = chance > 1 / 2
    rare = np.where(often, 1 - chance, chance)
    u = ndtr(np.where(often, -z, z))
    counts = np.zeros(len(u))
    odds = rare / (1 - rare)
    left = n.astype(np.float64)
    here = (1 - rare) ** left  # the chance of k, and of no more than k
    below = here.copy()
    for k in range(int(n.max(initial=0))):
        beyond = u > below
        if not beyond.any():
            break
        counts += beyond
        here *= odds
        here *= left
        here /= k + 1
        left -= 1
        below += here
    counts = np.minimum(counts, n)
    return np.where(often, n - counts, counts)
