"""Money: how the grant comes to owners by each regime, what they add, and what goes to UH; to the krone."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints, clipped
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import shared_out
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Money, Politicians
from sim.schemes.decentralised.levers import Decentralised, Split
from sim.schemes.decentralised.logics import regime
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners, Forums, Logic, Ties
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, pupils_at

LEAST = 1e-9  # weight that nobody falls below, so that what none of a group can take up is still handed out


def hand_out(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: a school year's grant is handed out, the owners add their share, UH gets its."""
    if state.now.season is not Season.AUTUMN:
        return
    levers, a, dec = p[Decentralised], p[Money], state[DecentralisedOwners]
    budget = round(levers.grant_nok * p[Scope].scale) if levers.active else 0
    parts = shared_out(np.array([budget]), regime(levers), np.zeros(len(Logic), dtype=np.int64))
    asked = contribution(small(state, a), levers)
    strained = small(state, a) * (1 - p[Politicians].secures * state[Municipalities].backing)
    taken = take_up(strained, asked, a)
    size = pupils(state)
    dec.grant_nok[:] = (
        straight(int(parts[Logic.MARKET]), size * taken)
        + on_application(state, int(parts[Logic.HIERARCHY]), size * taken, a, draw)
        + through_forums(state, int(parts[Logic.NETWORK]), size, taken, p)
    )
    dec.own_nok[:] = np.rint(dec.grant_nok * asked)
    dec.uh_nok[:] = np.ceil(dec.grant_nok * levers.uh_share)


def hand_out_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`hand_out`, compiled."""
    if state.now.season is not Season.AUTUMN:
        return
    from sim.kernels import grants as kernels
    from sim.kernels import sharing

    levers, a, dec, ties = p[Decentralised], p[Money], state[DecentralisedOwners], state[Ties]
    owners, schools = state[Municipalities], state[Schools]
    budget = round(levers.grant_nok * p[Scope].scale) if levers.active else 0
    parts = np.empty(len(Logic), dtype=np.int64)
    sharing.share_among_all(budget, regime(levers), parts)
    market, hierarchy, network = parts.tolist()
    size, asked, claim = np.empty((3, len(dec)))
    paying = levers.cofunding, levers.relief_for_poor, p[Politicians].secures
    kernels.claim_grants(
        schools.municipality,
        schools.pupils,
        owners.population,
        owners.robek,
        owners.backing,
        np.array([a.strain_size, *paying, a.strain, a.usual_cofunding, LEAST]),
        size,
        asked,
        claim,
    )
    sharing.share_among_all(market, claim, dec.grant_nok)
    if hierarchy > 0:
        behind, n = applications(state, a, draw), winners(state, a)
        kernels.to_winners(hierarchy, claim, behind, np.partition(behind, n - 1)[n - 1], n, dec.grant_nok)
    if network > 0:
        kernels.through_forums(
            network,
            state[CountyForums].forum[owners.county],
            len(state[Forums]),
            size,
            claim,
            priority(state, levers.split, a),
            ties.trust,
            ties.equality,
            levers.conditional_share,
            LEAST,
            dec.grant_nok,
        )
    kernels.add_contributions(dec.grant_nok, asked, levers.uh_share, dec.own_nok, dec.uh_nok)


def pupils(state: State) -> Floats:
    """Pupils of each owner, and one more, so that nobody is nobody; shape (owners,)."""
    schools = state[Schools]
    count = np.bincount(schools.municipality, pupils_at(schools), len(state[Municipalities]))
    return count.astype(np.float64) + 1


def small(state: State, a: Money) -> Floats:
    """How small an owner's means are, in [0, 1], shape (owners,): by size, and wholly so in ROBEK."""
    owners = state[Municipalities]
    return np.maximum(a.strain_size / (a.strain_size + owners.population), owners.robek)


def contribution(small: Floats, levers: Decentralised) -> Floats:
    """Own contribution asked, as a share of the state grant, shape (owners,): the smaller the means, the more is let off."""
    return np.asarray(levers.cofunding * (1 - levers.relief_for_poor * small))


def take_up(small: Floats, asked: Floats, a: Money) -> Floats:
    """Part of its share that an owner can take up with the contribution asked, in [0, 1], shape (owners,)."""
    return clipped(1 - a.strain * small * asked / a.usual_cofunding, LEAST, 1)


def straight(pot: int, claim: Floats) -> Ints:
    """Market: straight to owners by pupils, as far as they can take it up; kroner, shape (owners,), adding up to the pot."""
    if pot == 0:
        return np.zeros(len(claim), dtype=np.int64)
    return shared_out(np.array([pot]), claim, np.zeros(len(claim), dtype=np.int64))


def on_application(state: State, pot: int, claim: Floats, a: Money, draw: Draws) -> Ints:
    """Hierarchy: to owners whose applications win; capacity to write them decides, not need. Kroner, shape (owners,).

    Winners are drawn one after the other with chances in proportion to their strength among those left.
    """
    if pot == 0:
        return np.zeros(len(claim), dtype=np.int64)
    wins = np.zeros(len(claim), dtype=bool)
    wins[np.argsort(applications(state, a, draw), kind="stable")[: winners(state, a)]] = True
    return shared_out(np.array([pot]), claim * wins, np.zeros(len(claim), dtype=np.int64))


def applications(state: State, a: Money, draw: Draws) -> Floats:
    """By strength and luck, numbers of which those of the winners are least, shape (owners,)."""
    owners = state[Municipalities]
    strength = (owners.capacity_fte * owners.competence) ** a.apply_power
    luck = -np.log(draw.uniform("luck of an application", owners.id))
    return np.asarray(-strength / luck)


def winners(state: State, a: Money) -> int:
    """How many applications win."""
    return max(round(a.apply_winners * len(state[Municipalities])), 1)


def through_forums(state: State, pot: int, size: Floats, taken: Floats, p: Parameters) -> Ints:
    """Network: to forums by pupils, and within each as the forum splits it; kroner, shape (owners,)."""
    levers, ties = p[Decentralised], state[Ties]
    forum = state[CountyForums].forum[state[Municipalities].county]
    n_forums = len(state[Forums])
    by_forum: Floats = np.bincount(forum, size, n_forums).astype(np.float64)
    pots = shared_out(np.array([pot]), by_forum, np.zeros(n_forums, dtype=np.int64))
    claim = size * taken
    agreed = parts_of(claim * priority(state, levers.split, p[Money]), forum, n_forums)
    strong = parts_of(claim * np.maximum(ties.trust * ties.equality, LEAST), forum, n_forums)
    weight = (1 - levers.conditional_share) * agreed + levers.conditional_share * strong
    return shared_out(pots, weight, forum)


def parts_of(weight: Floats, group: Ints, n_groups: int) -> Floats:
    """Each member's part of its group's weight, shape (members,); weights are positive."""
    return np.asarray(weight / np.bincount(group, weight, n_groups)[group])


def priority(state: State, split: Split, a: Money) -> Floats:
    """What counts beside pupils when a forum splits its pot, shape (owners,)."""
    if split is Split.AGREED:
        return state[DecentralisedOwners].voice
    return weak(state, a) if split is Split.NEED else np.ones(len(state[Municipalities]))


def weak(state: State, a: Money) -> Floats:
    """A weight for weak results, shape (owners,): one at the nation's mean at the start, more below."""
    schools = state[Schools]
    level = np.bincount(
        schools.municipality, schools.intake * schools.cohort_size, len(state[Municipalities])
    )
    size = np.bincount(schools.municipality, schools.cohort_size, len(state[Municipalities]))
    return np.exp(-a.need_weight * level / np.maximum(size, 1))


PROCESS = Process(
    "decentralised.grants",
    hand_out,
    "What the forum agreed on, or another regime decides, is handed out for the school year.",
    "AFI-rapport 2026:02, 1.1, 1.3.1; OECD 2020 [D2]",
    compiled=hand_out_compiled,
)
