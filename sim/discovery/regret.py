"""Regret and satisficing: how designs do over all futures together, when nobody knows which one comes.

Regret is how much better the best design would have done in the same world with the same parameters. A design satisfies if it
reaches everything that is asked of it; how often it does over futures is its robustness [Lempert et al. 2006; Herman et al.
2015].
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.arrays import Bools, Floats

GREAT = 0.9  # quantile that stands for a great regret


def regret(values: Floats, better: int) -> Floats:
    """How much better the best design does in the same run, at least 0.

    Parameters
    ----------
    values : array of float, shape (runs, designs)
        NaN where a run failed; a run that lacks a design is NaN for all.
    better : int
        1 if more is better, -1 if less is.
    """
    toward = values * better
    whole = np.isfinite(toward).all(axis=1)
    lost = np.full(values.shape, np.nan)
    lost[whole] = toward[whole].max(axis=1, keepdims=True) - toward[whole]
    return lost


def regret_table(values: Floats, better: int, designs: list[str]) -> pd.DataFrame:
    """One row for each design: mean, 90th percentile and greatest regret, how often it is best, and the number of runs.

    Designs that tie for the best share it.
    """
    lost = regret(values, better)
    whole = lost[np.isfinite(lost).all(axis=1)]
    best = whole == 0
    share = best / np.maximum(best.sum(axis=1, keepdims=True), 1)
    nothing = not len(whole)
    unknown = np.full(len(designs), np.nan)
    return pd.DataFrame(
        {
            "design": designs,
            "mean_regret": unknown if nothing else whole.mean(axis=0),
            "great_regret": unknown if nothing else np.quantile(whole, GREAT, axis=0),
            "greatest_regret": unknown if nothing else whole.max(axis=0),
            "best_share": unknown if nothing else share.mean(axis=0),
            "n_runs": len(whole),
        }
    )


def satisfied(values: Floats, better: Floats, wanted: Floats) -> Bools:
    """Whether each design reaches everything asked of it in each run.

    Parameters
    ----------
    values : array of float, shape (runs, designs, outcomes)
    better : array of float, shape (outcomes,)
        1 or -1.
    wanted : array of float, shape (outcomes,) or (runs, 1, outcomes)
        What is to be reached: at least, or at most where less is better.
    """
    return np.asarray(((values - wanted) * better >= 0).all(axis=2))
