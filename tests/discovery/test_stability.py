from __future__ import annotations

import numpy as np
import pytest

from sim.discovery.stability import held_out_points, judge
from tests.discovery.test_prim import corner


def test_a_third_of_the_points_judges_and_always_the_same() -> None:
    held = held_out_points(100, seed=1)
    assert held.sum() == 30
    np.testing.assert_array_equal(held, held_out_points(100, seed=1))


def test_a_true_box_is_borne_out() -> None:
    x, interest = corner(500, 4)
    found = judge(x, interest, np.ones(len(x)), seed=1)
    assert found.believable
    assert found.held_out.density > 0.85
    assert found.held_low <= found.held_out.density
    assert found.comes_back[0] == found.comes_back[1] == 1.0
    assert found.overlap > 0.7
    assert found.shuffled == pytest.approx(1 / 41)  # none of 40 shuffles did as well


@pytest.mark.slow
def test_a_box_out_of_nothing_is_not_believed() -> None:
    x, _ = corner(120, 6)
    believed = 0
    for seed in range(3):
        nothing = (np.random.default_rng(seed).random(120) < 0.4).astype(float)
        believed += judge(x, nothing, np.ones(120), seed=seed).believable
    # each is believed once in twenty at most: two or more of three come up once in 138
    assert believed <= 1
