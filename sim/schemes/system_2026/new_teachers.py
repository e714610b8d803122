"""Guidance of new teachers: money for those who apply or for all, and a beginner's gap that closes sooner."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.system_2026.parameters import NewTeachers
from sim.schemes.system_2026.state import SystemOwners
from sim.state import State
from sim.state.borders import added_up
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers


def guide(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: owners get money for their new teachers, who come sooner to what they will be able to do."""
    a, owners, staff = p[NewTeachers], state[Municipalities], state[Teachers]
    if state.now.season is not Season.AUTUMN:
        return
    state[SystemOwners].guided[:] = 0
    if a.grant_nok == 0:
        return
    rows = np.flatnonzero(staff.held & (staff.experience < a.new_years))
    owner = state[Schools].municipality[staff.school[rows]]
    wanted = a.teacher_nok * added_up(owner, np.ones(len(rows)), len(owners))
    budget = a.grant_nok * p[Scope].scale
    if a.on_application:
        strength = (owners.capacity_fte * owners.competence) ** a.apply_power
        wanted[draw.uniform("application for guidance", owners.id) > applies(strength, a)] = 0
    covered = min(1, budget / max(wanted.sum(), 1))
    state[SystemOwners].guided[:] = np.where(wanted > 0, covered, 0)
    gap = np.maximum(staff.baseline[rows] - staff.practice[rows], 0)
    staff.practice[rows] += a.gain * state[SystemOwners].guided[owner] * gap


def applies(strength: Floats, a: NewTeachers) -> Floats:
    """Chance that an owner applies, same shape, in [0, 1): a half at the strength of `apply_half`."""
    chance: Floats = strength / (strength + a.apply_half**a.apply_power)
    return chance


PROCESS = Process(
    "system_2026.new_teachers",
    guide,
    "New teachers have come in August; those whose owner got money are guided.",
    "AFI-rapport 2026:02, 5.2.2; Ingersoll & Strong 2011",
)
