"""Kernel over places in further education; see `sim.schemes.system_2026.further_education`."""

from __future__ import annotations

from math import floor

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled


@compiled(
    "void(int64[:, ::1], int64[::1], int64[::1], float64[::1], int64, int64[::1], int64[::1], float64[::1])"
)
def share_places(
    pupils: Ints,
    n_teachers: Ints,
    owner: Ints,
    taken_up: Floats,
    whole: int,
    places: Ints,
    by_owner: Ints,
    weight: Floats,
) -> None:
    """Places of each school go to `places`, those of each owner to `by_owner`; `taken_up` by owner."""
    total = 0.0
    for i in range(len(owner)):
        here = 0
        for grade in range(pupils.shape[1]):
            here += pupils[i, grade]
        weight[i] = (here + 1.0) * taken_up[owner[i]]
        total += weight[i]
    by_owner[:] = 0
    upto, before = 0.0, 0
    for i in range(len(owner)):
        upto += weight[i] / total
        part = 1.0 if i + 1 == len(owner) else min(upto, 1.0)
        reached = floor(part * whole + 1 / 2)
        places[i] = min(reached - before, n_teachers[i])
        before = reached
        by_owner[owner[i]] += places[i]
