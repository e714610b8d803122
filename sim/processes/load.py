"""What is asked of an owner against its capacity, and how staff rooms tire of it."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Number
from sim.parameters.load import Curriculum, Load
from sim.parameters.state_control import StateControl
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.rules import formula, rule
from sim.state.places import Municipalities
from sim.state.schools import Schools


@rule
def ask(owners: Municipalities, schools: Schools, a: Load, c: Curriculum, control: StateControl) -> None:
    """A new half-year: ordinary work, the other schemes, supervision and a new curriculum; schemes add what they ask by
    `add_load`.
    """
    per_school = a.ordinary_fte_per_school + c.asked_fte_per_school
    for o in range(len(owners)):
        owners.load[o] = a.ordinary_fte + a.other_schemes_fte + control.supervision_fte * owners.supervised[o]
        owners.continuity[o] = 0
        owners.analysis_hours[o] = 0
    for s in range(len(schools)):
        owners.load[schools.municipality[s]] += per_school
        schools.learning[s] = 0
        schools.occupied[s] = 0
        schools.upkeep[s] = 0
        schools.involvement[s] = 0
        schools.in_project[s] = False
    for o in range(len(owners)):
        owners.load[o] /= owners.capacity_fte[o]


def add_load(owners: Municipalities, fte: Floats | float) -> None:
    """Add work asked, in man-years a year, of each owner alike or shape (owners,), to owners' load."""
    owners.load += fte / owners.capacity_fte


@formula
def done_share(load: Number) -> Number:
    """Share of the work asked that gets done: all of it up to the capacity, then less and less [D12]."""
    return 1 / np.maximum(load, 1.0)


@rule
def tire(schools: Schools, owners: Municipalities, a: Load) -> None:
    """Staff rooms tire where their owner passes on more than it can carry."""
    for s in range(len(schools)):
        target = fatigue_called_for(owners.load[schools.municipality[s]], a)
        schools.fatigue[s] += a.fatigue_follows / 2 * (target - schools.fatigue[s])


@formula
def fatigue_called_for(load: float, a: Load) -> float:
    """The tiredness, in [0, 1], that a lasting load would end in."""
    return share_of(a.fatigue_base + a.fatigue_per_overload * max(load - 1, 0.0))


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
)
