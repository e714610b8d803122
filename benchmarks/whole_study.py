"""What a comparison costs beyond the model's own steps: CPU time of the command, children included, against the bare runs.

One session: the command in a process of its own, then the runs that it plays with nothing around them, then the same study once
more in this process, looked at now and then to see where the rest goes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks.demands import Demand, demands_table
from benchmarks.sampling import REST, Sampler
from sim.experiments.instruments import national_model
from sim.experiments.planning import compared, planned
from sim.experiments.play import Job, follow, let_go, new_world
from sim.experiments.study import Study
from sim.half_year import Season
from sim.studies.api import compare

STAGES = {
    "sim/rules/keeping.py": "rules taken from the cache",
    "sim/rules/text.py": "rules taken from the cache",
    "sim/theory/": "theories",
    "sim/experiments/theory": "theories",
    "sim/experiments/shortfall.py": "theories",
    "sim/network/": "partnership graph",
    "sim/surveys/": "surveys",
    "sim/outcomes/": "outcomes",
    "sim/experiments/recording.py": "outcomes",
    **{
        f"sim/schemes/{scheme}/outcomes.py": "outcomes"
        for scheme in ("decentralised", "follow_up", "innovation", "system_2026", "vocational")
    },
    "sim/schemes/follow_up/draw_record.py": "draws",
    "sim/experiments/detail.py": "state in detail",
    "sim/one_world.py": "steps",
    "sim/experiments/comparison.py": "statistics",
    "sim/experiments/summary.py": "statistics",
    "sim/experiments/variance": "statistics",
    "sim/report/figures/png.py": "figures as files",
    "sim/report/": "page",
    "sim/experiments/": "tables",
    "sim/scenario_files/": "reading designs",
}
"""What stands at a place; the first that fits counts, the innermost call first."""

COMMAND = "import sys; from sim.cli import main; sys.argv[0] = 'kompetansesim'; main()"


@dataclass(frozen=True)
class StudyPlan:
    """Which comparison is measured.

    Attributes
    ----------
    rounds : int
        Of the command and the bare runs, one after the other.
    most_times : float, optional
        How many times the bare runs' time the command may take.
    most_seconds : float, optional
        Of CPU time that it may take.
    """

    name: str = "the main study"
    designs: tuple[str, ...] = ("voluntary", "obligatory", "obligatory_mild", "obligatory_robek")
    worlds: int = 40
    scale: float = 1.0
    first_year: int = 2017
    last_year: int = 2034
    rounds: int = 1
    most_times: float | None = None
    most_seconds: float | None = None

    def arguments(self, folder: Path) -> list[str]:
        """Those of the command."""
        return [
            "compare", *self.designs, "--worlds", str(self.worlds), "--scale", str(self.scale),
            "--start", str(self.first_year), "--end", str(self.last_year), "--out", str(folder / "study"),
        ]  # fmt: skip

    def study(self) -> Study:
        """The same as an object."""
        return compared(
            planned(
                self.designs,
                worlds=self.worlds,
                seed=2026,
                start=self.first_year,
                end=self.last_year,
                scale=self.scale,
            )
        )


FIRST_TRY = StudyPlan("the tutorial's first try", ("voluntary", "obligatory"), worlds=4, scale=0.1)
PLANS = (StudyPlan(most_times=2.5), replace(FIRST_TRY, rounds=3, most_seconds=6.0))
QUICK_PLANS = (replace(StudyPlan(), worlds=4, scale=0.1), FIRST_TRY)


@dataclass
class StudySession:
    """Everything measured of one study; CPU seconds, but for `wall`.

    Attributes
    ----------
    rounds : list of (command, bare runs)
    stages : mapping from stage to CPU seconds
        Of the study in one process, imports left out.
    imports : float
        Of all that a process needs that plays a world.
    runs : float
        Whole runs that the study plays, years that designs share counted once.
    """

    plan: StudyPlan
    rounds: list[tuple[float, float]] = field(default_factory=list)
    wall: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    imports: float = 0.0
    runs: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times the bare runs' time the command takes: the median round's."""
        return median(command / bare for command, bare in self.rounds)

    @property
    def command(self) -> float:
        """CPU seconds of the command: the median round's."""
        return median(command for command, _ in self.rounds)

    def demands(self) -> list[Demand]:
        """What is demanded of such a study, and whether it is met."""
        times, seconds, found = self.plan.most_times, self.plan.most_seconds, []
        if times is not None:
            words = f"at most {times:g} times the CPU time of the bare runs"
            found.append((words, f"{self.ratio:.1f}", self.ratio <= times))
        if seconds is not None:
            words = f"under {seconds:g} s CPU, warm"
            found.append((words, f"{self.command:.1f} s", self.command < seconds))
        return found

    def as_json(self) -> dict[str, Any]:
        """Everything as plain numbers, lists and dictionaries."""
        return {**asdict(self), "ratio": self.ratio}


def hold_study(plan: StudyPlan) -> StudySession:
    """Measure one."""
    found = StudySession(plan)
    jobs = plan.study().all_jobs()
    found.runs = sum(job.half_years for job in jobs) / len(Season) / (plan.last_year + 1 - plan.first_year)
    bare(jobs[0])  # the first finds everything cold
    with tempfile.TemporaryDirectory() as place:
        ran(COMMAND, plan.arguments(Path(place)))
        for _ in range(plan.rounds):
            clock = perf_counter()
            command = ran(COMMAND, [*plan.arguments(Path(place))])
            found.wall = perf_counter() - clock
            found.rounds.append((command, sum(map(bare, jobs))))
    found.imports = ran("from sim.experiments.instruments import national_model; national_model()", [])
    found.stages = stages(plan)
    return found


def ran(text: str, arguments: list[str]) -> float:
    """CPU seconds of a Python process and all its children."""
    before = os.times()
    subprocess.run([sys.executable, "-c", text, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def bare(job: Job) -> float:
    """CPU seconds of a world's runs with nothing around them: the years before the parting once, then every design's."""
    begun = process_time()
    instruments = national_model()
    model = new_world(job, job.designs[0], instruments)
    follow(model, None, job.start, job.parting - 1)
    for design in (*job.designs, *([job.without] if job.without is not None else [])):
        branch = model.branch(design)
        follow(branch, None, job.parting, job.end)
        let_go(branch)
    let_go(model)
    return process_time() - begun


def stages(plan: StudyPlan) -> dict[str, float]:
    """Where the time goes, played in this process."""
    sampler = Sampler(STAGES)
    with tempfile.TemporaryDirectory() as place, sampler.sampling():
        compare(
            plan.designs, worlds=plan.worlds, start=plan.first_year, end=plan.last_year, scale=plan.scale,
            out=Path(place) / "study", workers=1, progress=False,
        )  # fmt: skip
    return dict(sorted(sampler.seconds.items(), key=lambda stage: -stage[1]))


def section(session: StudySession) -> str:
    """What was measured, as Markdown."""
    plan, rest = session.plan, {k: v for k, v in session.stages.items() if k != "steps"}
    runs = median(bare_runs for _, bare_runs in session.rounds)
    lines = [
        f"## From question to answer: {plan.name}",
        "",
        f"`kompetansesim {' '.join(plan.arguments(Path('FOLDER')))}`: {session.command:.1f} s CPU, children included "
        f"({session.wall:.1f} s by the clock). The bare model runs that it plays ({session.runs:.0f} "
        f"whole ones, those under other structures included): {runs:.1f} s. "
        f"**Ratio {session.ratio:.1f}.** Every process that plays imports for {session.imports:.1f} s.",
        "",
        *([demands_table(demands), ""] if (demands := session.demands()) else []),
        "| stage (in one process, warm) | CPU s | share of all |",
        "|---|---|---|",
    ]
    total = sum(session.stages.values())
    for name, seconds in {"steps": session.stages.get("steps", 0.0), **rest}.items():
        said = "the rest, scattered" if name == REST else name
        lines.append(f"| {said} | {seconds:.2f} | {seconds / total:.0%} |")
    return "\n".join(lines) + "\n"
