"""Pupils move up a grade, leave after tenth, and begin in first; lower-secondary schools take over from primary ones."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Ints
from sim.processes.counts import poisson_quantile
from sim.processes.grouping import shared_out
from sim.processes.process import Process
from sim.rules import formula, rule
from sim.rules.luck import Luck
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools

HARDLY = 1e-9  # what a school that only teaches a grade weighs against one that begins with it


@rule
def begin(schools: Schools, owners: Municipalities, coming: Annotated[Luck, "pupils begin school"]) -> None:
    """Every pupil moves up; a new cohort begins in first grade."""
    new = np.zeros(len(schools), dtype=np.int64)
    for s in range(len(schools)):
        if schools.first_grade[s] == 1:
            new[s] = poisson_quantile(coming.uniform(schools.id[s]), schools.cohort_size[s])
    rise(schools, owners, new)


@formula
def rise(schools: Schools, owners: Municipalities, new: Ints) -> None:
    """Pupils move up a grade, and `new` ones begin in first, shape (schools,).

    Those who finish the last grade of a school before tenth go on in the municipality's schools that take pupils in at
    the next stage (or, where there is none, in those that teach the grade), shared out by the schools' usual size. Nobody
    is lost: the total changes by those who begin and those who finish tenth grade.
    """
    waiting, anybody = np.zeros((GRADES, len(owners)), dtype=np.int64), np.zeros(GRADES, dtype=np.bool_)
    for s in range(len(schools)):
        grades = schools.pupils[s]
        for g in range(GRADES - 1, 0, -1):
            grades[g] = grades[g - 1]
        grades[0] = new[s]
        for g in range(GRADES):
            if not schools.first_grade[s] <= g + 1 <= schools.last_grade[s] and grades[g] > 0:
                waiting[g, schools.municipality[s]] += grades[g]
                grades[g] = 0
                anybody[g] = True
    for g in range(GRADES):
        if anybody[g]:
            weight = np.empty(len(schools))
            for s in range(len(schools)):
                taught = schools.first_grade[s] <= g + 1 <= schools.last_grade[s]
                size = schools.cohort_size[s] + 1 if taught else 0.0
                weight[s] = size * (1.0 if schools.first_grade[s] == g + 1 else HARDLY)
            taken_in = shared_out(waiting[g], weight, schools.municipality)
            for s in range(len(schools)):
                schools.pupils[s, g] += taken_in[s]


PROCESS = Process(
    "pupils.begin",
    begin,
    "The school year begins: pupils move up, tenth grade has left, first grade comes.",
    "SSB, cohort sizes",
)
