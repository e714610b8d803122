"""Figures that the fit never saw: whether the model foretells them better than simple guesses do.

Reached only when the posterior and the model's answers at its draws lie on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.calibration.answers import Answers
from sim.calibration.observation import TAIL
from sim.calibration.targets import Likelihood, Target

MODEL, LAST_WAVE, GROUP_MEAN = "model", "last_wave", "group_mean"
Z95 = 1.6448536269514722  # of the normal distribution at 95 per cent
_LEAST_SD = 0.005


@dataclass(frozen=True)
class Forecast:
    """A foretold share: its mean and SD, and the ends of its 90 % interval."""

    mean: float
    sd: float
    low: float
    high: float

    @classmethod
    def normal(cls, mean: float, sd: float) -> Forecast:
        """A normal forecast of a share."""
        return cls(mean, sd, max(0.0, mean - Z95 * sd), min(1.0, mean + Z95 * sd))


def last_wave(target: Target, known: Sequence[Target]) -> Forecast | None:
    """The last wave repeats itself, with the sampling of both; None if the item was not asked before."""
    before = sorted((t for t in known if t.series == target.series and t.n), key=lambda t: t.wave)
    if not before or not target.n:
        return None
    share = before[-1].value * before[-1].of_all
    spread = share * (1 - share)
    return Forecast.normal(share, max(_LEAST_SD, np.sqrt(spread / (before[-1].n or 1) + spread / target.n)))


def group_mean(target: Target, known: Sequence[Target]) -> Forecast | None:
    """What the same respondents say on average (of the same scheme, should they be asked nothing else), and how that varies."""
    shares = [t for t in known if t.likelihood is Likelihood.BINOMIAL and t.respondents == target.respondents]
    if len(shares) < 2:  # noqa: PLR2004 - a spread takes two
        shares = [t for t in known if t.likelihood is Likelihood.BINOMIAL and t.scheme == target.scheme]
    if len(shares) < 2 or not target.n:  # noqa: PLR2004 - as above
        return None
    values = np.array([t.value * t.of_all for t in shares])
    mean = float(values.mean())
    return Forecast.normal(mean, float(np.sqrt(values.var(ddof=1) + mean * (1 - mean) / target.n)))


BASELINES: dict[str, Callable[[Target, Sequence[Target]], Forecast | None]] = {
    LAST_WAVE: last_wave,
    GROUP_MEAN: group_mean,
}


def scores(answers: Answers, known: Sequence[Target]) -> pd.DataFrame:
    """How well the model and the simple guesses foretell each held-out share.

    Parameters
    ----------
    answers : Answers
        Of the model at the posterior's draws, to the held-out targets.
    known : sequence of Target
        Those that were fitted to: all that a simple guess may use.

    Returns
    -------
    DataFrame
        target, forecast (model, last_wave, group_mean), observed, foretold, low, high (shares), absolute_error,
        interval_score (less is better), log_score (more is better).
    """
    rows = []
    for t, target in enumerate(answers.targets):
        values = answers.shown[:, t]
        values = values[np.isfinite(values)] * target.of_all
        if target.likelihood is not Likelihood.BINOMIAL or not len(values):
            continue
        low, high = np.quantile(values, [TAIL, 1 - TAIL])
        model = Forecast(float(values.mean()), max(_LEAST_SD, float(values.std())), float(low), float(high))
        found = {MODEL: model, **{name: guess(target, known) for name, guess in BASELINES.items()}}
        observed = target.value * target.of_all
        rows += [
            (target.id, name, observed, one.mean, one.low, one.high, *_scored(one, observed))
            for name, one in found.items()
            if one is not None
        ]
    columns = [
        "target", "forecast", "observed", "foretold", "low", "high", "absolute_error", "interval_score",
        "log_score",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _scored(one: Forecast, observed: float) -> tuple[float, float, float]:
    outside = max(one.low - observed, 0.0) + max(observed - one.high, 0.0)
    return abs(observed - one.mean), one.high - one.low + outside / TAIL, log_score(one, observed)


def log_score(one: Forecast, observed: float) -> float:
    """Logarithm of the density of what came, taking the forecast as normal; more is better."""
    log = -((observed - one.mean) ** 2) / (2 * one.sd**2) - np.log(one.sd * np.sqrt(2 * np.pi))
    return float(log)


def verdicts(found: pd.DataFrame) -> pd.DataFrame:
    """The model against each simple guess, over the targets that both foretell.

    Returns
    -------
    DataFrame
        baseline, score, n, model, guess, better (whether the model is), low, high (90 % interval of the mean difference in
        the model's favour, over targets).
    """
    rows = []
    for name in BASELINES:
        guess = found[found["forecast"] == name].set_index("target")
        model = found[found["forecast"] == MODEL].set_index("target").loc[guess.index]
        if guess.empty:
            continue
        for score, sign in (("absolute_error", -1), ("interval_score", -1), ("log_score", 1)):
            gain = sign * (model[score] - guess[score])
            half = Z95 * float(gain.std(ddof=1)) / np.sqrt(len(gain)) if len(gain) > 1 else np.nan
            mean = float(gain.mean())
            rows.append(
                (
                    name,
                    score,
                    len(gain),
                    model[score].mean(),
                    guess[score].mean(),
                    mean > 0,
                    mean - half,
                    mean + half,
                )
            )
    return pd.DataFrame(rows, columns=["baseline", "score", "n", "model", "guess", "better", "low", "high"])
