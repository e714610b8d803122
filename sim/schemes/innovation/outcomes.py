"""What people ask of the innovation scheme: how many schools it reaches, and whether what it spreads is worth spreading."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.outcomes import smallest
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.registry import Parameters
from sim.schemes.innovation.state import InnovationSchools, Projects
from sim.state import State


def schools_reached(state: State, p: Parameters) -> Floats:
    """Schools that try out a project's measure or have taken up a method."""
    mine = state[InnovationSchools]
    return np.array([float(np.count_nonzero((mine.project >= 0) | (mine.adopted >= 0)))])


def sound(state: State, p: Parameters) -> Floats:
    """Of the methods held to work, the share that truly does something; NaN where none is."""
    projects = state[Projects]
    believed = projects.believed
    return np.array([(projects.effect[believed] > 0).mean() if believed.any() else np.nan])


OUTCOMES = (
    Outcome(
        "innovation_schools",
        "schools",
        1,
        Gather.NATION,
        schools_reached,
        "schools in projects or with their methods",
        0,
        smallest=smallest.SCHOOL,
    ),
    Outcome(
        "innovation_sound",
        "share",
        1,
        Gather.NATION,
        sound,
        "methods held to work that truly do something",
        smallest=smallest.PERCENTAGE_POINT,
    ),
)
