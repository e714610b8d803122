"""The forum: leadership learned and lost, clear roles, trust, a plan, bargaining, and new beginnings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Floats
from sim.half_year import HalfYear, Season
from sim.model import SchemeModel
from sim.schemes.decentralised.assumptions import Forum
from sim.schemes.decentralised.forum import (
    after_half_year,
    anchored_after,
    bargain,
    clarity_called_for,
    maturity,
    meet,
    redraw,
    replace_criteria,
    resources,
    satisfaction,
    trust_after,
)
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, Forums
from sim.state import State
from sim.state.places import Counties, Municipalities, Offices
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, filled, luck, parameters

F = parameters()[Forum]
SHARES = st.floats(0, 1)


def test_governors_learn_to_lead_and_lose_it_with_a_key_person() -> None:
    # 0.5 + 0.1 x 0.5, and half of it where the person leaves
    assert after_half_year(0.5, 0.1, gone=False, loss=0.5) == pytest.approx(0.55)
    assert after_half_year(0.5, 0.1, gone=True, loss=0.5) == pytest.approx(0.275)
    assert after_half_year(1.0, 0.1, gone=True, loss=0.5) == pytest.approx(0.5)


def test_trust_grows_where_it_is_led_and_goes_with_members() -> None:
    # Led by 0.5: 0.5 + 0.2 / 2 x 0.5 x 0.5 = 0.525; a tenth of the members replaced in half a year, half of theirs lost: 5 %.
    assert trust_after(0.5, 0.5, 1.0, F) == pytest.approx(0.525 * 0.95)
    assert trust_after(0.5, 0.0, 0.0, F) == pytest.approx(0.5)


def test_a_forum_ripens_for_five_years_of_meeting_and_then_slowly_withers() -> None:
    ripe = [maturity(age, F) for age in (0.0, 2.0, 5.0, 6.0, 7.0)]
    assert ripe == pytest.approx([1 / 6, 0.5, 1, 0.97, 0.97**2])


def test_satisfaction_weighs_leadership_roles_trust_and_fit_and_suffers_from_new_rules() -> None:
    # weights 0.4, 0.2, 0.2, 0.2; criticism 0.1 x 0.4
    assert satisfaction(1, 1, 1, 1.0, 0.0, 0.0, F) == pytest.approx(1)
    assert satisfaction(0.5, 0.5, 0.5, 0.0, 0.4, 0.0, F) == pytest.approx(0.4 - 0.04)
    assert satisfaction(0.5, 0.5, 0.5, 0.0, 0.4, 0.5, F) == pytest.approx(
        0.4 - 0.04 - 0.05
    )  # half is imposed


def test_open_criteria_become_the_members_own_where_they_meet_in_trust_and_rules_slowly_by_use() -> None:
    # 0.8 / 2 of what is left, as far as they meet in trust; a quarter of that pace under a regulation
    assert anchored_after(0.5, 0.5, False, F) == pytest.approx(0.5 + 0.4 * 0.5 * 0.5)
    assert anchored_after(0.5, 0.5, True, F) == pytest.approx(0.5 + 0.1 * 0.5 * 0.5)
    assert anchored_after(0.5, 0.0, False, F) == 0.5


def test_a_regulation_makes_roles_clear_and_less_so_one_that_is_others_making() -> None:
    cases = [(False, 0.0), (True, 0.0), (True, 0.5), (True, 1.0)]  # from 0.4 to 0.8, or half of the way
    assert [clarity_called_for(*case, F) for case in cases] == pytest.approx([0.4, 0.8, 0.7, 0.6])


def test_criteria_stay_open_for_their_years_before_a_regulation_sets_them() -> None:
    state = small_scheme()
    state[Forums].anchored[:] = 0
    p = parameters(decentralised__open_years=1.0)
    seen = []
    for _ in range(3):
        meet(state, p, Dice())
        seen.append((state[Forums].open_years[0], state[Forums].imposed[0] > 0))
        state.now = state.now.next()
    assert seen == [(0.5, False), (1.0, False), (1.0, True)]


def test_new_criteria_are_nobodys_own_yet_and_open_anew() -> None:
    state = small_scheme(season=Season.SPRING)
    state[Forums].open_years[:] = 4
    replace_criteria(state, parameters(), Dice())
    assert state[Forums].open_years.tolist() == [4, 4]
    replace_criteria(state, parameters(decentralised__criteria_replaced=0.6), Dice())
    assert state[Forums].anchored == pytest.approx([0.4, 0.4])
    assert state[Forums].open_years.tolist() == [0, 0]
    state.now = state.now.next()
    replace_criteria(state, parameters(decentralised__criteria_replaced=0.6), Dice())
    assert state[Forums].anchored == pytest.approx([0.4, 0.4])  # once a year


def test_an_imposed_regulation_is_resented_at_once() -> None:
    own, imposed = small_scheme(), small_scheme()
    imposed[Forums].anchored[:] = 0
    for state in (own, imposed):
        meet(state, parameters(), Dice())
    assert imposed[Forums].imposed == pytest.approx([0.95, 0.95])  # a quarter of 0.8 / 2 in trust of 0.5
    assert (imposed[Forums].satisfaction < own[Forums].satisfaction).all()
    assert (imposed[Forums].role_clarity < own[Forums].role_clarity).all()


def test_a_meeting() -> None:
    state = small_scheme()
    meet(state, parameters(), Dice({"governor's key person leaves": {1: 0.09}}))
    forums = state[Forums]
    # Training 0.5: 0.4 / 2 x 0.5 = 0.1 of the gap: 0.55 and 0.28, of which half is lost with the key person (10 %).
    assert forums.leadership == pytest.approx([0.55, 0.14])
    # a quarter of the way from 0.4 to 0.8; a tenth of the members go and take half of their part in what was made clear along
    assert forums.role_clarity == pytest.approx([0.495, 0.495])
    trust = [(0.5 + 0.1 * led * 0.5) * 0.95 for led in (0.55, 0.14)]
    assert forums.trust == pytest.approx(trust)
    assert forums.age.tolist() == [2.5, 2.5]
    assert forums.skew == pytest.approx([0.5 * 0.45, 0.5 * 0.86])
    # two and a half years old: (2.5 + 1) / 6
    assert forums.plan == pytest.approx([3.5 / 6 * np.sqrt(t * 0.495) for t in trust])
    # Fit of 0.2, 0.3, 0.5 to a network: 0.5. New rules: 0.4 away, criticism 0.04.
    expected = [
        0.4 * led + 0.2 * 0.495 + 0.2 * t + 0.2 * 0.5 - 0.04
        for led, t in zip((0.55, 0.14), trust, strict=True)
    ]
    assert forums.satisfaction == pytest.approx(expected)
    assert state[DecentralisedOwners].voice.tolist() == [1, 1]  # each alone in its forum


def test_an_office_with_too_much_to_do_leads_with_less() -> None:
    state = small_scheme()
    state[Offices].forum_room[:] = [0.5, 1.0]
    meet(state, parameters(), Dice())
    assert state[Forums].leadership[0] == pytest.approx(0.5 + 0.05 * 0.5)
    assert state[Forums].role_clarity == pytest.approx([0.4475, 0.495])


def test_without_a_regulation_roles_stay_unclear_and_nobody_complains_of_rules() -> None:
    state = small_scheme()
    meet(state, parameters(decentralised__regulation=False), Dice())
    assert state[Forums].role_clarity.tolist() == [0.4, 0.4]


@pytest.mark.parametrize(
    "values", [{"decentralised__market_share": 1.0}, {"decentralised__hierarchy_share": 1.0}, {"decentralised__active": False}]
)  # fmt: skip
def test_a_forum_that_no_money_goes_through_stands_still(values: dict[str, float]) -> None:
    state = small_scheme()
    before = state[Forums].copy()
    meet(state, parameters(**values), Dice({"governor's key person leaves": {0: 0.0, 1: 0.0}}))
    for name in ("leadership", "role_clarity", "trust", "age"):
        assert np.array_equal(state[Forums].arrays()[name], before.arrays()[name]), name


def test_gatherings_on_leading_networks_take_the_offices_time() -> None:
    state = small_scheme()
    meet(state, parameters(decentralised_forum__gatherings_fte=0.2), Dice())
    assert state[Offices].forums_fte == pytest.approx([0.1, 0.1])  # training 0.5


@pytest.mark.parametrize(("values", "taken"), [
    ({}, 0.3), ({"decentralised__regulation": False}, 0.0), ({"decentralised__open_years": 4.0}, 0.0),
    ({"decentralised__market_share": 1.0}, 0.0),
])  # fmt: skip
def test_a_regulation_in_force_makes_offices_the_secretariat_of_forums_that_meet(
    values: dict[str, float], taken: float
) -> None:
    state = small_scheme()
    meet(state, parameters(decentralised_forum__secretariat_fte=0.3, **values), Dice())
    assert state[Offices].forums_fte == pytest.approx([taken, taken])


def test_the_pandemic_takes_meetings() -> None:
    state, struck = small_scheme(), small_scheme()
    meet(state, parameters(), Dice())
    meet(struck, parameters(pandemic__share_lost=0.5), Dice())
    assert struck[Forums].leadership[0] == pytest.approx(0.525)  # half of what is learned
    assert struck[Forums].role_clarity[0] == pytest.approx(0.4475)
    assert (struck[Forums].trust < state[Forums].trust).all()


def voices(resources: list[float], forum: list[int], skew: list[float]) -> Floats:
    """Voices of owners with such resources, each forum with its skew."""
    n = len(resources)
    owners = filled(Municipalities, n, county=forum, capacity_fte=resources)
    dec = filled(DecentralisedOwners, n)
    counties = filled(CountyForums, len(skew), forum=range(len(skew)))
    bargain(owners, counties, filled(Forums, len(skew), skew=skew), dec, OtherOwners.blank(0))
    return dec.voice


def test_what_an_owner_brings_is_staff_and_competence() -> None:
    assert resources(2.0, 0.5) == 3


def test_voices_count_by_resources_unless_led_against() -> None:
    # Forum 0: resources 4 and 1 at a skew of a half count 2 to 1; forum 1: 9 and 1 at none count alike.
    found = voices([4, 1, 9, 1], [0, 0, 1, 1], [0.5, 0])
    assert found == pytest.approx([4 / 3, 2 / 3, 1, 1])


@given(
    brought=st.lists(st.floats(0.01, 100), min_size=1, max_size=20),
    skew=st.floats(0, 1),
    n_forums=st.integers(1, 4),
)
def test_voices_have_mean_one_in_each_forum(brought: list[float], skew: float, n_forums: int) -> None:
    forum = np.arange(len(brought)) % n_forums
    found = voices(brought, forum.tolist(), [skew] * n_forums)
    for one in np.unique(forum):
        assert found[forum == one].mean() == pytest.approx(1)
    assert (found > 0).all()


@given(
    world=st.integers(0, 10_000),
    start=st.tuples(SHARES, SHARES, SHARES),
    market=SHARES,
    training=SHARES,
    pandemic=SHARES,
)
def test_all_about_a_forum_stays_a_share(
    world: int, start: tuple[float, float, float], market: float, training: float, pandemic: float
) -> None:
    state = small_scheme()
    state[Forums].leadership[:], state[Forums].role_clarity[:], state[Forums].trust[:] = start
    p = parameters(
        decentralised__market_share=market,
        decentralised__governor_training=training,
        pandemic__share_lost=pandemic,
    )
    for _ in range(6):
        meet(state, p, luck(state, world))
        assert state.breaches() == []
        state.now = state.now.next()


# --- county reforms --------------------------------------------------------------------------------------------


def four_counties(year: int) -> State:
    """Vestfold and Telemark are one from 2020 to 2023; Rogaland and Vestland stay as they are."""
    state = small_scheme(year, Season.SPRING)
    state[Counties] = filled(
        Counties,
        4,
        id=[11, 39, 40, 46],
        name=["Rogaland", "Vestfold", "Telemark", "Vestland"],
        name_2020=["Rogaland", "Vestfold og Telemark", "Vestfold og Telemark", "Vestland"],
    )
    state[Forums] = filled(
        Forums,
        4,
        id=range(4),
        county=range(4),
        age=3,
        trust=[0.8, 0.6, 0.4, 0.2],
        leadership=0.5,
        role_clarity=0.5,
    )
    state[CountyForums] = filled(CountyForums, 4, forum=[0, 1, 2, 3] if year <= 2020 else [0, 1, 1, 3])
    return state


def test_a_merger_of_counties_sets_their_forum_back_and_no_other() -> None:
    state = four_counties(2020)
    redraw(state, parameters(), Dice())
    forums = state[Forums]
    assert state[CountyForums].forum.tolist() == [0, 1, 1, 3]
    assert forums.trust == pytest.approx([0.8, 0.3, 0.4, 0.2])  # half is lost; the third is no longer at work
    assert forums.leadership[[0, 1, 3]] == pytest.approx([0.5, 0.25, 0.5])
    assert forums.age[[0, 1, 3]].tolist() == [3, 0, 3]


def test_a_split_makes_two_forums_of_one_and_both_begin_anew() -> None:
    state = four_counties(2024)
    redraw(state, parameters(), Dice())
    forums = state[Forums]
    assert state[CountyForums].forum.tolist() == [0, 1, 2, 3]
    assert forums.trust == pytest.approx([0.8, 0.3, 0.3, 0.2])
    assert forums.leadership == pytest.approx([0.5, 0.25, 0.25, 0.5])
    assert forums.role_clarity.tolist() == [0.5] * 4
    assert forums.age.tolist() == [3, 0, 0, 3]


@pytest.mark.parametrize(
    ("year", "season"), [(2021, Season.SPRING), (2020, Season.AUTUMN), (2019, Season.SPRING)]
)
def test_in_other_half_years_no_forum_begins_anew(year: int, season: Season) -> None:
    state = four_counties(2020)
    state.now = HalfYear.of(year, season)
    redraw(state, parameters(), Dice())
    assert state[CountyForums].forum.tolist() == [0, 1, 2, 3]
    assert state[Forums].age.tolist() == [3] * 4


def test_in_the_country_forums_begin_anew_in_2020_and_2024_only_where_borders_moved() -> None:
    model = SchemeModel("network", rng=3, scale=0.05, start=2018)
    moved = {"Viken", "Vestfold og Telemark", "Troms og Finnmark"}
    begun = {}
    while model.coming.year <= 2025:
        before = model.state[Forums].age.copy()
        model.step()
        state = model.state
        at_work = np.unique(state[CountyForums].forum)
        younger = at_work[(state[Forums].age < before)[at_work]]
        if len(younger):
            begun[str(state.now)] = {state[Counties].name_2020[row] for row in younger}
    assert begun == {"2020-spring": moved, "2024-spring": moved}
    # A twentieth of the country has no Oslo.
    assert len(np.unique(model.state[CountyForums].forum)) == len(model.state[Counties]) == 14


def test_from_2020_to_2023_there_are_eleven_forums() -> None:
    # In this world every county with a forum has teachers of its own; in some twentieths of the country not.
    model = SchemeModel("voluntary", rng=1, scale=0.05, start=2020)
    model.step()
    assert len(np.unique(model.state[CountyForums].forum)) == 11 - 1  # no Oslo in a twentieth
    voices = model.state[DecentralisedOwners].voice
    forum = model.state[CountyForums].forum[model.state[Municipalities].county]
    counties = model.state[OtherOwners]
    sits = (counties.weight > 0) & (model.state[CountyForums].forum[counties.county] == counties.county)
    assert sits.sum() == 11 - 1
    for one in np.unique(forum):
        county = counties.voice[sits & (counties.county == one)]
        assert np.append(voices[forum == one], county).mean() == pytest.approx(1)
