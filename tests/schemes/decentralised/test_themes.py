"""Themes: what schools need, and which UH units have people for it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.schemes.decentralised.assumptions import Themes
from sim.schemes.decentralised.measures import plan
from sim.schemes.decentralised.scheme import offered
from sim.schemes.decentralised.state import DecentralisedSchools, DecentralisedUH, Theme
from sim.schemes.decentralised.themes import kept_fit, needed, staff
from sim.state.places import UHUnits
from sim.state.schools import NUMERACY_OWN, Schools
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, filled, parameters

A = parameters()[Themes]
NEXT, ABOUT = "a school's next measure", "what a school's next measure is about"
PEOPLE = "a UH unit finds or loses people for a theme"


def test_schools_need_reading_where_it_lies_behind_then_the_curriculum_then_this_or_that() -> None:
    assert needed(1.1, True, 0.5, A) == Theme.READING
    assert needed(0.9, True, 0.5, A) == Theme.CURRICULUM
    assert [needed(0.0, False, u, A) for u in (0.1, 0.3, 0.99)] == [
        Theme.CURRICULUM,
        Theme.ASSESSMENT,
        Theme.DIGITAL,
    ]


def test_a_measure_fits_less_where_uh_has_nobody_for_its_theme() -> None:
    assert [kept_fit(True, A), kept_fit(False, A)] == [1.0, 0.5]
    fits = []
    for has_people in (True, False):
        state = small_scheme()
        ds = state[DecentralisedSchools]
        ds.in_measure[:], ds.years_left[:] = False, 0
        state[Schools].grade_level[0, NUMERACY_OWN] = 2.0
        state[DecentralisedUH].offers[0, Theme.READING] = has_people
        begin: dict[int, list[float]] = {key: [0.01, 0.5, 0.5, 0.5] for key in (100, 101)}
        plan(state, parameters(), Dice({NEXT: begin, ABOUT: {101: 0.5}}))
        assert ds.theme[:2].tolist() == [Theme.READING, Theme.INCLUSION]
        fits.append(ds.fit[:2].copy())
    assert fits[1] == pytest.approx(fits[0] * np.array([0.5, 1.0]))


@pytest.mark.parametrize(
    ("multi_year", "has"),
    [(1.0, [True, False, True, False, False]), (0.0, [False, False, True, False, False])],
)
def test_units_find_people_when_they_can_count_on_the_money_and_lose_some(
    multi_year: float, has: list[bool]
) -> None:
    state = small_scheme()
    state[DecentralisedUH].offers[0] = [False, True, True, False, False]
    values: dict[str, Value] = {"decentralised__multi_year": multi_year}
    # 20 % find people, 10 % lose those they have
    falls = {PEOPLE: {int(state[UHUnits].id[0]): [0.19, 0.09, 0.11, 0.21, 0.5]}}
    staff(state, parameters(**values), Dice(falls))
    assert state[DecentralisedUH].offers[0].tolist() == has
    spring = small_scheme(season=Season.SPRING)
    staff(spring, parameters(**values), Dice(falls))
    assert spring[DecentralisedUH].offers.all()


def test_units_of_long_tradition_offer_more_themes_at_the_start() -> None:
    units = filled(UHUnits, 3, id=[0, 1, 2], tradition=[0.0, 0.5, 1.0])
    falls = {"themes of a UH unit": {unit: [0.39, 0.41, 0.69, 0.71, 0.99] for unit in range(3)}}
    found = offered(units, parameters(), Dice(falls))
    assert found.sum(axis=1).tolist() == [1, 3, 5]
