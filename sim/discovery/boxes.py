"""Boxes: ranges of a few parameters within which something holds more often than elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats


@dataclass(frozen=True)
class Box:
    """Ranges of some parameters; the others may be anything.

    Attributes
    ----------
    limits : dict from column to (low, high)
        Both ends belong to the box; infinite where a side is open.
    """

    limits: dict[int, tuple[float, float]]

    def holds(self, x: Floats) -> Bools:
        """Which points lie in the box; `x` of shape (points, columns)."""
        inside = np.ones(len(x), dtype=bool)
        for column, (low, high) in self.limits.items():
            inside &= (x[:, column] >= low) & (x[:, column] <= high)
        return inside

    def without(self, column: int) -> Box:
        """The same box with one parameter set free."""
        return Box({k: ends for k, ends in self.limits.items() if k != column})


@dataclass(frozen=True)
class Quality:
    """How a box does on some runs.

    Attributes
    ----------
    coverage : float
        Share of all cases of interest that lie in the box.
    density : float
        Share of the box's runs that are cases of interest; NaN for an empty box.
    base : float
        The same share among all runs: what a box must beat.
    mass : float
        Share of all runs that lie in the box.
    n : int
        Runs in the box.
    """

    coverage: float
    density: float
    base: float
    mass: float
    n: int

    @property
    def gain(self) -> float:
        """Density above the base; 0 for an empty box."""
        return self.density - self.base if self.n else 0.0


def quality(inside: Bools, interest: Floats, weight: Floats | None = None) -> Quality:
    """A box's coverage and density.

    Parameters
    ----------
    inside : array of bool, shape (points,)
    interest : array of float, shape (points,)
        Share of the point's runs (worlds) that are cases of interest, 0-1.
    weight : array of float, shape (points,), optional
        Runs of each point; by default one each.
    """
    runs = np.ones(len(interest)) if weight is None else weight
    cases, of_box = interest * runs, runs * inside
    n = float(of_box.sum())
    in_box = float((cases * inside).sum())
    return Quality(
        coverage=in_box / float(cases.sum()) if cases.sum() > 0 else float("nan"),
        density=in_box / n if n > 0 else float("nan"),
        base=float(cases.sum() / runs.sum()),
        mass=n / float(runs.sum()),
        n=int(n),
    )
