"""UH units: hours as far as the staff goes, recruitment, process competence, and the double purpose."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.schemes.decentralised.assumptions import Hands
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedUH, Ties
from sim.schemes.decentralised.uh import carry_back, process_after, quality_in_schools, serve
from tests.schemes.decentralised.small_scheme import small_scheme
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


def test_process_competence_is_learned_by_doing_and_lost_with_staff() -> None:
    # a tenth of the gap in half a year of full work, a twentieth lost
    cases = [(0.5, 1.0), (0.5, 0.0), (0.0, 0.5), (1.0, 1.0)]  # competence, and how much is used
    assert [process_after(*case, H) for case in cases] == pytest.approx([0.525, 0.475, 0.05, 0.95])


def half_year(uh: DecentralisedUH) -> None:
    """All hours are used; the second unit is a specialised centre."""
    carry_back(uh, specialised=False, unit=0, used=1.0, a=H)
    carry_back(uh, specialised=True, unit=1, used=1.0, a=H)


def test_contact_comes_first_teaching_next_and_research_last() -> None:
    uh = filled(DecentralisedUH, 2)
    half_year(uh)
    assert uh.practice_contact == pytest.approx([0.2, 0.2])
    # of contact 0.2, a specialised centre carries half back
    assert uh.teaching == pytest.approx([0.1 * 0.2, 0.1 * 0.1])
    assert uh.research == pytest.approx([0.05 * 0.2, 0.05 * 0.1])
    for _ in range(30):
        half_year(uh)
    assert uh.practice_contact[0] > uh.teaching[0] > uh.research[0]
    assert (uh.teaching[0] > uh.teaching[1]) & (uh.research[0] > uh.research[1])


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
