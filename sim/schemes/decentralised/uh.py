"""UH units: hours they can give, process competence, and what comes back to teaching and research [D7, D14]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, clipped
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Hands
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedUH, Ties
from sim.state import State
from sim.state.places import UHUnits


def serve(state: State, p: Parameters, draw: Draws) -> None:
    """Units give the hours that are paid for, as far as their staff goes, recruit, and learn from it."""
    uh, a, dec, ties = state[DecentralisedUH], p[Hands], state[DecentralisedOwners], state[Ties]
    paid = dec.uh_nok / a.hour_nok
    uh.demand_hours[:] = np.bincount(ties.uh_unit, paid, len(uh))
    met = np.minimum(uh.capacity_hours / np.maximum(uh.demand_hours, 1), 1)
    dec.uh_hours[:] = paid / 2 * met[ties.uh_unit]
    uh.capacity_hours[:] = staffed(uh.capacity_hours, uh.demand_hours, p[Decentralised].multi_year, a)
    used = np.minimum(uh.demand_hours / np.maximum(uh.capacity_hours, 1), 1)
    uh.process_competence[:] = process_after(uh.process_competence, used, a)
    carry_back(uh, state[UHUnits].specialised, used, a)


def serve_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`serve`, compiled."""
    from sim.kernels import partnerships as kernels

    uh, a, dec = state[DecentralisedUH], p[Hands], state[DecentralisedOwners]
    learning = a.process_pace / 2, a.process_lost / 2, a.specialised_carry
    home = a.contact_pace / 2, a.teaching_pace / 2, a.research_pace / 2
    kernels.serve(
        state[Ties].uh_unit,
        dec.uh_nok,
        state[UHUnits].specialised,
        np.array([a.hour_nok, *paces(p[Decentralised].multi_year, a), *learning, *home]),
        dec.uh_hours,
        uh.capacity_hours,
        uh.demand_hours,
        uh.process_competence,
        uh.practice_contact,
        uh.teaching,
        uh.research,
    )


def staffed(capacity: Floats, demand: Floats, multi_year: float, a: Hands) -> Floats:
    """Hours a year that staff can give half a year later, shape (units,): money for several years lets units recruit sooner
    where they lack people, and keep those they have where less is asked for.
    """
    recruits, lets_go = paces(multi_year, a)
    gap = demand - capacity
    return np.asarray(capacity + np.where(gap > 0, recruits, lets_go) / 2 * gap)


def paces(multi_year: float, a: Hands) -> tuple[float, float]:
    """Parts of a gap in staff that are closed within a year: by recruiting, and by letting people go."""
    recruits = a.recruits_one_year + (a.recruits_multi_year - a.recruits_one_year) * multi_year
    lets_go = a.lets_go_one_year + (a.lets_go_multi_year - a.lets_go_one_year) * multi_year
    return recruits, lets_go


def process_after(competence: Floats, used: Floats, a: Hands) -> Floats:
    """Process competence after half a year, in [0, 1], shape (units,): learned by working with schools, lost with staff."""
    return competence + a.process_pace / 2 * used * (1 - competence) - a.process_lost / 2 * competence


def carry_back(uh: DecentralisedUH, specialised: Bools, used: Floats, a: Hands) -> None:
    """Practice contact comes first, teaching next, research least; specialised centres carry less of it back [D14]."""
    uh.practice_contact += a.contact_pace / 2 * (used - uh.practice_contact)
    carried = np.where(specialised, a.specialised_carry, 1) * uh.practice_contact
    uh.teaching += a.teaching_pace / 2 * (carried - uh.teaching)
    uh.research += a.research_pace / 2 * (carried - uh.research)


def quality_in_schools(units: UHUnits, a: Hands) -> Floats:
    """Quality of units' work in schools, in [0, 1], shape (units,): specialised centres do better there [D7]."""
    own = clipped(units.quality + a.specialised_gain * units.specialised, 0, 1)
    return own + a.lifted * (1 - own)


PROCESS = Process(
    "decentralised.uh",
    serve,
    "UH gives the hours that the grants pay for, as far as its staff goes.",
    "AFI-rapport 2026:02, 2.2, 2.3.1.3, 2.4 [D7, D14]",
    compiled=serve_compiled,
)
