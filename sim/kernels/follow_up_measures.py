"""Kernels over measures in follow-up; see `sim.schemes.follow_up.implementation`."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Codes, Floats, Ints
from sim.kernels.keeping import compiled

UH, PRIVATE, OTHER = range(1, 4)  # `sim.schemes.follow_up.state.Provider`


@compiled(
    "void(int64[::1], float64[:, ::1], float64[::1], float64[::1], boolean[::1], boolean[::1], boolean[::1], int64[::1],"
    " float64[::1], float64[::1], int8[::1], float64[::1], boolean[::1], float64[::1], float64[::1], float64[::1])"
)
def choose_measures(
    rows: Ints,
    u: Floats,
    found: Floats,
    missed: Floats,
    guided: Bools,
    uh_guide: Bools,
    private_guide: Bools,
    uh_unit: Ints,
    uh_quality: Floats,
    about: Floats,
    provider: Codes,
    provider_quality: Floats,
    guide_kept: Bools,
    plan_fit: Floats,
    analysis: Floats,
    anchoring: Floats,
) -> None:
    """Owners that begin: provider, guide, and how well the plan fits; `u`, `found` and `missed` are given by place in `rows`."""
    by_uh, by_uh_or_firm, other_quality, kept_chance, continuity, own_house = about
    for k in range(len(rows)):
        i = rows[k]
        who = UH if u[0, k] < by_uh else PRIVATE if u[0, k] < by_uh_or_firm else OTHER
        provider[i] = who
        provider_quality[i] = uh_quality[uh_unit[i]] if who == UH else other_quality
        analysis[i] = found[k]
        anchoring[i] = anchoring[i] if guided[i] else 0.0
        guide_kept[i] = guided[i] and u[1, k] < kept_chance
        sells = (uh_guide[i] and who == UH) or (private_guide[i] and who == PRIVATE)
        fit = (1 - missed[k]) * (1 + continuity * guide_kept[i]) * (1 - own_house * (guided[i] and sells))
        plan_fit[i] = min(max(fit, 0.0), 1.0)


@compiled(
    "int64(int64[::1], boolean[::1], int64[::1], float64[::1], float64[::1], float64[::1], boolean[::1], float64[::1],"
    " float64[::1], float64[::1], int64[::1], boolean[::1], float64[::1], float64[::1], boolean[::1], float64[::1],"
    " int64[::1], float64[::1])"
)
def move_measures_on(
    owner: Ints,
    here: Bools,
    half_years: Ints,
    anchoring: Floats,
    effort: Floats,
    spent_nok: Floats,
    new_head: Bools,
    capacity_fte: Floats,
    continuity: Floats,
    u: Floats,
    n_teachers: Ints,
    new_principal: Bools,
    help_share: Floats,
    about: Floats,
    stalled: Bools,
    stage: Floats,
    rows: Ints,
    powers: Floats,
) -> int:
    """Schools of owners that are `here` begin, come further, stall or are set back; `here` to `continuity` by owner.

    Their rows go to `rows`, and their number is returned. What *e* is to be raised to goes to `powers`: for each owner, how far
    money reaches; then for each of the rows, its degree of implementation.
    """
    start_years, stall, restart, usual_effort, usual_time, principal_setback, head_setback, memory_fte = (
        about[:8]
    )
    slope, midpoint, nok_per_teacher = about[8:]
    meant = np.zeros(len(here))
    n = 0
    for i in range(len(owner)):
        at = owner[i]
        if not here[at]:
            stalled[i] = False
            continue
        if half_years[at] == 0:
            stage[i] = start_years * anchoring[at] * help_share[i]
            stalled[i] = False
        stalled[i] = u[i] >= restart if stalled[i] else u[i] < stall
        by_staff = capacity_fte[at] / (capacity_fte[at] + memory_fte)
        forgotten = 1 - (by_staff + continuity[at] * (1 - by_staff))
        setback = principal_setback * new_principal[i] + head_setback * forgotten * new_head[at]
        pace = effort[at] / usual_effort * usual_time
        ahead = 0.0 if stalled[i] else pace / 2
        stage[i] = max(stage[i] + ahead * help_share[i] - setback, 0.0)
        meant[at] += n_teachers[i] * help_share[i]
        rows[n], powers[len(here) + n] = i, -slope * (stage[i] - midpoint)
        n += 1
    for at in range(len(here)):
        powers[at] = -2 * spent_nok[at] / max(meant[at], 1.0) / nok_per_teacher
    return n


@compiled(
    "void(int64[::1], boolean[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " int64[::1], boolean[::1], float64[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def carry_out_measures(
    owner: Ints,
    here: Bools,
    rows: Ints,
    raised: Floats,
    effort: Floats,
    plan_fit: Floats,
    provider_quality: Floats,
    unqualified: Floats,
    n_teachers: Ints,
    stalled: Bools,
    acceptance: Floats,
    trauma: Bools,
    help_share: Floats,
    leadership: Floats,
    about: Floats,
    learning: Floats,
    involvement: Floats,
    upkeep: Floats,
    community: Floats,
    competence: Floats,
    spent_hours: Floats,
) -> None:
    """What the schools in `rows` and their owners get of half a year, and the hours that it takes.

    `raised` is *e* raised to the powers of `move_measures_on`; `effort` to `unqualified`, `competence` and `spent_hours` are
    given by owner.
    """
    usual_acceptance, trauma_gain, weight, usual_leadership, usual_fit, usual_quality, drag, best = about[:8]
    half_cycle, drawn_in, upkeep_during, owner_learns, catalyst, teacher_hours, owner_hours, nothing = about[
        8:
    ]
    worked = np.zeros(len(here))
    for k in range(len(rows)):
        i = rows[k]
        at, helped = owner[i], help_share[i]
        degree = (1 / (1 + raised[len(here) + k]) - nothing) / (1 - nothing)
        accepted = acceptance[i] / usual_acceptance * (trauma_gain if trauma[i] else 1.0)
        led = 1 - weight + weight * leadership[i] / usual_leadership
        eased = min(max(1 - drag * unqualified[at], 0.0), 1.0)
        offered = plan_fit[at] / usual_fit * provider_quality[at] / usual_quality * eased
        fidelity = degree * (not stalled[i]) * min(accepted * led * offered, best)
        learning[i] += half_cycle * fidelity * (1 - raised[at]) * helped
        involved = drawn_in * acceptance[i] * (not trauma[i]) * helped
        involvement[i] = 1 - (1 - involvement[i]) * (1 - involved)
        held = min(max(upkeep_during * effort[at] * helped, 0.0), 1.0)
        upkeep[i] = 1 - (1 - upkeep[i]) * (1 - held)
        community[i] += catalyst * effort[at] * (1 - community[i]) * helped
        worked[at] += n_teachers[i] * degree * helped
    for at in range(len(here)):
        if here[at]:
            competence[at] += owner_learns * effort[at] * (1 - competence[at])
            spent_hours[at] += owner_hours * effort[at] + worked[at] * teacher_hours / 2
