"""What counts as collective: the whole staff room, or also groups across schools, trades and subjects [D9].

In a small school a subject has one teacher or two. If groups across schools count, those whom the school's own measure leaves out
can join one that fits their subject. UH's hours are then spread over more teachers, and what is learned elsewhere is not shared
in the staff room.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Collective
from sim.schemes.decentralised.state import DecentralisedSchools
from sim.state import State
from sim.state.schools import Schools


def joining(coverage: Floats, n_teachers: Ints, flexible: float, a: Collective) -> Floats:
    """Part of the staff that joins groups across schools, in [0, 1], shape (schools,): of those the own measure leaves out,
    the more the smaller the school.
    """
    small = a.small_teachers / (a.small_teachers + n_teachers)
    return np.asarray(flexible * a.joins * small * (1 - coverage))


def blended(own: Floats, elsewhere: Floats, across: Floats) -> Floats:
    """Fit for all who take part, shape (schools,): of the school's own measure and of the groups elsewhere."""
    return np.asarray((1 - across) * own + across * elsewhere)


def scatter(state: State, p: Parameters, draw: Draws) -> None:
    """Where teachers learn elsewhere, the staff room has less in common."""
    ds = state[DecentralisedSchools]
    if ds.across.any():
        away = ds.across * ds.coverage * ds.in_measure
        state[Schools].community[:] *= 1 - p[Collective].scatters / 2 * away


PROCESS = Process(
    "decentralised.collective",
    scatter,
    "Teachers have worked, at home or elsewhere; the staff room shares what was learned at home.",
    "AFI-rapport 2026:02, 2.3.2.3 [D9]",
)
