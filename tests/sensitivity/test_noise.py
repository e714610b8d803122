from __future__ import annotations

import numpy as np
import pytest

from sim.sensitivity.noise import split


def test_the_split_of_a_table_worked_out_by_hand() -> None:
    # two points, two worlds: means of points 1 and 3, of worlds 1.5 and 2.5, the rest nothing
    found = split(np.array([[0.5, 1.5], [2.5, 3.5]]))
    assert (found.parameters, found.luck, found.interplay) == pytest.approx((2.0, 0.5, 0.0))
    assert found.share("parameters") == pytest.approx(0.8)


def test_components_are_recovered_from_many_points() -> None:
    rng = np.random.default_rng(1)
    parameters = rng.normal(0, 2, (4000, 1))
    outputs = parameters + rng.normal(0, 1, (4000, 12))
    found = split(outputs)
    assert found.parameters == pytest.approx(4.0, rel=0.1)
    assert found.luck == pytest.approx(0.0, abs=0.01)
    assert found.interplay == pytest.approx(1.0, rel=0.05)


def test_luck_that_all_points_share_is_not_the_parameters_doing() -> None:
    rng = np.random.default_rng(1)
    outputs = np.zeros((50, 1)) + rng.normal(0, 1, (1, 200))
    found = split(outputs)
    assert found.share("luck") == pytest.approx(1.0)
    assert found.share("parameters") == 0.0


def test_one_world_cannot_tell_parameters_from_luck() -> None:
    assert np.isnan(split(np.arange(5.0)[:, None]).parameters)


def test_a_point_with_a_missing_run_is_left_out() -> None:
    outputs = np.array([[0.5, 1.5], [np.nan, 7.0], [2.5, 3.5]])
    assert split(outputs).n_points == 2


def test_nothing_varies_has_no_shares() -> None:
    assert np.isnan(split(np.ones((3, 3))).share("luck"))
