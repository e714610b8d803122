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
    staff, schools = state[Teachers], state[Schools]
    target, pace = ownership_called_for(schools, p[Classroom])
    way = for_staff(schools, target)
    way -= staff.ownership
    way *= for_staff(schools, pace)
    staff.ownership += way


def own_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`own`, compiled."""
    from sim.kernels import staff as kernels

    schools = state[Schools]
    kernels.own(state[Teachers].ownership, schools.n_teachers, *ownership_called_for(schools, p[Classroom]))


def ownership_called_for(schools: Schools, c: Classroom) -> tuple[Floats, Floats]:
    """The ownership that each school's teachers move to, and the part of the way gone in half a year; shape (schools,)."""
    busy = schools.learning > 0
    target = np.where(busy, schools.involvement, c.ownership_start)
    return target, np.where(busy, c.ownership_follows, c.ownership_fades) / 2


def learn(state: State, p: Parameters, draw: Draws) -> None:
    """Teachers take from a measure what their ownership and the staff room's freshness allow."""
    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    offered = for_staff(schools, taken_in(schools, c))
    staff.practice += gain(offered, staff.ownership / c.usual_ownership, c.ownership_weight)


def learn_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`learn`, compiled."""
    from sim.kernels import staff as kernels

    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    kernels.learn(
        staff.practice,
        staff.ownership,
        schools.n_teachers,
        taken_in(schools, c),
        c.usual_ownership,
        c.ownership_weight,
    )


def taken_in(schools: Schools, c: Classroom) -> Floats:
    """What measures offer, in SD of practice, less what tiredness costs; shape (schools,)."""
    return schools.learning * (1 - c.fatigue_weight * schools.fatigue)


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


def share_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`share`, compiled."""
    from sim.kernels import staff as kernels

    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    kernels.share(staff.practice, staff.baseline, schools.n_teachers, c.peer_pull * schools.community)


def fade(state: State, p: Parameters, draw: Draws) -> None:
    """Changed practice falls back towards the teacher's own baseline; upkeep holds part of it off."""
    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    fades = fading_share(c.half_life)
    unkept = unkept_share(schools, c)
    change = staff.practice - staff.baseline
    # Of a gain fades the share `unkept`, of a loss the larger share `fades`: either way the lesser of the two products.
    faded = for_staff(schools, unkept)
    faded *= change
    change *= fades
    staff.practice -= np.minimum(faded, change, out=faded)
    schools.practice[:] = staff_mean(schools, staff.practice)


def fade_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`fade`, compiled."""
    from sim.kernels import staff as kernels

    staff, schools, c = state[Teachers], state[Schools], p[Classroom]
    kernels.fade(
        staff.practice,
        staff.baseline,
        schools.n_teachers,
        unkept_share(schools, c),
        fading_share(c.half_life),
        schools.practice,
    )


def unkept_share(schools: Schools, c: Classroom) -> Floats:
    """Share of a gain that fades in half a year, shape (schools,): the less, the more upkeep."""
    return fading_share(c.half_life) * (1 - c.upkeep_saves * schools.upkeep)


def fading_share(half_life: float) -> float:
    """Share of a change that fades in half a year when half of it fades in `half_life` years."""
    return float(1 - 2 ** (-1 / (2 * half_life)))


PROCESSES = (
    Process(
        "practice.own",
        own,
        "Ownership first, because it decides what a measure gives.",
        "AFI-rapport 2026:02, 2.3.2 [D4]",
        compiled=own_compiled,
    ),
    Process(
        "practice.learn",
        learn,
        "What the schemes offered this half-year is learned.",
        "Kraft, Blazar & Hogan 2018",
        compiled=learn_compiled,
    ),
    Process(
        "practice.share",
        share,
        "What some have learned spreads to colleagues.",
        "Jackson & Bruegmann 2009",
        compiled=share_compiled,
    ),
    Process(
        "practice.fade",
        fade,
        "Last, what nobody keeps up fades.",
        "Sandholtz et al. 2023 [D11]",
        compiled=fade_compiled,
    ),
)
