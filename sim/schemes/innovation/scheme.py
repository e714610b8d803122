"""The innovation scheme as a table of processes."""

from __future__ import annotations

import numpy as np

from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.innovation import projects
from sim.schemes.innovation.outcomes import OUTCOMES
from sim.schemes.innovation.parameters import Innovation
from sim.schemes.innovation.state import SLOTS, InnovationSchools, Projects
from sim.schemes.scheme import Scheme
from sim.state import State
from sim.state.schools import Schools
from sim.year_parts import Part


def set_up(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme's tables in a new world: no project yet."""
    state[Projects] = Projects.blank(SLOTS)
    state[Projects].id[:] = np.arange(SLOTS)
    state[InnovationSchools] = InnovationSchools.blank(len(state[Schools]))


SCHEME = Scheme(
    key="innovation",
    title="The innovation scheme",
    groups=(Innovation,),
    set_up=set_up,
    processes={
        Part.ASKING: (projects.ASK,),
        Part.PLANNING: (projects.CALL, projects.CARRY_OUT),
    },
    outcomes=OUTCOMES,
)
