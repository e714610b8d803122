"""Grants: to the krone, by three regimes; what owners add, who can take it up, and what goes to UH."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Hands, Money
from sim.schemes.decentralised.grants import (
    among,
    contribution,
    hand_out,
    on_application,
    priorities,
    pupils,
    small,
    take_up,
    through_forums,
)
from sim.schemes.decentralised.levers import Decentralised, Split
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, Forums, Ties
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.small_world import Dice, luck, parameters

M = parameters()[Money]
SHARES = st.floats(0, 1)


def one_forum() -> State:
    """Both owners in one forum; 199 and 99 pupils and one more each: twice as many in the first."""
    state = small_scheme()
    state[CountyForums].forum[:] = 0
    state[Schools].pupils[:] = 0
    state[Schools].pupils[:, 0] = [99, 100, 99]
    return state


def size_of(state: State) -> Floats:
    return pupils(state[Schools], 2)


def split(state: State, taken: float = 1.0, **values: Value) -> list[int]:
    """How a forum's pot of 90,000 kroner is shared out."""
    p, size = parameters(**values), size_of(state)
    kroner: list[int] = through_forums(
        90_000,
        size,
        taken * size,
        state[Municipalities],
        state[Schools],
        state[DecentralisedOwners],
        state[Ties],
        state[CountyForums],
        state[Forums],
        state[OtherOwners],
        np.zeros(0),
        p[Decentralised],
        p[Money],
    ).tolist()
    return kroner


def applied(state: State, pot: int, p: Parameters, draw: Draws) -> list[int]:
    """How a pot is shared out by applications."""
    luck_of_applications = draw.luck("luck of an application")
    kroner: list[int] = on_application(
        pot, size_of(state), state[Municipalities], p[Money], luck_of_applications
    ).tolist()
    return kroner


def test_an_owner_s_pupils_are_counted_over_its_schools() -> None:
    # 20 in each of seven and of three grades, 10 in each of ten; and one more
    assert size_of(small_scheme()).tolist() == [201, 101]


def test_means_are_small_by_size_and_wholly_so_in_robek() -> None:
    # a fifth at 4,000 inhabitants, and 1 / 1.9 at 900
    assert small(4000, robek=False, a=M) == pytest.approx(0.2)
    assert small(900, robek=False, a=M) == pytest.approx(1 / 1.9)
    assert small(4000, robek=True, a=M) == 1


def test_relief_lets_those_of_small_means_off() -> None:
    levers = parameters(decentralised__relief_for_poor=0.5)[Decentralised]
    assert [contribution(means, levers) for means in (0.0, 0.2, 1.0)] == pytest.approx([0.3, 0.27, 0.15])
    assert contribution(1.0, parameters()[Decentralised]) == pytest.approx(0.3)


def test_the_contribution_asked_keeps_owners_of_small_means_from_taking_up_their_share() -> None:
    # Half of the grant where means are least and 30 % is asked; in proportion to both.
    cases = [(0.0, 0.3), (0.2, 0.3), (1.0, 0.3), (1.0, 0.15), (1.0, 0.0), (1.0, 3.0)]  # means, asked
    assert [take_up(*case, M) for case in cases] == pytest.approx([1, 0.9, 0.5, 0.75, 1, 0], abs=1e-8)


def test_in_a_market_money_goes_by_pupils_that_can_be_taken_up() -> None:
    assert among(1000, np.array([200.0, 100.0, 200.0])).tolist() == [400, 200, 400]


def test_a_forum_s_pot_follows_its_pupils() -> None:
    state = small_scheme()  # each owner a forum of its own
    assert split(state) == [round(90_000 * 201 / 302), 90_000 - round(90_000 * 201 / 302)]
    assert split(state, taken=0.01) == split(state)  # nobody else in the forum could take it up instead


def test_a_forum_splits_by_pupils_by_bargaining_or_by_need() -> None:
    state = one_forum()
    assert split(state) == [60_000, 30_000]
    state[DecentralisedOwners].voice[:] = [1.2, 0.8]  # 2 x 1.2 to 0.8
    assert split(state, decentralised__split=Split.AGREED) == [67_500, 22_500]
    state[Schools].intake[:] = [
        0,
        0,
        -2 * np.log(2),
    ]  # half a log point for each scale point: twice the weight
    assert split(state, decentralised__split=Split.NEED) == [45_000, 45_000]


def test_weak_results_are_those_of_all_an_owner_s_pupils() -> None:
    state = small_scheme()
    # cohorts of 20 at +1 and 20 at -1: nought; 10 at -2
    levers = parameters(decentralised__split=Split.NEED)[Decentralised]
    assert priorities(state[Schools], state[DecentralisedOwners], levers, M) == pytest.approx([1, np.exp(1)])


def test_conditional_grants_follow_strong_partnerships() -> None:
    state = one_forum()
    state[Ties].trust[:], state[Ties].equality[:] = [0.2, 0.8], 0.5
    # by pupils 2 to 1; by pupils x trust x equality 2 x 0.2 to 0.8, that is 1 to 2
    assert split(state, decentralised__conditional_share=1.0) == [30_000, 60_000]
    assert split(state, decentralised__conditional_share=0.5) == [45_000, 45_000]


def test_partnerships_without_any_trust_share_alike() -> None:
    state = one_forum()
    state[Ties].trust[:] = 0
    assert split(state, decentralised__conditional_share=1.0) == [60_000, 30_000]


def test_applications_win_by_capacity_and_competence_and_luck() -> None:
    state = one_forum()
    p = parameters()
    # Strength 0.6 to 0.1. One of two wins; at like luck the stronger one.
    assert applied(state, 900, p, Dice()) == [900, 0]
    # -log(0.999) is 0.001: the weak one's luck counts for more than strength
    lucky = Dice({"luck of an application": {4601: 0.999}})
    assert applied(state, 900, p, lucky) == [0, 900]
    # where capacity doesn't count, the one with better luck wins
    even = parameters(decentralised_money__apply_power=0.0)
    better = Dice({"luck of an application": {4601: 0.51}})
    assert applied(state, 900, even, better) == [0, 900]
    all_win = parameters(decentralised_money__apply_winners=1.0)
    assert applied(state, 900, all_win, Dice()) == [600, 300]


def test_applications_are_won_at_the_stated_odds() -> None:
    # Strength 0.6 to 0.1: the first wins six times in seven. Two-sided error probability 1e-4.
    state, p, n = one_forum(), parameters(), 4000
    wins = sum(applied(state, 7, p, luck(state, world))[0] > 0 for world in range(n))
    assert abs(wins / n - 6 / 7) < 3.9 * np.sqrt(6 / 49 / n)


def test_an_autumn_s_money() -> None:
    state = one_forum()
    hand_out(state, parameters(), Dice())
    dec = state[DecentralisedOwners]
    # Means small by 0.2 and 1/1.9: 0.9 and 0.736842 can be taken up of 2 to 1: 1.8 to 0.736842, which is 70.954 %.
    assert dec.grant_nok.tolist() == [709_544, 290_456]
    assert dec.own_nok.tolist() == [212_863, 87_137]  # 30 %
    assert dec.uh_nok.tolist() == [354_772, 145_228]  # half


def test_the_grant_shrinks_with_the_part_of_the_country_that_is_modelled() -> None:
    state = one_forum()
    hand_out(state, parameters(scope__scale=0.1), Dice())
    assert state[DecentralisedOwners].grant_nok.sum() == 100_000


def test_in_spring_nothing_is_handed_out_and_without_the_scheme_there_is_nothing() -> None:
    state = small_scheme(season=Season.SPRING)
    hand_out(state, parameters(), Dice())
    assert state[DecentralisedOwners].grant_nok.tolist() == [80_000, 20_000]
    state = small_scheme()
    hand_out(state, parameters(decentralised__active=False), Dice())
    dec = state[DecentralisedOwners]
    assert dec.grant_nok.sum() == dec.own_nok.sum() == dec.uh_nok.sum() == 0


@given(
    world=st.integers(0, 1000),
    grant=st.integers(0, 10**9),
    market=SHARES,
    hierarchy=SHARES,
    conditional=SHARES,
    rule=st.sampled_from(list(Split)),
    cofunding=st.floats(0, 2),
    relief=SHARES,
    uh_share=SHARES,
    strain=SHARES,
    forums=st.sampled_from([(0, 1), (0, 0), (1, 1)]),
    trust=st.tuples(SHARES, SHARES),
)
def test_grants_add_up_to_the_krone_whatever_the_rule(  # noqa: PLR0917 - one argument for each thing varied
    world: int,
    grant: int,
    market: float,
    hierarchy: float,
    conditional: float,
    rule: Split,
    cofunding: float,
    relief: float,
    uh_share: float,
    strain: float,
    forums: tuple[int, int],
    trust: tuple[float, float],
) -> None:
    state = small_scheme()
    state[CountyForums].forum[:], state[Ties].trust[:] = forums, trust
    p = parameters(
        decentralised__grant_nok=float(grant), decentralised__market_share=market,
        decentralised__hierarchy_share=hierarchy, decentralised__conditional_share=conditional,
        decentralised__split=rule, decentralised__cofunding=cofunding, decentralised__relief_for_poor=relief,
        decentralised__uh_share=uh_share, decentralised_money__strain=strain,
    )  # fmt: skip
    hand_out(state, p, luck(state, world))
    dec = state[DecentralisedOwners]
    assert dec.grant_nok.sum() == grant
    assert state.breaches() == []
    assert (dec.uh_nok <= dec.grant_nok).all()
    assert (dec.uh_nok >= uh_share * dec.grant_nok - 1e-6).all()
    assert (dec.own_nok <= np.rint(cofunding * dec.grant_nok)).all()


def test_of_applications_that_are_as_good_the_first_win() -> None:
    state = one_forum()
    state[Municipalities].capacity_fte[:], state[Municipalities].competence[:] = 1.0, 0.5
    assert applied(state, 900, parameters(), Dice()) == [900, 0]


def test_help_with_analyses_is_paid_before_the_grant_is_shared_out() -> None:
    state, p = small_scheme(), parameters()
    hand_out(state, p, Dice())
    before = int(state[DecentralisedOwners].grant_nok.sum())
    state[Municipalities].analysis_hours[:] = [10, 20]
    hand_out(state, p, Dice())
    assert before - state[DecentralisedOwners].grant_nok.sum() == round(30 * p[Hands].hour_nok)
