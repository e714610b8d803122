"""How much of what varies is the parameters' doing, how much is luck, and how much is the two together.

Every point is played in the same worlds, so the table of points and worlds is complete and its variance splits exactly: a
part between points, a part between worlds that all points share (it cancels when points are compared), and a rest, luck that
works out differently at different points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats

LEAST = 2  # points and worlds


@dataclass(frozen=True)
class Split:
    """Components of the variance of one run's result; NaN where they can't be told apart (one world).

    Attributes
    ----------
    parameters, luck, interplay : float
        Variance between points, between worlds, and the rest, in the result's unit squared; none below 0.
    """

    parameters: float
    luck: float
    interplay: float
    n_points: int
    n_worlds: int

    @property
    def total(self) -> float:
        """Variance of a single run."""
        return self.parameters + self.luck + self.interplay

    def share(self, part: str) -> float:
        """A component over the total; NaN if nothing varies."""
        return float(getattr(self, part)) / self.total if self.total > 0 else float("nan")


PARTS = ("parameters", "luck", "interplay")


def split(outputs: Floats) -> Split:
    """The components of variance by the two-way analysis of variance with random effects.

    With mean squares P of points, W of worlds and R of the rest, p points and w worlds: rest R, parameters (P - R) / w, luck
    (W - R) / p, each at least 0 [Searle, Casella & McCulloch 1992, ch. 4].

    Parameters
    ----------
    outputs : array of float, shape (points, worlds)
        Points with a missing run are left out.
    """
    whole = outputs[np.isfinite(outputs).all(axis=1)]
    n_points, n_worlds = whole.shape
    if n_points < LEAST or n_worlds < LEAST:
        unknown = float("nan")
        return Split(unknown, unknown, unknown, n_points, n_worlds)
    centred = whole - whole.mean()
    by_point, by_world = centred.mean(axis=1), centred.mean(axis=0)
    rest = centred - by_point[:, None] - by_world
    of_points = n_worlds * float((by_point**2).sum()) / (n_points - 1)
    of_worlds = n_points * float((by_world**2).sum()) / (n_worlds - 1)
    of_rest = float((rest**2).sum()) / ((n_points - 1) * (n_worlds - 1))
    return Split(
        max(0.0, (of_points - of_rest) / n_worlds),
        max(0.0, (of_worlds - of_rest) / n_points),
        of_rest,
        n_points,
        n_worlds,
    )
