"""What the figures have taught: about each parameter, about pairs that they can't tell apart, and where they disagree."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.calibration.fit import Fit
from sim.calibration.space import Space

LEARNED = 0.1
"""Share of the prior's spread that must be gone before it is said that something was learned."""
EDGE = 1.2
"""Mean posterior score, in SD of the prior, from which a parameter is said to lie at the edge of its prior: either the prior
is wrong or the parameter makes up for something that the model lacks."""
TIED = 0.4
"""Correlation from which two parameters are said to be hard to tell apart."""
MOST_PAIRS = 40
AGAINST = -0.3
"""Cosine between two figures' pulls from which they are said to pull against each other."""
_PULL = 0.15
"""Of a posterior SD: the least pull that is told."""
_NUDGE = 0.02
_DRAWS = 400


def learned(fit: Fit, space: Space, draws: Floats, seed: int) -> pd.DataFrame:
    """Prior against posterior for every parameter.

    Parameters
    ----------
    draws : array, shape (draws, parameters)
        Values of the posterior as it is handed on.

    Returns
    -------
    DataFrame
        parameter, unit, prior and posterior mean, SD and 90 % interval, `score` (posterior mean on the scale on which the prior
        is standard normal), `narrowed` (share of the prior SD gone, on that scale), `divergence` (of the posterior from the
        prior, in nats, taking both as normal), `emulated`, `informed`, `at_edge` (`score` beyond `EDGE`).
    """
    scores = {name: fit.sample.draws[:, j] for j, name in enumerate(fit.trained.names)}
    prior = space.values(space.prior_design(2000, seed))
    rows = []
    for j, d in enumerate(space.declarations):
        score = scores.get(d.name)
        mean, sd = (0.0, 1.0) if score is None else (float(score.mean()), float(score.std()))
        divergence = max(0.0, (sd**2 + mean**2 - 1) / 2 - np.log(sd))
        narrowed = 1 - sd
        rows.append(
            {
                "parameter": d.name,
                "unit": d.unit,
                **_summary("prior", prior[:, j]),
                **_summary("posterior", draws[:, j]),
                "score": mean,
                "narrowed": narrowed,
                "divergence": divergence,
                "emulated": score is not None,
                "informed": score is not None and narrowed >= LEARNED,
                "at_edge": abs(mean) > EDGE,
            }
        )
    return pd.DataFrame(rows)


def at_edge(table: pd.DataFrame) -> list[str]:
    """Parameters at the edge of their priors, with their mean scores, the farthest first."""
    found = table[table["at_edge"]]
    found = found.reindex(found["score"].abs().sort_values(ascending=False, kind="stable").index)
    return [f"{row['parameter']} ({row['score']:+.1f})" for row in found.to_dict("records")]


def _summary(of: str, values: Floats) -> dict[str, float]:
    low, high = np.quantile(values, [0.05, 0.95])
    return {
        f"{of}_mean": float(values.mean()),
        f"{of}_sd": float(values.std()),
        f"{of}_low": float(low),
        f"{of}_high": float(high),
    }


def pairs(fit: Fit) -> pd.DataFrame:
    """Parameters that the figures tell apart badly: first, second, correlation of their scores in the posterior."""
    names = fit.trained.names
    found: Floats = np.atleast_2d(np.corrcoef(fit.sample.draws[:, :-1].T))
    first, second = np.triu_indices(len(names), 1)
    size = found[first, second]
    order = np.argsort(-np.abs(size), kind="stable")[:MOST_PAIRS]
    order = order[np.abs(size[order]) >= TIED]
    return pd.DataFrame(
        {
            "first": [names[i] for i in first[order]],
            "second": [names[i] for i in second[order]],
            "correlation": size[order],
        }
    )


def pulls(fit: Fit) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Which way each figure pulls which parameter, and figures that pull against each other.

    A figure's pull is the slope of its log chance at the posterior's draws, times the posterior covariance: how far, in
    posterior SDs of the score, the parameter would be moved by that figure alone.

    Returns
    -------
    pulls : DataFrame
        target, parameter, pull.
    conflicts : DataFrame
        first, second, cosine (-1: straight against each other), strength (of the weaker one, in posterior SDs).
    """
    draws = fit.sample.thinned(_DRAWS)
    names, targets = fit.trained.names, fit.trained.targets
    slopes = np.empty((len(targets), len(names)))
    for j in range(len(names)):
        step = np.zeros(draws.shape[1])
        step[j] = _NUDGE
        up, down = fit.log_likelihoods(draws + step), fit.log_likelihoods(draws - step)
        slopes[:, j] = ((up - down) / (2 * _NUDGE)).mean(axis=0)
    covariance = np.atleast_2d(np.cov(fit.sample.draws[:, :-1].T))
    sd = np.sqrt(np.diag(covariance))
    moved = slopes @ covariance / sd
    kept = [(t, j) for t in range(len(targets)) for j in range(len(names)) if abs(moved[t, j]) >= _PULL]
    kept.sort(key=lambda at: -abs(moved[at]))
    told = pd.DataFrame(
        [(targets[t].id, names[j], moved[t, j]) for t, j in kept], columns=["target", "parameter", "pull"]
    )
    together = slopes @ covariance @ slopes.T
    size = np.sqrt(np.maximum(np.diag(together), 1e-12))
    cosine = together / np.outer(size, size)
    against = [
        (targets[a].id, targets[b].id, cosine[a, b], min(size[a], size[b]))
        for a in range(len(targets))
        for b in range(a + 1, len(targets))
        if cosine[a, b] <= AGAINST and min(size[a], size[b]) >= _PULL
    ]
    against.sort(key=lambda row: row[2] * row[3])
    conflicts = pd.DataFrame(against, columns=["first", "second", "cosine", "strength"])
    return told.astype({"pull": float}), conflicts.astype({"cosine": float, "strength": float})
