"""Leaders and representatives: how far they stand from the partnership, what they lead and decide along, and what wears off.

A leader who sits at the table, whose teachers are asked themselves, or who leads what is carried out stands nearer [D8]; the time
for the first two is taken from leading. Where
leaders stand far away, and the longer teachers are asked, involvement falls [D11, D15]. Representatives decide along as far as
the rules give them time and their leader uses it [D16].
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.processes.shares import share_of
from sim.rules import formula
from sim.schemes.decentralised.assumptions import Measure, Voices
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import DecentralisedOwners, DecentralisedSchools
from sim.state.schools import Schools


@formula
def lead_in_schools(
    schools: Schools,
    ds: DecentralisedSchools,
    dec: DecentralisedOwners,
    levers: Decentralised,
    a: Voices,
    measure: Measure,
) -> Floats:
    """Half a year of leaders and representatives in each school; what has not worn off of involvement, shape (schools,)."""
    left = np.empty(len(schools))
    for s in range(len(schools)):
        direct = dec.direct[schools.municipality[s]]
        taken = leader_hours_taken(levers.leaders_at_table, direct, ds.codetermination[s], a)
        time = time_left(taken, ds.resource_teacher[s] and ds.in_measure[s], a)
        leading = own_leading(schools.leadership[s], time, a) if ds.in_measure[s] else 1.0
        away = distance_called_for(levers.leaders_at_table, direct, leading, a)
        ds.distance[s] += a.pace / 2 * (away - ds.distance[s])
        left[s] = not_worn_off(ds.asked_years[s], ds.distance[s], measure.involvement_falls, a)
        ds.asked_years[s] = asked_on(ds.asked_years[s], ds.in_measure[s], a)
    for s in range(len(schools)):  # without the power above, a school need not wait for the one before it
        direct = dec.direct[schools.municipality[s]]
        decided = codetermination_called_for(levers.codetermination, schools.leadership[s], left[s], a)
        ds.codetermination[s] += a.pace / 2 * (decided - ds.codetermination[s])
        taken = leader_hours_taken(levers.leaders_at_table, direct, ds.codetermination[s], a)
        time = time_left(taken, ds.resource_teacher[s] and ds.in_measure[s], a)
        owner = dec.process_leadership[schools.municipality[s]]
        ds.led[s] = led(owner, schools.leadership[s], time, ds.distance[s], a)
    return left


@formula
def distance_called_for(at_table: float, direct: float, leading: float, a: Voices) -> float:
    """How far from the partnership a leader ends up, in [0, 1]: less at the table, with teachers who are asked, or by leading
    more of what is carried out than is usual.
    """
    nearer = a.table_brings * at_table + a.direct_brings * direct + a.leading_brings * (leading - 1)
    return share_of(1 - nearer)


@formula
def own_leading(leadership: float, time: float, a: Voices) -> float:
    """What a leader does to lead a measure in the `time` there is, in [0, 1], against what is usual."""
    return leadership / a.usual_leadership * time


@formula
def not_worn_off(asked_years: float, distance: float, falls: float, a: Voices) -> float:
    """Part of the involvement that years of being asked leave, in [0, 1]: less where the leader stands far away [D11, D15]."""
    relative = 1 - a.distance_falls + a.distance_falls * distance / a.usual_distance
    return float((1 - share_of(falls * relative)) ** asked_years)


@formula
def asked_on(asked_years: float, in_measure: bool, a: Voices) -> float:
    """Years of being asked, half a year later: more in a measure, less after a rest."""
    return asked_years + 1 / 2 if in_measure else asked_years * (1 - a.rest / 2)


@formula
def codetermination_called_for(rules: float, leadership: float, left: float, a: Voices) -> float:
    """How far representatives decide along, in [0, 1]: as rules give time, and leader and weariness let them."""
    return share_of(rules * leadership / a.usual_leadership) * left


@formula
def time_left(taken_hours: float, resource_teacher: bool, a: Voices) -> float:
    """Part of a leader's time for leading that meetings and asking leave, in [0, 1]; a resource teacher relieves [D10]."""
    return share_of(1 - max(taken_hours - a.resource_relief_hours * resource_teacher, 0.0) / a.leader_hours)


@formula
def led(owner: float, leadership: float, time: float, distance: float, a: Voices) -> float:
    """Process leadership of a school's measure, in [0, 1]: the owner's and UH's, and part of it by the school's own leader."""
    knows = 1 + a.nearness * (a.usual_distance - distance)
    own = own_leading(leadership, time, a) * knows
    return share_of(owner * (1 - a.leader_weight + a.leader_weight * own))


@formula
def hours_of_asking(direct: float, codetermined: float, needs_hours: float, a: Voices) -> float:
    """A teacher's hours a year on a needs analysis and on what representatives and leader plan together."""
    return needs_hours * direct + a.codetermined_hours * codetermined


@formula
def leader_hours_taken(at_table: float, direct: float, codetermined: float, a: Voices) -> float:
    """A school leader's hours a year at the table, on a needs analysis and with the representatives."""
    return (
        a.table_hours * at_table + a.direct_leader_hours * direct + a.codetermined_leader_hours * codetermined
    )
