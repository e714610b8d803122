"""The answer kept in `results/conditions` is of the designs, priors and structures that come along (`make conditions`)."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from sim.conditions.emulator import held_out_error
from sim.conditions.kept import RUNS, Conditions, basis, shipped_folder
from sim.declared import REGISTRY
from sim.discovery.stability import held_out_points
from sim.experiments.structures import OBLIGATION
from sim.scenario_files import load_design

KEPT = Conditions(shipped_folder())
MOST_BYTES = 1_000_000


def test_it_rests_on_what_comes_along() -> None:
    pair = [load_design(key, REGISTRY) for key in reversed(KEPT.designs)]
    assert KEPT.manifest["basis"] == basis(pair, OBLIGATION, REGISTRY), "make conditions"


def test_the_whole_country_is_played() -> None:
    assert KEPT.manifest["scale"] == 1.0
    assert KEPT.designs == ("obligatory", "voluntary")


def test_it_is_small() -> None:
    assert sum(file.stat().st_size for file in KEPT.folder.iterdir()) < MOST_BYTES
    assert sorted(file.name for file in KEPT.folder.iterdir()) == ["manifest.json", RUNS]


@pytest.mark.parametrize("place", [0, 1])
def test_the_error_it_tells_follows_from_its_runs(place: int) -> None:
    told = KEPT.manifest["outcomes"][place]
    x = KEPT.runs[[one.name for one in KEPT.assumptions]].to_numpy(dtype=float)
    gain = KEPT.runs[told["outcome"]].to_numpy(dtype=float)
    again = held_out_error(x, gain, held_out_points(len(x), KEPT.manifest["seed"]))
    assert asdict(again) == pytest.approx(told["error"], abs=0.02)


def test_it_tells_more_than_a_guess() -> None:
    error = KEPT.manifest["outcomes"][0]["error"]
    assert error["brier"] < error["brier_plain"]
