"""An owner's shortfall: what it lacks to help its schools itself, which is what follow-up is for.

True need looks at results; this is the second yardstick beside it. Five sides weigh the same: capacity (staff, and an economy
that the state controls), teachers
(vacancies filled by unqualified staff, and turnover), leaders who change, how it follows up, and complaints. Nobody in the
model knows it; governors judge it with an insight of its own, or go by what can be read of it in registers [OECD 2020; F2].
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Grid
from sim.parameters.registry import Parameters
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl
from sim.processes.counts import poisson_quantile
from sim.processes.state_control import complaint_rates
from sim.randomness import Draws
from sim.rules import Luck, rule
from sim.state import State
from sim.state.measurements import N_YEARS
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers

PER_COMPLAINTS = 1000.0  # pupils
LEAST = 1e-12  # of a variance: below it all are alike
(THIN, UNQUALIFIED, NEW_STAFF, NEW_HEAD, NEW_PRINCIPALS, INCOMPETENT, UNPLANNED, COMPLAINTS, CONTROLLED) = (
    range(9)
)
"""What is looked at, by column of the facts found: high is worse."""
SIDES = np.array([1 / 2, 1 / 2, 1 / 2, 1 / 2, 1 / 2, 1 / 2, 1 / 2, 1, 1 / 2]) / 5
"""What each fact weighs: the five sides the same, and the facts of a side the same: an assumption. ROBEK is a fact of capacity:
the governor itself approves the budgets of those in it, and those drawn by spread are in it oftener [AFI-rapport 2021:09, 2.3];
that it counts as much as thin staff is an assumption.
"""
CRITERIA = np.array([1 / 2, 1 / 2, 1, 1, 1 / 2, 1 / 2]) / 4
"""The same of what `registered` finds, by OECD's criteria: change of leaders, turnover of staff, complaints, economy."""


@rule
def look(
    owners: Municipalities,
    schools: Schools,
    staff: Teachers,
    s: Society,
    a: StateControl,
    facts: Grid,
) -> None:
    """Fills in the facts, shape (owners, 9), that come with zeros; who came within the years of the draw's figures is new."""
    n, posts, rate = np.zeros(len(owners)), np.zeros(len(owners)), np.zeros(len(owners))
    complaint_rates(schools, owners, s, a, rate)
    first = 0
    for k in range(len(schools)):
        o = schools.municipality[k]
        n[o] += 1
        posts[o] += schools.n_teachers[k]
        facts[o, NEW_PRINCIPALS] += schools.principal_tenure[k] < N_YEARS
        new = 0
        for i in range(first, first + schools.n_teachers[k]):
            new += staff.tenure[i] < N_YEARS
        first += schools.n_teachers[k] + schools.spare[k]
        facts[o, NEW_STAFF] += new
    for o in range(len(owners)):
        facts[o, THIN] = np.log(max(n[o], 1.0) / owners.capacity_fte[o])
        facts[o, UNQUALIFIED] = owners.unqualified[o]
        facts[o, NEW_STAFF] /= max(posts[o], 1.0)
        facts[o, NEW_HEAD] = owners.head_tenure[o] < N_YEARS
        facts[o, NEW_PRINCIPALS] /= max(n[o], 1.0)
        facts[o, INCOMPETENT] = -owners.competence[o]
        facts[o, UNPLANNED] = -owners.continuity[o]
        facts[o, COMPLAINTS] = np.log(rate[o])
        facts[o, CONTROLLED] = owners.robek[o]


@rule
def found_lacking(facts: Grid, weights: Floats, lacking: Floats) -> None:
    """Fills in the weighted mean deviation of each owner, in SD between owners.

    Parameters
    ----------
    facts : array of float, shape (owners, facts)
        High is worse; a fact in which all are alike counts for 0.
    weights : array of float, shape (facts,)
        What each counts; they add up to 1.
    lacking : array of float, shape (owners,)
        To be filled; comes with zeros.
    """
    n = len(lacking)
    for k in range(len(weights)):
        mean, squares = 0.0, 0.0
        for o in range(n):
            mean += facts[o, k] / n
        for o in range(n):
            squares += (facts[o, k] - mean) ** 2 / n
        worth = weights[k] / np.sqrt(squares) if squares > LEAST else 0.0
        for o in range(n):
            lacking[o] += (facts[o, k] - mean) * worth


def shortfall(state: State, p: Parameters) -> Floats:
    """The owner's shortfall of the present municipalities, shape (municipalities,); SD between them, positive lacks more."""
    lacking = np.zeros(len(state[Municipalities]))
    found_lacking(state, p, facts=_facts(state, p), weights=SIDES, lacking=lacking)
    return lacking


def _facts(state: State, p: Parameters) -> Floats:
    facts = np.zeros((len(state[Municipalities]), len(SIDES)))
    look(state, p, facts=facts)
    return facts


@rule
def registered(
    owners: Municipalities,
    schools: Schools,
    s: Society,
    a: StateControl,
    heard: Annotated[Luck, "complaints that reach the governor"],
    facts: Grid,
    found: Grid,
) -> None:
    """Fills in what registers show, shape (owners, 6): new heads, new principals, new staff, complaints per 1000 pupils over the
    years of the draw's figures, ROBEK, low free income; `facts` are those of `look`.
    """
    rate, pupils = np.zeros(len(owners)), np.zeros(len(owners))
    complaint_rates(schools, owners, s, a, rate)
    for k in range(len(schools)):
        for grade in range(schools.pupils.shape[1]):
            pupils[schools.municipality[k]] += schools.pupils[k, grade]
    for o in range(len(owners)):
        found[o, 0] = facts[o, NEW_HEAD]
        found[o, 1] = facts[o, NEW_PRINCIPALS]
        found[o, 2] = facts[o, NEW_STAFF]
        pupil_years = max(pupils[o], 1.0) * N_YEARS / PER_COMPLAINTS
        found[o, 3] = poisson_quantile(heard.uniform(owners.id[o]), rate[o] * pupil_years) / pupil_years
        found[o, 4] = owners.robek[o]
        found[o, 5] = -np.log(owners.free_income[o])


def by_common_criteria(state: State, p: Parameters, draw: Draws) -> Floats:
    """What OECD's criteria say of each municipality, shape (municipalities,), SD: change of leaders, turnover of staff,
    complaints and economy weigh the same.
    """
    n = len(state[Municipalities])
    found, lacking = np.zeros((n, len(CRITERIA))), np.zeros(n)
    registered(state, p, draw, facts=_facts(state, p), found=found)
    found_lacking(state, p, facts=found, weights=CRITERIA, lacking=lacking)
    return lacking
