"""The posterior that lies in the repository still gives what it gave."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from sim.calibration.acceptance import TAKEN
from sim.calibration.api import fit_not_of_answers, note_same_answers, played_again, read_provenance
from sim.calibration.replay import ROWS, kept
from sim.experiments.posterior import FILE, SAME_ANSWERS, calibration_folder, rules_changed_since
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
    # What moves them makes another posterior necessary: calibrate, and accept it.
    assert played_again() == []


def test_the_fit_is_that_of_the_answers_at_the_accepted_draws() -> None:
    # So what is played anew above is tied to the figures that are told of.
    assert kept(FOLDER)["point"].to_pandas().nunique() > ROWS
    assert fit_not_of_answers() == []


def test_rules_that_give_the_same_answers_are_noted_as_the_posterior_s_own(tmp_path: Path) -> None:
    for name in (FILE, "provenance.json"):
        shutil.copy(FOLDER / name, tmp_path / name)
    told = json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))
    told["plan"]["model_sha256"], told[SAME_ANSWERS] = "of other rules", []
    (tmp_path / "provenance.json").write_text(json.dumps(told), encoding="utf-8")
    assert rules_changed_since(tmp_path / FILE)
    note_same_answers(tmp_path)
    assert rules_changed_since(tmp_path / FILE) is False
