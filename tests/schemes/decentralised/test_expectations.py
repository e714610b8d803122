"""Expectations follow experience."""

from __future__ import annotations

import pytest

from sim.schemes.decentralised.expectation_state import (
    ForumExpectations,
    SchoolExpectations,
    TieExpectations,
    UHExpectations,
)
from sim.schemes.decentralised.expectations import expected_after, follow
from sim.schemes.decentralised.state import DecentralisedSchools, DecentralisedUH, Ties
from sim.state.places import UHUnits
from sim.state.schools import Schools
from tests.small_world import Dice, parameters
from tests.surveys.small_country import small_country


def test_what_is_met_first_is_expected_and_then_a_part_of_the_gap_closes() -> None:
    assert expected_after(0.0, 0.4, 0.15) == 0.4
    assert expected_after(0.4, 0.6, 0.15) == pytest.approx(0.43)
    assert expected_after(0.6, 0.4, 0.15) == pytest.approx(0.57)
    assert expected_after(0.4, 0.9, 0.0) == 0.4


def test_levels_are_followed_half_year_by_half_year() -> None:
    state, p = small_country(), parameters(decentralised_expectations__pace=0.4)
    follow(state, p, Dice())
    assert state[TieExpectations].expected_equality.tolist() == [0.5, 0.5, 0.5]
    state[Ties].equality[:], state[Ties].together[:] = 0.7, 0.9
    follow(state, p, Dice())
    assert state[TieExpectations].expected_equality == pytest.approx([0.54] * 3)  # 0.5 and a fifth of 0.2
    assert state[TieExpectations].expected_together[0] == pytest.approx([0.58] * 5)
    assert state[ForumExpectations].expected_satisfaction == pytest.approx([0.5, 0.5])


def test_schools_expect_of_measures_only_while_one_is_under_way() -> None:
    state, p = small_country(), parameters(decentralised_expectations__pace=0.4)
    follow(state, p, Dice())
    state[DecentralisedSchools].in_measure[0] = False
    state[DecentralisedSchools].fit[:] = 0.8
    follow(state, p, Dice())
    assert state[SchoolExpectations].expected_fit == pytest.approx([0.5, *[0.56] * 4, 0])
    state[Schools].community[:], state[DecentralisedSchools].coverage[:] = 0.4, 0.9
    follow(state, p, Dice())
    assert state[SchoolExpectations].expected_collective[1] == pytest.approx(0.5 + 0.2 * 0.1)


def test_uh_is_expected_to_be_as_able_as_quality_and_process_competence_say() -> None:
    state, p = small_country(), parameters(decentralised_expectations__pace=1.0)
    state[UHUnits].quality[:], state[DecentralisedUH].process_competence[:] = 0.3, [0.5, 0.9]
    follow(state, p, Dice())
    assert state[UHExpectations].expected_competence == pytest.approx([0.4, 0.6])
