"""Institutional logics: every actor holds a mix of market, hierarchy and network, which moves with what it lives under.

No layer is ever lost (sedimentation). How well the way money comes fits an actor's mix decides how right the actor finds it,
and how much it puts in.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.arrays import Floats, clipped
from sim.parameters.registry import Parameters
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Logics, Money
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedUH, Forums, Logic
from sim.state import State
from sim.state.places import Municipalities


def regime(levers: Decentralised) -> Floats:
    """How money comes this year: parts by market, hierarchy and network, shape (3,), adding up to one."""
    return np.array(parts(levers))


def parts(levers: Decentralised) -> tuple[float, float, float]:
    """The parts of a `regime` as plain numbers: several times as fast where only one of them is asked for."""
    return _parts(levers.market_share, levers.hierarchy_share)


def mix_of(market: float, hierarchy: float) -> Floats:
    """A mix of market, hierarchy and network, shape (3,), adding up to one: market first, and network what is left."""
    return np.array(_parts(market, hierarchy))


def _parts(market: float, hierarchy: float) -> tuple[float, float, float]:
    market = min(market, 1.0)
    hierarchy = min(hierarchy, 1 - market)
    return market, hierarchy, 1 - market - hierarchy


@lru_cache(maxsize=1024)
def taken_together(
    market_share: float, hierarchy_share: float, of_market: float, of_hierarchy: float, of_network: float
) -> float:
    """What market, hierarchy and network have come to under a regime that mixes them; the same year after year."""
    return float(mix_of(market_share, hierarchy_share) @ np.array([of_market, of_hierarchy, of_network]))


def settle_in(state: State, p: Parameters, draw: Draws) -> None:
    """Mixes move to the regime; actors see more or less legitimacy, and put in what that and their load allow."""
    levers, a, m = p[Decentralised], p[Logics], p[Money]
    now, runs = regime(levers), levers.active
    owners, uh = state[DecentralisedOwners], state[DecentralisedUH]
    if runs:
        for table in (owners, state[Forums], uh):
            table.logic[:] = moved(table.logic, now, a.pace / 2, a.floor)
    owners.legitimacy[:] = legitimacy(owners.logic, now, a)
    owners.effort[:] = runs * owners.legitimacy * done_share(state[Municipalities].load)
    uh.effort[:] = runs * legitimacy(uh.logic, now, a)
    owners.hours[:] = hours_asked(levers, m)
    owners.uh_hours[:] = 0


def settle_in_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`settle_in`, compiled."""
    from sim.kernels import owners as kernels

    levers, a = p[Decentralised], p[Logics]
    owners, uh = state[DecentralisedOwners], state[DecentralisedUH]
    paces = float(levers.active), a.pace / 2, a.floor, a.legitimacy_base, a.legitimacy_fit
    kernels.settle_in(
        owners.logic,
        state[Forums].logic,
        uh.logic,
        regime(levers),
        state[Municipalities].load,
        np.array([*paces, hours_asked(levers, p[Money])]),
        owners.legitimacy,
        owners.effort,
        owners.hours,
        owners.uh_hours,
        uh.effort,
    )


def hours_asked(levers: Decentralised, m: Money) -> float:
    """An owner's hours on money in half a year."""
    by_regime = m.market_hours, m.hierarchy_hours, m.network_hours
    return levers.active * taken_together(levers.market_share, levers.hierarchy_share, *by_regime) / 2


def moved(mix: Floats, regime: Floats, pace: float, floor: float) -> Floats:
    """Mixes after a step towards the regime, shape (actors, 3), each adding up to one with no part below the floor."""
    room = 1 - len(regime) * floor
    target = floor + room * regime
    return mix + pace * (target - mix)


def fit(mix: Floats, regime: Floats) -> Floats:
    """How well mixes fit a regime, in [0, 1], shape (actors,): one less half the distance between them."""
    return np.asarray(clipped(1 - np.abs(mix - regime).sum(axis=1) / 2, 0, 1))


def legitimacy(mix: Floats, regime: Floats, a: Logics) -> Floats:
    """How right actors find the way money comes, in [0, 1], shape (actors,)."""
    return clipped(a.legitimacy_base + a.legitimacy_fit * fit(mix, regime), 0, 1)


def contact(levers: Decentralised, other_contact: float) -> float:
    """Contact between those who develop schools together, against that in a network, in [0, 1]: none without money."""
    network = parts(levers)[Logic.NETWORK]
    return levers.active * (network + other_contact * (1 - network))


PROCESS = Process(
    "decentralised.logics",
    settle_in,
    "How money comes has shaped what actors find right; with owners' load that decides what they put in.",
    "AFI-rapport 2026:02, 1.4.1, 5.4",
    compiled=settle_in_compiled,
)
