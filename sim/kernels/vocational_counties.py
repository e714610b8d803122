"""Kernels over the counties of the vocational scheme; see `sim.schemes.vocational.county` and `grants`."""

from __future__ import annotations

from math import floor

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.kernels.keeping import compiled


@compiled(
    "void(int64[::1], float64[::1], float64[::1], float64[::1], boolean[::1], boolean[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def meet(
    owner: Ints,
    u: Floats,
    clarity_luck: Floats,
    about: Floats,
    joined: Bools,
    contact: Bools,
    experience: Floats,
    trust: Floats,
    models: Floats,
    role_clarity: Floats,
    visibility: Floats,
    hit: Floats,
    hours: Floats,
) -> None:
    """Half a year of meetings in each county; `u` decides about contact, `about` as unpacked below."""
    joint, kept, years, trusting, staying, clear, clearing, made, lost = about[:9]
    seen, seeing, base, heard, by_models, meeting = about[9:]
    for k in range(len(owner)):
        left = kept if joined[k] != (joint > 0) else 1.0
        joined[k] = joint > 0
        experience[k] = experience[k] * left + years
        trust[k] *= left
        models[k] *= left
        trust[k] = (trust[k] + trusting * (1 - trust[k])) * staying
        role_clarity[k] += clearing * (min(max(clear + clarity_luck[k], 0.0), 1.0) - role_clarity[k])
        contact[k] = joint > 0 or (u[k] >= lost if contact[k] else u[k] < made)
        visibility[k] += seeing * (seen - visibility[k])
        hit[k] = min(max(base + heard * trust[k] * visibility[k] + by_models * models[k], 0.0), 1.0)
        hours[k] += meeting * (owner[k] == k)


@compiled("void(int64[::1], float64[::1], float64[::1], float64[::1], float64[::1])")
def spread(owner: Ints, u: Floats, trust: Floats, about: Floats, models: Floats) -> None:
    """Good models are found, taken over from the best county, and lost with persons, whom `u` decides about."""
    exit_chance, found, taken, kept = about
    best = models[owner[0]]
    for k in range(len(owner)):
        best = max(best, models[owner[k]])
    for k in range(len(owner)):
        own = found * trust[k] * (1 - models[k])
        taken_over = taken * max(best - models[k], 0.0)
        left = kept if u[k] < exit_chance else 1.0
        models[k] = min(max((models[k] + own + taken_over) * left, 0.0), 1.0)


@compiled(
    "void(int64[::1], int64[::1], float64[::1], boolean[::1], float64[::1], int64[::1], float64[::1], int64[::1],"
    " int64[::1], int64[::1], float64[::1], float64[::1])"
)
def hand_out(
    owner: Ints,
    n_teachers: Ints,
    visibility: Floats,
    joined: Bools,
    experience: Floats,
    carried_nok: Ints,
    about: Floats,
    grant_nok: Ints,
    crowded_nok: Ints,
    pot_nok: Ints,
    training_nok: Floats,
    schools_nok: Floats,
) -> None:
    """The budget by teachers, to the krone (`sim.processes.grouping.shared_out`), and what it is set apart for.

    `owner` and `n_teachers` by school, `about` as unpacked below.
    """
    budget, active, crowding, start, falls, at_work, training = about
    n, total, upto, given = len(grant_nok), 0.0, 0.0, 0
    weight = np.zeros(n)
    for i in range(len(owner)):
        weight[owner[i]] += n_teachers[i]
    for k in range(n):
        total += weight[k]
    for k in range(n):
        upto += weight[k] / total if total > 0 else 0.0
        part = min(upto, 1.0) if k < n - 1 else 1.0
        reached = floor(part * budget + 0.5) if total > 0 else 0
        grant_nok[k] = reached - given
        given = reached
        seen = 1 - crowding * (1 - visibility[k]) * joined[k]
        crowded_nok[k] = np.int64(np.rint(grant_nok[k] * (1 - seen)))
        pot_nok[k] = grant_nok[k] - crowded_nok[k] + (carried_nok[k] if active > 0 else 0)
        unused = min(max(start - falls * max(experience[k] - 1, 0.0), 0.0), 1.0)
        usable = pot_nok[k] * ((1 - unused) * at_work)
        training_nok[k] = usable * training
        schools_nok[k] = usable - training_nok[k]
