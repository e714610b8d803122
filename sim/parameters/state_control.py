"""What the state knows of municipalities, and where it steps in: economy (ROBEK), complaints, supervision (tilsyn).

What free income does to chances stands here, because a world begins by the same law that its years keep.
"""

from __future__ import annotations

from math import exp

import numpy as np

from sim.arrays import Number
from sim.parameters.declaration import Group, dated, fixed, uncertain
from sim.parameters.priors import Uniform
from sim.parameters.society import Society
from sim.rules import formula
from sim.rules.random_numbers import normal_quantile

SIZES = 40
"""Sizes of municipalities over which chances by free income are averaged."""

_GUESS = "assumption"
_ROBEK = "assumption; those drawn by spread were in ROBEK oftener and longer (AFI-rapport 2021:09, 2.3)"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class StateControl(Group, key="state_control", title="ROBEK, complaints and supervision"):
    """How municipalities come under the state's eye and get out of it; `society.robek_share` says how many are in ROBEK."""

    robek_exit_chance: float = uncertain(
        0.35, unit="share per year", bounds=(0.05, 1.0), prior=Uniform(0.2, 0.5), source=_ROBEK,
        meaning="chance that a municipality of the mean free income leaves ROBEK in a year",
    )
    robek_income: float = uncertain(
        2.0, unit="power", bounds=(0.0, 6.0), prior=Uniform(1.0, 3.0), source=_ROBEK,
        meaning="power of free income, against the mean, by which chances to get into ROBEK fall and chances to leave it grow",
    )
    robek_rise: float = dated(
        1.0, unit="times", bounds=(0.1, 10.0),
        source="AFI-rapport 2021:09, 2.3 (10 of 422 municipalities in 2019, 12 of 356 in 2020) and KMD's register of April 2026 (27 of 357);"
        " that it grew evenly between is an assumption",
        meaning="odds of being in ROBEK in the long run of a year's chances, against those of 2019-20",
    )
    complaints_per_1000: float = fixed(
        2.5, unit="complaints per 1000 pupils and year", bounds=(0.1, 50.0), source=_GUESS,
        meaning="complaints about the school environment that reach the governor from a municipality of mean climate and competence",
    )
    complaints_climate: float = uncertain(
        0.5, unit="log per school SD", bounds=(0.0, 3.0), prior=Uniform(0.2, 0.8), source=_GUESS,
        meaning="how complaints grow where the pupils are bullied more",
    )
    complaints_competence: float = uncertain(
        1.5, unit="log per unit of competence", bounds=(0.0, 6.0), prior=Uniform(0.5, 2.5), source=_GUESS,
        meaning="how complaints grow where the owner follows its schools up less well",
    )
    supervision_entry_chance: float = uncertain(
        0.06, unit="share per year", bounds=(0.0, 1.0), prior=Uniform(0.03, 0.10),
        source=_GUESS + " after AFI-rapport 2021:09, 2.1: supervision planned is a reason to leave a candidate out",
        meaning="chance that supervision of its schools is opened in a year, where complaints are as usual; it grows with them",
    )
    supervision_exit_chance: float = uncertain(
        0.5, unit="share per year", bounds=(0.05, 1.0), prior=Uniform(0.3, 0.8), source=_GUESS,
        meaning="chance that supervision is closed in a year",
    )
    supervision_fte: float = fixed(
        0.05, unit="man-years", bounds=(0.0, 1.0), source=_GUESS,
        meaning="what supervision asks of an owner: documents, answers, mending what is found",
    )


# fmt: on


@formula
def robek_odds(s: Society, a: StateControl) -> float:
    """Odds of being in ROBEK at the mean free income, with which a share `robek_share` of the municipalities is in it before it rises.

    Odds fall by twice the power of free income, because one gets in and stays in by it. The mean over municipalities is that over as
    many inhabitants as the middles of equal parts of a normal law of their logarithm have, and over normal luck in the logarithm.
    """
    power = 2 * a.robek_income
    luck = exp(s.free_income_sd**2 * power * (1 + power) / 2)
    mean = 0.0
    for k in range(SIZES):
        log_persons = s.population_log_mean + s.population_log_sd * normal_quantile((k + 1 / 2) / SIZES)
        mean += luck * (s.free_income_mean / usual_income(exp(log_persons), s)) ** power / SIZES
    usual: float = s.robek_share / (1 - s.robek_share)
    return a.robek_rise * usual / mean


@formula
def usual_income(inhabitants: Number, s: Society) -> Number:
    """Mean free income per inhabitant of municipalities with so many: it falls with them, and levels out where they are many."""
    return s.free_income_large * np.sqrt(1 + s.free_income_small / np.maximum(inhabitants, 1))


@formula
def by_income(free_income: float, s: Society, a: StateControl) -> float:
    """By how much the chance to leave ROBEK is multiplied, and that to get in divided; 1 at the mean free income."""
    factor: float = (free_income / s.free_income_mean) ** a.robek_income
    return factor
