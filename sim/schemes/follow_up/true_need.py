"""True need: how weak a municipality's lasting results are, which is what the draw tries to find.

The draw sees three years of figures with the luck of cohorts and small numbers in them. True need is the same
comparison with the nation made from the lasting levels, on a continuous scale and without thresholds. Nobody
in the model knows it; governors judge it, and what owners lack (`owner_shortfall`), with more or less insight
[AFI-rapport 2021:09, 2.1 and 2.5].
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Grid, Ints, Number, WholeGrid
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.risk_score import WORSE, bring_together, spread_between
from sim.state import State
from sim.state.measurements import GRADE, Measurements
from sim.state.places import Counties, Municipalities, Offices
from sim.state.schools import Schools

_COLUMN = GRADE - 1  # of the pupils in each indicator's grade


@formula
def need(lasting: Grid, pupils: WholeGrid, unit: Ints, worse: Floats, weights: Floats, found: Floats) -> None:
    """How much worse than the nation's each unit's lasting results are.

    Parameters
    ----------
    lasting : array of float, shape (schools, 11)
        Lasting level of each indicator, in its own unit.
    pupils : array of int, shape (schools, 11)
        Pupils in the grade where each indicator is measured.
    unit : array of int, shape (schools,)
        The unit that each school belongs to.
    worse, weights : array of float, shape (11,)
        1 or -1 for where worse is, and how many times each indicator counts.
    found : array of float, shape (units,), in SD between the units
        To be filled: mean of the deviations by weight, over the indicators whose grade the unit has; positive is worse, 0
        without any.
    """
    n = len(weights)
    figures, behind = np.zeros((len(found), n)), np.zeros((len(found), n))
    nation, spread = np.zeros(n), np.zeros(n)
    bring_together(lasting, pupils, unit, 1.0, figures, behind, nation)
    spread_between(figures, spread)
    for k in range(len(found)):
        weighted, weight = 0.0, 0.0
        for i in range(n):
            by = (figures[k, i] - nation[i]) * worse[i]
            if not np.isnan(by):
                weighted += by / spread[i] * weights[i] if spread[i] > 0 else 0.0
                weight += weights[i]
        found[k] = weighted / weight if weight > 0 else 0.0


@rule
def schools_need(
    schools: Schools, m: Measurements, column: Ints, worse: Floats, weights: Floats, found: Floats
) -> None:
    """`need` of the present municipalities; `column` is that of the pupils in each indicator's grade."""
    pupils = np.empty((len(schools), len(column)), dtype=np.int64)
    for s in range(len(schools)):
        for i in range(len(column)):
            pupils[s, i] = schools.pupils[s, column[i]]
    need(m.lasting, pupils, schools.municipality, worse, weights, found)


def true_need(state: State, p: Parameters) -> Floats:
    """True need of the present municipalities by the indicators in use; shape (municipalities,), SD."""
    found = np.empty(len(state[Municipalities]))
    schools_need(state, p, column=_COLUMN, worse=WORSE, weights=p[Draw].indicator_weights, found=found)
    return found


@formula
def standardised(values: Floats) -> Floats:
    """Deviations from the mean, in SD between all; 0 where all are alike."""
    n, mean, squares = len(values), 0.0, 0.0
    for k in range(n):
        mean += values[k] / n
    for k in range(n):
        squares += (values[k] - mean) ** 2 / n
    sd, deviations = np.sqrt(squares), np.zeros(n)
    for k in range(n):
        deviations[k] = (values[k] - mean) / sd if sd > 0 else 0.0
    return deviations


@formula
def judgement(true: Number, insight: Number, error_sd: float, luck: Number) -> Number:
    """What governors take a municipality's need, or its owner's shortfall, to be, in SD between municipalities.

    An office's insight is the correlation of its judgement with the truth that it would have if `error_sd`
    were 1: it hears that much of it and as much error as is left over.

    Parameters
    ----------
    true : float, SD
        Standardised.
    insight : float, correlation
        Of the governor office.
    error_sd : float
        In SD of what is judged between municipalities.
    luck : float
        Standard normal.
    """
    return insight * true + error_sd * np.sqrt(1 - insight**2) * luck


@rule
def judge(
    owners: Municipalities,
    counties: Counties,
    offices: Offices,
    d: Draw,
    of_need: Annotated[Luck, "governor judges a municipality's need"],
    of_owner: Annotated[Luck, "governor judges what an owner lacks"],
    true: Floats,
    lacking: Floats,
    judged: Floats,
) -> None:
    """Fills in `governors_judgement`."""
    need, lack = standardised(true), standardised(lacking)
    for o in range(len(owners)):
        office = counties.office[owners.county[o]]
        luck, own = of_need.normal(owners.id[o]), of_owner.normal(owners.id[o])
        by_results = judgement(need[o], offices.insight[office], d.governor_insight_sd, luck)
        by_owner = judgement(lack[o], offices.owner_insight[office], d.governor_owner_sd, own)
        judged[o] = (1 - d.shortfall_weight) * by_results + d.shortfall_weight * by_owner


def governors_judgement(state: State, p: Parameters, draw: Draws, true: Floats, lacking: Floats) -> Floats:
    """The governors' judgement of the present municipalities: of their need as far as results tell, and of what their owners
    lack, each heard with an insight of its own [F2].

    Parameters
    ----------
    true, lacking : array of float, shape (municipalities,)
        True need, and the owners' shortfall.

    Returns
    -------
    array of float, shape (municipalities,), about in SD between municipalities; 0 is the mean one
    """
    judged = np.empty(len(true))
    judge(state, p, draw, true=true, lacking=lacking, judged=judged)
    return judged
