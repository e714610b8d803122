"""The school's professional community: how far a staff room learns together."""

from __future__ import annotations

from sim.parameters.classroom import Classroom
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.rules import formula, rule
from sim.state.schools import Schools


@rule
def grow(schools: Schools, c: Classroom) -> None:
    """The community moves to what leadership, turnover and development work call for."""
    for s in range(len(schools)):
        target = community_called_for(
            schools.leadership[s], schools.teacher_turnover[s], schools.involvement[s], c
        )
        schools.community[s] += c.community_follows / 2 * (target - schools.community[s])


@formula
def community_called_for(leadership: float, turnover: float, involvement: float, c: Classroom) -> float:
    """The community, in [0, 1], that lasting conditions would end in."""
    by_people = c.community_leadership * leadership - c.community_turnover * turnover
    return share_of(c.community_base + by_people + c.community_work * involvement)


PROCESS = Process(
    "community.grow",
    grow,
    "The staff room has worked together for half a year, and grows or frays.",
    "AFI-rapport 2026:02, 2.3.2.3 [D9]",
)
