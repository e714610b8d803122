from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, ndtr, ndtri
from scipy.stats import binomtest

from sim.schemes.decentralised.expectation_state import TieExpectations
from sim.schemes.decentralised.state import DecentralisedSchools, Ties
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state.places import Municipalities
from sim.state.schools import Schools
from sim.surveys import questions as q
from sim.surveys.asking import Answers, agrees_from, put
from sim.surveys.parameters import Survey
from sim.surveys.respondents import Respondents
from tests.small_world import luck
from tests.surveys.small_country import parameters, small_country

ERROR = 1e-6
"""Chance that a test of chance fails although all is well."""


def test_a_half_at_no_difficulty_splits_the_answers_in_half() -> None:
    state, p = small_country(), parameters()
    agree = [put(q.EQUALITY, Respondents.OWNERS, 216, state, p, luck(state, w)).agree for w in range(20)]
    n_agree = int(sum(a.sum() for a in agree))
    assert binomtest(n_agree, 20 * 216, 0.5).pvalue > ERROR


def test_the_share_is_what_latent_role_and_difficulty_call_for() -> None:
    state = small_country()
    state[Ties].equality[:] = expit(0.4)
    p = parameters(perception_owner=0.5, difficulty_equality=0.3, person_sd=2.0)
    agree = [put(q.EQUALITY, Respondents.OWNERS, 216, state, p, luck(state, w)).agree for w in range(20)]
    expected = float(ndtr((0.4 + 2.0 * 0.5 - 0.3) / 2.0))  # 0.709
    assert binomtest(int(sum(a.sum() for a in agree)), 20 * 216, expected).pvalue > ERROR


def test_sampling_error_is_binomial() -> None:
    state, p, n, worlds = small_country(), parameters(), 150, 400
    state[Ties].shared[:] = expit(ndtri(0.7))
    shares = [put(q.SHARED, Respondents.OWNERS, n, state, p, luck(state, w)).share for w in range(worlds)]
    expected = np.sqrt(0.7 * 0.3 / n)
    # The variance of a normal sample has a relative standard error of sqrt(2 / worlds).
    widest = float(ndtri(1 - ERROR / 2) * np.sqrt(2 / worlds))
    assert abs(np.var(shares) / expected**2 - 1) < widest
    assert abs(np.mean(shares) - 0.7) < float(ndtri(1 - ERROR / 2)) * expected / np.sqrt(worlds)


def test_distance_lowers_statements_on_working_together_only() -> None:
    state = small_country()
    near, far = parameters(), parameters(distance=3.0)
    asked = (Respondents.REPRESENTATIVES, 713, state)
    assert put(q.INVOLVED, *asked, far, luck(state)).share < 0.01
    assert put(q.ADAPTED, *asked, far, luck(state)).share == put(q.ADAPTED, *asked, near, luck(state)).share


def test_leaders_who_stand_nearer_answer_more_as_those_in_the_partnership_do() -> None:
    state, p = small_country(), parameters(distance=1.0)
    asked = (Respondents.LEADERS, 150, state, p, luck(state))
    far = put(q.SHARED, *asked).share
    state[DecentralisedSchools].distance[:] = 0.5
    nearer = put(q.SHARED, *asked).share
    state[DecentralisedSchools].distance[:] = 0.0
    assert far < nearer < put(q.SHARED, *asked).share
    assert put(q.SHARED, *asked).share == put(q.SHARED, asked[0], 150, state, parameters(), luck(state)).share


def test_representatives_answer_for_their_own_cooperation_with_the_leader() -> None:
    state, p = small_country(), parameters()
    state[DecentralisedSchools].codetermination[:] = 0.02
    state[Schools].involvement[:] = 0.98
    asked = (Respondents.REPRESENTATIVES, 713, state, p, luck(state))
    assert put(q.CODETERMINED, *asked).share < 0.01
    assert put(q.INVOLVED, *asked).share > 0.99


def test_roles_see_the_same_thing_in_the_order_of_their_perception() -> None:
    state, p = small_country(), parameters(perception_owner=1.0, perception_leader=0.5)
    share = {
        kind: put(q.ADAPTED, kind, 150, state, p, luck(state)).share
        for kind in (Respondents.UH, Respondents.LEADERS, Respondents.REPRESENTATIVES)
    }
    assert share[Respondents.UH] > share[Respondents.LEADERS] > share[Respondents.REPRESENTATIVES]


def test_those_without_an_opinion_are_left_out() -> None:
    state = small_country()
    p = parameters(no_opinion_rep=0.15)
    found = put(q.ADAPTED, Respondents.REPRESENTATIVES, 713, state, p, luck(state))
    assert binomtest(713 - found.n, 713, 0.15).pvalue > ERROR


def test_schools_without_a_measure_have_nothing_to_judge() -> None:
    state, p = small_country(), parameters()
    state[DecentralisedSchools].in_measure[:] = False
    found = put(q.ADAPTED, Respondents.LEADERS, 154, state, p, luck(state))
    assert found.n == 0
    assert np.isnan(found.share)


def test_several_statements_are_answered_one_by_one_and_averaged() -> None:
    state, p = small_country(), parameters()
    state[Ties].together[:, 2], state[Ties].together[:, 3] = 0.0, 1.0
    found = put(q.PLANNED_TOGETHER, Respondents.OWNERS, 218, state, p, luck(state))
    assert found.agree.shape == (218, 2)
    assert found.agree[:, 0].mean() < 0.02
    assert found.agree[:, 1].mean() > 0.98
    assert found.share == pytest.approx(0.5, abs=0.02)


def test_a_fact_is_answered_as_it_is() -> None:
    state = small_country()
    state[FollowUpOwners].last_draw_year[:] = 2022
    state[FollowUpOwners].guide_kept[:] = [True, False, True]
    kept = put(q.GUIDE_KEPT, Respondents.INTERVIEWED, 33, state, parameters(), luck(state))
    assert sorted(kept.agree[:, 0].tolist()) == [False, True, True]
    alone = put(q.ALONE, Respondents.INTERVIEWED, 33, state, parameters(alone_fte=0.5), luck(state))
    assert alone.agree.sum() == 1  # capacities 1.0, 0.4, 0.6


def test_the_same_question_gets_the_same_answer_again() -> None:
    state, p = small_country(), parameters()
    once = put(q.EQUALITY, Respondents.OWNERS, 216, state, p, luck(state))
    again = put(q.EQUALITY, Respondents.OWNERS, 216, state, p, luck(state))
    np.testing.assert_array_equal(once.agree, again.agree)


def test_a_persons_answers_hang_together_by_the_leaning() -> None:
    state = small_country()
    for share, low, high in ((1.0, 0.99, 1.01), (0.0, -0.2, 0.2)):
        p = parameters(leaning_share=share)
        asked = (Respondents.OWNERS, 731, state, p, luck(state))
        a, b = put(q.EQUALITY, *asked).agree[:, 0], put(q.SHARED, *asked).agree[:, 0]
        assert low < np.corrcoef(a, b)[0, 1] < high


def test_load_at_capacity_is_a_toss_up_and_more_load_more_often_named() -> None:
    state, p = small_country(), parameters()
    state[FollowUpOwners].last_draw_year[:] = 2020
    values = q.TIME_SHORT.latent.values(state, p)
    np.testing.assert_allclose(values, 0.5)
    state[Municipalities].load[:] = 3.0
    np.testing.assert_allclose(q.TIME_SHORT.latent.values(state, p), 0.75)


def test_nobody_agreeing_is_a_share_of_nought_and_nobody_answering_is_none() -> None:
    assert Answers(np.zeros((3, 1), dtype=bool)).share == 0
    assert np.isnan(Answers(np.zeros((0, 1), dtype=bool)).share)


def test_the_middle_respondent_agrees_from_where_the_difficulty_less_the_perception_lies() -> None:
    s = parameters(perception_owner=0.5, difficulty_equality=0.3, person_sd=2.0)[Survey]
    level = agrees_from([(q.EQUALITY, Respondents.OWNERS)], s, np.array([0.5])).item()
    assert level == pytest.approx(expit(0.3 - 2.0 * 0.5))
    # Half of the owners agree where the quantity lies there.
    state = small_country()
    state[Ties].equality[:] = level
    p = parameters(perception_owner=0.5, difficulty_equality=0.3, person_sd=2.0)
    agree = [put(q.EQUALITY, Respondents.OWNERS, 216, state, p, luck(state, w)).agree for w in range(20)]
    assert binomtest(int(sum(a.sum() for a in agree)), 20 * 216, 0.5).pvalue > ERROR


def test_who_has_come_to_expect_more_agrees_less() -> None:
    state = small_country()
    state[Ties].equality[:], state[TieExpectations].expected_equality[:] = expit(1.0), expit(0.8)
    p = parameters(expectation_strength=0.5)
    agree = [put(q.EQUALITY, Respondents.OWNERS, 216, state, p, luck(state, w)).agree for w in range(20)]
    expected = float(ndtr(1.0 - 0.5 * 0.8))  # 0.726
    assert binomtest(int(sum(a.sum() for a in agree)), 20 * 216, expected).pvalue > ERROR


def test_who_expects_nothing_yet_takes_what_is_for_granted() -> None:
    state = small_country()
    state[Ties].equality[:] = expit(1.0)
    p = parameters(expectation_strength=0.5)
    agree = [put(q.EQUALITY, Respondents.OWNERS, 216, state, p, luck(state, w)).agree for w in range(20)]
    assert binomtest(int(sum(a.sum() for a in agree)), 20 * 216, float(ndtr(0.5))).pvalue > ERROR


def test_a_wave_moves_all_answers_to_a_battery_alike() -> None:
    state, still, moved = small_country(), parameters(), parameters(wave_sd=3.0)
    shifts = []
    for world in range(30):
        for question in (q.EQUALITY, q.SHARED, q.FORUM):
            kind = Respondents.FORUM if question is q.FORUM else Respondents.OWNERS
            one = [put(question, kind, 150, state, p, luck(state, world)).share for p in (moved, still)]
            shifts.append(np.sign(one[0] - one[1]))
    signs = np.array(shifts).reshape(30, 3)
    assert (signs[:, 0] == signs[:, 1]).mean() > 0.9  # one battery
    assert 0.2 < (signs[:, 0] == signs[:, 2]).mean() < 0.8  # another


def test_the_top_step_alone_is_counted_where_that_is_reported() -> None:
    state, p = small_country(), parameters()
    f = state[FollowUpOwners]
    f.last_draw_year[:], f.guided[:], f.effort[:], f.takes_over[:] = 2022, True, 0.5, 0.0
    agree = [
        put(q.WORKED_CLOSELY, Respondents.OWNERS_2022, 3, state, p, luck(state, w)).agree for w in range(400)
    ]
    expected = float(ndtr(-1.2))  # 0.115: the last threshold lies at 1.2
    assert binomtest(int(sum(a.sum() for a in agree)), 3 * 400, expected).pvalue > ERROR
