"""School districts: a lower secondary school and the primary ones whose pupils it takes; a combined school is one by itself."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.randomness import Draws
from sim.state.borders import added_up
from sim.state.schools import GRADES, Schools
from sim.world.choice import gone_to


def districts(draw: Draws, schools: Schools) -> Ints:
    """Row of the school whose district each one lies in, shape (schools,).

    A school that ends before tenth grade lies in the district of one of its municipality's lower secondary schools, each with a
    chance in proportion to its usual size: where a school closes or opens, the others stay where they are, but for those that it
    took or takes. A school that nobody takes over from is its own district.
    """
    found = np.arange(len(schools))
    ends_early = schools.last_grade < GRADES
    feeds, takes = np.flatnonzero(ends_early), np.flatnonzero(~ends_early & (schools.first_grade > 1))
    taker = gone_to(
        draw.luck("district of a school"),
        schools.id[feeds],
        schools.municipality[feeds],
        schools.id[takes],
        schools.municipality[takes],
        schools.cohort_size[takes],
    )
    found[feeds[taker >= 0]] = takes[taker[taker >= 0]]
    return found


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
