"""What is left when the scheme is over: upkeep by the owner, its network, or a sanction that goes on [D11, F8, F11]."""

from __future__ import annotations

from sim.processes.process import Process
from sim.processes.shares import joined, share_of
from sim.rules import formula, rule
from sim.schemes.follow_up.assumptions import Implementation
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.phases import held_to_it
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.state.places import Municipalities, Networks
from sim.state.schools import Schools


@formula
def kept_up(already: float, share: float) -> float:
    """Upkeep with a share added to what other schemes already hold off of the fading."""
    return float(joined(already, share_of(share)))


@formula
def again(phase: int, stage: float) -> bool:
    """Whether a school has an earlier round's work to keep up while its owner is on the way to the next measures."""
    return stage > 0 and phase in (Phase.DIALOGUE, Phase.PREPHASE)


@rule
def afterwards(
    schools: Schools,
    fs: FollowUpSchools,
    f: FollowUpOwners,
    owners: Municipalities,
    networks: Networks,
    levers: FollowUp,
    imp: Implementation,
) -> None:
    """The scheme is over; what is kept up rests on the owner's competence and on how well its network carries it [D11, F8].

    What has become the school's way of working is kept up, what was only trained is not. An owner that is drawn again keeps up
    the earlier round's work until the new measures begin. One that is under a sanction still, or under supervision because it
    declined, is made to put effort in, but without money or provider [F11].
    How far the schools came is left for whoever goes on with them. Coordinators who carry follow-up's work on have less time for
    their other members.
    """
    for n in range(len(networks)):
        networks.lent_fte[n] = 0.0
    lent = imp.network_fte * levers.uses_networks
    for o in range(len(owners)):
        if lent > 0 and f.phase[o] == Phase.AFTERWARDS:
            networks.lent_fte[owners.network[o]] += lent
    for s in range(len(schools)):
        o = schools.municipality[s]
        schools.momentum[s] = 0.0
        if f.phase[o] == Phase.AFTERWARDS or again(f.phase[o], fs.stage[s]):
            network = imp.upkeep_network * levers.uses_networks * owners.network_support[o]
            kept = imp.upkeep_after * owners.competence[o] + network + imp.upkeep_sideways * f.sideways[o]
            schools.upkeep[s] = kept_up(schools.upkeep[s], kept * (1 - imp.direct_share))
            schools.momentum[s] = fs.stage[s]
        if held_to_it(f.effort[o], f.phase[o]):
            schools.upkeep[s] = kept_up(schools.upkeep[s], imp.upkeep_during * f.effort[o])


PROCESS = Process(
    "follow_up.afterwards",
    afterwards,
    "Those who are through keep up what they can.",
    "AFI-rapport 2026:02, 3.7 [D11, F8]",
)
