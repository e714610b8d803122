"""How often intervals hold a truth that is known, from its ranks among draws of posteriors."""

from __future__ import annotations

from collections.abc import Set

import numpy as np
import pandas as pd
from scipy.stats import beta, chi2

from sim.arrays import Ints

DRAWS = 99
"""Draws of a posterior that the truth is ranked among: 100 places."""
BINS = 10
LEVELS = (0.5, 0.8, 0.9)
LEAST_COVERED = 0.84
"""Share of truths that the 90 % interval of a parameter must hold that the real fit has learned of."""
ALL = "all"
_TAIL = 0.05


def coverage(ranks: pd.DataFrame, learned: Set[str]) -> pd.DataFrame:
    """How often intervals hold the truth, for each parameter and for all (a truth's parameters are not independent).

    Parameters
    ----------
    ranks : DataFrame
        wave, repetition, parameter, rank, narrowed.
    learned : set of str
        Parameters that the real fit has learned of.

    Returns
    -------
    DataFrame
        parameter, wave (0: all), repetitions, learned, narrowed (mean part of the spread that is gone), chi2_p (of even ranks),
        and for each level the share covered with its 90 % interval.
    """
    rows = [_of_all(ranks, 0)]
    rows += [_of_all(part, int(str(wave))) for wave, part in ranks.groupby("wave", sort=True)]
    for name, part in ranks.groupby("parameter", sort=False):
        rows.append(_covered(str(name), part))
    table = pd.DataFrame(rows)
    table.insert(2, "learned", table["parameter"].isin(learned))
    return table


def _of_all(ranks: pd.DataFrame, wave: int) -> dict[str, object]:
    row: dict[str, object] = {
        "parameter": ALL,
        "wave": wave,
        "repetitions": ranks["repetition"].nunique(),
        "narrowed": ranks["narrowed"].mean(),
        "chi2_p": np.nan,
    }
    for level in LEVELS:
        inside = (
            ranks.assign(inside=_inside(ranks["rank"].to_numpy(), level))
            .groupby("repetition")["inside"]
            .mean()
        )
        half = 1.6449 * inside.std(ddof=1) / np.sqrt(len(inside))
        row |= _named(level, inside.mean(), inside.mean() - half, inside.mean() + half)
    return row


def _covered(name: str, part: pd.DataFrame) -> dict[str, object]:
    rank = part["rank"].to_numpy()
    n = len(rank)
    observed = np.bincount(rank * BINS // (DRAWS + 1), minlength=BINS)
    statistic = float(((observed - n / BINS) ** 2 / (n / BINS)).sum())
    row: dict[str, object] = {
        "parameter": name,
        "wave": 0,
        "repetitions": n,
        "narrowed": float(part["narrowed"].mean()),
        "chi2_p": float(chi2.sf(statistic, BINS - 1)),
    }
    for level in LEVELS:
        k = int(_inside(rank, level).sum())
        low = float(beta.ppf(_TAIL, k, n - k + 1)) if k else 0.0
        high = float(beta.ppf(1 - _TAIL, k + 1, n - k)) if k < n else 1.0
        row |= _named(level, k / n, low, high)
    return row


def _named(level: float, share: float, low: float, high: float) -> dict[str, object]:
    key = f"covered_{round(100 * level)}"
    return {key: float(share), f"{key}_low": float(low), f"{key}_high": float(high)}


def _inside(rank: Ints, level: float) -> Ints:
    """Whether the truth lies in the middle part of the draws; 1 or 0, shape (ranks,)."""
    tail = (1 - level) / 2 * (DRAWS + 1)
    return ((rank >= tail) & (rank < DRAWS + 1 - tail)).astype(np.int64)


def covers_too_little(covered: pd.DataFrame) -> list[str]:
    """Parameters that the real fit has learned of whose 90 % interval holds the truth too seldom, the least first.

    Parameters
    ----------
    covered : DataFrame
        As `coverage` gives it.
    """
    found = covered[covered["learned"] & (covered["covered_90"] < LEAST_COVERED)]
    found = found.sort_values("covered_90", kind="stable")
    return [f"{row['parameter']} ({row['covered_90']:.0%})" for row in found.to_dict("records")]
