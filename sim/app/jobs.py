"""Runs asked for on the page: a queue, one run at a time, played by a process that stands ready and can be stopped."""

from __future__ import annotations

import logging
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import IO

from sim.app.bounds import Bounds
from sim.app.job import Job, Phase, read_job
from sim.app.own_designs import OwnDesigns
from sim.app.player import GRACE_SECONDS, Player
from sim.app.preliminary import place
from sim.app.questions import Question
from sim.errors import InputError

DAY_SECONDS = 24 * 3600.0
_LOG = logging.getLogger(__name__)
LONGEST_MESSAGE = 600  # letters of what a failed run said
PRELIMINARY = "preliminary"  # folder of answers from the worlds so far


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

    Attributes
    ----------
    left_out : int
        Jobs of earlier whose files can't be read.

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
        files = sorted(folder.glob("*.json"))
        self._jobs = {job.key: job for job in map(read_job, files) if job}
        self.left_out = len(files) - len(self._jobs)
        self._begun = [(job.asked, job.question.worlds) for job in self._jobs.values()]
        self._player: Player | None = None
        self._stands_ready = False
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

    def stand_ready(self) -> None:
        """Have a process get ready for the first question now, and another one whenever one had to go."""
        with self._changed:
            self._stands_ready = True
            self._at_hand()

    def preliminary(self, job: Job) -> Path | None:
        """Where the latest answer from a run's first worlds lies; None if there is none, or something better."""
        under_way = job.preliminary and not job.phase.is_over
        return place(self.folder / PRELIMINARY, job.key, job.preliminary) if under_way else None

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
            player = self._player if self._current is job else None
            if player is not None:
                player.is_dismissed = True
        if player is not None:
            player.end()

    def close(self) -> None:
        """End the run under way; it is known as interrupted after a restart, and those waiting go on waiting."""
        with self._changed:
            self._closing = True
            player = self._player
            self._changed.notify_all()
        if player is not None:
            player.end()
        self._thread.join(2 * GRACE_SECONDS)
        if player is not None and not self._thread.is_alive():
            player.close()
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
        """After a restart: what was waiting waits on; what was under way is interrupted, and what it left half-written goes."""
        shutil.rmtree(self.folder / PRELIMINARY, ignore_errors=True)
        for job in self._jobs.values():
            if not job.phase.is_over and (job.phase is not Phase.WAITING or self._has_results(job)):
                job.phase = Phase.DONE if self._has_results(job) else Phase.INTERRUPTED
                job.write(self.folder)
            self._clear(job)

    def _clear(self, job: Job) -> None:
        """What a run has left half-written goes."""
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
                player = self._at_hand()
            self._follow(job, player)
            with self._changed:
                self._current = None
                if self._stands_ready and not self._closing:
                    self._at_hand()

    def _at_hand(self) -> Player:
        """The process that plays; a new one if it had to go."""
        if self._player is None or not self._player.is_ready:
            if self._player is not None:
                self._player.close()
            self._player = self._new_player()
        return self._player

    def _next(self) -> Job | None:
        waiting = [job for job in self._jobs.values() if job.phase is Phase.WAITING]
        return min(waiting, key=lambda job: job.asked, default=None)

    def _new_player(self) -> Player:
        places = self.folder, self.own.folder, self.results, self.folder / PRELIMINARY
        return Player(["-m", "sim.app.worker", *map(str, places), str(self.workers or 0)])

    def _follow(self, job: Job, player: Player) -> None:
        """Have a run played, and take in what is said of it until it is over."""
        alarm = threading.Timer(self.bounds.seconds, self._too_long, [job, player])
        alarm.start()
        last = ""
        for last in player.play(job.key):
            with self._changed:
                self._hear(job, last)
        alarm.cancel()
        self._finish(job, None if last == "done" else player.reason())

    def _hear(self, job: Job, said: str) -> None:
        word, _, number = said.partition(" ")
        if word == "world" and number.isdecimal():
            job.worlds_done = int(number)
            job.first_done = job.first_done or time.time()
        elif word == "preliminary" and number.isdecimal():
            job.preliminary = int(number)
        elif word == "writing" and job.phase is Phase.PLAYING:
            job.phase = Phase.WRITING

    def _finish(self, job: Job, wrong: str | None) -> None:
        self._clear(job)  # of a process that had to be killed
        with self._changed:
            if wrong is None:
                job.phase = Phase.DONE
            elif self._closing and not job.phase.is_over:
                job.phase = Phase.INTERRUPTED
            elif not job.phase.is_over:
                job.phase = Phase.FAILED
                job.message = wrong[:LONGEST_MESSAGE]
                _LOG.warning("the run %s failed: %s", job.key, job.message)
            job.write(self.folder)
        shutil.rmtree(self.folder / PRELIMINARY / job.key, ignore_errors=True)

    def _too_long(self, job: Job, player: Player) -> None:
        with self._changed:
            if job.phase.is_over:
                return
            job.message = f"took longer than {self.bounds.seconds:g} seconds"
            job.phase = Phase.FAILED
            player.is_dismissed = True
        player.end()


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
