"""The answers kept in `results/conditions` are of the designs, priors and structures that come along (`make conditions`)."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from sim.conditions.api import played_again
from sim.conditions.emulator import held_out_error
from sim.conditions.experiment import KeptExperiment, shipped_experiments
from sim.conditions.kept import ASKED, RUNS, Conditions, basis, differing, shipped, shipped_folder, told_of
from sim.declared import REGISTRY
from sim.discovery.stability import held_out_points
from sim.experiments.structures import usual_structures
from sim.scenario_files import load_design
from sim.sweeps.api import sweep

MOST_BYTES = 1_000_000
MOST_BYTES_OF_AN_EXPERIMENT = 300_000
every = pytest.mark.parametrize("kept", shipped(), ids=lambda one: one.key)
every_experiment = pytest.mark.parametrize("kept", shipped_experiments(), ids=lambda one: one.file.stem)


def test_each_answer_is_one_that_is_asked_for() -> None:
    assert {one.designs for one in shipped()} == set(ASKED), "make conditions"
    (pairs,) = re.findall(
        r"^PAIRS := ((?:.*\\\n)*.*)$", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert pairs.replace("\\", "").split() == ["-".join(pair) for pair in ASKED]
    assert shipped()[0].designs == ("obligatory", "voluntary")


@every
def test_it_rests_on_what_comes_along(kept: Conditions) -> None:
    pair = [load_design(key, REGISTRY) for key in reversed(kept.designs)]
    assert kept.manifest["basis"] == basis(pair, usual_structures(pair, REGISTRY), REGISTRY), (
        "make conditions"
    )


def test_its_first_draw_comes_out_the_same_when_it_is_played_anew() -> None:
    kept = shipped()[0]
    drawn, gains = played_again(kept)
    names = [one.name for one in kept.assumptions]
    found = kept.runs[np.isclose(kept.runs[names], [drawn[name] for name in names], rtol=1e-4).all(axis=1)]
    assert len(found) == 1, "make conditions"
    there = found.iloc[0]
    for outcome, gain in gains.items():
        assert gain == pytest.approx(there[outcome], rel=1e-3, abs=1e-5), "make conditions"


@every
def test_the_whole_country_is_played(kept: Conditions) -> None:
    assert kept.manifest["scale"] == 1.0
    assert kept.folder.name == kept.key


@every
def test_it_tells_of_what_is_asked(kept: Conditions) -> None:
    design, versus = (load_design(key, REGISTRY) for key in kept.designs)
    parted = {name.partition(".")[0] for name in differing(versus, design, REGISTRY)}
    told = [(one["outcome"], one["group"]) for one in kept.manifest["outcomes"]]
    assert told == told_of(design, versus, parted), "make atlas, then make conditions"


def test_they_are_small() -> None:
    files = [file for file in shipped_folder().rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    for one in shipped():
        assert sorted(file.name for file in one.folder.iterdir()) == ["manifest.json", RUNS]


@every
def test_the_error_it_tells_follows_from_its_runs(kept: Conditions) -> None:
    x = kept.runs[[one.name for one in kept.assumptions]].to_numpy(dtype=float)
    for told in kept.manifest["outcomes"]:
        gain = kept.runs[told["outcome"]].to_numpy(dtype=float) * (
            -1 if told["harms"] > told["matters"] else 1
        )
        again = held_out_error(x, gain, held_out_points(len(x), kept.manifest["seed"]), told["smallest"])
        assert asdict(again) == pytest.approx(told["error"], abs=0.02)


@every
def test_it_tells_more_than_a_guess_on_something(kept: Conditions) -> None:
    errors = [one["error"] for one in kept.manifest["outcomes"]]
    assert any(error["brier"] < error["brier_plain"] or error["explained"] > 0.1 for error in errors)


@every_experiment
def test_an_experiment_is_of_the_designs_and_the_posterior_that_come_along(kept: KeptExperiment) -> None:
    assert not {"designs", "posterior"} & set(kept.outdated(REGISTRY)), "make conditions"
    assert kept.file.stat().st_size < MOST_BYTES_OF_AN_EXPERIMENT


@every_experiment
def test_an_experiment_s_first_world_comes_out_the_same_when_it_is_played_anew(
    kept: KeptExperiment, tmp_path: Path
) -> None:
    again = sweep(kept.file.stem, worlds=1, until=1e9, out=tmp_path / "again", workers=1, progress=False)
    first = again.experiments["world"] == 0
    for design, told in kept.manifest["first_world"].items():
        row = again.outcomes[first & (again.experiments["design"] == design)].iloc[0]
        found = [row[figure] for figure in told]
        np.testing.assert_allclose(found, [*told.values()], rtol=1e-3, atol=1e-5, err_msg="make conditions")
