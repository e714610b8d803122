"""What teachers learn from measures and from each other, and what fades when nobody keeps it up."""

from __future__ import annotations

from sim.parameters.classroom import Classroom
from sim.processes.process import Process
from sim.rules import formula, rule
from sim.state.schools import Schools, Teachers


@rule
def own(staff: Teachers, schools: Schools, c: Classroom) -> None:
    """Teachers' ownership moves to what their involvement calls for, or fades back."""
    first = 0
    for s in range(len(schools)):
        busy = schools.learning[s] > 0
        target = schools.involvement[s] if busy else c.ownership_start
        pace = (c.ownership_follows if busy else c.ownership_fades) / 2
        ownership = staff.ownership[first : first + schools.n_teachers[s]]
        for i in range(len(ownership)):
            ownership[i] += (target - ownership[i]) * pace
        first += schools.n_teachers[s] + schools.spare[s]


@rule
def learn(staff: Teachers, schools: Schools, c: Classroom) -> None:
    """Teachers take from a measure what their ownership and the staff room's freshness allow."""
    first = 0
    for s in range(len(schools)):
        here = slice(first, first + schools.n_teachers[s])
        first += schools.n_teachers[s] + schools.spare[s]
        offered = taken_in(schools.learning[s], schools.fatigue[s], c)
        if offered == 0:
            continue
        practice, ownership = staff.practice[here], staff.ownership[here]
        for i in range(len(practice)):
            practice[i] += gain(offered, ownership[i] / c.usual_ownership, c.ownership_weight)


@formula
def taken_in(learning: float, fatigue: float, c: Classroom) -> float:
    """What measures offer a staff room, in SD of practice, less what tiredness costs."""
    return learning * (1 - c.fatigue_weight * fatigue)


@formula
def gain(offered: float, relative_ownership: float, ownership_weight: float) -> float:
    """Gain in practice, in SD: part by taking part, part in proportion to ownership, which is given relative to the usual."""
    return offered * (1 - ownership_weight + ownership_weight * relative_ownership)


@rule
def share(staff: Teachers, schools: Schools, c: Classroom) -> None:
    """What has changed in colleagues' practice draws each teacher along, the more the stronger the community.

    Changes are shared, not levels: a difference that nothing has brought about stays, so that sharing by itself gives nothing.
    """
    first = 0
    for s in range(len(schools)):
        here = slice(first, first + schools.n_teachers[s])
        first += schools.n_teachers[s] + schools.spare[s]
        practice, baseline = staff.practice[here], staff.baseline[here]
        changed = 0.0
        for i in range(len(practice)):
            changed += practice[i] - baseline[i]
        changed /= len(practice)
        pull = c.peer_pull * schools.community[s]
        for i in range(len(practice)):
            practice[i] -= (practice[i] - baseline[i] - changed) * pull


@rule
def fade(staff: Teachers, schools: Schools, c: Classroom) -> None:
    """Changed practice falls back towards the teacher's own baseline; upkeep holds part of it off.

    Of a gain fades the share that is not kept up, of a loss the larger share: either way the lesser of the two products.
    """
    fades, first = fading_share(c.half_life), 0
    for s in range(len(schools)):
        here = slice(first, first + schools.n_teachers[s])
        first += schools.n_teachers[s] + schools.spare[s]
        practice, baseline = staff.practice[here], staff.baseline[here]
        unkept = fades * (1 - c.upkeep_saves * schools.upkeep[s])
        total = 0.0
        for i in range(len(practice)):
            change = practice[i] - baseline[i]
            practice[i] -= min(change * unkept, change * fades)
            total += practice[i]
        schools.practice[s] = total / len(practice)


@formula
def fading_share(half_life: float) -> float:
    """Share of a change that fades in half a year when half of it fades in `half_life` years."""
    return 1 - 2 ** (-1 / (2 * half_life))


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
        "practice.share",
        share,
        "What some have learned spreads to colleagues.",
        "Jackson & Bruegmann 2009",
    ),
    Process(
        "practice.fade",
        fade,
        "Last, what nobody keeps up fades.",
        "Sandholtz et al. 2023 [D11]",
    ),
)
