from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from sim.calibration.answers import Answers
from sim.calibration.emulator import LEAST_SD, Waves, features, fit_emulator, polynomials, terms_of
from sim.calibration.likelihood import noise_covariance
from sim.calibration.targets import Target
from sim.randomness import Streams

N = 2000


def test_terms_are_lines_then_squares_and_products_then_cubes() -> None:
    assert terms_of((4, 2), 1) == ((4,), (2,))
    assert terms_of((4, 2), 2) == ((4,), (2,), (4, 4), (2, 2), (2, 4))
    assert terms_of((4,), 3) == ((4,), (4, 4), (4, 4, 4))


def test_features_are_products_of_columns() -> None:
    x = np.array([[2.0, 3.0], [5.0, 7.0]])
    assert features(x, ((), (0,), (0, 1), (1, 1, 1))).tolist() == [[1, 2, 6, 27], [1, 5, 35, 343]]


def test_a_polynomial_is_found_again_and_an_amount_s_noise_is_what_is_missed(
    targets: dict[str, Target],
) -> None:
    x = Streams(1).normal("x", 0, np.arange(N), per=3)
    noise = Streams(1).normal("e", 0, np.arange(N))
    y = 1 + 2 * x[:, 0] - 0.5 * x[:, 0] * x[:, 1] + 0.3 * noise
    answers = Answers((targets["amount"],), np.arange(N), np.exp(y)[:, None], np.ones((N, 1)))
    near = np.ones(N, dtype=bool)
    (found,) = polynomials(x, answers.linked, ((0, 1),), np.arange(N) % 5, near)
    emulator = fit_emulator(answers, [found], found.at(x)[:, None], near)
    grid = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    assert emulator.parameters.tolist() == [0, 1]
    assert emulator.mean(grid, np.ones(3))[:, 0] == pytest.approx([1, 3, 2.5], abs=0.05)
    assert emulator.extra_sd[0] == pytest.approx(0.3, rel=0.06)


def test_the_sampling_of_respondents_is_no_error_of_the_emulator(targets: dict[str, Target]) -> None:
    n, shift = 200, 0.4
    logit = shift * Streams(2).normal("extra", 0, np.arange(N))
    u = Streams(2).uniform("agree", 0, np.arange(N), per=n)
    share = (u < expit(logit)[:, None]).mean(axis=1)
    answers = Answers((targets["owners_t1"],), np.arange(N), share[:, None], np.full((N, 1), float(n)))
    x, near = np.zeros((N, 1)), np.ones(N, dtype=bool)
    (found,) = polynomials(x, answers.linked, ((),), np.arange(N) % 5, near)
    emulator = fit_emulator(answers, [found], found.at(x)[:, None], near)
    # Sampling alone gives 1 / sqrt(200 x 0.25) = 0.14; what is left is the shift.
    assert emulator.quality["sampling_sd"][0] == pytest.approx(0.14, abs=0.005)
    assert emulator.extra_sd[0] == pytest.approx(shift, rel=0.08)
    assert emulator.sampling[0] == pytest.approx(0.14**2, rel=0.08)
    assert emulator.covariance[0, 0] == pytest.approx(shift**2, rel=0.16)


def test_no_emulator_is_held_to_be_exact(targets: dict[str, Target]) -> None:
    x = Streams(1).normal("x", 0, np.arange(100), per=1)
    answers = Answers((targets["amount"],), np.arange(100), np.exp(x), np.ones((100, 1)))
    near = np.ones(100, dtype=bool)
    (found,) = polynomials(x, answers.linked, ((0,),), np.arange(100) % 5, near)
    assert fit_emulator(answers, [found], found.at(x)[:, None], near).extra_sd[0] == LEAST_SD


def test_what_a_wave_does_is_told_apart_from_all_else_and_falls_with_the_spread_of_persons(
    targets: dict[str, Target],
) -> None:
    draws = Streams(3).normal("luck", 0, np.arange(8 * N), per=3)
    sd, persons = np.resize([0.0, 0.2, 0.4], 8 * N), np.resize([0.6, 1.2, 1.2, 2.4], 8 * N)
    x = Streams(3).normal("x", 0, np.arange(8 * N), per=3)
    wave, own = (sd * draws[:, 0])[:, None], 0.2 * draws[:, 1:]
    # Both are moved by the same wave, one more than the other, and by what is looked at.
    linked = (0.5 * x[:, :1] + np.array([0.8, 0.5]) * wave + own) / persons[:, None]
    answers = Answers((targets["amount"],) * 2, np.arange(8 * N), np.exp(linked), np.ones((8 * N, 2)))
    near, fold = np.ones(8 * N, dtype=bool), np.arange(8 * N) % 5
    waves = Waves(1, 2, sd, persons, np.ones((2, 2)))
    found = polynomials(x, answers.linked * waves.scale, ((0,), (0,)), fold, near)
    expected = np.stack([one.at(x) for one in found], axis=1)
    emulator = fit_emulator(answers, found, expected, near, waves)
    assert emulator.gains == pytest.approx([0.8, 0.5], rel=0.1)
    assert emulator.extra_sd == pytest.approx([0.2, 0.2], rel=0.08)
    assert (emulator.parameters.tolist(), emulator.loudness, emulator.spread) == ([0, 1, 2], 1, 2)
    at = np.ones((2, 3)) * [2.0, 0.0, 0.0]
    assert emulator.mean(at, np.array([0.5, 2.0]))[:, 0] == pytest.approx([2.0, 0.5], rel=0.03)
    loud = emulator.missed(np.array([0.4, 0.4]), np.array([1.0, 2.0]))[:, 0]
    assert loud == pytest.approx([np.hypot(0.32, 0.2), np.hypot(0.16, 0.1)], rel=0.08)
    # What is left has nothing in common; with the wave it is 0.8 x 0.5 x the mean square of 0.067 of the spread of waves.
    assert emulator.covariance[0, 1] == pytest.approx(0.0, abs=0.004)


def test_what_two_figures_have_in_common_falls_with_the_spread_of_persons_and_their_sampling_does_not(
    targets: dict[str, Target],
) -> None:
    n, persons = 200, np.resize([0.6, 2.4], 4 * N)
    draws = Streams(4).normal("luck", 0, np.arange(4 * N), per=3)
    own = 0.3 * (np.sqrt(0.8) * draws[:, :1] + np.sqrt(0.2) * draws[:, 1:])  # go together by 0.8
    u = Streams(4).uniform("agree", 0, np.arange(4 * N), per=2 * n).reshape(4 * N, 2, n)
    share = (u < expit(own / persons[:, None])[:, :, None]).mean(axis=2)
    two = (targets["owners_t1"],) * 2
    answers = Answers(two, np.arange(4 * N), share, np.full((4 * N, 2), float(n)))
    waves = Waves(1, 2, np.zeros(4 * N), persons, np.ones((2, 2)))
    near, x = np.ones(4 * N, dtype=bool), np.zeros((4 * N, 3))
    found = polynomials(x, answers.linked * waves.scale, ((), ()), np.arange(4 * N) % 5, near)
    emulator = fit_emulator(answers, found, np.zeros((4 * N, 2)), near, waves)
    for spread in (0.6, 2.4):
        there = np.cov(answers.linked[persons == spread].T)
        told = noise_covariance(two, emulator, 0.0, 0.0, spread)
        assert told[0, 0] == pytest.approx(there[0, 0], rel=0.1)
        assert told[0, 1] == pytest.approx(there[0, 1], abs=0.15 * there[0, 0])
