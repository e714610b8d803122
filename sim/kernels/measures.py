"""Kernels over the measures of the decentralised scheme in schools; see `sim.schemes.decentralised.measures`."""

from __future__ import annotations

from sim.arrays import Bools, Floats, Ints
from sim.kernels.keeping import compiled


@compiled(
    "void(int64[::1], float64[::1], float64[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], float64[::1],"
    " float64[::1], boolean[::1], float64[::1], float64[::1])"
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
    about: Floats,
    stalled: Bools,
    stage: Floats,
    coverage: Floats,
) -> None:
    """Measures stall or start again, come further, and spread where they are seed projects; `led` by owner."""
    gain, stalling, least, unhelped, restart, half_year, setback, spreads = about
    for i in range(len(owner)):
        leadership = led[owner[i]] * (1 + gain * resource[i])
        chance = min(stalling / max(least, leadership), 1.0)
        stops = u[i] < chance * unhelped
        stalled[i] = in_measure[i] & (u[i] >= restart if stalled[i] else stops)
        ahead = half_year if in_measure[i] & (not stalled[i]) else 0.0
        reached = stage[i] + ahead - setback * new_principal[i]
        stage[i] = reached if reached > 0 else 0.0
        coverage[i] += spreads * community[i] * (1 - coverage[i]) * (seed[i] & in_measure[i])


@compiled(
    "void(int64[::1], float64[:, ::1], float64[:, ::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1], boolean[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def carry_out_measures(
    owner: Ints,
    owners: Floats,
    by_school: Floats,
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

    `owners` has for each owner dose, quality, leadership, direct involvement and whether enthusiasts drive the partnership;
    `by_school` the degree of implementation and what is left of the involvement begun with; `about` as unpacked below.
    """
    usual_fit, knowledge, gain, best, competing, indirect, direct, enthusiast, by_regime, lost, keeps = about
    for i in range(len(owner)):
        dose, quality, led, directly, driven = owners[owner[i]]
        degree, left = by_school[i]
        enthusiasts = seed[i] or driven > 0
        helped = 1 + gain * resource[i]
        fidelity = fit[i] / usual_fit * quality * (knowledge if enthusiasts else 1.0) * helped
        full = dose * min(fidelity, best)
        free = 1 - competing * (learning[i] > 0)
        learning[i] += coverage[i] * degree * (not stalled[i]) * full * free
        drawn_in = (indirect + (direct - indirect) * directly + enthusiast * enthusiasts) * by_regime * left
        drawn_in = in_measure[i] * min(max(drawn_in, 0.0), 1.0)
        involvement[i] = max(involvement[i], drawn_in)
        changes = 1.0 * new_principal[i] if new_principal[i] > turnover[i] / 2 else turnover[i] / 2
        routine[i] = max(routine[i] * (1 - lost * changes), degree)
        held = keeps * led * helped * routine[i]
        upkeep[i] = 1 - (1 - upkeep[i]) * (1 - min(max(held, 0.0), 1.0))
