"""Earlier information on the deadline: what planning for it wins back, and what it takes."""

from __future__ import annotations

import pytest

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.schemes.follow_up import prephase
from sim.schemes.follow_up.assumptions import Prephase
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.prephase import usable_share
from sim.schemes.follow_up.state import FollowUpOwners, Phase
from tests.small_world import Dice, parameters, small_world


def usable(p: Parameters) -> float:
    return usable_share(p[FollowUp], p[Prephase])


def test_planning_for_the_deadline_wins_part_of_what_it_cuts_off_back() -> None:
    # a quarter of the half that lies behind the deadline
    assert usable(parameters(follow_up__early_information=1.0)) == pytest.approx(0.625)
    assert usable(parameters(follow_up__early_information=0.4)) == pytest.approx(0.55)
    assert usable(parameters()) == 0.5


def test_where_nothing_is_cut_off_there_is_nothing_to_win() -> None:
    late = parameters(follow_up__early_information=1.0, follow_up__deadline_share=1.0)
    assert usable(late) == 1


def test_it_takes_hours_of_the_owner_when_the_pre_phase_begins() -> None:
    spent = []
    for known, half_years in ((0.0, 0), (1.0, 0), (1.0, 1)):
        state = small_world(2020, Season.AUTUMN)
        f = state[FollowUpOwners]
        f.phase[0], f.half_years[0] = Phase.PREPHASE, half_years
        f.guide_match[:] = 0.7
        prephase.work(state, parameters(follow_up__early_information=known), Dice())
        spent.append(f.spent_hours[0])
    assert spent == pytest.approx([125, 140, 125])
