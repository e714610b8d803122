"""Measures in the schools of counties and private owners: begun, led, stalled or not, and what they make of practice.

By the same formulas as in municipal schools, so that a krone and an hour of UH come to the same; but a staff is one, its
ownership and tiredness are as usual, and there are no resource teachers and no small projects of its own.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.classroom import Classroom
from sim.parameters.implementing import Implementing
from sim.parameters.load import Load, Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.implementing import implemented
from sim.processes.practice import fading_share, taken_in
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import HandingOver, Hands, Measure, Money, Partners
from sim.schemes.decentralised.carrying_out import (
    condition,
    dose,
    kept_up,
    orders,
    restart_chance,
    routine_after,
    stall_chance,
)
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import contact, regime_of
from sim.schemes.decentralised.measures import covered, measure_fit, umbrella
from sim.schemes.decentralised.other_owners.assumptions import OtherSchooling
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs
from sim.schemes.decentralised.partners import tailoring_called_for
from sim.schemes.decentralised.state import CountyForums, DecentralisedUH, Forums, Logic
from sim.schemes.decentralised.uh import quality_in_schools
from sim.state import State
from sim.state.places import UHUnits


def carry_out(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year: partnerships, measures that end and begin, and what is learned and fades."""
    work(state, p, draw, autumn=state.now.season is Season.AUTUMN)


@formula
def meet(
    other: OtherOwners,
    uh: DecentralisedUH,
    levers: Decentralised,
    h: HandingOver,
    a: Measure,
    partners: Partners,
    money: Money,
    pandemic: Pandemic,
    beside: OtherSchooling,
    leaves: Luck,
) -> None:
    """Partnerships with UH: one tie each, which grows with contact and goes with persons; and who leads [D3, D6]."""
    in_forum, alone = regime_of(levers, False, h), regime_of(levers, True, h)
    for j in range(len(other)):
        now = alone if other.alone[j] else in_forum
        near = contact(now, other.effort[j] > 0, partners.other_contact)
        met = near * (other.effort[j] + uh.effort[other.uh_unit[j]]) / 2 * (1 - pandemic.share_lost)
        kept = 1 - partners.trust_loss if leaves.uniform(other.id[j]) < partners.uh_exit / 2 else 1.0
        other.tie[j] = (other.tie[j] + partners.trust_gain / 2 * met * (1 - other.tie[j])) * kept
        called_for = tailoring_called_for(other.tie[j], now, money)
        other.tailored[j] += partners.tailoring_pace / 2 * (called_for - other.tailored[j])
        staff = other.capacity_fte[j] - other.alone[j] * beside.own_scheme_fte
        supplied = uh.process_competence[other.uh_unit[j]] * near * other.tie[j]
        other.process_leadership[j] = led_by(max(staff, 0.0), supplied, a)


@formula
def led_by(staff_fte: float, supplied: float, a: Measure) -> float:
    """Process leadership, in [0, 1], by an owner's staff and by what UH supplies where they carry out together [D6]."""
    large = staff_fte / (staff_fte + a.process_large_fte)
    return share_of(a.process_base + a.process_large * large + a.process_uh * supplied)


@rule
def work(
    staffs: OtherStaffs,
    other: OtherOwners,
    uh: DecentralisedUH,
    units: UHUnits,
    counties: CountyForums,
    forums: Forums,
    levers: Decentralised,
    h: HandingOver,
    a: Measure,
    usual: Implementing,
    partners: Partners,
    hands: Hands,
    money: Money,
    classroom: Classroom,
    load: Load,
    pandemic: Pandemic,
    turnover: Turnover,
    beside: OtherSchooling,
    parts: Annotated[Luck, "UH's key person with another owner leaves"],
    begins: Annotated[Luck, "a next measure beside municipalities", 2],
    goes_on: Annotated[Luck, "a measure beside municipalities stalls or starts again"],
    leaves: Annotated[Luck, "principal beside municipalities leaves"],
    autumn: bool,
) -> None:
    """Measures end, begin in autumn, come further or stall; staffs learn, teachers leave, and what nobody keeps up fades."""
    in_network = a.plan_weight * regime_of(levers, False, h)[Logic.NETWORK]
    meet(other, uh, levers, h, a, partners, money, pandemic, beside, parts)
    for s in range(len(staffs)):
        j = staffs.owner[s]
        staffs.years_left[s] = max(staffs.years_left[s] - 1 / 2, 0.0)
        staffs.in_measure[s] = staffs.in_measure[s] and staffs.years_left[s] > 0
        chance = a.start_share * other.effort[j] * (other.grant_nok[j] > 0)
        if autumn and not staffs.in_measure[s] and begins.uniform(staffs.id[s], 0) < chance:
            general = begins.uniform(staffs.id[s], 1) < a.general_share
            staffs.in_measure[s], staffs.stalled[s] = True, False
            staffs.years_left[s] = levers.measure_years
            staffs.coverage[s] = covered(general, False, a)
            forum = counties.forum[other.county[j]]
            planned = 0.0 if other.alone[j] else in_network
            kept = planned_fit(other.tailored[j], planned, forums.plan[forum], partners)
            staffs.fit[s] = measure_fit(other.hit[j], kept, general, False, a)
            staffs.stage[s] *= umbrella(other.process_leadership[j], a)
    doses = doses_of(staffs, other, levers, h, a, money)
    fades, kept_on = fading_share(classroom.half_life), 1 - beside.exit_chance * autumn
    for s in range(len(staffs)):
        if not staffs.in_measure[s] and staffs.routine[s] == 0:
            staffs.practice[s] *= kept_on * (1 - fades)  # nothing is kept up, and nothing can stall
            continue
        j = staffs.owner[s]
        led, degree, offered = other.process_leadership[j], 0.0, 0.0
        new_principal = autumn and leaves.uniform(staffs.id[s]) < turnover.principal_exit
        ahead, stalled = 0.0, False
        if staffs.in_measure[s]:
            u = goes_on.uniform(staffs.id[s])
            stalled = u >= restart_chance(a, usual) if staffs.stalled[s] else u < stall_chance(led, a, usual)
            ahead = 0.0 if stalled else (1 - pandemic.share_lost) / 2
        set_back = usual.principal_setback_years * new_principal
        staffs.stalled[s], staffs.stage[s] = stalled, max(staffs.stage[s] + ahead - set_back, 0.0)
        if staffs.in_measure[s]:
            degree = implemented(staffs.stage[s], usual.midpoint_years, usual.width_years)
            if not stalled:
                unit = other.uh_unit[j]
                quality = quality_in_schools(units.quality[unit], units.specialised[unit], hands)
                helped = condition(staffs.fit[s], quality, led, False, False, a, usual, partners)
                offered = staffs.coverage[s] * degree * classroom.cycle_effect / 2 * doses[j] * helped
        staffs.routine[s] = routine_after(staffs.routine[s], degree, new_principal, beside.exit_chance, a)
        held = kept_up(staffs.routine[s], led, False, a)
        learned = staffs.practice[s] * kept_on + taken_in(offered, load.fatigue_base, classroom)
        staffs.practice[s] = learned * (1 - fades * (1 - classroom.upkeep_saves * held))


@formula
def planned_fit(tailored: float, planned: float, plan: float, partners: Partners) -> float:
    """How far the analysis is followed in what an owner gets, around one; without a council of its own."""
    kept = tailored + (1 - tailored) * partners.package_fit
    return kept * (1 + planned * (2 * plan - 1))


@formula
def doses_of(
    staffs: OtherStaffs, other: OtherOwners, levers: Decentralised, h: HandingOver, a: Measure, money: Money
) -> Floats:
    """The dose of each owner's measures, shape (other owners,): what money buys for each teacher who takes part."""
    in_forum, alone = regime_of(levers, False, h), regime_of(levers, True, h)
    taking_part, doses = np.zeros(len(other)), np.empty(len(other))
    for s in range(len(staffs)):
        taking_part[staffs.owner[s]] += staffs.n_teachers[s] * staffs.coverage[s] * staffs.in_measure[s]
    for j in range(len(other)):
        market = alone[Logic.MARKET] if other.alone[j] else in_forum[Logic.MARKET]
        usable = orders(other.capacity_fte[j], market, money) / max(taking_part[j], 1.0)
        time_nok = other.grant_nok[j] - other.uh_nok[j] + other.own_nok[j]
        doses[j] = dose(2 * other.uh_hours[j] * usable, time_nok / a.time_nok * usable, a)
    return doses


PROCESS = Process(
    "decentralised.other_owners.carry_out",
    carry_out,
    "UH has given its hours; counties' and private owners' schools work with them.",
    "AFI-rapport 2026:02, 1.2, 2.3 [D6, D7]",
)
