"""Legitimacy knows the grounds: what the register says for and against a draw, and how the earlier round was."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.schemes.follow_up.assumptions import Acceptance, Grounds, Will
from sim.schemes.follow_up.dialogue import cost_of_grounds, decline_chance, meet, trauma_chance
from sim.schemes.follow_up.draw_levers import Discretion
from sim.schemes.follow_up.draw_state import DrawRegister, Excluded, Thresholds
from sim.schemes.follow_up.grounds import SeenGrounds, seen_grounds, watch
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Phase
from sim.state import State
from sim.state.measurements import N_INDICATORS, N_YEARS
from tests.small_world import Dice, filled, parameters, small_world

P = parameters()
LIMIT = 0.4


def drawn(
    points: float = 0.5, kind: DrawKind = DrawKind.AVERAGE, owners: dict[str, object] | None = None
) -> State:
    """Spring 2020: the first municipality is drawn, with the same share of every possible point; the second is not."""
    state = small_world(2020, Season.SPRING)
    register = filled(DrawRegister, 2, successor=np.arange(2), n_pupils=np.array([200, 200]))
    register.possible[:], register.points[:] = 1.0, points
    register.drawn[0], register.excluded[:] = kind, Excluded.NOT
    state[DrawRegister] = register
    state[Thresholds].limit_share[0] = LIMIT
    f = state[FollowUpOwners]
    f.phase[0], f.last_draw_year[0], f.times_drawn[0], f.kind[0] = Phase.DIALOGUE, 2020, 1, kind
    for name, value in (owners or {}).items():
        getattr(f, name)[0] = value
    return state


def seen(state: State, **values: Value) -> SeenGrounds:
    return seen_grounds(state, parameters(**values))


def test_even_grounds_well_beyond_the_limit_leave_only_the_doubt_about_small_cohorts() -> None:
    found = seen(drawn(0.6))
    # 20 pupils in a grade: half of 0.3; who was not drawn is taken to be middling
    assert found.doubt == pytest.approx([0.15, 0.46])
    assert found.small_margin == pytest.approx([0, 0.5])
    assert found.risk == pytest.approx([0.6, 0])


def test_a_small_margin_leaves_doubt() -> None:
    found = seen(drawn(0.43))
    # 0.03 of 0.15 beyond the limit
    assert found.small_margin[0] == pytest.approx(0.8)
    assert found.doubt[0] == pytest.approx(0.15 + 0.3 * 0.8)


def test_large_cohorts_leave_less_doubt() -> None:
    state = drawn(0.6)
    state[DrawRegister].n_pupils[0] = 1800
    # 180 pupils in a grade
    assert seen(state).doubt[0] == pytest.approx(0.3 * 20 / 200)


def test_having_come_above_the_limit_since_leaves_doubt_and_so_do_years_that_swing() -> None:
    state = drawn()
    state[DrawRegister].points[0] = 0.75
    state[DrawRegister].points[0, 0] = 0.3  # the latest year, under the limit: (0.3 + 2 x 0.75) / 3 = 0.6
    found = seen(state)
    # mean distance from 0.6: (0.3 + 2 x 0.15) / 3 = 0.2, of at most 2 x 0.6 x 0.4 = 0.48; indicators do not swing
    assert found.doubt[0] == pytest.approx(0.15 + 0.3 + 0.3 * (0.2 / 0.48) / 2)


def test_indicators_that_swing_leave_doubt() -> None:
    state = drawn()
    register = state[DrawRegister]
    register.possible[0, :, 10:], register.points[0, :, 10:] = 0, 0
    register.points[0, :, :5], register.points[0, :, 5:10] = 1.0, 0.2  # 0.6 on the whole
    # mean distance from 0.6: 0.4, of at most 0.48; the years do not swing
    assert seen(state).doubt[0] == pytest.approx(0.15 + 0.3 * (0.4 / 0.48) / 2)


def test_the_spread_in_place_of_the_level_leaves_doubt_and_no_margin_counts() -> None:
    found = seen(drawn(0.1, DrawKind.SPREAD))
    assert found.doubt[0] == pytest.approx(0.15 + 0.4)
    assert found.small_margin[0] == 0.5


@pytest.mark.parametrize(
    ("kind", "discretion", "judged"),
    [
        (DrawKind.AVERAGE, Discretion.SPREAD, 0),
        (DrawKind.AVERAGE, Discretion.BOTH, 0.7),
        (DrawKind.SPREAD, Discretion.BOTH, 0),
    ],
)
def test_what_rests_on_judgement_can_be_told(kind: DrawKind, discretion: Discretion, judged: float) -> None:
    values = {
        "follow_up_draw__discretion": discretion,
        "follow_up_draw__average_discretion_weight": 0.7,
        "follow_up_draw__discretion_weight": 0.9,  # of the spread draw alone
    }
    assert seen(drawn(0.6, kind), **values).judged[0] == pytest.approx(judged)


def test_a_bad_round_is_one_that_was_found_wrong_and_gave_nothing() -> None:
    # 0.6 now; four fifths wrong by the owner's view; 0.05 of the 0.15 that would be a good gain
    again: dict[str, object] = {"times_drawn": 2, "risk_then": 0.65, "legitimacy": 0.2}
    assert seen(drawn(0.6, owners=again)).bad_round[0] == pytest.approx(0.8 * (1 - 0.05 / 0.15))
    assert seen(drawn(0.6, owners={**again, "risk_then": 0.75})).bad_round[0] == pytest.approx(0)
    assert seen(drawn(0.6, owners={**again, "times_drawn": 1})).bad_round[0] == 0
    assert seen(drawn(0.6, owners={**again, "risk_then": 0.0})).bad_round[0] == 0  # it did not take part


def test_the_grounds_cost_legitimacy_against_a_usual_draw() -> None:
    g = parameters(follow_up_grounds__parked_cost=0.2)[Grounds]
    assert cost_of_grounds(0.46, 0.5, 0.0, 0.0, g) == pytest.approx(0)
    assert cost_of_grounds(0.86, 0.5, 0.0, 0.0, g) == pytest.approx(0.25 * 0.4 + 0.2 * 0.2)
    assert cost_of_grounds(0.46, 0.0, 0.0, 0.0, g) == pytest.approx(
        0.2 * 0.23
    )  # parked by a distant governor
    assert cost_of_grounds(0.46, 0.5, 1.0, 0.5, g) == pytest.approx(0.15 + 0.1)


def test_a_bad_round_and_overload_lead_to_refusals_as_far_as_pressure_does_not_hold_them_off() -> None:
    p = parameters(
        follow_up_will__refuse_bad_round=0.1,
        follow_up_will__refuse_load=0.04,
        follow_up_will__pressure_holds=0.5,
    )
    levers, a, w = p[FollowUp], p[Acceptance], p[Will]
    # 0.03 at middling legitimacy, 0.04 x 0.5 by load, 0.1 x 0.8 by the earlier round; half of 0.9 is held off
    assert decline_chance(0.5, 0.0, 1.5, 0.8, levers, a, w) == pytest.approx(0.13)
    assert decline_chance(0.5, 0.9, 1.5, 0.8, levers, a, w) == pytest.approx(0.13 * 0.55)


def test_trauma_comes_of_stigma_small_margins_and_principals_who_do_not_lead() -> None:
    p = parameters(follow_up_grounds__trauma_margin=0.5, follow_up_grounds__trauma_leadership=0.4)
    a, g = p[Acceptance], p[Grounds]
    assert trauma_chance(0.4, 0.5, 0.0, a, g) == pytest.approx(0.06)
    assert trauma_chance(0.4, 1.0, 0.5, a, g) == pytest.approx(0.06 * 1.5 * 1.2)
    assert trauma_chance(0.4, 0.0, -0.5, a, g) == pytest.approx(0.06 * 0.5 * 0.8)


def test_the_dialogue_keeps_what_the_owner_doubts_and_from_where_it_came() -> None:
    sure, unsure = drawn(0.6), drawn(0.43)
    for state in (sure, unsure):
        meet(state, P, Dice())
    f, g = sure[FollowUpOwners], unsure[FollowUpOwners]
    assert f.doubt[0] == pytest.approx(0.15)
    assert f.risk_then[0] == pytest.approx(0.6)
    assert f.legitimacy[0] - g.legitimacy[0] == pytest.approx(0.25 * 0.24)


def test_who_stands_near_the_limit_and_was_not_drawn_is_written_down() -> None:
    state = drawn(0.6)
    state[DrawRegister].points[1] = 0.37
    watch(state, P)
    # 0.03 short of the limit, of the 0.1 at which nobody is afraid any more
    assert state[FollowUpOwners].near_limit == pytest.approx([0, 0.7])
    state[DrawRegister].excluded[1] = Excluded.SPECIAL_CASE
    watch(state, P)
    assert state[FollowUpOwners].near_limit.tolist() == [0, 0]


def test_there_are_as_many_years_and_indicators_as_counted_above() -> None:
    assert (N_YEARS, N_INDICATORS) == (3, 11)
