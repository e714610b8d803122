"""Groups across schools and counties, by trade, that count as collective: what they save, and what they cost at home [V2, V5].

Small vocational staffs can't pay for a measure of their own and small trades can't fill a course. If groups across schools count,
they can; what is learned there is shared less at home.
"""

from __future__ import annotations

from sim.rules import formula
from sim.schemes.vocational.assumptions import Groups


@formula
def shared(n_teachers: int, flexible: float, a: Groups) -> float:
    """How far a school's collective measure is shared with other schools, in [0, 1]: the smaller the school, the more."""
    return flexible * a.small_teachers / (a.small_teachers + n_teachers)


@formula
def price(whole: float, shared: float, a: Groups) -> float:
    """What a collective measure costs a school's county, NOK: less where a small school may share it with others."""
    return whole * (1 - a.saves * shared)


@formula
def at_home(shared: float, a: Groups) -> float:
    """Part of a collective measure that becomes collective learning in the own staff, in [0, 1]."""
    return 1 - a.weaker * shared


@formula
def colleagues(in_county: float, everywhere: float, flexible: float, a: Groups) -> float:
    """Teachers of a trade who count as colleagues in a county's course, from those in the county and in the country."""
    return in_county + flexible * a.beyond * (everywhere - in_county)
