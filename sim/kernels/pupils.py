"""Kernels over pupils who move up and are taken in; see `sim.processes.pupils`."""

from __future__ import annotations

from math import floor

from sim.arrays import Floats, Ints
from sim.kernels.keeping import compiled


@compiled("void(int64[:, ::1], int64[::1], int64[::1], int64[::1], int64[::1], int64[:, ::1])")
def promote(
    pupils: Ints, new: Ints, first_grade: Ints, last_grade: Ints, municipality: Ints, waiting: Ints
) -> None:
    """Everybody moves up; those whose school does not teach the grade go to `waiting`, shape (grades, municipalities)."""
    for i in range(len(pupils)):
        for grade in range(pupils.shape[1], 0, -1):
            coming = pupils[i, grade - 2] if grade > 1 else new[i]
            if first_grade[i] <= grade <= last_grade[i]:
                pupils[i, grade - 1] = coming
            else:
                pupils[i, grade - 1] = 0
                if coming > 0:  # few do not go on where they are
                    waiting[grade - 1, municipality[i]] += coming


@compiled("void(int64[::1], float64[::1], int64[::1], int64[::1], int64[:, ::1], int64)")
def take_in(
    waiting: Ints, weight: Floats, municipality: Ints, by_municipality: Ints, pupils: Ints, column: int
) -> None:
    """Those `waiting` in each municipality are shared out to its schools, which stand together in `by_municipality`: see
    `sim.processes.grouping.shared_out`.
    """
    n, begins, running = len(by_municipality), 0, 0.0
    while begins < n:
        here = municipality[by_municipality[begins]]
        ends, total = begins, 0.0
        while ends < n and municipality[by_municipality[ends]] == here:
            total += weight[by_municipality[ends]]
            ends += 1
        total = total if total > 0 else 1.0
        before, given = running, 0
        for k in range(begins, ends):
            i = by_municipality[k]
            running += weight[i] / total
            upto = min(running - before, 1.0) if k < ends - 1 else 1.0
            reached = floor(upto * waiting[here] + 0.5)
            pupils[i, column] += reached - given
            given = reached
        begins = ends
