"""Runs asked for on the page: a queue, one run at a time, each in a process of its own that can be stopped."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from sim.app.bounds import Bounds
from sim.app.job import Job, Phase, file_of, read_job
from sim.app.own_designs import OwnDesigns
from sim.app.questions import Question
from sim.errors import InputError

DAY_SECONDS = 24 * 3600.0
GRACE_SECONDS = 5.0  # between asking a process to stop and making it
LONGEST_MESSAGE = 600  # letters of what a failed run said


class RefusedError(InputError):
    """A bound on what visitors may start is reached; `field` says which: `waiting`, `worlds_a_day` or `results`."""


class Jobs:
    """All runs of the page, on disk too, so that they are known after a restart.

    Parameters
    ----------
    folder : Path
        For the jobs' files and the lock that keeps two pages out of one folder.
    results : Path
        Where results go, each in a folder named after its job.

    Raises
    ------
    InputError
        If another page is at work in the folder.
    """

    def __init__(
        self, folder: Path, results: Path, own: OwnDesigns, bounds: Bounds, workers: int | None
    ) -> None:
        self.folder, self.results, self.own, self.bounds, self.workers = folder, results, own, bounds, workers
        folder.mkdir(parents=True, exist_ok=True)
        self._lock_file = _locked(folder / "lock")
        self._jobs = {job.key: job for job in map(read_job, sorted(folder.glob("*.json"))) if job}
        self._begun = [(job.asked, job.question.worlds) for job in self._jobs.values()]
        self._process: subprocess.Popen[str] | None = None
        self._current: Job | None = None
        self._closing = False
        self._changed = threading.Condition()
        self._tidy()
        self._thread = threading.Thread(target=self._work, name="runs", daemon=True)
        self._thread.start()

    def find(self, key: str) -> Job | None:
        """A job by its key."""
        return self._jobs.get(key)

    @property
    def all(self) -> list[Job]:
        """All jobs, the latest first."""
        return sorted(self._jobs.values(), key=lambda job: -job.asked)

    def place(self, job: Job) -> int:
        """How many runs come before it."""
        return sum(not other.phase.is_over and other.asked < job.asked for other in self._jobs.values())

    def ask(self, question: Question) -> Job:
        """Put a question into the queue; the run that is there already if the same was asked before.

        Raises
        ------
        RefusedError
            If a bound is reached.
        InputError
            If a design is not there.
        """
        key = question.identity(self.own)
        with self._changed:
            known = self._jobs.get(key)
            if known and (
                not known.phase.is_over or (known.phase is Phase.DONE and self._has_results(known))
            ):
                return known
            self._check_bounds(question)
            job = self._jobs[key] = Job(key, question)
            self._begun.append((job.asked, question.worlds))
            job.write(self.folder)
            self._changed.notify_all()
        return job

    def stop(self, key: str) -> None:
        """Stop a run that is waiting or under way; another is left as it is."""
        with self._changed:
            job = self._jobs.get(key)
            if job is None or job.phase.is_over:
                return
            job.phase = Phase.STOPPED
            job.write(self.folder)
            process = self._process if self._current is job else None
        if process is not None:
            _end(process)

    def close(self) -> None:
        """End the run under way; it and those waiting are known as interrupted after a restart."""
        with self._changed:
            self._closing = True
            process = self._process
            self._changed.notify_all()
        if process is not None:
            _end(process)
        self._thread.join(2 * GRACE_SECONDS)
        self._lock_file.close()

    def _check_bounds(self, question: Question) -> None:
        jobs, now = list(self._jobs.values()), time.time()
        if sum(job.phase is Phase.WAITING for job in jobs) >= self.bounds.waiting:
            raise RefusedError("the queue is full", field="waiting")
        self._begun = [(when, worlds) for when, worlds in self._begun if now - when < DAY_SECONDS]
        today = sum(worlds for _, worlds in self._begun)
        if today + question.worlds > self.bounds.worlds_a_day:
            raise RefusedError("no more worlds today", field="worlds_a_day")
        if sum(self._has_results(job) for job in jobs) >= self.bounds.results:
            raise RefusedError("the folder of results is full", field="results")

    def _has_results(self, job: Job) -> bool:
        return (self.results / job.key / "manifest.json").is_file()

    def _tidy(self) -> None:
        """After a restart: what was under way is interrupted, and what it left half-written goes."""
        for job in self._jobs.values():
            if not job.phase.is_over:
                job.phase = Phase.DONE if self._has_results(job) else Phase.INTERRUPTED
                job.write(self.folder)
            for leftover in self.results.glob(f".{job.key}.partial-*"):
                shutil.rmtree(leftover, ignore_errors=True)

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._closing and (job := self._next()) is None:
                    self._changed.wait()
                if self._closing:
                    return
                assert job is not None
                job.phase, job.began, self._current = Phase.PLAYING, time.time(), job
                job.write(self.folder)
                self._process = process = self._started(job)
            self._follow(job, process)
            with self._changed:
                self._process = self._current = None

    def _next(self) -> Job | None:
        waiting = [job for job in self._jobs.values() if job.phase is Phase.WAITING]
        return min(waiting, key=lambda job: job.asked, default=None)

    def _started(self, job: Job) -> subprocess.Popen[str]:
        places = [file_of(self.folder, job.key), self.own.folder, self.results / job.key]
        return subprocess.Popen(
            [sys.executable, "-m", "sim.app.worker", *map(str, places), str(self.workers or 0)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def _follow(self, job: Job, process: subprocess.Popen[str]) -> None:
        """Take in what the process says until it ends."""
        assert process.stdout is not None
        assert process.stderr is not None
        alarm = threading.Timer(self.bounds.seconds, self._too_long, [job, process])
        alarm.start()
        said: list[str] = []
        listener = threading.Thread(target=lambda: said.append(process.stderr.read()), daemon=True)  # type: ignore[union-attr]
        listener.start()
        for line in process.stdout:
            with self._changed:
                word, _, number = line.strip().partition(" ")
                if word == "world" and number.isdecimal():
                    job.worlds_done = int(number)
                    job.first_done = job.first_done or time.time()
                elif word == "writing" and job.phase is Phase.PLAYING:
                    job.phase = Phase.WRITING
        status = process.wait()
        alarm.cancel()
        listener.join(GRACE_SECONDS)
        for stream in (process.stdin, process.stdout, process.stderr):
            with suppress(OSError, AttributeError):
                stream.close()  # type: ignore[union-attr]
        self._finish(job, status, "".join(said))

    def _finish(self, job: Job, status: int, said: str) -> None:
        for leftover in self.results.glob(f".{job.key}.partial-*"):  # of a process that had to be killed
            shutil.rmtree(leftover, ignore_errors=True)
        with self._changed:
            if status == 0:
                job.phase = Phase.DONE
            elif self._closing and not job.phase.is_over:
                job.phase = Phase.INTERRUPTED
            elif not job.phase.is_over:
                job.phase = Phase.FAILED
                lines = [line for line in said.strip().splitlines() if line.strip()]
                job.message = (lines[-1] if lines else f"exit status {status}")[:LONGEST_MESSAGE]
            job.write(self.folder)

    def _too_long(self, job: Job, process: subprocess.Popen[str]) -> None:
        with self._changed:
            job.message = f"took longer than {self.bounds.seconds:g} seconds"
            job.phase = Phase.FAILED
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """Ask a process to stop, and make it if it does not."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _locked(file: Path) -> IO[str]:
    stream = file.open("w", encoding="utf-8")
    if sys.platform == "win32":
        return stream
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.close()
        raise InputError("another page is at work in this folder of results", file=str(file.parent)) from None
    return stream
