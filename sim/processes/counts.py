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


def _poisson_exact(u: Floats, mean: Floats) -> Ints:
    counts = np.zeros(len(u), dtype=np.int64)
    chance = np.exp(-mean)
    below = chance.copy()
    k = 0
    while (beyond := (u > below) & (chance > 0)).any():
        counts += beyond
        k += 1
        chance = chance * mean / k
        below = below + chance
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
    counts = np.clip(value, 0, n)
    few = variance < FEW
    counts[few] = _binomial_exact(z[few], n[few], chance[few])
    return counts


def _binomial_exact(z: Floats, n: Ints, chance: Floats) -> Floats:
    """The quantile from the rarer side, so that few chances have to be added up."""
    often = chance > 1 / 2
    rare = np.where(often, 1 - chance, chance)
    u = ndtr(np.where(often, -z, z))
    counts = np.zeros(len(u))
    odds = rare / (1 - rare)
    here = (1 - rare) ** n
    below = here.copy()
    k = 0
    while (beyond := (u > below) & (k < n) & (here > 0)).any():
        counts += beyond
        here = here * odds * (n - k) / (k + 1)
        below = below + here
        k += 1
    return np.where(often, n - counts, counts)
