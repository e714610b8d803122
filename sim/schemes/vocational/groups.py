"""What counts as collective in vocational education: a school's staff, or groups of a trade across schools too [V2, V5].

Small vocational staffs can't pay for a measure of their own and small trades can't fill a course. If groups across schools count,
they can; what is learned there is shared less at home.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.schemes.vocational.assumptions import Groups


def shared(n_teachers: Ints, flexible: float, a: Groups) -> Floats:
    """How far a collective measure is shared with other schools, in [0, 1], shape (schools,): the smaller, the more."""
    return np.asarray(flexible * a.small_teachers / (a.small_teachers + n_teachers))


def price(whole: float, shared: Floats, a: Groups) -> Floats:
    """What a collective measure costs each school's county, NOK, shape (schools,)."""
    return np.asarray(whole * (1 - a.saves * shared))


def at_home(shared: Floats, a: Groups) -> Floats:
    """Part of a collective measure that becomes collective learning in the own staff, in [0, 1], shape (schools,)."""
    return np.asarray(1 - a.weaker * shared)


def colleagues(by_county: Floats, flexible: float, a: Groups) -> Floats:
    """Teachers of each trade who count as colleagues in a course, shape (counties, trades), from those in each county."""
    return np.asarray(by_county + flexible * a.beyond * (by_county.sum(axis=0) - by_county))
