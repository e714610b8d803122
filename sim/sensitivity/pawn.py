"""PAWN: how far knowing a parameter shifts a result's distribution. It takes any sample, also one with missing runs.

The runs are cut into slices of equal size by the parameter; the distance between a slice's distribution and that of all is
Kolmogorov and Smirnov's, and the index is its mean over slices (Pianosi & Wagener 2018). SALib has the method too; this form
sets no global seed, loses no largest value, takes hundreds of resamples in a second and is checked against SALib's in the
tests. A small sample makes every distance larger than it is, so the yardstick are columns that reach nothing: as many dummies
as there are parameters, since the largest of hundreds of distances is far from a usual one, and parameters that are known to
reach no result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.randomness import Streams
from sim.sensitivity.indices import CONFIDENCE, RESAMPLES, Index, empty
from sim.sensitivity.plans import DUMMIES, LEAST_POINTS, latin_column

NAMES = ("pawn", "rank_correlation")
SLICES = 10
FLOOR = 0.95  # percentile of the dummies that stands for "without influence" where there are few columns


def analyse(
    given: Floats,
    outputs: Floats,
    seed: int,
    chosen: int | None = None,
    names: Sequence[str] = NAMES,
    controls: Bools | None = None,
) -> list[Index]:
    """`pawn` and `rank_correlation` of every column for one result.

    Parameters
    ----------
    given : array of float, shape (points, columns)
        Values or shares of the parameters; only their order counts.
    outputs : array of float, shape (points, worlds)
        The result in each world. A point in which a run failed counts with those that did not; one without any is left out.
    seed : int
        Of the resamples and the dummies.
    chosen : int, optional
        How many of the points, the first ones, to use; by default all.
    names : sequence of str
        Which of the two to reckon.
    controls : array of bool, shape (columns,), optional
        Columns that can't reach the result: negative controls, which count with the dummies.

    Returns
    -------
    list of Index
        The floor is the largest of as many dummies as there are columns, at least the 95th percentile of 50, and no less
        than the largest of the `controls`; that of the correlation likewise (in size). The interval is the bootstrap's, moved
        so that its mean is the estimate: resampling adds a distance of its own. What does not reach the floor has none.
    """
    known = np.isfinite(outputs)
    there = np.asarray(known.any(axis=1))
    if chosen is not None:
        there &= np.arange(len(there)) < chosen
    n = int(there.sum())
    if n < LEAST_POINTS:
        return [empty(name, given.shape[1]) for name in names]
    summed = np.where(known, outputs, 0.0)[there].sum(axis=1)
    result = summed / known[there].sum(axis=1)
    x = given[there]
    n_dummies = max(DUMMIES, x.shape[1])
    blind = np.column_stack([latin_column(f"dummy {i}", n, seed) for i in range(n_dummies)])
    unable = np.zeros(x.shape[1], dtype=np.bool_) if controls is None else controls
    return [_index(name, _RECKONED[name], x, blind, result, seed, unable) for name in names]


def _index(
    name: str,
    reckon: Callable[[Floats, Floats], Floats],
    x: Floats,
    blind: Floats,
    y: Floats,
    seed: int,
    controls: Bools,
) -> Index:
    value, nothing = reckon(x, y), np.abs(reckon(blind, y))
    floor = max(
        float(np.quantile(nothing[:DUMMIES], FLOOR)),
        float(nothing[: x.shape[1]].max()),
        float(np.abs(value[controls]).max(initial=0.0)),
    )
    above = np.flatnonzero(np.abs(value) > floor)
    low, high = np.full(len(value), np.nan), np.full(len(value), np.nan)
    if len(above):
        again = np.array([reckon(x[rows][:, above], y[rows]) for rows in resamples(len(y), RESAMPLES, seed)])
        ends = np.quantile(again, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=0)
        low[above], high[above] = ends + value[above] - again.mean(axis=0)
    return Index(name, value, low, high, np.full(len(value), floor), len(y))


def resamples(n: int, times: int, seed: int) -> Ints:
    """Rows drawn with replacement, over and over; shape (times, n)."""
    u = Streams(seed).uniform("bootstrap", 0, np.arange(n, dtype=np.int64), per=times)
    return (u.T * n).astype(np.int64)


def slices_of(x: Floats, n_slices: int = SLICES) -> Ints:
    """The slice, 0 to n_slices - 1, that each point belongs to, equally many points in each; shape of `x`, by column.

    Equal values at a border go by their place.
    """
    n = len(x)
    rank = np.argsort(np.argsort(x, axis=0, kind="stable"), axis=0, kind="stable")
    return rank * n_slices // n


def distances(x: Floats, y: Floats, n_slices: int = SLICES) -> Floats:
    """Mean Kolmogorov-Smirnov distance between each slice's distribution of `y` and that of all; shape (columns,).

    Parameters
    ----------
    x : array of float, shape (points, columns)
    y : array of float, shape (points,)
    """
    order = np.argsort(y, kind="stable")
    ordered = y[order]
    last_of_equal = np.append(ordered[1:] != ordered[:-1], True)  # a step counts when all equals are in
    everybody = (np.arange(1, len(y) + 1) / len(y))[last_of_equal]
    slice_of = slices_of(x, n_slices)[order]
    found = np.zeros(x.shape[1])
    for k in range(n_slices):
        inside = slice_of == k
        share = inside.cumsum(axis=0)[last_of_equal] / inside.sum(axis=0)
        found += np.abs(share - everybody[:, None]).max(axis=0)
    return found / n_slices


def rank_correlations(x: Floats, y: Floats) -> Floats:
    """Spearman's correlation of each column with `y`, 0 where either never varies; shape (columns,)."""
    ranks_x, ranks_y = _ranks(x), _ranks(y[:, None])
    ranks_x -= ranks_x.mean(axis=0)
    ranks_y -= ranks_y.mean(axis=0)
    together = np.einsum("nk,nj->k", ranks_x, ranks_y)
    size = np.sqrt(np.einsum("nk,nk->k", ranks_x, ranks_x) * np.einsum("nj,nj->j", ranks_y, ranks_y))
    found: Floats = np.divide(together, size, out=np.zeros_like(together), where=size > 0)
    return found


def _ranks(x: Floats) -> Floats:
    """Ranks by column, equal values sharing the mean of theirs."""
    from scipy.stats import rankdata

    return rankdata(x, axis=0)


_RECKONED = {"pawn": distances, "rank_correlation": rank_correlations}
