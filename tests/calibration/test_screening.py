from __future__ import annotations

import numpy as np

from sim.calibration.screening import screen
from sim.randomness import Streams

NAMES = tuple(f"p{j}" for j in range(20))


def points(n: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return Streams(1).normal("x", 0, np.arange(n), per=20)


def test_what_moves_a_target_is_found_the_strongest_first_and_bends_count() -> None:
    x = points(600)
    noise = Streams(2).normal("noise", 0, np.arange(600))
    y = 2 * x[:, 3] + 1.0 * (x[:, 7] ** 2) + 0.3 * noise
    found = screen(x, y[:, None], 1, ("t",), NAMES)
    assert found.chosen[0][:2] == (3, 7)
    assert set(found.table["parameter"]) >= {"p3", "p7"}
    assert (found.table["gain"] > found.table["floor"]).all()


def test_where_nothing_moves_a_target_hardly_anything_gets_past_the_dummies() -> None:
    x = points(300)
    y = Streams(3).normal("noise", 0, np.arange(300), per=40)
    found = screen(x, y, 1, tuple(f"t{i}" for i in range(40)), NAMES)
    # 20 parameters against the best of 600 dummies: one in some thirty targets lets one in.
    assert sum(map(len, found.chosen)) <= 6


def test_a_target_that_never_changes_has_no_movers() -> None:
    found = screen(points(50), np.ones((50, 1)), 1, ("t",), NAMES)
    assert found.chosen == ((),)
    assert found.parameters == ()


def test_points_without_an_answer_are_passed_over() -> None:
    x = points(400)
    y = 3 * x[:, 5]
    y[::7] = np.nan
    assert screen(x, y[:, None], 1, ("t",), NAMES).chosen[0][0] == 5
