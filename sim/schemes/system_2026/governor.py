"""The governor's two roles: what supervision finds makes support better aimed, and the inspector is a less close helper."""

from __future__ import annotations

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.system_2026.parameters import GovernorRoles
from sim.schemes.system_2026.state import OfficeTraits
from sim.state import State
from sim.state.places import Offices


def link(state: State, p: Parameters, draw: Draws) -> None:
    """Offices' insight and closeness under the year's rules, from what they are like by themselves [F2, F5]."""
    a, offices, own = p[GovernorRoles], state[Offices], state[OfficeTraits]
    offices.insight[:] = insight(own.insight, a)
    offices.closeness[:] = closeness(own.closeness, a)


def insight(own: Floats, a: GovernorRoles) -> Floats:
    """How well an office knows owners' needs, in [0, 1], shape (offices,)."""
    return own + a.insight_gain * a.linked * (1 - own)


def closeness(own: Floats, a: GovernorRoles) -> Floats:
    """How close it is in the triangle, in [0, 1], shape (offices,)."""
    return own * (1 - a.role_conflict * a.linked)


PROCESS = Process(
    "system_2026.governor",
    link,
    "Before anybody is drawn it is settled what the governor knows and how close it stands.",
    "AFI-rapport 2026:02, 5.2.2; AFI-rapport 2021:09, 3.6 [F2, F5]",
)
