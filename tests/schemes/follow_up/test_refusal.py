"""What becomes of a place that an owner leaves empty: in the whole country, in worlds where many decline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.parameters.declaration import Value
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.levers import FollowUp, RefusedPlace
from sim.schemes.follow_up.phases import left_empty
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Track
from tests.schemes.decentralised.whole_country import variant, world
from tests.small_world import parameters

MANY: dict[str, Value] = {"follow_up_acceptance__decline_if_free": 0.5, "follow_up_will__pressure_holds": 0.0}


def first_draw(place: RefusedPlace) -> tuple[int, int, int]:
    """Drawn, declining and taking part in the first draw of the history."""
    model = world(variant("voluntary", follow_up__refused_place=place, **MANY), scale=0.3)
    model.step()
    f, register = model.state[FollowUpOwners], model.state[DrawRegister]
    told = f.last_draw_year == 2017
    assert np.array_equal(
        np.unique(register.successor[register.drawn != DrawKind.NONE]), np.flatnonzero(told)
    )
    return int(told.sum()), int(f.declined[told].sum()), int(f.participates[told].sum())


def test_the_next_on_the_list_take_the_places_of_those_who_decline_where_the_rules_say_so() -> None:
    places, declined, left = first_draw(RefusedPlace.KEPT)
    assert declined > 1
    assert left == places - declined
    drawn, more_declined, taking_part = first_draw(RefusedPlace.NEXT)
    assert taking_part == places
    assert drawn == places + more_declined
    assert more_declined >= declined


@pytest.mark.parametrize(("year", "empty"), [(2020, False), (2021, True), (2022, True), (2023, False)])
def test_a_place_stands_empty_in_the_years_of_the_measures(year: int, empty: bool) -> None:
    levers = parameters()[FollowUp]  # one year of pre-phase, two of measures
    assert left_empty(True, Track.FULL, 2020, year, levers) == empty
    assert left_empty(True, Track.LONG, 2019, year, replace(levers, long_adds_years=1.0)) == empty
    assert left_empty(True, Track.STRAIGHT, 2021, year, levers) == empty
    assert not left_empty(False, Track.FULL, 2020, year, levers)
