"""Measures in schools: begun, led, carried by resource teachers, worn down by load, and kept up or not [D6, D8-D12]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.half_year import Season
from sim.parameters.classroom import Classroom
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.processes.grouping import mean_by
from sim.processes.implementing import implemented, saturating
from sim.processes.load import add_load
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Hands, Measure, Money, Partners
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import regime
from sim.schemes.decentralised.state import (
    Collaboration,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    PartnershipModel,
    Ties,
)
from sim.schemes.decentralised.uh import quality_in_schools
from sim.state import State
from sim.state.places import Municipalities, Networks, UHUnits
from sim.state.schools import Schools


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme asks its share of the owners' time, whatever their size [D12]."""
    if p[Decentralised].active:
        owners = state[Municipalities]
        add_load(owners, np.full(len(owners), p[Measure].asked_fte))


def plan(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: idle schools begin measures, as far as the owner's effort and money go."""
    ds, schools, dec, a = state[DecentralisedSchools], state[Schools], state[DecentralisedOwners], p[Measure]
    ds.years_left[:] = np.maximum(ds.years_left - 1 / 2, 0)
    ds.in_measure &= ds.years_left > 0
    if state.now.season is not Season.AUTUMN:
        return
    owner = schools.municipality
    u = draw.uniform("a school's next measure", schools.id, per=4)
    begins = ~ds.in_measure & (u[:, 0] < a.start_share * 2 * dec.effort[owner]) & (dec.grant_nok[owner] > 0)
    ds.in_measure |= begins
    ds.years_left[begins] = p[Decentralised].measure_years
    general = u[:, 1] < a.general_share
    ds.general[begins] = general[begins]
    ds.coverage[begins] = np.where(general, a.coverage_general, a.coverage_subject)[begins]
    fits = measure_fit(dec.hit[owner], state[Ties].tailored[owner], general, p)
    ds.fit[begins] = fits[begins]
    ds.stage[begins], ds.stalled[begins] = 0, False
    ds.resource_teacher[begins] = (u[:, 2] < p[Decentralised].resource_teachers)[begins]


def measure_fit(hit: Floats, tailored: Floats, general: Bools, p: Parameters) -> Floats:
    """How well measures fit schools' needs, in [0, 1], shape (schools,): the analysis, as far as it is followed."""
    followed = tailored + (1 - tailored) * p[Partners].package_fit
    return np.asarray(hit * followed * np.where(general, p[Measure].general_fit, 1))


def carry_out(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of measures: what UH hours, time, fit and leadership make of them in each school."""
    ds, schools, a = state[DecentralisedSchools], state[Schools], p[Measure]
    owner = schools.municipality
    lead(state, p)
    move_on(state, p, draw)
    degree = implemented(ds.stage, a.midpoint_years, a.width_years) * ds.in_measure * ~ds.stalled
    offered = (
        p[Classroom].cycle_effect / 2 * ds.coverage * degree * dose(state, p)[owner] * conditions(state, p)
    )
    free = 1 - a.competing * (schools.learning > 0)
    schools.learning += offered * free
    involved = ds.in_measure * involvement(state, p)
    schools.involvement[:] = np.maximum(schools.involvement, involved)
    carried = (
        a.upkeep
        * state[DecentralisedOwners].process_leadership[owner]
        * (1 + a.resource_gain * ds.resource_teacher)
    )
    held = np.clip(carried * (degree > 0), 0, 1)
    schools.upkeep[:] = 1 - (1 - schools.upkeep) * (1 - held)


def lead(state: State, p: Parameters) -> None:
    """Process leadership of each owner: by its staff, and by what UH supplies where they carry out together [D6]."""
    a, owners, ties, dec = p[Measure], state[Municipalities], state[Ties], state[DecentralisedOwners]
    large = owners.capacity_fte / (owners.capacity_fte + a.process_large_fte)
    uh = (
        state[DecentralisedUH].process_competence[ties.uh_unit] * ties.together[:, Collaboration.CARRYING_OUT]
    )
    dec.process_leadership[:] = np.clip(a.process_base + a.process_large * large + a.process_uh * uh, 0, 1)


def move_on(state: State, p: Parameters, draw: Draws) -> None:
    """Measures come further, stall where nobody leads them, and are set back by a new principal [D3, D6]."""
    ds, schools, a = state[DecentralisedSchools], state[Schools], p[Measure]
    led = state[DecentralisedOwners].process_leadership[schools.municipality] / a.usual_process
    u = draw.uniform("a measure stalls or starts again", schools.id)
    stalls = u < a.stall_chance / 2 / np.maximum(led, a.stall_chance)
    ds.stalled[:] = ds.in_measure & np.where(ds.stalled, u >= a.restart_chance, stalls)
    step = (1 - p[Pandemic].share_lost) / 2 * ~ds.stalled - a.setback_years * schools.new_principal
    ds.stage[:] = np.where(ds.in_measure, np.maximum(ds.stage + step, 0), 0)


def dose(state: State, p: Parameters) -> Floats:
    """How near each owner's measures come to a full supported cycle, in [0, 1], shape (owners,): UH hours and paid time."""
    a, ds, schools, dec = p[Measure], state[DecentralisedSchools], state[Schools], state[DecentralisedOwners]
    taking_part = np.bincount(
        schools.municipality, schools.n_teachers * ds.coverage * ds.in_measure, len(dec)
    )
    per_teacher = 1 / np.maximum(taking_part, 1)
    time_nok = dec.grant_nok - dec.uh_nok + dec.own_nok
    usable = orders(state, p)
    uh = saturating(2 * dec.uh_hours * per_teacher * usable, a.hours_per_teacher)
    time = saturating(time_nok / a.time_nok * per_teacher * usable, a.time_per_teacher)
    return np.asarray((1 - a.time_weight) * uh + a.time_weight * time)


def orders(state: State, p: Parameters) -> Floats:
    """Part of the money that is well used, in [0, 1], shape (owners,): in a market, capacity to order decides."""
    market = regime(p[Decentralised])[0]
    capacity = state[Municipalities].capacity_fte
    return np.asarray(1 - market + market * capacity / (capacity + p[Money].order_capacity))


def conditions(state: State, p: Parameters) -> Floats:
    """Conditions of each school's measure as a factor on what the literature finds under usual ones, shape (schools,)."""
    a, ds, ties, owner = p[Measure], state[DecentralisedSchools], state[Ties], state[Schools].municipality
    quality = quality_in_schools(state[UHUnits], p[Hands])[ties.uh_unit]
    knowledge = np.where(ties.model == PartnershipModel.ENTHUSIAST, p[Partners].enthusiast_knowledge, 1)
    led = state[DecentralisedOwners].process_leadership / a.usual_process
    whole = ds.fit / a.usual_fit * (quality * knowledge / a.usual_quality * led)[owner]
    return np.asarray(np.minimum(whole * (1 + a.resource_gain * ds.resource_teacher), a.best_fidelity))


def involvement(state: State, p: Parameters) -> Floats:
    """How far teachers are drawn into their school's measure, in [0, 1], shape (schools,) [D4, D5, D11]."""
    a, m, dec, ds = p[Measure], p[Money], state[DecentralisedOwners], state[DecentralisedSchools]
    owner = state[Schools].municipality
    begun = a.involvement_indirect + (a.involvement_direct - a.involvement_indirect) * dec.direct
    begun = begun + a.involvement_enthusiast * (state[Ties].model == PartnershipModel.ENTHUSIAST)
    by_regime = regime(p[Decentralised]) @ np.array([m.market_involvement, m.hierarchy_involvement, 1.0])
    years = np.maximum(p[Decentralised].measure_years - ds.years_left, 0)
    return np.asarray(np.clip(begun[owner] * by_regime * (1 - a.involvement_falls) ** years, 0, 1))


def learn(state: State, p: Parameters, draw: Draws) -> None:
    """Owners learn by taking part and from others in their network [D7]."""
    owners, dec, ties, a = state[Municipalities], state[DecentralisedOwners], state[Ties], p[Measure]
    network = mean_by(owners.network, owners.competence, len(state[Networks]))[owners.network]
    owners.competence += a.peer_learning / 2 * dec.effort * np.maximum(network - owners.competence, 0)
    gain = a.owner_learns / 2 * dec.effort * ties.together.mean(axis=1) * (dec.grant_nok > 0)
    owners.competence += gain * (1 - owners.competence)
    dec.strengthened[:] = np.sqrt(ties.shared * ties.trust)


ASK = Process(
    "decentralised.ask", ask, "The scheme asks its share of owners' time.", "AFI-rapport 2026:02, 3.6 [D12]"
)
PLAN = Process(
    "decentralised.measures.plan",
    plan,
    "With the money known, schools begin measures.",
    "AFI-rapport 2026:02, 2.3.2.3 [D9, D10]",
)
CARRY_OUT = Process(
    "decentralised.measures.carry_out",
    carry_out,
    "What reaches the schools of it is learned below.",
    "AFI-rapport 2026:02, 2.3 [D4-D6, D8-D12]",
)
LEARN = Process(
    "decentralised.measures.learn",
    learn,
    "Owners learn by taking part and from each other.",
    "AFI-rapport 2026:02, 2.3.1.1, 2.3.2.2",
)
