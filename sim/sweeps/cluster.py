"""Playing units on a Dask cluster: any machines whose workers have this same package installed.

Few units are handed out ahead, so memory stays flat here and on the scheduler. Whatever order they come back in, the
table of the sweep is in the order of its points.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from sim.errors import InputError
from sim.sweeps.playing import Run, Unit, play_unit
from sim.sweeps.processes import lost

AHEAD = 2  # units handed out for each thread of the cluster
PATIENCE_SECONDS = 30  # for the scheduler to answer, and for a first worker to come


def on_cluster(units: Sequence[Unit], address: str) -> Generator[tuple[int, list[Run]], None, None]:
    """Each unit's number and runs, as they are finished.

    Raises
    ------
    InputError
        If Dask is not installed, nobody answers at the address, there is no worker, or a worker has other code.
    """
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise InputError(
            "playing on a cluster needs Dask: pip install 'kompetansesim[cluster]'", field="cluster"
        ) from None
    try:
        client = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"--cluster {address}: no scheduler answers there ({error})", field="cluster"
        ) from None
    with client:
        ahead = AHEAD * _threads(client, address)
        waiting = iter(range(len(units)))
        number_of: dict[Any, int] = {}

        def hand_out() -> Any:
            number = next(waiting, None)
            if number is None:
                return None
            future = client.submit(play_unit, units[number], pure=False)
            number_of[future.key] = number
            return future

        first = [future for _ in range(ahead) if (future := hand_out()) is not None]
        done = as_completed(first, loop=client.loop)
        for future in done:
            number = number_of.pop(future.key)
            try:
                runs = future.result()
            except KilledWorker:
                runs = lost(units[number])
            future.release()
            if (following := hand_out()) is not None:
                done.add(following)
            yield number, runs


def _threads(client: Any, address: str) -> int:
    """Units that the cluster can play at a time."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except TimeoutError:
        raise InputError(f"--cluster {address}: the scheduler has no workers", field="cluster") from None
    return sum(client.nthreads().values())
