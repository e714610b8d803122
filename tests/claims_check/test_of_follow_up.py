"""What is read among those just drawn."""

from __future__ import annotations

import numpy as np
import pytest

from sim.claims_check.of_follow_up import OF_FOLLOW_UP, _swings
from sim.model import SchemeModel
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Phase
from sim.state import State


@pytest.fixture
def drawn() -> State:
    """The country in the spring of a draw."""
    model = SchemeModel("voluntary", rng=1, scale=0.5, start=2020)
    model.step()
    return model.state


def read(name: str, state: State) -> float:
    return OF_FOLLOW_UP[name][0](state)


def test_figures_swing_between_years_and_between_indicators() -> None:
    """Two years by two indicators: all got in one year is the most that years can swing, and indicators stand alike."""
    possible = np.ones((2, 2))
    assert _swings(np.array([[1.0, 1.0], [0.0, 0.0]]), possible) == pytest.approx((1 + 0) / 2)
    assert _swings(np.array([[1.0, 0.0], [1.0, 0.0]]), possible) == pytest.approx((0 + 1) / 2)
    assert _swings(np.full((2, 2), 0.5), possible) == 0


def test_the_two_draws_are_held_against_each_other_among_those_just_drawn(drawn: State) -> None:
    f = drawn[FollowUpOwners]
    now = f.last_draw_year == 2020
    assert {DrawKind.AVERAGE, DrawKind.SPREAD} <= set(f.kind[now].tolist())
    f.doubt[:], f.legitimacy[:] = 1.0, 0.0
    f.doubt[now], f.legitimacy[now] = 0.3, 0.6
    by_spread = now & (f.kind == DrawKind.SPREAD)
    f.doubt[by_spread], f.legitimacy[by_spread] = 0.5, 0.5
    assert read("doubt of those drawn by spread", drawn) == pytest.approx(0.5 - 0.3)
    assert read("legitimacy among those drawn by average", drawn) == pytest.approx(0.6 - 0.5)


def test_effort_is_that_of_the_pre_phase(drawn: State) -> None:
    f = drawn[FollowUpOwners]
    assert np.isnan(read("effort of newcomers", drawn))
    now = np.flatnonzero((f.last_draw_year == 2020) & (f.kind == DrawKind.AVERAGE))
    f.phase[now], f.times_drawn[now], f.effort[now] = Phase.PREPHASE, 1, 0.7
    f.times_drawn[now[0]], f.effort[now[0]] = 2, 0.4
    assert read("effort of newcomers", drawn) == pytest.approx(0.7 - 0.4)
    other = f.last_draw_year == 2020
    other[now] = False
    f.phase[other], f.effort[other] = Phase.PREPHASE, 0.1
    mean = (0.7 * (len(now) - 1) + 0.4) / len(now)
    assert read("effort of those drawn by average", drawn) == pytest.approx(mean - 0.1)


def test_who_swings_least_finds_it_most_right(drawn: State) -> None:
    register, f = drawn[DrawRegister], drawn[FollowUpOwners]
    rows = np.flatnonzero(register.drawn != DrawKind.NONE)
    swing = np.array([_swings(register.points[row], register.possible[row]) for row in rows])
    f.legitimacy[register.successor[rows]] = 0.9 - 0.5 * swing
    assert read("legitimacy where grounds don't swing", drawn) == pytest.approx(1)


def test_who_is_above_the_limit_in_the_last_year_finds_it_less_right(drawn: State) -> None:
    register, f = drawn[DrawRegister], drawn[FollowUpOwners]
    rows = np.flatnonzero(register.drawn == DrawKind.AVERAGE)
    register.points[rows] = register.possible[rows]
    register.points[rows[:2], 0] = 0
    assert (register.possible[rows[:2], 0].sum(axis=1) > 0).all()
    f.legitimacy[register.successor[rows]] = 0.6
    f.legitimacy[register.successor[rows[:2]]] = 0.45
    assert read("legitimacy where the last year is no better", drawn) == pytest.approx(0.6 - 0.45)
