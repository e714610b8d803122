"""Playing one unit of a sweep: one world with one draw of the parameters, under one design after another.

The designs share the history up to the year in which the first of them parts from the others, as in a comparison, and only
what is kept is measured: the figures are those of a full recording to the last digit.

A run that fails is a result like another: it is handed back with its error.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from sim.arrays import Ints
from sim.design import Design
from sim.experiments import provenance
from sim.experiments.instruments import DRAWS, Instruments, Playable, national_model
from sim.experiments.places import least_told
from sim.experiments.play import NOBODY, let_go
from sim.experiments.recording import Page, Recorder, gathered
from sim.experiments.soundness import check_sound
from sim.half_year import Season
from sim.outcomes.groups import HANDED_IN, NEED, PICKED, neediest, picked_by
from sim.parameters.declaration import Value
from sim.state.places import Municipalities
from sim.sweeps.identity import PACKAGE, check_code
from sim.sweeps.kept import Kept, figures_of
from sim.world.registers import Registers

LONGEST_ERROR = 500  # letters
ENVIRONMENT = (OSError, MemoryError)  # the machine's fault, not the run's: never stored as its result


@dataclass(frozen=True)
class Unit:
    """Runs that share a history; goes to a worker as it stands.

    Attributes
    ----------
    runs : mapping from run to Design
        Addresses of the runs, and the design that each is played under.
    code : str
        Digest of the code that hands the unit out.
    registers : Path, optional
        Folder of register files, with the digests that its files must have.
    """

    runs: Mapping[str, Design]
    values: Mapping[str, Value]
    world: int
    seed: int
    start: int
    end: int
    scale: float
    kept: Kept
    code: str
    registers: Path | None = None
    registers_digest: Mapping[str, str] = field(default_factory=dict)
    instruments: Callable[[], Instruments] = national_model


@dataclass(frozen=True)
class Run:
    """What came of one run.

    Attributes
    ----------
    figures : tuple of float or None
        In the order of `Kept.figures`; None if the run failed.
    error, trace : str
        What went wrong, in a line, and where; empty if nothing did.
    """

    run: str
    figures: tuple[float, ...] | None
    error: str = ""
    trace: str = ""


@dataclass
class Course:
    """What is noted while a model plays: pages of the years kept, and who is picked first from the parting on."""

    pages: list[Page] = field(default_factory=list)
    picked: Ints | None = None


def play_unit(unit: Unit) -> list[Run]:
    """Play the runs of a unit.

    Raises
    ------
    InputError
        If this process has other code than the one that asks.
    OSError, MemoryError
        From the machine; not a run's own failure.
    """
    check_code(unit.code, tuple(unit.instruments().plugins))
    return Player(unit).play()


class Player:
    """Plays one unit.

    Parameters
    ----------
    raises : bool
        Whether a run's error is raised, and not handed back as its result.
    """

    def __init__(self, unit: Unit, *, raises: bool = False) -> None:
        self.unit = unit
        self.never_stored: tuple[type[Exception], ...] = (Exception,) if raises else ENVIRONMENT
        self.kept = unit.kept
        whole = unit.instruments()
        wanted = {figure.outcome for figure in self.kept.figures}
        self.instruments = replace(
            whole, outcomes=tuple(outcome for outcome in whole.outcomes if outcome.key in wanted), events={}
        )
        self.draws = whole.events.get(DRAWS)
        self.years = self.kept.years(unit.start, unit.end)
        self.designs = list(unit.runs.values())
        together = [*self.kept.reference, *self.designs] if self.kept.handed_in else self.designs
        self.first = together[0]
        years = [self.first.parts_from(other, whole.registry) for other in together]
        within = [max(year, unit.start) for year in years if year is not None and year <= unit.end]
        self.parting = min(within, default=unit.end + 1)  # where nothing differs, all is history
        if self.kept.handed_in:
            self.parting = min(self.parting, max(self.kept.parting, unit.start))
        self.registers = _registers(unit.registers, tuple(unit.registers_digest.items()))
        self.least = least_told(self.registers, unit.scale)

    def play(self) -> list[Run]:
        """All runs of the unit, in their order."""
        try:
            model, history = self.new_world(self.first), Course()
            self.follow(model, history, self.unit.start, self.parting - 1)
            futures = {run: self.future(model, history, design) for run, design in self.unit.runs.items()}
            handed_in = self.settled(model, history, futures)
            let_go(model)
        except self.never_stored:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the runs' result
            return [failed(run, error) for run in self.unit.runs]
        return [self.result(run, history, future, handed_in) for run, future in futures.items()]

    def new_world(self, design: Design) -> Playable:
        """A model of the unit's world at its start."""
        unit = self.unit
        return self.instruments.model(
            design, rng=unit.seed, world=unit.world, start=unit.start, scale=unit.scale,
            assumptions=unit.values, registers=self.registers,
        )  # fmt: skip

    def branch(self, model: Playable, design: Design) -> Playable:
        """The world at the parting, under a design; designs that part at the start each get a world of their own."""
        return model.branch(design) if self.parting > self.unit.start else self.new_world(design)

    def follow(self, model: Playable, course: Course, first: int, last: int) -> None:
        """Play the given years, both halves of each, and note what is kept of them."""
        recorder = Recorder(self.instruments, groups=self.kept.groups)
        for year in range(first, last + 1):
            for _ in Season:
                model.step()
                if year in self.years:
                    recorder.observe(model)
                if self.kept.needs_draw and course.picked is None and year >= self.kept.parting:
                    course.picked = self.chosen(model)
        course.pages += recorder.pages

    def future(self, model: Playable, history: Course, design: Design) -> Course | Exception:
        """What comes of one design from the parting on, or why nothing did."""
        course = Course(picked=history.picked)
        outcomes = self.instruments.outcomes
        try:
            if self.parting > self.unit.end:
                check_sound(model.state, history.pages, outcomes)
                return course
            branch = self.branch(model, design)
            self.follow(branch, course, self.parting, self.unit.end)
            check_sound(branch.state, history.pages + course.pages, outcomes)
            let_go(branch)
        except self.never_stored:
            raise
        except Exception as error:  # noqa: BLE001 - the other designs of the unit are played all the same
            return error
        return course

    def chosen(self, model: Playable) -> Ints | None:
        """Identities of those drawn in the half-year just played; None if there was no draw."""
        rows = self.draws.read(model) if self.draws else {}
        if not rows or not len(rows["drawn"]):
            return None
        return np.unique(rows["successor"][rows["drawn"] != "none"])

    def settled(
        self, model: Playable, history: Course, futures: Mapping[str, Course | Exception]
    ) -> dict[str, Ints]:
        """Members of the groups that are settled at the parting."""
        if not self.kept.handed_in:
            return dict.fromkeys(HANDED_IN, NOBODY)
        before = self.branch(model, self.first) if self.kept.parting > self.parting else model
        if before is not model:
            self.follow(before, Course(), self.parting, min(self.kept.parting, self.unit.end) - 1)
        need = neediest(self.instruments.true_need(before.state, before.p), before.state[Municipalities].id)
        return {**self.picked(model, history, futures), NEED: need}

    def picked(
        self, model: Playable, history: Course, futures: Mapping[str, Course | Exception]
    ) -> dict[str, Ints]:
        """Those in each reference design's first draw from the parting on, by one design, by others, by all, by any."""
        if not self.kept.needs_draw:
            return dict.fromkeys(PICKED, NOBODY)
        drawn = []
        played = {
            self.unit.runs[run].digest(): future
            for run, future in futures.items()
            if isinstance(future, Course)
        }
        for design in self.kept.reference:
            course = played.get(design.digest())
            if course is None:
                course = Course(picked=history.picked)
                branch = self.branch(model, design)
                year = self.parting
                while course.picked is None and year <= self.unit.end:
                    self.follow(branch, course, year, year)
                    year += 1
                let_go(branch)
            drawn.append(NOBODY if course.picked is None else course.picked)
        return picked_by(drawn)

    def result(
        self, run: str, history: Course, future: Course | Exception, handed_in: Mapping[str, Ints]
    ) -> Run:
        """The run's figures."""
        if isinstance(future, Exception):
            return failed(run, future)
        pages = history.pages + future.pages
        outcomes = self.instruments.outcomes
        values = gathered(pages, outcomes, handed_in, self.kept.groups, self.least)
        half_years = [page.half_year for page in pages]
        found = figures_of(self.kept, values, half_years, outcomes, self.unit.start, self.unit.end)
        return Run(run, tuple(found.tolist()))


def failed(run: str, error: BaseException) -> Run:
    """A failed run, its error told the same wherever it was played."""
    told = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_ERROR]
    return Run(run, None, told, _trace(traceback.extract_tb(error.__traceback__)))


def _trace(frames: Sequence[traceback.FrameSummary]) -> str:
    """Where in this package it happened, innermost last."""
    inside = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE.parent)]
    return "\n".join(
        f"{Path(frame.filename).relative_to(PACKAGE.parent).as_posix()}:{frame.lineno} {frame.name}"
        for frame in inside
    )


@lru_cache(maxsize=1)
def _registers(folder: Path | None, digests: tuple[tuple[str, str], ...]) -> Registers | None:
    """A user's register files, read once in each process; they must be those that the runs were planned with."""
    if folder is None:
        return None
    from sim.errors import InputError

    if provenance.files_digest(folder) != dict(digests):
        raise InputError("has changed since the sweep was begun, or is another here", file=str(folder))
    return Registers.read(folder)
