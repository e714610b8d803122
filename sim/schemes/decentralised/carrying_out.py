"""Measures under way: led, carried by resource teachers, stalled or not, worn down by load, and kept up or not [D6, D8-D12]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, clipped
from sim.parameters.classroom import Classroom
from sim.parameters.implementing import Implementing
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.processes.implementing import implemented, s_curve, saturating
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Hands, Measure, Money, Partners
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import parts, taken_together
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
from sim.state import State
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Schools

LEAST = 1e-9  # process leadership that no owner falls below, so that a chance of stalling can be told


def carry_out(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of measures: what UH hours, time, fit and leadership make of them in each school."""
    ds, schools, a = state[DecentralisedSchools], state[Schools], p[Measure]
    owner = schools.municipality
    lead(state, p)
    move_on(state, p, draw)
    spread(ds, schools, a)
    degree = (
        implemented(ds.stage, p[Implementing].midpoint_years, p[Implementing].width_years) * ds.in_measure
    )
    reached = ds.coverage * degree * ~ds.stalled
    full = p[Classroom].cycle_effect / 2 * dose(state, p)[owner] * conditions(state, p)
    free = 1 - a.competing * (schools.learning > 0)
    schools.learning += reached * full * free
    schools.involvement[:] = np.maximum(schools.involvement, ds.in_measure * involvement(state, p))
    keep_up(state, degree, a)


def carry_out_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`carry_out`, compiled."""
    from sim.kernels import measures as kernels

    ds, schools, dec, ties = (
        state[DecentralisedSchools],
        state[Schools],
        state[DecentralisedOwners],
        state[Ties],
    )
    a, usual, owners = p[Measure], p[Implementing], state[Municipalities]
    led_quality = np.empty(len(dec))
    staff, hands = (a.process_base, a.process_large, a.process_large_fte), p[Hands]
    by_uh = a.process_uh, p[Partners].procedure_process
    kernels.lead_measures(
        owners.capacity_fte,
        ties.uh_unit,
        ties.model,
        ties.together,
        Collaboration.CARRYING_OUT.value,
        PartnershipModel.PROCEDURE.value,
        state[DecentralisedUH].process_competence,
        state[UHUnits].quality,
        state[UHUnits].specialised,
        np.array(
            [*staff, *by_uh, usual.usual_quality, a.usual_process, hands.specialised_gain, hands.lifted]
        ),
        dec.process_leadership,
        led_quality,
    )
    n, years = len(dec), p[Decentralised].measure_years
    taking_part = np.zeros(n)
    e = np.empty(
        2 * n + len(ds)
    )  # how far UH's hours and paid time reach, and the S-curve: exponents and then exponentials
    stopping = usual.stall_chance / 2 * a.usual_process, LEAST, 1 - a.kept_going, restart_chance(a, usual)
    going_on = (1 - p[Pandemic].share_lost) / 2, usual.principal_setback_years, a.seed_spread / 2
    slope, nothing = s_curve(usual.midpoint_years, usual.width_years)
    behind = np.empty(len(ds), dtype=np.int64)
    whole = kernels.move_measures_on(
        schools.municipality,
        stall_luck(schools, draw),
        dec.process_leadership,
        ds.in_measure,
        ds.seed,
        ds.resource_teacher,
        schools.new_principal,
        schools.community,
        schools.n_teachers,
        ds.years_left,
        np.array([a.resource_gain, *stopping, *going_on, slope, usual.midpoint_years, years]),
        ds.stalled,
        ds.stage,
        ds.coverage,
        taking_part,
        e[2 * n :],
        behind,
    )
    market = parts(p[Decentralised])[Logic.MARKET]
    kernels.reach(
        taking_part,
        owners.capacity_fte,
        dec.uh_hours,
        dec.grant_nok,
        dec.own_nok,
        dec.uh_nok,
        np.array([market, p[Money].order_capacity, a.hours_per_teacher, a.time_nok, a.time_per_teacher]),
        e[:n],
        e[n : 2 * n],
    )
    np.exp(e, out=e)
    if whole:  # as they are where measures last for so many half-years
        left = what_is_left(np.arange(int(2 * years) + 1) / 2, a)
    else:
        left, behind = involvement_left(ds, p), np.arange(len(ds))
    gains = p[Classroom].cycle_effect / 2, a.time_weight, usual.usual_fit, p[Partners].enthusiast_knowledge
    limits = a.resource_gain, usual.best_fidelity, a.competing
    drawn_in = a.involvement_indirect, a.involvement_direct, a.involvement_enthusiast, involving(p)
    kernels.carry_out_measures(
        schools.municipality,
        e[:n],
        e[n : 2 * n],
        led_quality,
        dec.process_leadership,
        dec.direct,
        ties.model,
        PartnershipModel.ENTHUSIAST.value,
        e[2 * n :],
        left,
        behind,
        ds.in_measure,
        ds.stalled,
        ds.seed,
        ds.resource_teacher,
        schools.new_principal,
        schools.teacher_turnover,
        ds.coverage,
        ds.fit,
        np.array([*gains, *limits, *drawn_in, a.routine_lost, a.upkeep, nothing]),
        ds.routine,
        schools.learning,
        schools.involvement,
        schools.upkeep,
    )


def lead(state: State, p: Parameters) -> None:
    """Process leadership of each owner: by its staff, by what UH supplies where they carry out together, by a method [D5, D6]."""
    a, owners, ties, dec = p[Measure], state[Municipalities], state[Ties], state[DecentralisedOwners]
    large = owners.capacity_fte / (owners.capacity_fte + a.process_large_fte)
    uh = (
        state[DecentralisedUH].process_competence[ties.uh_unit] * ties.together[:, Collaboration.CARRYING_OUT]
    )
    method = p[Partners].procedure_process * (ties.model == PartnershipModel.PROCEDURE)
    led = a.process_base + a.process_large * large + a.process_uh * uh + method
    dec.process_leadership[:] = clipped(led, 0, 1)


def stall_luck(schools: Schools, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide whether a measure stalls or starts again, shape (schools,)."""
    return draw.uniform("a measure stalls or starts again", schools.id)


def move_on(state: State, p: Parameters, draw: Draws) -> None:
    """Measures come further, stall where nobody leads them, and are set back by a new principal [D3, D6]."""
    ds, schools, a, usual = state[DecentralisedSchools], state[Schools], p[Measure], p[Implementing]
    led = state[DecentralisedOwners].process_leadership[schools.municipality]
    u = stall_luck(schools, draw)
    stalls = u < stall_chance(led * (1 + a.resource_gain * ds.resource_teacher), a, usual)
    ds.stalled[:] = ds.in_measure & ((ds.stalled & (u >= restart_chance(a, usual))) | (~ds.stalled & stalls))
    ahead = (1 - p[Pandemic].share_lost) / 2 * (ds.in_measure & ~ds.stalled)
    ds.stage[:] = np.maximum(ds.stage + ahead - usual.principal_setback_years * schools.new_principal, 0)


def stall_chance(led: Floats, a: Measure, usual: Implementing) -> Floats:
    """Chance of stalling within half a year, in [0, 1], same shape: the less a process is led, the greater."""
    chance = clipped(usual.stall_chance / 2 * a.usual_process / np.maximum(led, LEAST), 0, 1)
    return chance * (1 - a.kept_going)


def restart_chance(a: Measure, usual: Implementing) -> float:
    """Chance that what has stalled goes on half a year later."""
    return usual.restart_chance + a.kept_going * (1 - usual.restart_chance)


def spread(ds: DecentralisedSchools, schools: Schools, a: Measure) -> None:
    """Small projects driven by teachers spread to colleagues, the more the stronger the community [D9]."""
    more = a.seed_spread / 2 * schools.community * (1 - ds.coverage)
    ds.coverage += more * (ds.seed & ds.in_measure)


def dose(state: State, p: Parameters) -> Floats:
    """How near each owner's measures come to a full supported cycle, in [0, 1], shape (owners,): UH hours and paid time."""
    a, ds, schools, dec = p[Measure], state[DecentralisedSchools], state[Schools], state[DecentralisedOwners]
    taking_part = np.bincount(
        schools.municipality, schools.n_teachers * ds.coverage * ds.in_measure, len(dec)
    )
    usable = orders(state, p) / np.maximum(taking_part, 1)
    time_nok = dec.grant_nok - dec.uh_nok + dec.own_nok
    uh = saturating(2 * dec.uh_hours * usable, a.hours_per_teacher)
    time = saturating(time_nok / a.time_nok * usable, a.time_per_teacher)
    return np.asarray((1 - a.time_weight) * uh + a.time_weight * time)


def orders(state: State, p: Parameters) -> Floats:
    """Part of the money that is well used, in [0, 1], shape (owners,): in a market, capacity to order decides."""
    market = parts(p[Decentralised])[Logic.MARKET]
    capacity = state[Municipalities].capacity_fte
    return np.asarray(1 - market + market * capacity / (capacity + p[Money].order_capacity))


def conditions(state: State, p: Parameters) -> Floats:
    """Conditions of each school's measure as a factor on what the literature finds under usual ones, shape (schools,)."""
    a, usual, ds = p[Measure], p[Implementing], state[DecentralisedSchools]
    owner = state[Schools].municipality
    knowledge = np.where(enthusiasts(state), p[Partners].enthusiast_knowledge, 1)
    whole = ds.fit / usual.usual_fit * led_quality(state, p)[owner] * knowledge
    return np.asarray(np.minimum(whole * (1 + a.resource_gain * ds.resource_teacher), usual.best_fidelity))


def led_quality(state: State, p: Parameters) -> Floats:
    """Quality of UH's work and process leadership, against the usual, multiplied; shape (owners,)."""
    usual = p[Implementing].usual_quality
    quality = quality_in_schools(state[UHUnits], p[Hands])[state[Ties].uh_unit] / usual
    return np.asarray(quality * (state[DecentralisedOwners].process_leadership / p[Measure].usual_process))


def enthusiasts(state: State) -> Bools:
    """Whether each school's measure is driven by a few teachers with UH at the edge, shape (schools,) [D5, D9]."""
    return np.asarray(state[DecentralisedSchools].seed | driven(state)[state[Schools].municipality])


def driven(state: State) -> Bools:
    """Whether enthusiasts drive each owner's partnership, shape (owners,)."""
    return np.asarray(state[Ties].model == PartnershipModel.ENTHUSIAST)


def involvement(state: State, p: Parameters) -> Floats:
    """How far teachers are drawn into their school's measure, in [0, 1], shape (schools,) [D4, D5, D11]."""
    a, ds = p[Measure], state[DecentralisedSchools]
    direct = state[DecentralisedOwners].direct[state[Schools].municipality]
    begun = a.involvement_indirect + (a.involvement_direct - a.involvement_indirect) * direct
    begun = begun + a.involvement_enthusiast * enthusiasts(state)
    return np.asarray(clipped(begun * involving(p) * involvement_left(ds, p), 0, 1))


def involving(p: Parameters) -> float:
    """How far the way in which money comes draws teachers in, against a network."""
    m = p[Money]
    levers = p[Decentralised]
    by_regime = m.market_involvement, m.hierarchy_involvement, 1.0
    return taken_together(levers.market_share, levers.hierarchy_share, *by_regime)


def involvement_left(ds: DecentralisedSchools, p: Parameters) -> Floats:
    """What is left of the involvement that each school's measure began with, in [0, 1], shape (schools,)."""
    years = np.maximum(p[Decentralised].measure_years - ds.years_left, 0)
    return what_is_left(years, p[Measure])


def what_is_left(years: Floats, a: Measure) -> Floats:
    """Part of the involvement begun with that is left after years of a measure, in [0, 1], same shape."""
    return np.asarray((1 - a.involvement_falls) ** years)


def keep_up(state: State, degree: Floats, a: Measure) -> None:
    """What has become routine is kept up while somebody leads it, during measures and after them [D10, D11].

    Routine follows the degree of implementation up, and goes with new principals and new staff.
    """
    ds, schools = state[DecentralisedSchools], state[Schools]
    stays = 1 - a.routine_lost * np.maximum(schools.new_principal, schools.teacher_turnover / 2)
    ds.routine[:] = np.maximum(ds.routine * stays, degree)
    led = state[DecentralisedOwners].process_leadership[schools.municipality]
    held = a.upkeep * led * (1 + a.resource_gain * ds.resource_teacher) * ds.routine
    schools.upkeep[:] = 1 - (1 - schools.upkeep) * (1 - clipped(held, 0, 1))


PROCESS = Process(
    "decentralised.measures.carry_out",
    carry_out,
    "What reaches the schools of it is learned below.",
    "AFI-rapport 2026:02, 2.3 [D4-D6, D8-D12]",
    compiled=carry_out_compiled,
)
