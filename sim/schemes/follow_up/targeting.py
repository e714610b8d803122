"""Which schools of a drawn municipality are the weak ones, and whether help goes to them or to all [OECD 2020; F9].

The draw picks municipalities; OECD would have schools identified too. Named are those among the nation's weakest by the draw's
own points; where an owner has none of them, its weakest; where no school of its has figures, all. Help that goes to fewer reaches
each of them better, and being named is felt as blame.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.assumptions import Targeting
from sim.schemes.follow_up.draw_choice import worst_schools
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
    told = just_drawn(state[FollowUpOwners], state.now.year)
    if not told.any():
        return
    fs, owner, scores = state[FollowUpSchools], state[Schools].municipality, state[SchoolScores]
    scored = scores.possible_points > 0
    risk = risk_share(scores.risk_points, scores.possible_points)
    worst = worst_schools(risk, scored, p[Draw].worst_schools_share)
    here = told[owner]
    fs.named[here] = named(risk, scored, worst, owner, len(told))[here]
    fs.help[here] = (1 - p[FollowUp].help_targeted * ~fs.named)[here]


def name_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`name`, compiled."""
    from sim.kernels import follow_up_told as kernels

    told = just_drawn(state[FollowUpOwners], state.now.year)
    if told.any():
        fs, scores = state[FollowUpSchools], state[SchoolScores]
        kernels.name_weak_schools(
            state[Schools].municipality,
            told,
            scores.risk_points,
            scores.possible_points,
            p[Draw].worst_schools_share,
            p[FollowUp].help_targeted,
            fs.named,
            fs.help,
        )


def named(risk: Floats, scored: Bools, worst: Bools, owner: Ints, n_owners: int) -> Bools:
    """Which schools are named, shape (schools,), from their risk shares and whether they are among the nation's weakest.

    An owner without one of these has its weakest named, one without figures all.
    """
    highest = np.full(n_owners, -1.0)
    np.maximum.at(highest, owner[scored], risk[scored])
    weakest = scored & (
        risk == highest[owner]
    )  # where it has one of the nation's weakest, it is named already
    return np.asarray(worst | weakest | (highest < 0)[owner])


def added_stigma(named: Bools, levers: FollowUp, a: Targeting) -> Floats:
    """Stigma of being named, shape (schools,): as far as help goes to those named."""
    return np.asarray(a.stigma * levers.help_targeted * named)


PROCESS = Process(
    "follow_up.targeting",
    name,
    "The draw's points tell which schools are weak; whom help is for is known when the governor explains.",
    "OECD 2020: identify schools, not only municipalities [F9]",
    compiled=name_compiled,
)
