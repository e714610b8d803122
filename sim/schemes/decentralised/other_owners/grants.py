"""The counties' own scheme for general subjects, and what owners beside municipalities add and hand on to UH; to the krone."""

from __future__ import annotations

from math import ceil

import numpy as np

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import shared_out
from sim.processes.process import Process
from sim.processes.shares import parted
from sim.randomness import Draws
from sim.rules import rule
from sim.schemes.decentralised.levers import Decentralised
from sim.schemes.decentralised.other_owners.levers import OtherOwnership
from sim.schemes.decentralised.other_owners.state import OtherOwners, Ownership
from sim.schemes.decentralised.state import CountyForums
from sim.state import State
from sim.state.places import Counties


def hand_out(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: a school year's money is known."""
    if state.now.season is Season.AUTUMN:
        hand_out_grant(state, p)


@rule
def hand_out_grant(
    other: OtherOwners,
    counties: Counties,
    of_county: CountyForums,
    levers: Decentralised,
    o: OtherOwnership,
    scope: Scope,
) -> None:
    """To the split of the scheme for schools comes what counties' own scheme gives, by teachers, and what of vocational money
    went to general subjects in a joint one.
    """
    weight, own = np.zeros(len(other)), np.empty(len(other), dtype=np.int64)
    teachers = np.zeros(len(counties))
    for j in range(len(other)):
        weight[j] = other.alone[j] * other.teachers[j]
        teachers[other.county[j]] += (other.ownership[j] == Ownership.COUNTY) * other.teachers[j]
    parted(round(o.own_grant_nok * scope.scale), weight, own)
    crowded = shared_out(counties.to_general_nok, teachers, of_county.forum)
    for j in range(len(other)):
        here = crowded[other.county[j]] if other.ownership[j] == Ownership.COUNTY else 0
        other.grant_nok[j] += own[j] + here
        other.own_nok[j] = round(other.grant_nok[j] * levers.cofunding)
        other.uh_nok[j] = ceil(other.grant_nok[j] * levers.uh_share)


PROCESS = Process(
    "decentralised.other_owners.grants",
    hand_out,
    "When the scheme for schools and the vocational one are shared out, counties' own comes to it.",
    "AFI-rapport 2026:02, 5.2.2",
)
