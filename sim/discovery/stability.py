"""Whether a box is to be believed: held-out runs, resamples, and the same search on labels that were shuffled.

Whoever looks for a box finds one. So the runs are parted beforehand, whole points at a time: the box is found on one part and
judged on the other. Then the search is repeated on resamples, to see which parameters come back, and on shuffled labels, to see
how good a box comes out of nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats
from sim.discovery.boxes import Box, Quality, quality
from sim.discovery.prim import find_box
from sim.randomness import Streams

HELD_OUT = 0.3  # share of the points that judge
RESAMPLES = 40
SHUFFLES = 40
CONFIDENCE = 0.90
BELIEVABLE = 0.05  # share of shuffles that may do as well

Finder = Callable[[Floats, Floats, Floats], Box]


@dataclass(frozen=True)
class Judged:
    """A box and what speaks for it.

    Attributes
    ----------
    found_on, held_out : Quality
        On the runs it was found on, and on the others.
    held_low, held_high : float
        90 % interval of the held-out density, by resampling held-out points.
    comes_back : dict from column to float
        Share of the resamples whose box limits this parameter.
    overlap : float
        Mean overlap (Jaccard) of the resamples' boxes with this one, over all points.
    shuffled : float
        Share of searches on shuffled labels whose box did at least as well on held-out runs.
    """

    box: Box
    found_on: Quality
    held_out: Quality
    held_low: float
    held_high: float
    comes_back: dict[int, float]
    overlap: float
    shuffled: float

    @property
    def believable(self) -> bool:
        """Whether held-out runs bear it out and shuffled labels seldom do as well."""
        beats = self.held_low > self.held_out.base
        return bool(self.box.limits) and beats and self.shuffled <= BELIEVABLE


def held_out_points(n: int, seed: int) -> Bools:
    """Which points judge; shape (points,)."""
    order = np.argsort(Streams(seed).uniform("held out", 0, np.arange(n, dtype=np.int64)), kind="stable")
    held: Bools = np.zeros(n, dtype=bool)
    held[order[: round(HELD_OUT * n)]] = True
    return held


def judge(x: Floats, interest: Floats, weight: Floats, seed: int, find: Finder = find_box) -> Judged:
    """Find a box on some of the points and judge it on the others.

    Parameters
    ----------
    x : array of float, shape (points, columns)
    interest : array of float, shape (points,)
        Share of the point's runs that are cases of interest.
    weight : array of float, shape (points,)
        Runs of each point.
    """
    held = held_out_points(len(x), seed)
    box = find(x[~held], interest[~held], weight[~held])
    outside = quality(box.holds(x[held]), interest[held], weight[held])
    low, high = _interval(box.holds(x[held]), interest[held], weight[held], seed)
    comes_back, overlap = _again(box, x, interest, weight, seed, find)
    return Judged(
        box,
        quality(box.holds(x[~held]), interest[~held], weight[~held]),
        outside,
        low,
        high,
        comes_back,
        overlap,
        _shuffled(outside.gain, x, interest, weight, held, seed, find),
    )


def _interval(inside: Bools, interest: Floats, weight: Floats, seed: int) -> tuple[float, float]:
    """Interval of the density over resamples of the box's points; a rule of succession keeps it off 0 and 1."""
    cases, runs = (interest * weight)[inside], weight[inside]
    n = len(cases)
    if n == 0:
        return float("nan"), float("nan")
    draws = 400
    u = Streams(seed).uniform("held-out interval", 0, np.arange(n, dtype=np.int64), per=draws)
    rows = (u * n).astype(np.int64)
    # One run more on either side (Laplace): a box with few points, all of interest, is not sure.
    density = (cases[rows].sum(axis=0) + 1) / (runs[rows].sum(axis=0) + 2)
    low, high = np.quantile(density, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def _again(
    box: Box, x: Floats, interest: Floats, weight: Floats, seed: int, find: Finder
) -> tuple[dict[int, float], float]:
    """Which parameters come back on resamples of all points, and how far the boxes overlap."""
    n, mine = len(x), box.holds(x)
    times: dict[int, int] = {}
    overlaps = []
    ids = np.arange(n, dtype=np.int64)
    for k in range(RESAMPLES):
        rows = (Streams(seed).uniform("resample points", k, ids) * n).astype(np.int64)
        other = find(x[rows], interest[rows], weight[rows])
        for column in other.limits:
            times[column] = times.get(column, 0) + 1
        theirs = other.holds(x)
        overlaps.append((mine & theirs).sum() / max(1, (mine | theirs).sum()))
    return {column: count / RESAMPLES for column, count in sorted(times.items())}, float(np.mean(overlaps))


def _shuffled(
    gain: float, x: Floats, interest: Floats, weight: Floats, held: Bools, seed: int, find: Finder
) -> float:
    """Share of searches on shuffled labels that do as well on held-out runs; the observed one counts among them."""
    n, as_well = len(x), 1
    ids = np.arange(n, dtype=np.int64)
    for k in range(SHUFFLES):
        order = np.argsort(Streams(seed).uniform("shuffle labels", k, ids), kind="stable")
        labels, runs = interest[order], weight[order]
        box = find(x[~held], labels[~held], runs[~held])
        as_well += quality(box.holds(x[held]), labels[held], runs[held]).gain >= gain
    return as_well / (SHUFFLES + 1)
