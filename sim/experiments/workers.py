"""Playing many worlds at once, in processes of their own.

Whatever order they finish in, results are handed back in the order of the jobs, so that nothing depends on the number
of workers. Only a few jobs are under way at a time, so memory stays flat however many there are.

A worker lives no longer than its parent: each waits for the parent's end in a thread of its own. If one is killed (by
the system, for want of memory), the jobs under way are tried once more in new processes; then `WorkerLostError` says so, and
at once where the job's own code ended the process, as it would again.
Who can do without a job that kills its workers says what takes its result's place (`lost`): the jobs under way are then
tried one at a time, so that the one to blame is found, and only that one is given up.

Processes end with the jobs that they were started for, unless a program has some stand by (`stand_by`): those take all jobs
of this process, and need not be started again.

Processes are started afresh (`spawn`), so a script that runs several workers needs the usual
`if __name__ == "__main__":` around what it does. This module is imported first in each and stays light.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Generic, TypeVar

from sim.errors import WorkerLostError
from sim.experiments.collecting import look_seldom
from sim.experiments.progress import Bar
from sim.experiments.progress import bar as progress_bar
from sim.rules.warming import available_cores, warm

J = TypeVar("J")
R = TypeVar("R")

TRIES = 2  # of a job whose worker was lost
ALONE = 3  # jobs that may each end a worker alone before any was done, until it is no job's own fault
AHEAD = 2  # jobs handed out for each worker: one at work, one waiting
STATUS_SECONDS = 1.0  # that are waited for the exit status of a process that was lost
PARENT_CHECK_SECONDS = 1.0  # between looks at the parent's number, should its sentinel fail

ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "NUMBA_NUM_THREADS",
    ),
    "1",
)


def run_jobs(
    function: Callable[[J], R],
    jobs: Sequence[J],
    *,
    workers: int | None = None,
    progress: bool = True,
    unit: str = "world",
    lost: Callable[[J, str], R] | None = None,
) -> Generator[R, None, None]:
    """The function's result for each job, in the order of the jobs.

    Parameters
    ----------
    function : callable
        A function of a module, so that a worker can find it.
    workers : int, optional
        Processes to work with; by default one for each core that may be used. With 1 (or one job) everything runs in
        this process.
    progress : bool
        Whether to draw a bar on standard error, if that is a terminal.
    unit : str
        What a job is called beside the bar.
    lost : callable, optional
        What takes the place of a job's result when its worker was killed `TRIES` times with no other job at work, or was once
        ended by the job; it is handed the job and how the worker ended.

    Raises
    ------
    WorkerLostError
        If workers are killed twice over the same jobs, or once ended by them, and `lost` is not given. An error inside the
        function is raised as it is; the jobs under way are dropped.
    """
    n = min(workers or available_cores(), len(jobs))
    with progress_bar(len(jobs), unit, progress=progress) as bar:
        processes = (_standing or _Processes(n)) if n > 1 else None
        if processes is not None and processes.can_be_had():
            warm()  # before several processes compile the same
            yield from _Crew(function, jobs, processes, bar, lost).results()
            return
        for job in jobs:
            result = function(job)
            bar.update()
            yield result


def stand_by(workers: int | None, first: Callable[[], object]) -> None:
    """Start processes now, to wait for any jobs of this process; they end with it.

    Parameters
    ----------
    workers : int, optional
        By default one for each core that may be used. With 1 there is nothing to start.
    first : callable
        What each does before its first job, so that nothing has to be loaded then; a function of a module.
    """
    global _standing  # noqa: PLW0603 - they belong to the process, as its children do
    n = workers or available_cores()
    standing = _Processes(n, first, standing=True)
    if n > 1 and standing.can_be_had():
        warm()
        _standing = standing
        _standing.start()


def stand_down() -> None:
    """End the processes that stand by, at once."""
    if _standing is not None:
        _standing.stop(at_once=True)


class _Processes:
    """A pool of processes that jobs are handed to.

    Parameters
    ----------
    first : callable, optional
        What each does before its first job.
    standing : bool
        Whether they stay when jobs are done.
    """

    def __init__(self, n: int, first: Callable[[], object] | None = None, *, standing: bool = False) -> None:
        self.n = n
        self.first = first
        self.standing = standing
        self.started: set[BaseProcess] = set()
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Have all of them started, each for a trifle; they get ready while this process goes on."""
        for _ in range(self.n):
            self.submit(os.getpid)

    def can_be_had(self) -> bool:
        """Whether this machine and this script let processes work together; else a line says what is lacking."""
        if script := _unseen():
            sys.stderr.write(
                f"Working in one process: others can't read this script again ({script}); save it as a file to use several.\n"
            )
            return False
        try:
            self._pool = self._pool or self._made()
        except (OSError, ImportError, NotImplementedError) as error:
            sys.stderr.write(
                f"Working in one process: no semaphores to be had for several (/dev/shm: {error}).\n"
            )
            return False
        return True

    def _made(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.n, multiprocessing.get_context("spawn"), _settle_in, (os.getpid(), self.first)
        )

    def submit(self, function: Callable[..., R], *arguments: object) -> Future[R]:
        """Hand a job over; BrokenProcessPool if a process was lost."""
        self._pool = self._pool or self._made()
        # What is started now inherits the surroundings, and that Ctrl-C is for the parent.
        with _environment(ONE_THREAD), _without_interrupts():
            others = set(multiprocessing.active_children()) - self.started
            future = self._pool.submit(function, *arguments)
            self.started |= set(multiprocessing.active_children()) - others
        return future

    def ended(self) -> int | None:
        """Exit status of the process that was lost, negative if by a signal; None if it is not known.

        The pool terminates the others. Which of its threads and this one hears of it first is chance, so it may take a moment.
        """
        found: list[int] = []
        until = time.monotonic() + STATUS_SECONDS
        while len(found) < len(self.started) and time.monotonic() < until:
            found = [process.exitcode for process in self.started if process.exitcode is not None]
            own = [status for status in found if status != -signal.SIGTERM]
            if own:
                return own[0]
            time.sleep(STATUS_SECONDS / 100)
        return next(iter(found), None)

    def stop(self, *, at_once: bool) -> None:
        """End them: when they are done, or by force. Further jobs get new ones."""
        if at_once:
            for process in self.started:
                process.kill()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        for process in self.started:
            process.join()
        self.started.clear()
        self._pool = None


_standing: _Processes | None = None


class _Crew(Generic[J, R]):
    """Some processes and the jobs that they have, have had and will have."""

    def __init__(
        self,
        function: Callable[[J], R],
        jobs: Sequence[J],
        processes: _Processes,
        bar: Bar,
        lost: Callable[[J, str], R] | None = None,
    ) -> None:
        self.function = function
        self.jobs = jobs
        self.processes = processes
        self.n = processes.n
        self.bar = bar
        self.lost = lost
        self.suspects: deque[int] = deque()
        self.completed = False
        self.waiting = deque(range(len(jobs)))
        self.under_way: dict[Future[R], int] = {}
        # Futures tell here that they are finished. Waiting for them by `concurrent.futures.wait` takes their locks: an
        # interrupt in the midst of that would leave one taken, and the pool waiting for it for ever.
        self.finished: SimpleQueue[Future[R]] = SimpleQueue()
        self.done: dict[int, R] = {}
        self.tries: Counter[int] = Counter()

    def results(self) -> Iterator[R]:
        finished = False
        try:
            for index in range(len(self.jobs)):
                while index not in self.done:
                    self._hand_out(upto=index + AHEAD * self.n)
                    self._take_in()
                finished = index + 1 == len(
                    self.jobs
                )  # said now: who takes just so many never comes back for more
                yield self.done.pop(index)
        finally:
            if not (finished and self.processes.standing):
                self.processes.stop(at_once=not finished)

    def _hand_out(self, upto: int) -> None:
        """Give out waiting jobs, none further ahead than `upto`, so that few results wait for a slow one.

        Jobs that were under way when a worker was killed go first, each by itself.
        """
        if self.suspects:
            if not self.under_way:
                self._submit(self.suspects)
            return
        while self.waiting and self.waiting[0] < upto and len(self.under_way) < AHEAD * self.n:
            if not self._submit(self.waiting):
                return

    def _submit(self, queue: deque[int]) -> bool:
        """Give out the first job of a queue; False, with the job left in its place, if the pool is broken."""
        index = queue.popleft()
        try:
            future = self.processes.submit(self.function, self.jobs[index])
        except BrokenProcessPool:
            queue.appendleft(index)
            return False
        self.under_way[future] = index
        future.add_done_callback(self.finished.put)
        return True

    def _take_in(self) -> None:
        """Wait for a job to be finished, and keep what came of it."""
        if self.under_way:
            future = self.finished.get()
            if not isinstance(future.exception(), BrokenProcessPool):
                index = self.under_way.pop(future)
                self.done[index] = future.result()
                self.completed = True
                self.bar.update()
                return
        self._begin_again()

    def _begin_again(self) -> None:
        """After the loss of a worker: new processes, which get the jobs that the old ones had."""
        status = self.processes.ended()
        self.processes.stop(at_once=True)
        had = sorted(self.under_way.values())
        self.under_way.clear()
        self.finished = SimpleQueue()
        if self.lost is None:
            self.tries.update(had)
            if had and (_by_itself(status) or max(self.tries[index] for index in had) >= TRIES):
                raise _refusal(had, status)
            self.waiting.extendleft(reversed(had))
        else:
            self._suspect(had, status)

    def _suspect(self, had: list[int], status: int | None) -> None:
        """Have jobs whose workers were lost tried one at a time; give up one that has no one else to blame."""
        self.suspects.extendleft(reversed(had))
        if len(had) != 1:
            return
        index = had[0]
        self.tries[index] += 1
        if not self.completed:  # perhaps no job at all can be done here: that is no job's fault
            self.suspects.rotate(-1)
            if len(self.tries) == ALONE or self.tries[self.suspects[0]] >= TRIES:
                raise _refusal(sorted(self.tries), status)
        elif _by_itself(status) or self.tries[index] >= TRIES:
            self.suspects.popleft()
            assert self.lost is not None
            often = "" if _by_itself(status) else ", time and again; perhaps memory ran out"
            self.done[index] = self.lost(self.jobs[index], f"its worker process {_how(status)}{often}")
            self.bar.update()


def _unseen() -> str:
    """The script that runs, where a new process could not find it: it came from standard input; empty where it could."""
    main = sys.modules["__main__"]
    if getattr(main, "__spec__", None) is not None:
        return ""
    file = getattr(main, "__file__", None)
    begun_in = (
        getattr(multiprocessing.process, "ORIGINAL_DIR", None) or ""
    )  # where names are looked up by new processes
    return "" if file is None or Path(begun_in, file).exists() else str(file)


def _by_itself(status: int | None) -> bool:
    """Whether a process ended by what it did, not by force. On Windows those that are killed look alike."""
    return status is not None and os.name != "nt" and (status >= 0 or status == -signal.SIGSEGV)


def _how(status: int | None) -> str:
    """How a process ended."""
    if status is not None and status >= 0:
        return f"ended itself with status {status}"
    return "was killed" if status is None else f"was killed by {signal.Signals(-status).name}"


def _refusal(had: Sequence[int], status: int | None) -> WorkerLostError:
    """What is told of jobs whose workers were lost."""
    if _by_itself(status):
        times, hint = "", "the code that it ran did that, perhaps a plug-in's"
        hint += '. A script of your own needs `if __name__ == "__main__":` around its runs'
    else:
        times, hint = " twice", "perhaps memory ran out: try fewer workers"
    numbers = ", ".join(str(index) for index in had)
    return WorkerLostError(
        f"a worker process {_how(status)}{times} while at work on jobs {numbers} (counted from 0): {hint}"
    )


@contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    """Environment variables set for the processes started meanwhile; libraries read them when they are loaded."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C waits until the block is over."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle_in(parent: int, first: Callable[[], object] | None) -> None:
    """What a worker does first."""
    look_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    if first is not None:
        first()


def _die_with(parent: int) -> None:
    """Wait for the parent's end, and end too."""
    process = multiprocessing.parent_process()
    while os.getppid() == parent:
        if process is not None and wait_for([process.sentinel], PARENT_CHECK_SECONDS):
            break
    os._exit(1)
