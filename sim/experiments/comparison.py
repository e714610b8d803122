"""What one design does that another does not: paired differences over worlds.

World by world, two designs meet the same luck and the same parameters. The difference within a world is therefore the
design's doing, and its spread over worlds is what luck and ignorance of the parameters leave open.

The confidence interval is Student's t interval of the mean difference: how well so many worlds settle the *mean*. Worlds
that share a draw of the parameters are alike in more than luck, so the draws, not the worlds, are counted as independent.
The spread (5th to 95th percentile) says where a *single* world may land. Neither knows of errors in the model itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.arrays import AnyArray, Floats, Ints
from sim.experiments import tables
from sim.experiments.trajectories import Trajectories, mean_where_known
from sim.outcomes.smallest import Smallest

CONFIDENCE = 0.90
SPREAD = (0.05, 0.95)  # ends of the interval where a single world may land
POWER = 0.80
LEVEL = 0.05  # two-sided, of the test behind the minimum detectable effect
LEAST_FOR_SPREAD = 2  # worlds
ROUNDING = (
    1e-12  # share of the largest value below which a difference is the computer's rounding and counts as none
)

MEAN, END = "mean", "end"


@dataclass(frozen=True)
class Horizon:
    """A window of years over which outcomes are averaged before they are compared."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Paired:
    """Statistics of the differences between paired worlds; every array of shape (columns,)."""

    n_worlds: Ints
    n_draws: Ints
    mean_versus: Floats
    mean_design: Floats
    difference: Floats
    low: Floats
    high: Floats
    spread_low: Floats
    spread_high: Floats
    sd_difference: Floats
    probability_better: Floats
    minimum_detectable_effect: Floats
    variance_reduction: Floats


def horizons(parting: int, end: int) -> tuple[Horizon, Horizon]:
    """The windows that designs are compared over: from the parting of the ways on, and the last year."""
    return Horizon(MEAN, parting, end), Horizon(END, end, end)


def differences(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Differences b - a in the same world, those that are only the computer's rounding being none.

    Parameters
    ----------
    a, b : array of float, shape (worlds, columns)
        NaN where there is no value.

    Returns
    -------
    array of float, shape (worlds, columns)
        NaN where either has no value.
    array of float, shape (columns,)
        How large a difference counts as rounding.
    """
    both = ~(np.isnan(a) | np.isnan(b))
    noise = ROUNDING * np.where(both, np.maximum(np.abs(a), np.abs(b)), 0.0).max(axis=0, initial=0.0)
    d = b - a
    d[np.abs(d) <= noise] = 0.0
    return d, noise


def paired_statistics(a: Floats, b: Floats, better: Ints, draw: Ints | None = None) -> Paired:
    """Compare two designs, column by column, over the worlds in which both have a value.

    With d the difference b - a in a world, m parameter draws, se the standard error of the mean of d (`mean_error`) and t
    the quantile of Student's distribution with m - 1 degrees of freedom: the interval is mean(d) +- t(0.95) se; the
    minimum detectable effect is (t(0.975) + t(0.80)) se; the variance reduction is (var(a) + var(b)) / var(d), NaN where
    d never varies, for then there is nothing left to reduce. With one draw what needs several is NaN.

    Parameters
    ----------
    a, b : array of float, shape (worlds, columns)
        NaN where there is no value.
    better : array of int, shape (columns,)
        1, -1 or 0; where 0 there is no probability of being better (NaN).
    draw : array of int, shape (worlds,), optional
        Number of each world's draw of the parameters; by default every world has its own.
    """
    d, noise = differences(a, b)
    both = ~np.isnan(d)
    n = both.sum(axis=0)
    a, b = np.where(both, a, np.nan), np.where(both, b, np.nan)
    sd_d = sd_where_known(d, noise)
    error, m = mean_error(d, np.arange(len(d)) if draw is None else draw)
    error = np.where(sd_d == 0, error * 0, error)
    t = [stdtrit(np.maximum(m - 1, 1), q) for q in ((1 + CONFIDENCE) / 2, 1 - LEVEL / 2, POWER)]
    mean_d = mean_where_known(d, axis=0)
    spread_low, spread_high = quantiles(d, SPREAD)
    toward = np.where(both, better * d, 0.0)
    wins = (both & (toward > 0)).sum(axis=0) + (both & (toward == 0)).sum(axis=0) / 2
    return Paired(
        n_worlds=n,
        n_draws=m,
        mean_versus=mean_where_known(a, axis=0),
        mean_design=mean_where_known(b, axis=0),
        difference=mean_d,
        low=mean_d - t[0] * error,
        high=mean_d + t[0] * error,
        spread_low=spread_low,
        spread_high=spread_high,
        sd_difference=sd_d,
        probability_better=np.where(better == 0, np.nan, _ratio(wins, n)),
        minimum_detectable_effect=(t[1] + t[2]) * error,
        variance_reduction=_ratio(sd_where_known(a, noise) ** 2 + sd_where_known(b, noise) ** 2, sd_d**2),
    )


def mean_error(d: Floats, draw: Ints) -> tuple[Floats, Ints]:
    """Standard error of the mean over worlds, when worlds of one parameter draw go together (cluster-robust).

    With R the sum of the deviations from the mean within a draw, n worlds and m draws: sqrt(m / (m - 1) sum(R^2)) / n.
    With one world for each draw that is the usual sd / sqrt(n).

    Parameters
    ----------
    d : array of float, shape (worlds, columns)
        NaN where there is no value.
    draw : array of int, shape (worlds,)

    Returns
    -------
    array of float, shape (columns,)
        NaN with fewer than two draws.
    array of int, shape (columns,)
        Draws with a value.
    """
    known = ~np.isnan(d)
    within = by_draw(np.where(known, d - mean_where_known(d, axis=0), 0.0), draw)
    m = (by_draw(known.astype(np.int64), draw) > 0).sum(axis=0)
    spare = np.where(m >= LEAST_FOR_SPREAD, m - 1, 0)
    return np.sqrt(_ratio(m * (within**2).sum(axis=0), spare)) / np.maximum(known.sum(axis=0), 1), m


def by_draw(values: AnyArray, draw: Ints) -> AnyArray:
    """Sums over the worlds of each parameter draw: from shape (worlds, ...) to (draws, ...), draws in rising order."""
    order = np.argsort(draw, kind="stable")
    first = np.unique(draw[order], return_index=True)[1]
    summed: AnyArray = np.add.reduceat(values[order], first, axis=0)
    return summed


def comparison(trajectories: Trajectories, parting: int, draw: Ints | None = None) -> pd.DataFrame:
    """Every pair of designs compared: the first with each other, then the others among themselves, in their order.

    Parameters
    ----------
    parting : int
        First year in which any design differs from the first; all pairs are compared over the same window.
    draw : array of int, shape (worlds,), optional
        Number of each world's draw of the parameters; by default every world has its own.

    Returns
    -------
    DataFrame with the columns of `sim.experiments.tables.COMPARISON`
        One row for each pair, horizon, outcome and group in which at least one world has a value under both.
    """
    n_outcomes, n_groups = trajectories.values.shape[3:]
    outcome, group = (axis.ravel() for axis in np.indices((n_outcomes, n_groups)))
    names = {
        "outcome": tables.kinds(trajectories.outcomes, outcome),
        "group": tables.kinds(trajectories.groups, group),
        "unit": tables.kinds(trajectories.units, outcome),
    }
    end = trajectories.half_years[-1].year
    parts = []
    for horizon in horizons(parting, end):
        values = trajectories.window(horizon.first, horizon.last)
        values = values.reshape(*values.shape[:2], -1)
        for i, j in combinations(range(len(trajectories.designs)), 2):
            paired = paired_statistics(values[:, i], values[:, j], trajectories.better[outcome], draw)
            parts.append(_rows(trajectories, horizon, (i, j), paired, outcome, names))
    if not parts:
        return pd.DataFrame(columns=tables.COMPARISON.names)
    return pd.concat(parts, ignore_index=True)


def _rows(
    trajectories: Trajectories,
    horizon: Horizon,
    pair: tuple[int, int],
    paired: Paired,
    outcome: Ints,
    names: Mapping[str, pd.Categorical],
) -> pd.DataFrame:
    columns: dict[str, AnyArray | pd.Categorical | str | int] = {
        **names,
        "versus": trajectories.designs[pair[0]],
        "design": trajectories.designs[pair[1]],
        "horizon": horizon.name,
        "start": horizon.first,
        "end": horizon.last,
        **vars(paired),
        "better": trajectories.better[outcome],
        "smallest": smallest_effects(trajectories.smallest, outcome, paired),
    }
    frame = pd.DataFrame({name: columns[name] for name in tables.COMPARISON.names})
    return frame[frame["n_worlds"] > 0]


def smallest_effects(smallest: Sequence[Smallest | None], outcome: Ints, paired: Paired) -> Floats:
    """The smallest effect of interest of each column, in its outcome's unit; NaN where none is declared.

    Shares of a level are of the higher of the two designs' levels, so that both orders of a pair give the same.

    Parameters
    ----------
    smallest : sequence of Smallest or None
        Of each outcome; empty where none is known.
    outcome : array of int, shape (columns,)
        Each column's outcome.
    """
    nothing = Smallest(1.0, "none")
    declared = [one or nothing for one in smallest] or [nothing] * (int(outcome.max(initial=0)) + 1)
    known = np.array([one is not nothing for one in declared])[outcome]
    size = np.array([one.size for one in declared])[outcome]
    of_level = np.array([one.of_level for one in declared])[outcome]
    level = np.fmax(np.abs(paired.mean_versus), np.abs(paired.mean_design))
    found: Floats = np.where(known, size * np.where(of_level, level, 1.0), np.nan)
    return found


def sd_where_known(values: Floats, noise: Floats | float = 0.0) -> Floats:
    """Standard deviation over worlds (n - 1 below), NaN with fewer than two.

    Parameters
    ----------
    values : array of float, shape (worlds, ...)
        NaN where there is none.
    noise : array of float, shape (...)
        Values that lie no further apart than this are equal, and their standard deviation is exactly 0.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    squares = np.where(known, (values - mean_where_known(values, axis=0)) ** 2, 0.0).sum(axis=0)
    width = np.where(known, values, -np.inf).max(axis=0) - np.where(known, values, np.inf).min(axis=0)
    squares = np.where(width <= noise, 0.0, squares)
    sd: Floats = np.sqrt(_ratio(squares, np.where(n >= LEAST_FOR_SPREAD, n - 1, 0)))
    return sd


def quantiles(values: Floats, shares: tuple[float, ...]) -> Floats:
    """Quantiles over worlds of what is not NaN, linear between neighbours; NaN where nothing is.

    Parameters
    ----------
    values : array of float, shape (worlds, ...)

    Returns
    -------
    array of float, shape (shares, ...)
    """
    ordered = np.sort(values, axis=0)  # NaN go last
    n = (~np.isnan(values)).sum(axis=0)
    place = np.multiply.outer(shares, np.maximum(n - 1, 0))
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(n - 1, 0))
    lower, upper = np.take_along_axis(ordered, below, axis=0), np.take_along_axis(ordered, above, axis=0)
    found: Floats = lower + (place - below) * (upper - lower)
    return found


def _ratio(numerator: AnyArray, denominator: AnyArray) -> Floats:
    """Numerator over denominator, NaN where the denominator is 0 or NaN."""
    safe = np.where(denominator > 0, denominator, np.nan)
    ratio: Floats = numerator / safe
    return ratio
