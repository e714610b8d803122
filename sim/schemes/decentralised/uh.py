"""UH units: hours they can give, process competence, and what comes back to teaching and research [D7, D14]."""

from __future__ import annotations

import numpy as np

from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import Hands
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.other_owners.state import OtherOwners
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedUH, Ties
from sim.state.places import Municipalities, UHUnits


@rule
def serve(
    uh: DecentralisedUH,
    units: UHUnits,
    owners: Municipalities,
    ties: Ties,
    dec: DecentralisedOwners,
    other: OtherOwners,
    levers: Decentralised,
    a: Hands,
) -> None:
    """Units give the hours that are paid for, as far as their staff goes, recruit, and learn from it."""
    for unit in range(len(uh)):
        uh.demand_hours[unit] = 0
    for o in range(len(dec)):
        uh.demand_hours[ties.uh_unit[o]] += dec.uh_nok[o] / a.hour_nok + owners.analysis_hours[o]
    for j in range(len(other)):
        uh.demand_hours[other.uh_unit[j]] += other.uh_nok[j] / a.hour_nok
    met = np.empty(len(uh))
    for unit in range(len(uh)):
        demand = uh.demand_hours[unit]
        met[unit] = min(uh.capacity_hours[unit] / max(demand, 1.0), 1.0)
        uh.capacity_hours[unit] = staffed(uh.capacity_hours[unit], demand, levers.multi_year, a)
        used = min(demand / max(uh.capacity_hours[unit], 1.0), 1.0)
        uh.process_competence[unit] = process_after(uh.process_competence[unit], used, a)
        carry_back(uh, units.specialised[unit], unit, used, a)
    for o in range(len(dec)):
        dec.uh_hours[o] = dec.uh_nok[o] / a.hour_nok / 2 * met[ties.uh_unit[o]]
    for j in range(len(other)):
        other.uh_hours[j] = other.uh_nok[j] / a.hour_nok / 2 * met[other.uh_unit[j]]


@formula
def staffed(capacity: float, demand: float, multi_year: float, a: Hands) -> float:
    """Hours a year that staff can give half a year later: money for several years lets units recruit sooner where they lack
    people, and keep those they have where less is asked for.
    """
    recruits = a.recruits_one_year + (a.recruits_multi_year - a.recruits_one_year) * multi_year
    lets_go = a.lets_go_one_year + (a.lets_go_multi_year - a.lets_go_one_year) * multi_year
    gap = demand - capacity
    return capacity + (recruits if gap > 0 else lets_go) / 2 * gap


@formula
def process_after(competence: float, used: float, a: Hands) -> float:
    """Process competence after half a year, in [0, 1]: learned by working with schools, lost with staff."""
    return competence + a.process_pace / 2 * used * (1 - competence) - a.process_lost / 2 * competence


@formula
def carry_back(uh: DecentralisedUH, specialised: bool, unit: int, used: float, a: Hands) -> None:
    """Practice contact comes first, teaching next, research least; specialised centres carry less of it back [D14]."""
    uh.practice_contact[unit] += a.contact_pace / 2 * (used - uh.practice_contact[unit])
    carried = (a.specialised_carry if specialised else 1.0) * uh.practice_contact[unit]
    uh.teaching[unit] += a.teaching_pace / 2 * (carried - uh.teaching[unit])
    uh.research[unit] += a.research_pace / 2 * (carried - uh.research[unit])


@formula
def quality_in_schools(quality: float, specialised: bool, a: Hands) -> float:
    """Quality of a unit's work in schools, in [0, 1]: specialised centres do better there [D7]."""
    own = share_of(quality + a.specialised_gain * specialised)
    return own + a.lifted * (1 - own)


PROCESS = Process(
    "decentralised.uh",
    serve,
    "UH gives the hours that the grants pay for, as far as its staff goes.",
    "AFI-rapport 2026:02, 2.2, 2.3.1.3, 2.4 [D7, D14]",
)
