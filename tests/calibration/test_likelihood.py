from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import logit
from scipy.stats import binom, norm

from sim.calibration.emulator import Emulator
from sim.calibration.likelihood import DISCREPANCY, SurveyLikelihood, discrepancy, same_persons, shared_wave
from sim.calibration.targets import Likelihood, Target

NO_ERROR = np.zeros(1)
QUIET = np.zeros(1)  # no wave does anything
PERSONS = np.ones(1)  # are spread by a logit


def likelihood(
    *targets: Target, extra: float = 0.02, correlation: float = 0.0, gain: float = 0.0
) -> SurveyLikelihood:
    n = len(targets)
    covariance = np.full((n, n), correlation * extra**2)
    np.fill_diagonal(covariance, extra**2)
    nothing = np.empty(0, dtype=np.int64)
    emulator = Emulator(
        nothing,
        (),
        np.empty((0, n)),
        np.full(n, extra),
        np.zeros(n),
        covariance,
        np.full(n, gain),
        np.full(n, gain > 0),
        None,
        None,
        pd.DataFrame(),
    )
    return SurveyLikelihood.of(targets, emulator)


def test_a_count_has_its_binomial_chance_where_the_model_knows_the_share(targets: dict[str, Target]) -> None:
    found = likelihood(targets["drawn"]).log(np.array([[logit(0.7)]]), NO_ERROR, QUIET, PERSONS)
    assert np.exp(found[0]) == pytest.approx(binom.pmf(9, 12, 0.7), rel=0.01)  # 0.2397


def test_a_report_in_words_has_the_chance_of_every_count_within_its_wording(
    targets: dict[str, Target],
) -> None:
    found = likelihood(targets["leaders_t1"]).log(np.array([[logit(0.5)]]), NO_ERROR, QUIET, PERSONS)
    within = binom.cdf(96, 200, 0.5) - binom.cdf(83, 200, 0.5)  # 0.42 to 0.48 of 200
    assert np.exp(found[0]) == pytest.approx(within, rel=0.02)


def test_none_of_many_is_a_count_like_any_other(targets: dict[str, Target]) -> None:
    none = replace(targets["drawn"], value=0.0, low=0.0, high=0.0)
    found = likelihood(none).log(np.array([[logit(0.02)]]), NO_ERROR, QUIET, PERSONS)
    assert np.exp(found[0]) == pytest.approx(0.98**12, rel=0.01)


def test_the_chances_of_all_counts_add_up_whatever_the_error(targets: dict[str, Target]) -> None:
    for error in (0.0, 0.27, 0.9):
        total = sum(
            np.exp(
                likelihood(replace(targets["drawn"], value=k, low=k, high=k), extra=0.3).log(
                    np.array([[0.4]]), np.array([error]), QUIET, PERSONS
                )[0]
            )
            for k in range(13)
        )
        assert total == pytest.approx(1, abs=0.01)


def test_error_makes_far_counts_likelier_and_near_ones_less(targets: dict[str, Target]) -> None:
    far = likelihood(replace(targets["drawn"], value=1, low=1, high=1))
    near = likelihood(replace(targets["drawn"], value=6, low=6, high=6))
    at = np.zeros((1, 1))
    assert far.log(at, np.array([0.6]), QUIET, PERSONS)[0] > far.log(at, NO_ERROR, QUIET, PERSONS)[0]
    assert near.log(at, np.array([0.6]), QUIET, PERSONS)[0] < near.log(at, NO_ERROR, QUIET, PERSONS)[0]


def test_an_amount_between_two_ends_has_the_normal_chance_between_their_logarithms(
    targets: dict[str, Target],
) -> None:
    found = likelihood(targets["amount"], extra=0.1).log(np.array([[np.log(12.0)]]), NO_ERROR, QUIET, PERSONS)
    between = norm.cdf(np.log(13 / 12) / 0.1) - norm.cdf(np.log(11 / 12) / 0.1)
    assert np.exp(found[0]) == pytest.approx(between, rel=1e-6)


def test_an_exact_amount_has_a_density_and_at_least_has_no_upper_end(targets: dict[str, Target]) -> None:
    exact = replace(targets["amount"], low=12.0, high=12.0)
    found = likelihood(exact, extra=0.1).log(
        np.array([[np.log(12.0)], [np.log(12.0) + 0.1]]), np.zeros(2), np.zeros(2), np.ones(2)
    )
    assert found[0] - found[1] == pytest.approx(0.5)  # one SD off
    at_least = replace(targets["amount"], low=12.0, high=np.inf)
    found = likelihood(at_least, extra=0.1).log(
        np.array([[np.log(12.0)], [np.log(24.0)]]), np.zeros(2), np.zeros(2), np.ones(2)
    )
    assert np.exp(found) == pytest.approx([0.5, 1.0], rel=1e-6)


def test_the_same_news_told_twice_counts_for_less_than_two_pieces_of_news(targets: dict[str, Target]) -> None:
    twice = (replace(targets["amount"], low=12.0, high=12.0), replace(targets["amount"], low=12.0, high=12.0))
    off = np.array([[np.log(12.0)] * 2, [np.log(12.0) + 0.2] * 2])
    apart = likelihood(*twice, extra=0.1).log(off, np.zeros(2), np.zeros(2), np.ones(2))
    tied = likelihood(*twice, extra=0.1, correlation=0.9).log(off, np.zeros(2), np.zeros(2), np.ones(2))
    # Two SD off, twice: 2 x 2 by themselves; z' R^-1 z / 2 = 4 / 1.9 when tied by 0.9.
    assert apart[0] - apart[1] == pytest.approx(4.0, rel=1e-6)
    assert tied[0] - tied[1] == pytest.approx(4 / 1.9, rel=1e-6)


def test_the_discrepancy_is_half_normal_under_its_prior() -> None:
    scores = norm.ppf((np.arange(20000) + 0.5) / 20000)
    found = discrepancy(scores)
    assert (found >= 0).all()
    assert np.mean(found) == pytest.approx(DISCREPANCY * np.sqrt(2 / np.pi), rel=0.01)
    assert np.mean(found**2) == pytest.approx(DISCREPANCY**2, rel=0.02)


def test_what_the_same_persons_say_in_one_wave_shares_its_discrepancy(targets: dict[str, Target]) -> None:
    one = targets["owners_t1"]
    same, later = replace(one, id="b"), replace(one, id="c", wave="2023-spring")
    registered = replace(one, id="d", respondents="registry")
    assert same_persons(one, same)
    assert not same_persons(one, later)
    assert not same_persons(registered, replace(registered, id="e"))
    # Two figures, both a logit too low: likelier if what is wrong of one is wrong of the other.
    astray, error = np.array([[logit(0.62) + 1.0] * 2]), np.array([0.9])
    together = likelihood(one, same).log(astray, error, QUIET, PERSONS)[0]
    assert together > likelihood(one, later).log(astray, error, QUIET, PERSONS)[0]


def test_a_soft_figure_has_its_own_wide_error_and_no_discrepancy(targets: dict[str, Target]) -> None:
    soft = replace(
        targets["amount"], likelihood=Likelihood.SOFT, value=0.03, low=0.0, high=0.06, unit="pupil SD", n=None
    )
    assert soft.linked(np.array([0.06]), np.array([1.0])) == pytest.approx([2.0])
    assert soft.unlinked(np.array([2.0])) == pytest.approx([0.06])
    for error in (0.0, 0.9):
        logs = likelihood(soft, extra=0.5).log(
            np.array([[1.0], [3.0]]), np.full(2, error), np.zeros(2), np.ones(2)
        )
        spread = np.sqrt(0.5**2 + 1)  # what the emulator misses, and the figure's own standard deviation
        assert logs[0] - logs[1] == pytest.approx((2 / spread) ** 2 / 2)


def test_what_a_wave_does_is_common_to_a_set_of_questions_and_widens_by_its_spread(
    targets: dict[str, Target],
) -> None:
    one = replace(targets["owners_t1"], id="equality_owner_t1", respondents="owners")
    other, later = replace(one, id="equality_uh_t1", respondents="uh"), replace(one, id="equality_owner_t3")
    assert shared_wave((one, other, later, targets["amount"])).tolist() == [
        [1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]
    ]  # fmt: skip
    # Both groups a logit too low: far likelier where waves are loud, and then the more so if it is the same wave.
    astray, loud = np.array([[logit(0.62) + 1.0] * 2]), np.array([0.6])
    same, apart = likelihood(one, other, gain=1.0), likelihood(one, later, gain=1.0)
    assert same.log(astray, NO_ERROR, loud, PERSONS)[0] > same.log(astray, NO_ERROR, QUIET, PERSONS)[0] + 5
    assert same.log(astray, NO_ERROR, loud, PERSONS)[0] > apart.log(astray, NO_ERROR, loud, PERSONS)[0]
    # A wave of 0.6 logits and a gain of a half is an error of 0.3, as a discrepancy of 0.3 is.
    alone = likelihood(one, gain=0.5)
    assert alone.log(astray[:, :1], NO_ERROR, loud, PERSONS) == pytest.approx(
        alone.log(astray[:, :1], np.array([0.3]), QUIET, PERSONS)
    )
    # Persons who are spread twice as far hear half of it, and half of what else the emulator misses.
    wide = likelihood(one, extra=0.2, gain=0.5).errors(np.zeros(2), np.full(2, 0.6), np.array([1.0, 2.0]))
    assert wide[:, 0] == pytest.approx([np.hypot(0.2, 0.3), np.hypot(0.1, 0.15)])


def test_a_figure_s_table_is_its_binomial_chance_averaged_over_the_error(targets: dict[str, Target]) -> None:
    z = norm.ppf((np.arange(4000) + 0.5) / 4000)
    for error in (0.1, 0.5, 1.5):
        found = likelihood(targets["drawn"], extra=error).log(
            np.array([[logit(0.6)]]), NO_ERROR, QUIET, PERSONS
        )
        chances = np.asarray(binom.pmf(9, 12, 1 / (1 + np.exp(-(logit(0.6) + error * z)))))
        assert np.exp(found[0]) == pytest.approx(chances.mean(), rel=0.02)
