from __future__ import annotations

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.discovery.levers import at_place, choices
from sim.errors import InputError


def test_levers_by_name_range_and_list() -> None:
    space = choices(
        REGISTRY,
        [
            "follow_up.obligation",
            "follow_up.guide_hours=0:500",
            "follow_up.prephase_years=0,0.5,2",
            "follow_up.active",
        ],
    )
    assert [value.value for value in space[0].values] == ["voluntary", "compulsory"]
    assert space[1].values[:3] == (0.0, 25.0, 50.0)
    assert len(space[1].values) == 21
    assert space[2].values == (0.0, 0.5, 2.0)
    assert space[3].values == (False, True)


def test_a_whole_number_stays_whole() -> None:
    (draw,) = choices(REGISTRY, ["follow_up.draw.average_places=10:13"])
    assert draw.values == (10, 11, 12, 13)


def test_every_place_in_the_cube_is_a_design() -> None:
    space = choices(REGISTRY, ["follow_up.obligation", "follow_up.openness=0:1"])
    low, high = at_place(space, np.array([0.0, 0.0])), at_place(space, np.array([1.0, 1.0]))
    assert (low["follow_up.obligation"], low["follow_up.openness"]) == ("voluntary", 0.0)
    assert (high["follow_up.obligation"], high["follow_up.openness"]) == ("compulsory", 1.0)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["follow_up.guide_hour"], "unknown parameter"),
        (["classroom.half_life"], "expected a lever"),
        (["follow_up.draw.years"], "can't be searched over"),
        (["follow_up.openness=1:0"], "low below high"),
        (["follow_up.openness=a:b"], "expected low:high"),
        (["follow_up.openness=0:2"], "from 0 to 1"),
        (["follow_up.obligation=voluntary"], "at least two values"),
        (["follow_up.active", "follow_up.active"], "named twice"),
        ([], "at least one lever"),
    ],
)
def test_what_cannot_be_searched_over_is_refused(asked: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        choices(REGISTRY, asked)
