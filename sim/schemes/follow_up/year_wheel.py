"""The owner's own quality work in a fixed yearly cycle (årshjul), set going with part of the guides' time [F6].

Most measures of follow-up work at schools although the aim is the owner's competence. Guide hours that go to the owner's own
cycle of plans, reports and meetings don't go to what is wrong in the schools. What runs by the calendar outlives heads of schools
and saves work, as long as it is kept up.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.processes.grouping import joined
from sim.processes.load import add_load
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.assumptions import YearWheel
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools


def build(state: State, here: Bools, hours: Floats, p: Parameters) -> None:
    """Half a year of guides' hours on the wheel, shape (owners,), where `here`; the owner learns by building it."""
    if not hours.any():
        return
    f, owners, a = state[FollowUpOwners], state[Municipalities], p[YearWheel]
    grown = growth(f.year_wheel, hours * f.guide_match * f.effort, a)
    f.year_wheel[here] += grown[here]
    owners.competence[here] += (a.learns * grown * (1 - owners.competence))[here]


def growth(wheel: Floats, met_hours: Floats, a: YearWheel) -> Floats:
    """What hours add to year wheels, shape (owners,): two thirds of what is missing at `a.hours`."""
    return np.asarray((1 - wheel) * (1 - np.exp(-met_hours / a.hours)))


def turn(state: State, p: Parameters, draw: Draws) -> None:
    """Wheels are given up little by little, more so by new heads; what turns holds memory and saves ordinary work."""
    wheel, owners, a = state[FollowUpOwners].year_wheel, state[Municipalities], p[YearWheel]
    if not wheel.any():
        return
    wheel *= (1 - a.fades / 2) * (1 - a.dropped * owners.new_head)
    owners.continuity[:] = joined(owners.continuity, a.holds * wheel)
    n_schools = np.bincount(state[Schools].municipality, minlength=len(owners))
    ordinary = p[Load].ordinary_fte + p[Load].ordinary_fte_per_school * n_schools
    add_load(owners, -a.saves * wheel * ordinary)


TURN = Process(
    "follow_up.year_wheel",
    turn,
    "What runs by the calendar is there before anything new is planned, and takes less work.",
    "assumption after AFI-rapport 2026:02, ch. 3 [F6]",
)
