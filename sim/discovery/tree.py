"""CART: a small tree of yes-or-no questions on parameters, whose leaves say how much one design gains over another.

scikit-learn grows the tree [Breiman et al. 1984] on some of the points; what stands in its leaves comes from the others, which
it has never seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats
from sim.discovery.boxes import Box
from sim.discovery.stability import BELIEVABLE, CONFIDENCE, SHUFFLES, held_out_points
from sim.randomness import Streams

DEPTH = 3  # questions, one after the other
LEAST_LEAF = 0.05  # share of the points it is grown on
LEAST_MEAN = 2  # held-out points for an interval


@dataclass(frozen=True)
class Leaf:
    """One end of the tree.

    Attributes
    ----------
    box : Box
        The answers that lead here.
    mean, low, high : float
        Mean gain on held-out points and its 90 % interval; NaN with too few.
    n : int
        Held-out points.
    """

    box: Box
    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Grown:
    """A tree and how much of the gain's variance it explains on points it has not seen.

    Attributes
    ----------
    explained : float
        1 - squared error over variance, on held-out points; below 0 if the plain mean does better.
    shuffled : float
        Share of trees grown on shuffled gains that explain at least as much of their held-out points.
    """

    leaves: tuple[Leaf, ...]
    explained: float
    shuffled: float

    @property
    def believable(self) -> bool:
        """Whether it explains something and shuffled gains seldom do as well."""
        return self.explained > 0 and self.shuffled <= BELIEVABLE


def grow(x: Floats, gain: Floats, seed: int) -> Grown:
    """A tree on the size of the gain.

    Parameters
    ----------
    x : array of float, shape (points, columns)
    gain : array of float, shape (points,)
    """
    held = held_out_points(len(x), seed)
    tree = _fitted(x[~held], gain[~held])
    explained = _explained(tree, x[held], gain[held])
    as_well, ids = 1, np.arange(len(x), dtype=np.int64)
    for k in range(SHUFFLES):
        order = np.argsort(Streams(seed).uniform("shuffle gains", k, ids), kind="stable")
        other = _fitted(x[~held], gain[order][~held])
        as_well += _explained(other, x[held], gain[order][held]) >= explained
    return Grown(_leaves(tree, x[held], gain[held]), explained, as_well / (SHUFFLES + 1))


def _fitted(x: Floats, gain: Floats) -> object:
    from sklearn.tree import DecisionTreeRegressor

    return DecisionTreeRegressor(max_depth=DEPTH, min_samples_leaf=LEAST_LEAF, random_state=0).fit(x, gain)


def _explained(tree: object, x: Floats, gain: Floats) -> float:
    spread = float(((gain - gain.mean()) ** 2).sum())
    error = float(((gain - tree.predict(x)) ** 2).sum())  # type: ignore[attr-defined]  # scikit-learn has no types
    return 1 - error / spread if spread > 0 else 0.0


def _leaves(tree: object, x: Floats, gain: Floats) -> tuple[Leaf, ...]:
    from scipy.special import stdtrit

    grown = tree.tree_  # type: ignore[attr-defined]  # scikit-learn has no types
    leaf_of = tree.apply(x)  # type: ignore[attr-defined]  # as above
    found = []

    def walk(node: int, limits: dict[int, tuple[float, float]]) -> None:
        if grown.children_left[node] < 0:
            values = gain[leaf_of == node]
            n = len(values)
            mean = float(values.mean()) if n else float("nan")
            margin = float("nan")
            if n >= LEAST_MEAN:
                margin = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2) * values.std(ddof=1) / np.sqrt(n))
            found.append(Leaf(Box(limits), mean, mean - margin, mean + margin, n))
            return
        column, border = int(grown.feature[node]), float(grown.threshold[node])
        low, high = limits.get(column, (-np.inf, np.inf))
        walk(grown.children_left[node], {**limits, column: (low, min(high, border))})
        walk(grown.children_right[node], {**limits, column: (max(low, border), high)})

    walk(0, {})
    return tuple(found)
