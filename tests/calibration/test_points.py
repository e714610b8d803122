from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from sim.calibration.answers import gathered
from sim.calibration.points import PORTION, play_points
from sim.calibration.space import Space
from sim.calibration.targets import for_fitting
from sim.experiments.posterior import calibration_folder
from tests.calibration.toy_survey import REGISTRY, plan

SPACE = Space.of(REGISTRY)
VALUES = SPACE.values(SPACE.prior_design(25, 1))


def played(folder: Path, **options: object) -> dict[str, str]:
    play_points(plan().setting(), SPACE.names, VALUES, folder, progress=False, **options)  # type: ignore[arg-type]  # as given
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_finished_portions_are_not_played_again_and_missing_ones_come_to_the_same_bytes(
    tmp_path: Path,
) -> None:
    first = played(tmp_path, workers=1)
    assert list(first) == ["part-000000.parquet", "part-000010.parquet", "part-000020.parquet"]
    kept = (tmp_path / "part-000000.parquet").stat().st_mtime_ns
    (tmp_path / "part-000010.parquet").unlink()
    assert played(tmp_path, workers=1) == first
    assert (tmp_path / "part-000000.parquet").stat().st_mtime_ns == kept


@pytest.mark.slow
def test_the_number_of_workers_does_not_matter(tmp_path: Path) -> None:
    assert played(tmp_path / "one", workers=1) == played(tmp_path / "two", workers=2)


def test_worlds_of_a_point_differ_and_no_two_points_share_one(tmp_path: Path) -> None:
    frame = play_points(
        plan(worlds=3).setting(), SPACE.names, VALUES[:4], tmp_path, workers=1, progress=False
    )
    assert sorted(frame["world"].unique()) == list(range(12))
    assert (frame["world"] // 3 == frame["point"]).all()


def test_an_error_says_at_which_point_it_came_up(tmp_path: Path) -> None:
    with pytest.raises(KeyError) as error:
        play_points(
            plan().setting(), ("something",), np.zeros((1, 1)), tmp_path, first=7, workers=1, progress=False
        )
    assert "point 7, world 7" in error.value.__notes__[0]


SCRIPT = """
from pathlib import Path
import numpy as np
from tests.calibration.toy_survey import REGISTRY, plan
from sim.calibration import points
from sim.calibration.space import Space
space = Space.of(REGISTRY)
slow = points.play_portion
def play(portion):
    import time
    time.sleep(0.2)
    return slow(portion)
points.play_portion = play
values = space.values(space.prior_design(25, 1))
points.play_points(plan().setting(), space.names, values, Path({out!r}), workers=1, progress=False)
"""


def test_killed_by_force_it_goes_on_where_it_was_and_comes_to_the_same_bytes(tmp_path: Path) -> None:
    whole = played(tmp_path / "whole", workers=1)
    out = tmp_path / "killed"
    script = SCRIPT.format(out=str(out))
    process = subprocess.Popen(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    )
    first = out / "part-000000.parquet"
    for _ in range(1200):
        if first.exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    finished = list(out.glob("part-*.parquet"))
    assert 0 < len(finished) < len(VALUES) / PORTION
    kept = first.stat().st_mtime_ns
    found = played(out, workers=1)
    assert {name: found[name] for name in whole} == whole
    assert first.stat().st_mtime_ns == kept


@pytest.mark.slow
def test_the_national_model_answers_all_figures_that_it_has_a_counterpart_for(tmp_path: Path) -> None:
    from sim.calibration.plan import Plan

    national = Plan(scale=0.05)
    values = national.space.values(np.zeros((1, national.space.n)))
    frame = play_points(
        national.setting(1), national.space.names, values, tmp_path, workers=1, progress=False
    )
    found = gathered(frame, for_fitting(calibration_folder()))
    assert {t.id for t in found.targets} - {t.id for t in found.answered} == {"spending_per_pupil_other"}
