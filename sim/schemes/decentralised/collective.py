"""What counts as collective: the whole staff room, or also groups across schools, trades and subjects [D9].

In a small school a subject has one teacher or two. If groups across schools count, those whom the school's own measure leaves out
can join one that fits their subject. UH's hours are then spread over more teachers, and what is learned elsewhere is not shared
in the staff room.
"""

from __future__ import annotations

from sim.processes.process import Process
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import Collective
from sim.schemes.decentralised.state import DecentralisedSchools
from sim.state.schools import Schools


@formula
def joining(coverage: float, n_teachers: int, flexible: float, a: Collective) -> float:
    """Part of the staff that joins groups across schools, in [0, 1]: of those the own measure leaves out, the more the smaller
    the school.
    """
    small = a.small_teachers / (a.small_teachers + n_teachers)
    return flexible * a.joins * small * (1 - coverage)


@formula
def blended(own: float, elsewhere: float, across: float) -> float:
    """Fit for all who take part: of the school's own measure and of the groups elsewhere."""
    return (1 - across) * own + across * elsewhere


@rule
def scatter(ds: DecentralisedSchools, schools: Schools, a: Collective) -> None:
    """Where teachers learn elsewhere, the staff room has less in common."""
    for s in range(len(ds)):
        away = ds.across[s] * ds.coverage[s] * ds.in_measure[s]
        schools.community[s] *= 1 - a.scatters / 2 * away


PROCESS = Process(
    "decentralised.collective",
    scatter,
    "Teachers have worked, at home or elsewhere; the staff room shares what was learned at home.",
    "AFI-rapport 2026:02, 2.3.2.3 [D9]",
)
