"""Playing units on a Dask cluster: any machines whose workers have this same package installed.

Few units are handed out ahead, so memory stays flat here and on the scheduler. Whatever order they come back in, the
table of the sweep is in the order of its points. Workers are asked for their code before anything is played by them.
"""

from __future__ import annotations

import math
import os
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sim.errors import InputError, WorkerLostError
from sim.experiments.instruments import Instruments
from sim.sweeps.identity import check_code
from sim.sweeps.playing import Run, Unit, play_unit
from sim.sweeps.processes import lost

AHEAD = 2  # units handed out for each thread that the cluster has at the moment
PATIENCE_SECONDS = 30  # for the scheduler to answer
WAIT = "KOMPETANSESIM_CLUSTER_WAIT"  # environment variable: seconds to wait for workers
USUAL_WAIT = 3600.0  # queues are busy
LOOK_SECONDS = 5.0  # between two looks at who is there while nothing comes back
LACKING = (ImportError, AttributeError)  # where what was sent can't be unpacked


def on_cluster(units: Sequence[Unit], address: str) -> Generator[tuple[int, list[Run]], None, None]:
    """Each unit's number and runs, as they are finished.

    Workers may come and go: how many units are under way is reckoned anew each time.

    Raises
    ------
    InputError
        If Dask is not installed, nobody answers at the address, or a worker has other code or none.
    WorkerLostError
        If there has been no worker for as long as is waited for one, or the scheduler is gone.
    """
    patience = _patience()
    with _client(address) as client, client.as_current():
        scheduler = _Scheduler(client, address)
        waiting = deque(range(len(units)))
        number_of: dict[Any, int] = {}
        seen = time.monotonic()
        while waiting or number_of:
            if threads := scheduler.threads(units[0]):
                seen = time.monotonic()
            elif time.monotonic() - seen > patience:
                raise WorkerLostError(
                    f"--cluster {address}: no worker for {patience:.0f} seconds; what is finished is kept, and the same "
                    f"command goes on ({WAIT} says how long to wait)"
                )
            while waiting and len(number_of) < AHEAD * threads:
                number = waiting.popleft()
                number_of[scheduler.submit(units[number])] = number
            finished = scheduler.finished(number_of, min(LOOK_SECONDS, patience / 2))
            for future in sorted(finished, key=number_of.__getitem__):
                number = number_of.pop(future)
                yield number, scheduler.runs(future, units[number])


class _Scheduler:
    """What is asked of Dask's scheduler; if it is gone, that is said.

    Attributes
    ----------
    asking : dict
        From questions under way to the workers that they are put to.
    able : set of str
        The workers that have answered that they have this process's code.
    """

    def __init__(self, client: Any, address: str) -> None:
        self.client, self.address = client, address
        self.asking: dict[Any, str] = {}
        self.able: set[str] = set()

    @contextmanager
    def reached(self) -> Iterator[None]:
        """While the block talks to it."""
        try:
            yield
        except (CancelledError, OSError):
            raise self.gone() from None

    def gone(self) -> WorkerLostError:
        """The error that says so."""
        return WorkerLostError(
            f"--cluster {self.address}: the scheduler is gone; what is finished is kept, and the same command goes on when "
            "there is one again"
        )

    def threads(self, unit: Unit) -> int:
        """Threads of the workers that can play such units; those that are new are asked first whether they have the code.

        Raises
        ------
        InputError
            If one has none, or other code.
        """
        with self.reached():
            there: dict[str, int] = self.client.nthreads()
            for worker in sorted(there.keys() - self.able - set(self.asking.values())):
                self.asking[self.ask(unit, worker)] = worker
        for question, worker in list(self.asking.items()):
            if question.done() or worker not in there:
                del self.asking[question]
                if worker in there and self.heard(question, worker):
                    self.able.add(worker)
        return sum(number for worker, number in there.items() if worker in self.able)

    def ask(self, unit: Unit, worker: str) -> Any:
        """Put to a worker whether it has the code.

        It is sent as bytes, because a worker dies of a task that it can't unpack; of bytes it tells why it can't.
        """
        from distributed.protocol.pickle import dumps, loads

        question = dumps(_Question(unit.code, unit.instruments))
        return self.client.submit(loads, question, workers=[worker], pure=False)

    def heard(self, question: Any, worker: str) -> bool:
        """Whether a worker has the code; False if it was killed before it could say."""
        from distributed.scheduler import KilledWorker

        try:
            question.result()
        except InputError:
            raise
        except KilledWorker:
            return False
        except CancelledError:
            raise self.gone() from None
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker can't do what it is asked
            raise _lacks_code(f"the worker {worker}", error) from None
        return True

    def submit(self, unit: Unit) -> Any:
        """Hand a unit out."""
        with self.reached():
            return self.client.submit(play_unit, unit, pure=False)

    def finished(self, under_way: Collection[Any], seconds: float) -> set[Any]:
        """Those that are finished, as soon as one is or a worker has answered; none if that takes longer."""
        from distributed import wait

        waited_for = [*under_way, *self.asking]
        if not waited_for:
            time.sleep(seconds)
            return set()
        with self.reached():
            try:
                done: set[Any] = wait(waited_for, timeout=seconds, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                return set()
        return done & set(under_way)

    def runs(self, future: Any, unit: Unit) -> list[Run]:
        """What came of a unit."""
        from distributed.scheduler import KilledWorker

        try:
            found: list[Run] = future.result()
        except KilledWorker:
            return lost(unit)
        except CancelledError:
            raise self.gone() from None
        except LACKING as error:  # from a worker that came after the others were asked
            raise _lacks_code("a worker", error) from None
        future.release()
        return found


@dataclass(frozen=True)
class _Question:
    """Is asked where it is unpacked."""

    code: str
    instruments: Callable[[], Instruments]

    def __reduce__(self) -> tuple[object, ...]:
        return _ask, (self.code, self.instruments)


def _ask(code: str, instruments: Callable[[], Instruments]) -> None:
    """At a worker: see `check_code`."""
    check_code(code, tuple(instruments().plugins))


def _lacks_code(who: str, error: Exception) -> InputError:
    return InputError(
        f"{who} can't load what it is to play ({error}); install the same version of this package, and of plug-ins' "
        "own libraries, on every machine and start the workers anew",
        field="cluster",
    )


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "playing on a cluster needs Dask: pip install '.[cluster]' in a checkout", field="cluster"
        ) from None
    try:
        return Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"--cluster {address}: no scheduler answers there ({error})", field="cluster"
        ) from None


def _patience() -> float:
    """Seconds to wait for workers, as the environment asks."""
    said = os.environ.get(WAIT, str(USUAL_WAIT))
    try:
        seconds = float(said)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise InputError(f"{WAIT}: expected a number of seconds above 0, got {said!r}", field=WAIT)
    return seconds
