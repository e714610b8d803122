"""Institutional logics: every actor holds a mix of market, hierarchy and network, which moves with what it lives under.

No layer is ever lost (sedimentation). How well the way money comes fits an actor's mix decides how right the actor finds it;
that, and how far it counts on the way to last, decides how much it puts in.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Grid, Number
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import HandingOver, Hands, Logics, Money
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import (
    LOGICS,
    CountyForums,
    DecentralisedOwners,
    DecentralisedUH,
    Forums,
    Logic,
    Ties,
)
from sim.state.places import Municipalities


@formula
def regime(levers: Decentralised) -> Floats:
    """How money comes this year: parts by market, hierarchy and network, shape (3,), adding up to one."""
    return mix_of(levers.market_share, levers.hierarchy_share)


@formula
def regime_of(levers: Decentralised, alone: bool, a: HandingOver) -> Floats:
    """How money comes to an owner, parts by market, hierarchy and network, shape (3,), adding up to one.

    To those who get it straight (`alone`) the network's part comes as in a market, as far as they do not keep up its ways.
    """
    now = regime(levers)
    if alone:
        straight = now[Logic.NETWORK] * (1 - a.keeps)
        now[Logic.NETWORK] -= straight
        now[Logic.MARKET] += straight
    return now


@formula
def mix_of(market: float, hierarchy: float) -> Floats:
    """A mix of market, hierarchy and network, shape (3,), adding up to one: market first, and network what is left."""
    mix = np.empty(LOGICS)
    mix[Logic.MARKET] = min(market, 1.0)
    mix[Logic.HIERARCHY] = min(hierarchy, 1 - mix[Logic.MARKET])
    mix[Logic.NETWORK] = 1 - mix[Logic.MARKET] - mix[Logic.HIERARCHY]
    return mix


@formula
def taken_together(regime: Floats, of_market: float, of_hierarchy: float, of_network: float) -> float:
    """What market, hierarchy and network have come to under a regime that mixes them."""
    others = regime[Logic.MARKET] * of_market + regime[Logic.HIERARCHY] * of_hierarchy
    return float(others + regime[Logic.NETWORK] * of_network)


@rule
def settle_in(
    owners: DecentralisedOwners,
    municipalities: Municipalities,
    ties: Ties,
    counties: CountyForums,
    forums: Forums,
    uh: DecentralisedUH,
    levers: Decentralised,
    a: Logics,
    m: Money,
    hands: Hands,
    h: HandingOver,
) -> None:
    """Mixes move to the regime; actors see more or less legitimacy, and put in what that, its future and their load allow."""
    now = regime(levers)
    if levers.active:
        move(forums.logic, now, a)
        move(uh.logic, now, a)
    felt, partners, alone = np.zeros(len(uh)), np.zeros(len(uh)), regime_of(levers, True, h)
    for o in range(len(owners)):
        own = alone if owners.handed_over[o] else now
        if levers.active:
            move(owners.logic[o : o + 1], own, a)
        imposed = forums.imposed[counties.forum[municipalities.county[o]]] * own[Logic.NETWORK]
        felt[ties.uh_unit[o]] += imposed
        partners[ties.uh_unit[o]] += 1
        owners.legitimacy[o] = legitimacy(owners.logic[o], own, imposed, a)
        willing = owners.legitimacy[o] * counted_on(owners.seen[o], own, a)
        owners.effort[o] = levers.active * willing * done_share(municipalities.load[o])
        owners.hours[o] = hours_asked(levers, own, m)
        see(owners.seen[o : o + 1], own, levers.active, a)
        owners.uh_hours[o] = 0
    for unit in range(len(uh)):
        right = legitimacy(uh.logic[unit], now, felt[unit] / max(partners[unit], 1.0), a)
        secure = 1 - hands.insecure * (1 - uh.permanent[unit])
        uh.effort[unit] = levers.active * right * counted_on(uh.seen[unit], now, a) * secure
    see(uh.seen, now, levers.active, a)


@formula
def move(mixes: Grid, regime: Floats, a: Logics) -> None:
    """Mixes, shape (actors, 3), after half a year under a regime."""
    for actor in range(len(mixes)):
        for logic in range(LOGICS):
            mixes[actor, logic] = moved(mixes[actor, logic], regime[logic], a.pace / 2, a.floor)


@formula
def moved(mix: Number, regime: Number, pace: float, floor: float) -> Number:
    """Parts of a mix after a step towards those of the regime; a mix keeps adding up to one with no part below the floor."""
    target = floor + (1 - LOGICS * floor) * regime
    return mix + pace * (target - mix)


@formula
def see(seen: Grid, regime: Floats, active: bool, a: Logics) -> None:
    """What actors count on, shape (actors, 3), after half a year of a regime, or of none."""
    for actor in range(len(seen)):
        for logic in range(LOGICS):
            seen[actor, logic] = moved(seen[actor, logic], active * regime[logic], a.seen_pace / 2, 0.0)


@formula
def counted_on(seen: Floats, regime: Floats, a: Logics) -> float:
    """What an actor puts in where money comes otherwise than it did lately, against a way it counts on to last, in [0, 1]."""
    return 1 - a.waits * (1 - fit(seen, regime))


@formula
def hours_asked(levers: Decentralised, regime: Floats, m: Money) -> float:
    """An owner's hours on money in half a year."""
    return levers.active * taken_together(regime, m.market_hours, m.hierarchy_hours, m.network_hours) / 2


@formula
def fit(mix: Floats, regime: Floats) -> float:
    """How well a mix fits a regime, in [0, 1]: one less half the distance between them."""
    apart = 0.0
    for logic in range(LOGICS):
        apart += abs(mix[logic] - regime[logic])
    return share_of(1 - apart / 2)


@formula
def legitimacy(mix: Floats, regime: Floats, imposed: float, a: Logics) -> float:
    """How right an actor finds the way money comes, in [0, 1]: less where criteria were `imposed`."""
    return share_of(a.legitimacy_base + a.legitimacy_fit * fit(mix, regime) - a.imposed_cost * imposed)


@formula
def contact(regime: Floats, active: bool, other_contact: float) -> float:
    """Contact between those who develop schools together, against that in a network, in [0, 1]: none without money."""
    network = regime[Logic.NETWORK]
    return float(active * (network + other_contact * (1 - network)))


PROCESS = Process(
    "decentralised.logics",
    settle_in,
    "How money comes has shaped what actors find right and count on; with owners' load that decides what they put in.",
    "AFI-rapport 2026:02, 1.4.1, 2.2.1, 5.4",
)
