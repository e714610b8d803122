from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.calibration.answers import Answers
from sim.calibration.observation import NoTest, fit_rows, is_wide, observed_interval, prior_chance
from sim.calibration.targets import Likelihood, Target, for_fitting
from tests.calibration.toy_survey import data


@pytest.fixture
def owners(tmp_path: Path) -> Target:
    return for_fitting(data(tmp_path))[0]  # 0.62 of 200


def row(target: Target, values: list[float], **marks: NoTest) -> dict[str, object]:
    answers = Answers(
        (target,), np.arange(len(values)), np.array(values)[:, None], np.full((len(values), 1), 200.0)
    )
    found: dict[str, object] = fit_rows(answers, marks).to_pylist()[0]
    return found


def test_a_sign_is_hit_where_most_worlds_have_it(owners: Target) -> None:
    sign = replace(owners, likelihood=Likelihood.SIGN, value=-1.0, low=-1.0, high=-1.0, unit="sign", n=None)
    assert row(sign, [-0.1, -0.2, -0.01, 0.3])["inside"] is True
    assert row(sign, [-0.1, 0.2, 0.01, 0.3])["inside"] is False
    assert row(sign, [-0.1, -0.2, -0.01, 0.3])["simulated"] == pytest.approx(-0.5)


def test_an_interval_of_forty_points_is_no_test_and_an_echo_stays_one(owners: Target) -> None:
    assert is_wide(owners, 0.3, 0.71)
    assert not is_wide(owners, 0.3, 0.69)
    assert row(owners, list(np.linspace(0.1, 0.9, 99)))["no_test"] == "wide"
    near = list(np.linspace(0.6, 0.7, 99))
    assert row(owners, near)["no_test"] is None
    assert row(owners, near, owners_t1=NoTest.ECHO)["no_test"] == "echo"
    assert (row(owners, near)["inside"], row(owners, near)["inside_half"]) == (
        True,
        False,
    )  # half: 0.625 to 0.675


def test_a_soft_figure_is_observed_with_its_own_spread(owners: Target) -> None:
    soft = replace(
        owners, likelihood=Likelihood.SOFT, value=0.03, low=0.0, high=0.06, unit="pupil SD", n=None
    )
    assert row(soft, [0.0, 0.01, 0.02])["inside_half"] is True  # 0.67 standard deviations away, of 0.031
    assert row(replace(soft, value=0.08, low=0.05, high=0.11), [0.0, 0.01, 0.02])["inside"] is False
    assert observed_interval(soft) == pytest.approx((0.03 - 1.645 * 0.03, 0.03 + 1.645 * 0.03), abs=1e-4)


def test_the_prior_s_chance_of_a_figure_counts_what_lies_as_far_out_on_either_side(owners: Target) -> None:
    values = np.linspace(0, 1, 1001)
    assert prior_chance(owners, values) == pytest.approx(2 * 0.38, abs=0.01)
    assert prior_chance(owners, values / 2) < 0.01
    assert np.isnan(prior_chance(owners, np.array([np.nan])))
