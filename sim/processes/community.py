"""The school's professional community: how far a staff room learns together."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, clipped
from sim.parameters.classroom import Classroom
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.schools import Schools


def grow(state: State, p: Parameters, draw: Draws) -> None:
    """The community moves to what leadership, turnover and development work call for."""
    schools, c = state[Schools], p[Classroom]
    target = community_called_for(schools.leadership, schools.teacher_turnover, schools.involvement, c)
    schools.community += c.community_follows / 2 * (target - schools.community)


def grow_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`grow`, compiled."""
    from sim.kernels import schools as kernels

    schools, c = state[Schools], p[Classroom]
    weights = c.community_leadership, c.community_turnover, c.community_work
    kernels.grow(
        schools.leadership,
        schools.teacher_turnover,
        schools.involvement,
        np.array([c.community_base, *weights, c.community_follows / 2]),
        schools.community,
    )


def community_called_for(leadership: Floats, turnover: Floats, involvement: Floats, c: Classroom) -> Floats:
    """The community, in [0, 1], that lasting conditions would end in; shape (schools,)."""
    return clipped(
        c.community_base
        + c.community_leadership * leadership
        - c.community_turnover * turnover
        + c.community_work * involvement,
        0,
        1,
    )


PROCESS = Process(
    "community.grow",
    grow,
    "The staff room has worked together for half a year, and grows or frays.",
    "AFI-rapport 2026:02, 2.3.2.3 [D9]",
    compiled=grow_compiled,
)
