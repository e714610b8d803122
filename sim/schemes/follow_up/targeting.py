"""Which schools of a drawn municipality are the weak ones, and whether help goes to them or to all [OECD 2020; F9].

The draw picks municipalities; OECD would have schools identified too. Named are those among the nation's weakest by the draw's
own points; where an owner has none of them, its weakest; where no school of its has figures, all. Help that goes to fewer reaches
each of them better, and being named is felt as blame.
"""

from __future__ import annotations

import numpy as np

from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.follow_up.assumptions import Targeting
from sim.schemes.follow_up.draw_choice import is_weak, weakest_from
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_state import SchoolScores
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.phases import just_drawn
from sim.schemes.follow_up.risk_score import risk_share
from sim.schemes.follow_up.state import FollowUpOwners, FollowUpSchools
from sim.state import State
from sim.state.schools import Schools


def name(state: State, p: Parameters, draw: Draws) -> None:
    """In spring of a draw: schools of those just drawn are named, and it is settled whom help is for."""
    name_weak(state, p, year=state.now.year)


@rule
def name_weak(
    schools: Schools,
    fs: FollowUpSchools,
    scores: SchoolScores,
    f: FollowUpOwners,
    levers: FollowUp,
    d: Draw,
    year: int,
) -> None:
    """Named are those among the nation's weakest and the owner's weakest, or all where none of its schools has figures."""
    told, n = np.zeros(len(f), dtype=np.bool_), 0
    for o in range(len(f)):
        told[o] = just_drawn(f.phase[o], f.half_years[o], f.last_draw_year[o], year)
        n += told[o]
    if n == 0:
        return
    risk, scored = np.empty(len(schools)), scores.scored
    highest = np.full(len(f), -1.0)
    for s in range(len(schools)):
        risk[s] = risk_share(scores.risk_points[s], scores.possible_points[s]) if scored[s] else -1.0
        highest[schools.municipality[s]] = max(highest[schools.municipality[s]], risk[s])
    weakest = weakest_from(risk, scored, d.worst_schools_share)
    for s in range(len(schools)):
        o = schools.municipality[s]
        if told[o]:
            fs.named[s] = is_weak(risk[s], weakest) or risk[s] == highest[o]
            fs.help[s] = 1 - levers.help_targeted * (not fs.named[s])


@formula
def added_stigma(named: bool, levers: FollowUp, a: Targeting) -> float:
    """Stigma of being named: as far as help goes to those named."""
    return a.stigma * levers.help_targeted * named


PROCESS = Process(
    "follow_up.targeting",
    name,
    "The draw's points tell which schools are weak; whom help is for is known when the governor explains.",
    "OECD 2020: identify schools, not only municipalities [F9]",
)
