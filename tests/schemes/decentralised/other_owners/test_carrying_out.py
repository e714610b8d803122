"""Measures beside municipalities, by the formulas of municipal schools."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.parameters.classroom import Classroom
from sim.parameters.load import Load
from sim.processes.practice import fading_share
from sim.schemes.decentralised.assumptions import Measure
from sim.schemes.decentralised.other_owners.carrying_out import carry_out, led_by
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs
from sim.state import State
from tests.schemes.decentralised.other_owners.beside import beside
from tests.small_world import Dice, parameters


def under_way(season: Season = Season.SPRING, **other: float) -> State:
    """All three schools in a measure that was to last long, with money and hours."""
    state = beside(season=season)
    staffs = state[OtherStaffs]
    staffs.in_measure[:], staffs.years_left[:], staffs.coverage[:], staffs.fit[:], staffs.stage[:] = (
        True, 3, 1, 0.5, 2,
    )  # fmt: skip
    owners = state[OtherOwners]
    owners.grant_nok[:], owners.uh_nok[:], owners.own_nok[:], owners.uh_hours[:] = 90_000, 45_000, 27_000, 20
    for name, value in other.items():
        getattr(owners, name)[:] = value
    return state


def test_process_leadership_is_a_base_staff_and_what_uh_supplies() -> None:
    a = parameters()[Measure]
    expected = a.process_base + a.process_large * 3 / (3 + a.process_large_fte) + a.process_uh * 0.2
    assert led_by(3.0, 0.2, a) == pytest.approx(expected)


def test_measures_change_practice_and_what_nobody_keeps_up_fades() -> None:
    state, p = under_way(), parameters()
    carry_out(state, p, Dice())
    practice = state[OtherStaffs].practice
    assert (practice > 0).all()
    assert practice[1] > practice[2] > practice[0]  # the same money on 10, 30 and 60 teachers
    idle = beside(season=Season.SPRING)
    idle[OtherStaffs].practice[:] = 0.2
    carry_out(idle, p, Dice())
    assert idle[OtherStaffs].practice == pytest.approx([0.2 * (1 - fading_share(p[Classroom].half_life))] * 3)


def test_who_leaves_in_summer_takes_along_what_was_learned() -> None:
    spring, autumn = beside(season=Season.SPRING), beside()
    for state in (spring, autumn):
        state[OtherStaffs].practice[:] = 0.2
        carry_out(state, parameters(), Dice())
    assert autumn[OtherStaffs].practice == pytest.approx(0.9 * spring[OtherStaffs].practice)


def test_a_krone_comes_to_the_same_as_in_a_municipal_school() -> None:
    """A dose by hand: 40 hours and 144 paid hours a year on ten teachers."""
    state, p = under_way(), parameters(implementing__stall_chance=0.0)
    carry_out(state, p, Dice())
    a, c, owners = p[Measure], p[Classroom], state[OtherOwners]
    uh, time = (
        1 - np.exp(-40 / 10 / a.hours_per_teacher),
        1 - np.exp(-72_000 / a.time_nok / 10 / a.time_per_teacher),
    )
    dose = (1 - a.time_weight) * uh + a.time_weight * time
    slope = 2 * np.log(9) / 2.5
    nothing = 1 / (1 + np.exp(slope * 2.2))
    degree = (1 / (1 + np.exp(-slope * (2.5 - 2.2))) - nothing) / (1 - nothing)
    led = owners.process_leadership[1] / a.usual_process
    offered = degree * c.cycle_effect / 2 * dose * min((0.5 / 0.5) * (0.6 / 0.5) * led, 1.6)
    offered *= 1 - c.fatigue_weight * p[Load].fatigue_base
    kept = 1 - c.upkeep_saves * a.upkeep * owners.process_leadership[1] * degree
    expected = offered * (1 - fading_share(c.half_life) * kept)
    assert state[OtherStaffs].practice[1] == pytest.approx(expected)


def test_schools_begin_measures_in_autumn_where_there_is_money_and_effort() -> None:
    state = beside()
    state[OtherOwners].grant_nok[:] = [1, 1, 0, 0]
    state[OtherOwners].effort[:] = [1, 0, 1, 0]
    carry_out(state, parameters(), Dice())
    assert state[OtherStaffs].in_measure.tolist() == [True, False, False]


def test_a_scheme_of_its_own_takes_staff_that_would_lead() -> None:
    ours, theirs = under_way(), under_way(alone=True)
    carry_out(ours, parameters(decentralised_handing_over__keeps=1.0), Dice())
    carry_out(theirs, parameters(decentralised_handing_over__keeps=1.0), Dice())
    assert theirs[OtherOwners].process_leadership[0] < ours[OtherOwners].process_leadership[0]
    assert theirs[OtherOwners].tie[0] == ours[OtherOwners].tie[0]  # all of the network's ways kept up
    carry_out(lost := under_way(alone=True), parameters(decentralised_handing_over__keeps=0.0), Dice())
    assert lost[OtherOwners].tie[0] < theirs[OtherOwners].tie[0]
