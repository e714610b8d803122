"""The spring of the draw: the governor explains, and owner and schools take it as blame, as help, or as an order.

Felt voluntariness, stigma and legitimacy decide whether an owner declines and, later, what it puts in [F3, F9, F11].
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Bools
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up.assumptions import Acceptance, Peers, Targeting
from sim.schemes.follow_up.levers import FollowUp, Obligation, Sanction
from sim.schemes.follow_up.peers import freed
from sim.schemes.follow_up.phases import just_drawn
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.schemes.follow_up.targeting import added_stigma
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def meet(state: State, p: Parameters, draw: Draws) -> None:
    """Those just drawn are told, decide whether to take part, and their schools take it well or badly."""
    told = np.zeros(len(state[Municipalities]), dtype=np.bool_)
    if tell_owners(state, p, draw, told=told, year=state.now.year) > 0:
        tell_schools(state, p, draw, told=told)


@rule
def tell_owners(
    f: FollowUpOwners,
    owners: Municipalities,
    levers: FollowUp,
    a: Acceptance,
    peers: Peers,
    view: Annotated[Luck, "owner's view of the scheme"],
    declines: Annotated[Luck, "owner declines"],
    told: Bools,
    year: int,
) -> int:
    """Owners just drawn are told and decide; marks who was `told`, and says how many."""
    n = 0
    unmoved, base, blame = felt_control(levers, a), unburdened_legitimacy(levers, a), stigma(levers, a)
    for o in range(len(f)):
        if not just_drawn(f.phase[o], f.half_years[o], f.last_draw_year[o], year):
            continue
        told[o] = True
        n += 1
        who, heard = owners.id[o], f.heard[o]
        control = unmoved * freed(heard, levers, peers)
        f.felt_voluntariness[o] = max(1 - control, 0.0)
        f.stigma[o] = blame * (1 - peers.stigma * heard)
        by_peers = peers.legitimacy * heard
        f.legitimacy[o] = legitimacy(base, control, f.stigma[o], view.normal(who), by_peers, a)
        chance = decline_chance(f.legitimacy[o], control, levers, a)
        f.declined[o] = chance > 0 and declines.uniform(who) < chance
        f.participates[o] = not f.declined[o]
        f.guided[o] = False
        if f.declined[o]:
            f.phase[o] = Phase.NONE
    return n


@rule
def tell_schools(
    schools: Schools,
    fs: FollowUpSchools,
    f: FollowUpOwners,
    levers: FollowUp,
    a: Acceptance,
    t: Targeting,
    view: Annotated[Luck, "school's view of the draw"],
    trauma: Annotated[Luck, "draw trauma"],
    told: Bools,
) -> None:
    """Each school of those told accepts or doesn't; some never will (draw trauma) [F3, F9]."""
    for s in range(len(schools)):
        o = schools.municipality[s]
        if told[o]:
            felt = min(f.stigma[o] + added_stigma(fs.named[s], levers, t), 1.0)
            fs.acceptance[s] = school_acceptance(f.legitimacy[o], felt, view.normal(schools.id[s]), a)
            fs.trauma[s] = trauma.uniform(schools.id[s]) < a.trauma_chance * felt


@formula
def added_control(levers: FollowUp, a: Acceptance) -> float:
    """Felt control that a sanction adds; none without an obligation."""
    if levers.obligation != Obligation.COMPULSORY or levers.sanction == Sanction.NONE:
        return 0.0
    return a.mild_control if levers.sanction == Sanction.MILD else a.robek_control


@formula
def felt_control(levers: FollowUp, a: Acceptance) -> float:
    """How strongly owners feel controlled: the felt pressure of a voluntary scheme, 1 under an obligation, and more under
    a sanction. Today's felt pressure is near 1, so an obligation alone changes little.
    """
    if levers.obligation == Obligation.VOLUNTARY:
        return levers.felt_pressure
    return 1 + added_control(levers, a)


@formula
def stigma(levers: FollowUp, a: Acceptance) -> float:
    """Stigma of being picked, in [0, 1]: taken down by openness, put up by sanctions."""
    open_part = a.stigma_base * (1 - a.stigma_openness * levers.openness)
    return share_of(open_part + a.sanction_stigma * added_control(levers, a))


@formula
def legitimacy(
    unburdened: float, control: float, stigma: float, own: float, from_peers: float, a: Acceptance
) -> float:
    """Legitimacy an owner sees, in [0, 1]: what control and stigma leave of it, what is the owner's `own`, standard normal,
    and what a peer's visit adds.
    """
    burdened = unburdened - a.autonomy_cost * control - a.stigma_cost * stigma
    return share_of(burdened + a.legitimacy_sd * own + from_peers)


@formula
def unburdened_legitimacy(levers: FollowUp, a: Acceptance) -> float:
    """The legitimacy of the scheme before control and stigma are taken from it."""
    return (
        a.legitimacy_base + a.legitimacy_openness * levers.openness + a.legitimacy_say * levers.say_in_guides
    )


@formula
def decline_chance(legitimacy: float, control: float, levers: FollowUp, a: Acceptance) -> float:
    """Chance of declining: none when obliged; else less the more pressure is felt."""
    if levers.obligation == Obligation.COMPULSORY:
        return 0.0
    return share_of(a.decline_if_free * max(1 - control, 0.0) * 2 * (1 - legitimacy))


@formula
def school_acceptance(legitimacy: float, stigma: float, own: float, a: Acceptance) -> float:
    """How far a school accepts having been picked, in [0, 1]; `own` is its own view, standard normal."""
    owner = a.school_base + a.school_legitimacy * legitimacy
    return share_of(owner - a.stigma_cost * stigma + a.school_sd * own)


PROCESS = Process(
    "follow_up.dialogue",
    meet,
    "Right after the draw those picked are told, and take it well or badly.",
    "AFI-rapport 2021:09, 3.1; AFI-rapport 2026:02, 3.1 [F3, F9, F11]",
)
