"""What owners take from the scheme themselves: they learn by taking part and from others in their network [D7]."""

from __future__ import annotations

from math import sqrt

from sim.processes.process import Process
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import Coordinators, HandingOver, Measure, Partners
from sim.schemes.decentralised.handing_over import met_in_network
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import contact, regime_of
from sim.schemes.decentralised.needs import coordination
from sim.schemes.decentralised.state import PHASES, DecentralisedOwners, Ties
from sim.state.places import Municipalities, Networks


@rule
def learn(
    owners: Municipalities,
    networks: Networks,
    dec: DecentralisedOwners,
    ties: Ties,
    levers: Decentralised,
    partners: Partners,
    h: HandingOver,
    a: Measure,
    coordinators: Coordinators,
) -> None:
    """Owners learn from those in their network who know more, and by working with UH."""
    network = met_in_network(owners, dec, len(networks))
    in_forum = contact(regime_of(levers, False, h), levers.active, partners.other_contact)
    alone = contact(regime_of(levers, True, h), levers.active, partners.other_contact)
    for o in range(len(owners)):
        competence = owners.competence[o]
        near = alone if dec.handed_over[o] else in_forum
        lent = networks.lent_fte[owners.network[o]]
        met = near * dec.effort[o] * coordination(levers.coordinator_fte, lent, coordinators)
        competence += from_peers(competence, network[o], met, a)
        together = 0.0
        for phase in range(PHASES):
            together += ties.together[o, phase] / PHASES
        part = dec.effort[o] * together * (dec.grant_nok[o] > 0)
        owners.competence[o] = competence + a.owner_learns / 2 * part * (1 - competence)
        dec.strengthened[o] += a.strengthened_pace / 2 * (sqrt(part) - dec.strengthened[o])


@formula
def from_peers(competence: float, network: float, met: float, a: Measure) -> float:
    """What an owner below its network's mean learns from it in half a year."""
    return a.peer_learning / 2 * met * max(network - competence, 0.0)


LEARN = Process(
    "decentralised.owners.learn",
    learn,
    "Owners learn by taking part and from each other.",
    "AFI-rapport 2026:02, 2.3.1.1, 2.3.2.2",
)
