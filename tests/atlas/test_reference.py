"""The atlas that is kept in `results/atlas` is of the designs and the posterior that come along."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

import sim
from sim.atlas.api import shipped

CHECKOUT = Path(sim.__file__).parents[1]
ATLAS = CHECKOUT / "results" / "atlas"


@pytest.fixture(scope="module")
def manifest() -> dict[str, object]:
    found: dict[str, object] = json.loads((ATLAS / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_it_has_every_design(manifest: dict[str, object]) -> None:
    played = manifest["designs"]
    assert isinstance(played, list)
    assert {design["key"] for design in played} == set(shipped())


def test_it_was_played_with_the_accepted_posterior(manifest: dict[str, object]) -> None:
    parameters = manifest["parameters"]
    assert isinstance(parameters, dict)
    posterior = (CHECKOUT / "calibration" / "posterior.parquet").read_bytes()
    assert parameters["posterior_sha256"] == sha256(posterior).hexdigest()


def test_the_whole_country_is_played(manifest: dict[str, object]) -> None:
    assert (manifest["scale"], manifest["worlds"]) == (1.0, 20)
