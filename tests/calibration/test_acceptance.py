"""What is accepted fits together: the fit is that of the answers kept beside it, and the report tells of the trial."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.calibration import patterns, replay, rolling
from sim.calibration.acceptance import PACKED_REPORT, accept
from sim.calibration.api import fit_not_of_answers, validate
from sim.calibration.coverage import coverage
from sim.calibration.storage import put_frame, put_json
from sim.calibration.study import PROVENANCE, fit_to_survey, where_from
from sim.errors import InputError
from sim.experiments.provenance import file_digest
from sim.report.calibration import write_calibration_report
from tests.calibration.test_coverage import even
from tests.calibration.toy_survey import data, plan


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("accepted")
    source, work, small = data(place / "data"), place / "work", plan(points=60, draws=20)
    validate(work, source, fit_to_survey(small, work, data=source, workers=1, progress=False), 1.0, 1)
    fact = patterns.Pattern(
        "school_icc", "a fact", 0.1, 0.2, "share", counted=False, repeats="", source="Udir"
    )
    put_frame(
        work / "patterns.parquet", patterns.compared([fact], [patterns.PatternWorld({"school_icc": 0.1}, {})])
    )
    for name in (rolling.ROLLING, rolling.ROLLING_VERDICTS):
        put_frame(work / name, pd.DataFrame({"origin": pd.Series(dtype=int), "worse": pd.Series(dtype=bool)}))
    replay.keep(small, work)
    put_json(work / PROVENANCE, where_from(small, work, source, None))
    return work, source


def tried(work: Path, place: Path) -> Path:
    """A finished trial of the method."""
    ranks = even(40)
    covered = coverage(ranks, {"p1"})
    put_frame(place / "ranks.parquet", ranks)
    put_frame(place / "coverage.parquet", covered)
    every = {name: float(covered.iloc[0][name]) for name in covered.columns if name.startswith("covered_")}
    result = {
        "repetitions": 40,
        **every,
        "alarms_when_right": 0.05,
        "covers_too_little": [],
        "alarms_when_wrong": {},
    }
    put_json(place / "check.json", {**result, "posterior_sha256": file_digest(work / "posterior.parquet")})
    return place


@pytest.fixture
def toy_is_the_model(finished: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.calibration.api.calibration_folder", lambda: finished[1])
    monkeypatch.setattr("sim.calibration.acceptance.FromPosterior", lambda *_: None)


@pytest.mark.usefixtures("toy_is_the_model")
def test_the_accepted_report_tells_of_the_trial_even_if_the_one_beside_is_older(
    finished: tuple[Path, Path], tmp_path: Path
) -> None:
    work, _ = finished
    older = write_calibration_report(work, "en").read_text(encoding="utf-8")
    assert "has not been tried on known truths" in older
    accept(work, tried(work, tmp_path / "trial"), tmp_path / "target")
    report = gzip.decompress((tmp_path / "target" / PACKED_REPORT).read_bytes()).decode("utf-8")
    assert "has not been tried on known truths" not in report
    assert "tried where the truth is known" in report


def test_the_fit_is_that_of_the_answers_at_all_draws(finished: tuple[Path, Path]) -> None:
    assert fit_not_of_answers(finished[0], data=finished[1]) == []


@pytest.mark.usefixtures("toy_is_the_model")
def test_a_fit_of_other_answers_is_named_and_not_accepted(
    finished: tuple[Path, Path], tmp_path: Path
) -> None:
    import json
    import shutil

    work, target = tmp_path / "work", tmp_path / "target"
    shutil.copytree(finished[0], work)
    fit = pd.read_parquet(work / "fit.parquet")
    fit["simulated"] += np.where(fit.index == 1, 0.01, 0.0)
    put_frame(work / "fit.parquet", fit)
    told = json.loads((work / PROVENANCE).read_text(encoding="utf-8"))
    told["files_sha256"]["fit.parquet"] = file_digest(work / "fit.parquet")
    put_json(work / PROVENANCE, told)
    assert fit_not_of_answers(work) == ["leaders_t1 (calibrate)"]
    with pytest.raises(InputError, match="leaders_t1"):
        accept(work, None, target)
    assert not target.exists()


def test_answers_at_some_draws_alone_are_not_taken_for_all(
    finished: tuple[Path, Path], tmp_path: Path
) -> None:
    import shutil

    work = tmp_path / "work"
    shutil.copytree(finished[0], work)
    first = replay.first_rows(replay.kept(work))
    assert first.num_rows < replay.kept(work).num_rows
    put_frame(work / replay.REPLAY, first.to_pandas())
    with pytest.raises(InputError, match="answers at all 20 draws"):
        fit_not_of_answers(work, data=finished[1])
