"""Further education: places by money, small owners strained, gains by how well they fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.parameters.load import Load
from sim.parameters.registry import Parameters, Registry
from sim.parameters.scope import Scope
from sim.schemes.system_2026.further_education import ask, educate, n_places, neighbour, sought, taken_up
from sim.schemes.system_2026.further_education_parameters import FurtherEducation
from sim.schemes.system_2026.state import SystemOwners
from sim.state import State
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Teachers
from tests.small_world import N_TEACHERS, Dice, small_world

KEY = "system_2026.further_education"


def parameters(**values: Value) -> Parameters:
    """Three places at 75,000 kroner of the state's money; the sums rest on these values."""
    assumed: dict[str, Value] = {
        "grant_nok": 225_000.0, "straight_to_owners": False, "owner_share": 0.25, "place_nok": 100_000.0, "gain": 0.1,
        "uh_earmarked": 0.0, "individual_fit": 0.5, "usual_fit": 0.5, "strain": 0.4, "strain_size": 3000.0,
        "usual_share": 0.25, "held_back": 0.5, "central_fte": 0.01, "own_fte": 0.05,
    }  # fmt: skip
    both = {f"{KEY}.{field}": value for field, value in (assumed | values).items()}
    return Parameters(Registry([Scope, Load, FurtherEducation]), both)


A = parameters()[FurtherEducation]


def owners_world(season: Season = Season.AUTUMN) -> State:
    state = small_world(2026, season)
    state[SystemOwners] = SystemOwners.blank(2)
    return state


def test_the_state_pays_for_places_what_owners_do_not() -> None:
    assert [n_places(taken, A, scale) for taken, scale in ((1.0, 1.0), (1.0, 0.5), (0.7, 1.0))] == [3, 1, 2]
    assert n_places(1.0, parameters(owner_share=0.5)[FurtherEducation], 1.0) == 4


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.0, [1.0, 1.0]),
        (0.25, [0.8, 1.0]),
        (0.5, [0.6 / 2, 1 / 2]),
        (0.9, [0.28 * 23 / 36 / 7.5, 23 / 36 / 7.5]),
    ],
)
def test_owners_take_fewer_places_up_the_more_they_must_pay_and_small_ones_most(
    share: float, expected: list[float]
) -> None:
    # At twice the usual share half of the half that is not paid for is given up, of two thirds of what the state would buy.
    a = parameters(owner_share=share)[FurtherEducation]
    assert [taken_up(3000.0, a), taken_up(1e15, a)] == pytest.approx(expected, abs=1e-6)


@given(st.floats(0.25, 0.9), st.floats(0.25, 0.9), st.floats(0, 1))
def test_no_dearer_place_makes_more_of_them(one: float, other: float, held_back: float) -> None:
    """At the same grant: the places that are sought, and so the state's money, never rise with the owner's share."""

    def bought(share: float) -> float:
        return sought(parameters(owner_share=share, held_back=held_back)[FurtherEducation]) / (1 - share)

    assert bought(max(one, other)) <= bought(min(one, other)) * (1 + 1e-9)


def test_what_no_owner_takes_up_stays_unused() -> None:
    # Of three places the schools of 4,000 inhabitants take 0.83 of theirs, those of 900 people 0.69: two in all.
    for values, places in (({"strain": 0.0}, 3), ({}, 2), ({"owner_share": 0.5, "strain": 0.0}, 2)):
        state = owners_world()
        educate(state, parameters(**values), Dice())
        assert state[SystemOwners].places.sum() == places


def test_after_the_last_of_the_staff_room_comes_the_first() -> None:
    assert [neighbour(at, 3) for at in (0, 1, 2)] == [1, 2, 0]


def taking(*begins: float, places: float) -> list[int]:
    """Rows of the teachers who take a place when luck points as told in each of the three schools."""
    state = owners_world()
    before = state[Teachers].practice.copy()
    dice = Dice({"first teacher in further education": dict(zip((100, 101, 102), begins, strict=True))})
    educate(state, parameters(grant_nok=places * 75_000.0, strain=0.0), dice)
    gain = state[Teachers].practice - before
    assert gain[gain != 0] == pytest.approx(0.1)  # nobody takes two places
    return np.flatnonzero(gain).tolist()


def test_neighbours_from_where_luck_points_take_the_places() -> None:
    # 141, 61 and 101 of 303: five, two and four of eleven places, and no more than there are teachers
    assert taking(0.9, 0.7, 0.3, places=11) == [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]
    # two, one and two of five: the fifth of five and then the first; the third of three; from the second of four on
    assert taking(0.9, 0.7, 0.3, places=5) == [0, 4, 7, 9, 10]


@given(st.floats(0, 0.999), st.integers(0, 20))
def test_nobody_takes_two_places_and_no_school_more_than_it_has_teachers(begins: float, places: int) -> None:
    rows = np.array(taking(begins, begins, begins, places=places + 0.5), dtype=np.int64)
    assert len(rows) <= min(places, sum(N_TEACHERS))
    school = np.repeat(np.arange(3), N_TEACHERS)
    assert (np.bincount(school[rows], minlength=3) <= N_TEACHERS).all()


def gained(**values: Value) -> np.ndarray:
    state = owners_world()
    before = state[Teachers].practice.copy()
    educate(state, parameters(strain=0.0, **values), Dice())
    assert state.breaches() == []
    return np.asarray(state[Teachers].practice - before)


def test_what_teachers_choose_themselves_is_worth_the_same_everywhere() -> None:
    gain = gained()
    assert np.sort(gain)[-3:] == pytest.approx([0.1] * 3)
    assert gain.sum() == pytest.approx(0.3)


def test_what_owners_choose_is_worth_what_their_analysis_is() -> None:
    # owners' competence is 0.6 and 0.4, where 0.5 is usual
    gain = gained(straight_to_owners=True)
    assert set(np.round(gain[gain > 0], 3)) <= {0.12, 0.08}
    assert gain[:8].max() == pytest.approx(0.12)


def test_what_uh_offers_for_earmarked_money_fits_by_the_quality_of_its_work() -> None:
    # 0.6 and 0.4 of owners, 0.7 and 0.3 of UH, half of each: 0.65 and 0.35
    state = owners_world()
    state[UHUnits].quality[:] = [0.7, 0.3]
    educate(state, parameters(strain=0.0, straight_to_owners=True, uh_earmarked=0.5), Dice())
    assert state[SystemOwners].fit == pytest.approx([0.65, 0.35])
    assert state[SystemOwners].places.sum() == 3  # no more of them


def test_the_owner_s_bill_and_places_are_kept() -> None:
    state = owners_world()
    educate(state, parameters(strain=0.0, straight_to_owners=True), Dice())
    system = state[SystemOwners]
    assert system.places.sum() == 3
    assert system.own_nok == pytest.approx(system.places * 25_000)
    assert system.fit.tolist() == [0.6, 0.4]


def test_nothing_happens_in_spring() -> None:
    state = owners_world(Season.SPRING)
    educate(state, parameters(), Dice())
    assert not state[SystemOwners].places.any()


def test_choosing_and_hiring_asks_more_of_owners_than_passing_applications_on() -> None:
    for values, fte in (({}, 0.01), ({"straight_to_owners": True}, 0.05), ({"grant_nok": 0.0}, 0.0)):
        state = owners_world()
        ask(state, parameters(**values), Dice())
        # 1 and a quarter of a man-year
        assert state[Municipalities].load == pytest.approx([1 + fte, 1 + 4 * fte])
