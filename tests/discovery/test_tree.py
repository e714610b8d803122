from __future__ import annotations

import numpy as np
import pytest

from sim.discovery.tree import grow


def test_a_step_is_found_with_its_size() -> None:
    rng = np.random.default_rng(1)
    x = rng.random((400, 5))
    gain = np.where(x[:, 2] > 0.3, 1.0, -2.0) + rng.normal(0, 0.1, 400)
    grown = grow(x, gain, seed=1)
    assert grown.explained > 0.95
    assert grown.shuffled == pytest.approx(1 / 41)
    for leaf in grown.leaves:
        low, high = leaf.box.limits[2]
        expected = 1.0 if low >= 0.25 else -2.0
        assert leaf.low - 0.1 <= expected <= leaf.high + 0.1
        assert (
            low == pytest.approx(0.3, abs=0.02)
            or high == pytest.approx(0.3, abs=0.02)
            or low > 0.3
            or high < 0.3
        )
    assert sum(leaf.n for leaf in grown.leaves) == 120  # held-out points, each in one leaf


def test_a_tree_on_nothing_explains_nothing() -> None:
    rng = np.random.default_rng(2)
    grown = grow(rng.random((300, 8)), rng.normal(size=300), seed=1)
    assert grown.explained < 0.1
    assert grown.shuffled > 0.05
