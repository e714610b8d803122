"""Kernels over measures of the decentralised scheme that end and begin; see `sim.schemes.decentralised.measures`."""

from __future__ import annotations

from sim.arrays import Bools, Floats, Ints
from sim.kernels.keeping import compiled


@compiled("int64(float64[::1], boolean[::1], int64[::1])")
def end_measures(years_left: Floats, in_measure: Bools, idle: Ints) -> int:
    """Measures come to their end; rows of schools without one go to `idle`, and their number is returned."""
    n = 0
    for i in range(len(years_left)):
        left = years_left[i] - 1 / 2
        years_left[i] = left if left > 0 else 0.0
        in_measure[i] &= left > 0
    for i in range(len(years_left)):
        idle[n] = i  # stays if it is, and is written over if not
        n += not in_measure[i]
    return n


@compiled(
    "void(int64[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " int64[::1], float64[::1], float64[::1], float64[::1])"
)
def offer_measures(
    county: Ints,
    forum: Ints,
    plan: Floats,
    tailored: Floats,
    backing: Floats,
    led: Floats,
    about: Floats,
    effort: Floats,
    grant: Ints,
    chance: Floats,
    followed: Floats,
    built_on: Floats,
) -> None:
    """By owner: the chance that an idle school begins, how far the analysis is followed, and what is built on."""
    start_share, package_fit, plan_weight, sways, head_start, usual_process = about
    for i in range(len(county)):
        chance[i] = start_share * effort[i] * (grant[i] > 0)
        kept = tailored[i] + (1 - tailored[i]) * package_fit
        planned = plan_weight * (2 * plan[forum[county[i]]] - 1)
        followed[i] = kept * (1 + planned) * (1 - sways * backing[i])
        built_on[i] = min(max(head_start * led[i] / usual_process, 0.0), 1.0)


@compiled(
    "void(int64[::1], float64[:, ::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1], int64[::1],"
    " float64[::1], float64[::1], boolean[::1], float64[::1], boolean[::1], boolean[::1], float64[::1], float64[::1],"
    " float64[::1], boolean[::1], float64[::1], boolean[::1])"
)
def begin_measures(
    rows: Ints,
    u: Floats,
    owner: Ints,
    chance: Floats,
    hit: Floats,
    followed: Floats,
    built_on: Floats,
    n_teachers: Ints,
    momentum: Floats,
    about: Floats,
    in_measure: Bools,
    years_left: Floats,
    general: Bools,
    seed: Bools,
    coverage: Floats,
    across: Floats,
    fit: Floats,
    resource: Bools,
    stage: Floats,
    stalled: Bools,
) -> None:
    """Idle schools, in `rows`, begin measures or not, by the numbers `u`, shape (4, len(rows)): whether, and on what."""
    years, seed_share, general_share, resource_share = about[:4]
    coverage_general, coverage_seed, coverage_subject = about[4:7]
    joining, small_teachers, general_fit, least = about[7:]
    for k in range(len(rows)):
        i = rows[k]
        at = owner[i]
        if u[0, k] >= chance[at]:
            continue
        seeds = u[3, k] < seed_share
        broad = (u[1, k] < general_share) & (not seeds)
        in_measure[i], years_left[i], stalled[i], general[i], seed[i] = True, years, False, broad, seeds
        own = coverage_general if broad else (coverage_seed if seeds else coverage_subject)
        small = small_teachers / (small_teachers + n_teachers[i])
        more = joining * small * (1 - own)
        coverage[i] = own + more
        across[i] = more / max(own + more, least)
        meant = max(followed[at], 1.0) if seeds else followed[at]
        fits = min(max(hit[at] * meant * (general_fit if broad else 1.0), 0.0), 1.0)
        elsewhere = min(max(hit[at] * followed[at], 0.0), 1.0)
        fit[i] = (1 - across[i]) * fits + across[i] * elsewhere
        resource[i] = u[2, k] < resource_share
        stage[i] = built_on[at] * max(stage[i], momentum[i])
