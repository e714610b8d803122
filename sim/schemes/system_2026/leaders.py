"""Education of school leaders: principals study, learn to lead development, and are away from it while they do."""

from __future__ import annotations

from typing import Annotated

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.process import Process
from sim.processes.shares import joined
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.system_2026.parameters import Leaders
from sim.schemes.system_2026.state import SystemSchools
from sim.state import State
from sim.state.schools import Schools


def educate(state: State, p: Parameters, draw: Draws) -> None:
    """Places are taken in autumn for the whole school year, where there is money for any."""
    if p[Leaders].grant_nok == 0:
        return
    if state.now.season is Season.AUTUMN:
        take_places(state, p, draw)
    be_away(state, p, draw)


@rule
def take_places(
    system: SystemSchools,
    schools: Schools,
    a: Leaders,
    scope: Scope,
    luck: Annotated[Luck, "principal in education"],
) -> None:
    """As many principals as the money pays for, on the average, take a place and close part of their gap in leading."""
    chance = place_chance(len(schools), a.grant_nok * scope.scale, a)
    for s in range(len(schools)):
        system.studies[s] = luck.uniform(schools.id[s]) < chance
        schools.leadership[s] += a.gain * system.studies[s] * (1 - schools.leadership[s])


@formula
def place_chance(n_schools: int, nok: float, a: Leaders) -> float:
    """Chance that a principal takes a place this school year, in [0, 1]."""
    return min(nok / a.place_nok / max(n_schools, 1), 1.0)


@rule
def be_away(system: SystemSchools, schools: Schools, a: Leaders) -> None:
    """Schools whose principal studies have less time for development work of their own."""
    for s in range(len(schools)):
        schools.occupied[s] = joined(schools.occupied[s], a.away * system.studies[s])


PROCESS = Process(
    "system_2026.leaders",
    educate,
    "Principals take places before the year's measures are planned.",
    "AFI-rapport 2026:02, 5.2.2",
)
