"""The county's forum: trust, roles, contact, visibility, models, and what reforms cost."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.parameters.load import Load
from sim.schemes.vocational.assumptions import CountyWork
from sim.schemes.vocational.county import (
    asked_of_office,
    carried_over,
    contact_after,
    expected_hit,
    hours_of_half_year,
    hours_of_office,
    meet,
    models_after,
    moved_along,
    redraw,
    role_clarity_called_for,
    spread,
    trust_after,
    worry,
)
from sim.schemes.vocational.levers import ForumRole, RunBy, Vocational
from sim.schemes.vocational.state import CountyOwners
from sim.state.places import Counties
from tests.schemes.vocational.small_county import parameters, small_county
from tests.small_world import Dice

A = parameters()[CountyWork]


def test_trust_grows_with_meetings_and_goes_with_members() -> None:
    # 0.5 + 0.1 x 0.5, of which a tenth of the members take theirs along; one and a half times as fast where they decide
    assert trust_after(0.5, 1.0, A) == pytest.approx(0.55 * 0.9)
    assert trust_after(0.5, 1.5, A) == pytest.approx(0.575 * 0.9)
    assert trust_after(0.5, 0.0, A) == pytest.approx(0.45)


def test_a_regulation_clears_roles_and_a_deciding_forum_blurs_them() -> None:
    for regulation, role, expected in (
        (False, ForumRole.ADVISING, 0.3),
        (True, ForumRole.ADVISING, 0.7),
        (True, ForumRole.DECIDING, 0.5),
    ):
        levers = parameters(vocational__regulation=regulation, vocational__forum_role=role)[Vocational]
        assert role_clarity_called_for(0.0, levers, A) == pytest.approx(expected)
        assert role_clarity_called_for(0.1, levers, A) == pytest.approx(expected + 0.1)
    active = parameters(vocational__board_active=0.5)[Vocational]
    assert role_clarity_called_for(0.0, active, A) == pytest.approx(
        0.75
    )  # half of what a fully active board adds


def test_contact_is_made_by_coordination_and_lost_by_chance() -> None:
    levers = parameters()[Vocational]  # half coordination: a chance of a tenth in half a year; lost as often
    assert [contact_after(False, u, 1.0, levers, A) for u in (0.05, 0.15)] == [True, False]
    assert [contact_after(True, u, 1.0, levers, A) for u in (0.05, 0.15)] == [False, True]
    assert not contact_after(False, 0.05, 1.0, parameters(vocational__coordination=0.0)[Vocational], A)
    assert contact_after(False, 0.15, 1.0, parameters(vocational__joint=True)[Vocational], A)
    # a whole post looks for it as 0.2 of full coordination would: 0.14
    assert contact_after(False, 0.13, 1.0, parameters(vocational__own_post=1.0)[Vocational], A)


def test_needs_are_hit_where_working_life_is_heard_trusted_and_seen() -> None:
    # 0.3 + 0.4 x trust 0.5 x visibility + 0.2 x models where roles are clear
    assert expected_hit(0.5, 1.0, 1.0, 0.4, 0.0, A) == pytest.approx(0.3 + 0.2 + 0.08)
    assert expected_hit(0.5, 0.5, 1.0, 0.0, 0.0, A) == pytest.approx(0.3 + 0.1)
    assert expected_hit(0.0, 1.0, 1.0, 0.0, 0.0, A) == pytest.approx(0.3)


def test_unclear_roles_keep_half_of_what_working_life_knows_from_being_said() -> None:
    assert expected_hit(0.5, 1.0, 0.0, 0.0, 0.0, A) == pytest.approx(0.3 + 0.1)
    assert expected_hit(0.5, 1.0, 0.5, 0.0, 0.0, A) == pytest.approx(0.3 + 0.15)


def test_an_active_board_helps_to_hit_needs_that_are_seen() -> None:
    assert expected_hit(0.0, 1.0, 1.0, 0.0, 1.0, A) == pytest.approx(0.3 + 0.1)
    assert expected_hit(0.0, 0.5, 1.0, 0.0, 1.0, A) == pytest.approx(0.3 + 0.05)


def test_all_that_forum_board_and_county_are_asked_to_do_takes_hours() -> None:
    none = {
        "vocational__national_network": 0.0, "vocational__coordination": 0.0, "vocational__regulation": False,
        "vocational__continuity": 0.0,
    }  # fmt: skip
    alone = parameters(**none)[Vocational]
    assert hours_of_half_year(False, False, alone, A) == pytest.approx(100)
    assert hours_of_half_year(True, False, alone, A) == pytest.approx(108)
    for lever, value, more in (
        ("forum_role", ForumRole.DECIDING, 80), ("plan", True, 30), ("board_active", 1.0, 40), ("national_network", 1.0, 10),
        ("coordination", 1.0, 20), ("regulation", True, 5),
    ):  # fmt: skip
        levers = parameters(**{**none, f"vocational__{lever}": value})[Vocational]
        assert hours_of_half_year(False, False, levers, A) == pytest.approx(100 + more), lever
    joint = parameters(**{**none, "vocational__joint": True, "vocational__continuity": 1.0})[Vocational]
    assert hours_of_half_year(False, False, joint, A) == pytest.approx(100 + 8)  # half of the rules
    assert hours_of_half_year(False, True, joint, A) == pytest.approx(100 + 8 + 60)


def test_the_office_shares_its_man_years_among_all_that_is_asked() -> None:
    p = parameters(
        vocational_counties__office_fte=0.1,
        vocational_counties__ordinary_hours=60.0,
        vocational_counties__usual_rolling=0.5,
        vocational__own_post=0.1,
    )
    a, levers, hours = p[CountyWork], p[Vocational], p[Load].hours_per_man_year / 2
    # 60, half of 100 for meetings, 5 in the network, 10 for contact, 5 for the regulation; 8 for applications at any time
    assert asked_of_office(False, False, levers, a) == pytest.approx(130)
    assert asked_of_office(True, False, levers, a) == pytest.approx(138)
    assert hours_of_office(False, levers, a, p[Load]) == pytest.approx(0.2 * hours)
    assert hours_of_office(True, levers, a, p[Load]) == pytest.approx(0.2 * hours + 8)


def test_what_the_office_does_not_get_done_is_missed_now_and_later() -> None:
    # asked twice what there is: half gets done, and of this half-year three quarters
    short = 64 / (parameters()[Load].hours_per_man_year / 2)
    p = parameters(vocational_counties__office_fte=short, vocational_counties__usual_rolling=0.0, vocational__direct_share=1.0,
                   vocational_counties__ordinary_hours=58.0)  # fmt: skip
    state = small_county()
    owners = state[CountyOwners]
    meet(state, p, Dice())
    assert owners.done == pytest.approx([0.75, 0.75])
    assert owners.experience == pytest.approx([3 + 0.75 / 2] * 2)
    meet(state, p, Dice())
    assert owners.done == pytest.approx([0.625, 0.625])


def test_models_contact_and_continuity_are_work_of_the_office() -> None:
    assert models_after(0.0, 0.4, 0.5, False, 0.5, 0.5, A) == pytest.approx((0.05 + 0.04) / 2)
    levers = parameters()[Vocational]
    assert [contact_after(False, 0.07, done, levers, A) for done in (1.0, 0.5)] == [True, False]
    wholly = parameters(vocational__continuity=1.0)[Vocational]
    assert [carried_over(wholly, done, A) for done in (1.0, 0.5)] == pytest.approx([1.0, 0.75])


def test_models_are_found_taken_over_and_lost_with_persons() -> None:
    # own: 0.1 x 0.5 of the gap; from the best one: 0.2 x 0.5 x 0.4
    assert models_after(0.4, 0.4, 0.5, False, 0.5, 1.0, A) == pytest.approx(0.43)
    assert models_after(0.0, 0.4, 0.5, False, 0.5, 1.0, A) == pytest.approx(0.05 + 0.04)
    assert models_after(0.0, 0.4, 0.5, False, 0.0, 1.0, A) == pytest.approx(0.05)
    assert models_after(0.4, 0.4, 0.5, True, 0.0, 1.0, A) == pytest.approx(0.215)
    assert models_after(0.0, 0.4, 0.5, True, 0.0, 1.0, A) == pytest.approx(0.025)


def test_the_best_county_is_one_that_owns_now() -> None:
    state = small_county()
    owners = state[CountyOwners]
    owners.owner[:] = 1  # both are one now; what the first once had is nobody's
    spread(state, parameters(), Dice())
    assert owners.models[1] == pytest.approx(0.05)


def test_a_meeting_moves_all_of_it_and_costs_hours() -> None:
    state = small_county(season=Season.SPRING)
    meet(state, parameters(), Dice())
    owners = state[CountyOwners]
    assert owners.experience.tolist() == [3.5, 3.5]
    assert owners.role_clarity == pytest.approx([0.5 + 0.2 * 0.2] * 2)
    # 100 for meetings, 5 in the network, 10 for contact, 5 for the regulation, 8 for applications at any time
    assert owners.hours.tolist() == [128, 128]
    meet(state, parameters(vocational__forum_role=ForumRole.DECIDING), Dice())
    assert owners.hours == pytest.approx([208, 208])


def test_a_post_speeds_up_what_the_county_learns() -> None:
    state = small_county()
    meet(state, parameters(vocational__own_post=0.5), Dice())
    assert state[CountyOwners].experience == pytest.approx([3.6, 3.6])  # a fifth more than half a year


def test_nobody_meets_where_the_scheme_does_not_run() -> None:
    state = small_county(season=Season.SPRING)
    before = state.copy()
    meet(state, parameters(vocational__active=False), Dice())
    assert state[CountyOwners].trust.tolist() == before[CountyOwners].trust.tolist()
    assert state[CountyOwners].hours.tolist() == [0, 0]


def test_a_joint_scheme_costs_once_what_continuity_does_not_carry_over() -> None:
    state, joint = small_county(), parameters(vocational__joint=True, vocational_counties__trust_gain=0.0)
    meet(state, joint, Dice())
    # half of a half is lost; members who leave take a tenth of trust along
    assert state[CountyOwners].trust == pytest.approx([0.375 * 0.9] * 2)
    assert state[CountyOwners].models == pytest.approx([0.3, 0.0])
    assert state[CountyOwners].experience == pytest.approx([2.25 + 0.5] * 2)
    meet(state, joint, Dice())
    assert state[CountyOwners].trust == pytest.approx([0.375 * 0.81] * 2)
    assert state[CountyOwners].models == pytest.approx([0.3, 0.0])


def test_visibility_slips_in_a_joint_scheme_towards_what_its_rules_and_numbers_keep() -> None:
    state = small_county()
    meet(state, parameters(vocational__joint=True), Dice())
    # half kept by rules, and of the rest the 0.4 that vocational teachers are: 0.7; a quarter of the way in half a year
    assert state[CountyOwners].visibility == pytest.approx([1 - 0.3 / 4] * 2)


def test_worries_about_a_joint_scheme_come_true_by_half_where_the_county_runs_it() -> None:
    state, county = small_county(), parameters(vocational__joint=True, vocational__run_by=RunBy.COUNTY)
    assert worry(county[Vocational], A) == pytest.approx(0.5)
    assert worry(parameters()[Vocational], A) == 1
    meet(state, county, Dice())
    assert state[CountyOwners].visibility == pytest.approx([1 - 0.15 / 4] * 2)
    assert state[CountyOwners].models == pytest.approx([0.35, 0.0])  # an eighth is lost, not a quarter


def test_a_merger_sets_back_the_counties_that_are_merged() -> None:
    state = small_county(2020, Season.SPRING)
    state[Counties].name_2020[:] = "Vestlandet"
    state[CountyOwners].carried_nok[:] = [100, 50]
    redraw(state, parameters(), Dice({"contact outlives a county reform": {11: 0.4}}))
    owners = state[CountyOwners]
    assert owners.owner.tolist() == [0, 0]
    assert owners.trust[0] == pytest.approx(0.25)
    assert owners.experience[0] == pytest.approx(1.5)
    assert not owners.contact[0]
    assert owners.carried_nok.tolist() == [150, 0]


def test_contact_outlives_a_merger_where_its_persons_do() -> None:
    state = small_county(2020, Season.SPRING)
    state[Counties].name_2020[:] = "Vestlandet"
    redraw(state, parameters(), Dice({"contact outlives a county reform": {11: 0.6}}))
    assert state[CountyOwners].contact[0]


def test_money_carried_follows_the_teachers_when_counties_part_and_none_is_lost() -> None:
    nok = moved_along(np.array([100, 7]), np.array([0, 0]), np.array([0, 1]), np.array([3.0, 1.0]))
    assert nok.tolist() == [75, 25]  # what stood in the row of a county that owned nothing is nobody's


def test_outside_the_reforms_nothing_is_redrawn() -> None:
    state = small_county(2021, Season.SPRING)
    redraw(state, parameters(), Dice())
    assert state[CountyOwners].trust.tolist() == [0.5, 0.5]
