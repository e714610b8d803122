"""Figures of small cohorts drawn towards the nation's mean by how little they can be trusted (empirical Bayes).

Small municipalities' figures swing from year to year, so they cross the thresholds by chance more often than large ones'
[AFI-rapport 2021:09, 2.5, F1]. The cure statisticians know: estimate from the figures themselves how much of their
spread is real and how much is luck that falls with the number of pupils, and shrink each by what is luck in it
(Efron and Morris 1975).
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats


def spread_and_luck(figures: Floats, pupils: Floats, national: Floats) -> tuple[Floats, Floats]:
    """The variance between units, and that of one pupil's luck, by the method of moments.

    A unit's squared distance from the nation is expected to be `spread + luck / pupils`: a line in 1/pupils, fitted over
    the units by least squares with the pupils as weights. A negative slope or intercept becomes 0, and then the other is
    the mean that it has to be.

    Parameters
    ----------
    figures, pupils : array of float, shape (units, ...)
        NaN where there is no figure.
    national : array of float, shape (...)

    Returns
    -------
    spread, luck : array of float, shape (...), squares of the indicators' own units
        0 where no unit has a figure.
    """
    known = ~np.isnan(figures) & (pupils > 0)
    weight = np.where(known, pupils, 0.0)
    inverse = np.divide(1.0, pupils, out=np.zeros(pupils.shape), where=known)
    squares = np.where(
        known, (np.where(known, figures, 0.0) - np.where(np.isnan(national), 0.0, national)) ** 2, 0.0
    )
    total = weight.sum(axis=0)

    def mean(values: Floats) -> Floats:
        found: Floats = np.divide(
            (weight * values).sum(axis=0), total, out=np.zeros(total.shape), where=total > 0
        )
        return found

    x, y = mean(inverse), mean(squares)
    variance = mean(inverse**2) - x**2
    slope = np.divide(mean(inverse * squares) - x * y, variance, out=np.zeros(x.shape), where=variance > 0)
    all_luck = np.divide(y, x, out=np.zeros(x.shape), where=x > 0)
    luck = np.clip(slope, 0, all_luck)
    return np.maximum(y - luck * x, 0), luck


def shrunk(figures: Floats, pupils: Floats, national: Floats, strength: float) -> Floats:
    """Figures moved towards the nation's by the part of them that is luck.

    Parameters
    ----------
    figures, pupils : array of float, shape (units, ...)
        NaN where there is no figure, and so it stays.
    national : array of float, shape (...)
    strength : float
        0 leaves all as it is, 1 is the full correction.

    Returns
    -------
    array of float, shape (units, ...)
    """
    if strength == 0:
        return figures
    spread, luck = spread_and_luck(figures, pupils, national)
    noise = np.divide(luck, pupils, out=np.zeros(pupils.shape), where=pupils > 0)
    whole = spread + noise
    real = np.divide(spread, whole, out=np.ones(whole.shape), where=whole > 0)
    moved: Floats = national + (1 - strength * (1 - real)) * (figures - national)
    return moved
