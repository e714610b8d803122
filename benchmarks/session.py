"""One session of measurements, in an order that lets the machine's moods fall on all alike."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import linear_regression, median
from time import process_time
from typing import Any

import mesa

from benchmarks import columnar, machine, memory
from benchmarks.columnar import Runs
from benchmarks.fast_twin import FastTwin
from benchmarks.idiomatic_twin import IdiomaticTwin
from benchmarks.inputs import RecordedModel
from benchmarks.twin import Twin
from sim.half_year import Season
from sim.model import SchemeModel
from sim.rules.warming import warm
from sim.state import State
from sim.state.schools import Schools, Teachers

READ = {
    Season.SPRING: ("ownership", "practice", "baseline"),
    Season.AUTUMN: ("ownership", "practice", "baseline", "id", "school", "age", "experience", "tenure"),
}
"""Columns of the teachers that no half-year can do without reading."""

WRITTEN = {
    Season.SPRING: ("ownership", "practice"),
    Season.AUTUMN: ("ownership", "practice", "age", "experience", "tenure"),
}
"""Columns of the teachers that no half-year can do without writing."""


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    Attributes
    ----------
    scale : float
        Share of the country.
    first_year, last_year : int
    repeats : int
        Runs of the columnar model in each of the three rounds, and of each size when growth is measured.
    fast_repeats : int
        Runs of the fast twin.
    most_seconds : float
        CPU seconds after which a twin is stopped; the rest is reckoned from the half-years played.
    shares : tuple of float
        Shares of the country, below `scale`, for growth with teachers.
    copies : int
        How many countries the enlarged one has.
    worlds : tuple of int
        Numbers of worlds for growth with worlds.
    """

    scale: float = 1.0
    first_year: int = 2017
    last_year: int = 2034
    repeats: int = 5
    fast_repeats: int = 3
    most_seconds: float = 90.0
    shares: tuple[float, ...] = (0.1, 0.25, 0.5)
    copies: int = 2
    worlds: tuple[int, ...] = (1, 2, 4)

    @property
    def national(self) -> bool:
        """Whether it is the run that the demands are about."""
        return (self.scale, self.first_year, self.last_year) == (1.0, 2017, 2034)


QUICK = Plan(scale=0.1, last_year=2019, repeats=2, fast_repeats=1, shares=(0.05,), worlds=(1, 2))


@dataclass
class TwinTime:
    """A twin's times.

    Attributes
    ----------
    build : float, CPU seconds
    run : float, CPU seconds
        All half-years: the median of the runs, or reckoned from those played.
    least : float, CPU seconds
        The fastest run.
    played, half_years : int
        Half-years played in each run, and half-years in all.
    steps : list of float, CPU seconds
        By half-year, of the last run.
    """

    build: float
    run: float
    least: float
    played: int
    half_years: int
    steps: list[float]


@dataclass
class Session:
    """Everything measured; times in CPU seconds, memory in bytes, bandwidth in bytes per second."""

    plan: Plan
    machine: dict[str, str]
    teachers: int
    schools: int
    half_years: int
    build: list[float]
    runs: Runs
    idiomatic: TwinTime
    fast: TwinTime
    by_teachers: list[tuple[int, float]]
    by_years: list[tuple[int, float]]
    by_worlds: list[tuple[int, float]]
    memory: dict[str, int]
    bandwidth: float
    least_bytes: int

    @property
    def lower_bound(self) -> float:
        """Seconds in which the memory could hand over and take back what a run must touch."""
        return self.least_bytes / self.bandwidth

    @property
    def fixed(self) -> float:
        """Seconds of a run that do not grow with the country: where the line through runs of shares of it meets no teachers."""
        teachers, seconds = zip(*[one for one in self.by_teachers if one[0] <= self.teachers], strict=True)
        return float(linear_regression(teachers, seconds).intercept)

    def ratios(self) -> dict[str, float]:
        """How many times longer the twins take than the columnar model, whole and in the shared layer alone."""
        return {
            "idiomatic": self.idiomatic.run / self.runs.median,
            "fast": self.fast.run / self.runs.median,
            "idiomatic, shared layer": self.idiomatic.run / self.runs.layer,
            "fast, shared layer": self.fast.run / self.runs.layer,
        }

    def as_json(self) -> dict[str, Any]:
        """Everything as plain numbers, lists and dictionaries."""
        found = asdict(self)
        found["summary"] = {
            "build_median": median(self.build), "run_median": self.runs.median, "run_least": self.runs.least,
            "fixed": self.fixed, "layer_median": self.runs.layer, "by_process": self.runs.by_process(),
            "lower_bound": self.lower_bound, "ratios": self.ratios(),
        }  # fmt: skip
        return found


def hold(plan: Plan, say: Callable[[str], None]) -> Session:
    """Hold a session."""
    about = machine.description()
    warm()
    say("memory: bandwidth, and peaks in processes of their own")
    bandwidth = machine.copy_bandwidth()
    peaks = {way: memory.measured(way, plan.scale, plan.last_year) for way in memory.WAYS}
    say("the columnar model")
    base, build = columnar.building(plan.scale, plan.repeats)
    columnar.play(base, plan.last_year)  # the first run finds everything cold
    runs = columnar.repeated(base, plan.last_year, plan.repeats)
    recorded = RecordedModel(columnar.DESIGN, scale=plan.scale)
    start = recorded.state.copy()
    recorded.run_to(plan.last_year)
    say("the idiomatic twin")
    idiomatic = twin_time(IdiomaticTwin, start, recorded, plan.most_seconds, 1)
    runs.runs += columnar.repeated(base, plan.last_year, plan.repeats).runs
    say("the fast twin")
    fast = twin_time(FastTwin, start, recorded, plan.most_seconds, plan.fast_repeats)
    runs.runs += columnar.repeated(base, plan.last_year, plan.repeats).runs
    say("growth with teachers, years and worlds")
    return Session(
        plan=plan,
        machine=about,
        teachers=int(start[Teachers].held.sum()),
        schools=len(start[Schools]),
        half_years=len(recorded.inputs),
        build=build,
        runs=runs,
        idiomatic=idiomatic,
        fast=fast,
        by_teachers=columnar.by_teachers(base, plan.shares, plan.copies, plan.last_year, plan.repeats),
        by_years=_by_years(runs),
        by_worlds=columnar.by_worlds(plan.worlds, plan.scale, plan.last_year),
        memory=peaks,
        bandwidth=bandwidth,
        least_bytes=least_bytes(base, plan.last_year),
    )


def twin_time(
    kind: type[Twin], start: State, recorded: RecordedModel, most_seconds: float, repeats: int
) -> TwinTime:
    """Play a twin through the recorded half-years, or as many of them as the time allows (whole years)."""
    builds, totals, steps = [], [], [0.0]
    n = len(recorded.inputs)
    for _ in range(repeats):
        gc.collect()
        begun = process_time()
        twin = kind(start, recorded.inputs)
        builds.append(process_time() - begun)
        steps = []
        while len(steps) < n and (sum(steps) < most_seconds or len(steps) % 2):
            begun = process_time()
            twin.step()
            steps.append(process_time() - begun)
        mesa.Model.remove_all_agents(twin)  # models and agents refer to each other
        totals.append(sum(steps) / len(steps) * n)
    return TwinTime(median(builds), median(totals), min(totals), len(steps), n, steps)


def _by_years(runs: Runs) -> list[tuple[int, float]]:
    """Half-years, and median CPU seconds of as many: a quarter of the run, half of it, all of it."""
    n = len(runs.runs[0].steps)
    return [(part, runs.up_to(part)) for part in sorted({max(n // 4, 1), max(n // 2, 1), n})]


def least_bytes(base: SchemeModel, last_year: int) -> int:
    """Bytes of the teachers' columns that a run must read and write, each once a half-year."""
    staff = base.state[Teachers]
    touched = {
        season: sum(getattr(staff, name).nbytes for name in (*READ[season], *WRITTEN[season]))
        for season in Season
    }
    half_year, total = base.coming, 0
    while half_year.year <= last_year:
        total += touched[half_year.season]
        half_year = half_year.next()
    return total
