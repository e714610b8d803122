"""The guide corps: those who ask, weakest first; schools gain more than owners; it ends by itself."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.model import SchemeModel
from sim.parameters.declaration import Value
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters, Registry
from sim.parameters.scope import Scope
from sim.schemes.follow_up.state import FollowUpOwners, Phase, Provider
from sim.schemes.guide_corps.guiding import chance_to_seek, guide, invite
from sim.schemes.guide_corps.parameters import GuideCorps
from sim.schemes.guide_corps.state import GuidedOwners, GuidedSchools
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.small_world import Dice, small_world


def parameters(**values: Value) -> Parameters:
    assumed: dict[str, Value] = {
        "active": True, "places": 1, "years": 1.0, "seeks_chance": 0.2, "weak_seeks": 0.5, "schools_share": 0.5,
        "asked_fte": 0.05, "leader_learns": 0.2, "owner_learns": 0.1,
        "guide_nok": 100_000.0,
    }  # fmt: skip
    both = {f"guide_corps.{field}": value for field, value in (assumed | values).items()}
    return Parameters(Registry([Scope, Pandemic, GuideCorps]), both)


SEEK = {"owner seeks guides of the corps": {1101: 0.1, 4601: 0.1}, "school guided by the corps": {101: 0.9}}


def world(season: Season = Season.AUTUMN) -> State:
    state = small_world(2012, season)
    state[GuidedOwners], state[GuidedSchools] = GuidedOwners.blank(2), GuidedSchools.blank(3)
    return state


def test_owners_of_weak_results_seek_it_more() -> None:
    found = [chance_to_seek(level, parameters()[GuideCorps]) for level in (0.0, -2.0, 2.0, -20.0)]
    assert found == pytest.approx([0.2, 0.4, 0, 1])


def test_places_go_to_the_weakest_of_those_who_ask_and_ask_their_time() -> None:
    state = world()
    state[Municipalities].load[:] = 1
    invite(state, parameters(), Dice(SEEK))
    assert state[GuidedOwners].years_left.tolist() == [0, 1]  # its school lies two points below the nation
    assert state[Municipalities].load == pytest.approx([1, 1.2])  # 0.05 of a quarter of a man-year
    assert state[Municipalities].corps_nok.tolist() == [0, 50_000]


def test_whoever_does_not_ask_gets_nothing() -> None:
    for state, values in (
        (world(), {"seeks_chance": 0.0}),
        (world(), {"active": False}),
        (world(Season.SPRING), {}),
    ):
        invite(state, parameters(**values), Dice(SEEK))
        assert not state[GuidedOwners].years_left.any()


def test_guided_principals_learn_most_and_the_owner_a_little() -> None:
    state = world()
    state[GuidedOwners].years_left[0] = 0.5
    state[GuidedSchools].guided[0] = True
    guide(state, parameters(), Dice())
    assert state[Schools].leadership == pytest.approx([0.55, 0.8, 0.2])  # a tenth of the gap
    assert state[Municipalities].competence == pytest.approx([0.62, 0.4])  # a twentieth
    assert not state[GuidedOwners].years_left.any()
    assert not state[GuidedSchools].guided.any()


def test_an_overloaded_owner_gets_less_out_of_it() -> None:
    state = world()
    state[GuidedOwners].years_left[0] = 0.5
    state[Municipalities].load[0] = 2
    guide(state, parameters(), Dice())
    assert state[Municipalities].competence[0] == pytest.approx(0.61)


def test_owners_that_chose_the_corps_as_provider_are_guided_as_long_as_their_measures_last() -> None:
    state = world(Season.SPRING)
    owners, p = state[Municipalities], parameters(years=0.5)
    owners.corps_years[:], owners.load[:] = [2.0, 0], 1
    guided = []
    while owners.corps_years[0] or state[GuidedOwners].years_left[0]:
        invite(state, p, Dice({"school guided by the corps": {100: 0.4, 101: 0.6}}))
        owners.corps_years[:] = 0  # as follow-up does when measures begin
        guided.append(state[GuidedSchools].guided.tolist())
        assert owners.corps_nok.tolist() == [50_000, 0]
        guide(state, p, Dice())
    assert guided == 4 * [[True, False, False]]
    assert owners.load[0] == pytest.approx(1 + 4 * 0.05 / owners.capacity_fte[0])
    invite(state, p, Dice({"owner seeks guides of the corps": {1101: 0.9, 4601: 0.9}}))
    assert not owners.corps_nok.any()


def test_without_a_corps_nobody_is_guided_nor_gets_it_as_provider() -> None:
    state = world()
    state[Municipalities].corps_years[:], state[GuidedOwners].years_left[:] = [2.0, 0], [0, 1.0]
    state[GuidedSchools].guided[2] = True
    invite(state, parameters(active=False), Dice(SEEK))
    assert not state[Municipalities].corps_years.any()
    assert not state[GuidedOwners].years_left.any()
    assert not state[GuidedSchools].guided.any()


def test_who_begins_with_measures_carried_out_by_the_corps_takes_none_of_its_places() -> None:
    state = world()
    state[Municipalities].corps_years[:] = [0, 2.0]
    invite(state, parameters(), Dice(SEEK))
    assert state[GuidedOwners].years_left.tolist() == [1, 2]


@pytest.mark.slow
def test_history_can_be_played_from_2005_with_the_guide_corps_in_its_years() -> None:
    model = SchemeModel("history", rng=11, scale=0.1, start=2005)
    guided, carries, there = {}, {}, {}
    while model.coming.year <= 2022:
        model.step()
        now, f = str(model.state.now), model.state[FollowUpOwners]
        there[now] = model.p[GuideCorps].active
        guided[now] = int(np.count_nonzero(model.state[Municipalities].corps_nok))
        carries[now] = int(np.sum((f.phase == Phase.IMPLEMENTATION) & (f.provider == Provider.CORPS)))
    years = sorted({now[:4] for now, n in guided.items() if n})
    assert years == [str(year) for year in range(2010, 2021)]
    # Measures of those drawn in 2017 and 2018 begin in the autumn of the draw and last for two years; so long guides stay.
    assert {now for now, n in carries.items() if n} == {
        "2017-autumn", "2018-spring", "2018-autumn", "2019-spring", "2019-autumn", "2020-spring",
    }  # fmt: skip
    for now in ("2018-autumn", "2019-spring", "2019-autumn", "2020-spring", "2020-autumn"):
        assert guided[now] == carries[now]  # those who asked are through
    assert there["2021-autumn"]
    assert not there["2022-spring"]
    assert model.state.breaches() == []
