"""Money handed over: owners with capacity get their share straight, leave the forum and work by themselves [1.2].

Nobody has seen it. What is lost with the forum (its plan, those who know more, contact with UH) is lost as far as such owners do
not keep up the network's ways; what is asked of them is more.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import HandingOver
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.state import State
from sim.state.places import Municipalities


def hand_over(state: State, p: Parameters, draw: Draws) -> None:
    """Nobody has it while the rule does not stand."""
    if p[HandingOver].active and p[Decentralised].active:
        settle_who(state, p, draw)
    else:
        state[DecentralisedOwners].handed_over[:] = False


@rule
def settle_who(owners: Municipalities, dec: DecentralisedOwners, a: HandingOver) -> None:
    """The money is handed over to those with enough staff and competence; they keep it while the rule stands."""
    for o in range(len(owners)):
        able = owners.capacity_fte[o] >= a.least_fte and owners.competence[o] >= a.least_competence
        dec.handed_over[o] = able or dec.handed_over[o]
        owners.load[o] += a.asked_fte * dec.handed_over[o] / owners.capacity_fte[o]


@formula
def met_in_network(owners: Municipalities, dec: DecentralisedOwners, n_networks: int) -> Floats:
    """Mean competence that each owner meets in its network, shape (owners,): of those whom the money is not handed over to; their
    own for those who have left, and for who is left alone.
    """
    count, total, met = np.zeros(n_networks), np.zeros(n_networks), np.empty(len(owners))
    for o in range(len(owners)):
        stays = not dec.handed_over[o]
        count[owners.network[o]] += stays
        total[owners.network[o]] += stays * owners.competence[o]
    for o in range(len(owners)):
        n = owners.network[o]
        met[o] = owners.competence[o] if dec.handed_over[o] else total[n] / max(count[n], 1.0)
    return met


PROCESS = Process(
    "decentralised.handing_over",
    hand_over,
    "Who gets the money straight is settled with what else is asked of owners.",
    "AFI-rapport 2026:02, 1.2",
)
