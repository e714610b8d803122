"""Values of information that can be reckoned: with a normal gain z, knowing z is worth E[max(0, z)] - max(0, E[z])."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from sim.discovery.decision_value import perfect, worth

N = 3000


def reckoned(mean: float, sd: float) -> float:
    return float(sd * norm.pdf(mean / sd) + mean * norm.cdf(mean / sd) - max(0.0, mean))


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 1.0), (0.5, 1.0), (-1.0, 2.0)])
def test_what_knowing_a_normal_gain_is_worth(mean: float, sd: float) -> None:
    rng = np.random.default_rng(1)
    z = rng.normal(mean, sd, N)
    found = worth(z[:, None], z + rng.normal(0, 1, N), seed=1)
    assert found.low <= reckoned(mean, sd) <= found.high + 0.01
    assert found.clear


def test_a_noisy_measurement_is_worth_less_than_an_exact_one() -> None:
    rng = np.random.default_rng(1)
    z = rng.normal(0, 1, N)
    answer = z + rng.normal(0, 1, N)  # half of its variance is noise: E[z | answer] has SD sqrt(1/2)
    found = worth(answer[:, None], z, seed=1)
    assert found.value == pytest.approx(reckoned(0, np.sqrt(0.5)), abs=0.04)


def test_what_says_nothing_is_worth_nothing() -> None:
    rng = np.random.default_rng(1)
    found = worth(rng.normal(size=(N, 1)), rng.normal(0.3, 1, N), seed=1)
    assert found.value == pytest.approx(0.0, abs=0.01)
    assert not found.clear


def test_what_cannot_turn_the_choice_is_worth_exactly_nothing() -> None:
    rng = np.random.default_rng(1)
    z = rng.random(N)
    found = worth(z[:, None], 1 + z, seed=1)  # always better, whatever z
    assert (found.value, found.low, found.high, found.turns) == (0.0, 0.0, 0.0, 0.0)
    assert not found.clear


def test_a_curve_is_followed_where_a_line_would_see_nothing() -> None:
    rng = np.random.default_rng(1)
    z = rng.uniform(-1, 1, N)
    found = worth(z[:, None], z**2 - 1 / 3, seed=1)
    # E[max(0, z^2 - 1/3)] = the integral from 1/sqrt(3) to 1 = 2 / (9 sqrt 3)
    assert found.value == pytest.approx(2 / (9 * np.sqrt(3)), abs=0.01)


def test_luck_is_no_knowledge() -> None:
    rng = np.random.default_rng(1)
    gain = rng.normal(0, 1, (N, 4))  # nothing but luck
    found = perfect(gain, seed=1)
    assert found.low <= 0.0 <= found.high
    # naively taking the better design in each draw would count sd / sqrt(4) * 0.4 = 0.2 as knowledge
    assert abs(found.value) < 0.03


def test_knowing_everything_is_worth_what_can_be_reckoned() -> None:
    rng = np.random.default_rng(1)
    gain = rng.normal(0, 1, (N, 1)) + rng.normal(0, 0.1, (N, 6))
    assert perfect(gain, seed=1).value == pytest.approx(reckoned(0, 1), abs=0.03)


def test_luck_does_not_turn_a_choice_that_the_parameters_would_not() -> None:
    rng = np.random.default_rng(1)
    # Every draw is 0.5 better, and a world's luck twice as large: knowing the draw changes nothing, so it is worth nothing.
    gain = 0.5 + rng.normal(0, 1, (N, 2))
    found = perfect(gain, seed=1)
    # Deciding by the sign of one noisy world would lose P(luck < -0.5) * 0.5 = 0.15 in the mean.
    assert abs(found.value) < 0.005
    assert found.turns < 0.02


def test_one_world_cannot_tell_knowledge_from_luck() -> None:
    assert np.isnan(perfect(np.zeros((100, 1)), seed=1).value)


def test_a_quantity_that_never_varies_is_worth_nothing() -> None:
    gain = np.random.default_rng(1).normal(0.1, 1, N)
    assert worth(np.ones((N, 1)), gain, seed=1).value == 0.0


def test_too_few_draws_say_nothing() -> None:
    assert worth(np.zeros((5, 1)), np.zeros(5), seed=1).n == 0
