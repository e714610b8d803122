"""UH units: hours they can give, process competence, and what comes back to teaching and research [D7, D14]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Number
from sim.processes.implementing import saturating
from sim.processes.process import Process
from sim.processes.shares import joined, share_of
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import Hands
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import regime, taken_together
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
    """Units give the hours that are paid for, as far as their staff goes, recruit, and learn from hours in schools: the more
    of them fall on each of its people, the more room they leave for learning from each other, and the more of it the house keeps.
    """
    for unit in range(len(uh)):
        uh.demand_hours[unit] = 0
    for o in range(len(dec)):
        unit = ties.uh_unit[o]
        uh.demand_hours[unit] += dec.uh_nok[o] / hour_costs(uh.permanent[unit], a) + owners.analysis_hours[o]
    for j in range(len(other)):
        unit = other.uh_unit[j]
        uh.demand_hours[unit] += other.uh_nok[j] / hour_costs(uh.permanent[unit], a)
    left = left_beside_idle(uh, levers, a)
    mutual = taken_together(regime(levers), a.market_learning, a.hierarchy_learning, 1.0)
    per_krone = np.empty(len(uh))
    for unit in range(len(uh)):
        uh.demand_hours[unit] *= left
        demand = uh.demand_hours[unit]
        met = min(for_schools(uh.capacity_hours[unit], levers, a) / max(demand, 1.0), 1.0)
        per_krone[unit] = left * met / hour_costs(uh.permanent[unit], a)
        uh.capacity_hours[unit] = staffed(uh.capacity_hours[unit], demand, levers.multi_year, a)
        uh.permanent[unit] += a.posts_pace / 2 * (levers.multi_year - uh.permanent[unit])
        near = saturating(mutual * demand * met, a.contact_hours * max(units.capacity_fte[unit], 1.0))
        near *= in_house(uh.permanent[unit], levers.uh_arenas, a)
        uh.process_competence[unit] = process_after(
            uh.process_competence[unit], near, leaving(uh.permanent[unit], a), a
        )
        carry_back(uh, units.specialised[unit], unit, near, levers.uh_arenas, a)
    for o in range(len(dec)):
        dec.uh_hours[o] = dec.uh_nok[o] / 2 * per_krone[ties.uh_unit[o]]
    for j in range(len(other)):
        other.uh_hours[j] = other.uh_nok[j] / 2 * per_krone[other.uh_unit[j]]


@formula
def hour_costs(permanent: Number, a: Hands) -> Number:
    """What an hour in schools costs, in NOK: permanent posts come with time for other things."""
    return a.hour_nok * (1 + a.posts_dearer * permanent)


@formula
def left_beside_idle(uh: DecentralisedUH, levers: Decentralised, a: Hands) -> float:
    """Part of the money for UH, in [0, 1], that is left for hours in schools: promises to units where less is asked for than was
    promised are kept, and what their idle staff costs goes to nobody else.
    """
    asked, idle = 0.0, 0.0
    for unit in range(len(uh)):
        demand = uh.demand_hours[unit]
        uh.promised_hours[unit] = promised_after(uh.promised_hours[unit], demand, levers.multi_year, a)
        promised = min(uh.promised_hours[unit], uh.capacity_hours[unit])
        uh.idle_hours[unit] = max(promised - demand, 0.0)
        asked += demand
        idle += uh.idle_hours[unit]
    return max(1 - idle / max(asked, 1.0), 0.0)


@formula
def promised_after(promised: float, asked: float, multi_year: float, a: Hands) -> float:
    """Hours a year for which money is promised, half a year later: of what is asked the part that is granted for several years;
    an old promise runs out over its years.
    """
    return max(multi_year * asked, promised * (1 - 1 / (2 * a.promise_years)))


@formula
def for_schools(capacity: Number, levers: Decentralised, a: Hands) -> Number:
    """Hours a year that staff has for owners and schools: what meetings across the house take is gone."""
    return capacity * (1 - a.arenas_share * levers.uh_arenas)


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
def leaving(permanent: float, a: Hands) -> float:
    """How often key persons leave against those hired for a year at a time, in [0, 1]: permanent posts keep them."""
    return 1 - a.posts_keep * permanent


@formula
def process_after(competence: float, near: float, leaving: float, a: Hands) -> float:
    """Process competence after half a year, in [0, 1]: learned by working with schools, lost with staff."""
    return (
        competence + a.process_pace / 2 * near * (1 - competence) - a.process_lost / 2 * leaving * competence
    )


@formula
def carry_back(
    uh: DecentralisedUH, specialised: bool, unit: int, near: float, arenas: float, a: Hands
) -> None:
    """Practice contact comes first, teaching next, research least; who has a permanent post also teaches [D14].

    What those who work in schools have seen reaches those who teach as far as they are one staff: least from specialised
    centres, more where the house brings them together. What has come back stays for some years.
    """
    uh.practice_contact[unit] += a.contact_pace / 2 * (near - uh.practice_contact[unit])
    carried = crossed(specialised, arenas, a) * uh.practice_contact[unit]
    uh.teaching[unit] += comes_back(uh.teaching[unit], carried, a.teaching_pace, a)
    uh.research[unit] += comes_back(uh.research[unit], carried, a.research_pace, a)


@formula
def in_house(permanent: Number, arenas: Number, a: Hands) -> Number:
    """Part of what hours in schools teach that the house keeps, in [0, 1]: all by those with permanent posts, who teach too, or
    where the staff is brought wholly together; by those hired for a year at a time little, however many hours are bought [D14].
    """
    return a.hired_carry + (1 - a.hired_carry) * joined(permanent, arenas)


@formula
def comes_back(held: float, carried: float, pace: float, a: Hands) -> float:
    """What half a year adds to what has come back to teaching or research: contact carried home, less what is gone [D14]."""
    return pace / 2 * carried * (1 - held) - a.back_fades / 2 * held


@formula
def come_back(carried: Number, pace: float, a: Hands) -> Number:
    """What has come back, in [0, 1], where so much contact was carried home under the earlier ways of funding."""
    turned_over = pace * carried + a.back_fades
    return pace * carried / turned_over * (1 - np.exp(-turned_over * a.earlier_years))


@formula
def crossed(specialised: bool, arenas: float, a: Hands) -> float:
    """Part of the contact with practice, in [0, 1], that reaches those who teach and do research at home [D14]."""
    own = (1 - a.apart) * (1 - specialised * (1 - a.specialised_carry))
    return own + a.arenas_gain * arenas * (1 - own)


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
