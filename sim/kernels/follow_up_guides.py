"""Kernels over guides and the pre-phase of follow-up; see `sim.schemes.follow_up.guides` and `sim.schemes.follow_up.prephase`."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.kernels.keeping import compiled

RAW = 3  # `sim.schemes.follow_up.guides.RAW`


@compiled(
    "void(int64[::1], int64[::1], float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1], boolean[::1],"
    " boolean[::1], int64[::1], float64[::1], float64[::1], boolean[::1], boolean[::1], float64[::1], float64[::1])"
)
def send(
    rows: Ints,
    office: Ints,
    raw: Floats,
    delay: Floats,
    style: Floats,
    quality: Floats,
    insight: Floats,
    from_uh: Bools,
    private: Bools,
    counts: Ints,
    about: Floats,
    guide_match: Floats,
    uh_guide: Bools,
    private_guide: Bools,
    takes_over: Floats,
    start_delay: Floats,
) -> None:
    """A team for each owner in `rows`; `office` to `style` by place in `rows`, `quality` to `private` by guide."""
    size_of_team, in_pool, n_offices = counts
    national_share, insight_weight, mixed_bonus, say, usual_style, pool_load, local_pressure, late_chance = (
        about
    )
    wanted = np.zeros(n_offices)
    for k in range(len(rows)):
        wanted[office[k]] += size_of_team
    room = in_pool * pool_load
    everywhere = max(len(rows) * size_of_team / (room * n_offices), 1.0)
    team = np.empty(size_of_team, dtype=np.int64)
    for k in range(len(rows)):
        skill, knowing, of_uh, of_firms = 0.0, 0.0, 0, 0
        for member in range(size_of_team):
            national = raw[member * RAW, k] < national_share
            start, size = (0, len(quality)) if national else (office[k] * in_pool, in_pool)
            who = start + min(int(raw[member * RAW + 1, k] * size), size - 1)
            free = 0
            while free < member:  # one who is in the team already gives way to the next
                if team[free] == who:
                    who = start + (who - start + 1) % size
                    free = -1
                free += 1
            team[member] = who
            skill += quality[who]
            knowing += insight[who]
            of_uh += from_uh[who]
            of_firms += private[who]
        i = rows[k]
        fit = (1 - insight_weight) * (skill / size_of_team) + insight_weight * (knowing / size_of_team)
        fit = fit + mixed_bonus * (0 < of_uh < size_of_team) + say
        guide_match[i] = min(max(fit, 0.0), 1.0)
        uh_guide[i], private_guide[i] = of_uh > 0, of_firms > 0
        takes_over[i] = min(max(usual_style + style[k], 0.0), 1.0)
        at_home = max(wanted[office[k]] / room, 1.0)
        pressure = local_pressure * at_home + (1 - local_pressure) * everywhere
        late = raw[RAW - 1, k] < min(max(late_chance * pressure, 0.0), 1.0)
        start_delay[i] = min(delay[k], 1.0) if late else 0.0


@compiled(
    "void(int64[::1], int64[::1], int64[::1], int64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], boolean[::1], float64[::1], float64[::1], boolean[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], float64[:, ::1])"
)
def guide(
    rows: Ints,
    county: Ints,
    office: Ints,
    half_years: Ints,
    start_delay: Floats,
    closeness: Floats,
    u: Floats,
    effort: Floats,
    takes_over: Floats,
    guide_match: Floats,
    capacity_fte: Floats,
    sanctioned: Bools,
    competence: Floats,
    about: Floats,
    guided: Bools,
    analysis: Floats,
    anchoring: Floats,
    spent_hours: Floats,
    hours: Floats,
    powers: Floats,
) -> None:
    """Owners in `rows` begin, if they do, and get guides' hours.

    By place in `rows` are given `u` and `hours`, and in `powers` what *e* is to be raised to: for the analysis, for learning.
    """
    yearly, pandemic, stalling, on_schools, close_to_all, under_sanction, gain, lost_share, lost_fte = about[
        :9
    ]
    hours_to_analyse, own_analysis, planning_hours = about[9:]
    for k in range(len(rows)):
        i = rows[k]
        late = 0.0
        if half_years[i] == 0:
            late = min(2 * start_delay[i], 1.0)
            analysis[i] = own_analysis * competence[i]
            anchoring[i] = 0.0
            guided[i] = True
            spent_hours[i] += planning_hours
        hours[k] = yearly / 2 * (1 - late) * (1 - pandemic)
        stalls = u[k] < min(max(stalling * (1 - effort[i]) * (1 - takes_over[i]), 0.0), 1.0)
        close = min(max((closeness[office[county[i]]] + close_to_all) / 2, 0.0), 1.0)
        close *= under_sanction if sanctioned[i] else 1.0
        coordination = lost_share * lost_fte / (lost_fte + capacity_fte[i])
        met = takes_over[i] + (1 - takes_over[i]) * effort[i]
        used = hours[k] * on_schools * guide_match[i] * (1 - coordination) * (1 + gain * close) * met
        powers[0, k] = -used * (not stalls) / hours_to_analyse
        powers[1, k] = -2 * hours[k] / hours_to_analyse


@compiled(
    "void(int64[::1], float64[::1], float64[:, ::1], float64[::1], float64[::1], float64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)
def learn_with_guides(
    rows: Ints,
    hours: Floats,
    raised: Floats,
    effort: Floats,
    takes_over: Floats,
    guide_match: Floats,
    backing: Floats,
    about: Floats,
    analysis: Floats,
    anchoring: Floats,
    competence: Floats,
    guide_hours: Floats,
    spent_hours: Floats,
) -> None:
    """Owners in `rows` find out, anchor it, learn and spend hours; `hours` and `raised` by place in `rows`."""
    watching, doing, anchoring_pace, backing_gain, owner_hours = about
    for k in range(len(rows)):
        i = rows[k]
        analysis[i] = 1 - (1 - analysis[i]) * raised[0, k]
        upwards = 1 + backing_gain * backing[i]
        anchoring[i] += min(anchoring_pace * effort[i] * upwards, 1.0) * (1 - anchoring[i])
        by_doing = (1 - takes_over[i]) * effort[i] + takes_over[i] * watching * effort[i]
        guided = guide_match[i] * (1 - raised[1, k])
        competence[i] += doing * by_doing * guided * (1 - competence[i])
        guide_hours[i] += hours[k]
        spent_hours[i] += hours[k] + owner_hours * effort[i]


@compiled(
    "void(int64[::1], boolean[::1], float64[::1], float64[::1], boolean[::1], float64[::1], float64[::1])"
)
def draw_in(
    owner: Ints,
    here: Bools,
    left: Floats,
    acceptance: Floats,
    trauma: Bools,
    help_share: Floats,
    involvement: Floats,
) -> None:
    """Schools of owners that are `here` are drawn in; `left` by owner."""
    for i in range(len(owner)):
        if here[owner[i]]:
            drawn_in = left[owner[i]] * acceptance[i] * (not trauma[i]) * help_share[i]
            involvement[i] = 1 - (1 - involvement[i]) * (1 - drawn_in)
