from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import HalfYear
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state.schools import Schools
from sim.surveys.respondents import (
    GROUPS,
    ON_THE_SCHEME,
    PERSONS_OF_A_UNIT,
    RESPONSES,
    People,
    Respondents,
    allotted,
    people,
    respond,
    turns,
)
from sim.surveys.waves import T1, T2, T3, WAVES
from tests.small_world import luck
from tests.surveys.small_country import small_country

REPORTED = {
    Respondents.FORUM: "304/153;256/134;275/187",
    Respondents.OWNERS: "731/216;633/218;640/248",
    Respondents.UH: "518/242;443/179;459/164",
    Respondents.LEADERS: "1362/258;1163/186;1184/262",
    Respondents.REPRESENTATIVES: "2677/713;2384/623;2519/696",
}
"""Population and respondents by wave [AFI-rapport 2026:02, 2.1.1]."""


def test_populations_and_respondents_are_those_of_the_waves() -> None:
    for kind, reported in REPORTED.items():
        found = [RESPONSES[kind][wave] for wave in WAVES]
        assert ";".join(f"{r.population}/{r.answered}" for r in found) == reported
    assert [ON_THE_SCHEME[wave] for wave in WAVES] == [154, 104, 136]


def test_the_waves_are_in_spring_2021_spring_2023_and_autumn_2024() -> None:
    assert [str(wave) for wave in (T1, T2, T3)] == ["2021-spring", "2023-spring", "2024-autumn"]


@pytest.mark.parametrize("start", [0.0, 0.3, 0.999])
def test_persons_are_spread_by_weight_and_none_is_lost(start: float) -> None:
    found = allotted(np.array([3.0, 0.0, 1.0, 1.0]), 11, start)
    assert found.sum() == 11
    assert found[1] == 0
    assert (np.abs(found - np.array([6.6, 0, 2.2, 2.2])) < 1).all()


@pytest.mark.parametrize("kind", REPORTED)
@pytest.mark.parametrize("wave", WAVES)
def test_everybody_of_a_group_is_there_under_an_identity_of_their_own(
    kind: Respondents, wave: HalfYear
) -> None:
    state = small_country(wave)
    found = people(state, luck(state), kind)
    assert len(found.id) == len(np.unique(found.id)) == RESPONSES[kind][wave].population


def test_an_identity_tells_the_unit_and_not_the_row() -> None:
    state = small_country()
    found = people(state, luck(state), Respondents.UH)
    np.testing.assert_array_equal(found.id // PERSONS_OF_A_UNIT, np.array([7, 8])[found.unit])
    assert np.bincount(found.unit).tolist() in ([388, 130], [389, 129])  # 518 by 3 to 1 man-years


def test_only_leaders_of_the_five_counties_are_asked() -> None:
    state = small_country()
    assert set(people(state, luck(state), Respondents.LEADERS).unit) == {0, 1, 2, 3}
    assert set(people(state, luck(state), Respondents.REPRESENTATIVES).unit) == set(range(6))


def test_owners_of_a_draw_are_those_drawn_who_took_part() -> None:
    state = small_country()
    assert len(people(state, luck(state), Respondents.OWNERS_2020).id) == 0
    state[FollowUpOwners].last_draw_year[:] = [2020, 2020, 2022]
    state[FollowUpOwners].declined[1] = True
    assert people(state, luck(state), Respondents.OWNERS_2020).unit.tolist() == [0]
    assert people(state, luck(state), Respondents.INTERVIEWED).unit.tolist() == [2]
    assert people(state, luck(state), Respondents.GUIDES_2020).unit.tolist() == [0] * 44


def test_leaders_of_a_draw_are_those_of_the_schools_of_owners_who_took_part() -> None:
    state = small_country()
    state[FollowUpOwners].last_draw_year[:] = [2020, 2020, 2022]
    state[FollowUpOwners].declined[1] = True
    expected = np.flatnonzero(state[Schools].municipality == 0)
    assert people(state, luck(state), Respondents.LEADERS_2020).unit.tolist() == expected.tolist()


def test_those_answer_who_are_able_to_and_no_more_than_there_were() -> None:
    state, everybody = small_country(), People(np.arange(100), np.repeat([0, 1], 50))
    able = everybody.unit == 0
    order = turns(everybody.id, luck(state), Respondents.OWNERS)
    found = respond(everybody, able, 30, order)
    assert len(np.unique(found.id)) == 30
    assert (found.id < 50).all()
    assert (found.unit == 0).all()
    assert len(respond(everybody, able, 80, order).id) == 50


def test_one_more_person_moves_nobody_elses_turn() -> None:
    state = small_country()
    few, many = (turns(np.arange(n), luck(state), Respondents.OWNERS) for n in (99, 100))
    assert many[many < 99].tolist() == few.tolist()


def test_distance_grows_from_the_partnership_to_the_representatives() -> None:
    steps = {kind: GROUPS[kind].steps_away for kind in REPORTED}
    assert steps[Respondents.OWNERS] == steps[Respondents.UH] == 0
    assert 0 < steps[Respondents.LEADERS] < steps[Respondents.REPRESENTATIVES]
