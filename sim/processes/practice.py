"""What teachers learn from measures and from each other, and what fades when nobody keeps it up."""

from __future__ import annotations

from sim.parameters.classroom import Classroom
from sim.processes.process import Process
from sim.processes.shares import total_of
from sim.rules import formula, rule
from sim.state.schools import Schools, Teachers


@rule
def work(staff: Teachers, schools: Schools, c: Classroom) -> None:
    """Half a year in each staff room: teachers own the work more or less, learn from it, share, and lose what nobody keeps up; so
    does the school what its learning environment has won.
    """
    fades, per_usual, pace, first = (
        fading_share(c.half_life),
        1 / c.usual_ownership,
        c.ownership_follows / 2,
        0,
    )
    for s in range(len(schools)):
        here = slice(first, first + schools.n_teachers[s])
        first = here.stop + schools.spare[s]
        practice, baseline, ownership = staff.practice[here], staff.baseline[here], staff.ownership[here]
        target = owned(schools.learning[s] > 0, schools.involvement[s], c)
        offered = taken_in(schools.learning[s], schools.fatigue[s], c)
        for i in range(len(practice)):
            ownership[i] += (target - ownership[i]) * pace
            practice[i] += gain(offered, ownership[i] * per_usual, c.ownership_weight)
        changed = (total_of(practice) - total_of(baseline)) / len(practice)
        pull, unkept = c.peer_pull * schools.community[s], fades * (1 - c.upkeep_saves * schools.upkeep[s])
        for i in range(len(practice)):
            change = shared(practice[i] - baseline[i], changed, pull)
            practice[i] = baseline[i] + change - lost(change, fades, unkept)
        schools.practice[s] = total_of(practice) / len(practice)
        schools.environment[s] -= schools.environment[s] * unkept


@formula
def owned(busy: bool, involvement: float, c: Classroom) -> float:
    """What teachers' ownership moves to, in [0, 1]: what they own of themselves where nothing goes on, and where something does
    what their involvement calls for, if that is more.

    At one pace either way, so that no school comes to own development work more by having none of it.
    """
    return max(involvement, c.ownership_start) if busy else c.ownership_start


@formula
def taken_in(learning: float, fatigue: float, c: Classroom) -> float:
    """What measures offer a staff room, in SD of practice, less what tiredness costs."""
    return learning * (1 - c.fatigue_weight * fatigue)


@formula
def gain(offered: float, relative_ownership: float, ownership_weight: float) -> float:
    """Gain in practice, in SD: part by taking part, part in proportion to ownership, which is given relative to the usual."""
    return offered * (1 - ownership_weight + ownership_weight * relative_ownership)


@formula
def shared(change: float, changed: float, pull: float) -> float:
    """A teacher's change in practice, in SD, when what has `changed` in colleagues' has drawn it along: more where the community
    is strong.

    Changes are shared, not levels: a difference that nothing has brought about stays, so that sharing by itself gives nothing.
    """
    return change - (change - changed) * pull


@formula
def lost(change: float, fades: float, unkept: float) -> float:
    """What falls back of a change in practice towards the teacher's own baseline, in SD; upkeep holds part of it off.

    Of a gain fades the share that is not kept up, of a loss the larger share: either way the lesser of the two products.
    """
    of_gain, of_loss = change * unkept, change * fades
    return of_gain if of_gain < of_loss else of_loss  # noqa: FURB136 - numba makes a branch of min


@formula
def fading_share(half_life: float) -> float:
    """Share of a change that fades in half a year when half of it fades in `half_life` years."""
    return 1 - 2 ** (-1 / (2 * half_life))


PROCESS = Process(
    "practice.work",
    work,
    "Ownership first, because it decides what a measure gives; what is learned spreads to colleagues, and fades unless kept up.",
    "AFI-rapport 2026:02, 2.3.2 [D4]; Kraft, Blazar & Hogan 2018; Jackson & Bruegmann 2009; Sandholtz et al. 2023 [D11]",
)
