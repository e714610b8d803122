from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.calibration.answers import Answers
from sim.calibration.observation import NoTest, fit_rows, is_wide, observed_interval, prior_chance
from sim.calibration.targets import Likelihood, Target, for_fitting
from sim.declared import REGISTRY
from sim.experiments.posterior import calibration_folder
from sim.surveys.questionnaire import ECHOES, NOT_COVERED
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


def test_a_sign_is_a_test_only_where_nearly_all_worlds_have_the_same(owners: Target) -> None:
    sign = replace(owners, likelihood=Likelihood.SIGN, value=-1.0, low=-1.0, high=-1.0, unit="sign", n=None)
    toss = row(sign, [-0.1, -0.2, -0.01, 0.3])
    assert (toss["simulated"], toss["no_test"]) == (pytest.approx(-0.5), "wide")
    hit, missed = row(sign, [-0.1] * 97 + [0.3] * 3), row(sign, [0.1] * 97 + [-0.3] * 3)
    assert (hit["inside"], hit["inside_half"], hit["no_test"]) == (True, True, None)
    assert (missed["inside"], missed["inside_half"], missed["no_test"]) == (False, False, None)


def test_an_interval_of_forty_points_is_no_test_and_an_echo_stays_one(owners: Target) -> None:
    assert is_wide(owners, 0.3, 0.71)
    assert not is_wide(owners, 0.3, 0.69)
    # However its chance is reckoned, and a difference of shares too; an amount has no whole.
    share = replace(owners, likelihood=Likelihood.NORMAL, n=None)
    assert is_wide(share, 0.18, 0.86)
    assert is_wide(replace(share, unit="share points"), -0.2, 0.25)
    assert is_wide(replace(owners, unit="count", n=12), 2.0, 7.0)
    assert not is_wide(replace(share, unit="NOK"), 10.0, 20.0)
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


def test_what_the_register_says_of_the_country_outside_the_draw_is_an_echo() -> None:
    # Numbers of inhabitants, pupils and schools are laws fitted to the same registers: no mechanism has a part in them.
    registers = ("_other", "schools_per_municipality")
    of_the_country = {
        t.id for t in for_fitting(calibration_folder()) if any(word in t.id for word in registers)
    }
    assert len(of_the_country) == 13
    assert of_the_country - set(NOT_COVERED) <= set(ECHOES)
    assert [name for name in ECHOES.values() if name not in REGISTRY.by_name] == []


def test_the_prior_s_chance_of_a_figure_counts_what_lies_as_far_out_on_either_side(owners: Target) -> None:
    values = np.linspace(0, 1, 1001)
    assert prior_chance(owners, values) == pytest.approx(2 * 0.38, abs=0.01)
    assert prior_chance(owners, values / 2) < 0.01
    assert np.isnan(prior_chance(owners, np.array([np.nan])))
