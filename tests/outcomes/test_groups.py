from __future__ import annotations

import numpy as np

from sim.half_year import HalfYear
from sim.outcomes.groups import (
    HANDED_IN,
    KEYS,
    NEED,
    PICKED_BOTH,
    PICKED_EITHER,
    PICKED_ONE,
    PICKED_OTHER,
    groups,
    neediest,
    picked_by,
    thirds_within,
)
from tests.experiments.toy import toy_state

NOW = HalfYear(2 * 2026)


def members_of(key: str) -> list[int]:
    """Kommunenummer of the toy country's members of a group."""
    state = toy_state(NOW)
    ids = np.array([301, 1101, 4201, 4601, 5001, 5601])
    return [int(number) for number in ids[groups(state)[key]]]


def test_everybody_is_in_the_group_of_all() -> None:
    assert members_of("all") == [301, 1101, 4201, 4601, 5001, 5601]


def test_sizes_change_at_three_thousand_and_twenty_thousand_inhabitants() -> None:
    assert members_of("size.small") == [1101, 5601]
    assert members_of("size.medium") == [4201, 4601]
    assert members_of("size.large") == [301, 5001]


def test_the_north_is_that_of_the_governor_offices_and_the_rest_goes_by_county() -> None:
    assert members_of("region.north") == [5001, 5601]
    assert members_of("region.west") == [1101, 4601]
    assert members_of("region.south") == [4201]
    assert members_of("region.east") == [301]


def test_each_kind_of_group_divides_the_country() -> None:
    found = groups(toy_state(NOW))
    for kind in ("size", "region", "centrality"):
        together = np.sum([mask for key, mask in found.items() if key.startswith(kind + ".")], axis=0)
        assert (together == 1).all()
    thirds = np.sum([found[f"economy.{third}"] for third in ("low", "middle", "high")], axis=0)
    assert (thirds == 1).all()


def test_poor_and_rich_are_told_apart_among_municipalities_of_the_same_size() -> None:
    income = np.array([10.0, 20.0, 30.0, 1.0, 2.0, 3.0])
    size = np.array([0, 0, 0, 1, 1, 1])
    assert thirds_within(income, size).tolist() == [0, 1, 2, 0, 1, 2]


def test_equal_incomes_are_told_apart_by_their_place() -> None:
    assert thirds_within(np.ones(3), np.zeros(3, dtype=int)).tolist() == [0, 1, 2]


def test_groups_come_in_the_order_of_the_keys() -> None:
    handed_in = {**picked_by([np.array([301])]), NEED: np.array([4601])}
    assert tuple(groups(toy_state(NOW), handed_in)) == KEYS
    assert tuple(groups(toy_state(NOW))) == KEYS[: -len(HANDED_IN)]


def test_groups_handed_in_are_found_by_their_numbers_and_strangers_are_passed_over() -> None:
    found = groups(toy_state(NOW), {PICKED_EITHER: np.array([5601, 301, 9999])})
    assert found[PICKED_EITHER].tolist() == [True, False, False, False, False, True]


def test_the_picked_are_those_of_the_one_of_the_others_of_all_and_of_any() -> None:
    found = picked_by([np.array([3, 1]), np.array([1, 2]), np.array([1, 5])])
    assert found[PICKED_ONE].tolist() == [1, 3]
    assert found[PICKED_OTHER].tolist() == [1, 2, 5]
    assert found[PICKED_BOTH].tolist() == [1]
    assert found[PICKED_EITHER].tolist() == [1, 2, 3, 5]


def test_whom_any_or_all_pick_does_not_hang_on_the_order_of_designs() -> None:
    a, b = np.array([3, 1, 7]), np.array([1, 2])
    forth, back = picked_by([a, b]), picked_by([b, a])
    for group in (PICKED_EITHER, PICKED_BOTH):
        assert forth[group].tolist() == back[group].tolist()
    assert forth[PICKED_ONE].tolist() == back[PICKED_OTHER].tolist()


def test_a_design_without_a_draw_picks_nobody() -> None:
    found = picked_by([np.array([3, 1]), np.empty(0, dtype=int)])
    assert found[PICKED_EITHER].tolist() == [1, 3]
    assert found[PICKED_BOTH].tolist() == found[PICKED_OTHER].tolist() == []


def test_the_neediest_are_a_tenth_and_at_least_one() -> None:
    ids = np.arange(100, 130)
    need = np.linspace(0, 1, 30)
    assert neediest(need, ids).tolist() == [127, 128, 129]
    assert neediest(np.array([0.1, 0.9]), np.array([7, 8])).tolist() == [8]


def test_groups_only_read_the_state() -> None:
    state = toy_state(NOW)
    before = state.copy()
    found = groups(state)
    assert not found["economy.robek"].flags.writeable
    for table, same in zip(state, before, strict=True):
        for name, values in table.arrays().items():
            np.testing.assert_array_equal(values, same.arrays()[name])
