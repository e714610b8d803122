"""Læringsmiljøprosjektet: who of those drawn goes straight to measures on the learning environment [AFI-rapport 2021:09, 3.1].

The governor goes by the points of the draw, as they stand in the register: those whose weakness lies most in the pupil survey
rather than in tests and leaving points, as far as places go.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.rules import formula, rule
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.grounds import part_got
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.state import DrawKind
from sim.state import State
from sim.state.measurements import N_INDICATORS, N_YEARS, Indicator
from sim.state.places import Municipalities


def environment_leans(state: State, p: Parameters) -> tuple[Floats, float]:
    """How far each drawn owner's weakness lies in the learning environment, shape (owners,), and the least of that which leads to
    the track: that of the last of `follow_up.environment_share` of those drawn, or more than anybody has.
    """
    leans = np.zeros(len(state[Municipalities]))
    share = p[FollowUp].environment_share
    if share == 0:
        return leans, np.inf
    drawn = find_leans(state, None, leans=leans)
    there = np.sort(leans[leans > 0])[::-1][: round(share * drawn)]
    return leans, float(there[-1]) if len(there) else np.inf


@rule
def find_leans(register: DrawRegister, leans: Floats) -> int:
    """Fills in `leans` of those drawn this year, and says how many they are."""
    n = 0
    for r in range(len(register)):
        if register.drawn[r] != DrawKind.NONE:
            leans[register.successor[r]] = lean(register, r)
            n += 1
    return n


@formula
def lean(register: DrawRegister, row: int) -> float:
    """How much larger a row's share of the possible points is in the pupil survey than in tests and leaving points."""
    points, possible = np.zeros(2), np.zeros(2)
    for year in range(N_YEARS):
        for i in range(N_INDICATORS):
            of_survey = 1 if i >= Indicator.SUPPORT_7 else 0
            points[of_survey] += register.points[row, year, i]
            possible[of_survey] += register.possible[row, year, i]
    return part_got(points[1], possible[1]) - part_got(points[0], possible[0])
