"""The queue, with small scripts in the place of the process that plays: the key of each run comes on their standard input."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from sim.app.bounds import Bounds
from sim.app.job import Job, Phase
from sim.app.jobs import PRELIMINARY, Jobs, RefusedError
from sim.app.own_designs import OwnDesigns
from sim.app.player import Player
from sim.declared import REGISTRY
from sim.errors import InputError
from tests.app.conftest import question
from tests.app.served import until

LONG = "import time\ninput()\nprint('world 1', flush=True)\ntime.sleep(60)"
QUICK = """
import os, pathlib, sys
print('ready', os.getpid(), flush=True)
for key in iter(sys.stdin.readline, ''):
    print('world 1', flush=True)
    print('writing', flush=True)
    folder = pathlib.Path(sys.argv[1], key.strip())
    folder.mkdir(parents=True)
    (folder / 'manifest.json').write_text(str(os.getpid()))
    print('done', flush=True)
"""
SO_FAR = """
import pathlib, sys, time
for n in (4, 8):
    folder = pathlib.Path(sys.argv[2], input() if n == 4 else folder.parent.name, str(n))
    folder.mkdir(parents=True)
    print('preliminary', n, flush=True)
time.sleep(60)
"""
WRONG = "import sys\ninput()\nsys.stderr.write('before\\nthe reason\\n')\nsys.exit(3)"

JobsMaker = Callable[..., Jobs]


@pytest.fixture
def make_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[JobsMaker]:
    with ExitStack() as stack:

        def make(script: str, bounds: Bounds | None = None) -> Jobs:
            def new_player(jobs: Jobs) -> Player:
                return Player(["-c", script, str(jobs.results), str(jobs.folder / PRELIMINARY)])

            monkeypatch.setattr(Jobs, "_new_player", new_player)
            own = OwnDesigns(tmp_path / "designs", REGISTRY, 9)
            results = tmp_path / "results"
            jobs = Jobs(tmp_path / "runs", results, own, bounds or Bounds(), None)
            stack.callback(jobs.close)
            return jobs

        yield make


def wait_for(job: Job, phase: Phase) -> None:
    end = time.monotonic() + 20
    while job.phase is not phase:
        assert time.monotonic() < end, f"{job.phase} instead of {phase}: {job.message}"
        time.sleep(0.02)


def test_a_run_is_played_written_and_done(make_jobs: JobsMaker) -> None:
    jobs = make_jobs(QUICK)
    job = jobs.ask(question())
    wait_for(job, Phase.DONE)
    assert job.worlds_done == 1
    assert jobs.ask(question(lang="en")) is job  # asked again: the same


def test_one_process_plays_one_run_after_the_other(make_jobs: JobsMaker) -> None:
    jobs = make_jobs(QUICK)
    jobs.stand_ready()
    players = []
    for seed in (1, 2):
        job = jobs.ask(question(seed=seed))
        wait_for(job, Phase.DONE)
        players.append((jobs.results / job.key / "manifest.json").read_text())
    assert players[0] == players[1]


def test_the_latest_preliminary_answer_is_known_while_a_run_is_under_way_and_then_gone(
    make_jobs: JobsMaker,
) -> None:
    jobs = make_jobs(SO_FAR)
    job = jobs.ask(question())
    assert jobs.preliminary(job) is None
    until(lambda: job.preliminary == 8)
    there = jobs.preliminary(job)
    assert there == jobs.folder / PRELIMINARY / job.key / "8"
    assert there.is_dir()
    jobs.stop(job.key)
    assert jobs.preliminary(job) is None
    until(lambda: not there.parent.exists())


def test_a_restart_takes_preliminary_answers_away(make_jobs: JobsMaker, tmp_path: Path) -> None:
    left = tmp_path / "runs" / PRELIMINARY / "a-vs-b-12345678" / "4"
    left.mkdir(parents=True)
    make_jobs(QUICK)
    assert not left.exists()


def test_one_run_is_under_way_at_a_time_and_the_others_wait_in_order(make_jobs: JobsMaker) -> None:
    jobs = make_jobs(LONG)
    first, second, third = (jobs.ask(question(seed=seed)) for seed in (1, 2, 3))
    wait_for(first, Phase.PLAYING)
    assert [jobs.place(job) for job in (first, second, third)] == [0, 1, 2]
    assert {second.phase, third.phase} == {Phase.WAITING}
    jobs.stop(second.key)
    jobs.stop(first.key)
    wait_for(third, Phase.PLAYING)
    assert {first.phase, second.phase} == {Phase.STOPPED}


def test_a_stopped_run_can_be_started_again(make_jobs: JobsMaker) -> None:
    jobs = make_jobs(LONG)
    first = jobs.ask(question())
    wait_for(first, Phase.PLAYING)
    jobs.stop(first.key)
    assert first.phase is Phase.STOPPED
    again = jobs.ask(question())
    assert again is not first
    wait_for(again, Phase.PLAYING)


def test_a_failed_run_says_why(make_jobs: JobsMaker) -> None:
    job = make_jobs(WRONG).ask(question())
    wait_for(job, Phase.FAILED)
    assert job.message == "the reason"


def test_a_run_that_takes_too_long_is_stopped(make_jobs: JobsMaker) -> None:
    job = make_jobs(LONG, replace(Bounds(), seconds=0.3)).ask(question())
    wait_for(job, Phase.FAILED)
    assert "took longer than 0.3 seconds" in job.message


@pytest.mark.parametrize(
    ("bounds", "field"),
    [(replace(Bounds(), waiting=1), "waiting"), (replace(Bounds(), worlds_a_day=4), "worlds_a_day")],
)
def test_no_more_is_begun_than_the_bounds_allow(make_jobs: JobsMaker, bounds: Bounds, field: str) -> None:
    jobs = make_jobs(LONG, bounds)
    wait_for(jobs.ask(question(seed=1)), Phase.PLAYING)
    jobs.ask(question(seed=2))
    with pytest.raises(RefusedError) as error:
        jobs.ask(question(seed=3))
    assert error.value.field == field


def test_stopping_and_starting_again_does_not_get_around_the_day_s_worlds(make_jobs: JobsMaker) -> None:
    jobs = make_jobs(LONG, replace(Bounds(), worlds_a_day=4))
    for _ in range(2):
        jobs.stop(jobs.ask(question()).key)
    with pytest.raises(RefusedError):
        jobs.ask(question())


def test_a_full_folder_takes_no_more(make_jobs: JobsMaker) -> None:
    jobs = make_jobs(QUICK, replace(Bounds(), results=1))
    wait_for(jobs.ask(question(seed=1)), Phase.DONE)
    with pytest.raises(RefusedError) as error:
        jobs.ask(question(seed=2))
    assert error.value.field == "results"


def found(jobs: Jobs, key: str) -> Job:
    job = jobs.find(key)
    assert job is not None
    return job


def test_after_a_restart_what_was_done_is_done_what_was_under_way_interrupted_and_what_waited_is_played(
    make_jobs: JobsMaker,
) -> None:
    jobs = make_jobs(QUICK)
    done = jobs.ask(question(seed=1))
    wait_for(done, Phase.DONE)
    jobs.close()

    jobs = make_jobs(LONG)
    under_way, waiting = jobs.ask(question(seed=2)), jobs.ask(question(seed=3))
    wait_for(under_way, Phase.PLAYING)
    jobs.close()

    (jobs.results / f".{under_way.key}.partial-1").mkdir()  # as a killed process leaves it
    jobs = make_jobs(LONG)
    wait_for(found(jobs, waiting.key), Phase.PLAYING)
    phases = {job.key: job.phase for job in jobs.all}
    assert phases == {
        done.key: Phase.DONE, under_way.key: Phase.INTERRUPTED, waiting.key: Phase.PLAYING
    }  # fmt: skip
    assert not list(jobs.results.glob(".*partial*"))


def test_the_time_left_is_reckoned_from_the_first_world_on(monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job("x", question(worlds=10), phase=Phase.PLAYING, began=0.0, worlds_done=1, first_done=100.0)
    assert job.seconds_left is None
    job.worlds_done = 3
    monkeypatch.setattr(time, "time", lambda: 120.0)
    assert job.seconds_left == pytest.approx((120 - 100) / 2 * 7)
    job.phase = Phase.WRITING
    assert job.seconds_left is None


def test_a_broken_job_file_is_passed_over(make_jobs: JobsMaker, tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "a.json").write_text("{")
    (tmp_path / "runs" / "b.json").write_text(json.dumps({"question": {}}))
    assert make_jobs(QUICK).all == []


def test_two_pages_can_t_work_in_one_folder(make_jobs: JobsMaker) -> None:
    make_jobs(QUICK)
    with pytest.raises(InputError, match="another page is at work"):
        make_jobs(QUICK)
