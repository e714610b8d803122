"""How municipalities come under the state's eye and get out of it: ROBEK for their economy, supervision for their schools."""

from __future__ import annotations

from math import exp
from typing import Annotated

import numpy as np

from sim.arrays import Floats
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl, by_income, robek_odds
from sim.processes.process import Process
from sim.rules import Luck, formula, rule
from sim.state.places import Municipalities
from sim.state.schools import Schools

BULLYING = 2
"""The side of the climate that complaints are about."""


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


@rule
def step_in(
    owners: Municipalities,
    schools: Schools,
    s: Society,
    a: StateControl,
    economy: Annotated[Luck, "comes into ROBEK or leaves it"],
    supervision: Annotated[Luck, "supervision opened or closed"],
) -> None:
    """A year's coming and going: into ROBEK where free income is low, under supervision where many complain."""
    rate, odds = np.zeros(len(owners)), robek_odds(s, a)
    complaint_rates(schools, owners, s, a, rate)
    for o in range(len(owners)):
        factor, u = by_income(owners.free_income[o], s, a), economy.uniform(owners.id[o])
        leaves = a.robek_exit_chance * factor
        owners.robek[o] = u >= leaves if owners.robek[o] else u < a.robek_exit_chance * odds / factor
        v = supervision.uniform(owners.id[o])
        closed, opened = a.supervision_exit_chance, opens(rate[o], a)
        owners.supervised[o] = v >= closed if owners.supervised[o] else v < opened


PROCESS = Process(
    "state_control",
    step_in,
    "At New Year it is known whose economy and whose schools the state looks into, before anybody is drawn.",
    "AFI-rapport 2021:09, 2.1, 2.3; chances: assumption",
)
