"""What all other figures lead one to expect of a series that is left out: whether the model foretells what it was fitted to.

Draws of the posterior are weighted by the reciprocal of the chance of the series' figures (importance weights). Where the
weights hang on a few draws, nothing but the series itself tells of what it measures, and no test is made of it. The model's
discrepancy is taken from its prior: the fitted one has grown by whatever does not fit.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit, ndtri
from scipy.stats import binom

from sim.arrays import Floats
from sim.calibration.fit import Fit
from sim.calibration.likelihood import discrepancy, noise_covariance, root_mean_square
from sim.calibration.targets import COUNT, Likelihood, Target
from sim.randomness import Streams

DRAWS = 4000
HEAVIEST_TAIL = 0.5
"""Tail index of the weights from which on their variance does not exist (Vehtari, Simpson, Gelman, Yao & Gabry 2024)."""
FAR = 2.0
"""Tension from which on a figure is told of whatever the tail: cut-off weights bring the forecast nearer to it, never away."""
_TAIL_DRAWS = 3.0  # times the root of the draws: those that the tail is judged by
_LEAST_IN_TAIL = 5
_NEAREST = 1e-4  # of a place to 0 and 1
_ONCE = 0


def left_out(fit: Fit, seed: int) -> pd.DataFrame:
    """Each figure against what the figures of all other series lead one to expect, all noise included.

    Returns
    -------
    DataFrame
        target, `foretold` (mean), `low`, `high`, `half_low`, `half_high` (90 and 50 % intervals) in the target's unit, `tension`
        (where the reported value lies, as a score of the standard normal), `tail` (index of the weights), `told` (whether the
        others tell of it).
    """
    draws = fit.sample.thinned(min(DRAWS, len(fit.sample.draws)))
    expected, logs = fit.trained.expected(draws[:, :-1]), fit.log_likelihoods(draws)
    foretold = _foretold(
        fit, expected, fit.likelihood.errors(_sizes(seed, len(draws)), *fit.trained.noise(draws)[1:]), seed
    )
    targets = fit.likelihood.targets
    rows = []
    for t, target in enumerate(targets):
        columns = [k for k, other in enumerate(targets) if other.series == target.series]
        log = -logs[:, columns].sum(axis=1)
        weight = np.exp(log - log.max())
        index = tail(weight)
        weight = np.minimum(weight, weight.mean() * np.sqrt(len(weight)))
        weight = weight / weight.sum()
        values = foretold[:, t]
        ends = quantiles(values, weight, (0.05, 0.95, 0.25, 0.75))
        place = min(max(_place(target, values, weight), _NEAREST), 1 - _NEAREST)
        mean = float(weight @ values)
        tension = float(ndtri(place))
        told = index <= HEAVIEST_TAIL or abs(tension) >= FAR
        rows.append((target.id, mean, *ends, tension, index, told))
    names = ["target", "foretold", "low", "high", "half_low", "half_high", "tension", "tail", "told"]
    return pd.DataFrame(rows, columns=names)


def misfit(fit: Fit, table: pd.DataFrame, seed: int) -> dict[str, float | int | None]:
    """How far the figures lie from what the others foretell, and the chance of as far and of as near if the model were right.

    The sum of squared tensions over figures that others tell of, against sums of normal scores that go together as the
    forecasts do. A small chance of being so far means a model that is wrong; of being so near, intervals that are too wide.
    """
    told = np.flatnonzero(table["told"].to_numpy(dtype=bool))
    empty: dict[str, float | int | None] = {"misfit": None, "misfit_chance": None, "misfit_near_chance": None}
    if len(told) < 2:  # noqa: PLR2004 - one figure has nothing to go together with
        return {"misfit_figures": len(told), **empty}
    draws = fit.sample.thinned(min(DRAWS, len(fit.sample.draws)))
    expected = fit.trained.expected(draws[:, :-1])[:, told]
    _, waves, persons = fit.trained.noise(draws)
    size, loud = (root_mean_square(one) for one in (_sizes(seed, len(draws)), waves / persons))
    whole = noise_covariance(fit.likelihood.targets, fit.trained.emulator, size, loud, float(persons.mean()))[
        np.ix_(told, told)
    ]
    whole += np.cov(expected.T)
    sd = np.sqrt(np.diag(whole))
    root = np.linalg.cholesky(whole / np.outer(sd, sd))
    luck = Streams(seed).normal("tension of a replicate", _ONCE, np.arange(DRAWS), per=len(told))
    replicated = ((luck @ root.T) ** 2).sum(axis=1)
    score = float((table["tension"].to_numpy()[told] ** 2).sum())
    return {
        "misfit_figures": len(told),
        "misfit": round(score, 4),
        "misfit_chance": round(float((1 + (replicated >= score).sum()) / (1 + DRAWS)), 4),
        "misfit_near_chance": round(float((1 + (replicated <= score).sum()) / (1 + DRAWS)), 4),
    }


def tail(weight: Floats) -> float:
    """How heavy the tail of weights is: Hill's index of the greatest; beyond 1 their mean does not exist."""
    most = np.sort(weight)[-max(_LEAST_IN_TAIL, int(_TAIL_DRAWS * np.sqrt(len(weight)))) :]
    return float(np.mean(np.log(most / np.maximum(most[0], 1e-300))))


def quantiles(values: Floats, weight: Floats, at: tuple[float, ...]) -> list[float]:
    """Quantiles of weighted values."""
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(weight[order])
    return [float(values[order][min(int(np.searchsorted(upto, q)), len(values) - 1)]) for q in at]


def _sizes(seed: int, n: int) -> Floats:
    """Discrepancies under their prior, shape (n,)."""
    return discrepancy(Streams(seed).normal("discrepancy of a figure left out", _ONCE, np.arange(n)))


def _foretold(fit: Fit, expected: Floats, errors: Floats, seed: int) -> Floats:
    """An answer at each draw, in the targets' units; shape (draws, targets)."""
    luck, rows = Streams(seed), np.arange(len(expected))
    targets = fit.likelihood.targets
    noise = luck.normal("noise of a figure left out", _ONCE, rows, per=len(targets))
    u = luck.uniform("persons of a figure left out", _ONCE, rows, per=len(targets))
    found = np.empty_like(expected)
    for t, target in enumerate(targets):
        linked = expected[:, t] + errors[:, t] * noise[:, t]
        if target.likelihood is Likelihood.BINOMIAL and target.n:
            agree = binom.ppf(u[:, t], target.n, expit(linked))
            found[:, t] = agree if target.unit == COUNT else agree / target.n
        else:
            found[:, t] = target.unlinked(linked)
    return found


def _place(target: Target, values: Floats, weight: Floats) -> float:
    """Part of what is foretold that lies below the reported value, half of what its wording can't be told from counted in."""
    soft = target.likelihood is Likelihood.SOFT
    low, high = (target.value, target.value) if soft else (target.low, target.high)
    half = 0.5 / (target.n or 1) if target.likelihood is Likelihood.BINOMIAL and target.unit != COUNT else 0.0
    below = float(weight[values < low - half].sum())
    return below + float(weight[(values >= low - half) & (values <= high + half)].sum()) / 2
