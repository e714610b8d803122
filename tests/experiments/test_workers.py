from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from sim.errors import WorkerLostError
from sim.experiments import workers as workers_module
from sim.experiments.collecting import LITTLE_TO_COLLECT
from sim.experiments.workers import run_jobs, stand_by, stand_down
from tests.experiments import odd_jobs

PATIENCE = 20.0  # seconds
ASLEEP = """
from pathlib import Path
from sim.experiments.workers import run_jobs
from tests.experiments.odd_jobs import note_and_sleep
if __name__ == "__main__":
    list(run_jobs(note_and_sleep, [Path({folder!r})] * 4, workers=2))
"""


def run(function: Callable[[Any], Any], jobs: Sequence[Any], workers: int | None) -> list[Any]:
    return list(run_jobs(function, jobs, workers=workers, progress=False))


@pytest.mark.parametrize("workers", [1, 2, None])
def test_results_come_in_the_order_of_the_jobs(workers: int | None) -> None:
    assert run(odd_jobs.square, range(10), workers) == [number * number for number in range(10)]


def test_the_order_holds_when_the_first_job_takes_longest() -> None:
    assert run(odd_jobs.first_is_slowest, range(6), 2) == list(range(6))


def test_workers_use_one_thread_and_the_parent_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert run(odd_jobs.threads_allowed, range(2), 2) == ["1", "1"]
    assert os.environ["OPENBLAS_NUM_THREADS"] == "7"
    assert "OMP_NUM_THREADS" not in os.environ


def test_workers_look_as_seldom_for_circles_as_the_command_does() -> None:
    assert run(odd_jobs.new_objects_until_a_look, range(2), 2) == [LITTLE_TO_COLLECT] * 2


@pytest.mark.parametrize("guarded", [True, False])
def test_a_script_from_standard_input_works_in_one_process_and_that_is_said(guarded: bool) -> None:
    lines = [
        "from sim.experiments.workers import run_jobs",
        "from tests.experiments.odd_jobs import square",
        'if __name__ == "__main__":' if guarded else "if True:",
        "    print(list(run_jobs(square, range(3), workers=2, progress=False)))",
    ]
    done = subprocess.run(
        [sys.executable, "-"], input="\n".join(lines), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "[0, 1, 4]\n"
    assert done.stderr == (
        "Working in one process: others can't read this script again (<stdin>); save it as a file to use several.\n"
    )


def test_without_semaphores_all_is_done_in_this_process_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("multiprocessing.synchronize.SemLock.__init__", refused)
    assert run(odd_jobs.pid, range(2), 2) == [os.getpid()] * 2
    told = capsys.readouterr().err
    assert "one process" in told
    assert "/dev/shm" in told


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_job_is_raised_as_it_is(workers: int) -> None:
    with pytest.raises(ValueError, match="three is refused"):
        run(odd_jobs.refuse_three, range(8), workers)


def test_no_jobs_are_no_trouble() -> None:
    assert run(odd_jobs.square, [], 2) == []


def test_a_job_whose_worker_is_killed_is_tried_once_more(tmp_path: Path) -> None:
    markers = [tmp_path / "a", tmp_path / "b"]
    markers[1].touch()
    assert run(odd_jobs.killed_once, markers, 2) == ["survived", "survived"]


def test_a_worker_killed_twice_is_told_in_words() -> None:
    with pytest.raises(WorkerLostError, match=r"killed by SIGKILL twice .* jobs 0, 1"):
        run(odd_jobs.killed_always, range(2), 2)


def test_a_job_that_kills_its_worker_is_given_up_alone_if_one_can_do_without_it() -> None:
    done = run_jobs(odd_jobs.three_kills, range(8), workers=2, progress=False, lost=odd_jobs.given_up)
    assert list(done) == [0, 1, 2, -3, 4, 5, 6, 7]


def test_jobs_that_all_kill_their_workers_are_nobody_s_own_fault() -> None:
    jobs = run_jobs(odd_jobs.killed_always, range(3), workers=2, progress=False, lost=odd_jobs.given_up)
    with pytest.raises(WorkerLostError, match="killed by SIGKILL twice"):
        list(jobs)
    many = run_jobs(odd_jobs.killed_always, range(99), workers=4, progress=False, lost=odd_jobs.given_up)
    with pytest.raises(
        WorkerLostError, match=r"on jobs 0, 1, 2 \(counted from 0\)"
    ):  # and no more were tried
        list(many)


@pytest.mark.skipif(os.name == "nt", reason="processes that are killed look alike there")
def test_a_worker_that_its_job_ends_is_told_at_once_and_not_tried_again(tmp_path: Path) -> None:
    with pytest.raises(WorkerLostError, match=r"ended itself with status 9 while .* perhaps a plug-in's"):
        run(odd_jobs.ends_itself, [tmp_path] * 8, 2)
    assert len(list(tmp_path.iterdir())) <= 2
    with pytest.raises(WorkerLostError, match="ended itself with status 0 while"):
        run(odd_jobs.ends_well, range(2), 2)
    done = run_jobs(odd_jobs.three_ends, range(6), workers=2, progress=False, lost=odd_jobs.how_it_ended)
    assert list(done) == [0, 1, 2, "3: its worker process ended itself with status 9", 4, 5]


def sleepers(folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """A run of its own whose two workers are asleep over their jobs, and their process numbers."""
    script = folder / "asleep.py"
    jobs = folder / "jobs"
    jobs.mkdir()
    script.write_text(ASLEEP.format(folder=str(jobs)), encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, str(script)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    _until(lambda: len(list(jobs.iterdir())) == 2)
    return run, [int(path.name) for path in jobs.iterdir()]


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" in status.read_text()


def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    run, workers = sleepers(tmp_path)
    run.kill()
    run.communicate()
    _until(lambda: all(_gone(pid) for pid in workers))


def test_ctrl_c_ends_the_run_at_once_and_leaves_no_worker(tmp_path: Path) -> None:
    run, workers = sleepers(tmp_path)
    begun = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, told = run.communicate(timeout=PATIENCE)
    assert time.monotonic() - begun < odd_jobs.LONG / 4
    _until(lambda: all(_gone(pid) for pid in workers))
    assert told.count("Traceback") == 1  # the parent's, which the command line catches
    assert told.rstrip().endswith("KeyboardInterrupt")


@pytest.fixture
def standing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(workers_module, "_standing", None)
    stand_by(2, odd_jobs.remember)
    yield
    stand_down()


@pytest.mark.usefixtures("standing")
def test_workers_that_stand_by_have_done_what_comes_first_and_take_all_jobs() -> None:
    first = run(odd_jobs.who_remembers, range(6), 2)
    second = run(odd_jobs.who_remembers, range(6), 2)
    assert all(remembers for _, remembers in first + second)
    assert {pid for pid, _ in second} | {pid for pid, _ in first} <= set(map(int, _children()))
    assert os.getpid() not in {pid for pid, _ in first}


@pytest.mark.usefixtures("standing")
def test_workers_that_stand_by_are_replaced_when_one_is_lost(tmp_path: Path) -> None:
    (tmp_path / "second").touch()
    assert run(odd_jobs.killed_once, [tmp_path / "first", tmp_path / "second"], 2) == ["survived"] * 2
    assert run(odd_jobs.square, range(3), 2) == [0, 1, 4]


def _children() -> list[str]:
    task = Path(f"/proc/{os.getpid()}/task")
    return [pid for one in task.iterdir() for pid in (one / "children").read_text().split()]


@pytest.mark.usefixtures("standing")
def test_workers_that_stand_by_stay_for_who_takes_just_so_many() -> None:
    def taken() -> set[int]:
        with closing(run_jobs(odd_jobs.who_remembers, range(6), progress=False)) as found:
            return {pid for pid, _ in islice(found, 6)}  # never asks whether there is a seventh

    assert taken() | taken() <= set(map(int, _children()))
