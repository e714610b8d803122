"""The governor's two roles: what supervision finds makes support better aimed, and the inspector is a less close helper.

Linking them is work: it takes man-years that the office then lacks for forums and for those it follows.
"""

from __future__ import annotations

from sim.processes.process import Process
from sim.rules import formula, rule
from sim.schemes.system_2026.parameters import GovernorRoles
from sim.schemes.system_2026.state import OfficeTraits
from sim.state.places import Offices


@rule
def link(offices: Offices, own: OfficeTraits, a: GovernorRoles) -> None:
    """Offices' insight and closeness under the year's rules, from what they are by themselves, and what that takes [F2, F5]."""
    for f in range(len(offices)):
        offices.insight[f] = insight(own.insight[f], a)
        offices.owner_insight[f] = insight(own.owner_insight[f], a)
        offices.closeness[f] = closeness(own.closeness[f], a)
        offices.synergy[f] = a.linked
        offices.tied_fte[f] = a.linked * a.link_fte


@formula
def insight(own: float, a: GovernorRoles) -> float:
    """How well an office knows owners' needs, of results or of what they lack, in [0, 1]."""
    return own + a.insight_gain * a.linked * (1 - own)


@formula
def closeness(own: float, a: GovernorRoles) -> float:
    """How close it is in the triangle, in [0, 1]."""
    return own * (1 - a.role_conflict * a.linked)


PROCESS = Process(
    "system_2026.governor",
    link,
    "Before anybody is drawn it is settled what the governor knows and how close it stands.",
    "AFI-rapport 2026:02, 5.2.2; AFI-rapport 2021:09, 3.6 [F2, F5]",
)
