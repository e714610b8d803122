"""Kernels over the spring of a draw: `sim.schemes.follow_up.targeting` and `sim.schemes.follow_up.dialogue`."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.kernels.keeping import compiled


@compiled("void(float64[::1], int64)")
def part(values: Floats, place: int) -> None:
    """Move values until none before `place` is greater, and none after it less, than the one there (Hoare 1961).

    numba takes ten seconds to compile numpy's own.
    """
    low, high = 0, len(values) - 1
    while low < high:
        pivot, i, j = values[(low + high) // 2], low, high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            return


@compiled("float64(float64[::1], float64)")
def quantile(values: Floats, share: float) -> float:
    """The value below which a share of all lies, between its neighbours as `np.quantile` takes it; `values` are moved about."""
    at = (len(values) - 1) * share
    place = int(at)
    part(values, place)
    low = high = values[place]
    if place + 1 < len(values):
        high = values[place + 1]
        for i in range(place + 2, len(values)):
            high = min(high, values[i])
    above, step = at - place, high - low
    return float(low + step * above if above < 1 / 2 else high - step * (1 - above))


@compiled(
    "void(int64[::1], boolean[::1], float64[::1], float64[::1], float64, float64, boolean[::1], float64[::1])"
)
def name_weak_schools(
    owner: Ints,
    told: Bools,
    risk_points: Floats,
    possible_points: Floats,
    worst_share: float,
    targeted: float,
    named: Bools,
    help_share: Floats,
) -> None:
    """Among schools of those told: the nation's weakest and the owner's weakest, or all where none has figures.

    A school without figures has the risk -1, so that where no school has any all are the weakest.
    """
    risk, scored = np.full(len(owner), -1.0), np.empty(len(owner))
    n = 0
    for i in range(len(owner)):
        if possible_points[i] > 0:
            risk[i] = scored[n] = risk_points[i] / possible_points[i]
            n += 1
    limit = quantile(scored[:n], 1 - worst_share) if n > 0 else 0.0
    highest = np.full(len(told), -1.0)
    for i in range(len(owner)):
        highest[owner[i]] = max(highest[owner[i]], risk[i])
    for i in range(len(owner)):
        at = owner[i]
        if told[at]:
            worst = risk[i] >= limit and risk[i] > 0
            named[i] = worst or risk[i] == highest[at]
            help_share[i] = 1 - targeted * (not named[i])


@compiled(
    "void(int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " boolean[::1], boolean[::1], boolean[::1])"
)
def tell_owners(
    rows: Ints,
    z: Floats,
    u: Floats,
    about: Floats,
    heard: Floats,
    felt_voluntariness: Floats,
    stigma: Floats,
    legitimacy: Floats,
    declined: Bools,
    participates: Bools,
    guided: Bools,
) -> None:
    """How owners in `rows` take it, and who declines; `z` and `u` by place in `rows`."""
    (
        felt_control,
        freed,
        open_stigma,
        less_stigma,
        base,
        autonomy_cost,
        stigma_cost,
        sd,
        by_peers,
        declining,
    ) = about
    for k in range(len(rows)):
        i = rows[k]
        control = felt_control * (1 - freed * heard[i])
        felt_voluntariness[i] = max(1 - control, 0.0)
        stigma[i] = open_stigma * (1 - less_stigma * heard[i])
        finds = base - autonomy_cost * control - stigma_cost * stigma[i] + sd * z[k] + by_peers * heard[i]
        legitimacy[i] = min(max(finds, 0.0), 1.0)
        chance = declining * felt_voluntariness[i] * 2 * (1 - legitimacy[i])
        declined[i] = u[k] < min(max(chance, 0.0), 1.0)
        participates[i] = not declined[i]
        guided[i] = False


@compiled(
    "void(int64[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], boolean[::1], float64[::1],"
    " float64[::1], boolean[::1])"
)
def tell_schools(
    rows: Ints,
    owner: Ints,
    z: Floats,
    u: Floats,
    stigma: Floats,
    legitimacy: Floats,
    named: Bools,
    about: Floats,
    acceptance: Floats,
    trauma: Bools,
) -> None:
    """How schools in `rows` take it; `z` and `u` by place in `rows`, `stigma` and `legitimacy` by owner."""
    added, base, by_legitimacy, stigma_cost, sd, trauma_chance = about
    for k in range(len(rows)):
        i = rows[k]
        felt = min(stigma[owner[i]] + added * named[i], 1.0)
        accepts = base + by_legitimacy * legitimacy[owner[i]] - stigma_cost * felt + sd * z[k]
        acceptance[i] = min(max(accepts, 0.0), 1.0)
        trauma[i] = u[k] < trauma_chance * felt
