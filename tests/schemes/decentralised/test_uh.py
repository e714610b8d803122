"""UH units: hours as far as the staff goes, recruitment, process competence, and the double purpose."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.schemes.decentralised.assumptions import Hands
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedUH, Ties
from sim.schemes.decentralised.uh import (
    carry_back,
    come_back,
    comes_back,
    crossed,
    in_house,
    leaving,
    process_after,
    quality_in_schools,
    serve,
)
from sim.state.places import UHUnits
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.schemes.decentralised.whole_country import played, variant
from tests.small_world import Dice, filled, parameters

H = parameters()[Hands]


def test_units_give_the_hours_that_are_paid_for_as_far_as_their_staff_goes() -> None:
    state = small_scheme()
    uh = state[DecentralisedUH]
    uh.capacity_hours[:] = [20, 40]
    serve(state, parameters(), Dice())
    # 40,000 and 10,000 kroner at 1,000 an hour: 40 and 10 hours a year; the first unit can give half of them.
    assert uh.demand_hours.tolist() == [40, 10]
    assert state[DecentralisedOwners].uh_hours == pytest.approx([10, 5])


def test_owners_of_one_unit_share_its_shortage() -> None:
    state = small_scheme()
    state[Ties].uh_unit[:] = 0
    state[DecentralisedUH].capacity_hours[:] = [25, 40]
    serve(state, parameters(), Dice())
    assert state[DecentralisedUH].demand_hours.tolist() == [50, 0]
    assert state[DecentralisedOwners].uh_hours == pytest.approx([10, 2.5])


@pytest.mark.parametrize(("multi_year", "up", "down"), [(0.0, 0.1, 0.4), (0.5, 0.3, 0.3), (1.0, 0.5, 0.2)])
def test_money_for_several_years_lets_units_recruit_and_keep_people(
    multi_year: float, up: float, down: float
) -> None:
    state = small_scheme()
    state[DecentralisedUH].capacity_hours[:] = [20, 40]
    serve(state, parameters(decentralised__multi_year=multi_year), Dice())
    # half a year's part of the way from 20 to 40 and from 40 to 10
    assert state[DecentralisedUH].capacity_hours == pytest.approx([20 + up / 2 * 20, 40 - down / 2 * 30])


def test_process_competence_is_learned_in_schools_and_lost_with_staff() -> None:
    # a tenth of the gap in half a year of full contact, a twentieth lost, less where posts keep people
    cases = [(0.5, 1.0, 1.0), (0.5, 0.0, 1.0), (0.0, 0.5, 1.0), (1.0, 1.0, 1.0), (0.5, 0.0, 0.6)]
    found = [process_after(*case, H) for case in cases]
    assert found == pytest.approx([0.525, 0.475, 0.05, 0.95, 0.485])
    assert [leaving(permanent, H) for permanent in (0.0, 0.5, 1.0)] == pytest.approx([1, 0.8, 0.6])


@pytest.mark.parametrize(
    ("multi_year", "arenas", "kept"),
    [(0.0, 0.0, 0.2), (1.0, 0.0, 1.0), (0.0, 1.0, 1.0), (0.5, 0.0, 0.6), (0.5, 0.5, 0.8)],
)
def test_what_hours_in_schools_teach_is_kept_by_posts_and_arenas_and_little_of_it_without(
    multi_year: float, arenas: float, kept: float
) -> None:
    assert in_house(
        multi_year, arenas, parameters(decentralised_uh__hired_carry=0.2)[Hands]
    ) == pytest.approx(kept)
    quiet, busy, served = small_scheme(), small_scheme(), small_scheme()
    for state, capacity, hours in ((quiet, 400, 40), (busy, 40, 40), (served, 400, 160)):
        uh = state[DecentralisedUH]
        uh.practice_contact[:], uh.permanent[:], uh.capacity_hours[:] = 0, multi_year, capacity
        state[DecentralisedOwners].uh_nok[:] = hours * 1000
        p = parameters(
            decentralised__multi_year=multi_year, decentralised__uh_arenas=arenas,
            decentralised_uh__hired_carry=0.2, decentralised_uh__arenas_share=0.0,
        )  # fmt: skip
        serve(state, p, Dice())
    # A fifth of the way to what is kept of what 40 and 160 hours on so many man-years bring, however busy the staff is.
    staff = quiet[UHUnits].capacity_fte
    for state, hours in ((quiet, 40), (busy, 40), (served, 160)):
        expected = 0.2 * kept * (1 - np.exp(-hours / (100 * np.maximum(staff, 1))))
        assert state[DecentralisedUH].practice_contact == pytest.approx(expected)


def test_money_by_itself_changes_uh_s_conditions_little_and_with_posts_much() -> None:
    """UH's part of the money from 0.2 to 0.8 in four pairs of worlds, 2017-22: contact and process competence move by less than
    half as much where money comes a year at a time, by two standard errors, and contact by less than 0.1.
    """
    moved = np.empty((4, 2, 2))
    for number in range(4):
        for at_a_time, multi_year in enumerate((0.0, 1.0)):
            few, many = (
                played(
                    variant("history", decentralised__uh_share=share, decentralised__multi_year=multi_year),
                    number,
                    2022,
                    0.05,
                )
                for share in (0.2, 0.8)
            )
            for what, column in enumerate(("practice_contact", "process_competence")):
                one, other = (getattr(state[DecentralisedUH], column).mean() for state in (few, many))
                moved[number, at_a_time, what] = other - one
    alone, with_posts = moved[:, 0], moved[:, 1]
    less = with_posts / 2 - alone
    assert (less.mean(axis=0) > 2 * less.std(axis=0, ddof=1) / 2).all()
    assert alone.mean(axis=0)[0] < 0.1


@pytest.mark.parametrize(
    ("market", "hierarchy", "room"), [(1.0, 0.0, 0.5), (0.0, 1.0, 0.6), (0.5, 0.0, 0.75)]
)
def test_ordered_work_leaves_less_room_for_learning_from_each_other(
    market: float, hierarchy: float, room: float
) -> None:
    found = []
    for values in ({}, {"decentralised__market_share": market, "decentralised__hierarchy_share": hierarchy}):
        state = small_scheme()
        state[DecentralisedUH].practice_contact[:] = 0
        serve(state, parameters(decentralised_uh__contact_hours=1e6, **values), Dice())
        found.append(state[DecentralisedUH].practice_contact)
    assert found[1] == pytest.approx(
        room * found[0], rel=1e-3
    )  # where contact is still in proportion to hours


def test_people_get_posts_as_far_as_money_is_promised_and_posts_make_hours_dearer() -> None:
    state = small_scheme()
    state[DecentralisedUH].permanent[:] = [0.0, 1.0]
    p = parameters(decentralised__multi_year=1.0, decentralised_uh__posts_dearer=0.25)
    serve(state, p, Dice())
    assert state[DecentralisedUH].permanent == pytest.approx([0.2, 1.0])
    # 10,000 kroner at 1,250: 8 hours a year, of which none are idle
    assert state[DecentralisedOwners].uh_hours == pytest.approx([20, 4])


def test_a_promise_is_kept_and_its_idle_staff_is_paid_by_all() -> None:
    state = small_scheme()
    uh, dec = state[DecentralisedUH], state[DecentralisedOwners]
    uh.capacity_hours[:] = [80, 40]
    uh.promised_hours[:] = [0, 32]
    serve(state, parameters(), Dice())
    # A quarter of the promise runs out in half a year: 24 against the 10 that are asked for, so 14 of all 50 hours are idle.
    assert uh.promised_hours == pytest.approx([20, 24])
    assert uh.idle_hours == pytest.approx([0, 14])
    assert uh.demand_hours == pytest.approx([40 * 0.72, 10 * 0.72])
    assert dec.uh_hours == pytest.approx([20 * 0.72, 5 * 0.72])


def test_bringing_the_staff_together_takes_hours_from_schools() -> None:
    state = small_scheme()
    state[DecentralisedUH].capacity_hours[:] = [20, 40]
    serve(state, parameters(decentralised__uh_arenas=1.0), Dice())
    assert state[DecentralisedOwners].uh_hours == pytest.approx(
        [9, 5]
    )  # of 20 hours a year two are for meeting


@pytest.mark.parametrize(
    ("specialised", "arenas", "expected"),
    [(False, 0.0, 0.8), (True, 0.0, 0.4), (False, 1.0, 0.9), (True, 0.5, 0.55)],
)
def test_less_reaches_those_at_home_from_units_apart_and_more_where_they_are_brought_together(
    *, specialised: bool, arenas: float, expected: float
) -> None:
    # a fifth is lost between staff groups, half of the rest in a specialised centre; arenas close half of the gap
    assert crossed(specialised, arenas, H) == pytest.approx(expected)


def half_year(uh: DecentralisedUH) -> None:
    """All are in schools all the time; the second unit is a specialised centre."""
    carry_back(uh, specialised=False, unit=0, near=1.0, arenas=0.0, a=H)
    carry_back(uh, specialised=True, unit=1, near=1.0, arenas=0.0, a=H)


def test_contact_comes_first_teaching_next_and_research_last() -> None:
    uh = filled(DecentralisedUH, 2, permanent=1)
    half_year(uh)
    assert uh.practice_contact == pytest.approx([0.2, 0.2])
    # of contact 0.2, four fifths and two fifths are carried back
    assert uh.teaching == pytest.approx([0.1 * 0.16, 0.1 * 0.08])
    assert uh.research == pytest.approx([0.05 * 0.16, 0.05 * 0.08])
    for _ in range(30):
        half_year(uh)
    assert uh.practice_contact[0] > uh.teaching[0] > uh.research[0]
    assert (uh.teaching[0] > uh.teaching[1]) & (uh.research[0] > uh.research[1])


def test_what_has_come_back_stays_and_wears_off() -> None:
    uh = filled(DecentralisedUH, 1, permanent=1, practice_contact=0.5, teaching=0.5, research=0.5)
    carry_back(uh, specialised=False, unit=0, near=0.5, arenas=0.0, a=H)
    # carried 0.4: half a year's tenth and twentieth of it in what is not there yet; a tenth of what is there is gone
    assert (uh.teaching[0], uh.research[0]) == pytest.approx((0.5 + 0.02 - 0.05, 0.5 + 0.01 - 0.05))
    long_after = come_back(0.4, 0.2, parameters(decentralised_uh__earlier_years=50.0)[Hands])
    assert comes_back(long_after, 0.4, 0.2, H) == pytest.approx(0, abs=1e-6)
    assert long_after == pytest.approx(0.08 / 0.28, rel=1e-5)


def test_specialised_centres_do_better_in_schools() -> None:
    units = [(0.5, False), (0.5, True), (0.9, True)]
    assert [quality_in_schools(*unit, H) for unit in units] == pytest.approx([0.5, 0.7, 1])
    lifted = parameters(decentralised_uh__lifted=0.5)[Hands]  # half of what they lack is made up for
    assert [quality_in_schools(*unit, lifted) for unit in units] == pytest.approx([0.75, 0.85, 1])


@given(
    kroner=st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)),
    capacity=st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)),
    multi_year=st.floats(0, 1),
)
def test_nobody_gives_more_hours_than_are_paid_for_or_there(
    kroner: tuple[int, int], capacity: tuple[float, float], multi_year: float
) -> None:
    state = small_scheme()
    state[DecentralisedOwners].uh_nok[:], state[DecentralisedUH].capacity_hours[:] = kroner, capacity
    serve(state, parameters(decentralised__multi_year=multi_year), Dice())
    given_hours = state[DecentralisedOwners].uh_hours
    assert (given_hours <= np.array(kroner) / 1000 / 2 + 1e-6).all()
    assert (given_hours <= np.maximum(capacity, 1) / 2 * (1 + 1e-9)).all()
    assert state.breaches() == []
