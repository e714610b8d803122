"""What a sweep costs beyond the model: time, memory and room on the disk, and how it grows.

Runs are of the design `history`, each world with its own draw of the parameters, a dozen figures kept of each.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.cluster import local_cluster
from sim.declared import OUTCOMES, REGISTRY
from sim.design import Design
from sim.experiments.parameter_draws import uncertain
from sim.experiments.play import let_go
from sim.model import SchemeModel
from sim.scenario_files import load_design
from sim.sweeps import Kept, Point, Store, play_points
from sim.sweeps.draws import ParameterBlock, from_priors
from sim.sweeps.journal import Row
from sim.sweeps.running import Report

FIGURES = tuple(
    f"{outcome}@{when}"
    for outcome in ("practice", "pupil_results", "ownership", "owner_competence", "inequality", "under_limit")
    for when in ("mean", "end")
)
DEMANDED_RUNS = 10_000
PROCESSES = 2
ROUNDS = 5
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class SweepPlan:
    """How much is measured.

    Attributes
    ----------
    runs : int
        Runs on one process; twice as many on two, and on a cluster.
    growth : tuple of int
        Numbers of runs for growth, on one process.
    many : int
        Runs of a small country by which memory is followed.
    stored : int
        Runs in the store that questions are asked of.
    """

    scale: float = 1.0
    first_year: int = 2017
    last_year: int = 2034
    runs: int = 16
    growth: tuple[int, ...] = (4, 8, 16)
    many: int = 400
    many_scale: float = 0.03
    stored: int = DEMANDED_RUNS


QUICK_SWEEPS = SweepPlan(scale=0.1, last_year=2019, runs=4, growth=(2, 4), many=40, stored=1_000)


@dataclass(frozen=True)
class Timed:
    """How long a sweep took by the clock.

    Attributes
    ----------
    runs : int
    seconds : float
        The whole sweep.
    start_up : float
        Seconds of it until runs came back at their steady rate: processes start and import the model once in a sweep, however
        long it is.
    """

    runs: int
    seconds: float
    start_up: float = 0.0

    @property
    def each(self) -> float:
        """Seconds for each further run."""
        return (self.seconds - self.start_up) / self.runs


@dataclass
class SweepSession:
    """Everything measured; seconds, bytes.

    Attributes
    ----------
    rounds : list of (alone, in a sweep)
        CPU seconds of a run, means over the same runs: built and played with nothing else, and in a sweep on one process with
        everything; one after the other, because the machine may change its pace.
    wall : mapping from way to Timed
    growth : list of (runs, CPU seconds)
    memory : list of (runs done, bytes resident)
    """

    plan: SweepPlan
    rounds: list[tuple[float, float]] = field(default_factory=list)
    wall: dict[str, Timed] = field(default_factory=dict)
    growth: list[tuple[int, float]] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)
    bytes_per_run: float = 0.0
    query_seconds: dict[str, float] = field(default_factory=dict)

    @property
    def overhead(self) -> float:
        """Share of the model's own time that a sweep adds to it: the median round's."""
        return median(run / alone for alone, run in self.rounds) - 1

    @property
    def minutes(self) -> float:
        """Minutes for the demanded number of runs at the rate of two processes, their start included."""
        two = self.wall["two processes"]
        return (two.start_up + DEMANDED_RUNS * two.each) / 60

    def as_json(self) -> dict[str, Any]:
        """Everything as plain numbers, lists and dictionaries."""
        return {**asdict(self), "overhead": self.overhead, "minutes_for_demanded_runs": self.minutes}


def hold_sweeps(plan: SweepPlan, say: Callable[[str], None]) -> SweepSession:
    """Measure all."""
    found = SweepSession(plan)
    design = load_design("history", REGISTRY)
    draws = from_priors(uncertain(REGISTRY), 1, range(2 * max(plan.runs, plan.many)))
    say("sweeps: the model alone, and the same runs in a sweep")
    bare(plan, design, draws, 1)  # the first finds everything cold
    for _ in range(ROUNDS):
        alone = sum(bare(plan, design, draws, plan.runs)) / plan.runs
        begun = process_time()
        found.wall["one process"] = timed(plan, design, draws, plan.runs, workers=1)
        found.rounds.append((alone, (process_time() - begun) / plan.runs))
    say("sweeps: two processes, and a cluster")
    found.wall["two processes"] = timed(plan, design, draws, PROCESSES * plan.runs, workers=PROCESSES)
    with local_cluster(PROCESSES) as address:
        if address is not None:
            swept(plan, design, draws, PROCESSES, cluster=address)  # workers import the model
            found.wall["Dask, two workers"] = timed(
                plan, design, draws, PROCESSES * plan.runs, cluster=address
            )
    say("sweeps: growth, memory, and the store")
    for runs in plan.growth:
        begun = process_time()
        swept(plan, design, draws, runs, workers=1)
        found.growth.append((runs, process_time() - begun))
    found.memory = followed(plan, design, draws)
    found.bytes_per_run, found.query_seconds = stored(plan, design, draws)
    return found


def bare(plan: SweepPlan, design: Design, draws: ParameterBlock, runs: int) -> list[float]:
    """CPU seconds of each of some runs of the model with nothing around it."""
    seconds = []
    for world in range(runs):
        begun = process_time()
        model = SchemeModel(
            design, rng=1, world=world, start=plan.first_year, scale=plan.scale,
            assumptions=draws.values(world),
        )  # fmt: skip
        model.run_to(plan.last_year)
        let_go(model)
        seconds.append(process_time() - begun)
    return seconds


def points(plan: SweepPlan, design: Design, draws: ParameterBlock, runs: int, scale: float) -> list[Point]:
    """One point for each world."""
    return [
        Point(design, draws.values(world), world, 1, plan.first_year, plan.last_year, scale, world)
        for world in range(runs)
    ]


def kept(plan: SweepPlan) -> Kept:
    """The figures kept; means are over the second half of the years."""
    return Kept.of(FIGURES, OUTCOMES, (plan.first_year + plan.last_year) // 2)


def timed(plan: SweepPlan, design: Design, draws: ParameterBlock, runs: int, **way: Any) -> Timed:
    """Carry out a sweep and look at the clock when it begins, as each run comes back, and at the end."""
    clock = perf_counter()
    back: list[float] = []

    def note(done: int, total: int, failed: int) -> None:
        del done, total, failed
        back.append(perf_counter() - clock)

    swept(plan, design, draws, runs, note, **way)
    first = back[PROCESSES - 1]  # by then every process has played one
    each = (back[-1] - first) / (runs - PROCESSES)
    return Timed(runs, perf_counter() - clock, max(first - PROCESSES * each, 0.0))


def swept(
    plan: SweepPlan, design: Design, draws: ParameterBlock, runs: int, told: Report | None = None, **way: Any
) -> None:
    """Carry out a sweep into a store that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        asked = points(plan, design, draws, runs, plan.scale)
        table = play_points(asked, kept(plan), store=Path(folder) / "s", progress=told or False, **way)
        assert not table.experiments["failed"].any()


def followed(plan: SweepPlan, design: Design, draws: ParameterBlock) -> list[tuple[int, int]]:
    """Memory of the process that plays and stores, at five moments of a long sweep of a small country."""
    seen: list[tuple[int, int]] = []
    every = max(plan.many // 5, 1)

    def note(done: int, total: int, failed: int) -> None:
        del total, failed
        if done % every == 0:
            seen.append((done, resident()))

    with tempfile.TemporaryDirectory() as folder:
        asked = points(plan, design, draws, plan.many, plan.many_scale)
        play_points(asked, kept(plan), store=Path(folder) / "s", progress=note, workers=1)
    return seen


def resident() -> int:
    """Bytes of memory that this process has now; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    return int(status.read_text(encoding="utf-8").split()[1]) * _PAGE if status.exists() else 0


QUESTIONS = {
    "mean and spread of a figure": 'SELECT design, avg("practice@end"), stddev("practice@end") FROM sweep GROUP BY design',
    "a figure over tenths of a parameter": (
        'SELECT ntile(10) OVER (ORDER BY "classroom.half_life") AS tenth, "practice@end" AS practice FROM sweep '
        "QUALIFY tenth > 0 ORDER BY tenth"
    ),
}


def stored(plan: SweepPlan, design: Design, draws: ParameterBlock) -> tuple[float, dict[str, float]]:
    """Bytes that a run takes in a store of many, and seconds that questions to it take.

    Some runs of a small country are played; the rest are these under other addresses with other draws, for the size of a
    store does not hang on where its numbers come from.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "s"
        few = min(plan.many, 50)
        asked = points(plan, design, draws, few, plan.many_scale)
        table = play_points(asked, kept(plan), store=place, progress=False, workers=1)
        store = table.store
        rows = store.rows("runs").to_pylist()
        spread = from_priors(uncertain(REGISTRY), 2, range(plan.stored))
        with store.writing() as writer:
            for i in range(len(rows), plan.stored):
                writer.add([copied(rows[i % len(rows)], i)], [draw(i, spread.values(i))])
        size = sum(path.stat().st_size for path in place.glob("*.parquet"))
        seconds = {}
        for words, sql in QUESTIONS.items():
            clock = perf_counter()
            Store(place).query(sql)
            seconds[words] = perf_counter() - clock
    return size / plan.stored, seconds


def copied(row: dict[str, Any], number: int) -> Row:
    """A stored row under another address, its figures moved a little so that they do not pack better than real ones."""
    numbers = {name: row[name] * (1 + number * 1e-9) for name in FIGURES}
    rest = {name: value for name, value in row.items() if name not in numbers}
    return {
        **rest,
        "run": f"{number:024x}",
        "values": f"{number:024d}",
        "world": number,
        "draw": number,
        "numbers": numbers,
    }


def draw(number: int, values: dict[str, float]) -> Row:
    """A draw's row to go with it."""
    return {"values": f"{number:024d}", "numbers": values, "others": "{}"}
