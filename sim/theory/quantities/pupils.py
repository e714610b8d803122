"""What all schemes are for: able staff, a safe environment, and pupils who succeed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Floats
from sim.outcomes.look import once
from sim.outcomes.measures import environment, level, of_staff
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.state import State
from sim.state.schools import Teachers
from sim.theory.quantities.quantity import Quantity


@once
def practice_gained(state: State, p: Parameters) -> Floats:
    """What teachers' practice is better than without any support, mean over teachers, in SD of practice."""
    staff = state[Teachers]
    return of_staff(state, staff.practice, staff.baseline)


def above_limit(state: State, p: Parameters) -> Floats:
    """How far pupils' true level lies above the fixed limit, in scale points."""
    return np.asarray(level(state) - p[Results].limit_points)


PUPILS: Mapping[str, Quantity] = {
    "practice_gained": practice_gained,
    "environment": environment,
    "above_limit": above_limit,
}
