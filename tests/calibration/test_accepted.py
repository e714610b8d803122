"""The posterior that lies in the repository still gives what it gave."""

from __future__ import annotations

import pytest

from sim.calibration.acceptance import TAKEN
from sim.calibration.api import played_again, read_provenance
from sim.calibration.replay import REPLAY
from sim.experiments.posterior import FILE, calibration_folder, rules_changed_since
from sim.experiments.provenance import file_digest

FOLDER = calibration_folder()
LARGEST = 1_000_000


def named() -> dict[str, str]:
    found: dict[str, str] = read_provenance(FOLDER)["files_sha256"]
    return found


def test_the_files_of_the_accepted_calibration_are_those_that_its_provenance_names() -> None:
    there = [name for name in TAKEN if (FOLDER / name).is_file()]
    assert FILE in there
    assert {name: file_digest(FOLDER / name) for name in there} == {name: named()[name] for name in there}
    assert all((FOLDER / name).stat().st_size < LARGEST for name in there)


def test_five_draws_of_the_accepted_posterior_played_anew_give_the_answers_kept_beside_it() -> None:
    if REPLAY not in named():
        pytest.skip("the accepted calibration was made before answers were kept")
    if rules_changed_since(FOLDER / FILE):
        pytest.skip("the rules have changed since the posterior was made; the manifest says so")
    assert played_again() == []
