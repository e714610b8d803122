from __future__ import annotations

import numpy as np

from sim.state.places import UHUnits
from sim.state.schools import Schools
from sim.theory.groups import GROUPS, counties, members
from tests.small_world import small_world


def test_everybody_has_a_size_and_a_region() -> None:
    found = members(small_world())
    assert tuple(found) == GROUPS
    for kind in ("size.", "region."):
        assert np.sum([mask for key, mask in found.items() if key.startswith(kind)], axis=0).tolist() == [
            1,
            1,
        ]


def test_the_neediest_are_told_by_what_the_place_calls_for_and_not_by_what_came_of_it() -> None:
    state = small_world()
    state[Schools].home[:] = [1, 1, -2]
    assert members(state)["need"].tolist() == [False, True]
    state[Schools].intake[:] = [-9, -9, 9]
    state[Schools].taught[:] = 9
    assert members(state)["need"].tolist() == [False, True]


def test_weak_partners_are_the_poorest_third_by_owners() -> None:
    state = small_world()  # units of quality 0.6 and 0.4, one owner each
    assert members(state)["partner.weak"].tolist() == [False, True]
    state[UHUnits].quality[:] = [0.3, 0.4]
    assert members(state)["partner.weak"].tolist() == [True, False]


def test_counties_are_all_and_by_region() -> None:
    found = {key: mask.tolist() for key, mask in counties(small_world()).items()}
    assert found["all"] == found["region.west"] == [True, True]
    assert set(found) <= set(GROUPS)
