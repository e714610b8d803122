"""What lies behind results: intake that hardly moves, teaching that pupils slowly gain from, what comes and goes."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.parameters.results import Results
from sim.processes.process import Process
from sim.rules import formula, rule
from sim.rules.luck import Luck
from sim.state.schools import Schools


@rule
def teach(schools: Schools, r: Results) -> None:
    """Pupils' results follow their teachers' practice, half a year at a time."""
    for s in range(len(schools)):
        target = taught_level(
            schools.practice[s],
            schools.teacher_turnover[s],
            schools.principal_tenure[s] < r.principal_change_years,
            schools.intake[s] < 0,
            r,
        )
        schools.taught[s] += r.results_follow / 2 * (target - schools.taught[s])


@rule
def settle(schools: Schools, r: Results) -> None:
    """Begin a world where it would stand if nothing new had happened for long."""
    for s in range(len(schools)):
        unsettled = schools.principal_tenure[s] < r.principal_change_years
        schools.taught[s] = taught_level(
            schools.practice[s], schools.teacher_turnover[s], unsettled, schools.intake[s] < 0, r
        )


@formula
def taught_level(practice: float, turnover: float, unsettled: bool, weak: bool, r: Results) -> float:
    """The scale points that lasting conditions give a school's pupils.

    Parameters
    ----------
    practice : mean practice of the staff room in SD
    turnover : share of posts with a new person
    unsettled : the principal is new
    weak : below the nation's mean by intake
    """
    by_turnover = r.turnover_cost * (turnover - r.usual_turnover) * (r.turnover_weak_factor if weak else 1.0)
    loss = by_turnover + (r.principal_change_cost if unsettled else 0.0)
    return r.national_sd * (r.practice_to_pupils * practice - loss)


@rule
def drift(schools: Schools, r: Results, luck: Annotated[Luck, "drift of a school", 2]) -> None:
    """Once a year the lasting level drifts, and what comes and goes comes and goes."""
    moved, news = np.empty(len(schools)), np.empty(len(schools))
    luck.normals(schools.id, moved)
    luck.normals(schools.id, news, 1)
    news_sd = innovation_sd(r)
    for s in range(len(schools)):
        homewards = (r.drift_persistence - 1) * (schools.intake[s] - schools.home[s])
        schools.intake[s] += homewards + r.drift_sd * moved[s]
        schools.value_added[s] = schools.value_added[s] * r.value_added_persistence + news_sd * news[s]


@formula
def standing_drift_sd(r: Results) -> float:
    """SD of the level around its home when it has drifted for long, in scale points."""
    return r.drift_sd / float(np.sqrt(1 - r.drift_persistence**2))


@formula
def innovation_sd(r: Results) -> float:
    """SD of a year's news in what comes and goes, in scale points."""
    return float(np.sqrt(1 - r.value_added_persistence**2)) * r.value_added_sd


TEACH = Process(
    "schooling.teach",
    teach,
    "Pupils have been taught for half a year by this staff room.",
    "Kraft, Blazar & Hogan 2018; Ronfeldt, Loeb & Wyckoff 2013",
)
DRIFT = Process(
    "schooling.drift",
    drift,
    "With the new school year the conditions of each school have moved a little.",
    "Udir's school results 2022-25",
)
