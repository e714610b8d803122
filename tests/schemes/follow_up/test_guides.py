"""Which guides are sent, how well they fit, and how late they start [F4]."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.randomness import Streams
from sim.schemes.follow_up.assumptions import Prephase
from sim.schemes.follow_up.guides import RAW, choose, match, pool_pressure, pool_size, recruit, send
from sim.schemes.follow_up.levers import FollowUp, GuideMix
from sim.schemes.follow_up.state import FollowUpOwners, Guides
from sim.state.places import Municipalities
from tests.small_world import REGISTRY, Dice, filled, luck, parameters, small_world

PRE = parameters()[Prephase]
FALSE_ALARM = 1e-6


def test_each_office_recruits_its_pool() -> None:
    told = {20_001: [0.6, 0.1], 20_002: [0.6, 0.2], 20_003: [0.58, 0.1]}
    guides = recruit(np.array([2, 5, 9]), PRE, Dice({"where a guide comes from": told}))
    # Five to be had in each area, and five of the nation, who are always there.
    assert guides.id.tolist() == [office * 10_000 + k for office in (2, 5, 9, 0) for k in (1, 2, 3, 4, 5)]
    assert guides.office.tolist() == [0] * 5 + [1] * 5 + [2] * 5 + [0] * 5
    assert guides.in_pool.tolist() == [False] * 15 + [True] * 5
    # 26 of 44 guides, 59 %, come from UH; of the others 15 % are private.
    assert guides.from_uh[:4].tolist() == [False, False, True, True]
    assert guides.private[:4].tolist() == [True, False, False, False]
    assert guides.quality[0] == pytest.approx(0.6)
    assert guides.owner_insight[:3].tolist() == [0.7, 0.7, 0.4]


def test_guides_are_recruited_at_the_stated_shares() -> None:
    guides = recruit(np.arange(1, 4001), PRE, Streams(1).at(0))
    n = len(guides)
    for found, share in [(guides.from_uh, 26 / 44), (guides.private, 18 / 44 * 0.15)]:
        low, high = (float(stats.binom.ppf(q, n, share)) for q in (FALSE_ALARM / 2, 1 - FALSE_ALARM / 2))
        assert low <= found.sum() <= high
    assert guides.breaches() == []


def team(mix: GuideMix, office: int, *numbers: tuple[float, float]) -> list[int]:
    """The team sent to a municipality of an office, from (where from, who) for each member."""
    told = [number for where, who in numbers for number in (where, who, 0.5)]
    p = parameters(follow_up__guide_mix=mix)
    members = np.empty(len(numbers), dtype=np.int64)
    sent = Dice({"guides sent": {1: told}}).luck("guides sent")
    choose(members, sent, 1, 5 * office, 5, small_world()[Guides], p[FollowUp], p[Prephase])
    return [int(row) for row in members]


def test_guides_come_from_the_office_s_own_pool_or_the_whole_country() -> None:
    # Vestland's pool is rows 5-9: half of the way in is row 5 + 2, nine tenths is row 5 + 4. The national one is rows 10-14.
    assert team(GuideMix.LOCAL, 1, (0.01, 0.5), (0.01, 0.9)) == [7, 9]
    assert team(GuideMix.NATIONAL, 1, (0.99, 0.5), (0.99, 0.9)) == [12, 14]
    # Mixed: 10 of 44 guides, 22.7 %, are national.
    assert team(GuideMix.MIXED, 1, (0.22, 0.0), (0.23, 0.0)) == [10, 5]


def test_one_who_is_in_the_team_already_gives_way_to_the_next() -> None:
    assert team(GuideMix.LOCAL, 1, (0.5, 0.5), (0.5, 0.5)) == [7, 8]
    assert team(GuideMix.LOCAL, 1, (0.5, 0.99), (0.5, 0.99)) == [9, 5]  # after the last comes the first
    assert team(GuideMix.LOCAL, 0, (0.5, 0.5), (0.5, 0.7), (0.5, 0.5)) == [2, 3, 4]
    assert team(GuideMix.NATIONAL, 0, (0.5, 0.99), (0.5, 0.99), (0.5, 0.99), (0.5, 0.99)) == [14, 10, 11, 12]


@given(
    numbers=st.lists(st.floats(0.0, 1.0, exclude_max=True), min_size=12 * 4, max_size=12 * 4),
    size=st.integers(1, 4),
    mix=st.sampled_from(GuideMix),
)
def test_the_members_of_a_team_are_different_persons_of_the_right_pool(
    numbers: list[float], size: int, mix: GuideMix
) -> None:
    for office, of_one in zip((0, 1, 1, 0), np.array(numbers).reshape(4, 12), strict=True):
        told = [(float(where), float(who)) for where, who, _ in of_one.reshape(4, RAW)[:size]]
        members = team(mix, office, *told)
        assert len(set(members)) == size
        assert set(members) <= set(range(15))
        if mix is GuideMix.LOCAL:
            assert {row // 5 for row in members} == {office}


def test_the_smallest_pool_allowed_holds_the_largest_team_allowed() -> None:
    # Otherwise no team of different persons could be found, and the search for one would never end.
    team_size = REGISTRY.find("follow_up.prephase.team").bounds
    assert team_size is not None
    for name in ("guides_most", "guides_national"):
        pool = REGISTRY.find(f"follow_up.prephase.{name}").bounds
        assert pool is not None
        assert pool[0] >= team_size[1]


def test_pools_follow_those_drawn() -> None:
    pre = parameters(
        follow_up_prephase__guides_per_owner=34 / 39,
        follow_up_prephase__guides_most=24,
        follow_up_prephase__guides_spread=0.3,
    )[Prephase]
    # Thirteen guides for fifteen municipalities, six for seven; a team of two for one, and no more than there are to be had.
    usual = pre.guides_spread / 2  # the luck of an office that recruits as the mean one
    assert [pool_size(marked, usual, pre) for marked in (15, 7, 1, 60)] == [13, 6, 2, 24]
    assert pool_size(15, usual + 1, pre) > 13 > pool_size(15, usual - 1, pre)


def test_guides_learn_by_guiding() -> None:
    state = small_world()
    send(state, parameters(follow_up_prephase__guides_learn=0.1), Dice(), to=np.array([True, False]))
    # Rows 2 and 3 of Rogaland's, as below
    assert state[Guides].quality[:5] == pytest.approx([0.5, 0.6, 0.7 + 0.03, 0.8 + 0.02, 0.9])


def test_guides_take_over_more_where_competence_is_weak() -> None:
    state = small_world()  # competence 0.6 and 0.4
    p = parameters(follow_up_prephase__takes_over_weak=1.0, follow_up_prephase__takes_over_sd=0.0)
    send(state, p, Dice(), to=np.array([True, True]))
    assert state[FollowUpOwners].takes_over == pytest.approx([0.4, 0.6])


def test_a_guide_who_knows_the_municipality_fits_better() -> None:
    state = small_world()
    p = parameters(follow_up_prephase__known_gain=0.1)
    send(state, p, Dice({"guide knows the municipality": {1101: 0.29}}), to=np.array([True, True]))
    other = small_world()
    send(other, parameters(), Dice(), to=np.array([True, True]))
    gained = state[FollowUpOwners].guide_match - other[FollowUpOwners].guide_match
    assert gained == pytest.approx([0.1, 0.0])


def test_a_team_fits_by_skill_insight_mixture_and_the_owner_s_say() -> None:
    guides = filled(
        Guides,
        6,
        quality=[0.5, 0.6, 0.5, 0.6, 1.0, 1.0],
        owner_insight=[0.4, 0.7, 0.4, 0.4, 0.7, 0.7],
        from_uh=[True, False, True, True, False, False],
    )
    levers = parameters()[FollowUp]
    fits = [match(np.array(members), guides, levers, PRE) for members in ([0, 1], [2, 3], [4, 5])]
    # 0.6 x skill + 0.4 x insight, 0.1 for a mixed team, 0.15 x a say of 0.5
    assert fits == pytest.approx([0.33 + 0.22 + 0.1 + 0.075, 0.33 + 0.16 + 0.075, 0.6 + 0.28 + 0.075])
    mute = parameters(follow_up__say_in_guides=0.0)[FollowUp]
    assert match(np.array([0, 1]), guides, mute, PRE) == pytest.approx(0.65)


def test_a_pool_is_pressed_where_each_guide_is_wanted_by_too_many() -> None:
    # A guide can serve two. At home each is wanted by three, of the nation by eight; a mixed team takes 22.7 % there.
    def pressure(mix: GuideMix, local: float = 3.0, national: float = 8.0) -> float:
        return pool_pressure(local, national, parameters(follow_up__guide_mix=mix)[FollowUp], PRE)

    assert pressure(GuideMix.LOCAL) == pytest.approx(1.5)
    assert pressure(GuideMix.NATIONAL) == pytest.approx(4.0)
    assert pressure(GuideMix.MIXED) == pytest.approx(34 / 44 * 1.5 * 34 / 44 + 10 / 44)
    assert pressure(GuideMix.LOCAL, local=1.0) == 1


def test_a_team_is_sent() -> None:
    state = small_world()
    f = state[FollowUpOwners]
    f.guide_hours[:] = 99
    dice = Dice(
        {
            # (where from, who, luck) of both members: rows 0 and 4 of Rogaland; the first luck makes it late, the last number
            # says how late
            "guides sent": {1101: [0.9, 0.0, 0.2, 0.9, 0.9, 0.5, float(np.exp(-1))]},
            "guides' way of working": {1101: 0.8413447},
        }
    )
    send(state, parameters(), dice, to=np.array([True, False]))
    # Both from UH: 0.6 x (0.5 + 0.9) / 2 + 0.4 x 0.4 + 0.075
    assert f.guide_match == pytest.approx([0.42 + 0.16 + 0.075, 0])
    assert f.uh_guide.tolist() == [True, False]
    assert f.private_guide.tolist() == [False, False]
    assert f.takes_over == pytest.approx([0.7, 0])  # 0.5 and one SD of 0.2
    assert f.start_delay == pytest.approx([0.3, 0])  # -0.3 x ln(1/e)
    assert f.guide_hours.tolist() == [0, 99]


def test_a_team_with_a_guide_from_a_firm() -> None:
    state = small_world()
    state[Guides].private[[1, 3]] = True  # two of Rogaland's from the sector
    state[FollowUpOwners].uh_guide[:] = True  # of an earlier round
    # Rows 1 and 3 of Rogaland's five: 0.3 x 5 = 1.5, 0.7 x 5 = 3.5; late by no luck
    falls = Dice({"guides sent": {1101: [0.9, 0.3, 0.5, 0.9, 0.7, 0.5, 0.5]}})
    send(state, parameters(), falls, to=np.array([True, False]))
    assert state[FollowUpOwners].private_guide.tolist() == [True, False]
    assert state[FollowUpOwners].uh_guide.tolist() == [False, True]


def test_most_teams_start_in_time() -> None:
    state = small_world()
    send(state, parameters(), Dice(), to=np.array([True, True]))
    assert state[FollowUpOwners].start_delay.tolist() == [0, 0]
    # Rogaland: rows 2 and 3, UH and sector: 0.6 x 0.75 + 0.4 x 0.55 + 0.1 + 0.075
    assert state[FollowUpOwners].guide_match[0] == pytest.approx(0.45 + 0.22 + 0.175)


def test_no_start_is_later_than_a_year() -> None:
    state = small_world()
    dice = Dice({"guides sent": {1101: [0.5, 0.5, 0.01, 0.5, 0.5, 0.5, 1e-9]}})
    send(state, parameters(), dice, to=np.array([True, False]))
    assert state[FollowUpOwners].start_delay[0] == 1


@pytest.mark.parametrize("size", [1, 2, 3])
def test_late_starts_are_as_many_and_as_long_as_stated(size: int) -> None:
    state, n = small_world(), 10_000
    state[Municipalities] = filled(Municipalities, n, id=np.arange(n))
    state[FollowUpOwners] = FollowUpOwners.blank(n)
    p = parameters(
        follow_up_prephase__team=size, follow_up_prephase__late_years=0.1, follow_up_prephase__pool_load=1e9
    )
    send(state, p, luck(state), to=np.ones(n, dtype=np.bool_))
    delay = state[FollowUpOwners].start_delay
    late = (delay > 0).sum()
    low, high = (float(stats.binom.ppf(q, n, 0.25)) for q in (FALSE_ALARM / 2, 1 - FALSE_ALARM / 2))
    assert low <= late <= high
    # An exponential delay of mean 0.1 years, hardly ever cut off at 1; standard error 0.1 / sqrt(late)
    assert abs(delay[delay > 0].mean() - 0.1) < 4.89 * 0.1 / np.sqrt(late)


def test_who_is_sent_does_not_depend_on_who_else_gets_guides() -> None:
    one, both = small_world(), small_world()
    p = parameters(follow_up_prephase__late_chance=1.0)
    send(one, p, luck(one), to=np.array([False, True]))
    send(both, p, luck(both), to=np.array([True, True]))
    for name, values in one[FollowUpOwners].arrays().items():
        assert values[1] == both[FollowUpOwners].arrays()[name][1], name


def test_guides_stay_who_they_are() -> None:
    state = small_world()
    before = state[Guides].copy()
    send(state, parameters(), luck(state), to=np.array([True, True]))
    for name, values in before.arrays().items():
        assert name == "in_pool" or np.array_equal(values, state[Guides].arrays()[name])
    assert state[Guides].in_pool[:10].all()
