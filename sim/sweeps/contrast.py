"""What one design does that another does not, run by run and on the whole, in a sweep's table.

Pairs are runs that agree in everything but the design: draw, world, seed, years and levers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.arrays import Floats
from sim.errors import InputError
from sim.experiments.comparison import CONFIDENCE, ROUNDING, mean_error
from sim.scenario_files.faults import nearest

PAIRED_BY = ["draw", "world", "seed", "start", "end", "scale"]
DIFFERENCE = "difference"
LEAST = 2  # numbers that a spread can be told from


@dataclass(frozen=True)
class Contrast:
    """A figure under one design less the same under another.

    Attributes
    ----------
    figure : str
        As it is kept, such as `practice@end`.
    design, versus : str
        Keys of the designs; the difference is of the first from the second.
    """

    figure: str
    design: str
    versus: str

    def __str__(self) -> str:
        return f"{self.figure}, {self.design} less {self.versus}"


class Sides(Protocol):
    """A table of runs: what each was made from on one side, what came of it on the other; see `sim.sweeps.table`."""

    @property
    def experiments(self) -> pd.DataFrame:
        """A row a run: design, draw, world and so on, levers, parameters."""

    @property
    def outcomes(self) -> pd.DataFrame:
        """The figures of the same rows."""

    @property
    def levers(self) -> Sequence[str]:
        """Columns of levers."""

    @property
    def parameters(self) -> Sequence[str]:
        """Columns of parameters."""


def paired(table: Sides, contrast: Contrast) -> pd.DataFrame:
    """Every pair of runs.

    Returns
    -------
    DataFrame
        One row a pair, in the order of the table: what they agree in, levers and parameters, then columns named after
        the two designs, and `difference`, 0 where it is the computer's rounding. NaN
        where a run failed.

    Raises
    ------
    InputError
        If the table has no such figure or design.
    """
    experiments, outcomes = table.experiments, table.outcomes
    known = list(dict.fromkeys(experiments["design"]))
    for name, there, what in (
        (contrast.figure, list(outcomes.columns), "figure"),
        (contrast.design, known, "design"),
        (contrast.versus, known, "design"),
    ):
        if name not in there:
            raise InputError(f"contrast: there is no {what} '{name}'{nearest(name, there)}", field="contrast")
    keys = [*PAIRED_BY, *table.levers]
    rest = [*keys, *table.parameters]
    sides = []
    for name in (contrast.design, contrast.versus):
        rows = (experiments["design"] == name).to_numpy()
        side = experiments.loc[rows, rest].assign(**{name: outcomes.loc[rows, contrast.figure]})
        sides.append(side.drop_duplicates(keys))
    design, versus = sides
    joined = design.merge(versus[[*keys, contrast.versus]], on=keys, how="inner")
    difference = joined[contrast.design] - joined[contrast.versus]
    values = joined[[contrast.design, contrast.versus]].to_numpy(dtype=float)
    largest = float(np.max(np.abs(values), where=~np.isnan(values), initial=0.0))
    joined[DIFFERENCE] = difference.mask(difference.abs() <= ROUNDING * largest, 0.0)
    return joined


def settled(table: Sides, contrast: Contrast) -> pd.DataFrame:
    """How well the mean difference is settled, for each combination of levers.

    Where every world has a draw of its own, pairs are independent, and the interval is Student's, as in a comparison;
    where several worlds share a draw, it is Student's of the draws' means. Where every draw is played in every world, what
    differs between draws and between worlds is told apart: the squared error of the mean is that of the draws' means plus
    that of the worlds' means, which is on the safe side, with degrees of freedom by Satterthwaite. With one world in all,
    the interval is for that luck.

    Returns
    -------
    DataFrame
        One row for each combination of levers: the levers, `n_pairs`, `n_draws`, `n_worlds`, `mean_design`, `mean_versus`,
        `difference`, `low` and `high` (90 %), `sd_difference`, `share_above_zero` (ties half).
    """
    pairs = paired(table, contrast)
    if not table.levers:
        return pd.DataFrame([_settled(pairs, contrast)])
    rows = []
    for levers, some in pairs.groupby(list(table.levers), sort=False, dropna=False):
        rows.append({**dict(zip(table.levers, levers, strict=True)), **_settled(some, contrast)})
    return pd.DataFrame(rows)


def _settled(pairs: pd.DataFrame, contrast: Contrast) -> dict[str, object]:
    known = pairs[pairs[DIFFERENCE].notna()]
    d = known[DIFFERENCE].to_numpy(dtype=float)
    error, freedom = standard_error(known["draw"].to_numpy(), known["world"].to_numpy(), d)
    half = float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * error if freedom > 0 else float("nan")
    mean = float(d.mean()) if len(d) else float("nan")
    return {
        "n_pairs": len(d),
        "n_draws": known["draw"].nunique(),
        "n_worlds": known["world"].nunique(),
        "mean_design": known[contrast.design].mean(),
        "mean_versus": known[contrast.versus].mean(),
        DIFFERENCE: mean,
        "low": mean - half,
        "high": mean + half,
        "sd_difference": float(d.std(ddof=1)) if len(d) >= LEAST else float("nan"),
        "share_above_zero": float(((d > 0) + 0.5 * (d == 0)).mean()) if len(d) else float("nan"),
    }


def standard_error(
    draw: np.ndarray[tuple[int], np.dtype[np.int64]],
    world: np.ndarray[tuple[int], np.dtype[np.int64]],
    d: Floats,
) -> tuple[float, float]:
    """Standard error of the mean of `d` and its degrees of freedom; (NaN, 0) where it can't be told.

    Parameters
    ----------
    draw, world : array of int, shape (pairs,)
        Where each difference comes from.
    """
    draws, worlds = len(np.unique(draw)), len(np.unique(world))
    if max(draws, worlds) < LEAST:
        return float("nan"), 0.0
    if draws >= LEAST and len(d) <= worlds:  # each world has one draw: draws are what is independent
        return float(mean_error(d[:, None], draw)[0][0]), draws - 1.0
    of_draws, of_worlds = _error_of_means(draw, d), _error_of_means(world, d)
    both = of_draws + of_worlds
    if both == 0:
        return 0.0, max(draws, worlds) - 1.0
    freedom = both**2 / sum(
        part**2 / (n - 1) for part, n in ((of_draws, draws), (of_worlds, worlds)) if n >= LEAST
    )
    return float(np.sqrt(both)), float(freedom)


def _error_of_means(group: np.ndarray[tuple[int], np.dtype[np.int64]], d: Floats) -> float:
    """Squared standard error of the mean of the groups' means; 0 with one group."""
    _, which = np.unique(group, return_inverse=True)
    means = np.bincount(which, d) / np.bincount(which)
    return float(means.var(ddof=1) / len(means)) if len(means) >= LEAST else 0.0
