"""What teachers learn from measures and from each other, and what fades when nobody keeps it up."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.parameters.classroom import Classroom
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.state import State
from sim.state.schools import Schools, Teachers, for_staff, staff_mean


def own(state: State, p: Parameters, draw: Draws) -> None:
    """Teachers' ownership moves to what their involvement calls for, or fades back."""
    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    busy = schools.learning > 0
    target = np.where(busy, schools.involvement, c.ownership_start)
    pace = np.where(busy, c.ownership_follows, c.ownership_fades) / 2
    way = for_staff(schools, target)
    way -= staff.ownership
    way *= for_staff(schools, pace)
    staff.ownership += way


def learn(state: State, p: Parameters, draw: Draws) -> None:
    """Teachers take from a measure what their ownership and the staff room's freshness allow."""
    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    offered = schools.learning * (1 - c.fatigue_weight * schools.fatigue)
    staff.practice += gain(
        for_staff(schools, offered), staff.ownership / c.usual_ownership, c.ownership_weight
    )


def gain(offered: Floats, relative_ownership: Floats, ownership_weight: float) -> Floats:
    """Gain in practice, in SD, same shape as the inputs: part by taking part, part in proportion to ownership, which is
    given relative to the usual.
    """
    return offered * (1 - ownership_weight + ownership_weight * relative_ownership)


def share(state: State, p: Parameters, draw: Draws) -> None:
    """What has changed in colleagues' practice draws each teacher along, the more the stronger the community.

    Changes are shared, not levels: a difference that nothing has brought about stays, so that sharing by itself gives nothing.
    """
    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    apart = staff.practice - staff.baseline
    apart -= for_staff(schools, staff_mean(schools, apart))
    apart *= for_staff(schools, c.peer_pull * schools.community)
    staff.practice -= apart


def fade(state: State, p: Parameters, draw: Draws) -> None:
    """Changed practice falls back towards the teacher's own baseline; upkeep holds part of it off."""
    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    fades = fading_share(c.half_life)
    unkept = fades * (1 - c.upkeep_saves * schools.upkeep)
    change = staff.practice - staff.baseline
    # Of a gain fades the share `unkept`, of a loss the larger share `fades`: either way the lesser of the two products.
    faded = for_staff(schools, unkept)
    faded *= change
    change *= fades
    staff.practice -= np.minimum(faded, change, out=faded)
    schools.practice[:] = staff_mean(schools, staff.practice)


def fading_share(half_life: float) -> float:
    """Share of a change that fades in half a year when half of it fades in `half_life` years."""
    return float(1 - 2 ** (-1 / (2 * half_life)))


PROCESSES = (
    Process(
        "practice.own",
        own,
        "Ownership first, because it decides what a measure gives.",
        "AFI-rapport 2026:02, 2.3.2 [D4]",
    ),
    Process(
        "practice.learn",
        learn,
        "What the schemes offered this half-year is learned.",
        "Kraft, Blazar & Hogan 2018",
    ),
    Process(
        "practice.share", share, "What some have learned spreads to colleagues.", "Jackson & Bruegmann 2009"
    ),
    Process("practice.fade", fade, "Last, what nobody keeps up fades.", "Sandholtz et al. 2023 [D11]"),
)
