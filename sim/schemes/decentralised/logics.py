"""Institutional logics: every actor holds a mix of market, hierarchy and network, which moves with what it lives under.

No layer is ever lost (sedimentation). How well the way money comes fits an actor's mix decides how right the actor finds it,
and how much it puts in.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Number
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import HandingOver, Logics, Money
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import LOGICS, DecentralisedOwners, DecentralisedUH, Forums, Logic
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
    forums: Forums,
    uh: DecentralisedUH,
    levers: Decentralised,
    a: Logics,
    m: Money,
    h: HandingOver,
) -> None:
    """Mixes move to the regime; actors see more or less legitimacy, and put in what that and their load allow."""
    now = regime(levers)
    if levers.active:
        move(forums.logic, now, a)
        move(uh.logic, now, a)
    for o in range(len(owners)):
        own = regime_of(levers, owners.handed_over[o], h)
        if levers.active:
            move(owners.logic[o : o + 1], own, a)
        owners.legitimacy[o] = legitimacy(owners.logic[o], own, a)
        owners.effort[o] = levers.active * owners.legitimacy[o] * done_share(municipalities.load[o])
        owners.hours[o] = hours_asked(levers, own, m)
        owners.uh_hours[o] = 0
    for unit in range(len(uh)):
        uh.effort[unit] = levers.active * legitimacy(uh.logic[unit], now, a)


@formula
def move(mixes: Floats, regime: Floats, a: Logics) -> None:
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
def legitimacy(mix: Floats, regime: Floats, a: Logics) -> float:
    """How right an actor finds the way money comes, in [0, 1]."""
    return share_of(a.legitimacy_base + a.legitimacy_fit * fit(mix, regime))


@formula
def contact(regime: Floats, active: bool, other_contact: float) -> float:
    """Contact between those who develop schools together, against that in a network, in [0, 1]: none without money."""
    network = regime[Logic.NETWORK]
    return float(active * (network + other_contact * (1 - network)))


PROCESS = Process(
    "decentralised.logics",
    settle_in,
    "How money comes has shaped what actors find right; with owners' load that decides what they put in.",
    "AFI-rapport 2026:02, 1.4.1, 5.4",
)
