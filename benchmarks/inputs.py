"""What the rest of the model hands to teachers and schools, half-year by half-year.

The twin has no owners, schemes or draws. What these would do to a school it is told from outside: recorded from a run of the
columnar model, so that both do the same work on the same layer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.arrays import Floats
from sim.half_year import HalfYear
from sim.model import SchemeModel
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers

LAYER = (
    "turnover.teachers", "turnover.principals", "load.tire", "practice.work", "community.grow",
    "schooling.teach",
)  # fmt: skip
"""The processes of teachers and schools: those that the twin has too."""


@dataclass
class Inputs:
    """One half-year's inputs to each school, lists in the order of the schools.

    Attributes
    ----------
    half_year : HalfYear
    p : Parameters
        As they stand in the year.
    centrality : list of int
        Class of the owner, as when teachers change.
    unqualified : list of float, share
        Teaching in the municipality that is done by staff without teacher education, as when teachers change.
    posts_change : list of int
        Posts that come or go in the summer.
    load : list of float, ratio
        Work asked of the owner over its capacity.
    learning, involvement, upkeep : list of float
        What the schemes offer (see `sim.state.schools.Schools`).
    lift : list of float
        What the schemes have added to the professional community since the school last changed it itself.
    led : list of float
        What the schemes have added to principals' leadership in the half-year (guide corps).
    tired : list of float, share
        What being asked by schemes has added to fatigue since it was last worked off.
    single : mapping from school to (post to SD of practice)
        What schemes have given to single teachers (further education, guidance), schools without any left out.
    weak : list of bool
        Below the nation's mean by intake, as when results are reckoned.
    """

    half_year: HalfYear
    p: Parameters
    centrality: list[int]
    unqualified: list[float]
    posts_change: list[int]
    load: list[float]
    learning: list[float]
    involvement: list[float]
    upkeep: list[float]
    lift: list[float]
    led: list[float]
    tired: list[float]
    weak: list[bool]
    single: dict[int, dict[int, float]] = field(default_factory=dict)

    @classmethod
    def held(cls, state: State, p: Parameters, half_year: HalfYear) -> Inputs:
        """The inputs of a state as it stands, for half-years that nobody recorded."""
        schools, owners = state[Schools], state[Municipalities]
        return cls(
            half_year,
            p,
            owners.centrality[schools.municipality].tolist(),
            owners.unqualified[schools.municipality].tolist(),
            [0] * len(schools),
            owners.load[schools.municipality].tolist(),
            schools.learning.tolist(),
            schools.involvement.tolist(),
            schools.upkeep.tolist(),
            [0.0] * len(schools),
            [0.0] * len(schools),
            [0.0] * len(schools),
            (schools.intake < 0).tolist(),
        )


class RecordedModel(SchemeModel):
    """The columnar model, noting the inputs of every half-year it plays in `inputs`."""

    inputs: list[Inputs]
    _community: Floats
    _leadership: Floats
    _practice: Floats
    _fatigue: Floats

    def step(self) -> None:
        """Play one half-year and note what reached the schools."""
        self.inputs = getattr(self, "inputs", [])
        self._community = self.state[Schools].community.copy()
        self._leadership = self.state[Schools].leadership.copy()
        self._practice = self.state[Teachers].practice.copy()
        self.inputs.append(Inputs.held(self.state, self.parameters(self.coming.year), self.coming))
        super().step()

    def play(self, process: Process, p: Parameters, draw: Draws) -> None:
        """Note what a process of the layer is about to read, then play it."""
        schools, owners = self.state[Schools], self.state[Municipalities]
        noted = self.inputs[-1]
        if process.name == "turnover.teachers":
            noted.centrality = owners.centrality[schools.municipality].tolist()
            noted.unqualified = owners.unqualified[schools.municipality].tolist()
            noted.posts_change = schools.posts_change.tolist()
        elif process.name == "load.tire":
            noted.load = owners.load[schools.municipality].tolist()
        elif process.name == "practice.work":
            noted.learning = schools.learning.tolist()
            noted.involvement = schools.involvement.tolist()
            noted.upkeep = schools.upkeep.tolist()
            noted.lift = (schools.community - self._community).tolist()
            noted.tired = (schools.fatigue - self._fatigue).tolist()
            noted.led = (schools.leadership - self._leadership).tolist()
            noted.single = by_school(self.state, self.state[Teachers].practice - self._practice)
        elif process.name == "schooling.teach":
            noted.weak = (schools.intake < 0).tolist()
        super().play(process, p, draw)
        if process.name == "turnover.principals":
            self._community = np.array(schools.community)
            self._leadership = np.array(schools.leadership)
        if process.name == "load.tire":
            self._fatigue = np.array(schools.fatigue)
        if process.name == "turnover.teachers":
            self._practice = np.array(self.state[Teachers].practice)


def by_school(state: State, gain: Floats) -> dict[int, dict[int, float]]:
    """Gains of single teachers, shape (teachers,), by school and post; those without any are left out."""
    found: dict[int, dict[int, float]] = {}
    rows = np.flatnonzero(gain)
    for post, school, each in zip(
        rows.tolist(), state[Teachers].school[rows].tolist(), gain[rows].tolist(), strict=True
    ):
        found.setdefault(school, {})[post] = each
    return found
