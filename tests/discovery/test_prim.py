from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.arrays import Floats
from sim.discovery.boxes import Box, quality
from sim.discovery.prim import find_box, peeling


def corner(n: int = 1000, k: int = 6, seed: int = 0) -> tuple[Floats, Floats]:
    """Points in the unit cube; of interest where the first is above 0.6 and the second below 0.4."""
    x = np.random.default_rng(seed).random((n, k))
    return x, ((x[:, 0] > 0.6) & (x[:, 1] < 0.4)).astype(float)


def test_coverage_and_density_by_hand() -> None:
    x = np.array([[0.1], [0.5], [0.6], [0.9]])
    found = quality(Box({0: (0.5, 1.0)}).holds(x), np.array([1.0, 1.0, 0.0, 1.0]))
    assert (found.coverage, found.density, found.base, found.mass, found.n) == pytest.approx(
        (2 / 3, 2 / 3, 0.75, 0.75, 3)
    )


def test_a_point_counts_as_many_times_as_it_was_played() -> None:
    # the first point was played in four worlds, of interest in one; the second in one world, of interest
    found = quality(np.array([True, False]), np.array([0.25, 1.0]), np.array([4.0, 1.0]))
    assert (found.density, found.coverage, found.mass) == pytest.approx((0.25, 0.5, 0.8))


def test_a_known_box_is_found() -> None:
    x, interest = corner()
    box = find_box(x, interest, np.ones(len(x)))
    assert set(box.limits) == {0, 1}
    assert box.limits[0][0] == pytest.approx(0.6, abs=0.03)
    assert box.limits[1][1] == pytest.approx(0.4, abs=0.03)
    assert quality(box.holds(x), interest).coverage > 0.95


def test_a_step_peels_a_twentieth_off() -> None:
    x = np.linspace(0, 1, 101)[:, None]
    first, second = peeling(x, (x[:, 0] > 0.5).astype(float), np.ones(101))[:2]
    assert first.limits == {}
    low, high = second.limits[0]
    assert high == np.inf
    assert low == pytest.approx(0.05)  # five of the hundred and one are gone


def test_equal_values_stay_or_go_together() -> None:
    x = np.repeat([0.0, 1.0], 50)[:, None]
    boxes = peeling(x, x[:, 0], np.ones(100))
    assert [box.limits for box in boxes] == [{}, {0: (1.0, np.inf)}]


def test_nothing_of_interest_gives_a_box_without_limits() -> None:
    x, _ = corner(200)
    assert find_box(x, np.zeros(200), np.ones(200)).limits == {}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the workbench warns of what it lacks and of pandas to come
def test_the_ema_workbench_finds_the_same_box() -> None:
    from ema_workbench.analysis import prim

    x, interest = corner()
    ours = find_box(x, interest, np.ones(len(x)))
    frame = pd.DataFrame(x, columns=list("abcdef"))
    theirs = prim.Prim(frame, interest.astype(bool), threshold=0.8).find_box().box_lims[-1]
    ours_in = ours.holds(x)
    theirs_in = ((frame >= theirs.iloc[0]) & (frame <= theirs.iloc[1])).all(axis=1).to_numpy()
    assert (ours_in & theirs_in).sum() / (ours_in | theirs_in).sum() > 0.85
