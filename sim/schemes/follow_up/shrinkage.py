"""Small municipalities' risk shares drawn towards those of owners of like size by how much luck is in them (empirical Bayes).

Small municipalities' figures swing from year to year, so they cross the thresholds by chance more often than large ones'
[AFI-rapport 2021:09, 2.5, F1]. The cure statisticians know: estimate from what is seen how much of it is luck that falls with
the number of pupils, and shrink by that (Efron and Morris 1975). What is luck is told by each owner's own change from year to
year, not by how far small ones lie from each other, for they may truly do so. Each figure is weighed by what is known of it, so
that what is usual for the smallest is told by themselves and not by a line through the largest (Fay and Herriot 1979).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import Floats
from sim.schemes.follow_up.risk_score import Scores


class Line(NamedTuple):
    """A line fitted by least squares."""

    height: float
    slope: float
    centre: float

    def at(self, x: Floats) -> Floats:
        """Its height at `x`, shape (units,)."""
        value: Floats = self.height + self.slope * (x - self.centre)
        return value


def line(x: Floats, y: Floats, weight: Floats) -> Line:
    """`y` on `x`, shapes (units,); flat where all stand at the same `x`, 0 where nobody weighs."""
    total = weight.sum()
    if total == 0:
        return Line(0.0, 0.0, 0.0)
    centre, height = float((weight * x).sum() / total), float((weight * y).sum() / total)
    variance = float((weight * (x - centre) ** 2).sum())
    together = float((weight * (x - centre) * (y - height)).sum())
    return Line(height, together / variance if variance > 0 else 0.0, centre)


def luck_of_a_pupil(share: Floats, pupils: Floats) -> float:
    """The variance that luck gives the risk share of one pupil in one year, by how units' shares change over the years.

    A unit's variance around its own mean is expected to be `drift + luck / pupils`: a line in 1/pupils, fitted over the units
    with the pupils as weights. Real change from year to year, the drift, does not fall with their number.

    Parameters
    ----------
    share : array of float, shape (units, years)
        NaN where there is none.
    pupils : array of float, shape (units,)
        Pupils behind it in a year, above 0 where there is one.

    Returns
    -------
    float, squares of shares
        0 where no unit has shares of two years.
    """
    n_years = np.count_nonzero(~np.isnan(share), axis=1)
    seen = (n_years > 1) & (pupils > 0)
    if not seen.any():
        return 0.0
    inverse = 1 / pupils[seen]
    fitted = line(inverse, np.nanvar(share[seen], axis=1, ddof=1), pupils[seen])
    return min(max(fitted.slope, 0.0), fitted.height / fitted.centre)


def real_variance(size: Floats, share: Floats, luck: Floats) -> float:
    """How far units of like size truly lie from each other: the variance around the line in size that luck leaves unexplained.

    All arrays have shape (units,); `luck` is the variance that it gives each share. By moments of unweighted residuals (Prasad
    and Rao 1990), at least 0.
    """
    usual = line(size, share, np.ones(len(share))).at(size)
    return max(float(((share - usual) ** 2 - luck).mean()), 0.0)


def shrunk(scores: Scores, pupils: Floats, strength: float) -> Scores:
    """Points that give each unit its risk share of all years, moved towards those of units of like size by the part of it that is
    luck.

    Points are taken off in proportion to what a unit has, and put on in proportion to what it lacks to the possible ones.

    Parameters
    ----------
    scores : Scores
    pupils : array of float, shape (units, years, indicators)
        Behind each figure.
    strength : float
        0 leaves all as it is, 1 is the full correction.
    """
    behind = np.where(scores.possible > 0, pupils, 0.0).sum(axis=(1, 2))
    n_cells = np.count_nonzero(scores.possible > 0, axis=(1, 2))
    possible = scores.possible_points
    known = (possible > 0) & (behind > 0)
    if strength == 0 or not known.any():
        return scores
    yearly = np.full(scores.points.shape[:2], np.nan)
    np.divide(
        scores.points.sum(axis=2),
        scores.possible.sum(axis=2),
        out=yearly,
        where=scores.possible.sum(axis=2) > 0,
    )
    per_year = behind[known] / n_cells[known]
    n_years = np.count_nonzero(~np.isnan(yearly[known]), axis=1)
    share, size = scores.risk_points[known] / possible[known], np.log(per_year)
    luck = luck_of_a_pupil(yearly[known], per_year) / (per_year * n_years)
    real = real_variance(size, share, luck)
    weight = np.divide(1.0, real + luck, out=np.ones(len(luck)), where=real + luck > 0)
    now = np.clip(share + strength * luck * weight * (line(size, share, weight).at(size) - share), 0, 1)
    taken, lacking = np.ones(len(possible)), np.zeros(len(possible))
    taken[known] = np.divide(np.minimum(now, share), share, out=np.ones(len(share)), where=share > 0)
    lacking[known] = np.divide(
        np.maximum(now - share, 0), 1 - share, out=np.zeros(len(share)), where=share < 1
    )
    points = scores.points * taken[:, None, None]
    return Scores(points + (scores.possible - scores.points) * lacking[:, None, None], scores.possible)
