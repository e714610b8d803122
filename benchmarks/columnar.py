"""The columnar model's times: repeated runs, by process, and how they grow."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from statistics import median
from time import process_time

from benchmarks.enlarged import enlarged
from benchmarks.inputs import LAYER
from sim.model import SchemeModel
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state.schools import Teachers

DESIGN = "voluntary"


class TimedModel(SchemeModel):
    """The model, adding up CPU time by process where it would add up elapsed time: other work on the machine shows less."""

    def play(self, process: Process, p: Parameters, draw: Draws) -> None:
        """Play one process and, in a run that is to give times by process, add its time to `timing`."""
        if self.timing is None:
            process.rule(self.state, p, draw)
            return
        begun = process_time()
        process.rule(self.state, p, draw)
        self.timing[process.name] = self.timing.get(process.name, 0.0) + process_time() - begun


@dataclass
class Run:
    """One run's times.

    Attributes
    ----------
    steps : list of float, CPU seconds
        By half-year.
    processes : dict from process to float, CPU seconds
        Over a whole run, of its own: asking the clock before and after each process takes time too.
    """

    steps: list[float]
    processes: dict[str, float]

    @property
    def total(self) -> float:
        """CPU seconds of all half-years."""
        return sum(self.steps)

    @property
    def layer(self) -> float:
        """Seconds in the processes of teachers and schools, which the twin has too."""
        return sum(self.processes.get(name, 0.0) for name in LAYER)


@dataclass
class Runs:
    """Repeated runs of the same world."""

    runs: list[Run] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Median CPU seconds of a run."""
        return median(run.total for run in self.runs)

    @property
    def least(self) -> float:
        """CPU seconds of the fastest run."""
        return min(run.total for run in self.runs)

    @property
    def layer(self) -> float:
        """Median seconds in the layer that the twin has too."""
        return median(run.layer for run in self.runs)

    def by_process(self) -> dict[str, float]:
        """Median seconds of each process, the slowest first."""
        medians = {name: median(run.processes[name] for run in self.runs) for name in self.runs[0].processes}
        return dict(sorted(medians.items(), key=lambda item: -item[1]))

    def up_to(self, half_years: int) -> float:
        """Median CPU seconds of the first half-years."""
        return median(sum(run.steps[:half_years]) for run in self.runs)


def play(base: SchemeModel, last_year: int, copies: int = 1) -> Run:
    """Play a copy of a model that stands at its start, and another one for the times by process; the copying is not timed."""
    processes: dict[str, float] = {}
    _timed(base, last_year, copies, processes)
    return Run(_timed(base, last_year, copies, None), processes)


def _timed(base: SchemeModel, last_year: int, copies: int, processes: dict[str, float] | None) -> list[float]:
    """CPU seconds of each half-year of a copy's run; with `processes`, those of each process are added there."""
    model = base.branch(base.design)
    if copies > 1:
        model.state = enlarged(model.state, copies)
    model.timing = processes
    steps = []
    gc.collect()
    while model.coming.year <= last_year:
        begun = process_time()
        model.step()
        steps.append(process_time() - begun)
    return steps


def repeated(base: SchemeModel, last_year: int, repeats: int, copies: int = 1) -> Runs:
    """Play the same world several times."""
    return Runs([play(base, last_year, copies) for _ in range(repeats)])


def building(scale: float, repeats: int) -> tuple[SchemeModel, list[float]]:
    """A model at its start, and the CPU seconds of building it several times."""
    seconds = []
    for _ in range(repeats):
        gc.collect()
        begun = process_time()
        model = TimedModel(DESIGN, scale=scale)
        seconds.append(process_time() - begun)
    return model, seconds


def by_teachers(
    base: SchemeModel, shares: tuple[float, ...], copies: int, last_year: int, repeats: int
) -> list[tuple[int, float]]:
    """Teachers, and median CPU seconds of a run: shares of the country, the country itself, and several of it."""
    found = []
    for share in shares:
        part, _ = building(share, 1)
        found.append((int(part.state[Teachers].held.sum()), repeated(part, last_year, repeats).median))
    n = int(base.state[Teachers].held.sum())
    found.append((n, repeated(base, last_year, repeats).median))
    found.append((n * copies, repeated(base, last_year, repeats, copies).median))
    return found


def by_worlds(counts: tuple[int, ...], scale: float, last_year: int) -> list[tuple[int, float]]:
    """Worlds, and CPU seconds of building and playing them one after the other."""
    found = []
    for count in counts:
        gc.collect()
        begun = process_time()
        for world in range(count):
            SchemeModel(DESIGN, rng=2026, scale=scale, world=world).run_to(last_year)
        found.append((count, process_time() - begun))
    return found
