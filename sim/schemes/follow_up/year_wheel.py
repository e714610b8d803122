"""The owner's own quality work in a fixed yearly cycle (årshjul), set going with part of the guides' time [F6].

Most measures of follow-up work at schools although the aim is the owner's competence. Guide hours that go to the owner's own
cycle of plans, reports and meetings don't go to what is wrong in the schools. What runs by the calendar outlives heads of schools
and saves work, as long as it is kept up.
"""

from __future__ import annotations

from math import exp

import numpy as np

from sim.parameters.load import Load
from sim.processes.process import Process
from sim.processes.shares import joined
from sim.rules import formula, rule
from sim.schemes.follow_up.assumptions import YearWheel
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state.places import Municipalities
from sim.state.schools import Schools


@formula
def growth(wheel: float, met_hours: float, a: YearWheel) -> float:
    """What guides' hours add to a year wheel: two thirds of what is missing at `a.hours`."""
    return (1 - wheel) * (1 - exp(-met_hours / a.hours))


@rule
def turn(f: FollowUpOwners, owners: Municipalities, schools: Schools, a: YearWheel, work: Load) -> None:
    """Wheels are given up little by little, more so by new heads; what turns holds memory and saves ordinary work."""
    turning = False
    for o in range(len(f)):
        turning = turning or f.year_wheel[o] > 0
    if not turning:
        return
    n_schools = np.zeros(len(f))
    for s in range(len(schools)):
        n_schools[schools.municipality[s]] += 1
    for o in range(len(f)):
        f.year_wheel[o] *= (1 - a.fades / 2) * (1 - a.dropped * owners.new_head[o])
        owners.continuity[o] = joined(owners.continuity[o], a.holds * f.year_wheel[o])
        ordinary = work.ordinary_fte + work.ordinary_fte_per_school * n_schools[o]
        owners.load[o] -= a.saves * f.year_wheel[o] * ordinary / owners.capacity_fte[o]


TURN = Process(
    "follow_up.year_wheel",
    turn,
    "What runs by the calendar is there before anything new is planned, and takes less work.",
    "assumption after AFI-rapport 2026:02, ch. 3 [F6]",
)
