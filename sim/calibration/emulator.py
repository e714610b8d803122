"""A quick stand-in for the model: what each target is expected to be at given parameters, and how far off that may be.

For each target a polynomial of the parameters that move it is fitted with a penalty (ridge regression). How large a
polynomial and how strong a penalty is decided by points that were left out of the fitting. What the stand-in misses there,
beyond the noise of so many respondents, goes into the likelihood as variance: world-to-world chance, parameters left out,
and the stand-in's own error.

What persons answer to a question is what they look at, and the wave's effect, in units of how far persons are spread: whatever
moves it moves a share's logit by so much less as persons are spread more. Such answers are therefore fitted times that spread,
so that means, gains and what is missed follow that law by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.special import expit

from sim.arrays import Bools, Floats, Ints
from sim.calibration.answers import Answers
from sim.calibration.targets import Likelihood

FOLDS = 5
PENALTIES = (0.1, 1.0, 10.0, 100.0, 1000.0)
LEAST_SD = 0.02
"""On the linked scale: the stand-in is never held to be more exact than this."""
_LEAST_EIGENVALUE = 1e-3
_LINEAR, _QUADRATIC, _CUBIC = 1, 2, 3
DEGREES = (_LINEAR, _QUADRATIC, _CUBIC)

Term = tuple[int, ...]
"""Columns that are multiplied; the empty term is 1."""


@dataclass(frozen=True)
class Emulator:
    """Polynomials of the parameters, one for each target, and what they leave.

    Attributes
    ----------
    parameters : array of int, shape (parameters used,)
        Which parameters the columns are.
    terms : tuple of Term
        Products of columns.
    weights : array, shape (terms, targets)
    extra_sd : array, shape (targets,)
        What the stand-in misses beyond the sampling of respondents, on the linked scale where persons are spread by 1.
    sampling : array, shape (targets,)
        Variance on the linked scale that the sampling of respondents made in the worlds by which the stand-in is judged.
    covariance : array, shape (targets, targets)
        Of what the stand-in misses beyond sampling and waves, on the linked scale where persons are spread by 1.
    gains : array, shape (targets,)
        Linked answer per logit of what a wave does to a set of questions, where persons are spread by 1; 0 where waves do
        nothing or are not told apart.
    heard : array of bool, shape (targets,)
        Whether a target falls with the spread of persons.
    loudness, spread : int or None
        Which of the parameters used are the spread of waves and that of persons.
    quality : DataFrame
        target, degree, parameters, explained, missed_sd, sampling_sd, extra_sd, wave_gain; the last two at the spread of persons
        of the worlds by which it is judged.
    """

    parameters: Ints
    terms: tuple[Term, ...]
    weights: Floats
    extra_sd: Floats
    sampling: Floats
    covariance: Floats
    gains: Floats
    heard: Bools
    loudness: int | None
    spread: int | None
    quality: pd.DataFrame

    def mean(self, x: Floats, persons: Floats) -> Floats:
        """Expected answers on the linked scale, shape (points, targets), at standardised values (points, parameters used).

        Parameters
        ----------
        persons : array, shape (points,)
            Their spread; 1 where it is not told apart.
        """
        return features(x, self.terms) @ self.weights * self.narrowed(persons)

    def slope(self, x: Floats, persons: Floats, on: Floats) -> Floats:
        """Slope on each standardised value, shape (points, parameters used), of something whose slope on the expected answers is
        `on`, shape (points, targets).
        """
        padded = _padded(x)
        columns = _columns(self.terms, x.shape[1])[0]
        whole = self.weights @ (on * self.narrowed(persons)).T
        first, second, third = (padded[columns[:, k]] for k in range(_CUBIC))
        where = coo_array((np.ones(columns.size), (columns.T.ravel(), np.arange(columns.size)))).tocsr()
        each = np.concatenate([whole * second * third, whole * first * third, whole * first * second])
        return np.asarray((where @ each)[:-1].T)

    def missed(self, waves: Floats, persons: Floats) -> Floats:
        """SD of what is missed beyond sampling at spreads of waves and of persons, both of shape (points,); (points, targets)."""
        return np.sqrt(self.extra_sd**2 + (waves[:, None] * self.gains) ** 2) * self.narrowed(persons)

    def narrowed(self, persons: Floats) -> Floats:
        """By what answers, and what is missed of them, fall with the spread of persons, shape (points,); (points, targets)."""
        return np.where(self.heard, 1 / persons[:, None], 1.0)


def features(x: Floats, terms: tuple[Term, ...]) -> Floats:
    """The terms' values; shape (points, terms)."""
    padded = _padded(x)
    columns, cubic = _columns(terms, x.shape[1])
    found = padded[columns[:, 0]]
    found *= padded[columns[:, 1]]
    found[cubic] *= padded[columns[cubic, 2]]
    return np.asarray(found.T)


def _padded(x: Floats) -> Floats:
    """Columns as rows, and a row of ones: what is gathered lies in one piece, which takes a tenth of the time."""
    return np.concatenate([x.T, np.ones((1, len(x)))])


@lru_cache(maxsize=32)
def _columns(terms: tuple[Term, ...], n: int) -> tuple[Ints, Ints]:
    """Columns that are multiplied, the one of ones where there are fewer, shape (terms, 3); and the terms of three."""
    columns = np.full((len(terms), _CUBIC), n)
    for i, term in enumerate(terms):
        columns[i, : len(term)] = term
    return columns, np.flatnonzero([len(term) == _CUBIC for term in terms])


def terms_of(columns: tuple[int, ...], degree: int) -> tuple[Term, ...]:
    """All terms of some columns: lines; from degree 2 on squares and products of two; from 3 on cubes too."""
    found: list[Term] = [(c,) for c in columns]
    if degree >= _QUADRATIC:
        found += [(c, c) for c in columns] + [tuple(sorted(pair)) for pair in combinations(columns, 2)]
    if degree >= _CUBIC:
        found += [(c, c, c) for c in columns]
    return tuple(found)


@dataclass(frozen=True)
class Polynomial:
    """One target's polynomial; columns are those of all parameters."""

    degree: int
    terms: tuple[Term, ...]
    weights: Floats

    def at(self, x: Floats) -> Floats:
        """Its value, shape (points,), at standardised values of all parameters, shape (points, parameters)."""
        return features(x, self.terms) @ self.weights


def polynomials(
    x: Floats, y: Floats, chosen: tuple[tuple[int, ...], ...], fold: Ints, near: Bools
) -> list[Polynomial]:
    """The best polynomial for each target, by what it misses in folds it was not fitted to.

    Parameters
    ----------
    x : array, shape (worlds, parameters)
        Standardised values of each world's point.
    y : array, shape (worlds, targets)
        Linked answers; NaN where there is none.
    chosen : tuple of tuples of int
        For each target the parameters that move it.
    fold : array, shape (worlds,)
        Worlds of one point have the same.
    near : array of bool, shape (worlds,)
        Worlds by which polynomials are judged.
    """
    found = []
    for t, columns in enumerate(chosen):
        there = np.isfinite(y[:, t])
        judged = there & near if (there & near).any() else there
        found.append(min(_candidates(x, y[:, t], columns, fold, there, judged), key=lambda one: one[0])[1])
    return found


@dataclass(frozen=True)
class Waves:
    """What is known of waves in played worlds: the size of their effects there, and which figures they move together.

    Attributes
    ----------
    parameter, spread : int
        Which of all parameters are the spread of waves and that of persons.
    sd, persons : array, shape (worlds,)
        Their values in each world.
    together : array, shape (targets, targets)
        1 where two figures are moved by the same effect, 0 else; 0 on the diagonal where waves do nothing.
    """

    parameter: int
    spread: int
    sd: Floats
    persons: Floats
    together: Floats

    @property
    def heard(self) -> Bools:
        """Whether a target is what persons answer to a question."""
        return np.asarray(np.diag(self.together) > 0)

    @property
    def scale(self) -> Floats:
        """What linked answers are multiplied by before they are fitted; shape (worlds, targets)."""
        return np.where(self.heard, self.persons[:, None], 1.0)


def fit_emulator(
    answers: Answers, found: list[Polynomial], expected: Floats, near: Bools, waves: Waves | None = None
) -> Emulator:
    """Gather polynomials into one, with what they miss.

    Parameters
    ----------
    found : list of Polynomial
        One for each target, fitted to all worlds.
    expected : array, shape (worlds, targets)
        What polynomials expected that had not seen the world's fold, neither in choosing parameters nor in fitting; times the
        spread of persons, as they are fitted.
    near : array of bool, shape (worlds,)
        Worlds by which the error is judged: those of the last wave of points, which lie where the posterior is.
    waves : Waves, optional
        What a wave does to answers is then told apart from all else that is missed: its variance grows with the square of
        its known spread.
    """
    columns = {j for one in found for term in one.terms for j in term}
    used = np.array(sorted(columns | ({waves.parameter, waves.spread} if waves else set())), dtype=np.int64)
    place = {int(j): i for i, j in enumerate(used)}
    terms: dict[Term, int] = {}
    for one in found:
        for term in one.terms:
            terms.setdefault(tuple(place[j] for j in term), len(terms))
    weights = np.zeros((len(terms), len(found)))
    for t, one in enumerate(found):
        weights[[terms[tuple(place[j] for j in term)] for term in one.terms], t] = one.weights
    scale = waves.scale if waves else np.ones_like(expected)
    sampling = np.stack([_sampling(answers, t, (expected / scale)[:, t]) for t in range(len(found))], axis=1)
    missed = answers.linked - expected / scale
    gains, loud = np.zeros(len(found)), 0.0
    if waves:
        gains = _gains(missed * scale, sampling * scale**2, near, waves)
        loud = float(np.mean(waves.sd[near] ** 2))
    y, missed, sampling, scale = (one[near] for one in (answers.linked, missed, sampling, scale))
    by_waves = (
        loud * (waves.together if waves else np.zeros((len(found), len(found)))) * np.outer(gains, gains)
    )
    extra_sd = np.array(
        [
            _extra(missed[:, t] * scale[:, t], sampling[:, t] * scale[:, t] ** 2, by_waves[t, t])
            for t in range(len(found))
        ]
    )
    covariance = _together(missed * scale, extra_sd, by_waves)
    variance = np.nanmean(sampling, axis=0)
    whole, narrowed = np.nanvar(y, axis=0), np.sqrt(np.mean(scale**-2, axis=0))
    quality = pd.DataFrame(
        {
            "target": [target.id for target in answers.targets],
            "degree": [one.degree for one in found],
            "parameters": [len({j for term in one.terms for j in term}) for one in found],
            "explained": 1 - np.nanmean(missed**2, axis=0) / np.where(whole > 0, whole, 1.0),
            "missed_sd": np.sqrt(np.nanmean(missed**2, axis=0)),
            "sampling_sd": np.sqrt(variance),
            "extra_sd": extra_sd * narrowed,
            "wave_gain": gains * narrowed,
        }
    )
    heard = waves.heard if waves else np.zeros(len(found), dtype=bool)
    loudness, spread = (place[waves.parameter], place[waves.spread]) if waves else (None, None)
    return Emulator(
        used, tuple(terms), weights, extra_sd, variance, covariance, gains, heard, loudness, spread, quality
    )


def _candidates(
    x: Floats, y: Floats, columns: tuple[int, ...], fold: Ints, there: Bools, judged: Bools
) -> Iterator[tuple[float, Polynomial]]:
    """Polynomials of every degree and penalty, each with its mean squared error out of fold."""
    folds = np.unique(fold)
    for degree in DEGREES if columns else (_LINEAR,):
        terms: tuple[Term, ...] = ((), *terms_of(columns, degree))
        if degree > _LINEAR and len(terms) > there.sum() / 2:
            continue
        a = features(x, terms)
        sums = [_sums(a[there & (fold == k)], y[there & (fold == k)]) for k in folds]
        whole = _sums(a[there], y[there])
        for penalty in PENALTIES if columns else PENALTIES[:1]:
            error = 0.0
            for k, (square, product) in zip(folds, sums, strict=True):
                out = judged & (fold == k)
                error += float(
                    ((y[out] - a[out] @ _ridge(whole[0] - square, whole[1] - product, penalty)) ** 2).sum()
                )
            yield error, Polynomial(degree, terms, _ridge(*whole, penalty))


def _sums(a: Floats, y: Floats) -> tuple[Floats, Floats]:
    return a.T @ a, a.T @ y


def _ridge(square: Floats, product: Floats, penalty: float) -> Floats:
    """Weights of the terms, the first of which is 1 and goes free of penalty; shape (terms,).

    Closed form, because leaving each fold out is then a subtraction.
    """
    loaded = square + penalty * np.diag(np.arange(len(square)) > 0)
    return np.asarray(np.linalg.solve(loaded, product))


def _sampling(answers: Answers, t: int, expected: Floats) -> Floats:
    """Variance on the linked scale that the sampling of the world's virtual respondents makes; shape (worlds,)."""
    if answers.targets[t].likelihood is not Likelihood.BINOMIAL:
        return np.zeros(len(expected))
    share = np.clip(expit(expected), 1e-3, 1 - 1e-3)
    # With a half added to either side, the empirical logit varies a little less than 1 / (n p q).
    return np.asarray(1 / (answers.n[:, t] * share * (1 - share) + 1))


def _gains(missed: Floats, sampling: Floats, near: Bools, waves: Waves) -> Floats:
    """How much a wave's effect moves each linked answer: the slope of what is missed, squared, on the spread of waves, squared;
    within the waves of points, because the rest of what is missed differs between them. Shape (targets,).
    """
    gains = np.zeros(missed.shape[1])
    for t in np.flatnonzero(np.diag(waves.together) > 0):
        product, square = 0.0, 0.0
        for group in (near, ~near):
            there = group & np.isfinite(missed[:, t])
            if not there.any():
                continue
            weight = 1 / (sampling[there, t] + np.mean(missed[there, t] ** 2)) ** 2
            loud, left = waves.sd[there] ** 2, missed[there, t] ** 2 - sampling[there, t]
            loud, left = (a - np.average(a, weights=weight) for a in (loud, left))
            product += float(weight @ (loud * left))
            square += float(weight @ loud**2)
        gains[t] = np.sqrt(max(product / square, 0.0)) if square > 0 else 0.0
    return gains


def _extra(missed: Floats, sampling: Floats, by_waves: float = 0.0) -> float:
    """SD of what is missed beyond sampling and waves; worlds where sampling is loud count for less."""
    there = np.isfinite(missed) & np.isfinite(sampling)
    weight = 1 / (sampling[there] + np.mean(missed[there] ** 2)) ** 2
    variance = float(np.average(missed[there] ** 2 - sampling[there], weights=weight)) - by_waves
    return float(np.sqrt(max(variance, LEAST_SD**2)))


def _together(missed: Floats, extra_sd: Floats, by_waves: Floats) -> Floats:
    """Covariance of what is missed beyond sampling and waves, shape (targets, targets).

    Sampling is each figure's own, so that what two figures have in common is no part of it. The covariance is drawn towards
    independence as far as few worlds ask for (Ledoit and Wolf 2004), and its correlation made positive definite: what waves do is
    estimated, and taking off too much would leave directions in which hardly anything seems to be missed.

    Parameters
    ----------
    missed : array, shape (worlds, targets)
        Where persons are spread by 1; NaN where there is no answer.
    extra_sd : array, shape (targets,)
    by_waves : array, shape (targets, targets)
        Covariance that waves make.
    """
    from sklearn.covariance import ledoit_wolf

    there = np.isfinite(missed)
    filled = np.where(there, missed, 0.0)
    shrinkage = float(ledoit_wolf(filled / np.maximum(filled.std(axis=0), LEAST_SD))[1])
    both = np.maximum(there.T.astype(float) @ there, 1.0)
    common = (1 - shrinkage) * (filled.T @ filled) / both - by_waves
    moved = extra_sd > LEAST_SD  # where next to nothing is missed, nothing goes together
    correlation = np.where(np.outer(moved, moved), np.clip(common / np.outer(extra_sd, extra_sd), -1, 1), 0.0)
    np.fill_diagonal(correlation, 1.0)
    values, vectors = np.linalg.eigh(correlation)
    mended = (vectors * np.maximum(values, _LEAST_EIGENVALUE)) @ vectors.T
    sd = extra_sd / np.sqrt(np.diag(mended))
    return np.asarray(mended * np.outer(sd, sd))
