"""What is asked of an owner against its capacity, and how staff rooms tire of it."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, clipped
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """A new half-year: ordinary work and the other schemes; schemes add what they ask by `add_load`."""
    owners, schools, a = state[Municipalities], state[Schools], p[Load]
    n_schools = np.bincount(schools.municipality, minlength=len(owners))
    ordinary = a.ordinary_fte + a.ordinary_fte_per_school * n_schools
    owners.load[:] = (ordinary + a.other_schemes_fte) / owners.capacity_fte
    owners.continuity[:] = 0
    schools.learning[:] = 0
    schools.upkeep[:] = 0
    schools.involvement[:] = 0


def add_load(owners: Municipalities, fte: Floats) -> None:
    """Add work asked, in man-years a year, shape (owners,), to owners' load."""
    owners.load += fte / owners.capacity_fte


def done_share(load: Floats) -> Floats:
    """Share of the work asked that gets done, same shape: all of it up to the capacity, then less and less [D12]."""
    return 1 / np.maximum(load, 1)


def tire(state: State, p: Parameters, draw: Draws) -> None:
    """Staff rooms tire where their owner passes on more than it can carry."""
    schools, a = state[Schools], p[Load]
    target = fatigue_called_for(state[Municipalities].load[schools.municipality], a)
    schools.fatigue += a.fatigue_follows / 2 * (target - schools.fatigue)


def tire_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`tire`, compiled."""
    from sim.kernels import schools as kernels

    schools, a = state[Schools], p[Load]
    about = np.array([a.fatigue_base, a.fatigue_per_overload, a.fatigue_follows / 2])
    kernels.tire(schools.municipality, state[Municipalities].load, about, schools.fatigue)


def fatigue_called_for(load: Floats, a: Load) -> Floats:
    """The tiredness, in [0, 1], that a lasting load would end in; same shape."""
    return clipped(a.fatigue_base + a.fatigue_per_overload * np.maximum(load - 1, 0), 0, 1)


ASK = Process(
    "load.ask",
    ask,
    "Everything asked of owners is added up anew each half-year, ordinary work first.",
    "AFI-rapport 2026:02, 3.6-3.7 [D12]",
)
TIRE = Process(
    "load.tire",
    tire,
    "When all schemes have asked, staff rooms tire or recover.",
    "AFI-rapport 2026:02, 3.7 [D12]",
    compiled=tire_compiled,
)
