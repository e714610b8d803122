"""Kernels over the measures of the decentralised scheme in schools; see `sim.schemes.decentralised.carrying_out`."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Codes, Floats, Ints
from sim.kernels.keeping import compiled


@compiled(
    "void(float64[::1], int64[::1], int8[::1], float64[:, ::1], int64, int64, float64[::1], float64[::1], boolean[::1],"
    " float64[::1], float64[::1], float64[::1])"
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
    specialised: Bools,
    about: Floats,
    led: Floats,
    led_quality: Floats,
) -> None:
    """Process leadership of each owner, and that times the quality of its unit's work in schools.

    `competence`, `quality` and whether it is `specialised` are given by unit.
    """
    base, by_size, large_fte, by_uh, by_procedure, usual_quality, usual_process, gain, lifted = about
    in_schools = np.empty_like(quality)
    for unit in range(len(quality)):
        own = min(max(quality[unit] + gain * specialised[unit], 0.0), 1.0)
        in_schools[unit] = own + lifted * (1 - own)
    for i in range(len(capacity)):
        unit = uh_unit[i]
        large = capacity[i] / (capacity[i] + large_fte)
        uh = competence[unit] * together[i, carrying_out]
        method = by_procedure if model[i] == procedure else 0.0
        led[i] = min(max(base + by_size * large + by_uh * uh + method, 0.0), 1.0)
        led_quality[i] = in_schools[unit] / usual_quality * (led[i] / usual_process)


@compiled(
    "boolean(int64[::1], float64[::1], float64[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], float64[::1],"
    " int64[::1], float64[::1], float64[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " int64[::1])"
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
    years_left: Floats,
    about: Floats,
    stalled: Bools,
    stage: Floats,
    coverage: Floats,
    taking_part: Floats,
    exponents: Floats,
    half_years: Ints,
) -> bool:
    """Measures stall or start again, come further, and spread where they are seed projects; `led` by owner.

    Teachers who take part are added to `taking_part` by owner; `exponents` are those of the S-curve of implementation.
    `half_years` of each measure are behind it, and whether they are whole ones everywhere is returned.
    """
    gain, stalling, least, unhelped, restart, half_year, setback, spreads, slope, midpoint, years = about
    chance = np.empty((len(led), 2))  # of stalling: without and with a resource teacher
    for k in range(len(led)):
        for helped in range(2):
            leadership = led[k] * (1 + gain * helped)
            chance[k, helped] = min(stalling / max(least, leadership), 1.0) * unhelped
    for i in range(len(owner)):
        stops = u[i] < chance[owner[i], 1 if resource[i] else 0]
        stalled[i] = in_measure[i] & (u[i] >= restart if stalled[i] else stops)
    for i in range(len(owner)):
        ahead = half_year * (in_measure[i] & (not stalled[i]))
        reached = stage[i] + ahead - setback * new_principal[i]
        stage[i] = reached if reached > 0 else 0.0
        exponents[i] = -slope * (stage[i] - midpoint)
    for i in range(len(owner)):
        if seed[i] & in_measure[i]:
            coverage[i] += spreads * community[i] * (1 - coverage[i])
        taking_part[owner[i]] += n_teachers[i] * coverage[i] * in_measure[i]
    whole = True
    for i in range(len(owner)):
        behind = 2 * max(years - years_left[i], 0.0)
        half_years[i] = int(behind)
        whole &= (half_years[i] == behind) | (not in_measure[i])
    return whole


@compiled(
    "void(float64[::1], float64[::1], float64[::1], int64[::1], int64[::1], int64[::1], float64[::1], float64[::1],"
    " float64[::1])"
)
def reach(
    taking_part: Floats,
    capacity: Floats,
    uh_hours: Floats,
    grant: Ints,
    own: Ints,
    to_uh: Ints,
    about: Floats,
    uh: Floats,
    time: Floats,
) -> None:
    """UH hours and paid time for each who takes part, against what gives two thirds of the effect, as exponents."""
    market, order_capacity, full_hours, hour_nok, full_time = about
    for i in range(len(taking_part)):
        orders = 1 - market + market * capacity[i] / (capacity[i] + order_capacity)
        usable = orders / max(taking_part[i], 1.0)
        uh[i] = -(2 * uh_hours[i] * usable) / full_hours
        time[i] = -((grant[i] - to_uh[i] + own[i]) / hour_nok * usable) / full_time


@compiled(
    "void(int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], int8[::1], int64, float64[::1],"
    " float64[::1], int64[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def carry_out_measures(
    owner: Ints,
    uh: Floats,
    time: Floats,
    quality: Floats,
    led: Floats,
    direct: Floats,
    model: Codes,
    enthusiast: int,
    degree: Floats,
    left: Floats,
    behind: Ints,
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
    """What measures give schools: learning, involvement, routine, upkeep. Short loops over few columns go several at a time.

    By owner: exponentials of how far `uh` and `time` reach, `quality` of UH's work times process leadership, `led` the latter
    alone, `direct` how directly teachers take part, `model` how the partnership works. By school: `degree` is the S-curve's
    exponential and becomes the degree of implementation; `behind` is the place in `left` where it stands what is left of the
    involvement begun with.
    """
    cycle, own_time, usual_fit, knowledge, gain, best, competing = about[:7]
    indirect, directly, by_enthusiasts, by_regime, lost, keeps, nothing = about[7:]
    full, kept, begun = np.empty(len(led)), np.empty(len(led)), np.empty((2, len(led)))
    for k in range(len(led)):
        full[k] = cycle * ((1 - own_time) * (1 - uh[k]) + own_time * (1 - time[k]))
        kept[k] = keeps * led[k]
        for by in range(2):
            begun[by, k] = (indirect + (directly - indirect) * direct[k] + by_enthusiasts * by) * by_regime
    offered, quality_of, keeping = np.empty_like(fit), np.empty_like(fit), np.empty_like(fit)
    draws, known = np.empty_like(fit), np.empty_like(fit)
    for i in range(len(owner)):
        k = owner[i]
        enthusiasts = seed[i] | (model[k] == enthusiast)
        offered[i], quality_of[i], keeping[i] = full[k], quality[k], kept[k]
        draws[i] = begun[1 if enthusiasts else 0, k] * left[behind[i]]
        known[i] = knowledge if enthusiasts else 1.0
    for i in range(len(owner)):
        degree[i] = (1 / (1 + degree[i]) - nothing) / (1 - nothing) * in_measure[i]
    for i in range(len(owner)):
        fidelity = fit[i] / usual_fit * quality_of[i] * known[i] * (1 + gain * resource[i])
        fidelity = fidelity if fidelity < best else best  # noqa: FURB136 - numba makes a branch of min and max
        reached = coverage[i] * degree[i] * (not stalled[i])
        free = 1 - competing * (learning[i] > 0)
        learning[i] += reached * (offered[i] * fidelity) * free
    for i in range(len(owner)):
        drawn = (draws[i] if draws[i] < 1 else 1.0) * in_measure[i]
        involvement[i] = drawn if drawn > involvement[i] else involvement[i]  # noqa: FURB136
    for i in range(len(owner)):
        lasting = routine[i] * (1 - lost * (1.0 if new_principal[i] else turnover[i] / 2))
        routine[i] = degree[i] if degree[i] > lasting else lasting  # noqa: FURB136
    for i in range(len(owner)):
        held = keeping[i] * (1 + gain * resource[i]) * routine[i]
        upkeep[i] = 1 - (1 - upkeep[i]) * (1 - (held if held < 1 else 1.0))
