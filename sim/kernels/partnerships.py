"""Kernels over partnerships of owners with UH units; see `sim.schemes.decentralised.partners` and `.uh`."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.kernels.keeping import compiled


@compiled(
    "void(int64[::1], int64[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[:, ::1], float64[::1], boolean[::1])"
)
def work_together(
    uh_unit: Ints,
    county: Ints,
    forum: Ints,
    effort: Floats,
    uh_effort: Floats,
    clarity: Floats,
    competence: Floats,
    capacity: Floats,
    continuity: Floats,
    new_head: Bools,
    u: Floats,
    about: Floats,
    part: Floats,
    trust: Floats,
    shared: Floats,
    tailored: Floats,
    equality: Floats,
    together: Floats,
    age: Floats,
    changed: Bools,
) -> None:
    """Half a year of partnerships: trust, understanding, tailoring, equality, and what is done together, by `part` a phase.

    `uh_effort` is given by unit, `forum` by county, `clarity` by forum; `u` decides whether UH's key person leaves.
    """
    near, met_share, trust_gain, shared_gain, shared_top, uh_exit, trust_loss, memory_fte = about[:8]
    other_tailoring, network_tailoring, tailoring_pace = about[8:11]
    equal_base, by_competence, by_tailoring, equality_pace, together_pace = about[11:]
    for i in range(len(uh_unit)):
        met = near * ((effort[i] + uh_effort[uh_unit[i]]) / 2) * met_share
        trusts = trust[i] + trust_gain * met * (1 - trust[i])
        understood = shared[i] + shared_gain * met * max(shared_top - shared[i], 0.0)
        memory = capacity[i] / (capacity[i] + memory_fte)
        memory += continuity[i] * (1 - memory)
        by_owner = 1 - trust_loss * 2 * (1 - memory) if new_head[i] else 1.0
        kept = min(max(by_owner, 0.0), 1.0) * (1 - trust_loss if u[i] < uh_exit else 1.0)
        trust[i], shared[i] = trusts * kept, understood * kept
        tailoring = other_tailoring + network_tailoring * min(2 * shared[i], 1.0)
        tailored[i] += tailoring_pace * (tailoring - tailored[i])
        base = equal_base * (1 + clarity[forum[county[i]]]) / 2
        equal = base + by_competence * competence[i] + by_tailoring * tailored[i]
        equality[i] += equality_pace * (min(max(equal, 0.0), 1.0) - equality[i])
        called_for = near * sqrt(trust[i] * equality[i])
        for phase in range(len(part)):
            together[i, phase] += together_pace * (part[phase] * called_for - together[i, phase])
        age[i] += 1 / 2
        changed[i] = False


@compiled(
    "void(int64[::1], int64[::1], int64, float64[::1], float64[::1], float64[::1], int64[::1], int64[::1], float64[::1],"
    " float64[::1], float64[:, ::1], float64[::1], boolean[::1])"
)
def change_partners(
    network: Ints,
    office: Ints,
    n_offices: int,
    competence: Floats,
    u: Floats,
    about: Floats,
    uh_unit: Ints,
    known_as: Ints,
    trust: Floats,
    shared: Floats,
    together: Floats,
    age: Floats,
    changed: Bools,
) -> None:
    """Networks, by `u`, leave for the unit at work under their owner's office that has most `competence`, given by unit.

    The new unit goes to `uh_unit` and to what it is `known_as` to other schemes.
    """
    chance, after, below, start = about
    present = np.zeros((n_offices, len(competence)), dtype=np.bool_)
    for i in range(len(network)):
        present[office[i], uh_unit[i]] = True
    best = np.zeros(n_offices, dtype=np.int64)
    for where in range(n_offices):
        most = -1.0
        for unit in range(len(competence)):
            if present[where, unit] and competence[unit] > most:
                best[where], most = unit, competence[unit]
    members, missed, years = np.zeros_like(u), np.zeros_like(u), np.zeros_like(u)
    for i in range(len(network)):
        most = min(competence[best[office[i]]], below)
        members[network[i]] += 1
        missed[network[i]] += max(most - competence[uh_unit[i]], 0.0) / below
        years[network[i]] += age[i]
    for i in range(len(network)):
        n, partner = network[i], best[office[i]]
        leaves = u[n] < chance * (missed[n] / members[n]) and years[n] / members[n] >= after
        if leaves and partner != uh_unit[i]:
            uh_unit[i] = known_as[i] = partner
            trust[i] = shared[i] = start
            together[i] = 0
            age[i], changed[i] = 0, True


@compiled(
    "void(int64[::1], int64[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1])"
)
def serve(
    uh_unit: Ints,
    to_uh: Ints,
    specialised: Bools,
    about: Floats,
    hours: Floats,
    capacity: Floats,
    demand: Floats,
    process: Floats,
    contact: Floats,
    teaching: Floats,
    research: Floats,
) -> None:
    """Units give the hours that are paid for, as far as their staff goes, recruit, and learn from it."""
    hour_nok, recruits, lets_go, learned, lost, carries, contact_pace, teaching_pace, research_pace = about
    demand[:] = 0
    for i in range(len(uh_unit)):
        hours[i] = to_uh[i] / hour_nok
        demand[uh_unit[i]] += hours[i]
    met = np.empty_like(demand)
    for unit in range(len(demand)):
        met[unit] = min(capacity[unit] / max(demand[unit], 1.0), 1.0)
        gap = demand[unit] - capacity[unit]
        capacity[unit] += (recruits if gap > 0 else lets_go) / 2 * gap
        used = min(demand[unit] / max(capacity[unit], 1.0), 1.0)
        can = process[unit]
        process[unit] = can + learned * used * (1 - can) - lost * can
        contact[unit] += contact_pace * (used - contact[unit])
        carried = (carries if specialised[unit] else 1.0) * contact[unit]
        teaching[unit] += teaching_pace * (carried - teaching[unit])
        research[unit] += research_pace * (carried - research[unit])
    for i in range(len(uh_unit)):
        hours[i] = hours[i] / 2 * met[uh_unit[i]]
