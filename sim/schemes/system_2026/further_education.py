"""Further education: places by teachers' applications or by owners' choice, and what they are worth to the school.

Straight to owners means that the fit of what is taken rests on the owner's own analysis: better than the teachers' choice where
the owner knows its needs, worse where it does not, which is what the evaluators doubt.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints, clipped
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.grouping import shared_out
from sim.processes.load import add_load
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.system_2026.further_education_parameters import FurtherEducation
from sim.schemes.system_2026.state import SystemOwners
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers, pupils_at


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """Handling applications asks little of owners, choosing and hiring by themselves asks more."""
    a, owners = p[FurtherEducation], state[Municipalities]
    if a.grant_nok > 0:
        add_load(owners, np.full(len(owners), a.own_fte if a.straight_to_owners else a.central_fte))


def educate(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: places are shared out by pupils, and those who take them gain by how well they fit."""
    if state.now.season is Season.AUTUMN:
        places = share_places(state, p)
        settle(state, np.bincount(state[Schools].municipality, places, len(state[Municipalities])), p)
        rows = chosen(state[Schools].n_teachers, places, places_begin(state, draw))
        state[Teachers].practice[rows] += np.repeat(gained(state, p), places)


def educate_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`educate`, compiled."""
    from sim.kernels import further_education, staff

    if state.now.season is not Season.AUTUMN:
        return
    a, schools, owners = p[FurtherEducation], state[Schools], state[Municipalities]
    places, by_owner = np.empty(len(schools), dtype=np.int64), np.empty(len(owners), dtype=np.int64)
    further_education.share_places(
        schools.pupils,
        schools.n_teachers,
        schools.municipality,
        taken_up(owners.population, a),
        n_places(a, p[Scope].scale),
        places,
        by_owner,
        np.empty(len(schools)),
    )
    settle(state, by_owner, p)
    begins = places_begin(state, draw)
    staff.bring_home(schools.n_teachers, places, begins, gained(state, p), state[Teachers].practice)


def share_places(state: State, p: Parameters) -> Ints:
    """Places of each school, shape (schools,), as far as owners can pay for them."""
    a, owners, schools = p[FurtherEducation], state[Municipalities], state[Schools]
    n = n_places(a, p[Scope].scale)
    pupils = pupils_at(schools) + 1.0  # so that nobody is nobody
    weight = pupils * taken_up(owners.population, a)[schools.municipality]
    shared = shared_out(np.array([n]), weight, np.zeros(len(schools), dtype=np.int64))
    return np.minimum(shared, schools.n_teachers)


def settle(state: State, places: Ints, p: Parameters) -> None:
    """Owners' places, shape (owners,), are theirs to pay a part of; what is taken fits more or less."""
    a, system = p[FurtherEducation], state[SystemOwners]
    system.places[:] = places
    system.own_nok[:] = system.places * a.place_nok * a.owner_share
    system.fit[:] = state[Municipalities].competence if a.straight_to_owners else a.individual_fit


def places_begin(state: State, draw: Draws) -> Floats:
    """Numbers in (0, 1) that say where in each staff room those who take a place begin, shape (schools,)."""
    return draw.uniform("first teacher in further education", state[Schools].id)


def gained(state: State, p: Parameters) -> Floats:
    """Gain in practice of those who take a place, SD, shape (schools,)."""
    a = p[FurtherEducation]
    gain = a.gain * state[SystemOwners].fit / a.usual_fit
    return np.asarray(gain[state[Schools].municipality])


def n_places(a: FurtherEducation, scale: float) -> int:
    """Places that the state's money buys when owners pay their part."""
    return int(a.grant_nok * scale / (a.place_nok * (1 - a.owner_share)))


def taken_up(population: Floats, a: FurtherEducation) -> Floats:
    """Part of its places that an owner can pay for, in [0, 1], shape (owners,): less where means are small."""
    small = a.strain_size / (a.strain_size + population)
    return clipped(1 - a.strain * small * a.owner_share / a.usual_share, 1e-9, 1)


def chosen(n_teachers: Ints, places: Ints, start: Floats) -> Ints:
    """Rows of the teachers who take a place, shape (places in all,): neighbours in the table from a place that luck picks.

    Teachers are sorted by school; the order within a school means nothing.
    """
    first = np.cumsum(n_teachers) - n_teachers
    begins = (start * n_teachers).astype(np.int64)
    number = np.arange(places.sum()) - np.repeat(np.cumsum(places) - places, places)
    return np.asarray(
        np.repeat(first, places) + (np.repeat(begins, places) + number) % np.repeat(n_teachers, places)
    )


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
    compiled=educate_compiled,
)
