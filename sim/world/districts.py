"""School districts: a lower secondary school and the primary ones whose pupils it takes; a combined school is one by itself."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.state.borders import added_up
from sim.state.schools import GRADES, Schools


def districts(schools: Schools) -> Ints:
    """Row of the school whose district each one lies in, shape (schools,).

    Along the order of a municipality's schools, which is that of places that came together in it, each lower secondary school
    takes the primary ones next in turn, as many as its share of the pupils fills. A school that nobody takes over from is its own
    district.
    """
    found = np.arange(len(schools))
    order = np.lexsort((schools.id, schools.municipality))
    owner, size = schools.municipality[order], schools.cohort_size[order]
    later, ends_early = schools.first_grade[order] > 1, schools.last_grade[order] < GRADES
    takes, feeds = np.flatnonzero(later), np.flatnonzero(~later & ends_early)
    if not len(takes) or not len(feeds):
        return found
    upto, starts = _along(owner[takes], size[takes]), _along(owner[feeds], size[feeds], 1 / 2)
    taker = takes[np.minimum(np.searchsorted(upto, starts), len(takes) - 1)]
    there = owner[taker] == owner[feeds]
    found[order[feeds[there]]] = order[taker[there]]
    return found


def _along(owner: Ints, size: Floats, of_own: float = 1.0) -> Floats:
    """Owner's row and how much of its pupils come before, with a part of one's own, between 0 and 1."""
    n = int(owner.max()) + 1
    total = added_up(owner, size, n)
    before = np.cumsum(size) - size
    begins = np.full(n, np.inf)
    np.minimum.at(begins, owner, before)
    return np.asarray(owner + (before - begins[owner] + of_own * size) / np.maximum(total, 1e-9)[owner])


def come_together(schools: Schools, district: Ints, own: Floats, luck: Floats) -> tuple[Floats, Floats]:
    """What schools have of their own, and its SD, where pupils of several schools come together in one; both of shape (schools,).

    A school that takes pupils from others has no intake of its own but the mean of theirs by pupils, in which luck evens out.

    Parameters
    ----------
    district : array of int, shape (schools,)
        As `districts` gives them.
    own, luck : array of float, shape (schools,)
        SD of what is a school's own, and its luck in it, standard normal.
    """
    feeds = np.flatnonzero(district != np.arange(len(schools)))
    taker, n = district[feeds], len(schools)
    total = added_up(taker, schools.cohort_size[feeds], n)
    takes = total > 0
    weight = schools.cohort_size[feeds] / np.where(takes, total, 1)[taker]
    mean = added_up(taker, weight * own[feeds] * luck[feeds], n)
    variance = added_up(taker, (weight * own[feeds]) ** 2, n)
    return np.where(takes, mean, own * luck), np.where(takes, np.sqrt(variance), own)
