"""Measures under way: led, carried by resource teachers, stalled or not, worn down by load, and kept up or not [D6, D8-D12]."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats
from sim.parameters.classroom import Classroom
from sim.parameters.implementing import Implementing
from sim.parameters.load import Pandemic
from sim.processes.implementing import implemented, saturating
from sim.processes.process import Process
from sim.processes.shares import joined, share_of
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import (
    Coordinators,
    HandingOver,
    Hands,
    Measure,
    Money,
    Partners,
    Voices,
)
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import regime_of, taken_together
from sim.schemes.decentralised.state import (
    Collaboration,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Logic,
    PartnershipModel,
    Ties,
)
from sim.schemes.decentralised.uh import quality_in_schools
from sim.schemes.decentralised.voices import lead_in_schools
from sim.state.places import Municipalities, Networks, UHUnits
from sim.state.schools import Schools

LEAST = 1e-9  # process leadership that no owner falls below, so that a chance of stalling can be told


@rule
def carry_out(
    schools: Schools,
    ds: DecentralisedSchools,
    owners: Municipalities,
    dec: DecentralisedOwners,
    ties: Ties,
    uh: DecentralisedUH,
    units: UHUnits,
    networks: Networks,
    levers: Decentralised,
    a: Measure,
    usual: Implementing,
    partners: Partners,
    hands: Hands,
    money: Money,
    voices: Voices,
    coordinators: Coordinators,
    classroom: Classroom,
    pandemic: Pandemic,
    h: HandingOver,
    luck: Annotated[Luck, "a measure stalls or starts again"],
) -> None:
    """Half a year of measures: what UH hours, time, fit and leadership make of them in each school."""
    lead(owners, dec, ties, uh, a, partners)
    left = lead_in_schools(schools, ds, dec, levers, voices, a)
    move_on(schools, ds, a, usual, pandemic, luck)
    doses = doses_by_owner(schools, ds, owners, dec, networks, levers, h, a, money, coordinators)
    in_forum = drawn_in_by(regime_of(levers, False, h), money)
    alone = drawn_in_by(regime_of(levers, True, h), money)
    for s in range(len(schools)):
        o = schools.municipality[s]
        degree = 0.0
        if ds.in_measure[s]:
            enthusiasts = driven(ds.seed[s], ties.model[o])
            degree = implemented(ds.stage[s], usual.midpoint_years, usual.width_years)
            if not ds.stalled[s]:
                unit = ties.uh_unit[o]
                quality = quality_in_schools(units.quality[unit], units.specialised[unit], hands)
                helped = condition(
                    ds.fit[s], quality, ds.led[s], enthusiasts, ds.resource_teacher[s], a, usual, partners
                )
                free = 1 - a.competing * schools.occupied[s]
                full = classroom.cycle_effect / 2 * doses[o] * helped
                schools.learning[s] += ds.coverage[s] * degree * full * free
            involving = alone if dec.handed_over[o] else in_forum
            decided = voices.involvement_codetermined * ds.codetermination[s]
            drawn_in = involvement(dec.direct[o], decided, enthusiasts, involving * left[s], a)
            schools.involvement[s] = max(schools.involvement[s], drawn_in)
        ds.routine[s] = routine_after(
            ds.routine[s], degree, schools.new_principal[s], schools.teacher_turnover[s], a
        )
        held = kept_up(ds.routine[s], ds.led[s], ds.resource_teacher[s], a)
        schools.upkeep[s] = joined(schools.upkeep[s], held)


@formula
def lead(
    owners: Municipalities,
    dec: DecentralisedOwners,
    ties: Ties,
    uh: DecentralisedUH,
    a: Measure,
    partners: Partners,
) -> None:
    """Process leadership of each owner: by its staff, by what UH supplies where they carry out together, by a method [D5, D6]."""
    for o in range(len(owners)):
        large = owners.capacity_fte[o] / (owners.capacity_fte[o] + a.process_large_fte)
        supplied = uh.process_competence[ties.uh_unit[o]] * ties.together[o, Collaboration.CARRYING_OUT]
        method = partners.procedure_process * (ties.model[o] == PartnershipModel.PROCEDURE)
        led = a.process_base + a.process_large * large + a.process_uh * supplied + method
        dec.process_leadership[o] = share_of(led)


@formula
def move_on(
    schools: Schools,
    ds: DecentralisedSchools,
    a: Measure,
    usual: Implementing,
    pandemic: Pandemic,
    luck: Luck,
) -> None:
    """Measures come further, stall where nobody leads them, and are set back by a new principal [D3, D6].

    Small projects driven by teachers spread to colleagues, the more the stronger the community [D9].
    """
    for s in range(len(schools)):
        ahead, stalled = 0.0, False
        if ds.in_measure[s]:
            led = with_help(ds.led[s], ds.resource_teacher[s], a)
            u = luck.uniform(schools.id[s])
            stalled = u >= restart_chance(a, usual) if ds.stalled[s] else u < stall_chance(led, a, usual)
            ahead = 0.0 if stalled else (1 - pandemic.share_lost) / 2
            if ds.seed[s]:
                ds.coverage[s] += a.seed_spread / 2 * schools.community[s] * (1 - ds.coverage[s])
        ds.stalled[s] = stalled
        set_back = usual.principal_setback_years * schools.new_principal[s]
        ds.stage[s] = max(ds.stage[s] + ahead - set_back, 0.0)


@formula
def with_help(led: float, resource_teacher: bool, a: Measure) -> float:
    """What is led, or well done, with a resource teacher or without."""
    return led * (1 + a.resource_gain * resource_teacher)


@formula
def stall_chance(led: float, a: Measure, usual: Implementing) -> float:
    """Chance of stalling within half a year, in [0, 1]: the less a process is led, the greater."""
    chance = share_of(usual.stall_chance / 2 * a.usual_process / max(led, LEAST))
    return chance * (1 - a.kept_going)


@formula
def restart_chance(a: Measure, usual: Implementing) -> float:
    """Chance that what has stalled goes on half a year later."""
    return usual.restart_chance + a.kept_going * (1 - usual.restart_chance)


@formula
def doses_by_owner(
    schools: Schools,
    ds: DecentralisedSchools,
    owners: Municipalities,
    dec: DecentralisedOwners,
    networks: Networks,
    levers: Decentralised,
    h: HandingOver,
    a: Measure,
    money: Money,
    coordinators: Coordinators,
) -> Floats:
    """The dose of each owner's measures, shape (owners,): what money buys for each teacher who takes part.

    Resource teachers and the network's coordinator are paid first, from what UH does not get [D10].
    """
    taking_part, paid = np.zeros(len(owners)), np.zeros(len(owners))
    members = np.zeros(len(networks))
    for s in range(len(schools)):
        o = schools.municipality[s]
        taking_part[o] += schools.n_teachers[s] * ds.coverage[s] * ds.in_measure[s]
        paid[o] += a.resource_hours * a.time_nok * (ds.resource_teacher[s] and ds.in_measure[s])
    for o in range(len(owners)):
        members[owners.network[o]] += 1
    doses, in_forum, alone = np.empty(len(owners)), regime_of(levers, False, h), regime_of(levers, True, h)
    for o in range(len(owners)):
        market = alone[Logic.MARKET] if dec.handed_over[o] else in_forum[Logic.MARKET]
        usable = orders(owners.capacity_fte[o], market, money) / max(taking_part[o], 1.0)
        shared = levers.coordinator_fte * coordinators.nok / members[owners.network[o]]
        left_nok = dec.grant_nok[o] - dec.uh_nok[o] + dec.own_nok[o] - paid[o] - shared
        time_nok = max(left_nok, 0.0)
        doses[o] = dose(2 * dec.uh_hours[o] * usable, time_nok / a.time_nok * usable, a)
    return doses


@formula
def dose(uh_hours: float, time_hours: float, a: Measure) -> float:
    """How near a measure comes to a full supported cycle, in [0, 1]: UH hours and paid time for each teacher in a year."""
    uh = saturating(uh_hours, a.hours_per_teacher)
    time = saturating(time_hours, a.time_per_teacher)
    return float((1 - a.time_weight) * uh + a.time_weight * time)


@formula
def orders(capacity_fte: float, market: float, money: Money) -> float:
    """Part of the money that is well used, in [0, 1]: in a market, capacity to order decides."""
    return 1 - market + market * capacity_fte / (capacity_fte + money.order_capacity)


@formula
def driven(seed: bool, model: int) -> bool:
    """Whether a school's measure is driven by a few teachers with UH at the edge [D5, D9]."""
    return seed or model == PartnershipModel.ENTHUSIAST


@formula
def condition(
    fit: float,
    quality: float,
    led: float,
    enthusiasts: bool,
    resource_teacher: bool,
    a: Measure,
    usual: Implementing,
    partners: Partners,
) -> float:
    """Conditions of a school's measure as a factor on what the literature finds under usual ones."""
    led_quality = quality / usual.usual_quality * (led / a.usual_process)
    knowledge = partners.enthusiast_knowledge if enthusiasts else 1.0
    whole = fit / usual.usual_fit * led_quality * knowledge
    return min(with_help(whole, resource_teacher, a), usual.best_fidelity)


@rule
def conditions(
    schools: Schools,
    ds: DecentralisedSchools,
    ties: Ties,
    units: UHUnits,
    a: Measure,
    usual: Implementing,
    partners: Partners,
    hands: Hands,
) -> Floats:
    """`condition` of each school's measure, shape (schools,); for those who look on."""
    found = np.empty(len(schools))
    for s in range(len(schools)):
        o = schools.municipality[s]
        unit, enthusiasts = ties.uh_unit[o], driven(ds.seed[s], ties.model[o])
        quality = quality_in_schools(units.quality[unit], units.specialised[unit], hands)
        found[s] = condition(
            ds.fit[s], quality, ds.led[s], enthusiasts, ds.resource_teacher[s], a, usual, partners
        )
    return found


@formula
def drawn_in_by(regime: Floats, money: Money) -> float:
    """How far the way in which money comes draws teachers in, against a network."""
    return taken_together(regime, money.market_involvement, money.hierarchy_involvement, 1.0)


@formula
def involvement(direct: float, decided: float, enthusiasts: bool, lasting: float, a: Measure) -> float:
    """How far teachers are drawn into their school's measure, in [0, 1], and after some years of it less [D4, D5, D11].

    `decided` is what co-determination adds; `lasting` what the way in which money comes does to it, and what has worn off.
    """
    begun = a.involvement_indirect + (a.involvement_direct - a.involvement_indirect) * direct
    begun += a.involvement_enthusiast * enthusiasts + decided
    return share_of(begun * lasting)


@formula
def routine_after(
    routine: float, degree: float, new_principal: bool, teacher_turnover: float, a: Measure
) -> float:
    """How far things have become routine, in [0, 1]: it follows the degree of implementation up, and goes with new principals
    and new staff [D10, D11].
    """
    stays = 1 - a.routine_lost * (1.0 if new_principal else teacher_turnover / 2)
    return max(routine * stays, degree)


@formula
def kept_up(routine: float, led: float, resource_teacher: bool, a: Measure) -> float:
    """Upkeep, in [0, 1]: what is routine is kept up while somebody leads it, during measures and after them [D10, D11]."""
    return share_of(with_help(a.upkeep * led, resource_teacher, a) * routine)


PROCESS = Process(
    "decentralised.measures.carry_out",
    carry_out,
    "What reaches the schools of it is learned below.",
    "AFI-rapport 2026:02, 2.3 [D4-D6, D8-D12]",
)
