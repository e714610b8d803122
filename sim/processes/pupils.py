"""Pupils move up a grade, leave after tenth, and begin in first; lower-secondary schools take over from primary ones.

With the pupils moves what is theirs: what their cohort has in common, and how able they happen to be.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Ints
from sim.parameters.results import Results
from sim.processes.counts import poisson_quantile
from sim.processes.grouping import shared_out
from sim.processes.process import Process
from sim.rules import formula, rule
from sim.rules.luck import Luck
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools

HARDLY = 1e-9  # what a school that only teaches a grade weighs against one that begins with it


@rule
def begin(
    schools: Schools,
    owners: Municipalities,
    r: Results,
    coming: Annotated[Luck, "pupils begin school"],
    made_of: Annotated[Luck, "cohort of a school", 2],
    parting: Annotated[Luck, "pupils go on to another school", 10],
) -> None:
    """Every pupil moves up, and what belongs to a cohort with it; a new cohort begins in first grade."""
    new = np.zeros(len(schools), dtype=np.int64)
    cohort, luck = np.zeros(len(schools)), np.zeros(len(schools))
    for s in range(len(schools)):
        if schools.first_grade[s] == 1:
            new[s] = poisson_quantile(coming.uniform(schools.id[s]), schools.cohort_size[s])
            cohort[s] = r.cohort_lasting_sd * made_of.normal(schools.id[s])
            luck[s] = made_of.normal(schools.id[s], 1)
    rise(schools, owners, new, cohort, luck, parting)


@formula
def rise(
    schools: Schools, owners: Municipalities, new: Ints, new_cohort: Floats, new_luck: Floats, parting: Luck
) -> None:
    """Pupils move up a grade, and `new` ones begin in first with their cohort's columns; all of shape (schools,).

    Those who finish the last grade of a school before tenth go on in the municipality's schools that take pupils in at
    the next stage (or, where there is none, in those that teach the grade), shared out by the schools' usual size. Nobody
    is lost: the total changes by those who begin and those who finish tenth grade.

    Where pupils of several schools come together, what their cohorts have in common is the mean by pupils, and the luck in who
    they are adds up as that of samples does, so that its variance stays 1. Schools that share a pool out among them part its luck:
    each has its share of the pool's and, in who of the pool comes to it, luck of its own that cancels out over the pool.
    """
    n_owners = len(owners)
    waiting, anybody = np.zeros((GRADES, n_owners), dtype=np.int64), np.zeros(GRADES, dtype=np.bool_)
    deviation, ability = np.zeros((GRADES, n_owners)), np.zeros((GRADES, n_owners))
    for s in range(len(schools)):
        grades, cohort, luck = schools.pupils[s], schools.cohort[s], schools.pupils_luck[s]
        for g in range(GRADES - 1, 0, -1):
            grades[g], cohort[g], luck[g] = grades[g - 1], cohort[g - 1], luck[g - 1]
        grades[0], cohort[0], luck[0] = new[s], new_cohort[s], new_luck[s]
        for g in range(GRADES):
            if not schools.first_grade[s] <= g + 1 <= schools.last_grade[s]:
                if grades[g] > 0:
                    o = schools.municipality[s]
                    waiting[g, o] += grades[g]
                    deviation[g, o] += grades[g] * cohort[g]
                    ability[g, o] += np.sqrt(grades[g]) * luck[g]
                    anybody[g] = True
                grades[g], cohort[g], luck[g] = 0, 0.0, 0.0
    for g in range(GRADES):
        if anybody[g]:
            weight = np.empty(len(schools))
            for s in range(len(schools)):
                taught = schools.first_grade[s] <= g + 1 <= schools.last_grade[s]
                size = schools.cohort_size[s] + 1 if taught else 0.0
                weight[s] = size * (1.0 if schools.first_grade[s] == g + 1 else HARDLY)
            taken_in = shared_out(waiting[g], weight, schools.municipality)
            chance = np.zeros(n_owners)
            for s in range(len(schools)):
                if taken_in[s] > 0:
                    chance[schools.municipality[s]] += np.sqrt(taken_in[s]) * parting.normal(schools.id[s], g)
            for s in range(len(schools)):
                if taken_in[s] > 0:
                    o = schools.municipality[s]
                    total, there, come = waiting[g, o], schools.pupils[s, g], taken_in[s]
                    of_pool = np.sqrt(come) * (ability[g, o] - chance[o]) / total
                    luck_of_these = of_pool + parting.normal(schools.id[s], g)
                    cohort_of_these = deviation[g, o] / total
                    schools.cohort[s, g] = (there * schools.cohort[s, g] + come * cohort_of_these) / (there + come)
                    schools.pupils_luck[s, g] = luck_together(there, schools.pupils_luck[s, g], come, luck_of_these)
                    schools.pupils[s, g] = there + come


@formula
def luck_together(n: float, luck: float, m: float, other: float) -> float:
    """Luck of `n` and `m` pupils together, each of a standard normal: their means' deviations added up by pupils."""
    return float((np.sqrt(n) * luck + np.sqrt(m) * other) / np.sqrt(n + m))


PROCESS = Process(
    "pupils.begin",
    begin,
    "The school year begins: pupils move up, tenth grade has left, first grade comes.",
    "SSB, cohort sizes",
)
