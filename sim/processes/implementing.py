"""The S-curve of implementation, common to all measures: slow at first, then fast, then slow again."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats

TENTH_TO_NINE_TENTHS = 2 * float(np.log(9.0))  # width of the logistic curve between 10 % and 90 %


def implemented(stage: Floats, midpoint_years: float, width_years: float) -> Floats:
    """Degree of implementation, in [0, 1], same shape: an S-curve over years, 0 before anything is begun.

    Parameters
    ----------
    stage : array
        Years of unbroken implementation.
    midpoint_years, width_years : float
        Years to half implementation, and from a tenth to nine tenths.
    """
    slope, nothing = s_curve(midpoint_years, width_years)
    degree = 1 / (1 + np.exp(-slope * (stage - midpoint_years)))
    return np.asarray((degree - nothing) / (1 - nothing))


def s_curve(midpoint_years: float, width_years: float) -> tuple[float, float]:
    """Slope of the logistic curve, and its height where nothing is begun; see `implemented`."""
    slope = TENTH_TO_NINE_TENTHS / width_years
    return slope, float(1 / (1 + np.exp(slope * midpoint_years)))


def saturating(amount: Floats, two_thirds: float) -> Floats:
    """How far an amount reaches, in [0, 1], same shape: two thirds of the way at `two_thirds`, never quite all of it."""
    return np.asarray(1 - np.exp(-amount / two_thirds))
