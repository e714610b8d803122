"""Læringsmiljøprosjektet: who goes straight to measures on the learning environment, and what these change."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Bools, Floats
from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.processes import practice
from sim.schemes.follow_up.assumptions import Implementation
from sim.schemes.follow_up.dialogue import meet
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.environment_track import environment_leans
from sim.schemes.follow_up.governors import prephase_length
from sim.schemes.follow_up.implementation import carry_out
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, FollowUpSchools, Phase, Track
from sim.state import State
from sim.state.measurements import Indicator, Measurements
from sim.state.schools import Schools
from tests.schemes.decentralised.whole_country import base, world
from tests.small_world import Dice, parameters, small_world


def both_drawn(*, of_survey: tuple[float, float], of_results: tuple[float, float]) -> State:
    """Both owners drawn this spring, with points of nine in each indicator of the survey, and of the tests and leaving points."""
    state = small_world(2020, Season.SPRING)
    f, register = state[FollowUpOwners], DrawRegister.blank(2)
    f.phase[:], f.last_draw_year[:], f.times_drawn[:] = Phase.DIALOGUE, 2020, 1
    register.successor[:], register.drawn[:], register.possible[:] = [0, 1], DrawKind.AVERAGE, 9
    for row in range(2):
        register.points[row, :, : Indicator.SUPPORT_7] = of_results[row]
        register.points[row, :, Indicator.SUPPORT_7 :] = of_survey[row]
    state[DrawRegister] = register
    return state


@pytest.mark.parametrize(
    ("share", "least", "tracks"),
    [
        (0.0, np.inf, [Track.FULL, Track.FULL]),
        (0.5, 4 / 9, [Track.FULL, Track.ENVIRONMENT]),
        (1.0, 1 / 9, [Track.ENVIRONMENT, Track.ENVIRONMENT]),
    ],
)
def test_those_go_whose_points_are_most_of_the_pupil_survey(
    share: float, least: float, tracks: list[Track]
) -> None:
    state = both_drawn(of_survey=(4, 6), of_results=(3, 2))
    p = parameters(follow_up__environment_share=share)
    assert environment_leans(state, p)[1] == pytest.approx(least)
    meet(state, p, Dice())
    assert state[FollowUpOwners].track.tolist() == tracks


def test_nobody_goes_whose_weakness_lies_in_tests_and_leaving_points() -> None:
    state = both_drawn(of_survey=(2, 3), of_results=(3, 3))
    meet(state, parameters(follow_up__environment_share=1.0), Dice())
    assert state[FollowUpOwners].track.tolist() == [Track.FULL, Track.FULL]


def test_they_have_no_pre_phase() -> None:
    assert prephase_length(Track.ENVIRONMENT, parameters()[FollowUp]) == 0


def carried_out(track: Track, **values: Value) -> State:
    state = small_world()
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.phase[0], f.half_years[0], f.effort[0], f.track[0] = Phase.IMPLEMENTATION, 1, 0.5, track
    f.plan_fit[0], f.provider_quality[0], f.spent_nok[0] = 0.5, 0.5, 16_000
    fs.acceptance[:], fs.stage[:2] = 0.6, 1.7
    state[Schools].fatigue[1] = 1.0
    carry_out(state, parameters(**values), Dice())
    return state


def test_measures_move_the_environment_in_the_place_of_practice_and_take_as_much() -> None:
    there, usual = carried_out(Track.ENVIRONMENT), carried_out(Track.STRAIGHT)
    assert not there[Schools].learning.any()
    assert not usual[Schools].environment.any()
    # The same measure, on another scale, less what tiredness costs: half in a wholly tired staff room.
    gained = parameters()[Implementation].environment_effect / 0.3 * usual[Schools].learning
    assert (gained[:2] > 0).all()
    assert there[Schools].environment == pytest.approx(gained * [1, 0.5, 0])
    assert there[FollowUpOwners].spent_hours[0] == usual[FollowUpOwners].spent_hours[0] > 0
    for column in ("occupied", "involvement", "upkeep", "community"):
        assert np.array_equal(getattr(there[Schools], column), getattr(usual[Schools], column))


def test_what_is_won_fades_unless_it_is_kept_up() -> None:
    state = small_world()
    state[Schools].environment[:], state[Schools].upkeep[:] = 0.4, [0, 1, 0.5]
    practice.work(state, parameters(classroom__half_life=0.5, classroom__upkeep_saves=0.5), Dice())
    assert state[Schools].environment == pytest.approx([0.2, 0.3, 0.25])


# Paired worlds: what those on the track would have had by ordinary measures without a pre-phase.
SCALE, PARTING, AFTER, WORLDS = 0.2, 2026, 2028, 12


def figures(number: int, **levers: Value) -> tuple[Bools, Floats, Floats, Floats, Floats]:
    """Who is on the track; then of each owner its schools' mean practice, lasting figures of the pupil survey in 7th grade."""
    model = world(base("voluntary"), number, SCALE)
    model.run_to(PARTING - 1)
    model = model.branch(
        base("voluntary").with_levers({f"follow_up.{k}": v for k, v in levers.items()}, PARTING)
    )
    model.run_to(PARTING)
    f = model.state[FollowUpOwners]
    on = (f.track == Track.ENVIRONMENT) & (f.last_draw_year == PARTING) & f.participates
    model.run_to(AFTER)
    schools, lasting = model.state[Schools], model.state[Measurements].lasting
    n = len(on)

    def mean(values: Floats) -> Floats:
        there = np.maximum(np.bincount(schools.municipality, minlength=n), 1)
        return np.asarray(np.bincount(schools.municipality, values, n) / there)

    return (
        on,
        mean(schools.practice),
        mean(lasting[:, Indicator.SUPPORT_7]),
        mean(lasting[:, Indicator.MOTIVATION_7]),
        mean(lasting[:, Indicator.BULLYING_7]),
    )


@pytest.mark.slow
def test_pupils_of_those_on_the_track_answer_better_while_practice_rises_less() -> None:
    apart = []
    for number in range(WORLDS):
        on, *there = figures(number, environment_share=1.0, straight_from=0.0)
        _, *usual = figures(number, environment_share=0.0, straight_from=0.0)
        assert on.any()
        apart += list(np.array([a[on] - b[on] for a, b in zip(there, usual, strict=True)]).T)
    # Practice, support, motivation and bullying, in standard errors of the mean over owners.
    error = np.std(apart, axis=0, ddof=1) / np.sqrt(len(apart))
    assert (np.mean(apart, axis=0) / error * [-1, 1, 1, -1] > 4).all()


@pytest.mark.slow
def test_in_history_six_of_the_forty_drawn_in_2020_went() -> None:
    model = world(base("history"), 0, 1.0)
    model.run_to(2020)
    f = model.state[FollowUpOwners]
    assert int(np.sum(f.last_draw_year == 2020)) == 40
    assert int(np.sum((f.last_draw_year == 2020) & (f.track == Track.ENVIRONMENT))) == 6
    at_work = f.phase[(f.last_draw_year == 2020) & (f.track == Track.ENVIRONMENT)]
    assert set(at_work.tolist()) <= {int(Phase.IMPLEMENTATION), int(Phase.NONE)}  # no pre-phase; some decline
    model.run_to(2022)
    assert not ((f.last_draw_year == 2022) & (f.track == Track.ENVIRONMENT)).any()
