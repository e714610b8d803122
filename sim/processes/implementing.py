"""The S-curve of implementation, common to all measures: slow at first, then fast, then slow again."""

from __future__ import annotations

import numpy as np

from sim.arrays import Number
from sim.rules import formula

TENTH_TO_NINE_TENTHS = 2 * float(np.log(9.0))  # width of the logistic curve between 10 % and 90 %


@formula
def implemented(stage: Number, midpoint_years: float, width_years: float) -> Number:
    """Degree of implementation, in [0, 1]: an S-curve over years, 0 before anything is begun.

    Parameters
    ----------
    stage : float, or array of any shape
        Years of unbroken implementation.
    midpoint_years, width_years : float
        Years to half implementation, and from a tenth to nine tenths.
    """
    slope, nothing = s_curve(midpoint_years, width_years)
    degree = 1 / (1 + np.exp(-slope * (stage - midpoint_years)))
    return (degree - nothing) / (1 - nothing)


@formula
def s_curve(midpoint_years: float, width_years: float) -> tuple[float, float]:
    """Slope of the logistic curve, and its height where nothing is begun; see `implemented`."""
    slope = TENTH_TO_NINE_TENTHS / width_years
    return slope, 1 / (1 + np.exp(slope * midpoint_years))


@formula
def saturating(amount: Number, two_thirds: float) -> Number:
    """How far an amount reaches, in [0, 1]: two thirds of the way at `two_thirds`, never quite all of it."""
    return 1 - np.exp(-amount / two_thirds)
