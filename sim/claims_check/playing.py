"""One world played for the contrasts of a frame: every side once, however many contrasts have it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sim.claims_check.contrast import Contrast, Dated, Frame, Setting, Side
from sim.claims_check.readings import Reading, reading
from sim.declared import REGISTRY
from sim.design import Design
from sim.experiments.instruments import Playable
from sim.experiments.play import noting
from sim.experiments.soundness import check_sound
from sim.outcomes.look import looking_at
from sim.parameters.declaration import Value
from sim.scenario_files import load_design


@dataclass(frozen=True)
class Job:
    """A world to be played for the contrasts of one frame.

    Attributes
    ----------
    values : mapping
        Parameters of the world, for all sides that do not set them.
    scale : float
        What the frame's share of the country is multiplied by.
    """

    world: int
    seed: int
    values: Mapping[str, Value]
    contrasts: tuple[Contrast, ...]
    model: Callable[..., Playable]
    scale: float = 1.0

    @property
    def frame(self) -> Frame:
        """That of all its contrasts."""
        return self.contrasts[0].frame


@dataclass
class _Course:
    """One side, and what is to be read of it and was."""

    side: Side
    wanted: dict[str, set[int]] = field(default_factory=dict)
    seen: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        return {name: reading(name) for name in self.wanted}

    def want(self, name: str, years: tuple[int, int]) -> None:
        self.wanted.setdefault(name, set()).update(range(years[0], years[1] + 1))

    @property
    def last(self) -> int:
        return max(max(years) for years in self.wanted.values())

    def look(self, model: Playable) -> None:
        year = model.state.now.year
        with looking_at(model.state):
            for name, years in self.wanted.items():
                if year in years:
                    value = self.readings[name].read(model)
                    self.seen.setdefault(name, []).append((year, value))

    def mean(self, name: str, years: tuple[int, int]) -> float:
        values = [value for year, value in self.seen.get(name, []) if years[0] <= year <= years[1]]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # where it applies to nobody in any half-year
            return float(np.nanmean(values))


def play(job: Job) -> list[tuple[float, float]]:
    """The reading on the side where it should be less and on that where it should be more, of each contrast."""
    with noting(f"while playing world {job.world} of seed {job.seed}"):
        return _play(job)


def _play(job: Job) -> list[tuple[float, float]]:
    courses: dict[str, _Course] = {}
    for contrast in job.contrasts:
        for side, years in ((contrast.less, contrast.window_before), (contrast.more, contrast.window)):
            if side is not None:
                courses.setdefault(_name(side), _Course(side)).want(contrast.reading, years)
    trunks: dict[str, Playable] = {}
    for course in courses.values():
        _follow(job, course, trunks)
    for trunk in trunks.values():
        vars(trunk).clear()  # a Mesa model and its agents refer to each other
    return [
        (
            0.0
            if contrast.less is None
            else courses[_name(contrast.less)].mean(contrast.reading, contrast.window_before),
            courses[_name(contrast.more)].mean(contrast.reading, contrast.window),
        )
        for contrast in job.contrasts
    ]


def by_frame(contrasts: Iterable[Contrast]) -> list[tuple[Contrast, ...]]:
    """The contrasts of each frame, in the order of their first ones."""
    found: dict[str, list[Contrast]] = {}
    for contrast in contrasts:
        found.setdefault(contrast.frame.name, []).append(contrast)
    return [tuple(mine) for mine in found.values()]


def _name(side: Side) -> str:
    return side if isinstance(side, str) else repr(sorted(side.items()))


def _follow(job: Job, course: _Course, trunks: dict[str, Playable]) -> None:
    """Play a side and note down what is wanted; sides that differ by later levers alone share their past."""
    frame = job.frame
    design, assumed = _set(frame, course.side)
    if frame.since <= frame.start:
        model = _begin(job, design, assumed)
    else:
        past = repr(sorted(assumed.items()))
        if past not in trunks:
            trunks[past] = _begin(job, load_design(frame.design, REGISTRY), assumed)
            for _ in range(2 * (frame.since - frame.start)):
                trunks[past].step()
        model = trunks[past].branch(design)
    while (now := model.now) is None or now.next().year <= course.last:
        model.step()
        if frame.season in (None, model.state.now.season):
            course.look(model)
    check_sound(model.state)
    vars(model).clear()


def _set(frame: Frame, side: Side) -> tuple[Design, Mapping[str, Value]]:
    """A side's design, and what it sets of uncertain and fixed parameters."""
    design = load_design(side if isinstance(side, str) else frame.design, REGISTRY)
    own: Setting = {} if isinstance(side, str) else side
    assumed: dict[str, Value] = {}
    for name, value in {**frame.given, **own}.items():
        if isinstance(value, Dated):
            for year, later in value.steps:
                design = design.with_levers({name: later}, year)
        elif REGISTRY.find(name).by_year:
            design = design.with_levers({name: value}, frame.since)
        else:
            assumed[name] = value
    return design, assumed


def _begin(job: Job, design: Design, assumed: Mapping[str, Value]) -> Playable:
    return job.model(
        design, rng=job.seed, world=job.world, start=job.frame.start, scale=min(1.0, job.frame.scale * job.scale),
        assumptions={**job.values, **assumed}, registers=None,
    )  # fmt: skip
