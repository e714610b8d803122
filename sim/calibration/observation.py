"""Figures of the evaluations beside those of the model: the table `fit`, and a check of the model as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.special import betaincinv

from sim.arrays import Floats
from sim.calibration.answers import Answers
from sim.calibration.likelihood import counts
from sim.calibration.targets import Likelihood, Target

TAIL = 0.05
"""Left out on either side of an interval of 90 per cent."""
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
    ]
)  # fmt: skip
_ROUNDING = 1e-6  # of a value: no miss


def observed_interval(target: Target) -> tuple[float, float]:
    """Where 90 per cent of what the report leaves open lies, in the target's unit.

    For persons the interval of Jeffreys around the fewest and the most that the wording allows; for amounts the wording.
    """
    if target.likelihood is not Likelihood.BINOMIAL:
        return target.low, target.high
    low, high = counts(target)
    n = target.n or 0
    below = float(betaincinv(low + 0.5, n - low + 0.5, TAIL)) if low > 0 else 0.0
    above = float(betaincinv(high + 0.5, n - high + 0.5, 1 - TAIL)) if high < n else 1.0
    return below / target.of_all, above / target.of_all


def interval(values: Floats) -> tuple[float, float]:
    """The middle 90 per cent of simulated values, shape (draws,)."""
    low, high = np.quantile(values, [TAIL, 1 - TAIL])
    return float(low), float(high)


def fit_rows(answers: Answers) -> pa.Table:
    """The table `fit` for some targets.

    Parameters
    ----------
    answers : Answers
        Of the model, played once at each posterior draw.
    """
    rows = [_row(target, answers.shown[:, t]) for t, target in enumerate(answers.targets)]
    return pa.table({name: [row[name] for row in rows] for name in FIT.names}, schema=FIT)


def _row(target: Target, simulated: Floats) -> dict[str, object]:
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
        return row | dict.fromkeys(("simulated", "simulated_low", "simulated_high", "inside"))
    least, most = interval(there)
    slack = _ROUNDING * max(1.0, abs(target.value))
    return row | {
        "simulated": float(there.mean()),
        "simulated_low": least,
        "simulated_high": most,
        "inside": bool(least - slack <= target.value <= most + slack),
    }


def misfit(answers: Answers, observed: Floats) -> tuple[float, float]:
    """How badly the figures fit together with the model, and the chance of as bad a fit if the model were right.

    The figure is the sum of squared distances from the model's mean, in its own standard deviations, over all targets; its
    chance is read off what the model itself would have scored in each draw.

    Parameters
    ----------
    observed : array, shape (targets,)
        On the linked scale.
    """
    simulated = answers.linked
    mean = np.nanmean(simulated, axis=0)
    sd = np.maximum(np.nanstd(simulated, axis=0), 1e-6)
    score = float((((observed - mean) / sd) ** 2).sum())
    own = np.nansum(((simulated - mean) / sd) ** 2, axis=1)
    return score, float((1 + (own >= score).sum()) / (1 + len(own)))


def observed_linked(targets: Sequence[Target], near: Floats | None = None) -> Floats:
    """Reported values on the linked scale, shape (targets,).

    Parameters
    ----------
    near : array, shape (targets,), optional
        On the linked scale; each value is taken as near to it as its wording allows.
    """
    found = np.array([_linked(t, t.value) for t in targets])
    if near is None:
        return found
    low = np.array([_linked(t, t.low) for t in targets])
    high = np.array([_linked(t, t.high) for t in targets])
    return np.asarray(np.clip(near, np.minimum(low, found), np.maximum(high, found)))


def _linked(target: Target, value: float) -> float:
    if not np.isfinite(value):
        return float(value)
    n = float(target.n or 1)
    return float(target.linked(np.array([max(value, 0.0) if target.n else value]), np.array([n]))[0])


def quality_of_targets(targets: Sequence[Target], prior: Answers, posterior: Answers) -> pd.DataFrame:
    """Every target's model intervals before and after the fit: target, prior_low, prior_high, posterior_low, posterior_high."""
    rows = []
    for t, target in enumerate(targets):
        ends = []
        for answers in (prior, posterior):
            values = answers.shown[:, t]
            values = values[np.isfinite(values)]
            ends += list(interval(values)) if len(values) else [np.nan, np.nan]
        rows.append((target.id, *ends))
    return pd.DataFrame(
        rows, columns=["target", "prior_low", "prior_high", "posterior_low", "posterior_high"]
    )
