"""One fit: from played points to a sample of the posterior. Reads nothing but the points and the figures it is handed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.calibration.answers import Answers
from sim.calibration.emulator import FOLDS, Emulator, Polynomial, Waves, fit_emulator, polynomials
from sim.calibration.likelihood import SurveyLikelihood, discrepancy, shared_wave
from sim.calibration.sampling import Sample, Settings, sample
from sim.calibration.screening import Screened, screen
from sim.calibration.space import Space
from sim.calibration.targets import Target
from sim.surveys.questionnaire import WAVE_SD

PERSON_SD = "survey.person_sd"
"""The parameter that says how far persons are spread who look at the same thing."""

_NUDGE = 0.02
LEAST_NEAR = 150
"""Worlds of the last wave that it takes to judge the emulator by them alone."""


@dataclass(frozen=True)
class Trained:
    """What is known of the model after points have been played: what moves what, and the stand-in."""

    space: Space
    screened: Screened
    emulator: Emulator
    targets: tuple[Target, ...]

    def expected(self, scores: Floats) -> Floats:
        """Expected answers on the linked scale, shape (points, targets), at the scores of the parameters used."""
        x = self.space.standardised(scores, self.emulator.parameters)
        return self.emulator.mean(x, self._value(self.emulator.spread, scores, 1.0))

    def noise(self, draws: Floats) -> tuple[Floats, Floats, Floats]:
        """Discrepancy, spread of waves and that of persons, each of shape (draws,), at draws, shape (draws, parameters used and
        the discrepancy's score).
        """
        waves = self._value(self.emulator.loudness, draws, 0.0)
        return discrepancy(draws[:, -1]), waves, self._value(self.emulator.spread, draws, 1.0)

    def _value(self, column: int | None, scores: Floats, without: float) -> Floats:
        """A parameter at points, shape (points,)."""
        if column is None:
            return np.full(len(scores), without)
        return self.space.value(self.emulator.parameters[column], scores[:, column])

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parameters used."""
        return tuple(self.space.names[j] for j in self.emulator.parameters)


@dataclass(frozen=True)
class Fit:
    """A posterior: the stand-in, the likelihood, and the sample (scores of the parameters used; the discrepancy's last)."""

    trained: Trained
    likelihood: SurveyLikelihood
    sample: Sample

    def log_likelihoods(self, draws: Floats) -> Floats:
        """Logarithm of each figure's chance by itself, shape (draws, targets)."""
        return self.likelihood.parts(self.trained.expected(draws[:, :-1]), *self.trained.noise(draws))[0]

    def diagnostics(self) -> Mapping[str, object]:
        """What tells whether the sample can be trusted."""
        found = self.sample
        return {
            "parameters_emulated": len(self.trained.names),
            "draws": len(found.draws),
            "accepted_share": round(found.accepted, 4),
            "largest_r_hat": round(float(found.r_hat.max()), 4),
            "smallest_effective_draws": round(float(found.effective.min()), 1),
            "discrepancy_mean": round(float(discrepancy(found.draws[:, -1]).mean()), 4),
        }


def train(answers: Answers, scores: Floats, space: Space, seed: int, last_wave_from: int = 0) -> Trained:
    """Screen, and fit the stand-in.

    Parameters
    ----------
    scores : array, shape (points, parameters)
        Of all points, by number.
    last_wave_from : int
        Number of the first point of the last wave, by which the stand-in's error is judged if it is large enough.
    """
    x = space.standardised(scores)
    waves = _waves(answers, scores, space)
    y = answers.linked * (waves.scale if waves else 1.0)
    near = answers.point >= last_wave_from
    if near.sum() < LEAST_NEAR:
        near = np.ones(len(near), dtype=bool)
    everywhere = np.ones(len(near), dtype=bool)
    screened = _screened(x, y, answers, everywhere, space, seed)
    # What is missed is judged by worlds that had no part in it, the choice of parameters included.
    expected = np.full((len(answers.point), len(answers.targets)), np.nan)
    chosen = [set(some) for some in screened.chosen]
    for k in range(FOLDS):
        out = answers.point % FOLDS == k
        without = _screened(x, y, answers, ~out, space, seed)
        chosen = [kept & set(some) for kept, some in zip(chosen, without.chosen, strict=True)]
        found = _fitted(x, y, answers.point, near, ~out, without.chosen)
        expected[out] = np.stack([one.at(x[answers.point[out]]) for one in found], axis=1)
    # A parameter that comes up only with some of the points has come up by chance.
    lasting = screened.only(chosen, space.names)
    found = _fitted(x, y, answers.point, near, everywhere, lasting.chosen)
    emulator = fit_emulator(answers, found, expected, near, waves)
    return Trained(space, lasting, emulator, answers.targets)


def unmoved(answers: Answers, scores: Floats, space: Space, seed: int) -> set[str]:
    """Targets that no parameter is found to move.

    Parameters
    ----------
    scores : array, shape (points, parameters)
        Of all points, by number.
    """
    x = space.standardised(scores)
    found = _screened(x, answers.linked, answers, np.ones(len(answers.point), dtype=bool), space, seed)
    return {target for target, chosen in zip(found.targets, found.chosen, strict=True) if not chosen}


def _waves(answers: Answers, scores: Floats, space: Space) -> Waves | None:
    """What is known of waves in played worlds; None where no figure is moved by them."""
    together = shared_wave(answers.targets)
    if not {WAVE_SD, PERSON_SD} <= set(space.names) or not together.any():
        return None
    loudness, spread = (space.names.index(name) for name in (WAVE_SD, PERSON_SD))
    sd, persons = (space.value(j, scores[answers.point, j]) for j in (loudness, spread))
    return Waves(loudness, spread, sd, persons, together)


def _screened(x: Floats, y: Floats, answers: Answers, inside: Bools, space: Space, seed: int) -> Screened:
    """Screening by some of the worlds."""
    points, rows = np.unique(answers.point[inside], return_inverse=True)
    means = _means(y[inside], rows, len(points))
    return screen(x[points], means, seed, tuple(t.id for t in answers.targets), space.names)


def _fitted(
    x: Floats, y: Floats, point: Ints, near: Bools, inside: Bools, chosen: tuple[tuple[int, ...], ...]
) -> list[Polynomial]:
    """Polynomials fitted to some of the worlds."""
    point = point[inside]
    return polynomials(x[point], y[inside], chosen, point % FOLDS, near[inside])


@dataclass(frozen=True)
class AtScores:
    """The likelihood at scores of the parameters used and of the discrepancy; see `sim.calibration.sampling.Density`."""

    trained: Trained
    likelihood: SurveyLikelihood

    def log(self, scores: Floats) -> Floats:
        """Its logarithm, shape (points,), at scores, shape (points, parameters used and one)."""
        return self.likelihood.log(self.trained.expected(scores[:, :-1]), *self.trained.noise(scores))

    def slope(self, scores: Floats) -> Floats:
        """Slope of the logarithm, same shape as the scores: by way of what is expected, and of the sizes of noise."""
        emulator = self.trained.emulator
        x, rise = self.trained.space.standardised_with_slope(scores[:, :-1], emulator.parameters)
        noise = self.trained.noise(scores)
        expected = emulator.mean(x, noise[-1])
        on_expected = self.likelihood.slope(expected, *noise)
        found = np.zeros_like(scores)
        found[:, :-1] = emulator.slope(x, noise[-1], on_expected) * rise
        here = self.likelihood.log(expected, *noise)
        for column in (emulator.loudness, emulator.spread, -1):
            if column is None:
                continue
            moved = scores.copy()
            moved[:, column] += _NUDGE
            louder = self.trained.noise(moved)
            farther = self.likelihood.log(emulator.mean(x, louder[-1]), *louder)
            found[:, column] += (farther - here) / _NUDGE
        return found


def fitted(trained: Trained, targets: tuple[Target, ...], seed: int, settings: Settings) -> Fit:
    """Sample the posterior given figures for the targets that the stand-in answers."""
    at = AtScores(trained, SurveyLikelihood.of(targets, trained.emulator))
    return Fit(trained, at.likelihood, sample(at, len(trained.names) + 1, seed, settings))


def _means(values: Floats, rows: Ints, n: int) -> Floats:
    """Means over each point's worlds; NaN where no world has a value."""
    there = np.isfinite(values)
    total = np.zeros((n, values.shape[1]))
    count = np.zeros_like(total)
    np.add.at(total, rows, np.where(there, values, 0.0))
    np.add.at(count, rows, there.astype(float))
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
