"""How likely the evaluations' figures are if the model expects this: sampling, reported intervals, and the model's own error.

A share or count of `n` persons is binomial around a chance that is itself uncertain on the logit scale, by what the emulator
misses and by the model's own error, its *discrepancy*. A report such as "just over 70 per cent" is the chance of all counts
within its wording. Figures whose errors go together in the model (the same persons, the same worlds) are tied by a Gaussian
copula, so that the same news is not counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.special import bdtr, expit, log_ndtr, ndtr, ndtri

from sim.arrays import Floats, Ints
from sim.calibration.emulator import Emulator
from sim.calibration.targets import Likelihood, Target
from sim.surveys.items import REGISTRY
from sim.surveys.questionnaire import HEARD_TOGETHER

DISCREPANCY = 0.2
"""Scale of the half-normal prior of the model's discrepancy on the logit scale: some 5 points in the middle (assumption)."""
_AMOUNT = 0.25
"""A logit moves a share in the middle by a quarter: amounts and gaps get that part of the discrepancy."""
TOGETHER = 0.5
"""Correlation of the discrepancies of figures of one group of respondents in one wave (assumption): what the model has wrong of
those persons at that time, it has wrong of all that they say."""
_STEP, _FINER = 1 / 15, 4
_GRID = _STEP * np.arange(-105, 106)
_CHANCES = _STEP / _FINER * np.arange(-210 * _FINER, 210 * _FINER + 1)
"""Chances of one who is asked, as logits, over which errors are averaged."""
_ERRORS = np.array([
    0.0, 0.03, 0.06, 0.09, 0.12, 0.15, 0.19, 0.23, 0.28, 0.34, 0.42, 0.52, 0.65, 0.8, 1.0, 1.3, 1.7, 2.2
])  # fmt: skip
_DISCREPANCIES = np.array([0.0, 0.06, 0.12, 0.2, 0.3, 0.42, 0.56, 0.72, 0.9, 1.2])
_WAVES = np.array([0.0, 0.02, 0.05, 0.08, 0.12, 0.17, 0.24, 0.34, 0.5, 0.8])
"""Spreads of waves, in SD of persons, at which correlations are reckoned."""
_PERSONS = np.array([0.6, 0.9, 1.35, 2.4])
"""Spreads of persons at which they are reckoned."""
_FAR = 5.0
_ENDS = ("low", "value", "high")
_LEAST = 1e-300
_FARTHEST = 8.0
_SMALL = 0.05


def discrepancy(score: Floats) -> Floats:
    """Discrepancy for a standard normal score, so that it has its half-normal prior; same shape."""
    return np.asarray(-DISCREPANCY * ndtri(ndtr(-np.clip(score, -_FARTHEST, _FARTHEST)) / 2))


def root_mean_square(values: Floats) -> float:
    """Of sizes of errors, shape (n,)."""
    return float(np.sqrt(np.mean(values**2)))


def share_of_logit(target: Target) -> float:
    """Part of the discrepancy that a target on its own scale gets."""
    if target.likelihood is Likelihood.SOFT:
        return 0.0  # its own error is told
    return 1.0 if target.likelihood is Likelihood.BINOMIAL else _AMOUNT


def same_persons(one: Target, other: Target) -> bool:
    """Whether two figures are what the same group said in the same wave."""
    asked = one.likelihood is other.likelihood is Likelihood.BINOMIAL and one.respondents != REGISTRY
    return asked and (one.wave, one.respondents) == (other.wave, other.respondents)


def counts(target: Target) -> tuple[int, int]:
    """Fewest and most persons who agree by the wording of the report; at least the count that is nearest."""
    n = target.n or 0
    nearest = round(target.value * target.of_all * n)
    low = int(np.ceil(target.low * target.of_all * n - 1e-9))
    high = int(np.floor(target.high * target.of_all * n + 1e-9))
    return min(max(low, 0), nearest), max(min(high, n), nearest)


def shared_discrepancy(targets: Sequence[Target]) -> Floats:
    """Correlation of the targets' discrepancies, shape (targets, targets)."""
    common: Floats = np.array([[TOGETHER * same_persons(a, b) for b in targets] for a in targets])
    np.fill_diagonal(common, 1.0)
    return common


def shared_wave(targets: Sequence[Target]) -> Floats:
    """1 where two figures are moved by the same effect of a wave, shape (targets, targets); the diagonal is 0 where none does."""
    heard = [HEARD_TOGETHER.get(t.id) for t in targets]
    return np.array([[float(a is not None and a == b) for b in heard] for a in heard])


@dataclass(frozen=True)
class SurveyLikelihood:
    """The chance of all figures together.

    Attributes
    ----------
    emulator : Emulator
    own : array, shape (targets,)
        The standard deviation of soft figures.
    ends : array, shape (3, amounts)
        Least, reported and greatest value of the amounts, on the linked scale.
    share : array, shape (targets,)
        Part of the discrepancy that a target gets.
    logs, normals : array, shape (targets with binomial likelihood, errors, grid)
        Logarithm of the figure's chance, and its normal score, over the expected logit.
    inverses, determinants : array, shape (waves, discrepancies, persons, targets, targets) and (waves, discrepancies, persons)
        Of the correlation of errors.
    """

    targets: tuple[Target, ...]
    emulator: Emulator
    own: Floats
    binomial: Ints
    amounts: Ints
    ends: Floats
    share: Floats
    logs: Floats
    normals: Floats
    inverses: Floats
    determinants: Floats

    @classmethod
    def of(cls, targets: tuple[Target, ...], emulator: Emulator) -> SurveyLikelihood:
        """The likelihood of figures, given what the emulator misses."""
        is_binomial = np.array([t.likelihood is Likelihood.BINOMIAL for t in targets])
        binomial, amounts = np.flatnonzero(is_binomial), np.flatnonzero(~is_binomial)
        tables = [_table(targets[t]) for t in binomial]
        empty = np.empty((0, len(_ERRORS), len(_GRID)))
        inverses, determinants = _correlations(targets, emulator)
        ends = [[_end(targets[t], end) for t in amounts] for end in _ENDS]
        own = np.array([_own_spread(t) for t in targets])
        return cls(
            targets, emulator, own, binomial, amounts, np.array(ends).reshape(len(_ENDS), -1),
            np.array([share_of_logit(t) for t in targets]),
            np.stack([logs for logs, _ in tables]) if tables else empty,
            np.stack([normals for _, normals in tables]) if tables else empty,
            inverses, determinants,
        )  # fmt: skip

    def errors(self, discrepancies: Floats, waves: Floats, persons: Floats) -> Floats:
        """SD of all but sampling and wording that parts each figure from what is expected, shape (points, targets), at
        discrepancies and spreads of waves and of persons, each of shape (points,).
        """
        missed = self.emulator.missed(waves, persons)
        return np.sqrt(missed**2 + self.own**2 + (discrepancies[:, None] * self.share) ** 2)

    def parts(
        self, expected: Floats, discrepancies: Floats, waves: Floats, persons: Floats
    ) -> tuple[Floats, Floats]:
        """Logarithm of each figure's chance and its normal score, both of shape (points, targets).

        Parameters
        ----------
        expected : array, shape (points, targets)
            On the linked scale.
        discrepancies, waves, persons : array, shape (points,)
        """
        logs, normals = np.empty_like(expected), np.empty_like(expected)
        errors = self.errors(discrepancies, waves, persons)
        at = _Places.of(expected[:, self.binomial], errors[:, self.binomial])
        logs[:, self.binomial], normals[:, self.binomial] = at.read(self.logs), at.read(self.normals)
        if len(self.amounts):
            logs[:, self.amounts], normals[:, self.amounts] = _amounts(
                self.ends, expected[:, self.amounts], errors[:, self.amounts]
            )
        return logs, normals

    def log(self, expected: Floats, discrepancies: Floats, waves: Floats, persons: Floats) -> Floats:
        """Logarithm of the chance of all figures together, shape (points,)."""
        logs, normals = self.parts(expected, discrepancies, waves, persons)
        return np.asarray(logs.sum(axis=1) + self._tie(normals, discrepancies, waves / persons, persons)[0])

    def slope(self, expected: Floats, discrepancies: Floats, waves: Floats, persons: Floats) -> Floats:
        """Of the logarithm on what is expected, shape (points, targets), by differences over a part of each error."""
        step = _SMALL * self.errors(discrepancies, waves, persons)
        more, above = self.parts(expected + step, discrepancies, waves, persons)
        less, below = self.parts(expected - step, discrepancies, waves, persons)
        pull = self._tie((above + below) / 2, discrepancies, waves / persons, persons)[1]
        return np.asarray((more - less + (above - below) * pull) / (2 * step))

    def _tie(
        self, normals: Floats, discrepancies: Floats, waves: Floats, persons: Floats
    ) -> tuple[Floats, Floats]:
        """Logarithm of the copula's density, shape (points,), and its slope on the normal scores, shape (points, targets)."""
        sizes = self.determinants.shape
        grids = [grid[:size] for grid, size in zip((_WAVES, _DISCREPANCIES, _PERSONS), sizes, strict=True)]
        places = [
            _between(values, grid)
            for values, grid in zip((waves, discrepancies, persons), grids, strict=True)
        ]
        cells, weights = [], []
        for corner in product((0, 1), repeat=len(grids)):
            at = [
                np.minimum(below + c, size - 1)
                for c, (below, _), size in zip(corner, places, sizes, strict=True)
            ]
            cells.append(np.ravel_multi_index(at, sizes))
            weights.append(
                np.prod([np.abs(1 - c - part) for c, (_, part) in zip(corner, places, strict=True)], axis=0)
            )
        cell, weight, n = np.concatenate(cells), np.concatenate(weights), len(normals)
        order = np.argsort(cell, kind="stable")
        order = order[weight[order] > 0]
        ends = np.flatnonzero(np.diff(cell[order], append=-1)) + 1
        tied, pull = np.zeros(n), np.zeros_like(normals)
        for begin, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            corners = order[begin:end]
            point, part = corners % n, weight[corners]
            here = np.unravel_index(cell[corners[0]], sizes)
            drawn = part[:, None] * (normals[point] @ self.inverses[here])
            pull[point] += drawn  # a point has a cell's corner once
            tied[point] += (drawn * normals[point]).sum(axis=1) + part * self.determinants[here]
        return ((normals**2).sum(axis=1) - tied) / 2, normals - pull


@dataclass(frozen=True)
class _Places:
    """Where points lie in the targets' tables: steps below, and the parts of the way to the next; all of shape
    (points, targets).
    """

    row: Ints
    column: Ints
    row_part: Floats
    column_part: Floats

    @classmethod
    def of(cls, expected: Floats, errors: Floats) -> _Places:
        below, part = _between(errors, _ERRORS)
        span = _GRID[1] - _GRID[0]
        column = np.clip((expected - _GRID[0]) / span, 0, len(_GRID) - 1)
        left = np.minimum(column.astype(np.int64), len(_GRID) - 2)
        return cls(below, left, part, column - left)

    def read(self, tables: Floats) -> Floats:
        """Values in between, shape (points, tables)."""
        t = np.arange(tables.shape[0])[None, :]
        upper = tables[t, self.row, self.column] * (1 - self.column_part)
        upper = upper + tables[t, self.row, self.column + 1] * self.column_part
        lower = tables[t, self.row + 1, self.column] * (1 - self.column_part)
        lower = lower + tables[t, self.row + 1, self.column + 1] * self.column_part
        return np.asarray(upper * (1 - self.row_part) + lower * self.row_part)


def _between(values: Floats, grid: Floats) -> tuple[Ints, Floats]:
    """Steps of a grid below values, and the parts of the way to the next; a grid of one step has no way to go."""
    at = np.interp(values, grid, np.arange(len(grid)))
    below = np.minimum(at.astype(np.int64), max(len(grid) - 2, 0))
    return below, np.asarray(at - below)


def _table(target: Target) -> tuple[Floats, Floats]:
    """Log chance and normal score over errors and the grid of expected logits."""
    low, high = counts(target)
    n, chance = target.n or 0, expit(_CHANCES)
    exact = np.stack([
        bdtr(low - 1, n, chance) if low > 0 else np.zeros_like(chance),
        bdtr(high, n, chance) if high < n else np.ones_like(chance),
    ])  # fmt: skip
    sigmas = _ERRORS * _FINER / _STEP
    smeared = [
        gaussian_filter1d(exact, sigma, mode="nearest", truncate=_FAR) if sigma else exact for sigma in sigmas
    ]
    at = np.searchsorted(_CHANCES, _GRID - _STEP / (2 * _FINER))
    below, upto = np.stack(smeared)[:, :, at].transpose(1, 0, 2)
    inside = np.maximum(upto - below, _LEAST)
    middle = np.clip(below + inside / 2, 1e-12, 1 - 1e-12)
    return np.log(inside), ndtri(middle)


def _amounts(ends: Floats, expected: Floats, sd: Floats) -> tuple[Floats, Floats]:
    """Log chance (of an interval) or density (of a number) of amounts, and their normal scores; shape (points, amounts).

    Parameters
    ----------
    ends : array, shape (3, amounts)
        Least, reported and greatest value, on the linked scale.
    sd : array, shape (points, amounts)
        Of the errors, on the linked scale.
    """
    z_low, z, z_high = ((end - expected) / sd for end in ends)
    exact = ends[2] <= ends[0]
    # The chance between two points, reckoned from the nearer tail so that it stays exact far out.
    flip = z_low > 0
    near, far = np.where(flip, -z_low, z_high), np.where(flip, -z_high, z_low)
    log_near = log_ndtr(near)
    between = log_near + np.log1p(-np.exp(np.minimum(log_ndtr(far) - log_near, -1e-12)))
    logs = np.where(exact, -(z**2) / 2 - np.log(sd), np.maximum(between, np.log(_LEAST)))
    with np.errstate(invalid="ignore"):
        middle = np.where(exact, z, np.where(np.isfinite(z_high), (z_low + z_high) / 2, z_low + 1))
    return logs, np.clip(middle, -_FARTHEST, _FARTHEST)


def _end(target: Target, name: str) -> float:
    """An end of a figure's wording on the linked scale; a soft figure's spread is no wording."""
    return _linked(target, target.value if target.likelihood is Likelihood.SOFT else getattr(target, name))


def _linked(target: Target, number: float) -> float:
    if target.likelihood is Likelihood.LOG_NORMAL:
        return float(np.log(number)) if number > 0 else -np.inf
    return number / target.own_sd


def _own_spread(target: Target) -> float:
    """What a soft figure leaves open on the linked scale, in its standard deviations."""
    return 1.0 if target.likelihood is Likelihood.SOFT else 0.0


def noise_covariance(
    targets: Sequence[Target], emulator: Emulator, discrepancy: float, wave: float, persons: float
) -> Floats:
    """Covariance of all that parts figures from what is expected at given sizes of the discrepancy and of waves, these in SD of
    persons (both as root mean squares), and of the spread of persons, on the linked scale; shape (targets, targets).

    A discrepancy is each figure's own, but for the part that it shares with what the same persons say in the same wave; what
    a wave does is common to a set of questions. The wider persons are spread, the more of what is left is sampling, which is
    each figure's own.
    """
    share = np.array([share_of_logit(t) for t in targets])
    own = np.diag(emulator.sampling + np.array([_own_spread(t) ** 2 for t in targets]))
    by_discrepancy = discrepancy**2 * shared_discrepancy(targets) * np.outer(share, share)
    by_wave = wave**2 * shared_wave(targets) * np.outer(emulator.gains, emulator.gains)
    (narrowed,) = emulator.narrowed(np.array([persons]))
    return np.asarray(emulator.covariance * np.outer(narrowed, narrowed) + own + by_discrepancy + by_wave)


def _correlations(targets: tuple[Target, ...], emulator: Emulator) -> tuple[Floats, Floats]:
    """Inverse and log determinant of the errors' correlation at each spread of waves, discrepancy and spread of persons."""
    waves = _WAVES if emulator.gains.any() else _WAVES[:1]
    persons = _PERSONS if emulator.heard.any() else np.ones(1)
    whole = np.array(
        [
            [[noise_covariance(targets, emulator, d, w, p) for p in persons] for d in _DISCREPANCIES]
            for w in waves
        ]
    )
    sd = np.sqrt(np.diagonal(whole, axis1=-2, axis2=-1))
    correlation = whole / (sd[..., :, None] * sd[..., None, :])
    return np.linalg.inv(correlation), np.linalg.slogdet(correlation)[1]
