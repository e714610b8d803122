"""The governor's office: its man-years are shared, and what it does for one owner it can't do for another [F5]."""

from __future__ import annotations

import pytest

from sim.schemes.follow_up.assumptions import Governors, Prephase
from sim.schemes.follow_up.governors import (
    by_closeness,
    closeness,
    follow,
    free_fte,
    judged_competence,
    prephase_length,
    track_by_need,
    wanted_fte,
)
from sim.schemes.follow_up.levers import FollowUp, Obligation, Sanction
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, Phase, Track
from sim.state import State
from sim.state.places import Municipalities, Offices
from tests.small_world import Dice, parameters, small_world

P = parameters()
PRE, G = P[Prephase], P[Governors]
ROBEK = parameters(follow_up__obligation=Obligation.COMPULSORY, follow_up__sanction=Sanction.ROBEK)
ROOMY = {"follow_up_governors__forum_fte": 0.0, "follow_up_governors__vacancy_chance": 0.0}


def followed(phase: Phase = Phase.PREPHASE, half_years: int = 1) -> State:
    """Both municipalities, each under an office of its own, in a phase."""
    state = small_world()
    f = state[FollowUpOwners]
    f.phase[:], f.half_years[:] = phase, half_years
    return state


def test_the_governor_means_to_be_as_close_as_its_habit_and_the_lever_say() -> None:
    # Offices' own 0.7 and 0.3, the lever 0.5
    assert [closeness(own, False, P[FollowUp], PRE) for own in (0.7, 0.3)] == pytest.approx([0.6, 0.4])


def test_a_governor_that_also_sanctions_helps_less() -> None:
    levers = ROBEK[FollowUp]
    assert [closeness(own, own < 0.5, levers, PRE) for own in (0.7, 0.3)] == pytest.approx([0.6, 0.2])


def test_forums_supervision_and_empty_posts_come_first() -> None:
    # 0.8 and 0.03 for each of 40 are 2.0; forums take 0.8, supervision 0.4; an empty post takes 0.6 more.
    assert free_fte(40, False, 0.0, G) == pytest.approx(0.8)
    assert free_fte(40, True, 0.0, G) == pytest.approx(0.21)  # 0.2 would be left, the least is 15 % of 1.4
    assert free_fte(0, False, 0.0, G) == pytest.approx(0.12)
    assert free_fte(40, False, 0.3, G) == pytest.approx(0.5)  # linking supervision and support takes some too


def test_the_more_there_is_to_follow_the_less_is_left_for_forums() -> None:
    # 0.83 man-years, 0.8 for forums and 0.01 for supervision: 0.02 left, the least is 0.1245.
    state = followed()
    follow(state, parameters(follow_up_governors__vacancy_chance=0.0), Dice())
    assert state[Offices].forum_room == pytest.approx([1 - 0.1045 / 0.8] * 2)
    state = followed()
    follow(
        state,
        parameters(follow_up_governors__vacancy_chance=0.0, follow_up_governors__prephase_fte=0.6245),
        Dice(),
    )
    # Half a man-year is missing; a fifth of that is taken from the forums.
    assert state[Offices].forum_room == pytest.approx([1 - 0.2045 / 0.8] * 2)
    assert state[FollowUpOffices].free_fte == pytest.approx([0.2245] * 2)


def test_what_supervision_finds_aims_the_hours_better() -> None:
    state = followed()
    state[Municipalities].county[:] = 0
    state[Offices].synergy[:] = 0.5
    follow(state, parameters(**ROOMY, follow_up_governors__directed=1.0), Dice())
    assert state[FollowUpOwners].closeness == pytest.approx([0.6 * 0.85, 0.6 * 1.15])


def test_closer_following_takes_more_hours() -> None:
    far, near = (parameters(follow_up__governor_closeness=x)[FollowUp] for x in (0.5, 1.0))
    phases = (Phase.PREPHASE, Phase.IMPLEMENTATION, Phase.AFTERWARDS)
    assert [wanted_fte(one, Track.FULL, far, G) for one in phases] == pytest.approx([0.06, 0.02, 0])
    assert wanted_fte(Phase.PREPHASE, Track.FULL, near, G) == pytest.approx(0.12)
    assert wanted_fte(Phase.PREPHASE, Track.LIGHT, far, G) == pytest.approx(0.4 * 0.06)


def test_answers_to_those_just_drawn_and_gatherings_leave_less_for_those_who_are_followed() -> None:
    asked = parameters(
        **ROOMY,
        follow_up_governors__prephase_fte=1.64,
        follow_up_governors__answers_fte=0.2,
        follow_up_governors__matching_fte=0.1,
    )
    # 0.82 man-years; openness 0.8 x 0.2 and half of 0.1 are 0.21; a gathering takes 0.2 from the second office
    state = followed(half_years=0)
    state[Offices].forums_fte[:] = [0.0, 0.2]
    follow(state, asked, Dice())
    assert state[FollowUpOffices].room == pytest.approx([0.61 / 1.64, 0.41 / 1.64])
    briefed = followed(half_years=0)
    follow(
        briefed,
        parameters(**ROOMY, follow_up_governors__prephase_fte=1.64, follow_up__guides_told=1.0),
        Dice(),
    )
    # 0.05 of the 0.82 man-years for the guides of its one owner
    assert briefed[FollowUpOffices].room == pytest.approx([0.77 / 1.64, 0.77 / 1.64])
    early = {"follow_up__early_information": 0.5, "follow_up_governors__early_fte": 0.1}
    told = followed(half_years=0)
    follow(told, parameters(**ROOMY, follow_up_governors__prephase_fte=1.64, **early), Dice())
    assert told[FollowUpOffices].room == pytest.approx([0.77 / 1.64, 0.77 / 1.64])
    later = followed(half_years=1)
    follow(later, asked, Dice())
    assert later[FollowUpOffices].room == pytest.approx([0.5, 0.5])


def test_an_office_takes_an_owner_for_what_it_knows_it_to_be() -> None:
    assert judged_competence(0.75, 1.0, 2.0, PRE, G) == pytest.approx(0.75)
    assert judged_competence(0.75, 0.0, 2.0, PRE, G) == pytest.approx(0.5 + 0.3)
    assert judged_competence(0.75, 0.6, -1.0, PRE, G) == pytest.approx(0.5 + 0.15 - 0.12)


def test_the_track_follows_need_where_the_rules_have_several() -> None:
    levers = parameters(follow_up__light_from=0.4, follow_up__straight_from=0.6)[FollowUp]
    assert [track_by_need(judged, levers) for judged in (0.3, 0.5, 0.7)] == [
        Track.FULL,
        Track.LIGHT,
        Track.STRAIGHT,
    ]
    assert track_by_need(1.2, P[FollowUp]) == track_by_need(-0.1, P[FollowUp]) == Track.FULL


def test_who_lacks_most_gets_a_longer_pre_phase_where_the_rules_have_one() -> None:
    levers = parameters(follow_up__long_below=0.4, follow_up__straight_from=0.6)[FollowUp]
    tracks = [track_by_need(judged, levers) for judged in (0.3, 0.5, 0.7)]
    assert tracks == [Track.LONG, Track.FULL, Track.STRAIGHT]
    assert [prephase_length(track, levers) for track in tracks] == [1.5, 1.0, 0.0]


def test_an_office_with_room_is_as_close_as_it_means_to_be() -> None:
    state = followed()
    follow(state, parameters(**ROOMY), Dice())
    assert state[FollowUpOwners].closeness == pytest.approx([0.6, 0.4])
    assert state[FollowUpOffices].room.tolist() == [1, 1]


def test_an_office_without_room_is_less_close() -> None:
    state = followed()
    p = parameters(**ROOMY, follow_up_governors__prephase_fte=1.64)
    follow(state, p, Dice())
    # 0.8 + 0.03 less supervision's 0.01 are 0.82 man-years: half of what is wanted
    assert state[FollowUpOffices].room == pytest.approx([0.5, 0.5])
    assert state[FollowUpOwners].closeness == pytest.approx([0.3, 0.2])


def test_hours_go_to_those_that_can_least() -> None:
    state = followed()
    state[Municipalities].county[:] = 0  # both under one office
    follow(state, parameters(**ROOMY, follow_up_governors__directed=1.0), Dice())
    # Competence 0.6 and 0.4: a tenth below and above the mean need; the office's own 0.6
    assert state[FollowUpOwners].closeness == pytest.approx([0.54, 0.66])


def test_roles_grow_clear_with_rounds_of_pre_phases_where_the_office_is_close() -> None:
    state = followed(half_years=0)
    follow(state, parameters(**ROOMY), Dice())
    assert state[FollowUpOffices].role_clarity == pytest.approx(
        [0.4 + 0.25 * 0.6 * 0.6, 0.4 + 0.25 * 0.4 * 0.6]
    )
    again = followed(half_years=1)
    follow(again, parameters(**ROOMY), Dice())
    assert again[FollowUpOffices].role_clarity.tolist() == [0.4, 0.4]


def test_nobody_outside_the_scheme_is_followed() -> None:
    state = followed(Phase.AFTERWARDS)
    state[FollowUpOwners].closeness[:] = 0.9
    follow(state, P, Dice())
    assert state[FollowUpOwners].closeness.tolist() == [0, 0]
    assert state[FollowUpOffices].asked_fte.tolist() == [0, 0]


def test_what_closeness_gives_and_takes_is_reckoned_from_the_usual() -> None:
    assert [by_closeness(0.4, close, G) for close in (0.0, 0.5, 1.0)] == pytest.approx([0.8, 1.0, 1.2])
    assert by_closeness(3.0, 0.0, G) == 0
