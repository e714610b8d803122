"""Partnerships of owners with UH units: the edges of a graph that persons carry [D3, D5, D7]."""

from __future__ import annotations

from math import sqrt
from typing import Annotated

import numpy as np

from sim.arrays import Codes, Floats, Ints
from sim.half_year import Season
from sim.parameters.load import Load, Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.grouping import mean_by
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.processes.turnover import kept_by_office
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import Forum, HandingOver, Hands, Logics, Money, Partners
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import contact, legitimacy, mix_of, regime_of, taken_together
from sim.schemes.decentralised.state import (
    PHASES,
    Collaboration,
    CountyForums,
    DecentralisedOwners,
    DecentralisedUH,
    Forums,
    Logic,
    PartnershipModel,
    Ties,
)
from sim.schemes.decentralised.uh import leaving
from sim.state import State
from sim.state.places import Counties, Municipalities, Networks, Offices
from sim.state.schools import Schools

SETTLING = 12  # rounds in which what partners share and what they do together settle


def work_together(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of partnership: trust and understanding grow with contact and go with persons who leave."""
    meet(state, p, draw)
    if state.now.season is Season.AUTUMN:
        change(state, p, draw)


@rule
def meet(
    ties: Ties,
    owners: Municipalities,
    dec: DecentralisedOwners,
    uh: DecentralisedUH,
    counties: CountyForums,
    forums: Forums,
    levers: Decentralised,
    a: Partners,
    money: Money,
    pandemic: Pandemic,
    turnover: Turnover,
    hands: Hands,
    h: HandingOver,
    leaves: Annotated[Luck, "UH's key person leaves"],
) -> None:
    """Partners meet, come to trust, understand and equal each other, and do more together.

    What they know of each other sits in persons [D3]: with a key person go trust and understanding, what was fitted to the owner,
    and the part of their equality that is not there from the first day. Whoever comes brings packages, and has to be met anew.
    """
    in_forum, alone = regime_of(levers, False, h), regime_of(levers, True, h)
    for o in range(len(ties)):
        now = alone if dec.handed_over[o] else in_forum
        near = contact(now, levers.active, a.other_contact)
        rewarded = levers.conditional_share * now[Logic.NETWORK]
        effort = (dec.effort[o] + uh.effort[ties.uh_unit[o]]) / 2
        met = near * sought(effort, rewarded, a) * (1 - pandemic.share_lost)
        dec.hours[o] += a.reward_hours / 2 * rewarded
        trust, shared = ties.trust[o], ties.shared[o]
        trust += a.trust_gain / 2 * met * (1 - trust)
        shared += a.shared_gain / 2 * met * max(top_of_shared(ties, o, a) - shared, 0.0)
        memory = kept_by_office(owners.capacity_fte[o], owners.continuity[o], turnover.head_memory_fte)
        gone = leaves.uniform(owners.id[o]) < a.uh_exit / 2 * leaving(uh.permanent[ties.uh_unit[o]], hands)
        kept = kept_share(owners.new_head[o], gone, memory, a)
        ties.trust[o] = a.start + (trust - a.start) * kept
        ties.shared[o] = a.start + (shared - a.start) * kept
        called_for = tailoring_called_for(ties.shared[o], now, money)
        ties.tailored[o] = kept * (ties.tailored[o] + a.tailoring_pace / 2 * (called_for - ties.tailored[o]))
        clarity = forums.role_clarity[counties.forum[owners.county[o]]]
        process = uh.process_competence[ties.uh_unit[o]]
        equal = equality_called_for(owners.competence[o], process, ties.tailored[o], clarity, a)
        moved = ties.equality[o] + a.equality_pace / 2 * (equal - ties.equality[o])
        ties.equality[o] = moved - max(moved - a.equality_base, 0.0) * (1 - kept)
        move_phases(ties, o, near, a)
        ties.age[o] += 1 / 2
        ties.changed[o] = False
        owners.network_support[o] = ties.trust[o] + ties.shared[o]


@formula
def sought(effort: float, rewarded: float, a: Partners) -> float:
    """What partners put into meeting, in [0, 1]: more as far as the grant rewards strong partnerships [OECD 2020]."""
    return effort + a.reward_pull * rewarded * (1 - effort)


@formula
def kept_share(new_head: bool, uh_leaves: bool, owner_memory: float, a: Partners) -> float:
    """Part that stays of the trust and understanding built: persons carry it, more so in small offices, and who comes
    begins anew [D3].
    """
    by_owner = 1 - a.trust_loss * 2 * (1 - owner_memory) if new_head else 1.0
    return share_of(by_owner) * (1 - a.trust_loss if uh_leaves else 1.0)


@formula
def top_of_shared(ties: Ties, owner: int, a: Partners) -> float:
    """The understanding, in [0, 1], that partners could come to share: the more they do together, the more differences show."""
    together = 0.0
    for phase in range(PHASES):
        together += ties.together[owner, phase] / PHASES
    return a.shared_top * (1 - a.differences * together)


@formula
def tailoring_called_for(shared: float, regime: Floats, a: Money) -> float:
    """How tailored measures come to be, in [0, 1]: by how money comes, and in networks by understanding."""
    in_network = a.network_tailoring * min(2 * shared, 1.0)
    return taken_together(regime, a.market_tailoring, a.hierarchy_tailoring, in_network)


@formula
def equality_called_for(
    competence: float, uh_process: float, tailored: float, clarity: float, a: Partners
) -> float:
    """The equality, in [0, 1], that lasting conditions would end in: less where UH leads development and the owner can't."""
    base = a.equality_base + a.equality_clarity * clarity
    able = a.equality_competence * competence - a.equality_gap * max(uh_process - competence, 0.0)
    return share_of(base + able + a.equality_tailoring * tailored)


@formula
def move_phases(ties: Ties, owner: int, contact: float, a: Partners) -> None:
    """What is done together in each phase moves to what trust and equality call for."""
    phases = ties.together[owner]
    for phase in range(PHASES):
        called_for = done_together(phase, ties.trust[owner], ties.equality[owner], contact, a)
        phases[phase] += a.together_pace / 2 * (called_for - phases[phase])


@formula
def done_together(phase: int, trust: float, equality: float, contact: float, a: Partners) -> float:
    """How far a phase ends up being done together: planning and carrying out soon; needs, priorities and evaluation less."""
    soon = contact * sqrt(trust * equality)
    later = phase in (Collaboration.PLANNING, Collaboration.CARRYING_OUT)
    return soon if later else a.together_early * soon


@rule
def settle(
    ties: Ties,
    owners: Municipalities,
    schools: Schools,
    dec: DecentralisedOwners,
    uh: DecentralisedUH,
    levers: Decentralised,
    a: Partners,
    logics: Logics,
    money: Money,
    forum: Forum,
    turnover: Turnover,
    load: Load,
    hands: Hands,
) -> None:
    """Partnerships of a new world, as contact under the earlier ways of funding has left them (I29, I30).

    Nobody has asked anything yet but ordinary work; the loss by persons is taken at its mean. Owners have put into it what they
    found right and had time for, and asked their teachers as the rules of the first year say (I31).
    """
    before = mix_of(logics.start_market, logics.start_hierarchy)
    near = before[Logic.NETWORK] + a.other_contact * (1 - before[Logic.NETWORK])
    right = legitimacy(before, before, 0.0, logics)
    asked = np.full(len(owners), load.ordinary_fte)
    for s in range(len(schools)):
        asked[schools.municipality[s]] += load.ordinary_fte_per_school
    for o in range(len(owners)):
        done = done_share(asked[o] / owners.capacity_fte[o])
        dec.effort[o], dec.versed[o] = right * done, levers.direct_involvement * done
        met = near * (dec.effort[o] + right) / 2
        memory = kept_by_office(owners.capacity_fte[o], 0.0, turnover.head_memory_fte)
        by_head = 1 - turnover.head_exit / 2 * (1 - kept_share(True, False, memory, a))
        leaves = a.uh_exit / 2 * leaving(uh.permanent[ties.uh_unit[o]], hands)
        kept = by_head * (1 - leaves * a.trust_loss)
        process = uh.process_competence[ties.uh_unit[o]]
        ties.trust[o] = lasting(1.0, a.trust_gain / 2 * met, kept, a)
        for _ in range(SETTLING):
            ties.shared[o] = lasting(top_of_shared(ties, o, a), a.shared_gain / 2 * met, kept, a)
            ties.tailored[o] = tailoring_called_for(ties.shared[o], before, money)
            ties.equality[o] = equality_called_for(
                owners.competence[o], process, ties.tailored[o], forum.clarity_before, a
            )
            for phase in range(PHASES):
                ties.together[o, phase] = done_together(phase, ties.trust[o], ties.equality[o], near, a)


@formula
def lasting(top: float, gain: float, kept: float, a: Partners) -> float:
    """Trust or understanding, in [0, 1], where what half a year's contact adds is what goes with persons."""
    return a.start + kept * gain * max(top - a.start, 0.0) / (1 - kept * (1 - gain))


@rule
def change(
    ties: Ties,
    owners: Municipalities,
    networks: Networks,
    offices: Offices,
    counties: Counties,
    uh: DecentralisedUH,
    a: Partners,
    luck: Annotated[Luck, "network changes UH partner"],
) -> None:
    """Networks that miss process competence may change to a unit within reach that has more of it [D7]."""
    best = best_partner(owners, ties, uh, counties, len(offices))
    missed = np.empty(len(owners))
    for o in range(len(owners)):
        unit = best[counties.office[owners.county[o]]]
        own = uh.process_competence[ties.uh_unit[o]]
        missed[o] = missed_share(own, uh.process_competence[unit], a)
    missed_by, age = (
        mean_by(owners.network, missed, len(networks)),
        mean_by(owners.network, ties.age, len(networks)),
    )
    for o in range(len(owners)):
        n, unit = owners.network[o], best[counties.office[owners.county[o]]]
        if age[n] < a.change_after or unit == ties.uh_unit[o]:
            continue
        if luck.uniform(networks.id[n]) < a.change_chance * missed_by[n]:
            take_up_with(ties, owners, o, unit, a)


@formula
def missed_share(own: float, best: float, a: Partners) -> float:
    """Part of the process competence called for that the partner lacks and the best within reach has."""
    return max(min(best, a.change_below) - own, 0.0) / a.change_below


@formula
def take_up_with(ties: Ties, owners: Municipalities, owner: int, partner: int, a: Partners) -> None:
    """An owner begins anew with another UH unit."""
    ties.uh_unit[owner] = partner
    owners.uh_unit[owner] = partner
    ties.trust[owner] = a.start
    ties.shared[owner] = a.start
    ties.together[owner] = 0
    ties.age[owner] = 0
    ties.changed[owner] = True
    owners.network_support[owner] = ties.trust[owner] + ties.shared[owner]


@formula
def best_partner(
    owners: Municipalities, ties: Ties, uh: DecentralisedUH, counties: Counties, n_offices: int
) -> Ints:
    """The unit of greatest process competence among those at work under each governor office, shape (offices,)."""
    best, most = np.zeros(n_offices, dtype=np.int64), np.full(n_offices, -1.0)
    for o in range(len(owners)):
        office, unit = counties.office[owners.county[o]], ties.uh_unit[o]
        competence = uh.process_competence[unit]
        if competence > most[office] or (competence == most[office] and unit < best[office]):
            best[office], most[office] = unit, competence
    return best


def models(u: Floats, a: Partners) -> Codes:
    """Partnership models from numbers in (0, 1), same shape [D5]."""
    enthusiast = np.where(
        u < a.procedure_share + a.enthusiast_share, PartnershipModel.ENTHUSIAST, PartnershipModel.COURSE
    )
    return np.where(u < a.procedure_share, PartnershipModel.PROCEDURE, enthusiast).astype(np.int8)


PROCESS = Process(
    "decentralised.partners",
    work_together,
    "Owners and UH plan and work; what they build rests on persons.",
    "AFI-rapport 2026:02, 1.4.2, 2.3.1 [D3, D5, D7]",
)
