"""Kernels over the measures of the decentralised scheme in schools; see `sim.schemes.decentralised.carrying_out`."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Codes, Floats, Ints
from sim.kernels.keeping import compiled


@compiled(
    "void(float64[::1], int64[::1], int8[::1], float64[:, ::1], int64, int64, float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1])"
)
def lead_measures(
    capacity: Floats,
    uh_unit: Ints,
    model: Codes,
    together: Floats,
    carrying_out: int,
    procedure: int,
    competence: Floats,
    quality: Floats,
    about: Floats,
    led: Floats,
    led_quality: Floats,
) -> None:
    """Process leadership of each owner, and that times the quality of its unit's work; `competence`, `quality` by unit."""
    base, by_size, large_fte, by_uh, by_procedure, usual_quality, usual_process = about
    for i in range(len(capacity)):
        unit = uh_unit[i]
        large = capacity[i] / (capacity[i] + large_fte)
        uh = competence[unit] * together[i, carrying_out]
        method = by_procedure if model[i] == procedure else 0.0
        led[i] = min(max(base + by_size * large + by_uh * uh + method, 0.0), 1.0)
        led_quality[i] = quality[unit] / usual_quality * (led[i] / usual_process)


@compiled(
    "void(int64[::1], float64[::1], float64[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], float64[::1],"
    " int64[::1], float64[::1], boolean[::1], float64[::1], float64[::1], float64[::1])"
)
def move_measures_on(
    owner: Ints,
    u: Floats,
    led: Floats,
    in_measure: Bools,
    seed: Bools,
    resource: Bools,
    new_principal: Bools,
    community: Floats,
    n_teachers: Ints,
    about: Floats,
    stalled: Bools,
    stage: Floats,
    coverage: Floats,
    taking_part: Floats,
) -> None:
    """Measures stall or start again, come further, and spread where they are seed projects; `led` by owner.

    Teachers who take part are added to `taking_part` by owner.
    """
    gain, stalling, least, unhelped, restart, half_year, setback, spreads = about
    chance = np.empty((len(led), 2))  # of stalling: without and with a resource teacher
    for k in range(len(led)):
        for helped in range(2):
            leadership = led[k] * (1 + gain * helped)
            chance[k, helped] = min(stalling / max(least, leadership), 1.0) * unhelped
    for i in range(len(owner)):
        k, runs = owner[i], in_measure[i]
        stops = u[i] < chance[k, 1 if resource[i] else 0]
        halts = runs & (u[i] >= restart if stalled[i] else stops)
        stalled[i] = halts
        ahead = half_year if runs & (not halts) else 0.0
        reached = stage[i] + ahead - (setback if new_principal[i] else 0.0)
        stage[i] = reached if reached > 0 else 0.0
        if seed[i] & runs:
            coverage[i] += spreads * community[i] * (1 - coverage[i])
        taking_part[k] += n_teachers[i] * coverage[i] if runs else 0.0


@compiled(
    "void(float64[::1], float64[::1], float64[::1], int64[::1], int64[::1], int64[::1], float64[::1], float64[:, ::1])"
)
def reach(
    taking_part: Floats,
    capacity: Floats,
    uh_hours: Floats,
    grant: Ints,
    own: Ints,
    to_uh: Ints,
    about: Floats,
    amounts: Floats,
) -> None:
    """UH hours and paid time for each who takes part, against what gives two thirds of the effect, into `amounts`."""
    market, order_capacity, full_hours, hour_nok, full_time = about
    for i in range(len(taking_part)):
        orders = 1 - market + market * capacity[i] / (capacity[i] + order_capacity)
        usable = orders / max(taking_part[i], 1.0)
        amounts[0, i] = 2 * uh_hours[i] * usable / full_hours
        amounts[1, i] = (grant[i] - to_uh[i] + own[i]) / hour_nok * usable / full_time


@compiled(
    "void(int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], boolean[::1], float64[::1], float64[::1],"
    " boolean[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def carry_out_measures(
    owner: Ints,
    full: Floats,
    quality: Floats,
    led: Floats,
    direct: Floats,
    driven: Bools,
    degrees: Floats,
    left: Floats,
    in_measure: Bools,
    stalled: Bools,
    seed: Bools,
    resource: Bools,
    new_principal: Bools,
    turnover: Floats,
    coverage: Floats,
    fit: Floats,
    about: Floats,
    routine: Floats,
    learning: Floats,
    involvement: Floats,
    upkeep: Floats,
) -> None:
    """What measures give schools: learning, involvement, routine, upkeep.

    `full` is what a measure under usual conditions gives, `quality` that of UH's work and of process leadership, `led` the
    latter alone, `direct` how directly teachers take part, `driven` whether enthusiasts drive the partnership: all by owner.
    """
    usual_fit, knowledge, gain, best, competing, indirect, directly, enthusiast, by_regime, lost, keeps = about
    more = directly - indirect
    for i in range(len(owner)):
        k, runs = owner[i], in_measure[i]
        degree = degrees[i] if runs else 0.0
        enthusiasts = seed[i] | driven[k]
        helped = 1 + (gain if resource[i] else 0.0)
        fidelity = fit[i] / usual_fit * quality[k] * (knowledge if enthusiasts else 1.0) * helped
        free = 1 - (competing if learning[i] > 0 else 0.0)
        reached = 0.0 if stalled[i] else coverage[i] * degree
        learning[i] += reached * (full[k] * min(fidelity, best)) * free
        begun = indirect + more * direct[k] + (enthusiast if enthusiasts else 0.0)
        drawn_in = min(max(begun * by_regime * left[i], 0.0), 1.0) if runs else 0.0
        involvement[i] = max(involvement[i], drawn_in)
        half = turnover[i] / 2
        changes = max(1.0 if new_principal[i] else 0.0, half)
        routine[i] = max(routine[i] * (1 - lost * changes), degree)
        held = keeps * led[k] * helped * routine[i]
        upkeep[i] = 1 - (1 - upkeep[i]) * (1 - min(max(held, 0.0), 1.0))
