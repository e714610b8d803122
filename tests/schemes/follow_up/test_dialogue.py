"""How being picked is met: control, stigma, legitimacy, declining, acceptance, trauma [F3, F9, F11]."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.schemes.follow_up.assumptions import Acceptance, Will
from sim.schemes.follow_up.control import added_control, felt_control, stigma
from sim.schemes.follow_up.dialogue import (
    decline_chance,
    legitimacy,
    meet,
    school_acceptance,
    unburdened_legitimacy,
)
from sim.schemes.follow_up.levers import FollowUp, Obligation, Sanction
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.state import State
from sim.state.places import Municipalities
from tests.small_world import Dice, luck, parameters, small_world

VOLUNTARY = parameters()
FREE = parameters(follow_up__felt_pressure=0.0)
COMPULSORY = parameters(follow_up__obligation=Obligation.COMPULSORY)
MILD = parameters(follow_up__obligation=Obligation.COMPULSORY, follow_up__sanction=Sanction.MILD)
ROBEK = parameters(follow_up__obligation=Obligation.COMPULSORY, follow_up__sanction=Sanction.ROBEK)
IDLE_THREAT = parameters(follow_up__sanction=Sanction.ROBEK)  # a sanction, but nothing that obliges


def both_drawn() -> State:
    """Spring 2020: both municipalities have just been drawn."""
    state = small_world(2020, Season.SPRING)
    f = state[FollowUpOwners]
    f.phase[:], f.last_draw_year[:], f.times_drawn[:] = Phase.DIALOGUE, 2020, 1
    return state


@pytest.mark.parametrize(
    ("p", "control"),
    [(VOLUNTARY, 0.9), (FREE, 0.0), (IDLE_THREAT, 0.9), (COMPULSORY, 1.0), (MILD, 1.1), (ROBEK, 1.4)],
)
def test_control_is_felt_pressure_or_the_obligation_and_what_a_sanction_adds(
    p: Parameters, control: float
) -> None:
    assert felt_control(p[FollowUp], p[Acceptance], p[Will]) == pytest.approx(control)


def test_a_sanction_without_an_obligation_adds_nothing() -> None:
    added = [added_control(p[FollowUp], p[Acceptance]) for p in (IDLE_THREAT, COMPULSORY, MILD, ROBEK)]
    assert added == [0, 0, 0.1, 0.4]


@pytest.mark.parametrize(
    ("p", "expected"), [(VOLUNTARY, 0.3), (COMPULSORY, 0.3), (MILD, 0.32), (ROBEK, 0.38)]
)
def test_openness_takes_stigma_down_and_sanctions_put_it_up(p: Parameters, expected: float) -> None:
    # 0.5 x (1 - 0.5 x 0.8) = 0.3, and 0.2 x what the sanction adds to control
    assert stigma(p[FollowUp], p[Acceptance]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("p", "expected"),
    # 0.55 + 0.25 x 0.8 + 0.15 x 0.5 = 0.825, less 0.2 x control, less 0.25 x stigma
    [
        (VOLUNTARY, 0.825 - 0.18 - 0.075),
        (FREE, 0.825 - 0.075),
        (COMPULSORY, 0.825 - 0.2 - 0.075),
        (MILD, 0.825 - 0.22 - 0.08),
        (ROBEK, 0.825 - 0.28 - 0.095),
    ],
)
def test_legitimacy_rests_on_openness_and_say_and_suffers_from_control_and_stigma(
    p: Parameters, expected: float
) -> None:
    levers, a = p[FollowUp], p[Acceptance]
    base, control, blame = (
        unburdened_legitimacy(levers, a),
        felt_control(levers, a, p[Will]),
        stigma(levers, a),
    )
    seen = [legitimacy(base, control, blame, own, 0.0, a) for own in (0.0, 1.0, -9.0)]
    assert seen == pytest.approx([expected, min(expected + 0.15, 1), 0])


def test_the_more_is_felt_as_forced_the_less_legitimate_it_seems() -> None:
    def seen(p: Parameters) -> float:
        state = both_drawn()
        meet(state, p, Dice())
        return float(state[FollowUpOwners].legitimacy[0])

    assert seen(FREE) > seen(VOLUNTARY) > seen(COMPULSORY) > seen(MILD) > seen(ROBEK)


def test_owners_of_middling_legitimacy_decline_as_declared_when_they_are_free_to() -> None:
    levers, a, w = VOLUNTARY[FollowUp], VOLUNTARY[Acceptance], VOLUNTARY[Will]
    chance = [decline_chance(seen, 0.0, 1.0, 0.0, levers, a, w) for seen in (0.5, 0.75, 1.0, 0.0)]
    # 3 % at legitimacy 0.5, half as much at 0.75, nobody at 1, twice as much at 0
    assert chance == pytest.approx([0.03, 0.015, 0, 0.06])
    assert decline_chance(0.5, 0.9, 1.0, 0.0, levers, a, w) == pytest.approx(0.003)


@given(seen=st.floats(0, 1), control=st.floats(0, 2))
def test_nobody_declines_when_obliged_or_when_the_pressure_is_full(seen: float, control: float) -> None:
    p = parameters(
        follow_up_acceptance__decline_if_free=0.5,
        follow_up_will__refuse_load=0.5,
        follow_up_will__refuse_bad_round=0.9,
    )
    a, w = p[Acceptance], p[Will]  # all the pressure there can be holds all refusals off in the small country
    assert decline_chance(seen, control, 2.0, 1.0, COMPULSORY[FollowUp], a, w) == 0
    assert decline_chance(seen, max(control, 1), 2.0, 1.0, VOLUNTARY[FollowUp], a, w) == 0
    assert 0 <= decline_chance(seen, control, 2.0, 1.0, VOLUNTARY[FollowUp], a, w) <= 1


def test_those_drawn_are_told_and_take_part() -> None:
    state = both_drawn()
    meet(state, VOLUNTARY, Dice())
    f = state[FollowUpOwners]
    assert f.participates.tolist() == [True, True]
    assert f.declined.tolist() == [False, False]
    assert f.felt_voluntariness == pytest.approx([0.1, 0.1])
    assert f.stigma == pytest.approx([0.3, 0.3])
    assert f.legitimacy == pytest.approx([0.57, 0.57])
    assert f.phase.tolist() == [Phase.DIALOGUE] * 2


def test_an_owner_that_declines_is_out_but_its_schools_have_heard() -> None:
    state = both_drawn()
    # Free: 0.03 x 2 x (1 - 0.75) = 0.015
    meet(state, FREE, Dice({"owner declines": {1101: 0.014, 4601: 0.016}}))
    f = state[FollowUpOwners]
    assert f.declined.tolist() == [True, False]
    assert state[Municipalities].supervised.tolist() == [True, False]
    assert f.participates.tolist() == [False, True]
    assert f.phase.tolist() == [Phase.NONE, Phase.DIALOGUE]
    assert (state[FollowUpSchools].acceptance > 0).all()


@pytest.mark.parametrize("p", [COMPULSORY, MILD, ROBEK, parameters(follow_up__felt_pressure=1.0)])
def test_under_obligation_or_full_pressure_even_the_unluckiest_take_part(p: Parameters) -> None:
    state = both_drawn()
    meet(state, p, Dice({"owner declines": {1101: 1e-12, 4601: 1e-12}}))
    assert state[FollowUpOwners].participates.all()
    assert state[FollowUpOwners].felt_voluntariness.tolist() == [0, 0]


def test_schools_accept_by_their_owner_s_view_and_the_stigma() -> None:
    a = VOLUNTARY[Acceptance]
    views = [(0.57, 0.3, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.4, 1.0)]
    accepted = [school_acceptance(legitimacy, stigma, own, a) for legitimacy, stigma, own in views]
    # 0.5 + 0.3 x legitimacy - 0.25 x stigma + 0.15 x the school's own
    assert accepted == pytest.approx([0.596, 0.8, 0.25, 0.55])


def test_some_schools_never_accept_the_draw() -> None:
    state = both_drawn()
    # 15 % for each unit of stigma: 0.15 x 0.3 = 0.045
    meet(state, VOLUNTARY, Dice({"draw trauma": {100: 0.044, 101: 0.046}}))
    assert state[FollowUpSchools].trauma.tolist() == [True, False, False]
    assert state[FollowUpSchools].acceptance == pytest.approx([0.596] * 3)


def test_only_those_just_drawn_are_told() -> None:
    state = both_drawn()
    f, fs = state[FollowUpOwners], state[FollowUpSchools]
    f.last_draw_year[0], f.phase[0], f.half_years[0] = 2018, Phase.IMPLEMENTATION, 3
    f.legitimacy[:], fs.acceptance[:] = 0.123, 0.456
    meet(state, VOLUNTARY, Dice())
    assert f.legitimacy == pytest.approx([0.123, 0.57])
    assert fs.acceptance == pytest.approx([0.456, 0.456, 0.596])


def test_where_nobody_is_drawn_nothing_happens() -> None:
    state = small_world(2020, Season.SPRING)
    before = state.copy()
    meet(state, VOLUNTARY, luck(state))
    for table, same in zip(state, before, strict=True):
        for name, values in table.arrays().items():
            assert np.array_equal(values, same.arrays()[name])


@given(world=st.integers(0, 10_000), p=st.sampled_from([VOLUNTARY, FREE, COMPULSORY, MILD, ROBEK]))
def test_all_that_is_felt_stays_within_its_bounds(world: int, p: Parameters) -> None:
    state = both_drawn()
    meet(state, p, luck(state, world))
    assert state.breaches() == []
    assert (state[FollowUpOwners].participates != state[FollowUpOwners].declined).all()


def test_being_freer_never_lowers_a_school_s_acceptance_in_the_same_world() -> None:
    for world in range(50):
        forced, free = both_drawn(), both_drawn()
        meet(forced, ROBEK, luck(forced, world))
        meet(free, VOLUNTARY, luck(free, world))
        assert (free[FollowUpSchools].acceptance >= forced[FollowUpSchools].acceptance).all()
        assert (free[FollowUpSchools].trauma <= forced[FollowUpSchools].trauma).all()
