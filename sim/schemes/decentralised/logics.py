"""Institutional logics: every actor holds a mix of market, hierarchy and network, which moves with what it lives under.

No layer is ever lost (sedimentation). How well the way money comes fits an owner's mix decides how right the owner finds it,
and how much it puts in.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Logics
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedUH, Forums
from sim.state import State
from sim.state.places import Municipalities


def regime(levers: Decentralised) -> Floats:
    """How money comes this year: parts by market, hierarchy and network, shape (3,), adding up to one."""
    market = min(levers.market_share, 1.0)
    hierarchy = min(levers.hierarchy_share, 1 - market)
    return np.array([market, hierarchy, 1 - market - hierarchy])


def settle_in(state: State, p: Parameters, draw: Draws) -> None:
    """Mixes move to the regime; owners see more or less legitimacy, and put in what that and their load allow."""
    levers, a = p[Decentralised], p[Logics]
    now = regime(levers)
    owners = state[DecentralisedOwners]
    for table in (owners, state[Forums], state[DecentralisedUH]):
        table.logic[:] = moved(table.logic, now, a.pace / 2, a.floor)
    owners.legitimacy[:] = np.clip(a.legitimacy_base + a.legitimacy_fit * fit(owners.logic, now), 0, 1)
    owners.effort[:] = owners.legitimacy * done_share(state[Municipalities].load)
    owners.hours[:] = 0
    owners.uh_hours[:] = 0


def moved(mix: Floats, regime: Floats, pace: float, floor: float) -> Floats:
    """Mixes after a step towards the regime, shape (actors, 3), each adding up to one with no part below the floor."""
    room = 1 - len(regime) * floor
    target = floor + room * regime
    return mix + pace * (target - mix)


def fit(mix: Floats, regime: Floats) -> Floats:
    """How well mixes fit a regime, in [0, 1], shape (actors,): one less half the distance between them."""
    return np.asarray(1 - np.abs(mix - regime).sum(axis=1) / 2)


PROCESS = Process(
    "decentralised.logics",
    settle_in,
    "How money comes has shaped what owners find right; with their load that decides what they put in.",
    "AFI-rapport 2026:02, 1.4.1, 5.4",
)
