"""The pre-phase (forfase): owner, guides and governor find out what is wrong, anchor it, and choose measures [F4-F6]."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.turnover import Turnover
from sim.processes.process import Process
from sim.processes.shares import joined, share_of
from sim.processes.turnover import kept_by_office
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up.assumptions import Governors, Prephase, Will, YearWheel
from sim.schemes.follow_up.control import woken
from sim.schemes.follow_up.governors import by_closeness, guided_part
from sim.schemes.follow_up.guides import send
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.phases import BEGINNERS, NOBODY, found_in
from sim.schemes.follow_up.state import FollowUpOffices, FollowUpOwners, FollowUpSchools, Phase
from sim.schemes.follow_up.year_wheel import growth
from sim.state import State
from sim.state.places import Counties, Municipalities
from sim.state.schools import Schools


def work(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of pre-phase in every municipality that is in it."""
    found = found_in(state, None, phase=Phase.PREPHASE)
    if found == NOBODY:
        return
    if found == BEGINNERS:
        f = state[FollowUpOwners]
        send(state, p, draw, to=(f.phase == Phase.PREPHASE) & (f.half_years == 0))
    guide(state, p, draw)
    involve(state, p)


@rule
def guide(
    f: FollowUpOwners,
    own: FollowUpOffices,
    schools: Schools,
    owners: Municipalities,
    counties: Counties,
    levers: FollowUp,
    w: Will,
    pre: Prephase,
    g: Governors,
    wheel: YearWheel,
    pandemic: Pandemic,
    turnover: Turnover,
    stalls: Annotated[Luck, "pre-phase stalls"],
) -> None:
    """Owner and guides find out what is wrong and anchor it, and the owner learns; at the beginning it brings along what
    analysis it has, and guides what they are told of the grounds; a change of head or principals sets it back.
    """
    n_schools, changed = np.zeros(len(f)), np.zeros(len(f))
    for s in range(len(schools)):
        n_schools[schools.municipality[s]] += 1
        changed[schools.municipality[s]] += schools.new_principal[s]
    ordered = woken(levers, w)
    for o in range(len(f)):
        if f.phase[o] != Phase.PREPHASE:
            continue
        if f.half_years[o] == 0:
            own_picture = pre.own_analysis * owners.competence[o]
            f.analysis[o] = own_picture + told_to_guides(f.doubt[o], levers, pre) * (1 - own_picture)
            f.anchoring[o] = 0.0
            f.sideways[o] = 0.0
            f.guided[o] = True
            f.spent_hours[o] += levers.early_information * pre.planning_hours
        else:
            by_office = kept_by_office(owners.capacity_fte[o], owners.continuity[o], turnover.head_memory_fte)
            new = changed[o] / max(n_schools[o], 1.0)
            f.analysis[o] *= kept_through_changes(owners.new_head[o], by_office, 0.0, pre)
            f.anchoring[o] *= kept_through_changes(owners.new_head[o], by_office, new, pre)
        fit, takes_over, effort = f.guide_match[o], f.takes_over[o], f.effort[o]
        part = guided_part(f.track[o], levers)
        owner_focus = for_owner(levers.owner_focus, owners.capacity_fte[o], levers)
        hours = hours_received(
            f.half_years[o], f.start_delay[o], part * levers.guide_hours, pandemic.share_lost
        )
        close, clear = f.closeness[o], own.role_clarity[counties.office[owners.county[o]]]
        if stalls.uniform(owners.id[o]) >= stall_chance(effort, takes_over, clear, pre, g):
            on_schools = hours * (1 - owner_focus)
            used = useful_hours(on_schools, fit, owners.capacity_fte[o], close, takes_over, effort, pre)
            f.analysis[o] = 1 - (1 - f.analysis[o]) * np.exp(-used / hours_needed(n_schools[o], pre))
        pace = pre.anchoring_pace / 2 * (1 - pandemic.share_lost) * effort
        pace *= by_closeness(g.anchoring_gain, close, g)
        upwards = 1 + pre.backing_gain * joined(owners.backing[o], ordered)
        f.anchoring[o] += min(pace * upwards, 1.0) * (1 - f.anchoring[o])
        f.sideways[o] += sideways_step(f.sideways[o], n_schools[o], effort * (1 - pandemic.share_lost), pre)
        learned = owner_learning(hours, fit, takes_over, effort, pre)
        owners.competence[o] += learned * (1 - owners.competence[o])
        if owner_focus > 0:  # guides' hours on the year wheel; the owner learns by building it
            grown = growth(f.year_wheel[o], hours * owner_focus * fit * effort, wheel)
            f.year_wheel[o] += grown
            owners.competence[o] += wheel.learns * grown * (1 - owners.competence[o])
        f.guide_hours[o] += hours
        f.spent_hours[o] += hours + part * pre.owner_hours / 2 * effort


@formula
def for_owner(share: float, capacity_fte: float, levers: FollowUp) -> float:
    """Part of the work that is for the owner itself: none where its staff is so small that all is for its schools."""
    return share if capacity_fte >= levers.at_school_below_fte else 0.0


@formula
def told_to_guides(doubt: float, levers: FollowUp, pre: Prephase) -> float:
    """Part of a right picture of the challenges that guides have from the start since they know the grounds of the draw: the less
    these can be doubted.
    """
    return levers.guides_told * pre.told_gain * (1 - doubt)


@formula
def sideways_step(sideways: float, n_schools: float, effort: float, pre: Prephase) -> float:
    """How much further PPT, kindergartens and health services are drawn in this half-year: sooner where ways are short [F6]."""
    short = 2 * pre.usual_schools / (pre.usual_schools + max(n_schools, 1.0)) - 1
    pace = pre.sideways_pace / 2 * effort * (1 + pre.short_ways * short)
    return min(pace, 1.0) * (1 - sideways)


@formula
def hours_received(half_years: int, delay: float, yearly: float, pandemic: float) -> float:
    """Guide hours this half-year: fewer in a first half-year that starts late, and in the pandemic [F10]."""
    lost = min(2 * delay, 1.0) if half_years == 0 else 0.0
    return yearly / 2 * (1 - lost) * (1 - pandemic)


@formula
def stall_chance(effort: float, takes_over: float, clear: float, pre: Prephase, g: Governors) -> float:
    """Chance that nothing moves this half-year: with a critical friend and an owner that puts little in [F4], and the more where
    roles in the triangle are not clear [F5].
    """
    unclear = 1 + g.unclear_stalls * (1 - clear)
    return share_of(pre.stall_chance * unclear * (1 - effort) * (1 - takes_over))


@formula
def hours_needed(n_schools: float, pre: Prephase) -> float:
    """Well used guide hours that bring the analysis two thirds of the way: more where there are many schools [F4]."""
    times = max(n_schools, 1.0) / pre.usual_schools
    return pre.hours_to_analyse * float(times**pre.hours_power)


@formula
def useful_hours(
    hours: float,
    match: float,
    capacity_fte: float,
    closeness: float,
    takes_over: float,
    effort: float,
    pre: Prephase,
) -> float:
    """Guide hours that move the analysis: well matched, not lost to coordination where the office is small [F6], helped by the
    governor, and met by the owner's own effort unless the guides take over.
    """
    coordination = pre.coordination_share * pre.coordination_fte / (pre.coordination_fte + capacity_fte)
    met = takes_over + (1 - takes_over) * effort
    return hours * match * (1 - coordination) * (1 + pre.closeness_gain * closeness) * met


@formula
def owner_learning(hours: float, match: float, takes_over: float, effort: float, pre: Prephase) -> float:
    """Part of the way to full competence that an owner goes this half-year: more by doing than by watching."""
    by_doing = (1 - takes_over) * effort + takes_over * pre.learns_from_watching * effort
    guided = match * (1 - np.exp(-2 * hours / pre.hours_to_analyse))
    learned: float = pre.learns_from_doing / 2 * by_doing * guided
    return learned


@rule
def involve(
    schools: Schools,
    fs: FollowUpSchools,
    f: FollowUpOwners,
    owners: Municipalities,
    levers: FollowUp,
    pre: Prephase,
    g: Governors,
) -> None:
    """Schools are drawn in as far as it is about them and the deadline leaves time, those that accept most, and less and less as
    the pre-phase goes on.
    """
    left, in_time = np.zeros(len(f)), 1 - pre.rushed * (1 - usable_share(levers, pre))
    for o in range(len(f)):
        if f.phase[o] == Phase.PREPHASE:
            still = involvement_left(f.half_years[o], f.closeness[o], pre, g)
            owner_focus = for_owner(levers.owner_focus, owners.capacity_fte[o], levers)
            left[o] = (1 - owner_focus) * in_time * still
    for s in range(len(schools)):
        if left[schools.municipality[s]] > 0 and not fs.trauma[s]:
            drawn_in = left[schools.municipality[s]] * fs.acceptance[s] * fs.help[s]
            schools.involvement[s] = joined(schools.involvement[s], drawn_in)


@formula
def involvement_left(half_years: int, close: float, pre: Prephase, g: Governors) -> float:
    """How far schools' teachers are drawn in after so many half-years, in [0, 1]; a close governor holds up part of the fall."""
    falls = pre.involvement_falls * (1 - g.keeps_involved * close)
    return pre.involvement_start * (1 - falls) ** half_years


@formula
def kept_through_changes(new_head: bool, by_office: float, new_principals: float, pre: Prephase) -> float:
    """Part of what a pre-phase has come to that outlives changes of staff: a head's by what the office keeps, and the share of
    principals who are new.
    """
    of_head = 1 - pre.head_loses * (1 - by_office) if new_head else 1.0
    return of_head * (1 - pre.principals_lose * new_principals)


@formula
def usable_share(levers: FollowUp, pre: Prephase) -> float:
    """Part of the pre-phase that the application can rest on, in [0, 1]: until it is due, and what planning for it wins back."""
    return levers.deadline_share + levers.early_information * pre.planned_for * (1 - levers.deadline_share)


PROCESS = Process(
    "follow_up.prephase",
    work,
    "Guides and owner work; what they find decides the measures that come after.",
    "AFI-rapport 2021:09, ch. 3 [F4, F5, F6, F10]",
)
