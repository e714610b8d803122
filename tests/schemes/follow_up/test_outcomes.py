"""What is asked of the follow-up scheme, read off states made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.outcomes.outcome import Gather
from sim.schemes.follow_up import outcomes
from sim.schemes.follow_up.dialogue import meet
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.implementation import carry_out
from sim.schemes.follow_up.outcomes import OUTCOMES
from sim.schemes.follow_up.phases import give
from sim.schemes.follow_up.prephase import work
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, FollowUpSchools, Phase
from sim.state import State
from sim.state.schools import Schools
from tests.small_world import Dice, filled, parameters, small_world

P = parameters()
NOTHING = [np.nan, np.nan]


def same(found: np.ndarray, expected: list[float]) -> bool:
    return np.array_equal(found, expected, equal_nan=True)


def drawn(*rows: int, year: int = 2022, season: Season = Season.SPRING) -> State:
    """Municipalities in `rows` were drawn in 2022."""
    state = small_world(year, season)
    f = state[FollowUpOwners]
    for row in rows:
        f.phase[row], f.last_draw_year[row], f.times_drawn[row] = Phase.DIALOGUE, 2022, 1
    return state


def test_who_declines_is_counted_in_the_spring_of_the_draw() -> None:
    state = drawn(0, 1)
    # Nobody feels obliged: 0.03 x 2 x (1 - legitimacy of 0.75) = 0.015
    meet(
        state, parameters(follow_up__felt_pressure=0.0), Dice({"owner declines": {1101: 0.014, 4601: 0.016}})
    )
    assert same(outcomes.declined(state, P), [1, 0])
    assert same(outcomes.returns(state, P), [0, 0])


def test_one_who_declined_an_earlier_draw_does_not_count_in_this_one() -> None:
    state = drawn(1)
    state[FollowUpOwners].declined[0], state[FollowUpOwners].last_draw_year[0] = True, 2020
    assert same(outcomes.declined(state, P), [0, 0])


def test_returns_are_those_of_this_draw_who_were_drawn_before() -> None:
    state = drawn(1)
    state[FollowUpOwners].times_drawn[:] = [3, 2]
    state[FollowUpOwners].last_draw_year[0] = 2020  # drawn three times, but not this year
    assert same(outcomes.returns(state, P), [0, 1])


@pytest.mark.parametrize(
    ("year", "season"), [(2022, Season.AUTUMN), (2023, Season.SPRING), (2021, Season.SPRING)]
)
def test_where_no_draw_was_held_there_is_nothing_to_count(year: int, season: Season) -> None:
    state = drawn(0, 1, year=year, season=season)
    state[FollowUpOwners].declined[:], state[FollowUpOwners].times_drawn[:] = True, 2
    assert same(outcomes.declined(state, P), NOTHING)
    assert same(outcomes.returns(state, P), NOTHING)


def test_those_in_pre_phase_or_implementation_take_part() -> None:
    state = small_world()
    state[FollowUpOwners] = filled(FollowUpOwners, 5, phase=list(Phase))
    assert outcomes.participates(state, P).tolist() == [0, 0, 1, 1, 0]


def both_at_work() -> State:
    """The first municipality half a year into its pre-phase, the second into implementation, both with a legitimacy of 0.5."""
    state = small_world()
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.phase[:], f.half_years[:], f.legitimacy[:] = [Phase.PREPHASE, Phase.IMPLEMENTATION], 1, 0.5
    fs.stage[:], fs.acceptance[:] = 1.7, 0.6
    for process in (give, work, carry_out):
        process(state, P, Dice())
    return state


def test_money_pays_the_guides_of_the_pre_phase_and_the_rest_of_half_a_year_s_grant_the_measures() -> None:
    assert outcomes.money_nok(both_at_work(), P).tolist() == [125_000, 32_375_000]
    state = small_world()
    state[FollowUpOwners].phase[1] = Phase.PREPHASE
    give(state, P, Dice())
    assert outcomes.money_nok(state, P).tolist() == [0, 125_000]


def test_hours_are_those_of_guides_owner_and_teachers() -> None:
    # Effort 0.5 with a load of 1. Pre-phase: 125 hours of guides and 75 x 0.5 of the owner. Implementation: 60 x 0.5 of the
    # owner; half a year further is 2.2 years, degree 0.48954 (see test_implementation), of 6 hours of each of four teachers.
    assert outcomes.hours(both_at_work(), P) == pytest.approx([125 + 37.5, 30 + 24 * 0.48954], abs=1e-3)
    assert outcomes.hours(small_world(), P).tolist() == [0, 0]


def test_hours_and_money_read_off_are_copies() -> None:
    state = both_at_work()
    for measure in (outcomes.hours, outcomes.money_nok):
        before = measure(state, P).copy()
        measure(state, P)[:] = -1
        assert np.array_equal(measure(state, P), before)


def test_pupils_are_reached_where_the_municipality_is_in_the_scheme() -> None:
    state = small_world()
    state[FollowUpOwners].phase[:] = [Phase.IMPLEMENTATION, Phase.DIALOGUE]
    # Seven grades and three of 20 pupils each
    assert outcomes.pupils_reached(state, P).tolist() == [200, 0]


def test_views_and_effort_are_those_of_owners_in_the_scheme() -> None:
    state = small_world()
    f = state[FollowUpOwners]
    f.phase[1] = Phase.PREPHASE
    f.legitimacy[:], f.stigma[:], f.felt_voluntariness[:], f.effort[:] = 0.5, 0.3, 0.1, 0.4
    assert same(outcomes.legitimacy(state, P), [np.nan, 0.5])
    assert same(outcomes.stigma(state, P), [np.nan, 0.3])
    assert same(outcomes.felt_voluntariness(state, P), [np.nan, 0.1])
    assert same(outcomes.effort(state, P), [np.nan, 0.4])


def test_acceptance_is_weighted_by_posts_and_nothing_where_the_draw_is_a_trauma() -> None:
    state = small_world()
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.phase[0] = Phase.PREPHASE
    fs.acceptance[:] = [0.8, 0.4, 0.9]
    # Five posts and three: (5 x 0.8 + 3 x 0.4) / 8
    assert outcomes.school_acceptance(state, P)[0] == pytest.approx(0.65)
    fs.trauma[1] = True
    assert outcomes.school_acceptance(state, P)[0] == pytest.approx(0.5)
    assert np.isnan(outcomes.school_acceptance(state, P)[1])
    assert state[Schools].n_teachers.tolist() == [5, 3, 4]


@pytest.mark.parametrize(
    ("picked", "rate"),
    [([], np.nan), ([2], 1.0), ([0], 0.0), ([2, 4], 1.0), ([2, 0], 0.5), ([0, 1, 3], 1 / 3), ([0, 1], 0.0)],
)
def test_the_draw_hits_those_in_greatest_need(picked: list[int], rate: float) -> None:
    state = small_world()
    # From the greatest need: rows 2, 4, 3, 1, 0
    state[DrawRegister] = register = filled(DrawRegister, 5, true_need=[-1.0, -0.5, 2.0, 0.3, 1.1])
    for place, row in enumerate(picked):
        register.drawn[row] = DrawKind.SPREAD if place % 2 else DrawKind.AVERAGE
    assert outcomes.hit_rate(state, P) == pytest.approx([rate], nan_ok=True)


def test_outcomes_read_and_never_write() -> None:
    state = both_at_work()
    state[DrawRegister] = DrawRegister.blank(0)
    before = state.copy()
    for outcome in OUTCOMES:
        assert outcome.measure(state, P).shape == ((1,) if outcome.gather is Gather.NATION else (2,))
    for table, untouched in zip(state, before, strict=True):
        for name, values in table.arrays().items():
            assert np.array_equal(values, untouched.arrays()[name]), name


def test_a_draw_is_held_against_results_and_against_what_owners_lack() -> None:
    state = small_world(2022, Season.SPRING)
    state[DrawRegister] = register = DrawRegister.blank(5)
    register.drawn[[0, 1]] = DrawKind.AVERAGE, DrawKind.SPREAD
    register.true_need[:] = [3, 2, 1, 0, -1]
    register.shortfall[:] = [-1, 2, 1, 0, 1]
    assert outcomes.hit_rate(state, P).tolist() == [1]
    assert outcomes.owner_hit_rate(state, P).tolist() == [0.5]  # first by it are the second and the third
    register.drawn[:] = DrawKind.NONE
    assert same(outcomes.owner_hit_rate(state, P), [np.nan])
