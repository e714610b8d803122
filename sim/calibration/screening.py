"""Which parameters move which targets: found among the played points, against a floor of columns that move nothing.

For each target parameters are taken in one by one, each time the one that explains most of what is left by a straight line and
a bend, as long as it explains more than the best of many dummies (random columns that the model has never seen). What is
left out is not lost: its effect is part of the noise that the emulator is found to leave.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.randomness import Streams

DUMMIES = 600
"""More than there are parameters, so that few get in by chance."""
MOST = 14
"""Parameters taken in for one target."""
POINTS_EACH = 12
"""Points it takes for every parameter taken in."""
_NOTHING = 1e-9  # length of what others leave of a column, from which on it adds nothing
_ONCE = 0


@dataclass(frozen=True)
class Screened:
    """What moves what.

    Attributes
    ----------
    targets : tuple of str
        What was asked.
    chosen : tuple of tuples of int
        For each target the parameters taken in, the strongest first.
    table : DataFrame
        target, parameter, gain (share of variance explained when taken in), floor (the best dummy's gain then).
    """

    targets: tuple[str, ...]
    chosen: tuple[tuple[int, ...], ...]
    table: pd.DataFrame

    @property
    def parameters(self) -> tuple[int, ...]:
        """Those that move any target, in order."""
        return tuple(sorted({j for some in self.chosen for j in some}))

    def only(self, kept: Sequence[Set[int]], names: Sequence[str]) -> Screened:
        """The same without parameters that are not kept for their target."""
        chosen = tuple(tuple(j for j in some if j in k) for some, k in zip(self.chosen, kept, strict=True))
        by_target = {t: {names[j] for j in k} for t, k in zip(self.targets, kept, strict=True)}
        lasting = [
            p in by_target[t] for t, p in zip(self.table["target"], self.table["parameter"], strict=True)
        ]
        return Screened(self.targets, chosen, self.table[lasting].reset_index(drop=True))


def screen(
    x: Floats, y: Floats, seed: int, targets: tuple[str, ...], parameters: tuple[str, ...]
) -> Screened:
    """Find the parameters that move each target.

    Parameters
    ----------
    x : array, shape (points, parameters)
        Standardised values.
    y : array, shape (points, targets)
        Linked answers, means over a point's worlds; NaN where there is none.
    """
    n = len(x)
    dummies = Streams(seed).normal("dummy parameter", _ONCE, np.arange(n), per=DUMMIES)
    bases = np.concatenate([_bases(x), _bases(dummies)])
    most = max(1, min(MOST, n // POINTS_EACH))
    there = np.isfinite(y)
    patterns, which = np.unique(there, axis=1, return_inverse=True)
    shown = [_Shown(bases[:, pattern], x.shape[1]) for pattern in patterns.T]
    chosen, rows = [], []
    for t, target in enumerate(targets):
        steps = shown[which[t]].forward(y[there[:, t], t], most)
        chosen.append(tuple(j for j, _, _ in steps))
        rows += [(target, parameters[j], gain, floor) for j, gain, floor in steps]
    table = pd.DataFrame(rows, columns=["target", "parameter", "gain", "floor"])
    return Screened(targets, tuple(chosen), table.astype({"gain": float, "floor": float}))


def _bases(x: Floats) -> Floats:
    """A straight line and a bend for each column, orthonormal; shape (columns, points, 2)."""
    line = x - x.mean(axis=0)
    line = line / np.maximum(np.sqrt((line**2).sum(axis=0)), 1e-12)
    bend = line**2
    bend = bend - bend.mean(axis=0)
    bend = bend - line * (line * bend).sum(axis=0)
    bend = bend / np.maximum(np.sqrt((bend**2).sum(axis=0)), 1e-12)
    return np.stack([line.T, bend.T], axis=2)


class _Shown:
    """The columns at points that have an answer, and their products with those taken in, which many targets share.

    Parameters
    ----------
    bases : array, shape (columns, points, 2)
        Parameters first, then dummies.
    parameters : int
        How many of the columns are parameters.
    """

    def __init__(self, bases: Floats, parameters: int) -> None:
        columns, n, _ = bases.shape
        self.parameters = parameters
        self._flat = np.ascontiguousarray(bases.transpose(0, 2, 1)).reshape(2 * columns, n)
        self._products: dict[int, Floats] = {}

    def forward(self, y: Floats, most: int) -> list[tuple[int, float, float]]:
        """Parameters one by one, with the gain of each and the floor it had to pass."""
        left = y - y.mean()
        whole = float(left @ left)
        if whole <= 0:
            return []
        size = np.sqrt(len(y))
        across = [self._flat.sum(axis=1) / size]  # with each direction taken out so far, the constant first
        directions = [np.full(len(y), 1 / size)]
        explains = self._flat @ left
        taken: list[tuple[int, float, float]] = []
        while len(taken) < most:
            gains = (explains.reshape(-1, 2) ** 2).sum(axis=1)
            floor = float(gains[self.parameters :].max())
            gains = gains[: self.parameters]
            gains[[j for j, _, _ in taken]] = -1.0
            best = int(np.argmax(gains))
            if gains[best] <= floor:
                break
            taken.append((best, float(gains[best]) / whole, floor / whole))
            for row in (2 * best, 2 * best + 1):
                parts = [float(done @ self._flat[row]) for done in directions]
                new = self._flat[row] - sum(p * done for p, done in zip(parts, directions, strict=True))
                length = float(np.sqrt(new @ new))
                if length < _NOTHING:
                    continue
                product = self._product(row) - sum(p * done for p, done in zip(parts, across, strict=True))
                directions.append(new / length)
                across.append(product / length)
                explains = explains - across[-1] * float(directions[-1] @ y)
        return taken

    def _product(self, row: int) -> Floats:
        """A column with all others, shape (columns,)."""
        if row not in self._products:
            self._products[row] = self._flat @ self._flat[row]
        return self._products[row]
