"""Pupils move up a grade, leave after tenth, and begin in first; lower-secondary schools take over from primary ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.arrays import Floats, Ints
from sim.parameters.registry import Parameters
from sim.processes.counts import poisson_quantile, poisson_quantile_compiled
from sim.processes.grouping import shared_out, stable_order
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools

LAST_PRIMARY = 7


def begin(state: State, p: Parameters, draw: Draws) -> None:
    """Every pupil moves up; a new cohort begins in first grade."""
    schools = state[Schools]
    schools.pupils[:] = promoted(
        schools.pupils,
        first_graders(schools, draw, poisson_quantile),
        schools.first_grade,
        schools.last_grade,
        schools.cohort_size,
        schools.municipality,
        len(state[Municipalities]),
    )


def begin_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`begin`, compiled."""
    from sim.kernels import pupils as kernels

    schools = state[Schools]
    new = first_graders(schools, draw, poisson_quantile_compiled)
    waiting = np.zeros((GRADES, len(state[Municipalities])), dtype=np.int64)
    kernels.promote(
        schools.pupils, new, schools.first_grade, schools.last_grade, schools.municipality, waiting
    )
    order = stable_order(schools.municipality, waiting.shape[1])
    by_municipality = np.arange(len(schools)) if isinstance(order, slice) else order
    for grade in (np.flatnonzero(waiting.any(axis=1)) + 1).tolist():
        weight = taking_in(grade, schools.first_grade, schools.last_grade, schools.cohort_size)
        kernels.take_in(
            waiting[grade - 1], weight, schools.municipality, by_municipality, schools.pupils, grade - 1
        )


def first_graders(schools: Schools, draw: Draws, quantile: Callable[[Floats, Floats], Ints]) -> Ints:
    """Pupils who begin in first grade, by a quantile of the Poisson distribution; shape (schools,)."""
    new = np.zeros(len(schools), dtype=np.int64)
    rows = np.flatnonzero(schools.first_grade == 1)
    new[rows] = quantile(draw.uniform("pupils begin school", schools.id[rows]), schools.cohort_size[rows])
    return new


def promoted(
    pupils: Ints,
    first_graders: Ints,
    first_grade: Ints,
    last_grade: Ints,
    cohort_size: Floats,
    municipality: Ints,
    n_municipalities: int,
) -> Ints:
    """Pupils by school and grade one year later, shape (schools, 10).

    Those who finish the last grade of a school before tenth go on in the municipality's schools that take pupils in at
    the next stage (or, where there is none, in those that teach the grade), shared out by the schools' usual size. Nobody
    is lost: the total changes by those who begin and those who finish tenth grade.
    """
    moved_up = np.concatenate(
        [[first_graders], pupils.T[:-1]]
    )  # grades by schools: whole grades are handled at a time
    grades = np.arange(1, GRADES + 1)[:, None]
    taught = (first_grade <= grades) & (grades <= last_grade)
    after = moved_up * taught
    movers = moved_up - after
    for grade in np.flatnonzero(movers.any(axis=1)) + 1:
        waiting = np.bincount(municipality, movers[grade - 1], n_municipalities).astype(np.int64)
        weight = taking_in(grade, first_grade, last_grade, cohort_size)
        after[grade - 1] += shared_out(waiting, weight, municipality)
    return after.T


def taking_in(grade: int | np.integer, first_grade: Ints, last_grade: Ints, cohort_size: Floats) -> Floats:
    """Weight of each school among those that take in pupils to a grade, shape (schools,)."""
    taught = (first_grade <= grade) & (grade <= last_grade)
    return np.asarray(np.where(taught, cohort_size + 1, 0.0) * np.where(first_grade == grade, 1.0, 1e-9))


PROCESS = Process(
    "pupils.begin",
    begin,
    "The school year begins: pupils move up, tenth grade has left, first grade comes.",
    "SSB, cohort sizes",
    compiled=begin_compiled,
)
