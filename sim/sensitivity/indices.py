"""What a method says of the factors, in one shape for all methods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats

CONFIDENCE = 0.90  # of every interval here, as in the comparisons
RESAMPLES = 200  # bootstrap samples behind an interval


@dataclass(frozen=True)
class Index:
    """One figure for each factor.

    Attributes
    ----------
    name : str
        What is measured: see `MEANING`.
    value, low, high : array of float, shape (factors,)
        In the order of the plan's factors, the dummy last; `low` and `high` are the ends of the 90 % interval, NaN where
        there is none.
    floor : array of float, shape (factors,)
        What a factor without influence would reach by the method's own error or by luck; NaN where there is no such figure.
    n : int
        Trajectories, base points or points that the figures rest on.
    """

    name: str
    value: Floats
    low: Floats
    high: Floats
    floor: Floats
    n: int

    def convincing(self) -> list[bool]:
        """Whether each factor stands above the floor with its whole interval."""
        return [bool(convinced) for convinced in self.low > np.nan_to_num(self.floor)]


MEANING = {
    "mu_star": "mean size of the change when the factor goes from the 5th to the 95th percentile of its prior (Morris)",
    "mu": "mean of the same change with its sign; missing where several parameters are moved as one",
    "sigma": "standard deviation of that change over places: interactions and curvature",
    "first": "share of the variance that goes if the factor alone is known (Sobol, first order)",
    "total": "share of the variance that stays if all but the factor are known (Sobol, total)",
    "pawn": "mean distance between the distribution and the one with the factor known, 0-1 (PAWN)",
    "rank_correlation": "Spearman's rank correlation between factor and result, -1 to 1: the direction",
}
"""What each index says."""


def empty(name: str, n_factors: int) -> Index:
    """An index of which nothing is known, because too few runs are whole."""
    nothing = np.full(n_factors, np.nan)
    return Index(name, nothing, nothing, nothing, nothing, 0)
