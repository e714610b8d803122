"""The atlas that is kept in `results/atlas` is of the designs, the posterior and the model that come along (`make atlas`)."""

from __future__ import annotations

import numpy as np

from sim.atlas.api import shipped as shipped_designs
from sim.atlas.kept import FIGURES, Measure, rounded, shipped, shipped_folder
from sim.atlas.playing import places, play_means
from sim.declared import OUTCOMES, REGISTRY
from sim.experiments.play import Job
from sim.experiments.posterior import source_of
from sim.scenario_files import load_design

MOST_BYTES = 10_000_000
REPLAYED = ("voluntary", "obligatory", "system_2026")


def test_it_has_every_design_as_it_comes_along_and_the_accepted_posterior() -> None:
    kept = shipped()
    assert kept is not None
    assert set(kept.designs) == set(shipped_designs()), "make atlas"
    assert not {"designs", "posterior"} & set(kept.outdated(REGISTRY)), "make atlas"


def test_it_has_every_outcome_and_group() -> None:
    kept = shipped()
    assert kept is not None
    assert kept.outcomes == tuple(Measure.of(outcome) for outcome in OUTCOMES), "make atlas"
    assert kept.of("voluntary", "obligatory").shape == (20, len(kept.measures), len(places()) + 1), (
        "make atlas"
    )


def test_the_whole_country_is_played() -> None:
    kept = shipped()
    assert kept is not None
    assert (kept.manifest["scale"], kept.manifest["worlds"]) == (1.0, 20)


def test_the_first_world_comes_out_the_same_when_it_is_played_anew() -> None:
    kept = shipped()
    assert kept is not None
    years = kept.manifest["years"]
    job = Job(
        world=0, seed=kept.manifest["seed"], designs=tuple(load_design(key) for key in REPLAYED), start=years["start"],
        parting=years["parting"], end=years["end"], values=source_of(REGISTRY, kept.manifest["seed"]).values(0),
    )  # fmt: skip
    again = rounded(play_means(job).values)
    with np.load(kept.folder / FIGURES) as file:
        there = file["values"][0][..., [kept.designs.index(key) for key in REPLAYED]]
    np.testing.assert_allclose(np.moveaxis(again, 0, -1), there, rtol=1e-4, atol=1e-6, err_msg="make atlas")


def test_it_is_small() -> None:
    files = list(shipped_folder().iterdir())
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    assert sorted(file.name for file in files) == ["atlas.html", "manifest.json", FIGURES]
