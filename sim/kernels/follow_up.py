"""Kernels over who is in which phase of follow-up, and what that asks and gives; see `sim.schemes.follow_up.phases` and
`sim.schemes.follow_up.afterwards`.
"""

from __future__ import annotations

from sim.arrays import Bools, Codes, Floats, Ints
from sim.kernels.keeping import compiled

NONE, DIALOGUE, PREPHASE, IMPLEMENTATION, AFTERWARDS = range(5)  # `sim.schemes.follow_up.state.Phase`


@compiled("void(int8[::1], int64[::1], boolean[::1], float64[::1], int64)")
def advance(
    phase: Codes, half_years: Ints, participates: Bools, lengths: Floats, after_dialogue: int
) -> None:
    """Everybody in the scheme is half a year further; `lengths` are those of pre-phase, measures and what comes afterwards.

    `after_dialogue` is the phase that those told in spring enter, in spring itself still the dialogue.
    """
    prephase, implementation, afterwards = lengths
    for i in range(len(phase)):
        if phase[i] == NONE:
            continue
        half_years[i] += 1
        enters = phase[i]
        if phase[i] == IMPLEMENTATION and half_years[i] >= 2 * implementation:
            enters = AFTERWARDS
        elif phase[i] == PREPHASE and half_years[i] >= 2 * prephase:
            enters = IMPLEMENTATION
        elif phase[i] == DIALOGUE:
            enters = after_dialogue
        half_years[i] *= enters == phase[i]
        phase[i] = enters
        if phase[i] == AFTERWARDS:
            participates[i] = False
            if half_years[i] >= 2 * afterwards:
                phase[i], half_years[i] = NONE, 0


@compiled(
    "void(int8[::1], boolean[::1], float64[::1], float64[::1], float64[::1], boolean[::1], float64[::1])"
)
def ask(
    phase: Codes,
    guide_kept: Bools,
    legitimacy: Floats,
    capacity_fte: Floats,
    about: Floats,
    sanctioned: Bools,
    load: Floats,
) -> None:
    """Who meets the sanction, and the load that the scheme adds."""
    prephase_fte, implementation_fte, kept_guide_fte, sanction_fte, least_will, outlasts = about
    for i in range(len(phase)):
        asked = 0.0
        if phase[i] == PREPHASE:
            asked = prephase_fte
        elif phase[i] == IMPLEMENTATION:
            asked = implementation_fte + kept_guide_fte * guide_kept[i]
        inside = phase[i] == PREPHASE or phase[i] == IMPLEMENTATION
        sanctioned[i] = legitimacy[i] < least_will if inside else sanctioned[i] and outlasts > 0
        load[i] += (asked + sanctioned[i] * sanction_fte) / capacity_fte[i]


@compiled(
    "void(int8[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def give(
    phase: Codes,
    sanctioned: Bools,
    legitimacy: Floats,
    load: Floats,
    about: Floats,
    effort: Floats,
    spent_hours: Floats,
    spent_nok: Floats,
) -> None:
    """What each owner puts in, and its part of the money."""
    floor, enforced_worth, reporting_hours, money = about
    n = 0
    for i in range(len(phase)):
        n += phase[i] == PREPHASE or phase[i] == IMPLEMENTATION
    part = money / max(n, 1)
    for i in range(len(phase)):
        inside = phase[i] == PREPHASE or phase[i] == IMPLEMENTATION
        will = legitimacy[i] + enforced_worth * max(floor - legitimacy[i], 0.0)
        effort[i] = will * (1 / max(load[i], 1.0)) if inside or sanctioned[i] else 0.0
        spent_hours[i] = reporting_hours if sanctioned[i] else 0.0
        spent_nok[i] = part if inside else 0.0


@compiled(
    "void(int64[::1], int8[::1], boolean[::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1])"
)
def keep_up_afterwards(
    owner: Ints,
    phase: Codes,
    sanctioned: Bools,
    effort: Floats,
    competence: Floats,
    network_support: Floats,
    stage: Floats,
    about: Floats,
    momentum: Floats,
    upkeep: Floats,
) -> None:
    """What is kept up by those who are through or still held, and how far those who are through came."""
    by_competence, by_network, by_effort = about
    for i in range(len(owner)):
        at = owner[i]
        momentum[i] = 0.0
        if phase[at] == AFTERWARDS:
            share = by_competence * competence[at] + by_network * network_support[at]
            upkeep[i] = 1 - (1 - upkeep[i]) * (1 - min(max(share, 0.0), 1.0))
            momentum[i] = stage[i]
        if sanctioned[at] and phase[at] != PREPHASE and phase[at] != IMPLEMENTATION:
            share = by_effort * effort[at]
            upkeep[i] = 1 - (1 - upkeep[i]) * (1 - min(max(share, 0.0), 1.0))
