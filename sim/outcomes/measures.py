"""Outcomes of the base model: owners, teachers, schools, pupils, and the differences between municipalities."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.processes.grouping import weighted_mean_by
from sim.processes.indicators import true_level
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers, pupils_at

PUPIL_SD_POINTS = "hundredths of a pupil SD"
HUNDREDTHS = 100.0


def by_teachers(state: State, values: Floats) -> Floats:
    """Mean over a municipality's schools weighted by teaching posts, from shape (schools,) to (municipalities,)."""
    schools = state[Schools]
    return weighted_mean_by(
        schools.municipality, values, schools.n_teachers.astype(float), len(state[Municipalities])
    )


def by_pupils(state: State, values: Floats) -> Floats:
    """Mean over a municipality's schools weighted by pupils, from shape (schools,) to (municipalities,)."""
    schools = state[Schools]
    pupils = pupils_at(schools).astype(float)
    return weighted_mean_by(schools.municipality, values, pupils, len(state[Municipalities]))


def owner_competence(state: State, p: Parameters) -> Floats:
    """Owner's competence in analysing and leading school development."""
    return state[Municipalities].competence.copy()


def owner_load(state: State, p: Parameters) -> Floats:
    """Work asked of the owner over its capacity."""
    return state[Municipalities].load.copy()


def practice(state: State, p: Parameters) -> Floats:
    """Mean teaching practice."""
    return by_teachers(state, state[Schools].practice)


def ownership(state: State, p: Parameters) -> Floats:
    """Teachers' mean ownership of development work."""
    schools = state[Schools]
    first = np.cumsum(schools.n_teachers) - schools.n_teachers  # several times as fast as `staff_mean`
    return by_teachers(state, np.add.reduceat(state[Teachers].ownership, first) / schools.n_teachers)


def community(state: State, p: Parameters) -> Floats:
    """Mean professional community of the schools."""
    return by_teachers(state, state[Schools].community)


def fatigue(state: State, p: Parameters) -> Floats:
    """Mean tiredness of initiatives in the schools."""
    return by_teachers(state, state[Schools].fatigue)


def pupil_results(state: State, p: Parameters) -> Floats:
    """True level of test results against the nation's mean at the start, in hundredths of a pupil SD."""
    return by_pupils(state, true_level(state[Schools])) / p[Results].national_sd * HUNDREDTHS


def under_limit(state: State, p: Parameters) -> Floats:
    """1 for each municipality whose true level of results is under the fixed limit."""
    return (by_pupils(state, true_level(state[Schools])) < p[Results].limit_points).astype(float)


def inequality(state: State, p: Parameters) -> Floats:
    """SD between municipalities of pupils' true level, weighted by pupils, in hundredths of a pupil SD; shape (1,)."""
    level = pupil_results(state, p)
    schools = state[Schools]
    pupils = np.bincount(schools.municipality, pupils_at(schools), len(level))
    share = pupils / pupils.sum()
    mean = (share * level).sum()
    return np.array([np.sqrt((share * (level - mean) ** 2).sum())])


def owner_inequality(state: State, p: Parameters) -> Floats:
    """SD between owners of their competence, each counting the same; shape (1,)."""
    return np.array([state[Municipalities].competence.std()])


def teacher_turnover(state: State, p: Parameters) -> Floats:
    """Share of teaching posts with a new person this school year."""
    return by_teachers(state, state[Schools].teacher_turnover)


OUTCOMES = (
    Outcome(
        "owner_competence",
        "0-1",
        1,
        Gather.MEAN,
        owner_competence,
        "owners' competence in analysing and leading school development",
        3,
    ),
    Outcome("owner_load", "ratio", -1, Gather.MEAN, owner_load, "work asked of owners over their capacity"),
    Outcome("practice", "SD of practice", 1, Gather.PUPILS, practice, "teachers' mean practice", 3),
    Outcome("ownership", "0-1", 1, Gather.PUPILS, ownership, "teachers' ownership of development work", 3),
    Outcome("community", "0-1", 1, Gather.PUPILS, community, "professional community of the staff rooms", 3),
    Outcome("fatigue", "0-1", -1, Gather.PUPILS, fatigue, "tiredness of initiatives in the staff rooms", 3),
    Outcome(
        "teacher_turnover",
        "share",
        -1,
        Gather.PUPILS,
        teacher_turnover,
        "teaching posts with a new person this school year",
        3,
    ),
    Outcome(
        "pupil_results",
        PUPIL_SD_POINTS,
        1,
        Gather.PUPILS,
        pupil_results,
        "true level of pupils' test results",
    ),
    Outcome(
        "under_limit",
        "municipalities",
        -1,
        Gather.SUM,
        under_limit,
        "municipalities whose true level is under the limit",
        1,
    ),
    Outcome(
        "inequality",
        PUPIL_SD_POINTS,
        -1,
        Gather.NATION,
        inequality,
        "SD between municipalities of pupils' true level",
    ),
    Outcome(
        "owner_inequality",
        "0-1",
        -1,
        Gather.NATION,
        owner_inequality,
        "SD between owners of their competence",
        3,
    ),
)
