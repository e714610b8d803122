"""Money: straight to the counties, in a joint scheme partly past vocational needs, and what a new county can't get used."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.half_year import Season
from sim.parameters.load import Pandemic
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import shared_out
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.vocational.assumptions import CountyWork
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, UpperSchools, owned_by
from sim.state import State
from sim.world.borders import added_up


def hand_out(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: the school year's grant comes to the counties by their vocational teachers, and is set apart for what it is for."""
    if state.now.season is not Season.AUTUMN:
        return
    levers, a, owners = p[Vocational], p[CountyWork], state[CountyOwners]
    owners.grant_nok[:] = by_teachers(budget(p), state)
    seen = 1 - a.crowding * (1 - owners.visibility) * owners.joined
    owners.crowded_nok[:] = np.rint(owners.grant_nok * (1 - seen))
    owners.pot_nok[:] = owners.grant_nok - owners.crowded_nok + owners.carried_nok * levers.active
    ready = readiness(owners.experience, p[Pandemic].share_lost, a)
    usable = owners.pot_nok * ready
    owners.training_nok[:] = usable * levers.training_side_share
    owners.schools_nok[:] = usable - owners.training_nok


def hand_out_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`hand_out`, compiled."""
    if state.now.season is not Season.AUTUMN:
        return
    from sim.kernels import vocational_counties as kernels

    levers, a, owners, schools = p[Vocational], p[CountyWork], state[CountyOwners], state[UpperSchools]
    unused = a.unspent_start, a.unspent_falls, 1 - p[Pandemic].share_lost
    kernels.hand_out(
        owned_by(schools.county, owners),
        schools.n_teachers,
        owners.visibility,
        owners.joined,
        owners.experience,
        owners.carried_nok,
        np.array([budget(p), levers.active, a.crowding, *unused, levers.training_side_share]),
        owners.grant_nok,
        owners.crowded_nok,
        owners.pot_nok,
        owners.training_nok,
        owners.schools_nok,
    )


def budget(p: Parameters) -> int:
    """The school year's grant to all counties, kroner."""
    return round(p[Vocational].grant_nok * p[Scope].scale) if p[Vocational].active else 0


def by_teachers(budget: int, state: State) -> Ints:
    """The budget by vocational teachers of each owner, kroner, shape (counties,), adding up to it where there are any."""
    schools, owners = state[UpperSchools], state[CountyOwners]
    teachers = added_up(owned_by(schools.county, owners), schools.n_teachers.astype(float), len(owners))
    if not teachers.sum():
        return np.zeros(len(owners), dtype=np.int64)
    return shared_out(np.array([budget]), teachers, np.zeros(len(owners), dtype=np.int64))


def readiness(experience: Floats, pandemic: float, a: CountyWork) -> Floats:
    """Part of the money that routines let a county use, in [0, 1], shape (counties,): less at first and in the pandemic [V6].

    The first school year begins after one year of meetings.
    """
    unused = np.clip(a.unspent_start - a.unspent_falls * np.maximum(experience - 1, 0), 0, 1)
    return np.asarray((1 - unused) * (1 - pandemic))


def settle(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn, when all has been planned: part of what stays unused is carried to the next year, the rest goes back [V6]."""
    if state.now.season is not Season.AUTUMN:
        return
    owners = state[CountyOwners]
    owners.carried_nok[:] = np.rint((owners.pot_nok - owners.used_nok) * p[CountyWork].carried_share)


HAND_OUT = Process(
    "vocational.grants.hand_out",
    hand_out,
    "Money goes straight to the county when its forum has met.",
    "AFI-rapport 2026:02, 4.1 [V6, V7]",
    hand_out_compiled,
)
SETTLE = Process(
    "vocational.grants.settle",
    settle,
    "The accounts are made up when schools and firms have had theirs.",
    "Vestfold og Telemark fylkeskommune 2023 [V6]",
)
