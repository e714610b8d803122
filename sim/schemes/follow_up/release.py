"""How long a sanction lasts: one on the model of ROBEK until the results are above the limit, a mild one as long as measures.

A municipality leaves ROBEK when its economy is in balance again, not when it has done something for some years. Likewise an
owner that met the sanction stays under it when its three years are over, until a New Year finds its risk share below the one
down to which the latest average draw went [F11].
"""

from __future__ import annotations

from sim.arrays import Bools
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.follow_up.draw_levers import Draw
from sim.schemes.follow_up.draw_state import Thresholds
from sim.schemes.follow_up.phases import held_on, in_scheme
from sim.schemes.follow_up.risk_score import (
    brought_together,
    give_points,
    unit_pupils,
    worse_by,
)
from sim.schemes.follow_up.shrinkage import shrunk
from sim.schemes.follow_up.state import FollowUpOwners
from sim.state import State
from sim.state.measurements import Measurements
from sim.state.places import Municipalities
from sim.state.schools import Schools


def release(state: State, p: Parameters, _draw: Draws) -> None:
    """At New Year those whose three years are over are let go, if their results are above the limit."""
    f = state[FollowUpOwners]
    if held_on(f).any():
        f.sanctioned &= in_scheme(f) | under_limit(state, p[Draw])


def under_limit(state: State, rule: Draw) -> Bools:
    """Whose risk share would now be high enough for the latest average draw, shape (municipalities,)."""
    value, n_pupils, kept = state[Measurements].value, state[Measurements].n_pupils, state[Thresholds]
    owner, n = state[Schools].municipality, len(state[Municipalities])
    figures, national = brought_together(value, n_pupils, owner, n, rule.publication_limit)
    if rule.shrinkage > 0:
        figures = shrunk(figures, unit_pupils(n_pupils, owner, n), national, rule.shrinkage)
    scores = give_points(worse_by(figures, national), kept.distance[0], rule)
    reached: Bools = (scores.possible_points > 0) & (scores.risk_share >= kept.limit_share[0])
    return reached


RELEASE = Process(
    "follow_up.release",
    release,
    "The new year's figures show who has come above the limit.",
    "AFI-rapport 2026:02, ch. 3: proposal on the model of ROBEK [F11]",
)
