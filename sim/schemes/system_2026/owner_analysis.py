"""Help for owners who are weak in analysis: the lever that the evaluators' doubt calls for, and the hours it takes from UH."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.system_2026.parameters import OwnerAnalysis
from sim.state import State
from sim.state.places import Municipalities


@rule
def ask(owners: Municipalities, a: OwnerAnalysis) -> None:
    """Help with analyses takes hours of those who give it, whatever comes of it."""
    for o in range(len(owners)):
        owners.analysis_hours[o] += hours_of_help(owners.competence[o], a)


@formula
def hours_of_help(competence: float, a: OwnerAnalysis) -> float:
    """Hours a year that UH spends on lifting an owner towards the level, if it is below."""
    return a.help * a.hours * (competence < a.level)


def strengthen(state: State, p: Parameters, draw: Draws) -> None:
    """Owners below the level are lifted towards it; what they learn is theirs until heads of schools change."""
    a, owners = p[OwnerAnalysis], state[Municipalities]
    if a.help > 0:
        owners.competence += lifted(owners.competence, a)


def lifted(competence: Floats, a: OwnerAnalysis) -> Floats:
    """What owners gain in half a year, shape (owners,); nothing above the level."""
    return np.asarray(a.pace / 2 * a.help * np.maximum(a.level - competence, 0))


ASK = Process(
    "system_2026.owner_analysis.ask",
    ask,
    "What help with analyses takes of UH's hours and of the grant is known before these are shared out.",
    "AFI-rapport 2026:02, 5.2.2",
)
PROCESS = Process(
    "system_2026.owner_analysis",
    strengthen,
    "Owners that can analyse their needs choose better in all that follows.",
    "AFI-rapport 2026:02, 5.2, 5.2.2",
)
