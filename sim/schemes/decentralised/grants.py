"""Money: how the grant comes to owners by each regime, what they add, and what goes to UH; to the krone."""

from __future__ import annotations

from math import ceil, exp, log
from typing import Annotated

import numpy as np

from sim.arrays import Floats, Ints
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import shared_out
from sim.processes.process import Process
from sim.processes.shares import total_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import Hands, Money, Politicians
from sim.schemes.decentralised.levers import Decentralised, Split
from sim.schemes.decentralised.logics import regime
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.split import forum_pots, in_pupils, set_apart
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, Forums, Logic, Ties
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools

LEAST = 1e-9  # weight that nobody falls below, so that what none of a group can take up is still handed out


def hand_out(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: a school year's grant is handed out, the owners add their share, UH gets its."""
    if state.now.season is Season.AUTUMN:
        share_out(state, p, draw)


@rule
def share_out(
    owners: Municipalities,
    schools: Schools,
    dec: DecentralisedOwners,
    ties: Ties,
    counties: CountyForums,
    forums: Forums,
    other: OtherOwners,
    levers: Decentralised,
    a: Money,
    council: Politicians,
    hands: Hands,
    beside: OtherSchooling,
    scope: Scope,
    luck: Annotated[Luck, "luck of an application"],
) -> None:
    """What comes to each owner by each regime, what it adds, and what goes to UH; help with analyses is paid first."""
    help_nok = hands.hour_nok * total_of(owners.analysis_hours)
    budget = max(round(levers.grant_nok * scope.scale - help_nok), 0) if levers.active else 0
    pots = among(budget, regime(levers))
    size = pupils(schools, len(owners))
    asked, claim = np.empty(len(owners)), np.empty(len(owners))
    for o in range(len(owners)):
        means = small(owners.population[o], owners.robek[o], a)
        asked[o] = contribution(means, levers)
        strained = means * (1 - council.secures * owners.backing[o])
        claim[o] = size[o] * take_up(strained, asked[o], a)
    counted = in_pupils(other, beside)
    for j in range(len(other)):
        other.grant_nok[j] = 0
    # straight to owners by pupils, as far as they can take it up
    straight = among(set_apart(pots[Logic.MARKET], other, counted, size), claim)
    applied_for = set_apart(pots[Logic.HIERARCHY], other, counted, size)
    won = on_application(applied_for, claim, owners, a, luck)
    split = through_forums(
        pots[Logic.NETWORK],
        size,
        claim,
        owners,
        schools,
        dec,
        ties,
        counties,
        forums,
        other,
        counted,
        levers,
        a,
    )
    for o in range(len(owners)):
        dec.grant_nok[o] = straight[o] + won[o] + split[o]
        dec.own_nok[o] = round(dec.grant_nok[o] * asked[o])
        dec.uh_nok[o] = ceil(dec.grant_nok[o] * levers.uh_share)


@formula
def among(pot: int, weight: Floats) -> Ints:
    """A pot shared out to all in proportion to weight; kroner, adding up to the pot."""
    return shared_out(np.full(1, pot), weight, np.zeros(len(weight), dtype=np.int64))


@formula
def pupils(schools: Schools, n_owners: int) -> Floats:
    """Pupils of each owner, and one more, so that nobody is nobody; shape (owners,)."""
    count = np.ones(n_owners)
    for s in range(len(schools)):
        n = 0
        for grade in range(GRADES):
            n += schools.pupils[s, grade]
        count[schools.municipality[s]] += n
    return count


@formula
def small(population: float, robek: bool, a: Money) -> float:
    """How small an owner's means are, in [0, 1]: by size, and wholly so in ROBEK."""
    return 1.0 if robek else a.strain_size / (a.strain_size + population)


@formula
def contribution(small: float, levers: Decentralised) -> float:
    """Own contribution asked, as a share of the state grant: the smaller the means, the more is let off."""
    return levers.cofunding * (1 - levers.relief_for_poor * small)


@formula
def take_up(small: float, asked: float, a: Money) -> float:
    """Part of its share that an owner can take up with the contribution asked, in [0, 1]."""
    return min(max(1 - a.strain * small * asked / a.usual_cofunding, LEAST), 1.0)


@formula
def on_application(pot: int, claim: Floats, owners: Municipalities, a: Money, luck: Luck) -> Ints:
    """Hierarchy: to owners whose applications win; capacity to write them decides, not need. Kroner, shape (owners,).

    Winners are drawn one after the other with chances in proportion to their strength among those left.
    """
    score, won = np.empty(len(owners)), np.zeros(len(owners))
    for o in range(len(owners) if pot > 0 else 0):
        strength = (owners.capacity_fte[o] * owners.competence[o]) ** a.apply_power
        score[o] = strength / -log(luck.uniform(owners.id[o]))
    winners = max(round(a.apply_winners * len(owners)), 1)
    for o in range(len(owners) if pot > 0 else 0):
        ahead = 0
        for other in range(len(owners)):
            ahead += score[other] > score[o] or (score[other] == score[o] and other < o)
        won[o] = claim[o] if ahead < winners else 0.0
    return among(pot, won)


@formula
def through_forums(
    pot: int,
    size: Floats,
    claim: Floats,
    owners: Municipalities,
    schools: Schools,
    dec: DecentralisedOwners,
    ties: Ties,
    counties: CountyForums,
    forums: Forums,
    other: OtherOwners,
    counted: Floats,
    levers: Decentralised,
    a: Money,
) -> Ints:
    """Network: to forums by pupils and others' teachers, and within each as it splits it; kroner, shape (owners,)."""
    agreed_in, strong_in = np.zeros(len(forums)), np.zeros(len(forums))
    agreed, strong = np.empty(len(owners)), np.empty(len(owners))
    priority = priorities(schools, dec, levers, a)
    forum = np.empty(len(owners), dtype=np.int64)
    for o in range(len(owners)):
        f = counties.forum[owners.county[o]]
        agreed[o] = claim[o] * priority[o]
        strong[o] = claim[o] * max(ties.trust[o] * ties.equality[o], LEAST)
        agreed_in[f] += agreed[o]
        strong_in[f] += strong[o]
        forum[o] = f
    part = np.empty(len(owners))
    for o in range(len(owners)):
        by_size, by_strength = agreed[o] / agreed_in[forum[o]], strong[o] / strong_in[forum[o]]
        part[o] = (1 - levers.conditional_share) * by_size + levers.conditional_share * by_strength
    pots = forum_pots(pot, other, counted, size, owners, dec, counties, levers, len(forums))
    return shared_out(pots, part, forum)


@formula
def priorities(schools: Schools, dec: DecentralisedOwners, levers: Decentralised, a: Money) -> Floats:
    """What counts beside pupils when a forum splits its pot, shape (owners,): bargaining, need, or nothing.

    A weight for weak results is one at the nation's mean at the start, and more below.
    """
    priority, level, size = np.ones(len(dec)), np.zeros(len(dec)), np.zeros(len(dec))
    if levers.split == Split.NEED:
        for s in range(len(schools)):
            level[schools.municipality[s]] += schools.intake[s] * schools.cohort_size[s]
            size[schools.municipality[s]] += schools.cohort_size[s]
    for o in range(len(dec)):
        if levers.split == Split.AGREED:
            priority[o] = dec.voice[o]
        elif levers.split == Split.NEED:
            priority[o] = exp(-a.need_weight * level[o] / max(size[o], 1.0))
    return priority


PROCESS = Process(
    "decentralised.grants",
    hand_out,
    "What the forum agreed on, or another regime decides, is handed out for the school year.",
    "AFI-rapport 2026:02, 1.1, 1.3.1; OECD 2020 [D2]",
)
