"""Which of several each one goes to, by the luck of the two together: who else chooses is of no account, nor is the order.

Everybody's others run a race, each at the pace of its weight, and the first wins; a chance is thus in proportion to weight. The
luck in a race is that of the pair (rendezvous hashing): where one of the others goes, only those who went to it go elsewhere,
and where one comes, only those whom it wins.
"""

from __future__ import annotations

from math import log

import numpy as np

from sim.arrays import Floats, Ints, Key
from sim.rules import Luck
from sim.rules.random_numbers import uniform_of
from sim.rules.rule import always_compiled

_LEAST = 1e-9  # weight of what weighs nothing: it is gone to where there is nothing else


def gone_to(luck: Luck, ids: Ints, group: Ints, others: Ints, of_group: Ints, weight: Floats) -> Ints:
    """Place in `others` of the one that each goes to, shape (n,); -1 where its group has none.

    Parameters
    ----------
    ids, group : array of int, shape (n,)
        Who chooses, and the group whose others they choose from.
    others, of_group, weight : array, shape (m,)
        Identities of what there is to choose from, their groups and their weights.
    """
    order = np.argsort(of_group, kind="stable")
    first, end = (np.searchsorted(of_group[order], group, side) for side in ("left", "right"))
    return _won(luck.key, ids, first, end, others[order], weight[order], np.append(order, -1))


@always_compiled
def _won(key: Key, ids: Ints, first: Ints, end: Ints, others: Ints, weight: Floats, place: Ints) -> Ints:
    """`place` of the winner of each one's race, among the others from `first` to before `end`; the last place for no winner."""
    found = np.empty(len(ids), dtype=np.int64)
    for i in range(len(ids)):
        soonest, best = np.inf, len(others)
        for k in range(first[i], end[i]):
            time = -log(uniform_of(key, ids[i], others[k])) / max(weight[k], _LEAST)
            if time < soonest:
                soonest, best = time, k
        found[i] = place[best]
    return found
