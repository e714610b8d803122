"""Kernels over the grants of the decentralised scheme; see `sim.schemes.decentralised.grants`."""

from __future__ import annotations

from math import ceil

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.kernels.keeping import compiled
from sim.kernels.sharing import share_among_all, share_within_groups


@compiled(
    "void(int64[::1], int64[:, ::1], float64[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1])"
)
def claim_grants(
    municipality: Ints,
    pupils: Ints,
    population: Floats,
    robek: Bools,
    backing: Floats,
    about: Floats,
    size: Floats,
    asked: Floats,
    claim: Floats,
) -> None:
    """Each owner's pupils and one more, the contribution asked, and the part of the grant that it can take up by pupils."""
    strain_size, cofunding, relief, secures, strain, usual, least = about
    size[:] = 1
    for school in range(len(municipality)):
        here = 0
        for grade in range(pupils.shape[1]):
            here += pupils[school, grade]
        size[municipality[school]] += here
    for i in range(len(size)):
        small = 1.0 if robek[i] else strain_size / (strain_size + population[i])
        asked[i] = cofunding * (1 - relief * small)
        strained = small * (1 - secures * backing[i])
        claim[i] = size[i] * min(max(1 - strain * strained * asked[i] / usual, least), 1.0)


@compiled("void(int64, float64[::1], float64[::1], float64, int64, int64[::1])")
def to_winners(pot: int, claim: Floats, behind: Floats, last: float, n_winners: int, granted: Ints) -> None:
    """What the `n_winners` least far `behind` get comes on top of what owners are `granted`.

    `last` is how far behind the last winner is; of several who are just that, those in the first rows win.
    """
    at_last = n_winners
    for i in range(len(behind)):
        at_last -= behind[i] < last
    claimed, share = np.zeros_like(claim), np.empty_like(granted)
    for i in range(len(behind)):
        tied = behind[i] == last
        claimed[i] = claim[i] if behind[i] < last or (tied and at_last > 0) else 0.0
        at_last -= tied
    share_among_all(pot, claimed, share)
    for i in range(len(granted)):
        granted[i] += share[i]


@compiled(
    "void(int64, int64[::1], int64, float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64,"
    " float64, int64[::1])"
)
def through_forums(
    pot: int,
    forum: Ints,
    n_forums: int,
    size: Floats,
    claim: Floats,
    priority: Floats,
    trust: Floats,
    equality: Floats,
    conditional: float,
    least: float,
    granted: Ints,
) -> None:
    """What goes to forums by pupils, and within each as it splits it, comes on top of what owners are `granted`."""
    by_forum, agreed, strong = np.zeros(n_forums), np.zeros(n_forums), np.zeros(n_forums)
    counts, tied = np.empty_like(size), np.empty_like(size)
    for i in range(len(forum)):
        f = forum[i]
        counts[i] = claim[i] * priority[i]
        tied[i] = claim[i] * max(trust[i] * equality[i], least)
        by_forum[f] += size[i]
        agreed[f] += counts[i]
        strong[f] += tied[i]
    for i in range(len(forum)):
        f = forum[i]
        counts[i] = (1 - conditional) * (counts[i] / agreed[f]) + conditional * (tied[i] / strong[f])
    pots, share = np.empty(n_forums, dtype=np.int64), np.empty_like(granted)
    share_among_all(pot, by_forum, pots)
    share_within_groups(pots, counts, forum, share)
    for i in range(len(granted)):
        granted[i] += share[i]


@compiled("void(int64[::1], float64[::1], float64, int64[::1], int64[::1])")
def add_contributions(granted: Ints, asked: Floats, uh_share: float, own: Ints, to_uh: Ints) -> None:
    """What owners add, to the nearest krone, and what goes to UH, no krone too little."""
    for i in range(len(granted)):
        own[i] = int(np.rint(granted[i] * asked[i]))
        to_uh[i] = ceil(granted[i] * uh_share)
