"""The reader's own ranking, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.atlas.telling import Telling
from sim.atlas.weighing import ranking
from tests.atlas.handmade import handmade

GAINS = {
    "a": {},
    "b": {"practice": 0.2},
    "c": {"practice": 0.1, "hit_rate": 0.2},
    "d": {"practice": 0.001},
    "e": {"hit_rate": -0.1},
}


def scores(folder: Path, **weights: float) -> dict[str, float]:
    told = Telling(handmade(folder / "kept", GAINS), "en", "a")
    return {one.design: one.score for one in ranking(told, weights)}


def test_a_gain_counts_as_a_share_of_the_largest(tmp_path: Path) -> None:
    assert scores(tmp_path, practice=5) == pytest.approx({"b": 100, "c": 50, "d": 0, "e": 0}, abs=0.5)


def test_weights_count_by_their_share_of_the_sum(tmp_path: Path) -> None:
    # b: 3/4 of 100. c: 3/4 of 50 and 1/4 of 100. e: 1/4 of -50, for half the largest step on the hit rate, downwards.
    found = scores(tmp_path, practice=3, hit_rate=1)
    assert found == pytest.approx({"b": 75, "c": 62.5, "d": 0, "e": -12.5}, abs=0.5)
    assert list(found) == ["b", "c", "d", "e"]


def test_what_is_too_small_to_matter_counts_as_none_and_is_said_to_pull_nowhere(tmp_path: Path) -> None:
    told = Telling(handmade(tmp_path / "kept", GAINS), "en", "a")
    found = {one.design: one for one in ranking(told, {"practice": 1, "hit_rate": 1})}
    assert (found["d"].up, found["d"].down) == ((), ())
    assert (found["c"].up, found["e"].down) == (("practice", "hit_rate"), ("hit_rate",))
    assert found["b"].low < found["b"].score < found["b"].high


def test_without_weights_there_is_no_ranking(tmp_path: Path) -> None:
    assert scores(tmp_path) == {}
    assert scores(tmp_path, practice=0) == {}
