"""The needs analysis: whose competence makes it hit, what direct involvement costs, and what evaluation feeds back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.half_year import Season
from sim.schemes.decentralised.assumptions import Coordinators, Needs
from sim.schemes.decentralised.needs import analyse, coordination, evaluate, expected_hit
from sim.schemes.decentralised.state import Collaboration, DecentralisedOwners, DecentralisedSchools, Ties
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, luck, parameters

N = parameters()[Needs]
SHARES = st.floats(0, 1)


def test_an_analysis_hits_by_the_competence_of_owner_network_and_uh() -> None:
    # weights 0.4, 0.3, 0.2, and 0.05 for teachers' views in the data
    assert expected_hit(0.5, 0.4, 0.2, 0, 0, N) == pytest.approx(0.2 + 0.12 + 0.04 + 0.05)


def test_teachers_add_more_when_they_take_part_and_so_does_a_good_evaluation() -> None:
    assert expected_hit(0, 0, 0, 1, 0, N) == pytest.approx(0.15)
    assert expected_hit(0, 0, 0, 0.5, 0, N) == pytest.approx(0.1)
    assert expected_hit(0, 0, 0, 0, 1, N) == pytest.approx(0.15)


def test_an_analysis_in_spring() -> None:
    state = small_scheme(season=Season.SPRING)
    state[Municipalities].load[:] = [1.0, 2.0]
    analyse(state, parameters(), Dice())
    dec = state[DecentralisedOwners]
    assert dec.direct == pytest.approx([0.4, 0.2])  # an owner with twice too much to do gets half of it done
    # Each owner is alone in its network; together with UH 0.5 x process competence 0.5; evaluation 0.5.
    assert dec.hit == pytest.approx(
        [
            0.7 * 0.6 + 0.2 * 0.25 + 0.15 * 0.4 + 0.05 * 0.6 + 0.05,
            0.7 * 0.4 + 0.2 * 0.25 + 0.15 * 0.2 + 0.05 * 0.8 + 0.05,
        ]
    )
    # 40 hours of the owner, 5 hours x directness of each of eight and four teachers, 10 of each school's leader
    assert dec.hours == pytest.approx([40 + 5 * 0.4 * 8 + 2 * 10 * 0.4, 40 + 5 * 0.2 * 4 + 10 * 0.2])


def test_those_who_are_asked_tire_of_it() -> None:
    state = small_scheme(season=Season.SPRING)
    fatigue = state[Schools].fatigue.copy()
    state[DecentralisedSchools].codetermination[:] = [0.5, 0, 0]
    analyse(state, parameters(decentralised_voices__fatigue_per_hour=0.01), Dice())
    # 5 hours x 0.4, and 2 hours x 0.5 of planning with the representatives in the first school
    assert state[Schools].fatigue == pytest.approx(fatigue + np.array([0.03, 0.02, 0.02]))


def test_taking_part_makes_teachers_versed_in_using_data() -> None:
    state = small_scheme(season=Season.SPRING)
    state[DecentralisedOwners].versed[:] = [0.8, 0.0]
    plain = small_scheme(season=Season.SPRING)
    analyse(plain, parameters(), Dice())
    analyse(state, parameters(decentralised_needs__versed_gain=0.1), Dice())
    assert state[DecentralisedOwners].hit == pytest.approx(
        plain[DecentralisedOwners].hit + np.array([0.08, 0])
    )
    assert state[DecentralisedOwners].versed == pytest.approx([0.6, 0.2])  # half-way to a directness of 0.4


def test_what_supervision_finds_helps_where_the_governor_uses_it() -> None:
    state, plain = small_scheme(season=Season.SPRING), small_scheme(season=Season.SPRING)
    state[Offices].synergy[:] = [0.5, 0.0]
    analyse(plain, parameters(), Dice())
    analyse(state, parameters(decentralised_needs__supervision_gain=0.2), Dice())
    hit = plain[DecentralisedOwners].hit
    assert state[DecentralisedOwners].hit == pytest.approx([hit[0] + 0.1 * (1 - hit[0]), hit[1]])


def test_a_coordinator_makes_more_of_a_network() -> None:
    a = parameters(decentralised_networks__weight=0.4)[Coordinators]
    # None: what does not rest on one; 0.3 man-years: as usual; 0.9: 2 x 3/4 of the four tenths
    assert [coordination(fte, 0.0, a) for fte in (0.0, 0.3, 0.9)] == pytest.approx([0.6, 1.0, 1.2])
    assert coordination(0.9, 0.6, a) == pytest.approx(1.0)  # what is lent to another scheme is not there
    assert coordination(0.3, 0.5, a) == pytest.approx(0.6)


def test_neighbours_in_a_network_lend_each_other_their_competence() -> None:
    state = small_scheme(season=Season.SPRING)
    state[Municipalities].network[:] = 0
    analyse(state, parameters(), Dice())
    # 0.4 x own + 0.3 x the mean of 0.5, and the same from the rest
    assert state[DecentralisedOwners].hit[0] - state[DecentralisedOwners].hit[1] == pytest.approx(0.4 * 0.2)


def test_support_closes_half_of_the_gap() -> None:
    plain, supported = small_scheme(season=Season.SPRING), small_scheme(season=Season.SPRING)
    analyse(plain, parameters(), Dice())
    analyse(supported, parameters(decentralised__analysis_support=1.0), Dice())
    hit = plain[DecentralisedOwners].hit
    assert supported[DecentralisedOwners].hit == pytest.approx(hit + 0.5 * (1 - hit))


def test_luck_moves_an_analysis_by_a_tenth_for_a_standard_deviation() -> None:
    plain, lucky = small_scheme(season=Season.SPRING), small_scheme(season=Season.SPRING)
    analyse(plain, parameters(), Dice())
    analyse(lucky, parameters(), Dice({"luck of a needs analysis": {1101: 0.841345}}))
    assert lucky[DecentralisedOwners].hit - plain[DecentralisedOwners].hit == pytest.approx(
        [0.1, 0], abs=1e-6
    )


@pytest.mark.parametrize(("season", "active"), [(Season.AUTUMN, True), (Season.SPRING, False)])
def test_in_autumn_and_where_no_money_runs_nobody_analyses(season: Season, *, active: bool) -> None:
    state = small_scheme(season=season)
    before = state[DecentralisedOwners].copy()
    p = parameters(decentralised__active=active)
    analyse(state, p, Dice())
    evaluate(state, p, Dice())
    for name, values in state[DecentralisedOwners].arrays().items():
        assert np.array_equal(values, before.arrays()[name]), name


def test_what_partners_make_of_a_round_together_becomes_its_evaluation() -> None:
    state = small_scheme(season=Season.SPRING)
    state[Ties].together[:, Collaboration.EVALUATION] = [0.8, 0.2]
    evaluate(state, parameters(), Dice())
    # half-way from 0.5 to 0.8 x 0.5 and to 0.2 x 0.5
    assert state[DecentralisedOwners].evaluation == pytest.approx([0.45, 0.3])


@given(values=st.tuples(SHARES, SHARES, SHARES, SHARES, SHARES), world=st.integers(0, 1000), support=SHARES)
def test_a_hit_is_a_share(
    values: tuple[float, float, float, float, float], world: int, support: float
) -> None:
    assert 0 <= expected_hit(*values, N) <= 1
    state = small_scheme(season=Season.SPRING)
    state[Municipalities].competence[:] = values[:2]
    analyse(state, parameters(decentralised__analysis_support=support), luck(state, world))
    assert state.breaches() == []
