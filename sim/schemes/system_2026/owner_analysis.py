"""Help for owners who are weak in analysis: the lever that the evaluators' doubt calls for."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.system_2026.parameters import OwnerAnalysis
from sim.state import State
from sim.state.places import Municipalities


def strengthen(state: State, p: Parameters, draw: Draws) -> None:
    """Owners below the level are lifted towards it; what they learn is theirs until heads of schools change."""
    a, owners = p[OwnerAnalysis], state[Municipalities]
    if a.help > 0:
        owners.competence += lifted(owners.competence, a)


def lifted(competence: Floats, a: OwnerAnalysis) -> Floats:
    """What owners gain in half a year, shape (owners,); nothing above the level."""
    return np.asarray(a.pace / 2 * a.help * np.maximum(a.level - competence, 0))


PROCESS = Process(
    "system_2026.owner_analysis",
    strengthen,
    "Owners that can analyse their needs choose better in all that follows.",
    "AFI-rapport 2026:02, 5.2, 5.2.2",
)
