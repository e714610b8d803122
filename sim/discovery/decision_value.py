"""The value of information: what knowing something beforehand would add to the outcome of the choice between two designs.

The decision rule: take the design whose expected outcome is better, given what is known. Without more knowledge that is one
design for all futures. With knowledge of z it is, for each z, the one with the better expected gain g(z); the value of z is the
outcome that this adds on average. It is nought if no z that may come would turn the choice.

g is estimated by regression of the gain on z over draws of the parameters (Strong, Oakley & Brennan 2014; Strong et al. 2015),
here cross-fitted: a draw is decided by a curve that was fitted without it, so that chance finds in the data are worth nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from sim.arrays import Bools, Floats, Ints
from sim.randomness import Streams

FOLDS = 10
CONFIDENCE = 0.90
KNOTS = 4  # of the curve on one quantity
RIDGE = 1e-3  # keeps the curve's least squares solvable; of the basis' variance
LEAST_DRAWS = 30

Fit = Callable[[Floats, Floats], Callable[[Floats], Floats]]


@dataclass(frozen=True)
class Worth:
    """What knowing something is worth, in the outcome's unit.

    Attributes
    ----------
    value : float
        Mean gain of deciding with it over deciding without; may be slightly negative, by chance, where nothing is gained.
    low, high : float
        90 % interval.
    turns : float
        Share of the draws in which knowing it turns the choice.
    n : int
        Draws.
    """

    value: float
    low: float
    high: float
    turns: float
    n: int

    @property
    def clear(self) -> bool:
        """Whether it is worth something beyond chance."""
        return bool(self.low > 0)


UNKNOWN = Worth(float("nan"), float("nan"), float("nan"), float("nan"), 0)


def worth(
    known: Floats, gain: Floats, seed: int, fit: Fit | None = None, within: Ints | None = None
) -> Worth:
    """What knowing one or more quantities before the choice is worth.

    Parameters
    ----------
    known : array of float, shape (draws, quantities)
        What would be known in each draw; rows with NaN are left out.
    gain : array of float, shape (draws,)
        How much better the second design does than the first (positive: better).
    fit : callable, optional
        From known and gain to a function that predicts; by default a smooth curve of one quantity or a sum of such curves.
    within : array of int, shape (draws,), optional
        Rows with the same number are one draw in several worlds: they are decided by curves fitted without any of them, and
        count once in the interval.
    """
    there = np.isfinite(known).all(axis=1) & np.isfinite(gain)
    z, d = known[there], gain[there]
    _, draw = np.unique(np.arange(len(d)) if within is None else within[there], return_inverse=True)
    n_draws = int(draw.max(initial=-1)) + 1
    if n_draws < LEAST_DRAWS:
        return UNKNOWN
    without = d.mean() > 0
    chosen = np.zeros(len(d), dtype=bool)
    fold = folds(n_draws, seed)[draw]
    for k in range(FOLDS):
        held = fold == k
        chosen[held] = (fit or smooth)(z[~held], d[~held])(z[held]) > 0
    added = d * (chosen.astype(float) - float(without))
    by_draw = np.bincount(draw, weights=added) / np.bincount(draw)
    return _mean_worth(by_draw, chosen != without)


def perfect(gain: Floats, seed: int) -> Worth:
    """What knowing everything about the parameters would be worth: the most that any measurement can bring.

    Half of a draw's worlds decide and the other half tells what came of it, turn and turn about, so that luck, which nobody
    can know beforehand, is not counted as knowledge. Where luck is great beside what differs between draws, a half says
    little of the other, and the decision heeds it accordingly (a line from half to half, fitted to other draws). Half of the
    worlds know less than everything, so the value errs on the low side; with more worlds less so.

    Parameters
    ----------
    gain : array of float, shape (draws, worlds)
        Gain in each world. With one world the value is NaN.
    """
    if gain.shape[1] < 2:  # noqa: PLR2004 - one half to decide and one to tell
        return UNKNOWN
    whole = gain[np.isfinite(gain).all(axis=1)]
    first, second = whole[:, ::2].mean(axis=1), whole[:, 1::2].mean(axis=1)
    deciding, telling = np.concatenate([first, second]), np.concatenate([second, first])
    return worth(deciding[:, None], telling, seed, straight, within=np.tile(np.arange(len(whole)), 2))


def straight(z: Floats, gain: Floats) -> Callable[[Floats], Floats]:
    """Least squares on a straight line of one quantity, which never slopes downwards; the mean where it never varies."""
    centre, mean = float(z.mean()), float(gain.mean())
    spread = float(((z - centre) ** 2).sum())
    slope = max(0.0, float(((z[:, 0] - centre) * (gain - mean)).sum()) / spread) if spread > 0 else 0.0

    def predict(new: Floats) -> Floats:
        return mean + slope * (new[:, 0] - centre)

    return predict


def _mean_worth(added: Floats, turned: Bools) -> Worth:
    n = len(added)
    margin = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2) * added.std(ddof=1) / np.sqrt(n))
    value = float(added.mean())
    return Worth(value, value - margin, value + margin, float(turned.mean()), n)


def folds(n: int, seed: int) -> Ints:
    """The fold, 0 to 9, of each draw, equally many in each; shape (n,)."""
    order = np.argsort(Streams(seed).uniform("folds", 0, np.arange(n, dtype=np.int64)), kind="stable")
    found: Ints = np.empty(n, dtype=np.int64)
    found[order] = np.arange(n) % FOLDS
    return found


def smooth(z: Floats, gain: Floats) -> Callable[[Floats], Floats]:
    """Least squares on natural cubic splines of each quantity, with a touch of ridge."""
    knots = np.quantile(z, np.linspace(0.05, 0.95, KNOTS), axis=0)
    raw = _basis(z, knots)
    centre, scale = raw.mean(axis=0), raw.std(axis=0)
    used = scale > 0
    columns = (raw[:, used] - centre[used]) / scale[used]
    mean = float(gain.mean())
    normal = np.einsum("ni,nj->ij", columns, columns) + RIDGE * len(z) * np.eye(columns.shape[1])
    slope = np.linalg.solve(normal, np.einsum("ni,n->i", columns, gain - mean))

    def predict(new: Floats) -> Floats:
        there = (_basis(new, knots)[:, used] - centre[used]) / scale[used]
        found: Floats = mean + np.einsum("ni,i->n", there, slope)
        return found

    return predict


def _basis(z: Floats, knots: Floats) -> Floats:
    """Natural cubic splines (linear beyond the outer knots) of each column [Hastie et al. 2009, 5.2.1]."""
    parts = []
    for column, k in zip(z.T, knots.T, strict=True):
        width = k[-1] - k[0]
        parts.append(column)
        if width > 0:
            last = _cubic(column, k[-2], k[-1], width)
            parts.extend(_cubic(column, inner, k[-1], width) - last for inner in k[:-2])
    return np.column_stack(parts)


def _cubic(z: Floats, knot: float, last: float, width: float) -> Floats:
    if last <= knot:
        return np.zeros_like(z)
    return ((np.maximum(z - knot, 0) / width) ** 3 - (np.maximum(z - last, 0) / width) ** 3) / (
        (last - knot) / width
    )
