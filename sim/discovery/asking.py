"""What the evaluation's surveys and registers would have shown in each draw: the history played again, and asked.

A sweep keeps outcomes only. The waves of the evaluation lie before the designs part, so each draw and world has one history,
whatever the design, and is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from sim.arrays import Floats
from sim.declared import declared
from sim.design import DECISION_YEAR, Design
from sim.errors import InputError
from sim.experiments.instruments import Instruments, national_model
from sim.experiments.play import let_go, noting
from sim.experiments.soundness import check_sound
from sim.experiments.workers import run_jobs
from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.surveys.survey import by_target
from sim.world.registers import Registers

SURVEYS = "surveys"
REGISTERS = ("registry", "rule")
"""Whose answers are read from registers or rules, and not asked of anybody."""


@dataclass(frozen=True)
class HistoryJob:
    """One draw in one world up to the year of the decision; goes to a worker as it stands.

    Attributes
    ----------
    draw, slot : int
        Where its answers go: row and column.
    registers : Path, optional
        Folder of register files.
    """

    design: Design
    values: Mapping[str, Value]
    draw: int
    slot: int
    world: int
    seed: int
    start: int
    last: int
    scale: float
    registers: Path | None = None
    instruments: Callable[[], Instruments] = national_model


def answers_of(job: HistoryJob) -> pd.DataFrame:
    """The survey's rows of one history: draw, slot, respondents, target, share, n."""
    with noting(f"while playing world {job.world} of seed {job.seed} up to {job.last}"):
        return _answers_of(job)


def _answers_of(job: HistoryJob) -> pd.DataFrame:
    instruments = job.instruments()
    model = instruments.model(
        job.design,
        rng=job.seed,
        world=job.world,
        start=job.start,
        scale=job.scale,
        assumptions=job.values,
        registers=None if job.registers is None else _read(job.registers),
    )
    read = instruments.events[SURVEYS].read
    found = []
    for _ in range((job.last - job.start + 1) * len(Season)):
        model.step()
        rows = dict(read(model))
        if any(map(len, rows.values())):
            found.append(pd.DataFrame(rows))
    check_sound(model.state)
    let_go(model)
    if not found:
        return pd.DataFrame(columns=["draw", "slot", "respondents", "target", "share", "n"])
    return pd.concat(found, ignore_index=True).assign(draw=job.draw, slot=job.slot)


@lru_cache(maxsize=1)
def _read(folder: Path) -> Registers:
    """Register files, read once in each process."""
    return Registers.read(folder)


def ask(
    jobs: Sequence[HistoryJob], *, workers: int | None = None, progress: bool = True
) -> tuple[dict[str, Floats], dict[str, str]]:
    """Every target's figure in every draw and world, and whether it is a survey's or a register's.

    Returns
    -------
    dict from target to array of float, shape (draws, worlds)
        In the order of the jobs' draws and worlds; NaN where nobody could answer.
    dict from target to "survey" or "register"

    Raises
    ------
    InputError
        If no wave lies in the years that are played.
    """
    parts = [part for part in run_jobs(answers_of, jobs, workers=workers, progress=progress) if len(part)]
    if not parts:
        raise InputError(
            "no wave of the surveys lies in the years before the decision; let the sweep start earlier"
        )
    rows = pd.concat(parts, ignore_index=True)
    kinds = {
        str(target): "register" if group.iloc[0] in REGISTERS else "survey"
        for target, group in rows.groupby("target", sort=True)["respondents"]
    }
    # A draw takes the place of the design, a slot that of the world: `by_target` gives a row for each world, design and target.
    items = declared(tuple(jobs[0].instruments().plugins)).items
    figures = by_target(rows.assign(design=rows["draw"], world=rows["slot"]), items)
    draws, slots = sorted({job.draw for job in jobs}), sorted({job.slot for job in jobs})
    found = {}
    for target, some in figures.groupby("target", sort=True):
        table = some.pivot_table(index="design", columns="world", values="share")
        found[str(target)] = table.reindex(index=draws, columns=slots).to_numpy(dtype=float)
    return found, kinds


def last_year_before(parting: int, end: int) -> int:
    """The last year that may be asked about: the one before the designs part, or before the decision."""
    return min(parting, DECISION_YEAR, end + 1) - 1
