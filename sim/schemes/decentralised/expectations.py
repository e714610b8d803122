"""Expectations follow experience: who has got used to a level takes it for granted, and asks for more."""

from __future__ import annotations

from math import sqrt

from sim.processes.process import Process
from sim.rules import formula, rule
from sim.schemes.decentralised.assumptions import Expectations
from sim.schemes.decentralised.expectation_state import (
    ForumExpectations,
    SchoolExpectations,
    TieExpectations,
    UHExpectations,
)
from sim.schemes.decentralised.state import (
    PHASES,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    Ties,
)
from sim.state.places import UHUnits
from sim.state.schools import Schools


@rule
def follow(
    forums: Forums,
    of_forums: ForumExpectations,
    ties: Ties,
    dec: DecentralisedOwners,
    of_ties: TieExpectations,
    schools: Schools,
    measures: DecentralisedSchools,
    of_schools: SchoolExpectations,
    units: UHUnits,
    uh: DecentralisedUH,
    of_uh: UHExpectations,
    a: Expectations,
) -> None:
    """What is expected moves half a year towards what is met; only the survey reads it."""
    part = a.pace / 2
    for f in range(len(forums)):
        of_forums.expected_satisfaction[f] = expected_after(
            of_forums.expected_satisfaction[f], forums.satisfaction[f], part
        )
    for o in range(len(ties)):
        of_ties.expected_equality[o] = expected_after(of_ties.expected_equality[o], ties.equality[o], part)
        of_ties.expected_shared[o] = expected_after(of_ties.expected_shared[o], ties.shared[o], part)
        of_ties.expected_strengthened[o] = expected_after(
            of_ties.expected_strengthened[o], dec.strengthened[o], part
        )
        for k in range(PHASES):
            of_ties.expected_together[o, k] = expected_after(
                of_ties.expected_together[o, k], ties.together[o, k], part
            )
    for s in range(len(schools)):
        if measures.in_measure[s]:
            of_schools.expected_fit[s] = expected_after(of_schools.expected_fit[s], measures.fit[s], part)
            of_schools.expected_involvement[s] = expected_after(
                of_schools.expected_involvement[s], schools.involvement[s], part
            )
            collective = sqrt(schools.community[s] * measures.coverage[s])
            of_schools.expected_collective[s] = expected_after(
                of_schools.expected_collective[s], collective, part
            )
    for u in range(len(uh)):
        competence = (units.quality[u] + uh.process_competence[u]) / 2
        of_uh.expected_competence[u] = expected_after(of_uh.expected_competence[u], competence, part)
        of_uh.expected_process_competence[u] = expected_after(
            of_uh.expected_process_competence[u], uh.process_competence[u], part
        )
        of_uh.expected_practice_contact[u] = expected_after(
            of_uh.expected_practice_contact[u], uh.practice_contact[u], part
        )
        of_uh.expected_teaching[u] = expected_after(of_uh.expected_teaching[u], uh.teaching[u], part)
        of_uh.expected_research[u] = expected_after(of_uh.expected_research[u], uh.research[u], part)


@formula
def expected_after(expected: float, met: float, part: float) -> float:
    """The level expected after half a year, in [0, 1]: what is met first is expected, from then on a part of the gap closes."""
    return met if expected <= 0 else expected + part * (met - expected)


PROCESS = Process(
    "decentralised.expectations",
    follow,
    "Those who take part get used to what they meet, and come to expect it.",
    "AFI-rapport 2026:02, 2.3.1.1: shared understanding falls although partners know each other longer; that expectations are "
    "behind it is an assumption",
)
