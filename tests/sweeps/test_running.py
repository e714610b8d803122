from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.sweeps import Kept, RunTable, Store, play_points
from tests.experiments.toy import OUTCOMES, PUSHED, STILL, TWIN, toy_instruments
from tests.sweeps import toys
from tests.sweeps.toys import COLUMNS, points, written

ROOT = Path(__file__).parents[2]
KEPT = Kept.of(COLUMNS, OUTCOMES, 2021, (STILL, PUSHED))


def played(worlds: int = 3, **settings: object) -> RunTable:
    given: dict[str, object] = {"workers": 1, "progress": False, "instruments": toy_instruments}
    return play_points(points(worlds), KEPT, **{**given, **settings})  # type: ignore[arg-type]  # its settings


def test_the_table_has_a_row_for_each_point_in_the_order_asked() -> None:
    table = played()
    assert table.experiments["world"].tolist() == [0, 0, 1, 1, 2, 2]
    assert table.experiments["design"].tolist() == ["still", "pushed"] * 3
    assert table.experiments["toy.luck_sd"].tolist() == [1.0, 1.0, 1.1, 1.1, 1.2, 1.2]
    assert list(table.outcomes.columns) == list(COLUMNS)
    assert table.outcomes.notna().all(axis=None)
    assert table.parameters == ("toy.luck_sd",)


def test_points_asked_for_twice_are_played_once_and_stand_twice() -> None:
    asked = points(1)
    table = play_points([*asked, *asked], KEPT, workers=1, progress=False, instruments=toy_instruments)
    assert len(table.experiments) == 4
    assert table.experiments["run"].nunique() == 2
    assert (
        table.outcomes.iloc[:2].reset_index(drop=True).equals(table.outcomes.iloc[2:].reset_index(drop=True))
    )


def test_finished_runs_are_never_played_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    monkeypatch.setenv(toys.FOLDER, str(marks))
    played(2, store=tmp_path / "s", instruments=toys.marking)
    assert sorted(path.name for path in marks.iterdir()) == ["0-0", "1-1"]
    again = played(2, store=tmp_path / "s", instruments=toys.marking)
    assert len(list(marks.iterdir())) == 2
    assert written(again, tmp_path) == written(played(2), tmp_path)


def test_a_sweep_grows_by_worlds_and_by_designs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    monkeypatch.setenv(toys.FOLDER, str(marks))
    played(2, store=tmp_path / "s", instruments=toys.marking)
    played(3, store=tmp_path / "s", instruments=toys.marking)
    assert len(list(marks.iterdir())) == 3
    wider = points(3, (STILL, PUSHED, TWIN))
    grown = play_points(
        wider, KEPT, workers=1, progress=False, store=tmp_path / "s", instruments=toys.marking
    )
    assert len(list(marks.iterdir())) == 6  # the new design in each of the three worlds
    at_once = play_points(wider, KEPT, workers=1, progress=False, instruments=toy_instruments)
    assert written(grown, tmp_path) == written(at_once, tmp_path)


def test_the_number_of_workers_changes_no_byte(tmp_path: Path) -> None:
    assert written(played(5, workers=2, store=tmp_path / "s"), tmp_path) == written(played(5), tmp_path)


def test_a_failed_run_stands_with_its_error_and_is_not_tried_again_unasked(tmp_path: Path) -> None:
    given = points(3, bad=(1,))

    def play(**settings: object) -> RunTable:
        return play_points(
            given,
            KEPT,
            workers=1,
            progress=False,
            store=tmp_path / "s",
            **settings,  # type: ignore[arg-type]  # its settings
        )

    table = play(instruments=toys.failing)
    assert table.failures["design"].tolist() == ["pushed"]
    assert table.failures["error"].tolist() == ["ArithmeticError: the toy is broken"]
    assert table.outcomes.isna().all(axis=1).tolist() == [False, False, False, True, False, False]
    assert len(play(instruments=toy_instruments).failures) == 1
    mended = play(instruments=toy_instruments, retry_failed=True)
    assert len(mended.failures) == 0
    whole = play_points(given, KEPT, workers=1, progress=False, instruments=toy_instruments)
    assert written(mended, tmp_path) == written(whole, tmp_path)


def test_a_run_that_kills_its_worker_is_recorded_and_holds_up_no_other() -> None:
    given = points(6, bad=(2,))
    table = play_points(given, KEPT, workers=2, progress=False, instruments=toys.killing)
    assert table.failures["world"].tolist() == [2, 2]
    assert set(table.failures["error"]) == {
        "WorkerLostError: its worker process was killed by SIGKILL, time and again; perhaps memory ran out"
    }
    whole = play_points(given, KEPT, workers=1, progress=False, instruments=toy_instruments)
    others = (table.experiments["world"] != 2).to_numpy()
    assert table.outcomes[others].equals(whole.outcomes[others])


def test_progress_is_told_with_failures() -> None:
    told: list[tuple[int, int, int]] = []
    play_points(
        points(3, bad=(0,)),
        KEPT,
        workers=1,
        progress=lambda *numbers: told.append(numbers),
        instruments=toys.failing,
    )
    assert told == [(2, 6, 1), (4, 6, 1), (6, 6, 1)]


def test_figures_of_years_that_are_not_played_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="within the run's"):
        play_points(
            points(1), ["practice@2040"], store=tmp_path / "s", progress=False, instruments=toy_instruments
        )
    assert not (tmp_path / "s").exists()


def test_runs_kept_nowhere_can_be_asked_nothing_more() -> None:
    with pytest.raises(InputError, match="kept in no store"):
        _ = played(1).store


def test_a_written_table_reads_back(tmp_path: Path) -> None:
    table = played(2)
    table.write(tmp_path / "t.parquet")
    again = RunTable.read(tmp_path / "t.parquet")
    assert again.outcomes.equals(table.outcomes)
    assert again.experiments.equals(table.experiments)
    assert (again.levers, again.parameters) == (table.levers, table.parameters)
    (tmp_path / "no.parquet").write_text("no")
    with pytest.raises(InputError, match="no table of a sweep"):
        RunTable.read(tmp_path / "no.parquet")


SLOWLY = """
import sys, time
from dataclasses import replace
from pathlib import Path
from sim.sweeps import play_points
from tests.experiments.toy import ToyModel, toy_instruments
from tests.sweeps.test_running import KEPT
from tests.sweeps.toys import points

class SlowToy(ToyModel):
    def step(self):
        super().step()
        time.sleep(0.02)

def slow():
    return replace(toy_instruments(), model=SlowToy)

if __name__ == "__main__":
    sys.modules["slowly"] = sys.modules["__main__"]
    slow.__module__ = "slowly"
    play_points(points(30), KEPT, workers={workers}, progress=False, store=Path({store!r}), instruments=slow)
"""


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment_and_begun_again_it_ends_with_the_same_bytes(
    tmp_path: Path, workers: int
) -> None:
    store = tmp_path / "s"
    (tmp_path / "slowly.py").write_text(SLOWLY.format(workers=workers, store=str(store)), encoding="utf-8")
    finished: set[str] = set()
    for seconds in (0.4, 0.9, 0.1, 0.6):
        run = subprocess.Popen(
            [sys.executable, str(tmp_path / "slowly.py")],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
            stderr=subprocess.PIPE,
            text=True,
        )
        _wait_for_more(store, run, len(finished))
        time.sleep(seconds)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        now = set(Store(store).finished())
        assert finished <= now  # nothing finished is lost
        finished = now
    assert 0 < len(finished) < 60
    whole = played(30)
    assert written(played(30, store=store), tmp_path) == written(whole, tmp_path)


def _wait_for_more(store: Path, run: subprocess.Popen[str], done: int) -> None:
    deadline = time.monotonic() + 300
    while not (store / "store.json").exists() or len(Store(store).finished()) <= done:
        assert run.poll() is None, run.stderr.read() if run.stderr else ""
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
