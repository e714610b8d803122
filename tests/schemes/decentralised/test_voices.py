"""Leaders and representatives: distance, time, leading, deciding along, and what wears off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters.declaration import Value
from sim.schemes.decentralised.assumptions import Measure, Voices
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedSchools
from sim.schemes.decentralised.voices import (
    asked_on,
    codetermination_called_for,
    distance_called_for,
    hours_of_asking,
    lead_in_schools,
    leader_hours_taken,
    led,
    not_worn_off,
    own_leading,
    time_left,
)
from sim.state import State
from sim.state.schools import Schools
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import parameters

A = parameters()[Voices]
SHARES = st.floats(0, 1)


def test_a_place_at_the_table_and_teachers_who_are_asked_bring_leaders_nearer() -> None:
    cases = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
    assert [distance_called_for(*case, 1.0, A) for case in cases] == pytest.approx([1.0, 0.5, 0.75, 0.25])


def test_leading_more_of_a_measure_than_is_usual_brings_leaders_nearer_too() -> None:
    assert own_leading(0.75, 0.8, A) == pytest.approx(1.2)
    assert [distance_called_for(1.0, 0.0, leading, A) for leading in (0.5, 1.0, 1.5)] == pytest.approx(
        [0.6, 0.5, 0.4]
    )
    assert distance_called_for(0.0, 0.0, 0.5, A) == 1


def test_being_at_the_table_and_asking_take_time_from_leading() -> None:
    # 20, 10 and 10 hours, of a hundred for leading; a resource teacher takes 5 off
    assert leader_hours_taken(1.0, 0.5, 0.5, A) == pytest.approx(30)
    assert [time_left(30.0, False, A), time_left(30.0, True, A), time_left(2.0, True, A)] == pytest.approx(
        [0.7, 0.75, 1]
    )


def test_part_of_a_measure_is_led_by_the_school_s_own_leader() -> None:
    a = parameters(decentralised_voices__leader_weight=0.4)[Voices]
    assert led(0.5, 0.5, 1.0, 0.8, a) == pytest.approx(
        0.5
    )  # a usual leader with all the time, at the usual distance
    assert led(0.5, 1.0, 1.0, 0.8, a) == pytest.approx(0.5 * 1.4)
    assert led(0.5, 0.5, 0.5, 0.8, a) == pytest.approx(0.5 * 0.8)
    assert led(0.5, 0.5, 1.0, 0.4, a) == pytest.approx(0.5 * (0.6 + 0.4 * 1.2))  # 0.4 nearer: a fifth more
    assert led(0.5, 0.9, 0.3, 0.1, A) == pytest.approx(0.5)  # where nothing rests on leaders


def test_involvement_wears_off_with_years_and_faster_where_leaders_stand_far_away() -> None:
    falls: dict[str, Value] = {"decentralised_voices__distance_falls": 0.5}
    a = parameters(**falls)[Voices]
    # A tenth a year at the usual distance of 0.8; half of that goes with the distance.
    assert [not_worn_off(2.0, 0.8, 0.1, a), not_worn_off(2.0, 0.4, 0.1, a)] == pytest.approx(
        [0.9**2, 0.925**2]
    )
    assert not_worn_off(0.0, 1.0, 0.1, a) == 1


def test_a_rest_takes_weariness_off() -> None:
    assert asked_on(2.0, in_measure=True, a=A) == pytest.approx(2.5)
    assert asked_on(2.0, in_measure=False, a=A) == pytest.approx(1.6)


def test_representatives_decide_along_as_rules_leaders_and_weariness_let_them() -> None:
    assert codetermination_called_for(0.4, 0.5, 1.0, A) == pytest.approx(0.4)
    assert codetermination_called_for(0.4, 0.25, 0.9, A) == pytest.approx(0.18)
    assert codetermination_called_for(0.8, 1.0, 1.0, A) == pytest.approx(1.0)


def test_a_teacher_s_hours_of_being_asked() -> None:
    assert hours_of_asking(0.4, 0.5, 5.0, A) == pytest.approx(3.0)


def half_a_year(state: State, **values: Value) -> list[float]:
    p = parameters(**values)
    schools, ds, dec = state[Schools], state[DecentralisedSchools], state[DecentralisedOwners]
    left = lead_in_schools(schools, ds, dec, p[Decentralised], p[Voices], p[Measure])
    found: list[float] = left.tolist()
    return found


def test_half_a_year_of_leaders_and_representatives() -> None:
    state = small_scheme()
    ds = state[DecentralisedSchools]
    state[Schools].leadership[:], state[DecentralisedOwners].direct[:] = [0.5, 0.25, 0.5], 0.4
    ds.asked_years[:] = [0.0, 1.0, 2.0]
    left = half_a_year(
        state,
        decentralised__leaders_at_table=0.6,
        decentralised__codetermination=0.4,
        decentralised_voices__leader_weight=0.5,
    )
    assert left == pytest.approx([1.0, 0.9, 0.81])
    # Called for 1 - 0.3 - 0.1 = 0.6; a quarter of the way from 0.8. The first two lead with 0.84 of their time, the second
    # half as well as is usual: 0.2 x what is missing further away. The third school is in no measure.
    assert ds.distance == pytest.approx([0.75 + 0.05 * 0.16, 0.75 + 0.05 * 0.58, 0.75])
    assert ds.asked_years == pytest.approx([0.5, 1.5, 1.6])  # the third school is in no measure
    decided = np.array([0.4, 0.2 * 0.9, 0.4 * 0.81]) / 4
    assert ds.codetermination == pytest.approx(decided)
    time = 1 - (12 + 4 + 10 * decided) / 100
    assert ds.led == pytest.approx(
        0.4 * (0.5 + 0.5 * np.array([1, 0.5, 1]) * time * (1 + 0.5 * (0.8 - ds.distance)))
    )


@given(
    table=SHARES,
    direct=SHARES,
    rules=SHARES,
    weight=SHARES,
    falls=SHARES,
    leadership=SHARES,
    years=st.floats(0, 30),
)
def test_all_of_it_stays_a_share(
    table: float, direct: float, rules: float, weight: float, falls: float, leadership: float, years: float
) -> None:
    state = small_scheme()
    state[Schools].leadership[:], state[DecentralisedOwners].direct[:] = leadership, direct
    state[DecentralisedSchools].asked_years[:] = years
    for _ in range(4):
        left = half_a_year(
            state, decentralised__leaders_at_table=table, decentralised__codetermination=rules,
            decentralised_voices__leader_weight=weight, decentralised_voices__distance_falls=falls,
            decentralised_measures__involvement_falls=falls / 2,
        )  # fmt: skip
        assert all(0 <= one <= 1 for one in left)
        assert state.breaches() == []
