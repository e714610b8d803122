from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from sim.arrays import Floats
from sim.calibration.sampling import Settings, approximation, effective, r_hat, sample
from sim.randomness import Streams

SHORT = Settings(steps=160, burned=60, keep=2, ensembles=3)


@dataclass(frozen=True)
class Known:
    """A likelihood whose slope is taken by differences."""

    log: Callable[[Floats], Floats]

    def slope(self, z: Floats) -> Floats:
        steps = 1e-5 * np.eye(z.shape[1])
        return np.stack([(self.log(z + step) - self.log(z - step)) / 2e-5 for step in steps], axis=1)


def normal(z: Floats) -> Floats:
    """One figure: the sum of the first two scores was seen to be 2, give or take a half."""
    return np.asarray(-((z[:, 0] + z[:, 1] - 2) ** 2) / (2 * 0.25))


normal_figure = Known(normal)


def test_a_posterior_known_by_hand_is_found() -> None:
    found = sample(normal_figure, 3, 1, SHORT)
    # Sum ~ N(0, 2) before; after: mean 2 x 2/2.25, variance 2 x 0.25/2.25; the third is not informed.
    total = found.draws[:, 0] + found.draws[:, 1]
    assert total.mean() == pytest.approx(2 * 2 / 2.25, abs=0.03)
    assert total.var() == pytest.approx(2 * 0.25 / 2.25, rel=0.1)
    assert found.draws[:, 2].mean() == pytest.approx(0, abs=0.12)
    assert found.draws[:, 2].std() == pytest.approx(1, rel=0.06)
    assert found.r_hat.max() < 1.03
    assert found.effective.min() > 500
    assert 0.6 < found.accepted < 1
    assert found.log_likelihood.reshape(-1) == pytest.approx(normal(found.draws), abs=1e-9)


def test_the_approximation_is_exact_for_a_normal_posterior() -> None:
    mode, root = approximation(normal_figure, 2)
    precision = np.eye(2) + 4 * np.ones((2, 2))
    assert mode == pytest.approx(np.linalg.solve(precision, [8, 8]), abs=1e-4)
    assert root @ root.T == pytest.approx(np.linalg.inv(precision), abs=1e-3)


def test_a_bent_posterior_is_sampled_though_the_approximation_is_wrong() -> None:
    def ring(z: Floats) -> Floats:
        return np.asarray(-((np.hypot(z[:, 0], z[:, 1]) - 1.5) ** 2) / (2 * 0.01))

    found = sample(Known(ring), 2, 2, Settings(steps=300, burned=60, keep=2, ensembles=2))
    assert np.hypot(*found.draws.T).mean() == pytest.approx(1.5, abs=0.02)
    assert np.abs(found.draws.mean(axis=0)).max() < 0.25  # all around, not on one side


def test_the_same_seed_gives_the_same_draws() -> None:
    short = Settings(steps=60, burned=20, keep=2, ensembles=1)
    first, again = sample(normal_figure, 3, 4, short), sample(normal_figure, 3, 4, short)
    assert np.array_equal(first.chains, again.chains)
    assert not np.array_equal(first.chains, sample(normal_figure, 3, 5, short).chains)


def test_a_funnel_is_sampled_to_its_neck() -> None:
    # The spread of ten scores' error is itself unknown: exp of the first score; seen: all ten at nought.
    def funnel(z: Floats) -> Floats:
        return np.asarray(-(z[:, 1:] ** 2).sum(axis=1) / 2 * np.exp(-2 * z[:, 0]) - 10 * z[:, 0])

    found = sample(Known(funnel), 11, 6, Settings(steps=700, burned=200, keep=2, ensembles=2))
    # Each score is then N(0, v / (1 + v)) with v = exp(2 first), so that the first has a density known in one dimension.
    first = np.linspace(-6, 3, 4001)
    log = -(first**2) / 2 - 5 * np.log1p(np.exp(2 * first))
    weight = np.exp(log - log.max())
    mean = np.average(first, weights=weight)
    assert found.draws[:, 0].mean() == pytest.approx(mean, abs=0.1)
    assert found.draws[:, 0].std() == pytest.approx(
        np.sqrt(np.average((first - mean) ** 2, weights=weight)), rel=0.1
    )


def test_ensembles_that_disagree_are_told() -> None:
    chains = Streams(1).normal("chain", 0, np.arange(4 * 50 * 8)).reshape(4, 50, 8, 1)
    assert r_hat(chains)[0] < 1.01
    chains[0] += 1.0
    assert r_hat(chains)[0] > 1.05


def test_draws_that_hang_together_are_worth_less() -> None:
    fresh = Streams(1).normal("chain", 0, np.arange(2 * 400 * 10)).reshape(2, 400, 10, 1)
    slow = np.empty_like(fresh)
    slow[:, 0] = fresh[:, 0]
    for k in range(1, 400):
        slow[:, k] = 0.9 * slow[:, k - 1] + np.sqrt(1 - 0.81) * fresh[:, k]
    # Autocorrelation 0.9 a step: (1 + 0.9) / (1 - 0.9) = 19 steps to each independent draw.
    assert effective(fresh)[0] == pytest.approx(8000, rel=0.15)
    assert 8000 / 19 / 2 < effective(slow)[0] < 2 * 8000 / 19  # short chains show less of it


def test_what_no_figure_speaks_of_keeps_its_prior_s_spread_in_many_dimensions() -> None:
    found = sample(normal_figure, 20, 3, Settings(steps=120, burned=60, keep=2, ensembles=2))
    spread = found.draws[:, 2:].std(axis=0)
    assert spread.mean() == pytest.approx(1, abs=0.02)
    assert np.abs(found.draws[:, 2:].mean(axis=0)).max() < 0.15
