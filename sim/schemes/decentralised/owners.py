"""What owners take from the scheme themselves: they learn by taking part and from others in their network [D7]."""

from __future__ import annotations

from math import sqrt

from sim.parameters.turnover import Turnover
from sim.processes.process import Process
from sim.processes.turnover import kept_by_office
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import Coordinators, HandingOver, Hands, Logics, Measure, Partners
from sim.schemes.decentralised.handing_over import met_in_network
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import contact, mix_of, regime_of
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
    for o in range(len(owners)):
        competence = owners.competence[o]
        near = contact(regime_of(levers, dec.handed_over[o], h), levers.active, partners.other_contact)
        lent = networks.lent_fte[owners.network[o]]
        met = near * dec.effort[o] * coordination(levers.coordinator_fte, lent, coordinators)
        competence += from_peers(competence, network[o], met, a)
        part = taken_part(ties, o, dec.effort[o]) * (dec.grant_nok[o] > 0)
        owners.competence[o] = competence + a.owner_learns / 2 * part * (1 - competence)
        dec.strengthened[o] += a.strengthened_pace / 2 * (sqrt(part) - dec.strengthened[o])


@rule
def settle(
    owners: Municipalities,
    networks: Networks,
    dec: DecentralisedOwners,
    ties: Ties,
    partners: Partners,
    logics: Logics,
    turnover: Turnover,
    a: Measure,
    hands: Hands,
) -> None:
    """Owners of a new world have learned under the earlier ways of funding as they do now, and lost part of it with heads (I32).

    The loss is taken at its mean, and the same goes on in each half-year as when partnerships have settled.
    """
    near = contact(mix_of(logics.start_market, logics.start_hierarchy), True, partners.other_contact)
    came = owners.competence.copy()
    for _ in range(int(2 * hands.earlier_years)):
        network = met_in_network(owners, dec, len(networks))
        for o in range(len(owners)):
            competence, part = owners.competence[o], taken_part(ties, o, dec.effort[o])
            kept = kept_by_office(owners.capacity_fte[o], owners.continuity[o], turnover.head_memory_fte)
            competence += from_peers(competence, network[o], near * dec.effort[o], a)
            competence += a.owner_learns / 2 * part * (1 - competence)
            owners.competence[o] = competence - turnover.head_exit / 2 * (1 - kept) * (competence - came[o])
            dec.strengthened[o] = sqrt(part)


@formula
def taken_part(ties: Ties, owner: int, effort: float) -> float:
    """How far an owner takes part in its partnership, in [0, 1]: with its effort, in what is done together."""
    together = 0.0
    for phase in range(PHASES):
        together += ties.together[owner, phase] / PHASES
    return effort * together


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
