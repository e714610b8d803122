"""The search on the toy world: the lever pushes practice, and its price is the spread that is measured beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.declared import REGISTRY
from sim.discovery.evolution import interval, spread_out, undominated
from sim.discovery.scenario_text import write_scenario
from sim.discovery.searching import search
from sim.errors import InputError
from sim.scenario_files import load_design
from sim.studies.analyses import Analysis
from tests.experiments.toy import STILL, toy_instruments


def toy_search(out: Path, **settings: object) -> Analysis:
    usual: dict[str, object] = {
        "levers": ["toy.push=0:1"], "objectives": ["practice@end"], "population": 4, "generations": 3, "worlds": 2,
        "fresh": 3, "start": 2026, "end": 2027, "workers": 1, "progress": False, "instruments": toy_instruments,
        "lang": "en",
    }  # fmt: skip
    return search(STILL, out=out, **{**usual, **settings})  # type: ignore[arg-type]


def test_no_candidate_of_the_front_is_beaten() -> None:
    means = np.array([[1.0, 1.0], [2.0, 0.0], [1.0, 0.5], [0.5, 0.5], [np.nan, 9.0]])
    assert undominated(means, np.array([1.0, 1.0])).tolist() == [True, True, False, False, False]
    # where less of the second is better, the third beats the first and the second nobody
    assert undominated(means, np.array([1.0, -1.0])).tolist() == [False, True, False, False, False]


def test_equal_candidates_stand_side_by_side() -> None:
    assert undominated(np.array([[1.0], [1.0]]), np.array([1.0])).tolist() == [True, True]


def test_of_many_those_furthest_apart_are_kept() -> None:
    means = np.array([[0.0], [0.1], [0.5], [0.9], [1.0]])
    assert spread_out(means, 3) == [0, 2, 4]
    assert spread_out(means, 9) == [0, 1, 2, 3, 4]


def test_the_interval_of_a_mean_by_hand() -> None:
    mean, low, high = interval(np.array([[1.0], [3.0]]))
    assert mean.tolist() == [2.0]
    assert high[0] - 2.0 == pytest.approx(6.3138, abs=1e-4)  # t(0.95, 1) = 6.3138, sd / sqrt(2) = 1
    assert low[0] == pytest.approx(4.0 - high[0])


def test_the_best_push_is_found_and_judged_in_fresh_worlds(tmp_path: Path) -> None:
    found = toy_search(tmp_path / "out", generations=6)
    front = found.table("front")
    assert front["on_front"].all()
    # four half-years of a push of p raise the first of two equally large schools by 4 p: the mean by less than that,
    # and in the same worlds by exactly as much as in others
    assert front["selected"].to_numpy() == pytest.approx(front["fresh"].to_numpy())
    best = found.table("candidates").set_index("variant").loc[front["variant"], "value"].astype(float)
    tried = found.table("tried")
    assert front["selected"].max() == tried["selected"].max()
    assert best.min() > 0.5


def test_a_search_is_the_same_again_and_goes_on_from_its_store(tmp_path: Path) -> None:
    first = toy_search(tmp_path / "a", store=tmp_path / "runs")
    again = toy_search(tmp_path / "b", store=tmp_path / "runs", workers=2)
    longer = toy_search(tmp_path / "c", store=tmp_path / "runs", generations=4)
    assert first.table("tried").equals(again.table("tried"))
    n = len(first.table("tried"))
    assert longer.table("tried").iloc[:n].equals(first.table("tried"))


def test_a_design_found_can_be_read_and_played_like_any_other(tmp_path: Path) -> None:
    levers = {"follow_up.openness": 0.6, "follow_up.prephase_years": 1.5}
    path = write_scenario(tmp_path / "designs", "voluntary_1234abcd", "voluntary", levers)
    design = load_design(path, REGISTRY)
    assert design.extends == "voluntary"
    assert design.value("follow_up.openness", 2026, REGISTRY) == 0.6
    assert design.value("follow_up.openness", 2025, REGISTRY) != 0.6
    assert design.title == {
        "en": "Found by search: openness 0.6, prephase_years 1.5",
        "nb": "Funnet ved søk: openness 0.6, prephase_years 1.5",
    }


def test_the_front_lies_as_scenario_files(tmp_path: Path) -> None:
    found = toy_search(tmp_path / "out")
    names = {path.stem for path in (found.folder / "designs").glob("*.yaml")}
    front = found.table("front")
    assert names == set(front[front["on_front"]]["variant"])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"objectives": ["pupils"]}, "better neither higher nor lower"),
        ({"population": 2}, "population: expected a whole number from 4"),
        ({"levers": ["other.unused=0:1"]}, "expected a lever"),
    ],
)
def test_what_cannot_be_searched_is_refused(
    tmp_path: Path, settings: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        toy_search(tmp_path / "out", **settings)
    assert not (tmp_path / "out").exists()


def test_a_failed_candidate_is_never_on_the_front() -> None:
    assert undominated(np.full((2, 2), np.nan), np.ones(2)).tolist() == [False, False]
