"""Figures of the evaluations beside those of the model: the table `fit`, and a check of the model as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.special import betaincinv, ndtri

from sim.arrays import Floats
from sim.calibration.answers import Answers
from sim.calibration.likelihood import counts
from sim.calibration.targets import COUNT, Likelihood, Target

TAIL, _QUARTER = 0.05, 0.25
"""Left out on either side of an interval of 90 per cent, and of one of 50."""
WIDEST = 0.4
"""Width of an interval of a share from which on it says too little to be a test."""
_OF_SHARES = ("share", "share points")


class NoTest(StrEnum):
    """Why a figure says nothing of the model, whether it is hit or not."""

    ECHO = "echo"  # a parameter is declared from the same source
    UNMOVED = "unmoved"  # no parameter moves it
    ALONE = "alone"  # nothing but the figure itself tells of it, by a difficulty of its own
    WIDE = "wide"  # the interval is wider than `WIDEST`, or holds either sign


FIT = pa.schema(
    [
        pa.field("target", pa.string(), metadata={"meaning": "id of the figure"}),
        pa.field("role", pa.string(), metadata={"meaning": "calibrate, validate or rule"}),
        pa.field("wave", pa.string(), metadata={"meaning": "when it was observed"}),
        pa.field("observed", pa.float64(), metadata={"meaning": "as reported, in the figure's unit"}),
        pa.field("observed_low", pa.float64(), metadata={"meaning": "90 % interval: sampling and wording, low end"}),
        pa.field("observed_high", pa.float64(), metadata={"meaning": "90 % interval: sampling and wording, high end"}),
        pa.field("simulated", pa.float64(), metadata={"meaning": "mean over posterior draws; empty: no counterpart"}),
        pa.field("simulated_low", pa.float64(), metadata={"meaning": "90 % posterior predictive interval, low end"}),
        pa.field("simulated_high", pa.float64(), metadata={"meaning": "90 % posterior predictive interval, high end"}),
        pa.field("inside", pa.bool_(), metadata={"meaning": "whether the observed value lies in between"}),
        pa.field("inside_half", pa.bool_(), metadata={"meaning": "whether it lies in the 50 % interval"}),
        pa.field("no_test", pa.string(), metadata={"meaning": "why the figure is no test of the model; empty: it is one"}),
    ]
)  # fmt: skip
_Z95 = float(ndtri(1 - TAIL))
_ROUNDING = 1e-6  # of a value: no miss


def observed_interval(target: Target) -> tuple[float, float]:
    """Where 90 per cent of what the report leaves open lies, in the target's unit.

    For persons the interval of Jeffreys around the fewest and the most that the wording allows; for amounts the wording.
    """
    if target.likelihood is Likelihood.SOFT:
        return target.value - _Z95 * target.own_sd, target.value + _Z95 * target.own_sd
    if target.likelihood is not Likelihood.BINOMIAL:
        return target.low, target.high
    low, high = counts(target)
    n = target.n or 0
    below = float(betaincinv(low + 0.5, n - low + 0.5, TAIL)) if low > 0 else 0.0
    above = float(betaincinv(high + 0.5, n - high + 0.5, 1 - TAIL)) if high < n else 1.0
    return below / target.of_all, above / target.of_all


def interval(values: Floats, tail: float = TAIL) -> tuple[float, float]:
    """The middle of simulated values, shape (draws,): 90 per cent of them, or what `tail` on either side leaves."""
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def fit_rows(answers: Answers, no_test: Mapping[str, NoTest]) -> pa.Table:
    """The table `fit` for some targets.

    Parameters
    ----------
    answers : Answers
        Of the model, played once at each posterior draw.
    no_test : mapping from target to NoTest
        Figures that are known to be no test; a wide interval makes more of them.
    """
    rows = [
        _row(target, answers.shown[:, t], no_test.get(target.id)) for t, target in enumerate(answers.targets)
    ]
    return pa.table({name: [row[name] for row in rows] for name in FIT.names}, schema=FIT)


def _row(target: Target, simulated: Floats, no_test: NoTest | None) -> dict[str, object]:
    low, high = observed_interval(target)
    row: dict[str, object] = {
        "target": target.id,
        "role": str(target.role),
        "wave": target.wave,
        "observed": target.value,
        "observed_low": low,
        "observed_high": high if np.isfinite(high) else None,
    }
    there = simulated[np.isfinite(simulated)]
    if not len(there):
        return row | dict.fromkeys(FIT.names[len(row) :])
    least, most = interval(there)
    if no_test is None and is_wide(target, least, most):
        no_test = NoTest.WIDE
    return row | {
        "simulated": float(there.mean()),
        "simulated_low": least,
        "simulated_high": most,
        "inside": _holds(target, there, TAIL),
        "inside_half": _holds(target, there, _QUARTER),
        "no_test": str(no_test) if no_test else None,
    }


def is_wide(target: Target, low: float, high: float) -> bool:
    """Whether an interval, in the target's unit, is so wide that hitting it says little.

    That of a share, a difference of shares or a count of so many, however its chance is reckoned: over `WIDEST` of the whole;
    that of a sign: it holds either. An amount has no whole to be measured by, and is never called wide.
    """
    if target.likelihood is Likelihood.SIGN:
        return low < 0 < high
    counted = target.unit == COUNT and target.n is not None
    return (counted or target.unit in _OF_SHARES) and (high - low) * target.of_all > WIDEST


def _holds(target: Target, simulated: Floats, tail: float) -> bool:
    """Whether the reported value lies in the middle of simulated ones; a soft figure's own error counts in."""
    low, high = interval(simulated, tail)
    if target.likelihood is Likelihood.SOFT:
        half = float(ndtri(1 - tail)) * float(np.hypot(simulated.std(), target.own_sd))
        low, high = float(simulated.mean()) - half, float(simulated.mean()) + half
    slack = _ROUNDING * max(1.0, abs(target.value))
    return bool(low - slack <= target.value <= high + slack)


def prior_chance(target: Target, simulated: Floats) -> float:
    """Chance, before anything is fitted, of a figure as far out as the reported one, on either side; NaN where none is simulated.

    Parameters
    ----------
    simulated : array, shape (worlds,)
        Of points drawn from the priors, in the target's unit.
    """
    there = simulated[np.isfinite(simulated)]
    if not len(there):
        return float("nan")
    low, high = (
        (target.value, target.value) if target.likelihood is Likelihood.SOFT else (target.low, target.high)
    )
    place = float((there < low).mean() + ((there >= low) & (there <= high)).mean() / 2)
    return min(1.0, 2 * min(place, 1 - place) + 1 / (1 + len(there)))


def quality_of_targets(targets: Sequence[Target], prior: Answers, posterior: Answers) -> pd.DataFrame:
    """Every target's model intervals before and after the fit: target, prior_low, prior_high, posterior_low, posterior_high; and
    `prior_chance`, of a figure as far out as the reported one before the fit.
    """
    rows = []
    for t, target in enumerate(targets):
        ends = []
        for answers in (prior, posterior):
            values = answers.shown[:, t]
            values = values[np.isfinite(values)]
            ends += list(interval(values)) if len(values) else [np.nan, np.nan]
        rows.append((target.id, *ends, prior_chance(target, prior.shown[:, t])))
    columns = ["target", "prior_low", "prior_high", "posterior_low", "posterior_high", "prior_chance"]
    return pd.DataFrame(rows, columns=columns)
