"""Further education: places by teachers' applications or by owners' choice, and what they are worth to the school.

Straight to owners means that the fit of what is taken rests on the owner's own analysis: better than the teachers' choice where
the owner knows its needs, worse where it does not, which is what the evaluators doubt.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.process import Process
from sim.processes.shares import parted
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.system_2026.further_education_parameters import FurtherEducation
from sim.schemes.system_2026.state import SystemOwners
from sim.state import State
from sim.state.places import Municipalities, UHUnits
from sim.state.schools import Schools, Teachers

LEAST = 1e-9  # part of its places that an owner can pay for at least, so that somebody takes them


@rule
def ask(owners: Municipalities, a: FurtherEducation) -> None:
    """Handling applications asks little of owners, choosing and hiring by themselves asks more."""
    if a.grant_nok > 0:
        asked_fte = a.own_fte if a.straight_to_owners else a.central_fte
        for o in range(len(owners)):
            owners.load[o] += asked_fte / owners.capacity_fte[o]


def educate(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn, for the whole school year: teachers take places."""
    if state.now.season is Season.AUTUMN:
        take_places(state, p, draw)


@rule
def take_places(
    owners: Municipalities,
    system: SystemOwners,
    schools: Schools,
    staff: Teachers,
    units: UHUnits,
    a: FurtherEducation,
    scope: Scope,
    begins: Annotated[Luck, "first teacher in further education"],
) -> None:
    """Places are shared out by pupils, owners take up those that they pay their part of, and those who take them gain by how well
    they fit. What the state has set aside for places that no owner takes up stays unused.

    What UH chooses to offer for earmarked money fits by the quality of its work in schools. In a staff room neighbours in
    the table take the places, from one that luck picks; the order within a school means nothing.
    """
    pays, weight, everybody = np.empty(len(owners)), np.empty(len(schools)), 0.0
    places = np.empty(len(schools), dtype=np.int64)
    for o in range(len(owners)):
        pays[o] = taken_up(owners.population[o], a)
        system.places[o] = 0
        chosen = owners.competence[o] if a.straight_to_owners else a.individual_fit
        offered = units.quality[owners.uh_unit[o]]
        system.fit[o] = chosen + a.uh_earmarked * (offered - chosen)
    for s in range(len(schools)):
        pupils = 1.0  # so that nobody is nobody
        for grade in range(schools.pupils.shape[1]):
            pupils += schools.pupils[s, grade]
        everybody += pupils
        weight[s] = pupils * pays[schools.municipality[s]]
    parted(n_places(weight.sum() / everybody, a, scope.scale), weight, places)
    first = 0
    for s in range(len(schools)):
        n, o = schools.n_teachers[s], schools.municipality[s]
        taken = min(places[s], n)
        system.places[o] += taken
        at, gain = int(begins.uniform(schools.id[s]) * n), a.gain * system.fit[o] / a.usual_fit
        for _ in range(taken):
            staff.practice[first + at] += gain
            at = neighbour(at, n)
        first += n + schools.spare[s]
    for o in range(len(owners)):
        system.own_nok[o] = system.places[o] * a.place_nok * a.owner_share


@formula
def n_places(taken: float, a: FurtherEducation, scale: float) -> int:
    """Of the places that the state's money buys when owners pay their part, those that are taken up."""
    return int(taken * a.grant_nok * scale / (a.place_nok * (1 - a.owner_share)))


@formula
def taken_up(population: float, a: FurtherEducation) -> float:
    """Part of the places that the state pays its part of that an owner takes up, in [0, 1]: less where means are small, and
    less everywhere where the owner's part is above the usual.
    """
    small = a.strain_size / (a.strain_size + population)
    return min(max(1 - a.strain * small * a.owner_share / a.usual_share, LEAST), 1.0) * sought(a)


@formula
def sought(a: FurtherEducation) -> float:
    """Part of the places that the state pays its part of that an owner wants, in [0, 1]: never more places than at the usual
    share, though the state's money then buys more, and of those that its own money of then no longer pays for `held_back` fewer.
    """
    if a.owner_share <= a.usual_share:
        return 1.0
    kept = 1 - a.held_back * (1 - a.usual_share / a.owner_share)
    return kept * (1 - a.owner_share) / (1 - a.usual_share)


@formula
def neighbour(at: int, n_teachers: int) -> int:
    """Place in the staff room after `at`: the first comes after the last."""
    return at + 1 if at + 1 < n_teachers else 0


ASK = Process(
    "system_2026.further_education.ask",
    ask,
    "Further education asks its share of owners' time.",
    "AFI-rapport 2026:02, 5.2.2 [D12]",
)
EDUCATE = Process(
    "system_2026.further_education.educate",
    educate,
    "Teachers in further education bring home what they learned.",
    "AFI-rapport 2026:02, 5.2.2",
)
