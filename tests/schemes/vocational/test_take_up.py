"""Take-up: worth the paperwork or not, thresholds, deadlines, schools that come again, money that runs out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Bools, Floats, Ints
from sim.schemes.vocational.assumptions import TakeUp
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers
from sim.schemes.vocational.take_up import (
    afford,
    brought_about,
    chance_to_take_part,
    learned,
    take_part,
    take_up,
    with_routine,
    worth_applying,
)
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice

A = parameters()[TakeUp]


def affordable(wants: Bools, u: Floats, owner: Ints, nok: Floats, price: Floats) -> Bools:
    """Which schools get a collective measure."""
    gets = np.ones_like(wants)
    afford(wants, u, owner, nok, price, gets)
    return gets


def test_a_small_grant_is_worth_less_the_more_paperwork_it_takes() -> None:
    # an hour deters as 1,000 kroner do
    assert [worth_applying(hours, 5000, 0, 1e9, A) for hours in (0, 5, 20)] == pytest.approx([1, 0.5, 0.2])


def test_a_threshold_keeps_small_schools_out_in_part() -> None:
    assert worth_applying(0.0, 5000, 30_000, 15_000, A) == pytest.approx(0.5)
    assert worth_applying(0.0, 5000, 30_000, 60_000, A) == pytest.approx(1)


def test_schools_come_more_easily_the_more_it_is_worth_and_private_ones_less() -> None:
    # worth as much as usual; the private one half as easy: 1 - 0.6 ** 0.5
    assert chance_to_take_part(0.8, 0.5, True, A) == pytest.approx(0.8)
    assert chance_to_take_part(0.4, 0.5, True, A) == pytest.approx(0.4)
    assert chance_to_take_part(0.4, 0.5, False, A) == pytest.approx(1 - 0.6**0.5)
    # twice as much
    assert chance_to_take_part(0.8, 1.0, True, A) == pytest.approx(0.96)
    assert chance_to_take_part(0.4, 1.0, False, A) == pytest.approx(0.4)
    assert chance_to_take_part(0.4, 1.0, True, A) == pytest.approx(0.64)


def test_schools_that_took_part_come_again_more_easily_and_without_teachers_not_at_all() -> None:
    state = small_county()
    schools = state[UpperSchools]
    schools.takes_part[:], schools.n_teachers[2] = [True, False, True], 0
    schools.county_owned[:] = True
    # Worth 5,000 / 8,200 in the first county, where half is usual: 1 - 0.2 ** 1.22 = 0.86 and 1 - 0.6 ** 1.22 = 0.46.
    falls = {110: (0.8, 0.5), 111: (0.8, 0.5), 460: (0.01, 0.5)}
    state[CountyOwners].experience[:] = 0.0
    chance = take_part(state, parameters(), Dice({"upper secondary school takes part": falls}))
    assert schools.takes_part.tolist() == [True, False, False]
    assert chance.tolist() == [pytest.approx(0.5 * 5000 / 8200), 0, 0]


def test_collective_measures_go_as_far_as_the_county_s_money() -> None:
    owner, wants = np.array([0, 0, 0, 1]), np.array([True, False, True, True])
    u = np.array([0.6, 0.1, 0.3, 0.5])
    assert affordable(wants, u, owner, np.array([60_000.0, 59_999.0]), np.full(4, 60_000.0)).tolist() == [
        False,
        False,
        True,
        False,
    ]
    assert affordable(wants, u, owner, np.array([1e6, 1e6]), np.full(4, 60_000.0)).tolist() == wants.tolist()


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0.001, 0.999), st.integers(0, 2)), min_size=1, max_size=20),
    st.floats(0, 1e6),
)
def test_nobody_gets_more_collective_measures_than_the_money_pays(
    schools: list[tuple[bool, float, int]], nok: float
) -> None:
    wants, u, owner = (np.array(column) for column in zip(*schools, strict=True))
    gets = affordable(wants, u, owner, np.full(3, nok), np.full(len(u), 60_000.0))
    assert not (gets & ~wants).any()
    assert (np.bincount(owner, gets, 3) * 60_000 <= nok).all()


def everybody_asks(**values: object) -> tuple[np.ndarray, np.ndarray]:
    """Who gets what when all dice fall low for taking part and asking, and a stay is asked for."""
    state = small_county()
    state[CountyOwners].schools_nok[:], state[CountyOwners].experience[:] = 1e9, 0.0
    dice = Dice(
        {
            "upper secondary school takes part": {110: (0.01, 0.5), 111: (0.01, 0.5), 460: (0.01, 0.5)},
            "vocational teacher asks for something": dict.fromkeys(range(8), 0.2),
            "what a vocational teacher asks for": dict.fromkeys(range(8), (0.1, 0.1)),
        }
    )
    take_up(state, parameters(**values), dice)
    return state[VocationalTeachers].measure, state[CountyOwners].used_nok


def test_wishes_that_are_worth_it_are_met_and_paid() -> None:
    measure, used = everybody_asks(vocational__collective_share=0.0)
    # worth 5,000 / 8,200 and 5,000 / 11,000; half of the teachers wish: chances of 0.30 and 0.23
    assert (measure == SmallMeasure.STAY).all()
    assert used.tolist() == [30_000, 10_000]


def test_a_fixed_deadline_misses_what_comes_later() -> None:
    measure, _ = everybody_asks(vocational__rolling_share=0.0)
    # 0.6 of those chances: 0.18 and 0.14, both below the 0.2 at which the dice fell
    assert not measure.any()


def test_what_is_missed_at_first_is_missed_less_by_those_who_have_learned() -> None:
    assert learned(3.0, A) == pytest.approx(1 - np.exp(-1))
    assert with_routine(0.6, 0.0, A) == pytest.approx(0.6)
    assert with_routine(0.6, 0.5, A) == pytest.approx(0.8)
    half = parameters(vocational_take_up__learned_share=0.5)[TakeUp]
    assert with_routine(0.6, 0.5, half) == pytest.approx(0.7)


def test_a_plan_leaves_out_what_it_has_not_foreseen_and_asks_to_be_referred_to() -> None:
    # 1.5 times the paperwork: worth 5,000 / 9,800, of which six tenths were foreseen
    state = small_county()
    state[CountyOwners].experience[:] = 0.0
    falls = dict.fromkeys((110, 111, 460), (0.01, 0.5))
    dice = Dice({"upper secondary school takes part": falls})
    chance = take_part(state, parameters(vocational__plan=True), dice)
    assert chance[0] == pytest.approx(0.5 * 5000 / 9800 * 0.6)


def test_a_plan_that_is_brought_about_lets_measures_under_way_go_first() -> None:
    assert brought_about(100_000.0, A) == pytest.approx(0.5)
    falls = {110: (0.01, 0.5), 111: (0.01, 0.6), 460: (0.01, 0.5)}
    for plan, first in ((False, [True, False]), (True, [False, True])):
        state = small_county()
        owners, schools = state[CountyOwners], state[UpperSchools]
        owners.grant_nok[:] = [
            600_000,
            200_000,
        ]  # 100,000 for each teacher: half of the plan, and a quarter off the place
        owners.schools_nok[0] = 120_000  # one collective measure
        schools.in_collective[1] = True  # at 0.6 x 0.75 = 0.45 it stands before the other's 0.5
        p = parameters(vocational__plan=plan)
        take_part(state, p, Dice({"upper secondary school takes part": falls}))
        assert schools.in_collective[:2].tolist() == first


def test_nothing_lasting_is_begun_on_money_carried_over() -> None:
    begun = []
    for carried in (0, 300_000):
        state = small_county()
        owners = state[CountyOwners]
        owners.carried_nok[0], owners.schools_nok[0], owners.training_nok[0] = carried, 120_000, 0.0
        # pot 600,000: half of it was carried, so half of the schools' 120,000 comes once
        falls = dict.fromkeys((110, 111, 460), (0.01, 0.5))
        take_part(state, parameters(), Dice({"upper secondary school takes part": falls}))
        begun.append(int(state[UpperSchools].in_collective[:2].sum()))
    assert begun == [1, 0]


def test_money_straight_to_schools_needs_no_application() -> None:
    state = small_county()
    for share, hours in ((0.0, 3.2 * 6 + 6.0 * 2), (0.5, 6.0 * 2), (1.0, 0.0)):
        twin = state.copy()
        twin[CountyOwners].schools_nok[:] = 1e9
        dice = Dice(
            {
                "upper secondary school takes part": dict.fromkeys((110, 111, 460), (0.01, 0.5)),
                "vocational teacher asks for something": dict.fromkeys(range(8), 0.01),
                "what a vocational teacher asks for": dict.fromkeys(range(8), (0.1, 0.1)),
            }
        )
        take_up(twin, parameters(vocational__direct_share=share), dice)
        assert twin[CountyOwners].hours.sum() == pytest.approx(hours)


def test_too_little_money_is_spread_thinner() -> None:
    state = small_county()
    state[CountyOwners].schools_nok[:] = 1.0
    dice = Dice({"vocational teacher asks for something": dict.fromkeys(range(8), 0.01)})
    take_up(state, parameters(), dice)
    assert not state[VocationalTeachers].measure.any()


def test_nobody_takes_part_where_the_scheme_does_not_run() -> None:
    state = small_county()
    state[VocationalTeachers].measure[:] = SmallMeasure.COURSE
    take_up(state, parameters(vocational__active=False), Dice())
    assert not state[UpperSchools].takes_part.any()
    assert not state[VocationalTeachers].measure.any()
    assert not state[CountyOwners].used_nok.any()
