from __future__ import annotations

import numpy as np

from sim.theory.link import Link, Stage


def link(at_least: float | None = None, at_most: float | None = None) -> Link:
    return Link(
        "a", Stage.RESULT, {"en": "A."}, "needs_hit", unit="0-1", why="half-way", source="none", at_least=at_least,
        at_most=at_most,
    )  # fmt: skip


def test_a_limit_itself_counts_as_reached() -> None:
    values = np.array([0.4, 0.5, 0.6])
    assert link(at_least=0.5).holds(values).tolist() == [False, True, True]
    assert link(at_most=0.5).holds(values).tolist() == [True, True, False]


def test_what_does_not_apply_does_not_hold() -> None:
    assert not link(at_least=0.0).holds(np.array([np.nan])).any()
    assert not link(at_most=0.0).holds(np.array([np.nan])).any()
