"""Playing units on a Dask cluster: any machines whose workers have this same package installed.

Few units are handed out ahead, so memory stays flat here and on the scheduler. Whatever order they come back in, the
table of the sweep is in the order of its points.
"""

from __future__ import annotations

import math
import os
import time
from collections import deque
from collections.abc import Generator, Sequence
from typing import Any

from sim.errors import InputError, WorkerLostError
from sim.sweeps.playing import Run, Unit, play_unit
from sim.sweeps.processes import lost

AHEAD = 2  # units handed out for each thread that the cluster has at the moment
PATIENCE_SECONDS = 30  # for the scheduler to answer
WAIT = "KOMPETANSESIM_CLUSTER_WAIT"  # environment variable: seconds to wait for workers
USUAL_WAIT = 3600.0  # queues are busy
LOOK_SECONDS = 5.0  # between two looks at who is there while nothing comes back


def on_cluster(units: Sequence[Unit], address: str) -> Generator[tuple[int, list[Run]], None, None]:
    """Each unit's number and runs, as they are finished.

    Workers may come and go: how many units are under way is reckoned anew each time.

    Raises
    ------
    InputError
        If Dask is not installed, nobody answers at the address, or a worker has other code.
    WorkerLostError
        If there has been no worker for as long as is waited for one.
    """
    patience = _patience()
    with _client(address) as client, client.as_current():
        from distributed import wait
        from distributed.scheduler import KilledWorker

        waiting = deque(range(len(units)))
        number_of: dict[Any, int] = {}
        seen = time.monotonic()
        while waiting or number_of:
            threads = sum(client.nthreads().values())
            if threads:
                seen = time.monotonic()
            elif time.monotonic() - seen > patience:
                raise WorkerLostError(
                    f"--cluster {address}: no worker for {patience:.0f} seconds; what is finished is kept, and the same "
                    f"command goes on ({WAIT} says how long to wait)"
                )
            while waiting and len(number_of) < AHEAD * threads:
                number = waiting.popleft()
                number_of[client.submit(play_unit, units[number], pure=False)] = number
            if not number_of:
                time.sleep(min(LOOK_SECONDS, patience / 2))
                continue
            try:
                finished = wait(list(number_of), timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                continue
            for future in sorted(finished, key=number_of.__getitem__):
                number = number_of.pop(future)
                try:
                    runs = future.result()
                except KilledWorker:
                    runs = lost(units[number])
                future.release()
                yield number, runs


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "playing on a cluster needs Dask: pip install 'kompetansesim[cluster]'", field="cluster"
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
