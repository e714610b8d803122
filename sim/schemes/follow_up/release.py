"""How long a sanction lasts: one on the model of ROBEK until the results are above the limit, a mild one as long as measures.

A municipality leaves ROBEK when its economy is in balance again, not when it has done something for some years. Likewise an
owner that met the sanction stays under it when its three years are over, until a New Year finds its risk share below the one
down to which the latest average draw went [F11].
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_state import Thresholds
from sim.schemes.follow_up.phases import in_scheme
from sim.schemes.follow_up.risk_score import (
    enough_points,
    municipal_figures,
    municipal_scores,
)
from sim.schemes.follow_up.shrinkage import shrunk
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state import State


def release(state: State, p: Parameters, _draw: Draws) -> None:
    """At New Year those whose three years are over are let go, if their results are above the limit."""
    f = state[FollowUpOwners]
    if np.count_nonzero(f.sanctioned) and (f.sanctioned & ~in_scheme(f)).any():
        f.sanctioned &= in_scheme(f) | under_limit(state, p)


def under_limit(state: State, p: Parameters) -> Bools:
    """Whose risk share would now be high enough for the latest average draw, shape (municipalities,)."""
    rule, kept = p[Draw], state[Thresholds]
    figures, pupils, nation = municipal_figures(state)
    scores = municipal_scores(state, figures, nation, kept.distance[0], rule)
    scores = shrunk(scores, pupils.reshape(scores.points.shape), rule.shrinkage)
    enough = enough_points.of_columns(scores.possible_points, rule.full_possible_points, rule)
    reached: Bools = enough & (scores.risk_share >= kept.limit_share[0])
    return reached


RELEASE = Process(
    "follow_up.release",
    release,
    "The new year's figures show who has come above the limit.",
    "AFI-rapport 2021:09, 1.1, note 3: proposal on the model of ROBEK by Ekspertutvalget for skolebidrag [F11]",
)
