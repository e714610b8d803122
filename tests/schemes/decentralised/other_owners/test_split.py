"""The split among municipalities, counties and private owners: by teachers, and in a forum by voice; to the krone."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.parameters.declaration import Value
from sim.schemes.decentralised.forum import bargain
from sim.schemes.decentralised.grants import hand_out, pupils
from sim.schemes.decentralised.levers import Decentralised, Split
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.split import forum_pots, in_pupils, set_apart
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, Forums
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools
from tests.schemes.decentralised.other_owners.beside import beside
from tests.small_world import Dice, parameters

TEACHERS = 5 + 3 + 4
"""In grunnskole."""


def counted(state: State) -> Floats:
    return in_pupils(state[OtherOwners], parameters()[OtherSchooling])


AGREED: dict[str, Value] = {"decentralised__split": Split.AGREED}


def pots(state: State, pot: int = 107_000, **values: Value) -> tuple[list[int], list[int]]:
    """What forums have for municipalities, and what other owners have got."""
    left = forum_pots(
        pot, state[OtherOwners], counted(state), pupils(state[Schools], 2), state[Municipalities],
        state[DecentralisedOwners], state[CountyForums], parameters(**values)[Decentralised], 2,
    )  # fmt: skip
    return left.tolist(), state[OtherOwners].grant_nok.tolist()


def bargained(state: State) -> None:
    """Each forum's members have settled who has how much of a say."""
    members = state[DecentralisedOwners], state[OtherOwners]
    bargain(state[Municipalities], state[CountyForums], state[Forums], *members)


def test_teachers_beside_count_as_many_pupils_as_theirs_would_be_in_grunnskole() -> None:
    # 302 pupils to twelve teachers
    assert counted(beside()) == pytest.approx(np.array([60, 5, 30, 0]) * 302 / 12)


def test_what_no_forum_splits_goes_by_teachers() -> None:
    state = beside()
    left = set_apart(107_000, state[OtherOwners], counted(state), pupils(state[Schools], 2))
    # a thousand kroner for each of 12 + 60 + 5 + 30
    assert left == TEACHERS * 1000
    assert state[OtherOwners].grant_nok.tolist() == [60_000, 5_000, 30_000, 0]


def test_a_county_gets_its_teachers_share_where_all_have_an_equal_say() -> None:
    state = beside()
    left, others = pots(state)
    # 201 of 302 pupils are in the first forum: 7,987 kroner for its municipality's part of twelve teachers
    assert others == [60_000, 5_000, 30_000, 0]
    assert left == [round(12_000 * 201 / 302), round(12_000 * 101 / 302)]
    assert sum(left) + sum(others) == 107_000


def test_a_voice_moves_money_within_its_forum_and_not_between_forums() -> None:
    state = beside()
    state[OtherOwners].voice[0] = 0.5  # as 30 teachers beside five and 7.987 in the first forum's 72.987
    left, others = pots(state, **AGREED)
    whole = 60_000 + 5_000 + 12_000 * 201 / 302
    assert others[0] == pytest.approx(whole * 30 / (30 + 5 + 12 * 201 / 302), abs=1)
    assert others[2:] == [30_000, 0]
    assert left[0] + others[0] + others[1] == pytest.approx(whole, abs=1)
    state = beside()
    state[OtherOwners].voice[0] = 0.5
    assert pots(state, decentralised__split=Split.PUPILS)[1] == [60_000, 5_000, 30_000, 0]


def test_a_county_is_one_member_more_in_the_bargain() -> None:
    state = beside()
    state[Forums].skew[:] = 1.0
    state[Municipalities].capacity_fte[:], state[Municipalities].competence[:] = [2.0, 1.0], 0.5
    state[OtherOwners].weight[1] = 0.0  # private owners of the first county have no seat
    bargained(state)
    # 3 and 9 in the first forum, mean 6; 1.5 and 9 in the second, mean 5.25
    assert state[DecentralisedOwners].voice == pytest.approx([0.5, 1.5 / 5.25])
    assert state[OtherOwners].voice[[0, 2]] == pytest.approx([1.5, 9 / 5.25])


def test_counties_that_are_one_have_one_seat() -> None:
    state = beside()
    state[CountyForums].forum[:] = 0
    state[Forums].skew[:] = 1.0
    state[Municipalities].capacity_fte[:], state[Municipalities].competence[:] = 2.0, 0.5
    state[OtherOwners].weight[1] = 0.0
    bargained(state)
    # 3, 3 and 9: the mean is 5
    assert state[DecentralisedOwners].voice == pytest.approx([0.6, 0.6])
    assert state[OtherOwners].voice[[0, 2]] == pytest.approx([1.8, 1.8])


def test_those_to_whom_money_is_handed_over_have_left_the_bargain() -> None:
    state = beside()
    state[CountyForums].forum[:] = 0
    state[OtherOwners].weight[:] = 0
    state[Forums].skew[:] = 1.0
    state[Municipalities].capacity_fte[:] = [4.0, 1.0]
    state[DecentralisedOwners].handed_over[:] = [True, False]
    bargained(state)
    assert state[DecentralisedOwners].voice == pytest.approx([1, 1])


@pytest.mark.parametrize(("market", "hierarchy"), [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.3, 0.3)])
def test_under_every_regime_the_whole_grant_is_handed_out_and_others_have_their_teachers_share(
    market: float, hierarchy: float
) -> None:
    state = beside()
    p = parameters(
        decentralised__market_share=market,
        decentralised__hierarchy_share=hierarchy,
        decentralised__grant_nok=1_070_000.0,
    )
    hand_out(state, p, Dice())
    others, municipal = state[OtherOwners].grant_nok, state[DecentralisedOwners].grant_nok
    assert others.sum() + municipal.sum() == 1_070_000
    assert others == pytest.approx([600_000, 50_000, 300_000, 0], abs=3)
