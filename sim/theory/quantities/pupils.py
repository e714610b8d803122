"""What all schemes are for: able staff, a safe environment, and pupils who succeed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Floats
from sim.outcomes.look import once
from sim.outcomes.measures import by_pupils, level, of_staff
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.state import State
from sim.state.schools import Schools, Teachers
from sim.theory.quantities.quantity import Quantity


@once
def practice_gained(state: State, p: Parameters) -> Floats:
    """What teachers' practice is better than without any support, mean over teachers, in SD of practice."""
    staff = state[Teachers]
    return of_staff(state, staff.practice, staff.baseline)


@once
def environment(state: State, p: Parameters) -> Floats:
    """Support, motivation and absence of bullying without the luck of cohorts, mean over pupils, in SD between schools."""
    schools, r = state[Schools], p[Results]
    moved = schools.environment + r.practice_to_climate * schools.practice
    moved = moved + r.community_to_climate * (schools.community - r.community_usual)
    usual = (
        sum(schools.climate.T) / schools.climate.shape[1]
    )  # several times as fast as a mean along the last axis
    return by_pupils(state, usual + moved)


def above_limit(state: State, p: Parameters) -> Floats:
    """How far pupils' true level lies above the fixed limit, in scale points."""
    return np.asarray(level(state) - p[Results].limit_points)


PUPILS: Mapping[str, Quantity] = {
    "practice_gained": practice_gained,
    "environment": environment,
    "above_limit": above_limit,
}
