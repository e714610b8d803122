"""What is left when the scheme is over: upkeep by the owner, its network, or a sanction that goes on [D11, F8, F11]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints, clipped
from sim.parameters.registry import Parameters
from sim.processes.grouping import joined
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.assumptions import Implementation
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.phases import held_on
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def keep_up(schools: Schools, rows: Ints, share: Floats) -> None:
    """Add upkeep, shape (len(rows),), to what other schemes already hold off of the fading in the schools in `rows`."""
    schools.upkeep[rows] = joined(schools.upkeep[rows], clipped(share, 0, 1))


def afterwards(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme is over; what is kept up rests on the owner's competence and on how well its network carries it [D11, F8].

    An owner still under a sanction goes on putting effort in, as it did in the measures, but without money or provider [F11].
    How far the schools came is left for whoever goes on with them.
    """
    f, schools, owners, imp = state[FollowUpOwners], state[Schools], state[Municipalities], p[Implementation]
    after, held = f.phase == Phase.AFTERWARDS, held_on(f)
    network = imp.upkeep_network * p[FollowUp].uses_networks * owners.network_support
    kept = imp.upkeep_after * owners.competence + network
    schools.momentum[:] = 0
    for who, share in ((after, kept), (held, imp.upkeep_during * f.effort)):
        if who.any():
            rows = np.flatnonzero(who[schools.municipality])
            keep_up(schools, rows, share[schools.municipality[rows]])
    if after.any():
        rows = np.flatnonzero(after[schools.municipality])
        schools.momentum[rows] = state[FollowUpSchools].stage[rows]


def afterwards_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`afterwards`, compiled."""
    from sim.kernels import follow_up as kernels

    f, schools, owners, imp = state[FollowUpOwners], state[Schools], state[Municipalities], p[Implementation]
    by_network = imp.upkeep_network * p[FollowUp].uses_networks
    kernels.keep_up_afterwards(
        schools.municipality,
        f.phase,
        f.sanctioned,
        f.effort,
        owners.competence,
        owners.network_support,
        state[FollowUpSchools].stage,
        np.array([imp.upkeep_after, by_network, imp.upkeep_during]),
        schools.momentum,
        schools.upkeep,
    )


PROCESS = Process(
    "follow_up.afterwards",
    afterwards,
    "Those who are through keep up what they can.",
    "AFI-rapport 2026:02, 3.7 [D11, F8]",
    compiled=afterwards_compiled,
)
