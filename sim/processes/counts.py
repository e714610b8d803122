"""Whole numbers from one number each: quantiles of the Poisson and the binomial distribution.

One number decides one count, so that identities stay apart and counts can be correlated. Where few are expected the quantile is
exact, found by adding up chances; elsewhere it is Cornish and Fisher's: the normal quantile with its correction for skewness.
"""

from __future__ import annotations

from math import erfc, exp, sqrt

import numpy as np

from sim.rules import formula
from sim.rules.random_numbers import normal_quantile

FEW = 3.0  # expected count (or variance, for the binomial) below which the quantile is found exactly
SKEWNESS = 6.0  # divisor of the skewness term in Cornish and Fisher's expansion
ROOT_HALF = sqrt(0.5)


@formula
def poisson_quantile(u: float, mean: float) -> int:
    """A whole number with the given mean, from a number in (0, 1)."""
    return poisson_of_many(normal_quantile(u), mean) if mean >= FEW else poisson_of_few(u, mean)


@formula
def poisson_of_many(z: float, mean: float) -> int:
    """`poisson_quantile` where many are expected, from a standard normal number: Cornish and Fisher's."""
    return max(int(np.floor(mean + sqrt(mean) * z + (z * z - 1) / SKEWNESS + 1 / 2)), 0)


@formula
def poisson_of_few(u: float, mean: float) -> int:
    """`poisson_quantile` where few are expected: exact."""
    k, here = 0, exp(-mean)  # the chance of k, and of no more than k
    below = here
    while u > below and here > 0:
        k += 1
        here *= mean / k
        below += here
    return k


@formula
def binomial_quantile(z: float, n: float, chance: float) -> float:
    """A whole number out of `n` with the given chance of each, from a standard normal number."""
    if n * chance * (1 - chance) >= FEW:
        return binomial_of_many(z, n, chance)
    return binomial_of_few(z, n, chance)


@formula
def binomial_of_many(z: float, n: float, chance: float) -> float:
    """`binomial_quantile` where the variance is large: Cornish and Fisher's."""
    mean = n * chance
    value = float(
        np.floor(mean + np.sqrt(mean * (1 - chance)) * z + (1 - 2 * chance) * (z * z - 1) / SKEWNESS + 1 / 2)
    )
    return min(max(value, 0.0), n)


@formula
def binomial_of_few(z: float, n: float, chance: float) -> float:
    """`binomial_quantile` where the variance is small: exact, from the rarer side, so that few chances are added up."""
    often = chance > 1 / 2
    rare = 1 - chance if often else chance
    u = share_below(-z if often else z)
    k, here = 0.0, whole_power(1 - rare, n)  # the chance of k, and of no more than k
    below, odds = here, rare / (1 - rare)
    while k < n and u > below:
        here *= odds * (n - k) / (k + 1)
        below += here
        k += 1
    return n - k if often else k


@formula
def share_below(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * erfc(-z * ROOT_HALF)


@formula
def whole_power(base: float, n: float) -> float:
    """A number to the power of a whole one, by squaring: several times as fast as the general power."""
    power, left = 1.0, int(n)
    while left > 0:
        power = power * base if left & 1 else power
        base *= base
        left >>= 1
    return power
