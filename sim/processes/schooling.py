"""What lies behind results: intake that hardly moves, teaching that pupils slowly gain from, what comes and goes."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.schools import Schools


def teach(state: State, p: Parameters, draw: Draws) -> None:
    """Pupils' results follow their teachers' practice, half a year at a time."""
    schools, r = state[Schools], p[Results]
    target = taught_level(
        schools.practice,
        schools.teacher_turnover,
        schools.principal_tenure < r.principal_change_years,
        schools.intake < 0,
        r,
    )
    schools.taught += r.results_follow / 2 * (target - schools.taught)


def teach_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`teach`, compiled."""
    from sim.kernels import schools as kernels

    schools, r = state[Schools], p[Results]
    staff = r.turnover_cost, r.usual_turnover, r.turnover_weak_factor
    principal = r.principal_change_cost, r.principal_change_years
    kernels.teach(
        schools.practice,
        schools.teacher_turnover,
        schools.principal_tenure,
        schools.intake,
        np.array([*staff, *principal, r.national_sd, r.practice_to_pupils, r.results_follow / 2]),
        schools.taught,
    )


def settle(state: State, p: Parameters) -> None:
    """Begin a world where it would stand if nothing new had happened for long."""
    schools, r = state[Schools], p[Results]
    schools.home[:] = schools.intake
    schools.teacher_turnover[:] = r.usual_turnover
    unsettled = schools.principal_tenure < r.principal_change_years
    schools.taught[:] = taught_level(
        schools.practice, schools.teacher_turnover, unsettled, schools.intake < 0, r
    )


def taught_level(practice: Floats, turnover: Floats, unsettled: Bools, weak: Bools, r: Results) -> Floats:
    """The scale points that lasting conditions give a school's pupils, shape (schools,).

    Parameters
    ----------
    practice : array, mean practice of the staff room in SD
    turnover : array, share of posts with a new person
    unsettled : array of bool, the principal is new
    weak : array of bool, below the nation's mean by intake
    """
    loss = (
        r.turnover_cost * (turnover - r.usual_turnover) * np.where(weak, r.turnover_weak_factor, 1.0)
        + r.principal_change_cost * unsettled
    )
    points: Floats = r.national_sd * (r.practice_to_pupils * practice - loss)
    return points


def drift(state: State, p: Parameters, draw: Draws) -> None:
    """Once a year the lasting level drifts, and what comes and goes comes and goes."""
    schools, r = state[Schools], p[Results]
    drift_z, luck_z = drift_luck(schools, draw)
    schools.intake += (r.drift_persistence - 1) * (schools.intake - schools.home) + r.drift_sd * drift_z
    schools.value_added *= r.value_added_persistence
    schools.value_added += innovation_sd(r) * luck_z


def drift_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`drift`, compiled."""
    from sim.kernels import schools as kernels

    schools, r = state[Schools], p[Results]
    about = np.array([r.drift_persistence - 1, r.drift_sd, r.value_added_persistence, innovation_sd(r)])
    kernels.drift(drift_luck(schools, draw), schools.home, about, schools.intake, schools.value_added)


def drift_luck(schools: Schools, draw: Draws) -> Floats:
    """Standard normals for the lasting level and for what comes and goes, shape (2, schools)."""
    return draw.normal("drift of a school", schools.id, per=2).T


def innovation_sd(r: Results) -> float:
    """SD of a year's news in what comes and goes, in scale points."""
    return float(np.sqrt(1 - r.value_added_persistence**2) * r.value_added_sd)


TEACH = Process(
    "schooling.teach",
    teach,
    "Pupils have been taught for half a year by this staff room.",
    "Kraft, Blazar & Hogan 2018; Ronfeldt, Loeb & Wyckoff 2013",
    compiled=teach_compiled,
)
DRIFT = Process(
    "schooling.drift",
    drift,
    "With the new school year the conditions of each school have moved a little.",
    "Udir's school results 2022-25",
    compiled=drift_compiled,
)
