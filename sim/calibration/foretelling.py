"""The next wave of answers, foretold from a fit to what was known before it; and the chance of as bad a forecast.

The forecast holds all noise: parameters, what the stand-in misses, the model's discrepancy as fitted up to then, what a wave
does to a set of questions, and the sampling of those asked. What the known rows lie off by in the same world goes on into it by
the likelihood's own correlation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from sim.arrays import Bools, Floats
from sim.calibration.fit import Fit, Trained
from sim.calibration.likelihood import noise_covariance, root_mean_square
from sim.calibration.targets import Likelihood, Target
from sim.randomness import Streams

SCHEME = "decentralised"
_DRAWS = 4000
_ALL_WAVES = "all waves"
_YEAR = re.compile(r"\b(20\d\d)(?:[-/](\d\d)\b)?")
_CENTURY = 100
_ONCE = 0


@dataclass(frozen=True)
class Origin:
    """A wave up to which all is known, and the one that is foretold.

    Attributes
    ----------
    year : int
        Rows dated up to the end of this year are fitted to.
    wave : str
        That is foretold.
    """

    year: int
    wave: str


ORIGINS = (Origin(2021, "2023-spring"), Origin(2023, "2024-autumn"))


def known_from(target: Target) -> int:
    """Year from which a row was there to be known: the latest that its wave and those asked name; 0 for the literature, which
    belongs to no wave.
    """
    if target.wave == _ALL_WAVES:
        return max(origin.year for origin in ORIGINS) + 1
    years = [0]
    for year, until in _YEAR.findall(f"{target.wave} {target.respondents}"):
        years.append(int(year) // _CENTURY * _CENTURY + int(until) if until else int(year))
    return max(years)


def is_foretold(target: Target, origins: Sequence[Origin], scheme: str = SCHEME) -> bool:
    """Whether a row is a share of persons asked of the scheme in a wave that is foretold."""
    asked = target.scheme == scheme and target.likelihood is Likelihood.BINOMIAL
    return asked and target.wave in {origin.wave for origin in origins}


def restricted(trained: Trained, columns: Bools) -> Trained:
    """The stand-in of some of the targets."""
    whole = trained.emulator
    some = replace(
        whole, weights=whole.weights[:, columns], extra_sd=whole.extra_sd[columns],
        sampling=whole.sampling[columns], covariance=whole.covariance[np.ix_(columns, columns)],
        gains=whole.gains[columns], heard=whole.heard[columns],
        quality=whole.quality[columns],
    )  # fmt: skip
    targets = tuple(t for t, wanted in zip(trained.targets, columns, strict=True) if wanted)
    return replace(trained, emulator=some, targets=targets)


def foretold(fit: Fit, trained: Trained, before: Bools, after: Bools, seed: int) -> Floats:
    """Answers to the rows foretold at the posterior's draws, all noise included, as logits; shape (draws, rows foretold).

    Parameters
    ----------
    fit : Fit
        To the rows known before.
    before, after : array of bool, shape (targets,)
        Which of the stand-in's targets were known, and which are foretold.
    """
    draws = fit.sample.thinned(min(_DRAWS, len(fit.sample.draws)))
    expected, (sizes, waves, persons) = trained.expected(draws[:, :-1]), trained.noise(draws)
    whole = noise_covariance(
        trained.targets,
        trained.emulator,
        root_mean_square(sizes),
        root_mean_square(waves / persons),
        float(persons.mean()),
    )
    sd = np.sqrt(np.diag(whole))
    correlation = whole / np.outer(sd, sd)
    across = correlation[np.ix_(before, after)]
    weights = np.linalg.solve(correlation[np.ix_(before, before)], across)
    left = np.linalg.cholesky(correlation[np.ix_(after, after)] - across.T @ weights)
    off = fit.likelihood.parts(expected[:, before], sizes, waves, persons)[1]
    noise = Streams(seed).normal(
        "noise of a wave foretold", _ONCE, np.arange(len(draws)), per=int(after.sum())
    )
    some = restricted(trained, after)
    middle = expected[:, after]
    chance = expit(middle)
    n = np.array([t.n or 1 for t in some.targets])
    missed = some.emulator.missed(waves, persons)
    spread = np.sqrt(missed**2 + sizes[:, None] ** 2 + 1 / (n * chance * (1 - chance) + 1))
    return np.asarray(middle + spread * (off @ weights + noise @ left.T))


def forecast_chance(values: Floats, targets: Sequence[Target]) -> float:
    """Chance of reported figures that lie as far from their forecast as a whole, if the model is right.

    How far is the square of the distance on the scale on which what is foretold has a spread of 1 every way (Mahalanobis's): a
    wave that moves all answers to a set of questions counts once.

    Parameters
    ----------
    values : array, shape (draws, targets)
        As `foretold` gives them.
    """
    reported = np.array([t.linked(np.array([t.value]), np.array([float(t.n or 1)]))[0] for t in targets])
    middle = values.mean(axis=0)
    inverse = np.linalg.inv(np.atleast_2d(np.cov(values.T)))
    away = np.concatenate([reported[None, :], values]) - middle
    far = ((away @ inverse) * away).sum(axis=1)
    return float((1 + (far[1:] >= far[0]).sum()) / len(far))
