"""Measures in schools begin: who gets one, how many teachers it reaches, and how well it fits [D6, D9, D10, D12]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints, clipped
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.load import add_load
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.decentralised.assumptions import Collective, Measure, Partners, Politicians
from sim.schemes.decentralised.collective import blended, joining
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.logics import parts, regime
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    Forums,
    Logic,
    Ties,
)
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools

LEAST = 1e-9  # share of a staff that is not divided by when nobody takes part


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """The scheme asks its share of the owners' time, whatever their size [D12]."""
    if p[Decentralised].active:
        owners = state[Municipalities]
        add_load(owners, np.full(len(owners), p[Measure].asked_fte))


def plan(state: State, p: Parameters, draw: Draws) -> None:
    """Measures come to their end; in autumn idle schools begin new ones, as far as the owner's effort and money go."""
    ds, schools, dec = state[DecentralisedSchools], state[Schools], state[DecentralisedOwners]
    ds.years_left[:] = np.maximum(ds.years_left - 1 / 2, 0)
    ds.in_measure &= ds.years_left > 0
    if state.now.season is not Season.AUTUMN:
        return
    u = luck_of_beginning(schools.id, draw)
    chance = p[Measure].start_share * dec.effort * (dec.grant_nok > 0)
    begin(state, ~ds.in_measure & (u[:, 0] < chance[schools.municipality]), u[:, 1:], p)


def plan_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`plan`, compiled."""
    from sim.kernels import beginnings as kernels

    ds, schools, levers, a = state[DecentralisedSchools], state[Schools], p[Decentralised], p[Measure]
    rows = np.empty(len(ds), dtype=np.int64)
    n = kernels.end_measures(ds.years_left, ds.in_measure, rows)
    if state.now.season is not Season.AUTUMN:
        return
    rows, owners, dec = rows[:n], state[Municipalities], state[DecentralisedOwners]
    chance, kept, built_on = np.empty((3, len(dec)))
    planned = a.plan_weight * parts(levers)[Logic.NETWORK]
    kernels.offer_measures(
        owners.county,
        state[CountyForums].forum,
        state[Forums].plan,
        state[Ties].tailored,
        owners.backing,
        dec.process_leadership,
        np.array(
            [
                a.start_share,
                p[Partners].package_fit,
                planned,
                p[Politicians].sways,
                a.head_start,
                a.usual_process,
            ]
        ),
        dec.effort,
        dec.grant_nok,
        chance,
        kept,
        built_on,
    )
    shares = levers.seed_grant_share, a.general_share, levers.resource_teachers
    reached = a.coverage_general, a.coverage_seed, a.coverage_subject
    across = levers.flexible_collective * p[Collective].joins, p[Collective].small_teachers
    kernels.begin_measures(
        rows,
        np.ascontiguousarray(luck_of_beginning(schools.id[rows], draw).T),
        schools.municipality,
        chance,
        dec.hit,
        kept,
        built_on,
        schools.n_teachers,
        schools.momentum,
        np.array([levers.measure_years, *shares, *reached, *across, a.general_fit, LEAST]),
        ds.in_measure,
        ds.years_left,
        ds.general,
        ds.seed,
        ds.coverage,
        ds.across,
        ds.fit,
        ds.resource_teacher,
        ds.stage,
        ds.stalled,
    )


def luck_of_beginning(schools: Ints, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide whether schools begin a measure, on what theme, who helps, what kind; shape (schools, 4)."""
    return draw.uniform("a school's next measure", schools, per=4)


def begin(state: State, begins: Bools, u: Floats, p: Parameters) -> None:
    """Schools begin measures: theme and reach, fit, resource teacher, seed project or not [D9, D10].

    Parameters
    ----------
    begins : array of bool, shape (schools,)
    u : array, shape (schools, 3)
        Numbers in (0, 1) that decide on the theme, the resource teacher and the kind of project.
    """
    ds, schools, levers, a = state[DecentralisedSchools], state[Schools], p[Decentralised], p[Measure]
    rows = np.flatnonzero(begins)
    owner, u = schools.municipality[rows], u[rows]
    seed = u[:, 2] < levers.seed_grant_share
    general = (u[:, 0] < a.general_share) & ~seed
    ds.in_measure[rows] = True
    ds.years_left[rows] = levers.measure_years
    ds.general[rows], ds.seed[rows] = general, seed
    coverage = np.where(general, a.coverage_general, np.where(seed, a.coverage_seed, a.coverage_subject))
    more = joining(coverage, schools.n_teachers[rows], levers.flexible_collective, p[Collective])
    ds.coverage[rows] = coverage + more
    ds.across[rows] = more / np.maximum(coverage + more, LEAST)
    hit, kept = state[DecentralisedOwners].hit[owner], followed(state, p)[owner]
    own = measure_fit(hit, kept, general, seed, a)
    elsewhere = measure_fit(hit, kept, np.zeros_like(general), np.zeros_like(seed), a)
    ds.fit[rows] = blended(own, elsewhere, ds.across[rows])
    ds.resource_teacher[rows] = u[:, 1] < levers.resource_teachers
    built_on = umbrella(state[DecentralisedOwners].process_leadership, a)[owner]
    ds.stage[rows] = built_on * np.maximum(ds.stage[rows], schools.momentum[rows])
    ds.stalled[rows] = False


def umbrella(led: Floats, a: Measure) -> Floats:
    """Part of the stage reached in the last measure that the next one builds on, in [0, 1], shape (owners,).

    Keeping to one theme over years takes somebody who leads the process [D6].
    """
    return clipped(a.head_start * led / a.usual_process, 0, 1)


def followed(state: State, p: Parameters) -> Floats:
    """How far the analysis is followed in what owners get, around one, shape (owners,).

    Packages keep only part of it; in a network the forum's plan strengthens or weakens it, a middling one neither;
    a council that is involved sets part of it aside.
    """
    tailored = state[Ties].tailored
    forum = state[CountyForums].forum[state[Municipalities].county]
    planned = p[Measure].plan_weight * regime(p[Decentralised])[Logic.NETWORK] * (2 * state[Forums].plan - 1)
    swayed = p[Politicians].sways * state[Municipalities].backing
    return np.asarray(
        (tailored + (1 - tailored) * p[Partners].package_fit) * (1 + planned[forum]) * (1 - swayed)
    )


def measure_fit(hit: Floats, followed: Floats, general: Bools, seed: Bools, a: Measure) -> Floats:
    """How well measures fit schools' needs, in [0, 1], shape (schools,): the analysis, as far as it is followed.

    A general theme fits each teacher less. Teachers who drive a project of their own need nobody to follow the analysis.
    """
    own = np.where(seed, np.maximum(followed, 1), followed)
    return clipped(hit * own * np.where(general, a.general_fit, 1), 0, 1)


ASK = Process(
    "decentralised.ask", ask, "The scheme asks its share of owners' time.", "AFI-rapport 2026:02, 3.6 [D12]"
)
PLAN = Process(
    "decentralised.measures.plan",
    plan,
    "With the money known, schools begin measures.",
    "AFI-rapport 2026:02, 2.3.2.3 [D9, D10]",
    compiled=plan_compiled,
)
