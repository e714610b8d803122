"""Playing units in worker processes on this machine.

Every unit is handed back once, with what came of its runs. A unit whose worker is killed again and again (it may need more
memory than there is) is not allowed to hold up the others: its runs are recorded as failed.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from sim.errors import WorkerLostError
from sim.experiments.workers import run_jobs
from sim.sweeps.playing import Run, Unit, failed, play_unit

LOST = "its worker process was killed, time and again; perhaps memory ran out"


def on_this_machine(
    units: Sequence[Unit], workers: int | None
) -> Generator[tuple[int, list[Run]], None, None]:
    """Each unit's number and runs, in the order of the units, played in processes of this machine."""
    played = run_jobs(play_unit, units, workers=workers, progress=False, lost=lost)
    yield from enumerate(played)


def lost(unit: Unit, how: str = LOST) -> list[Run]:
    """What came of a unit whose worker was killed."""
    return [failed(run, WorkerLostError(how)) for run in unit.runs]
