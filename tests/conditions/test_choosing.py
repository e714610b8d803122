from __future__ import annotations

import numpy as np

from sim.conditions.choosing import Influence, chosen, influences
from sim.randomness import Streams


def test_only_what_stands_above_chance_counts() -> None:
    ids = np.arange(300, dtype=np.int64)
    names = [f"p{i}" for i in range(20)]
    x = np.column_stack([Streams(3).uniform(name, 0, ids) for name in names])
    gain = x[:, 4] - 0.5 * x[:, 7] + 0.2 * Streams(3).uniform("luck", 0, ids)
    found = influences(x, gain, names, seed=1)
    assert [one.parameter for one in found[:2]] == ["p4", "p7"]
    assert found[0].value > found[0].floor > 0 > found[1].value
    assert all(abs(one.value) > 1.5 * one.floor for one in found)


def test_outcomes_take_turns_and_nothing_is_asked_for_twice() -> None:
    of = {
        "a": [Influence("x", 0.9, 0.1), Influence("y", 0.8, 0.1)],
        "b": [Influence("z", 0.9, 0.1), Influence("x", 0.8, 0.1)],
    }
    assert chosen(of) == ["x", "z", "y"]
    assert chosen(of, most=2) == ["x", "z"]
    assert chosen({"a": []}) == []
