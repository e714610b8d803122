"""How likely the evaluations' figures are if the model expects this: sampling, reported intervals, and the model's own error.

A share or count of `n` persons is binomial around a chance that is itself uncertain on the logit scale, by what the emulator
misses and by the model's own error, its *discrepancy*. A report such as "just over 70 per cent" is the chance of all counts
within its wording. Figures whose errors go together in the model (the same persons, the same worlds) are tied by a Gaussian
copula, so that the same news is not counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, expit, log_ndtr, ndtr, ndtri

from sim.arrays import Floats, Ints
from sim.calibration.emulator import Emulator
from sim.calibration.targets import Likelihood, Target
from sim.surveys.items import REGISTRY

DISCREPANCY = 0.2
"""Scale of the half-normal prior of the model's discrepancy on the logit scale: some 5 points in the middle (assumption)."""
_AMOUNT = 0.25
"""A logit moves a share in the middle by a quarter: amounts and gaps get that part of the discrepancy."""
TOGETHER = 0.5
"""Correlation of the discrepancies of figures of one group of respondents in one wave (assumption): what the model has wrong of
those persons at that time, it has wrong of all that they say."""
_GRID = np.linspace(-7.0, 7.0, 211)
_DISCREPANCIES = np.array([0.0, 0.06, 0.12, 0.2, 0.3, 0.42, 0.56, 0.72, 0.9, 1.2])
_NODES = 16
_ENDS = ("low", "value", "high")
_LEAST = 1e-300
_FARTHEST = 8.0


def discrepancy(score: Floats) -> Floats:
    """Discrepancy for a standard normal score, so that it has its half-normal prior; same shape."""
    return np.asarray(-DISCREPANCY * ndtri(ndtr(-np.clip(score, -_FARTHEST, _FARTHEST)) / 2))


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


@dataclass(frozen=True)
class SurveyLikelihood:
    """The chance of all figures together.

    Attributes
    ----------
    spread : array, shape (targets,)
        What the emulator misses and, of soft figures, their own standard deviation.
    ends : array, shape (3, amounts)
        Least, reported and greatest value of the amounts, on the linked scale.
    logs, normals : array, shape (targets with binomial likelihood, discrepancies, grid)
        Logarithm of the figure's chance, and its normal score, over the expected logit.
    inverses, determinants : array, shape (discrepancies, targets, targets) and (discrepancies,)
        Of the correlation of errors.
    """

    targets: tuple[Target, ...]
    spread: Floats
    binomial: Ints
    amounts: Ints
    ends: Floats
    logs: Floats
    normals: Floats
    inverses: Floats
    determinants: Floats

    @classmethod
    def of(cls, targets: tuple[Target, ...], emulator: Emulator) -> SurveyLikelihood:
        """The likelihood of figures, given what the emulator misses."""
        is_binomial = np.array([t.likelihood is Likelihood.BINOMIAL for t in targets])
        binomial, amounts = np.flatnonzero(is_binomial), np.flatnonzero(~is_binomial)
        tables = [_table(targets[t], float(emulator.extra_sd[t])) for t in binomial]
        empty = np.empty((0, len(_DISCREPANCIES), len(_GRID)))
        inverses, determinants = _correlations(targets, emulator.covariance)
        ends = [[_end(targets[t], end) for t in amounts] for end in _ENDS]
        own = np.array([_own_spread(t) for t in targets])
        return cls(
            targets, np.sqrt(emulator.extra_sd**2 + own**2), binomial, amounts, np.array(ends).reshape(len(_ENDS), -1),
            np.stack([logs for logs, _ in tables]) if tables else empty,
            np.stack([normals for _, normals in tables]) if tables else empty,
            inverses, determinants,
        )  # fmt: skip

    def parts(self, expected: Floats, discrepancies: Floats) -> tuple[Floats, Floats]:
        """Logarithm of each figure's chance and its normal score, both of shape (points, targets).

        Parameters
        ----------
        expected : array, shape (points, targets)
            On the linked scale.
        discrepancies : array, shape (points,)
        """
        logs, normals = np.empty_like(expected), np.empty_like(expected)
        at = _Places.of(expected[:, self.binomial], discrepancies)
        logs[:, self.binomial], normals[:, self.binomial] = at.read(self.logs), at.read(self.normals)
        if len(self.amounts):
            logs[:, self.amounts], normals[:, self.amounts] = _amounts(
                self.ends,
                expected[:, self.amounts],
                discrepancies[:, None] * np.array([share_of_logit(self.targets[t]) for t in self.amounts]),
                self.spread[self.amounts],
            )
        return logs, normals

    def log(self, expected: Floats, discrepancies: Floats) -> Floats:
        """Logarithm of the chance of all figures together, shape (points,)."""
        logs, normals = self.parts(expected, discrepancies)
        return np.asarray(logs.sum(axis=1) + self._tie(normals, discrepancies))

    def misfit_chance(self, expected: Floats, discrepancies: Floats, luck: Floats) -> float:
        """Chance of figures that lie as far from what is expected as these do, if all is as assumed.

        How far is the sum of squared normal scores, at each of some points and by the noise that the point leaves.

        Parameters
        ----------
        expected : array, shape (points, targets)
        discrepancies : array, shape (points,)
        luck : array, shape (points, targets)
            Standard normal numbers.
        """
        distance = (self.parts(expected, discrepancies)[1] ** 2).sum(axis=1)
        nearest = np.abs(_DISCREPANCIES[None, :] - discrepancies[:, None]).argmin(axis=1)
        roots = np.linalg.cholesky(np.linalg.inv(self.inverses))
        replicated = (np.einsum("pij,pj->pi", roots[nearest], luck) ** 2).sum(axis=1)
        return float((1 + (replicated >= distance).sum()) / (1 + len(distance)))

    def _tie(self, normals: Floats, discrepancies: Floats) -> Floats:
        """Logarithm of the copula's density, shape (points,)."""
        at = np.interp(discrepancies, _DISCREPANCIES, np.arange(len(_DISCREPANCIES)))
        below = np.minimum(at.astype(np.int64), len(_DISCREPANCIES) - 2)
        part = at - below
        tied = np.empty((2, len(normals)))
        for side in (0, 1):
            for k in np.unique(below + side):
                rows = below + side == k
                z = normals[rows]
                quadratic = ((z @ self.inverses[k]) * z).sum(axis=1) - (z**2).sum(axis=1)
                tied[side, rows] = -(quadratic + self.determinants[k]) / 2
        return np.asarray(tied[0] * (1 - part) + tied[1] * part)


@dataclass(frozen=True)
class _Places:
    """Where points lie in the tables: steps below, and the parts of the way to the next."""

    row: Ints
    column: Ints
    row_part: Floats
    column_part: Floats

    @classmethod
    def of(cls, expected: Floats, discrepancies: Floats) -> _Places:
        row = np.interp(discrepancies, _DISCREPANCIES, np.arange(len(_DISCREPANCIES)))
        below = np.minimum(row.astype(np.int64), len(_DISCREPANCIES) - 2)
        span = _GRID[1] - _GRID[0]
        column = np.clip((expected - _GRID[0]) / span, 0, len(_GRID) - 1)
        left = np.minimum(column.astype(np.int64), len(_GRID) - 2)
        return cls(below[:, None], left, (row - below)[:, None], column - left)

    def read(self, tables: Floats) -> Floats:
        """Values in between, shape (points, tables)."""
        t = np.arange(tables.shape[0])[None, :]
        upper = tables[t, self.row, self.column] * (1 - self.column_part)
        upper = upper + tables[t, self.row, self.column + 1] * self.column_part
        lower = tables[t, self.row + 1, self.column] * (1 - self.column_part)
        lower = lower + tables[t, self.row + 1, self.column + 1] * self.column_part
        return np.asarray(upper * (1 - self.row_part) + lower * self.row_part)


def _table(target: Target, extra_sd: float) -> tuple[Floats, Floats]:
    """Log chance and normal score over discrepancies and the grid of expected logits."""
    low, high = counts(target)
    n = target.n or 0
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    weights = weights / weights.sum()
    sd = np.sqrt(extra_sd**2 + _DISCREPANCIES**2)
    chance = expit(_GRID[None, :, None] + sd[:, None, None] * nodes)
    below = bdtr(low - 1, n, chance) @ weights if low > 0 else np.zeros(chance.shape[:2])
    upto = bdtr(high, n, chance) @ weights if high < n else np.ones(chance.shape[:2])
    inside = np.maximum(upto - below, _LEAST)
    middle = np.clip(below + inside / 2, 1e-12, 1 - 1e-12)
    return np.log(inside), ndtri(middle)


def _amounts(ends: Floats, expected: Floats, discrepancies: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Log chance (of an interval) or density (of a number) of amounts, and their normal scores; shape (points, amounts).

    Parameters
    ----------
    ends : array, shape (3, amounts)
        Least, reported and greatest value, on the linked scale.
    discrepancies : array, shape (points, amounts)
        On the linked scale.
    """
    sd = np.sqrt(spread**2 + discrepancies**2)
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


def _correlations(targets: tuple[Target, ...], covariance: Floats) -> tuple[Floats, Floats]:
    """Inverse and log determinant of the errors' correlation at each discrepancy.

    A discrepancy is each figure's own, but for the part that it shares with what the same persons say in the same wave.
    """
    share = np.array([share_of_logit(t) for t in targets])
    common = shared_discrepancy(targets)
    own = np.diag([_own_spread(t) ** 2 for t in targets])
    inverses, determinants = [], []
    for size in _DISCREPANCIES:
        whole = covariance + own + size**2 * common * np.outer(share, share)
        sd = np.sqrt(np.diag(whole))
        correlation = whole / np.outer(sd, sd)
        inverses.append(np.linalg.inv(correlation))
        determinants.append(np.linalg.slogdet(correlation)[1])
    return np.stack(inverses), np.array(determinants)
