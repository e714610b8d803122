"""True need: how weak a municipality's lasting results are, which is what the draw tries to find.

The draw sees three years of figures with the luck of cohorts and small numbers in them. True need is the same
comparison with the nation made from the lasting levels, on a continuous scale and without thresholds. Nobody
in the model knows it; governors judge it with more or less insight [AFI-rapport 2021:09, 2.1 and 2.5].
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.risk_score import indicator_weights
from sim.schemes.follow_up.scoring import READABLE, Forms
from sim.state import State
from sim.state.measurements import GRADE, Measurements
from sim.state.places import Counties, Municipalities, Offices
from sim.state.schools import Schools


def need(
    lasting: Floats, pupils: Ints, unit: Ints, n_units: int, weights: Floats, forms: Forms = READABLE
) -> Floats:
    """How much worse than the nation's each unit's lasting results are.

    Parameters
    ----------
    lasting : array of float, shape (schools, 11)
        Lasting level of each indicator, in its own unit.
    pupils : array of int, shape (schools, 11)
        Pupils in the grade where each indicator is measured.
    unit : array of int, shape (schools,)
        The unit that each school belongs to.
    weights : array of float, shape (11,)
        How many times each indicator counts.
    forms : Forms
        How figures are brought together.

    Returns
    -------
    array of float, shape (n_units,), in SD between the units
        Mean of the deviations by weight, over the indicators whose grade the unit has; positive is worse, 0
        without any.
    """
    figures, national = forms.brought_together(lasting, pupils, unit, n_units, 1)
    return forms.mean_deviations(figures, national, weights)


def true_need(state: State, p: Parameters, forms: Forms = READABLE) -> Floats:
    """True need of the present municipalities by the indicators in use; shape (municipalities,), SD."""
    schools = state[Schools]
    return need(
        state[Measurements].lasting,
        np.take(schools.pupils, GRADE - 1, axis=1),
        schools.municipality,
        len(state[Municipalities]),
        indicator_weights(p[Draw]),
        forms,
    )


def judgement(true: Floats, insight: Floats, error_sd: float, luck: Floats) -> Floats:
    """What governors take municipalities' need to be.

    An office's insight is the correlation of its judgement with true need that it would have if `error_sd`
    were 1: it hears that much of the need and as much error as is left over.

    Parameters
    ----------
    true : array of float, shape (municipalities,), SD
    insight : array of float, shape (municipalities,), correlation
        Of each one's governor office.
    error_sd : float
        In SD of true need between municipalities.
    luck : array of float, shape (municipalities,)
        Standard normal.

    Returns
    -------
    array of float, shape (municipalities,), in SD of true need
    """
    sd = true.std()
    standardised = (true - true.mean()) / sd if sd > 0 else np.zeros(len(true))
    judged: Floats = insight * standardised + error_sd * np.sqrt(1 - insight**2) * luck
    return judged


def governors_judgement(state: State, p: Parameters, draw: Draws, true: Floats) -> Floats:
    """The governors' judgement of the present municipalities, whose need is `true`; shape (municipalities,), SD of true
    need.
    """
    municipalities = state[Municipalities]
    office = state[Counties].office[municipalities.county]
    luck = draw.normal("governor judges a municipality's need", municipalities.id)
    return judgement(true, state[Offices].insight[office], p[Draw].governor_insight_sd, luck)
