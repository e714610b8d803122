"""The pre-phase (forfase): owner, guides and governor find out what is wrong, anchor it, and choose measures [F4-F6]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints, clipped
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.processes.grouping import joined
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.assumptions import Prephase
from sim.schemes.follow_up.guides import send, send_compiled
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools, Phase
from sim.schemes.follow_up.year_wheel import build
from sim.state import State
from sim.state.places import Counties, Municipalities, Offices
from sim.state.schools import Schools


def work(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of pre-phase in every municipality that is in it."""
    f, owners = state[FollowUpOwners], state[Municipalities]
    here = f.phase == Phase.PREPHASE
    if not here.any():
        return
    pre, levers = p[Prephase], p[FollowUp]
    begin(state, here & (f.half_years == 0), p, draw)
    hours = hours_received(f.half_years, f.start_delay, levers.guide_hours, p[Pandemic].share_lost)
    stalls = stall_luck(owners.id, draw) < stall_chance(f.effort, f.takes_over, pre)
    closeness = governor_closeness(state, p)
    on_schools = 1 - levers.owner_focus
    used = useful_hours(
        hours * on_schools, f.guide_match, owners.capacity_fte, closeness, f.takes_over, f.effort, pre
    )
    analysis = 1 - (1 - f.analysis) * np.exp(-used * ~stalls / pre.hours_to_analyse)
    learned = owner_learning(hours, f.guide_match, f.takes_over, f.effort, pre)
    pace = pre.anchoring_pace / 2 * (1 - p[Pandemic].share_lost) * f.effort
    upwards = 1 + pre.backing_gain * owners.backing
    anchored = f.anchoring + np.minimum(pace * upwards, 1) * (1 - f.anchoring)
    f.analysis[here] = analysis[here]
    f.anchoring[here] = anchored[here]
    owners.competence[here] += (learned * (1 - owners.competence))[here]
    build(state, here, hours * levers.owner_focus, p)
    f.guide_hours[here] += hours[here]
    f.spent_hours[here] += (hours + pre.owner_hours / 2 * f.effort)[here]
    involve(state, here, on_schools, pre)


def work_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`work`, compiled."""
    from sim.kernels import follow_up_guides as kernels

    f, fs, owners, schools = (
        state[FollowUpOwners],
        state[FollowUpSchools],
        state[Municipalities],
        state[Schools],
    )
    here = f.phase == Phase.PREPHASE
    rows = np.flatnonzero(here)
    if not len(rows):
        return
    pre, levers, share_lost = p[Prephase], p[FollowUp], p[Pandemic].share_lost
    starts = rows[f.half_years[rows] == 0]
    if len(starts):
        send_compiled(state, starts, p, draw)
    on_schools = 1 - levers.owner_focus
    given = levers.guide_hours, share_lost, pre.stall_chance, on_schools
    governor = levers.governor_closeness, pre.closeness_under_sanction, pre.closeness_gain
    office = pre.coordination_share, pre.coordination_fte
    planning = levers.early_information * pre.planning_hours
    hours, powers = np.empty(len(rows)), np.empty((2, len(rows)))
    kernels.guide(
        rows,
        owners.county,
        state[Counties].office,
        f.half_years,
        f.start_delay,
        state[Offices].closeness,
        stall_luck(owners.id[rows], draw),
        f.effort,
        f.takes_over,
        f.guide_match,
        owners.capacity_fte,
        f.sanctioned,
        owners.competence,
        np.array([*given, *governor, *office, pre.hours_to_analyse, pre.own_analysis, planning]),
        f.guided,
        f.analysis,
        f.anchoring,
        f.spent_hours,
        hours,
        powers,
    )
    learning = pre.learns_from_watching, pre.learns_from_doing / 2
    anchoring = pre.anchoring_pace / 2 * (1 - share_lost), pre.backing_gain
    kernels.learn_with_guides(
        rows,
        hours,
        np.exp(powers),
        f.effort,
        f.takes_over,
        f.guide_match,
        owners.backing,
        np.array([*learning, *anchoring, pre.owner_hours / 2]),
        f.analysis,
        f.anchoring,
        owners.competence,
        f.guide_hours,
        f.spent_hours,
    )
    if levers.owner_focus > 0:
        on_wheel = np.zeros(len(f))
        on_wheel[rows] = hours * levers.owner_focus
        build(state, here, on_wheel, p)
    left = involvement_left(f.half_years, on_schools, pre)
    kernels.draw_in(schools.municipality, here, left, fs.acceptance, fs.trauma, fs.help, schools.involvement)


def begin(state: State, starts: Bools, p: Parameters, draw: Draws) -> None:
    """The team of guides arrives; the owner brings along what analysis it has."""
    f, pre = state[FollowUpOwners], p[Prephase]
    f.analysis[starts] = pre.own_analysis * state[Municipalities].competence[starts]
    f.anchoring[starts] = 0
    f.guided[starts] = True
    f.spent_hours[starts] += p[FollowUp].early_information * pre.planning_hours
    rows = np.flatnonzero(starts)
    if len(rows):
        send(state, rows, p, draw)


def hours_received(half_years: np.ndarray, delay: Floats, yearly: float, pandemic: float) -> Floats:
    """Guide hours this half-year, shape (owners,): fewer in a first half-year that starts late, and in the pandemic [F10]."""
    lost = np.where(half_years == 0, np.minimum(2 * delay, 1), 0)
    return yearly / 2 * (1 - lost) * (1 - pandemic)


def stall_luck(ids: Ints, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide whether anything moves this half-year, shape (owners,)."""
    return draw.uniform("pre-phase stalls", ids)


def stall_chance(effort: Floats, takes_over: Floats, pre: Prephase) -> Floats:
    """Chance that nothing moves this half-year: with a critical friend and an owner that puts little in [F4]."""
    return clipped(pre.stall_chance * (1 - effort) * (1 - takes_over), 0, 1)


def governor_closeness(state: State, p: Parameters) -> Floats:
    """How close the governor's office is, in [0, 1], shape (owners,); its help counts less when it also holds a sanction [F5]."""
    own = state[Offices].closeness[state[Counties].office[state[Municipalities].county]]
    close = clipped((own + p[FollowUp].governor_closeness) / 2, 0, 1)
    return np.asarray(
        close * np.where(state[FollowUpOwners].sanctioned, p[Prephase].closeness_under_sanction, 1)
    )


def useful_hours(
    hours: Floats,
    match: Floats,
    capacity_fte: Floats,
    closeness: Floats,
    takes_over: Floats,
    effort: Floats,
    pre: Prephase,
) -> Floats:
    """Guide hours that move the analysis, shape (owners,): well matched, not lost to coordination where the office is
    small [F6], helped by the governor, and met by the owner's own effort unless the guides take over.
    """
    coordination = pre.coordination_share * pre.coordination_fte / (pre.coordination_fte + capacity_fte)
    met = takes_over + (1 - takes_over) * effort
    return hours * match * (1 - coordination) * (1 + pre.closeness_gain * closeness) * met


def owner_learning(hours: Floats, match: Floats, takes_over: Floats, effort: Floats, pre: Prephase) -> Floats:
    """Part of the way to full competence that the owner goes this half-year, shape (owners,): more by doing than by watching."""
    by_doing = (1 - takes_over) * effort + takes_over * pre.learns_from_watching * effort
    guided = match * (1 - np.exp(-2 * hours / pre.hours_to_analyse))
    return np.asarray(pre.learns_from_doing / 2 * by_doing * guided)


def involve(state: State, here: Bools, on_schools: float, pre: Prephase) -> None:
    """Schools are drawn in as far as it is about them, those that accept most, and less and less as the pre-phase goes on."""
    f, fs, schools = state[FollowUpOwners], state[FollowUpSchools], state[Schools]
    left = involvement_left(f.half_years, on_schools, pre)
    rows = np.flatnonzero(here[schools.municipality])
    drawn_in = left[schools.municipality[rows]] * fs.acceptance[rows] * ~fs.trauma[rows] * fs.help[rows]
    schools.involvement[rows] = joined(schools.involvement[rows], drawn_in)


def involvement_left(half_years: Ints, on_schools: float, pre: Prephase) -> Floats:
    """How far schools' teachers are drawn in after so many half-years, in [0, 1], same shape."""
    return np.asarray(on_schools * pre.involvement_start * (1 - pre.involvement_falls) ** half_years)


PROCESS = Process(
    "follow_up.prephase",
    work,
    "Guides and owner work; what they find decides the measures that come after.",
    "AFI-rapport 2021:09, ch. 3 [F4, F5, F6, F10]",
    compiled=work_compiled,
)
