"""What of the grant goes to counties and private owners: by teachers, and in the forum as it bargains; to the krone [D2].

Counted are teachers, a post in grunnskole and one beside it alike; levers say what the latter counts. In a forum the county is
one more member, with a voice of its own.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.processes.grouping import shared_out
from sim.rules import formula
from sim.schemes.decentralised.levers import Decentralised, Split
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.state import CountyForums, DecentralisedOwners
from sim.state.places import Municipalities


@formula
def in_pupils(other: OtherOwners, a: OtherSchooling) -> Floats:
    """What other owners count where municipalities count by pupils, shape (other owners,): as many as their teachers would have
    in grunnskole.
    """
    counted = np.empty(len(other))
    for j in range(len(other)):
        counted[j] = other.weight[j] * a.pupils_each
    return counted


@formula
def set_apart(pot: int, other: OtherOwners, counted: Floats, pupils: Floats) -> int:
    """Other owners' part of a pot that no forum splits is added to their grants, kroner; what is left of the pot."""
    weight, left = np.empty(len(other) + 1), 0.0
    for o in range(len(pupils)):
        left += pupils[o]
    weight[0] = left
    for j in range(len(other)):
        weight[j + 1] = counted[j]
    part = shared_out(np.full(1, pot), weight, np.zeros(len(weight), dtype=np.int64))
    for j in range(len(other)):
        other.grant_nok[j] += part[j + 1]
    return int(part[0])


@formula
def forum_pots(
    pot: int,
    other: OtherOwners,
    counted: Floats,
    pupils: Floats,
    owners: Municipalities,
    dec: DecentralisedOwners,
    counties: CountyForums,
    levers: Decentralised,
    n_forums: int,
) -> Ints:
    """What forums have for municipalities, kroner, shape (forums,), once other owners' part has been added to their grants.

    A forum gets its part by pupils and other owners' teachers, and bargains with both.

    Parameters
    ----------
    counted, pupils : array of float, shape (other owners,), (municipalities,)
        What each counts.
    """
    bargains = levers.split == Split.AGREED
    whole, weight = np.zeros(n_forums), np.zeros(n_forums + len(other))
    group = np.empty(n_forums + len(other), dtype=np.int64)
    for f in range(n_forums):
        group[f] = f
    for o in range(len(pupils)):
        f = counties.forum[owners.county[o]]
        whole[f] += pupils[o]
        weight[f] += pupils[o] * (dec.voice[o] if bargains else 1.0)
    for j in range(len(other)):
        f = counties.forum[other.county[j]]
        whole[f] += counted[j]
        weight[n_forums + j] = counted[j] * (other.voice[j] if bargains else 1.0)
        group[n_forums + j] = f
    of_forum = shared_out(np.full(1, pot), whole, np.zeros(n_forums, dtype=np.int64))
    part = shared_out(of_forum, weight, group)
    for j in range(len(other)):
        other.grant_nok[j] += part[n_forums + j]
    return part[:n_forums]
