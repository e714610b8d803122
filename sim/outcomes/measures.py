"""Outcomes of the base model: owners, teachers, schools, pupils, and the differences between municipalities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import AnyArray, Floats, Grid, Ints
from sim.outcomes import smallest
from sim.outcomes.look import once
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.registry import Parameters
from sim.parameters.results import Measurement, Results
from sim.processes.indicators import climate_gained, index_school_sd, level_of
from sim.rules import rule
from sim.rules.rule import always_compiled
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers

PUPIL_SD_POINTS = "hundredths of a pupil SD"
HUNDREDTHS = 100.0

NOTHING: Floats = np.empty(0)


@always_compiled
def means(municipality: Ints, each: Floats, total: Floats, values: Floats, found: Floats) -> None:
    """Weighted means of schools' values, added to `found`, shape (municipalities,); weights are `each`, added up `total`."""
    for s in range(len(values)):
        found[municipality[s]] += values[s] * each[s]
    for m in range(len(found)):
        found[m] = found[m] / total[m] if total[m] > 0 else 0.0


@always_compiled
def staff_rooms(n_teachers: Ints, spare: Ints, values: Floats, usual: Floats, found: Floats) -> None:
    """Means over the teachers of each school, who stand one after the other; to be filled into `found`, shape (schools,). Where
    anything is usual, of what is beyond it.
    """
    first = 0
    for s in range(len(n_teachers)):
        total = 0.0
        for t in range(first, first + n_teachers[s]):
            total += values[t] - usual[t] if len(usual) > 0 else values[t]
        found[s] = total / n_teachers[s]
        first += n_teachers[s] + spare[s]


@dataclass(frozen=True)
class Weights:
    """What schools count for in their municipality, shape (schools,), and added up, shape (municipalities,)."""

    municipality: Ints
    each: Floats
    total: Floats

    def mean(self, values: AnyArray) -> Floats:
        """Weighted mean over a municipality's schools, from shape (schools,) to (municipalities,); 0 without weight."""
        found = np.zeros(len(self.total))
        means(self.municipality, self.each, self.total, np.ascontiguousarray(values, dtype=np.float64), found)
        return found


POSTS, PUPILS, PRACTICE, COMMUNITY, FATIGUE, TURNOVER, LEVEL = range(7)
"""Rows of what schools come to in each municipality: sums of posts and pupils, means over teachers, the level over pupils."""


@rule
def add_up(schools: Schools, posts: Floats, pupils: Floats, found: Grid) -> None:
    """Fills in `of_schools`."""
    for s in range(len(schools)):
        m = schools.municipality[s]
        posts[s] = schools.n_teachers[s]
        for grade in range(schools.pupils.shape[1]):
            pupils[s] += schools.pupils[s, grade]
        found[POSTS, m] += posts[s]
        found[PUPILS, m] += pupils[s]
        found[PRACTICE, m] += schools.practice[s] * posts[s]
        found[COMMUNITY, m] += schools.community[s] * posts[s]
        found[FATIGUE, m] += schools.fatigue[s] * posts[s]
        found[TURNOVER, m] += schools.teacher_turnover[s] * posts[s]
        level = level_of(schools.intake[s], schools.taught[s], schools.value_added[s])
        found[LEVEL, m] += level * pupils[s]
    for m in range(found.shape[1]):
        for row in range(PRACTICE, len(found)):
            behind = found[PUPILS, m] if row == LEVEL else found[POSTS, m]
            found[row, m] = found[row, m] / behind if behind > 0 else 0.0


@once
def of_schools(state: State) -> tuple[Floats, Floats, tuple[Floats, ...]]:
    """Posts and pupils of each school, shape (schools,), and the rows of what schools come to, shape (municipalities,) each."""
    n = len(state[Schools])
    posts, pupils, found = np.zeros(n), np.zeros(n), np.zeros((LEVEL + 1, len(state[Municipalities])))
    add_up(state, None, posts=posts, pupils=pupils, found=found)
    return posts, pupils, tuple(found)


def posts(state: State) -> Weights:
    """Teaching posts."""
    each, _, found = of_schools(state)
    return Weights(state[Schools].municipality, each, found[POSTS])


def pupils(state: State) -> Weights:
    """Pupils in all grades."""
    _, each, found = of_schools(state)
    return Weights(state[Schools].municipality, each, found[PUPILS])


def average(values: AnyArray, weights: AnyArray) -> float:
    """Weighted mean of a column; `np.average` without its way through several layers."""
    return float((values * weights).sum() / weights.sum())


def mean(values: AnyArray) -> float:
    """Mean of a column; the same digits as its `mean` gives, which takes a longer way."""
    return float(values.sum() / len(values))


def by_teachers(state: State, values: AnyArray) -> Floats:
    """Mean over a municipality's schools weighted by teaching posts, from shape (schools,) to (municipalities,)."""
    return posts(state).mean(values)


def by_pupils(state: State, values: AnyArray) -> Floats:
    """Mean over a municipality's schools weighted by pupils, from shape (schools,) to (municipalities,)."""
    return pupils(state).mean(values)


def of_staff(state: State, values: Floats, usual: Floats = NOTHING) -> Floats:
    """Mean over teachers of values, or of what is beyond the usual ones, from shape (teachers,) to (municipalities,)."""
    schools = state[Schools]
    found = np.empty(len(schools))
    staff_rooms(schools.n_teachers, schools.spare, values, usual, found)
    return by_teachers(state, found)


def level(state: State) -> Floats:
    """True level of test results, in scale points from the nation's mean at the start; shape (municipalities,)."""
    return of_schools(state)[-1][LEVEL]


def owner_competence(state: State, p: Parameters) -> Floats:
    """Owner's competence in analysing and leading school development."""
    return state[Municipalities].competence.copy()


def owner_load(state: State, p: Parameters) -> Floats:
    """Work asked of the owner over its capacity."""
    return state[Municipalities].load.copy()


def practice(state: State, p: Parameters) -> Floats:
    """Mean teaching practice."""
    return of_schools(state)[-1][PRACTICE]


@once
def ownership(state: State, p: Parameters) -> Floats:
    """Teachers' mean ownership of development work."""
    return of_staff(state, state[Teachers].ownership)


def community(state: State, p: Parameters) -> Floats:
    """Mean professional community of the schools."""
    return of_schools(state)[-1][COMMUNITY]


@once
def environment(state: State, p: Parameters) -> Floats:
    """Support, motivation and absence of bullying without the luck of cohorts, mean over pupils, in SD between schools."""
    schools = state[Schools]
    moved = climate_gained(schools.practice, schools.community, schools.environment, p[Results])
    # A sum is several times as fast as a mean along the last axis.
    return by_pupils(state, sum(schools.climate.T) / schools.climate.shape[1] + moved)


def learning_environment(state: State, p: Parameters) -> Floats:
    """What pupils answer on it beyond the nation's mean at the start, on the survey's scale from 1 to 5."""
    q = p[Measurement]
    return environment(state, p) * index_school_sd(q.index_pupil_sd, q)


def fatigue(state: State, p: Parameters) -> Floats:
    """Mean tiredness of initiatives in the schools."""
    return of_schools(state)[-1][FATIGUE]


def pupil_results(state: State, p: Parameters) -> Floats:
    """True level of test results against the nation's mean at the start, in hundredths of a pupil SD."""
    return level(state) / p[Results].national_sd * HUNDREDTHS


def all_pupils(state: State, p: Parameters) -> Floats:
    """Pupils in each owner's grunnskoler."""
    return pupils(state).total.copy()


def under_limit(state: State, p: Parameters) -> Floats:
    """1 for each municipality whose true level of results is under the fixed limit."""
    return (level(state) < p[Results].limit_points).astype(float)


def inequality(state: State, p: Parameters) -> Floats:
    """SD between municipalities of pupils' true level, weighted by pupils, in hundredths of a pupil SD; shape (1,)."""
    results, total = pupil_results(state, p), pupils(state).total
    share = total / total.sum()
    usual = (share * results).sum()
    return np.array([np.sqrt((share * (results - usual) ** 2).sum())])


def owner_inequality(state: State, p: Parameters) -> Floats:
    """SD between owners of their competence, each counting the same; shape (1,)."""
    competence = state[Municipalities].competence
    return np.array([np.sqrt(mean((competence - mean(competence)) ** 2))])


def teacher_turnover(state: State, p: Parameters) -> Floats:
    """Share of teaching posts with a new person this school year."""
    return of_schools(state)[-1][TURNOVER]


OUTCOMES = (
    Outcome(
        "owner_competence", "0-1", 1, Gather.MEAN, owner_competence,
        "owners' competence in analysing and leading school development", 3, smallest=smallest.POINT,
    ),
    Outcome(
        "owner_load", "ratio", -1, Gather.MEAN, owner_load, "work asked of owners over their capacity",
        smallest=smallest.CAPACITY,
    ),
    Outcome(
        "practice", "SD of practice", 1, Gather.PUPILS, practice, "teachers' mean practice", 3,
        smallest=smallest.PRACTICE,
    ),
    Outcome(
        "ownership", "0-1", 1, Gather.PUPILS, ownership, "teachers' ownership of development work", 3,
        smallest=smallest.POINT,
    ),
    Outcome(
        "community", "0-1", 1, Gather.PUPILS, community, "professional community of the staff rooms", 3,
        smallest=smallest.POINT,
    ),
    Outcome(
        "fatigue", "0-1", -1, Gather.PUPILS, fatigue, "tiredness of initiatives in the staff rooms", 3,
        smallest=smallest.POINT,
    ),
    Outcome(
        "teacher_turnover", "share", -1, Gather.PUPILS, teacher_turnover,
        "teaching posts with a new person this school year", 3, smallest=smallest.PERCENTAGE_POINT,
    ),
    Outcome(
        "pupil_results", PUPIL_SD_POINTS, 1, Gather.PUPILS, pupil_results, "true level of pupils' test results",
        smallest=smallest.RESULTS,
    ),
    Outcome(
        "learning_environment", "points (1-5)", 1, Gather.PUPILS, learning_environment,
        "what pupils answer on support, motivation and bullying, without the luck of cohorts", 3,
        smallest=smallest.ENVIRONMENT,
    ),
    Outcome("pupils", "pupils", 0, Gather.SUM, all_pupils, "pupils in grunnskoler", 0, smallest=smallest.REACHED),
    Outcome(
        "under_limit", "municipalities", -1, Gather.SUM, under_limit,
        "municipalities whose true level is under the limit", 1, smallest=smallest.MUNICIPALITY,
    ),
    Outcome(
        "inequality", PUPIL_SD_POINTS, -1, Gather.NATION, inequality,
        "SD between municipalities of pupils' true level", smallest=smallest.RESULTS,
    ),
    Outcome(
        "owner_inequality", "0-1", -1, Gather.NATION, owner_inequality, "SD between owners of their competence", 3,
        smallest=smallest.POINT,
    ),
)  # fmt: skip
