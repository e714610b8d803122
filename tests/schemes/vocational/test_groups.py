"""Groups across schools and counties: what they save and find, and what the own staff misses [V2, V5]."""

from __future__ import annotations

import numpy as np
import pytest

from sim.schemes.vocational.assumptions import Groups
from sim.schemes.vocational.groups import at_home, colleagues, price, shared
from sim.schemes.vocational.learn import learn
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers
from sim.schemes.vocational.take_up import take_up
from sim.schemes.vocational.wishes import meet
from tests.schemes.vocational.small_county import parameters, small_county
from tests.schemes.vocational.test_take_up import affordable
from tests.small_world import Dice

P = parameters(vocational__flexible_collective=1.0)
A = P[Groups]


def test_the_smaller_the_school_the_more_it_shares_and_saves() -> None:
    of_it = [shared(n, 1.0, A) for n in (0, 4, 12)]
    assert of_it == pytest.approx([1, 0.5, 0.25])
    assert [price(60_000, part, A) for part in of_it] == pytest.approx([36_000, 48_000, 54_000])
    assert [at_home(part, A) for part in of_it] == pytest.approx([0.7, 0.85, 0.925])


def test_today_every_school_pays_for_itself() -> None:
    assert [price(60_000, shared(n, 0.0, A), A) for n in (0, 4, 12)] == [60_000] * 3


def test_the_county_s_money_goes_to_more_schools_where_they_share() -> None:
    owner, wants, u = np.zeros(3, dtype=int), np.full(3, True), np.array([0.1, 0.2, 0.3])
    nok = np.array([130_000.0])
    assert affordable(wants, u, owner, nok, np.full(3, 60_000.0)).sum() == 2
    assert affordable(wants, u, owner, nok, np.array([36_000.0, 48_000.0, 46_000.0])).sum() == 3


def test_a_course_fills_with_colleagues_from_other_counties() -> None:
    # half of those elsewhere, where four of five and one of five are in the county
    assert colleagues(4.0, 5.0, 1.0, A) == 4.5
    assert colleagues(1.0, 5.0, 1.0, A) == 3.0
    assert colleagues(4.0, 5.0, 0.0, A) == 4.0


@pytest.mark.parametrize(("flexible", "there"), [(0.0, False), (1.0, True)])
def test_what_a_trade_cannot_bear_in_one_county_it_can_across(flexible: float, there: bool) -> None:
    state = small_county()
    dice = Dice(
        {
            "vocational teacher asks for something": {6: 0.1},
            # one colleague in the county: 0.39; with half of the four others, three: 0.78
            "what a vocational teacher asks for": {6: (0.9, 0.6)},
        }
    )
    meet(state, parameters(vocational__flexible_collective=flexible), dice, chance=np.full(3, 0.2))
    assert (state[VocationalTeachers].measure[6] == SmallMeasure.COURSE) == there


def test_the_own_staff_learns_less_together_from_a_shared_measure() -> None:
    gained = []
    for flexible in (0.0, 1.0):
        state = small_county()
        state[UpperSchools].in_collective[:] = [True, False, False]
        state[UpperSchools].stage[:] = 3.0
        before = state[UpperSchools].collective[0]
        learn(state, parameters(vocational__flexible_collective=flexible), Dice())
        gained.append(state[UpperSchools].collective[0] - before)
    # four teachers: shared by half, so 0.85 of it comes home
    assert gained[1] == pytest.approx(0.85 * gained[0])
    assert gained[0] > 0


def test_what_was_used_counts_the_price_that_was_paid() -> None:
    used = []
    for flexible in (0.0, 1.0):
        state = small_county()
        state[CountyOwners].schools_nok[:] = 1e6
        p = parameters(vocational__flexible_collective=flexible)
        falls = dict.fromkeys((110, 111, 460), (0.01, 0.5))
        take_up(state, p, Dice({"upper secondary school takes part": falls}))
        assert state[UpperSchools].in_collective.all()
        used.append(state[CountyOwners].used_nok.tolist())
    # nobody asks for a small measure; four, two and two teachers share by a half and two thirds
    assert used[0] == [120_000, 60_000]
    assert used[1] == [48_000 + 44_000, 44_000]
