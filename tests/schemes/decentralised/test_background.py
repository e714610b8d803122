"""The decentralised scheme as a background: a little to every school, more where owner and UH are good."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.schemes.decentralised.background import SCHEME, Background, ask, dose, maturity, runs, support
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Schools
from sim.year_parts import Part
from tests.small_world import Dice, luck, parameters, small_world

B = parameters()[Background]


def test_forums_ripen_for_five_years_and_then_slowly_wither() -> None:
    # From 1/6 in the first year to 1 in the sixth, then 3 % less each year.
    assert [maturity(age, B) for age in (0, 1, 4, 5, 6, 7)] == pytest.approx(
        [1 / 6, 2 / 6, 5 / 6, 1, 0.97, 0.97**2]
    )


def test_the_usual_owner_with_the_usual_partner_gets_the_mean_dose() -> None:
    usual = dose(np.array([0.55]), np.array([0.5]), np.array([1.0]), B)
    assert usual == pytest.approx([0.06])


def test_the_dose_rests_on_partner_owner_and_what_gets_done() -> None:
    given_dose = dose(np.array([0.6, 0.4]), np.array([0.6, 0.4]), np.array([1.0, 0.5]), B)
    # 0.06 x 0.6/0.55 x 0.6/0.5 = 0.078545; 0.06 x 0.4/0.55 x 0.4/0.5 x 0.5 = 0.017455
    assert given_dose == pytest.approx([0.078545, 0.017455], abs=1e-6)


def test_schools_get_their_share() -> None:
    state = small_world(2022)
    state[Municipalities].load[:] = [0.5, 2.0]
    state[Schools].learning[:] = [0, 0, 0.1]
    state[Schools].involvement[:] = [0, 0.5, 0]
    state[Schools].upkeep[:] = [0, 0, 0.5]
    support(state, parameters(), Dice())
    # The sixth year: ripe. Half a year of a cycle's 0.3, times the doses above.
    assert state[Schools].learning == pytest.approx([0.15 * 0.078545] * 2 + [0.1 + 0.15 * 0.017455], abs=1e-6)
    # Half of the teachers' involvement is there already: of the other half 0.35 comes on top.
    assert state[Schools].involvement == pytest.approx([0.35, 0.5 + 0.5 * 0.35, 0.35])
    assert state[Schools].upkeep == pytest.approx([0.3, 0.3, 0.65])


def test_the_pandemic_takes_its_part() -> None:
    usual, struck = small_world(2022), small_world(2022)
    support(usual, parameters(), Dice())
    support(struck, parameters(pandemic__share_lost=0.4), Dice())
    assert struck[Schools].learning == pytest.approx(0.6 * usual[Schools].learning)
    assert struck[Schools].upkeep == pytest.approx([0.18] * 3)


def test_the_scheme_asks_for_its_part_of_the_owners_time() -> None:
    state = small_world(2022)
    ask(state, parameters(), Dice())
    assert state[Municipalities].load == pytest.approx([1.08, 1.32])


@pytest.mark.parametrize(("year", "active"), [(2016, True), (2022, False)])
def test_before_it_begins_or_when_it_is_off_nothing_happens(year: int, *, active: bool) -> None:
    state = small_world(year)
    p = parameters(decentralised__active=active)
    assert not runs(p[Background], year)
    ask(state, p, Dice())
    support(state, p, Dice())
    assert state[Municipalities].load.tolist() == [1, 1]
    assert state[Schools].learning.tolist() == state[Schools].upkeep.tolist() == [0, 0, 0]


def test_it_runs_from_2017() -> None:
    assert [runs(B, year) for year in (2016, 2017, 2034)] == [False, True, True]


def test_better_partners_give_more() -> None:
    state = small_world(2022)
    state[UHUnits].quality[:], state[Municipalities].competence[:] = [0.9, 0.3], 0.5
    support(state, parameters(), Dice())
    learning = state[Schools].learning
    assert learning[0] == learning[1] == pytest.approx(3 * learning[2])


def test_the_scheme_is_a_table_of_processes_and_keeps_no_state() -> None:
    assert {part: [p.rule for p in processes] for part, processes in SCHEME.processes.items()} == {
        Part.PLANNING: [ask],
        Part.MEASURES: [support],
    }
    state = small_world()
    tables = list(state)
    SCHEME.set_up(state, parameters(), luck(state))
    assert list(state) == tables


@given(age=st.integers(0, 60))
def test_maturity_is_a_share(age: int) -> None:
    assert 0 < maturity(age, B) <= 1
