"""The needs analysis: who takes part, how well it hits, what it costs; and the evaluation that feeds the next one [D4]."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.load import done_share
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.decentralised.assumptions import Coordinators, Needs, Voices
from sim.schemes.decentralised.handing_over import met_in_network
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.state import (
    Collaboration,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Ties,
)
from sim.schemes.decentralised.voices import hours_of_asking, leader_hours_taken
from sim.state import State
from sim.state.places import Counties, Municipalities, Networks, Offices
from sim.state.schools import Schools


def analyse(state: State, p: Parameters, draw: Draws) -> None:
    """Spring: owners, networks, UH and teachers find out what is needed, and report it to the forum."""
    if state.now.season is Season.SPRING and p[Decentralised].active:
        find_needs(state, p, draw)


@rule
def find_needs(
    owners: Municipalities,
    networks: Networks,
    counties: Counties,
    offices: Offices,
    schools: Schools,
    dec: DecentralisedOwners,
    ds: DecentralisedSchools,
    ties: Ties,
    uh: DecentralisedUH,
    levers: Decentralised,
    a: Needs,
    voices: Voices,
    coordinators: Coordinators,
    luck: Annotated[Luck, "luck of a needs analysis"],
) -> None:
    """Who takes part in each owner's analysis, how well it hits, and what it costs owners, leaders and teachers."""
    network, z = met_in_network(owners, dec, len(networks)), np.empty(len(owners))
    luck.normals(owners.id, z)
    for o in range(len(owners)):
        direct = levers.direct_involvement * done_share(owners.load[o])
        with_uh = ties.together[o, Collaboration.NEEDS] * uh.process_competence[ties.uh_unit[o]]
        coordinated = coordination(levers.coordinator_fte, networks.lent_fte[owners.network[o]], coordinators)
        near = coordinated * network[o]
        found = expected_hit(owners.competence[o], near, with_uh, direct, dec.evaluation[o], a)
        found = share_of(found + a.versed_gain * dec.versed[o])
        supervision = a.supervision_gain * offices.synergy[counties.office[owners.county[o]]]
        found += levers.analysis_support * a.support_gain * (1 - found)
        found += supervision * (1 - found)
        dec.direct[o] = direct
        dec.versed[o] += a.versed_pace * (direct - dec.versed[o])
        dec.hit[o] = share_of(found + a.hit_sd * z[o])
        dec.hours[o] += owners.analysis_hours[o] + a.owner_hours
    for s in range(len(schools)):
        o = schools.municipality[s]
        decided = ds.codetermination[s]
        each = hours_of_asking(dec.direct[o], decided, a.direct_hours, voices)
        dec.hours[o] += each * schools.n_teachers[s]
        dec.hours[o] += leader_hours_taken(levers.leaders_at_table, dec.direct[o], decided, voices)
        schools.fatigue[s] = share_of(schools.fatigue[s] + voices.fatigue_per_hour * each)


@formula
def coordination(fte: float, lent: float, a: Coordinators) -> float:
    """What owners have of their network against what is usual: more where it has a coordinator with time, less of it where
    another scheme takes so much.
    """
    left = max(fte - lent, 0.0)
    return 1 - a.weight + a.weight * 2 * left / (left + a.half_fte)


@formula
def expected_hit(
    own: float, network: float, with_uh: float, direct: float, evaluation: float, a: Needs
) -> float:
    """How well an analysis hits the true needs, before luck, in [0, 1]."""
    base = a.own_weight * own + a.network_weight * network + a.uh_weight * with_uh
    teachers = a.teachers_gain * direct + a.indirect_gain * (1 - direct)
    return share_of(base + teachers + a.evaluation_gain * evaluation)


def evaluate(state: State, p: Parameters, draw: Draws) -> None:
    """Spring: what the partners make of the last round together teaches the next analysis."""
    if state.now.season is Season.SPRING and p[Decentralised].active:
        learn_from_the_last(state, p)


@rule
def learn_from_the_last(dec: DecentralisedOwners, ties: Ties, a: Needs) -> None:
    """What is made of a round together, as far as it is understood alike, becomes its evaluation."""
    for o in range(len(dec)):
        made_of_it = ties.together[o, Collaboration.EVALUATION] * ties.shared[o]
        dec.evaluation[o] += a.evaluation_pace * (made_of_it - dec.evaluation[o])


EVALUATE = Process(
    "decentralised.needs.evaluate",
    evaluate,
    "Before a new round the last one is looked at.",
    "AFI-rapport 2026:02, fig. 1-2",
)
ANALYSE = Process(
    "decentralised.needs.analyse",
    analyse,
    "Needs are mapped before the forum agrees on priorities.",
    "AFI-rapport 2026:02, 2.3.2.2, 5.2 [D4]",
)
