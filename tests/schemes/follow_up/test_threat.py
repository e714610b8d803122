"""Owners near the limit that were not drawn act by themselves, or not, and pay for it themselves [F11]."""

from __future__ import annotations

import pytest

from sim.schemes.follow_up.levers import Obligation, Sanction
from sim.schemes.follow_up.state import FollowUpOwners
from sim.schemes.follow_up.threat import act, ask
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.small_world import Dice, parameters, small_world

FEARED = {"follow_up_will__threat": 0.1}


def near(share: float = 0.5) -> State:
    """The first municipality, with two schools of five and three teachers, stands near the limit."""
    state = small_world(2021)
    state[FollowUpOwners].near_limit[0] = share
    state[Municipalities].load[:] = 0
    schools = state[Schools]
    schools.learning[:], schools.occupied[:], schools.involvement[:], schools.leadership[:] = 0, 0, 0, 0.5
    return state


def test_a_threat_takes_staff_and_teachers_time_and_gives_their_schools_a_little() -> None:
    state, p = near(), parameters(**FEARED)
    ask(state, p, Dice())
    act(state, p, Dice())
    # control 0.9 and stigma 0.3, a tenth of them, half of it: 0.06 of a full measure
    schools, f = state[Schools], state[FollowUpOwners]
    assert state[Municipalities].load == pytest.approx([0.3 * 0.06, 0])
    assert schools.learning == pytest.approx([0.15 * 0.06, 0.15 * 0.06, 0])
    assert schools.occupied == pytest.approx([0.06, 0.06, 0])
    # 8 teachers, 12 hours a year at full measure; 0.3 man-years of 1700 hours
    assert f.spent_hours == pytest.approx([8 * 0.06 * 6 + 0.3 * 0.06 * 850, 0])


def test_the_harder_the_rules_the_stronger_the_threat() -> None:
    state = near()
    ask(
        state,
        parameters(**FEARED, follow_up__obligation=Obligation.COMPULSORY, follow_up__sanction=Sanction.ROBEK),
        Dice(),
    )
    # control 1.4 and stigma 0.38
    assert state[Municipalities].load == pytest.approx([0.3 * 0.1 * 1.78 / 2, 0])


@pytest.mark.parametrize("values", [{}, {**FEARED, "follow_up__active": False}])
def test_without_a_threat_or_a_scheme_nothing_happens(values: dict[str, float | bool]) -> None:
    state = near()
    ask(state, parameters(**values), Dice())
    act(state, parameters(**values), Dice())
    assert state[Municipalities].load.tolist() == [0, 0]
    assert state[Schools].learning.tolist() == [0, 0, 0]
    assert state[FollowUpOwners].spent_hours.tolist() == [0, 0]
