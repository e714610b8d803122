"""Where the state steps in when a world begins: the lasting law of ROBEK and of supervision, which the years then keep."""

from __future__ import annotations

from math import exp
from typing import Annotated

import numpy as np

from sim.arrays import Floats
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl
from sim.rules import Luck, formula, rule
from sim.state.places import Municipalities
from sim.state.schools import Schools

BULLYING = 2
"""The side of the climate that complaints are about."""


@formula
def robek_odds(s: Society, a: StateControl) -> float:
    """Odds of being in ROBEK at the mean free income, with which a share `robek_share` of the municipalities is in it.

    The logarithm of free income is about normal; odds fall by twice the power, because one gets in and stays in by it.
    """
    power = 2 * a.robek_income
    variance = s.free_income_size**2 + s.free_income_sd**2
    usual: float = s.robek_share / (1 - s.robek_share)
    return usual / exp(variance * power * (1 + power) / 2)


@formula
def by_income(free_income: float, s: Society, a: StateControl) -> float:
    """By how much the chance to leave ROBEK is multiplied, and that to get in divided; 1 at the mean free income."""
    factor: float = (free_income / s.free_income_mean) ** a.robek_income
    return factor


@formula
def complaint_rate(climate: float, competence: float, s: Society, a: StateControl) -> float:
    """Complaints that reach the governor, per 1000 pupils and year; `climate` in school SD, high is good."""
    worse = a.complaints_climate * climate + a.complaints_competence * (competence - s.competence_mean)
    return a.complaints_per_1000 * exp(-worse)


@formula
def opens(rate: float, a: StateControl) -> float:
    """Chance that supervision is opened in a year, by complaints."""
    return min(a.supervision_entry_chance * rate / a.complaints_per_1000, 1.0)


@formula
def complaint_rates(
    schools: Schools, owners: Municipalities, s: Society, a: StateControl, rate: Floats
) -> None:
    """Fills in each owner's `complaint_rate`, by the climate that its mean pupil meets; `rate` comes with zeros."""
    pupils = np.zeros(len(rate))
    for k in range(len(schools)):
        o = schools.municipality[k]
        rate[o] += schools.cohort_size[k] * schools.climate[k, BULLYING]
        pupils[o] += schools.cohort_size[k]
    for o in range(len(rate)):
        climate = rate[o] / pupils[o] if pupils[o] > 0 else 0.0
        rate[o] = complaint_rate(climate, owners.competence[o], s, a)


@rule
def begin(
    owners: Municipalities,
    schools: Schools,
    s: Society,
    a: StateControl,
    supervised: Annotated[Luck, "under supervision at the start"],
) -> None:
    """Who is under supervision in a new world: as many as its coming and going leaves there in the long run."""
    rate = np.zeros(len(owners))
    complaint_rates(schools, owners, s, a, rate)
    for o in range(len(owners)):
        comes = opens(rate[o], a)
        owners.supervised[o] = supervised.uniform(owners.id[o]) < comes / (comes + a.supervision_exit_chance)
