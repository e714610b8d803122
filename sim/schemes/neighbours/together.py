"""What the schemes next door ask of owners, what running them together spares, and what it keeps up in schools [D12, F8]."""

from __future__ import annotations

import numpy as np

from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.processes.load import add_load
from sim.processes.process import Process
from sim.processes.shares import joined
from sim.randomness import Draws
from sim.schemes.neighbours.parameters import Neighbours
from sim.state import State
from sim.state.places import Municipalities, Offices
from sim.state.schools import Schools


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """`load.ask` has counted both schemes in full; what does not run or is run together is taken off again.

    What is run together is on the agenda of one forum, and takes of its time for schools.
    """
    a = p[Neighbours]
    state[Offices].shared_agenda[:] = a.agenda * a.run_together * running(a)
    spared = p[Load].other_schemes_fte * (1 - running(a) * (1 - a.saved * a.run_together))
    if spared:
        add_load(state[Municipalities], -spared)


def running(a: Neighbours) -> float:
    """Part of both schemes' load that is asked, in [0, 1]."""
    return a.kindergarten * a.kindergarten_part + a.inclusion * (1 - a.kindergarten_part)


def keep_up(state: State, p: Parameters, draw: Draws) -> None:
    """Where schemes are run as one, kindergarten, school and PPT keep up together what schools have changed."""
    a = p[Neighbours]
    if a.run_together == 0:
        return
    schools, owners = state[Schools], state[Municipalities]
    held = a.synergy * a.run_together * running(a) * owners.competence
    schools.upkeep[:] = joined(schools.upkeep, np.clip(held, 0, 1)[schools.municipality])


ASK = Process(
    "neighbours.ask",
    ask,
    "The schemes next door meet the same few people; what is run together is asked once.",
    "AFI-rapport 2026:02, 3.6, 5.2.2 [D12]",
)
KEEP_UP = Process(
    "neighbours.keep_up",
    keep_up,
    "After the schemes for schools have done theirs, what neighbours hold up is added.",
    "OECD 2020; AFI-rapport 2026:02, ch. 3 [F8]",
)
