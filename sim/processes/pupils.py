"""Pupils move up a grade, leave after tenth, and begin in first; lower-secondary schools take over from primary ones.

With the pupils moves what is theirs: what their cohort has in common, and how able they happen to be.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Ints
from sim.parameters.results import Results
from sim.processes.counts import FEW, poisson_of_few, poisson_of_many
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
    new, many = np.zeros(len(schools), dtype=np.int64), np.empty(len(schools))
    cohort, luck = np.empty(len(schools)), np.empty(len(schools))
    coming.normals(schools.id, many)
    made_of.normals(schools.id, cohort)
    made_of.normals(schools.id, luck, 1)
    for s in range(len(schools)):
        begins = schools.first_grade[s] == 1
        if begins:
            mean = schools.cohort_size[s]
            few = mean < FEW
            new[s] = (
                poisson_of_few(coming.uniform(schools.id[s]), mean) if few else poisson_of_many(many[s], mean)
            )
        cohort[s] *= r.cohort_lasting_sd * begins
        luck[s] *= begins
    rise(schools, owners, new, cohort, luck, parting)


@formula
def rise(
    schools: Schools, owners: Municipalities, new: Ints, new_cohort: Floats, new_luck: Floats, parting: Luck
) -> None:
    """Pupils move up a grade, and `new` ones begin in first with what belongs to their cohort; all of shape (schools,).

    Those who finish the last grade of a school before tenth go on in the municipality's schools that take pupils in at
    the next stage (or, where there is none, in those that teach the grade), shared out by the schools' usual size. Nobody
    is lost: the total changes by those who begin and those who finish tenth grade.
    """
    n_owners = len(owners)
    waiting, anybody = np.zeros((GRADES, n_owners), dtype=np.int64), np.zeros(GRADES, dtype=np.bool_)
    deviation, ability = np.zeros((GRADES, n_owners)), np.zeros((GRADES, n_owners))
    for s in range(len(schools)):
        grades, common, able = schools.pupils[s], schools.cohort[s], schools.pupils_luck[s]
        for g in range(GRADES - 1, 0, -1):
            grades[g], common[g], able[g] = grades[g - 1], common[g - 1], able[g - 1]
        grades[0], common[0], able[0] = new[s], new_cohort[s], new_luck[s]
        for g in range(GRADES):
            if grades[g] > 0 and not schools.first_grade[s] <= g + 1 <= schools.last_grade[s]:
                o = schools.municipality[s]
                waiting[g, o] += grades[g]
                deviation[g, o] += grades[g] * common[g]
                ability[g, o] += np.sqrt(grades[g]) * able[g]
                grades[g], common[g], able[g] = 0, 0.0, 0.0
                anybody[g] = True
    for g in range(GRADES):
        if anybody[g]:
            rows, n = np.empty(len(schools), dtype=np.int64), 0
            for s in range(len(schools)):
                rows[n] = s  # stays if anybody waits in its municipality, and is written over if not
                n += waiting[g, schools.municipality[s]] > 0
            weight, owner = np.empty(n), np.empty(n, dtype=np.int64)
            for k in range(n):
                s = rows[k]
                taught = schools.first_grade[s] <= g + 1 <= schools.last_grade[s]
                size = schools.cohort_size[s] + 1 if taught else 0.0
                weight[k] = size * (1.0 if schools.first_grade[s] == g + 1 else HARDLY)
                owner[k] = schools.municipality[s]
            taken_in = shared_out(waiting[g], weight, owner)
            take_in(schools, g, rows[:n], taken_in, waiting[g], deviation[g], ability[g], parting)


@formula
def take_in(
    schools: Schools,
    g: int,
    rows: Ints,
    taken_in: Ints,
    pool: Ints,
    deviation: Floats,
    ability: Floats,
    parting: Luck,
) -> None:
    """Schools take in their pupils of each municipality's pool of those who change school.

    What cohorts have in common is averaged by pupils. The luck in who they are adds up as that of samples does, so that its
    variance stays 1. Schools that share a pool part its luck: each has its share of the pool's and, in who of the pool comes to
    it, luck of its own that cancels out over the pool.

    Parameters
    ----------
    g : int
        Column of the grade.
    rows, taken_in : array of int, shape (schools of these municipalities,)
    pool : array of int, shape (municipalities,)
        Pupils who change school.
    deviation, ability : array of float, shape (municipalities,)
        Over the pool's cohorts: sum of pupils times what they have in common, sum of the roots of pupils times their luck.
    """
    who, chance = np.zeros(len(rows)), np.zeros(len(pool))
    for k in range(len(rows)):
        if taken_in[k] > 0:
            who[k] = parting.normal(schools.id[rows[k]], g)
            chance[schools.municipality[rows[k]]] += np.sqrt(taken_in[k]) * who[k]
    for k in range(len(rows)):
        if taken_in[k] > 0:
            s, come = rows[k], taken_in[k]
            o, there = schools.municipality[s], schools.pupils[s, g]
            luck = np.sqrt(come) * (ability[o] - chance[o]) / pool[o] + who[k]
            common = there * schools.cohort[s, g] + come * deviation[o] / pool[o]
            schools.cohort[s, g] = common / (there + come)
            schools.pupils_luck[s, g] = luck_together(there, schools.pupils_luck[s, g], come, luck)
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
