"""What owners take from the scheme themselves: they learn by taking part and from others in their network [D7]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.processes.grouping import mean_by
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Measure, Partners
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import contact
from sim.schemes.decentralised.state import DecentralisedOwners, Ties
from sim.state import State
from sim.state.places import Municipalities, Networks


def learn(state: State, p: Parameters, draw: Draws) -> None:
    """Owners learn from those in their network who know more, and by working with UH."""
    owners, dec, a = state[Municipalities], state[DecentralisedOwners], p[Measure]
    near = contact(p[Decentralised], p[Partners].other_contact)
    network = mean_by(owners.network, owners.competence, len(state[Networks]))[owners.network]
    owners.competence += from_peers(owners.competence, network, near * dec.effort, a)
    part = dec.effort * state[Ties].together.mean(axis=1) * (dec.grant_nok > 0)
    owners.competence += a.owner_learns / 2 * part * (1 - owners.competence)
    dec.strengthened += a.strengthened_pace / 2 * (np.sqrt(part) - dec.strengthened)


def learn_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`learn`, compiled."""
    from sim.kernels import owners as kernels

    owners, dec, a = state[Municipalities], state[DecentralisedOwners], p[Measure]
    near = contact(p[Decentralised], p[Partners].other_contact)
    kernels.learn_from_each_other(
        owners.network,
        len(state[Networks]),
        dec.effort,
        state[Ties].together,
        dec.grant_nok,
        np.array([near, a.peer_learning / 2, a.owner_learns / 2, a.strengthened_pace / 2]),
        owners.competence,
        dec.strengthened,
    )


def from_peers(competence: Floats, network: Floats, met: Floats, a: Measure) -> Floats:
    """What owners below their network's mean learn from it in half a year, shape (owners,)."""
    return np.asarray(a.peer_learning / 2 * met * np.maximum(network - competence, 0))


LEARN = Process(
    "decentralised.owners.learn",
    learn,
    "Owners learn by taking part and from each other.",
    "AFI-rapport 2026:02, 2.3.1.1, 2.3.2.2",
    compiled=learn_compiled,
)
