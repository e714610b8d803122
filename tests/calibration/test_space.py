from __future__ import annotations

import numpy as np
import pytest

from sim.calibration.space import FARTHEST_SCORE, Space
from sim.experiments.parameter_draws import prior_draw
from tests.calibration.toy_survey import REGISTRY

SPACE = Space.of(REGISTRY)


def test_a_score_of_nothing_is_the_middle_of_each_prior() -> None:
    assert SPACE.values(np.zeros((1, 4)))[0] == pytest.approx([0.0, 0.75, 10.0, 1.0], abs=1e-3)


def test_values_stay_within_bounds_however_far_out_the_score() -> None:
    for far in (-50.0, 50.0):
        for value, d in zip(SPACE.values(np.full((1, 4), far))[0], SPACE.declarations, strict=True):
            assert d.bounds is not None
            assert d.bounds[0] <= value <= d.bounds[1]


def test_scores_of_numbered_draws_are_those_of_the_priors() -> None:
    values = SPACE.values(SPACE.prior_scores(7, range(3)))
    expected = [list(prior_draw(REGISTRY, 7, number).values()) for number in range(3)]
    assert values == pytest.approx(np.array(expected), rel=1e-6)


def test_the_emulator_sees_values_with_mean_0_and_sd_1() -> None:
    x = SPACE.standardised(SPACE.prior_design(4000, 1))
    assert x.mean(axis=0) == pytest.approx(np.zeros(4), abs=0.02)
    assert x.std(axis=0) == pytest.approx(np.ones(4), abs=0.02)


def test_a_standardised_value_is_a_straight_line_of_the_value_or_of_its_logarithm() -> None:
    scores = np.linspace(-2, 2, 9)[:, None].repeat(4, axis=1)
    x, values = SPACE.standardised(scores), SPACE.values(scores)
    for j, seen in ((0, values[:, 0]), (1, values[:, 1]), (2, np.log(values[:, 2]))):
        assert np.corrcoef(x[:, j], seen)[0, 1] == pytest.approx(1, abs=1e-5)
    assert SPACE.standardised(scores[:, [1]], np.array([1])) == pytest.approx(x[:, [1]])


def test_a_design_fills_every_part_of_every_prior_once() -> None:
    scores = SPACE.prior_design(50, 3)
    ranks = np.sort(scores, axis=0)
    assert (np.abs(scores) <= FARTHEST_SCORE).all()
    from scipy.special import ndtr

    assert (np.floor(ndtr(ranks) * 50) == np.arange(50)[:, None]).all()
    assert np.array_equal(scores, SPACE.prior_design(50, 3))
    assert not np.array_equal(scores, SPACE.prior_design(50, 4))
