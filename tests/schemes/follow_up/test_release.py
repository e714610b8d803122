"""A sanction on the model of ROBEK lasts until the figures are above the limit; the countries are those of the draw's tests."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import HalfYear, Season
from sim.schemes.follow_up.draw_state import Thresholds
from sim.schemes.follow_up.release import release
from sim.schemes.follow_up.state import FollowUpOwners, Phase
from sim.state import State
from tests.schemes.follow_up.test_draw import ALONE, country, hold, levers
from tests.small_world import Dice

# Risk shares of 1 to 7: 9/9, 7/9, 5/9, 3/9, 2/9, 3/3, none possible; 8 is the rest of the country.


def sanctioned_after_a_draw(*, places: int, phase: Phase = Phase.AFTERWARDS) -> State:
    """A draw was held in 2020; all are under a sanction from before, at New Year 2021."""
    state = country(ALONE)
    hold(state, levers(average_places=places))
    state[FollowUpOwners].phase[:], state[FollowUpOwners].sanctioned[:] = phase, True
    state.now = HalfYear.of(2021, Season.SPRING)
    return state


def test_the_limit_is_where_the_latest_average_draw_ended() -> None:
    for places, limit in ((3, 7 / 9), (5, 3 / 9), (0, 1)):
        state = sanctioned_after_a_draw(places=places)
        assert state[Thresholds].limit_share[0] == pytest.approx(limit)


@pytest.mark.parametrize("phase", [Phase.AFTERWARDS, Phase.NONE, Phase.DIALOGUE])
def test_at_new_year_those_are_let_go_whose_results_are_above_the_limit(phase: Phase) -> None:
    state = sanctioned_after_a_draw(places=4, phase=phase)  # 1, 6, 2 and 3 were drawn: the limit is 5/9
    release(state, levers(), Dice())
    assert state[FollowUpOwners].sanctioned.tolist() == [True, True, True, False, False, True, False, False]


def test_nobody_is_let_go_while_measures_last() -> None:
    for phase in (Phase.PREPHASE, Phase.IMPLEMENTATION):
        state = sanctioned_after_a_draw(places=4, phase=phase)
        release(state, levers(), Dice())
        assert state[FollowUpOwners].sanctioned.all()


def test_new_figures_count_and_nobody_comes_under_the_sanction_by_them() -> None:
    state = sanctioned_after_a_draw(places=4)
    release(
        state, levers(years_of_data=1), Dice()
    )  # in the latest year 2 and 3 have 3 of 3, 4 and 5 have 1 of 3
    sanctioned = state[FollowUpOwners].sanctioned
    assert sanctioned.tolist()[:5] == [True, True, True, False, False]
    sanctioned[:] = np.arange(8) == 3
    release(state, levers(), Dice())
    assert not sanctioned.any()
