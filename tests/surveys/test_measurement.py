from __future__ import annotations

import numpy as np
import pytest

from sim.surveys.measurement import agreeing, noise, seen, steps

THRESHOLDS = (-2.0, -1.0, 0.0, 1.2)


def test_a_half_is_seen_in_the_middle_and_the_ends_stay_finite() -> None:
    found = seen(np.array([0.5, 0.731058578630005, 0.0, 1.0]), 0.02)
    np.testing.assert_allclose(found, [0, 1, np.log(0.02 / 0.98), np.log(0.98 / 0.02)])


def test_answers_fall_into_five_steps_by_the_thresholds() -> None:
    answers = np.array([-2.5, -2.0, -1.5, -1.0, -0.1, 0.0, 1.1, 1.2, 9.0])
    assert steps(answers, THRESHOLDS).tolist() == [1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_the_top_two_steps_count_as_agreeing() -> None:
    assert agreeing(np.array([1, 2, 3, 4, 5])).tolist() == [False, False, False, True, True]


def test_noise_mixes_a_persons_leaning_with_each_answers_own() -> None:
    leaning, own = np.array([1.0, 0.0]), np.array([[0.0, 1.0], [0.0, 1.0]])
    found = noise(leaning, own, 2.0, 0.36)
    np.testing.assert_allclose(found, [[1.2, 2.8], [0.0, 1.6]])


def test_noise_has_the_persons_spread_whatever_part_is_leaning() -> None:
    rng = np.random.default_rng(1)
    leaning, own = rng.normal(size=100_000), rng.normal(size=(100_000, 1))
    for share in (0.0, 0.3, 1.0):
        assert noise(leaning, own, 1.5, share).std() == pytest.approx(1.5, rel=0.02)
