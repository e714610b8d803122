"""What makes a difference between designs uncertain: ignorance of the parameters, luck, and how the model is built.

Several worlds share a draw of the parameters. What the worlds of one draw have in common beyond what luck explains is the
parameters' doing, and the rest is luck (with what luck and parameters do together): a nested analysis of variance with
random effects. Worlds played under several structures of the model, with the same luck and the same parameters, add how
much the structures differ, a two-way analysis of the draws' means.

All estimates are unbiased before they are cut off at 0; intervals come from resampling the draws.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri, stdtrit

from sim.arrays import AnyArray, Floats, Ints
from sim.experiments.comparison import by_draw
from sim.randomness import Streams

CONFIDENCE = 0.90  # of the intervals of components
SETTLED = 0.95  # of the interval that has to leave out zero
RESAMPLES = 400
LEAST_DRAWS = 2
ROUNDS = 12  # more draws than an estimated error ever asks for beyond what a known one does
MOST_DRAWS = 1e7  # beyond which a number of draws is not worth telling


class Gathered(NamedTuple):
    """Differences gathered by parameter draw; every array of shape (draws, columns)."""

    n: Floats
    total: Floats
    squares: Floats


class Components(NamedTuple):
    """Variance components of a difference in one world; arrays of shape (columns,) or (resamples, columns).

    They may be negative; NaN where they can't be told.
    """

    parameters: Floats
    worlds: Floats


def gathered(d: Floats, draw: Ints) -> Gathered:
    """Sums over the worlds of each draw, of differences taken from their mean.

    Parameters
    ----------
    d : array of float, shape (worlds, columns)
        NaN where there is no value.
    draw : array of int, shape (worlds,)
    """
    known = ~np.isnan(d)
    n = known.sum(axis=0)
    mean = np.divide(np.where(known, d, 0.0).sum(axis=0), n, out=np.zeros(d.shape[1]), where=n > 0)
    deviation = np.where(known, d - mean, 0.0)
    return Gathered(
        by_draw(known.astype(np.float64), draw), by_draw(deviation, draw), by_draw(deviation**2, draw)
    )


def components(sums: Gathered, times: Floats | None = None) -> Components:
    """Nested analysis of variance: with MSB and MSW the mean squares between and within draws and n0 the worlds per draw,

        worlds = MSW,    parameters = (MSB - MSW) / n0,    n0 = (N - sum(n_i^2) / N) / (m - 1).

    Parameters
    ----------
    sums : Gathered
    times : array of float, shape (resamples, draws), optional
        How often each draw is taken in a resample. Resampled draws lie m / (m - 1) too close to each other on average; that
        is put right.

    Returns
    -------
    Components of arrays of shape (columns,), or (resamples, columns)
    """
    weights = np.ones((1, len(sums.n))) if times is None else times
    fewer = np.maximum(sums.n, 1.0)
    n, m, total = (_over_draws(weights, each) for each in (sums.n, (sums.n > 0) * 1.0, sums.total))
    of_draws = sums.total**2 / fewer
    between = _over_draws(weights, of_draws) - total**2 / np.maximum(n, 1.0)
    within = _over_draws(weights, sums.squares - of_draws)
    ms_within = _ratio(within, n - m)
    ms_between = _ratio(between, m - 1) * (1.0 if times is None else _ratio(m, m - 1))
    n0 = _ratio(n - _over_draws(weights, sums.n**2) / np.maximum(n, 1.0), m - 1)
    found = Components(_ratio(ms_between - ms_within, n0), ms_within)
    return Components(*(each[0] for each in found)) if times is None else found


def structure_component(means: Floats, times: Floats | None = None) -> Floats:
    """How much the mean difference varies between structures of the model.

    Two-way analysis of variance of the draws' means, structures by draws, without repetition: with MS the mean squares of
    structures and of what is left, (MS structures - MS left) / draws.

    Parameters
    ----------
    means : array of float, shape (structures, draws, columns)
        Mean difference of each draw under each structure; a draw that lacks one is left out.
    times : array of float, shape (resamples, draws), optional

    Returns
    -------
    array of float, shape (columns,) or (resamples, columns)
        May be negative; NaN with fewer than two draws or structures.
    """
    weights = np.ones((1, means.shape[1])) if times is None else times
    n_structures = len(means)
    full = np.asarray(~np.isnan(means).any(axis=0))
    known = np.where(full, means, 0.0)
    m = _over_draws(weights, full.astype(np.float64))
    of_structure = np.stack([_ratio(_over_draws(weights, known[s]), m) for s in range(n_structures)])
    spread = ((of_structure - of_structure.mean(axis=0)) ** 2).sum(axis=0)
    inside = _over_draws(weights, np.einsum("smc->mc", (known - known.mean(axis=0)) ** 2))
    left = _ratio(inside - m * spread, (n_structures - 1) * (m - 1))
    found = _ratio(spread, np.full_like(spread, n_structures - 1.0)) - _ratio(left, m)
    return found[0] if times is None else found


def resampled(seed: int, n_draws: int, n: int = RESAMPLES) -> Floats:
    """How often each draw is taken in each resample of the draws; shape (n, n_draws)."""
    shares = Streams(seed).uniform("draw taken in a resample", 0, np.arange(n), per=n_draws)
    taken = np.floor(shares * n_draws).astype(np.int64) + n_draws * np.arange(n)[:, None]
    counts: Floats = np.bincount(taken.ravel(), minlength=n * n_draws).reshape(n, n_draws).astype(np.float64)
    return counts


def draws_needed(mean: Floats, error: Floats, n_draws: Ints) -> Floats:
    """Parameter draws at which the 95 % interval of the mean difference leaves out zero, should mean and spread stay.

    The smallest m with t(0.975, m - 1) error sqrt(n_draws / m) < abs(mean).

    Parameters
    ----------
    mean, error : array of float, shape (columns,)
        Mean difference and its standard error from `n_draws` draws.

    Returns
    -------
    array of float, shape (columns,)
        At least 2; NaN where there is no difference or no error to go by, or more draws than could ever be played.
    """
    variance = error**2 * n_draws
    ratio = _ratio(variance, mean**2)
    # Were the error known there would be so many; with an estimated one there are a few more.
    needed = np.ceil(np.maximum(ndtri((1 + SETTLED) / 2) ** 2 * ratio, LEAST_DRAWS))
    for _ in range(ROUNDS):
        t = stdtrit(np.maximum(needed - 1, 1), (1 + SETTLED) / 2)
        needed = np.where(t**2 * ratio > needed, needed + 1, needed)
    return np.where(needed <= MOST_DRAWS, needed, np.nan)


def of_other_sign(sums: Gathered, mean: Floats) -> Floats:
    """Share of the parameter draws under which the difference is of the other sign than its mean.

    A draw's own difference is known but for luck. The draws' mean differences are therefore drawn towards the overall mean
    until they vary as much as the parameters' component says (constrained empirical Bayes, Louis 1984); their order and
    their shape stay, so that nothing is assumed about how the parameters' part is distributed.

    Parameters
    ----------
    sums : Gathered
    mean : array of float, shape (columns,)

    Returns
    -------
    array of float, shape (columns,)
        NaN where parameters and luck can't be told apart.
    """
    parameters, worlds = components(sums)
    own = np.maximum(parameters, 0.0)
    n = np.maximum(sums.n, 1.0)
    of_means = own + worlds / n
    kept = np.sqrt(np.divide(own, of_means, out=np.zeros(n.shape), where=of_means > 0))
    other = ((mean + kept * sums.total / n) * mean < 0) & (sums.n > 0)
    share = other.sum(axis=0) / np.maximum((sums.n > 0).sum(axis=0), 1)
    return np.where(np.isnan(parameters), np.nan, share)


def interval_ends(n_draws: int) -> tuple[float, float]:
    """Which percentiles over resamples make the 90 % interval of a component.

    Those of few draws are too narrow; they are moved out as Student's interval is from the normal one (the expanded
    percentile interval, Hesterberg 2015). What is left: with 20 draws it covers the truth some 85 times of 100.
    """
    spare = max(n_draws - 1, 1)
    below = float(ndtr(stdtrit(spare, (1 - CONFIDENCE) / 2) * np.sqrt((spare + 1) / spare)))
    return below, 1 - below


def _over_draws(weights: Floats, values: AnyArray) -> Floats:
    """Sums over draws, weighted; by `einsum`, whose last digits don't depend on the number of threads."""
    summed: Floats = np.einsum("bm,mc->bc", weights, values)
    return summed


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Numerator over denominator, NaN where the denominator is not above 0."""
    ratio: Floats = numerator / np.where(denominator > 0, denominator, np.nan)
    return ratio
