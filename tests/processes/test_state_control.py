"""ROBEK and supervision: who gets in and out in a year, and that the start is what the years keep."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest

from sim.half_year import Season
from sim.model import SchemeModel
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl, by_income, robek_odds, usual_income
from sim.processes.state_control import begin, complaint_rate, opens, step_in
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.small_world import Dice, parameters, small_world

P = parameters(
    state_control__robek_exit_chance=0.4, state_control__robek_income=1.0, state_control__complaints_per_1000=2.0,
    state_control__complaints_climate=0.5, state_control__complaints_competence=1.0,
    state_control__supervision_entry_chance=0.1, state_control__supervision_exit_chance=0.5,
    society__robek_share=0.2, society__free_income_mean=60_000.0, society__free_income_large=60_000.0,
    society__free_income_small=0.0, society__free_income_sd=0.0,
)  # fmt: skip
S, A = P[Society], P[StateControl]
IN, OUT = "comes into ROBEK or leaves it", "supervision opened or closed"


def test_a_fifth_of_the_municipalities_means_odds_of_a_quarter_and_less_where_incomes_differ() -> None:
    assert robek_odds(S, A) == pytest.approx(0.25)
    assert robek_odds(S, parameters(state_control__robek_rise=2.0)[StateControl]) > robek_odds(
        S, parameters()[StateControl]
    )
    spread = parameters(
        state_control__robek_income=1.0, society__robek_share=0.2, society__free_income_mean=60_000.0,
        society__free_income_large=60_000.0, society__free_income_small=0.0, society__free_income_sd=0.8,
    )  # fmt: skip
    # By the power 2, over logarithms of variance 0.64 around -0.32: exp(2 x 0.32 + 4 x 0.32)
    assert robek_odds(spread[Society], spread[StateControl]) == pytest.approx(0.25 / exp(1.92))


def test_where_few_live_more_comes_in_and_odds_are_as_many_municipalities_would_have_it() -> None:
    p = parameters(state_control__robek_income=1.0, society__robek_share=0.2, society__free_income_sd=0.0)
    society, control = p[Society], p[StateControl]
    assert usual_income(society.free_income_small, society) == pytest.approx(
        society.free_income_large * sqrt(2)
    )
    dice = np.random.default_rng(7)
    persons = np.exp(society.population_log_mean + society.population_log_sd * dice.standard_normal(40_000))
    odds = (
        robek_odds(society, control)
        / by_income.of_columns(usual_income.of_columns(persons, society), society, control) ** 2
    )
    assert odds.mean() == pytest.approx(0.25, rel=0.005)


def test_low_free_income_brings_one_in_and_keeps_one_in() -> None:
    assert by_income(30_000, S, A) == pytest.approx(0.5)
    state = small_world(2020, Season.SPRING)
    owners = state[Municipalities]
    owners.free_income[:], owners.competence[:] = [60_000, 30_000], 0.45
    for luck, expected in (
        (0.09, [1, 1]),
        (0.11, [0, 1]),
        (0.21, [0, 0]),
    ):  # in: 0.4 x 0.25 = 0.1; twice that
        owners.robek[:] = False
        step_in(state, P, Dice({IN: {1101: luck, 4601: luck}}))
        assert owners.robek.tolist() == expected
    for luck, expected in ((0.19, [0, 0]), (0.21, [0, 1]), (0.41, [1, 1])):  # out: 0.4; half of that
        owners.robek[:] = True
        step_in(state, P, Dice({IN: {1101: luck, 4601: luck}}))
        assert owners.robek.tolist() == expected


def test_complaints_grow_with_bullying_and_with_owners_who_follow_up_less() -> None:
    assert complaint_rate(0.0, 0.45, S, A) == pytest.approx(2)
    assert complaint_rate(-1.0, 0.25, S, A) == pytest.approx(2 * exp(0.7))
    assert opens(2.0, A) == pytest.approx(0.1)
    assert opens(4.0, A) == pytest.approx(0.2)
    assert opens(100.0, A) == 1


def test_supervision_is_opened_where_many_complain_and_closed_by_a_chance_of_its_own() -> None:
    state = small_world(2020, Season.SPRING)
    owners, schools = state[Municipalities], state[Schools]
    owners.competence[:], schools.climate[:], owners.free_income[:] = 0.45, 0, 60_000
    schools.climate[2, 2] = -2 * log(2)  # twice the complaints
    for luck, expected in ((0.09, [1, 1]), (0.15, [0, 1]), (0.21, [0, 0])):
        owners.supervised[:] = False
        step_in(state, P, Dice({OUT: {1101: luck, 4601: luck}}))
        assert owners.supervised.tolist() == expected
    owners.supervised[:] = True
    step_in(state, P, Dice({OUT: {1101: 0.49, 4601: 0.51}}))
    assert owners.supervised.tolist() == [False, True]


def test_a_world_begins_with_as_many_under_supervision_as_come_and_go() -> None:
    state = small_world(2020, Season.SPRING)
    owners = state[Municipalities]
    owners.competence[:], state[Schools].climate[:] = 0.45, 0
    begin(state, P, Dice({"under supervision at the start": {1101: 0.16, 4601: 0.17}}))  # 0.1 / 0.6
    assert owners.supervised.tolist() == [True, False]


def test_shares_stand_where_they_began() -> None:
    """Over 16 national worlds and three years; the error of a difference of two shares is about 0.003 and 0.006 there."""
    robek, supervised = [], []
    for world in range(16):
        model = SchemeModel("no_follow_up", rng=3, world=world, scale=1.0, start=2017)
        begun = model.state[Municipalities].robek.mean(), model.state[Municipalities].supervised.mean()
        while model.coming.year < 2020:
            model.step()
        owners = model.state[Municipalities]
        robek.append(owners.robek.mean() - begun[0])
        supervised.append(owners.supervised.mean() - begun[1])
    assert abs(np.mean(robek)) < 3 * 0.003
    assert abs(np.mean(supervised)) < 3 * 0.006
