"""Specialised roles in schools: teachers with time and pay to keep up what has been learned."""

from __future__ import annotations

from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.process import Process
from sim.processes.shares import joined
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.system_2026.parameters import Roles
from sim.schemes.system_2026.state import SystemSchools
from sim.state import State
from sim.state.schools import Schools


def fill(state: State, p: Parameters, draw: Draws) -> None:
    """Roles are filled where there is money for any."""
    if p[Roles].grant_nok > 0:
        keep_up(state, p, draw)


@rule
def keep_up(system: SystemSchools, schools: Schools, a: Roles, scope: Scope) -> None:
    """As many schools as the money pays for have one, the same from year to year."""
    share = role_share(len(schools), a.grant_nok * scope.scale, a)
    for s in range(len(schools)):
        has_one = system.role_rank[s] < share
        schools.upkeep[s] = joined(schools.upkeep[s], a.holds * has_one)


@formula
def role_share(n_schools: int, nok: float, a: Roles) -> float:
    """Part of the schools that have a specialised role, in [0, 1]."""
    return min(nok / a.role_nok / max(n_schools, 1), 1.0)


PROCESS = Process(
    "system_2026.roles",
    fill,
    "Those with a role in their school keep up what measures have brought.",
    "AFI-rapport 2026:02, 5.2.2",
)
