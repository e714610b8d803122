"""Teachers, principals and heads of schools leave, and others come in their place.

A post is filled at once. The successor comes from the labour market, whose quality the model holds constant; where a leaver
goes is not followed, because matching leavers to vacancies would let one decision ripple through the whole country and
undo the pairing of worlds.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Number
from sim.parameters.classroom import Classroom
from sim.parameters.registry import Parameters
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.processes.process import Process
from sim.processes.shares import share_of, total_of
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.rules.luck import Luck
from sim.state import State
from sim.state.places import Centrality, Municipalities
from sim.state.schools import Schools, Teachers

RAW_TRAITS = 4  # random numbers that make a successor: newcomer or not, experience, qualification, practice


@rule
def teachers(
    staff: Teachers,
    schools: Schools,
    owners: Municipalities,
    t: Turnover,
    c: Classroom,
    s: Society,
    leaves: Annotated[Luck, "teacher leaves"],
    comes: Annotated[Luck, "teacher who comes", RAW_TRAITS],
) -> None:
    """Teachers leave in summer, everybody grows a year older, and successors start in August.

    Each school's turnover is the share of posts with a successor, its practice the mean of the new staff room.
    """
    luck, leaving = np.empty(len(staff)), np.empty(len(staff), dtype=np.int64)
    leaves.uniforms(staff.id, luck)
    spread, first = practice_spread(s), 0
    for school in range(len(schools)):
        here = slice(first, first + schools.n_teachers[school])
        age, experience, tenure = staff.age[here], staff.experience[here], staff.tenure[here]
        owner, numbers = schools.municipality[school], luck[here]
        base = school_exit(owners.centrality[owner], schools.fatigue[school], t)
        for i in range(len(age)):
            numbers[i] -= teacher_exit_chance(base, experience[i], age[i], t)
            age[i] += 1
            experience[i] += 1
            tenure[i] += 1
        n = 0
        for i in range(len(age)):
            leaving[n] = first + i  # stays if they leave, and is written over if not
            n += numbers[i] < 0
        practice = staff.practice[here]
        if n > 0:
            usual, unqualified = total_of(staff.baseline[here]) / len(age), owners.unqualified[owner]
            for k in range(n):
                i = leaving[k]
                new = comes.uniform(staff.id[i], 0) < t.newcomer_share
                how_old = comes.uniform(staff.id[i], 1)
                qualified = comes.uniform(staff.id[i], 2) >= unqualified
                years = 0.0 if new else s.successor_experience * how_old * 2
                education = s.unqualified_gap * (unqualified - (0.0 if qualified else 1.0))
                settles = t.successor_resemblance * usual + education + spread * comes.normal(staff.id[i], 3)
                staff.experience[i], staff.tenure[i] = years, 0
                staff.age[i] = min(s.age_at_start + years + s.age_spread * how_old, t.retirement_from - 1)
                staff.qualified[i] = qualified
                staff.baseline[i] = settles
                staff.practice[i] = settles - (c.novice_gap if new else 0.0)
                staff.ownership[i] = c.ownership_start
        schools.teacher_turnover[school] = n / len(age)
        schools.practice[school] = total_of(practice) / len(age)
        first += len(age)


@formula
def school_exit(centrality: int, fatigue: float, t: Turnover) -> float:
    """Yearly chance of leaving a school before the teacher's own traits count."""
    chance = t.teacher_exit_middle
    if centrality == Centrality.CENTRAL:
        chance = t.teacher_exit_central
    if centrality == Centrality.REMOTE:
        chance = t.teacher_exit_remote
    return chance * (1 + t.fatigue_factor * fatigue)


@formula
def teacher_exit_chance(base: float, experience: float, age: float, t: Turnover) -> float:
    """Chance of leaving within the year: young teachers more, settled ones less, and retirement, which all have by the latest
    age.
    """
    factor = t.early_factor if experience <= t.early_years else 1.0
    settled = (t.settled_from <= experience) & (experience <= t.settled_to)
    factor += t.settled_factor - 1 if settled else 0.0
    chance = base * factor
    retires = t.retirement_chance if age >= t.retirement_from else 0.0
    retires = 1.0 if age >= t.retirement_latest - 1 else retires
    chance = chance if chance < 1 else 1.0  # choices, of which a machine makes several at a time
    return chance if chance > retires else retires


@formula
def practice_spread(s: Society) -> float:
    """SD of practice within a staff room."""
    return s.teacher_sd * np.sqrt(1 - s.practice_school_share)


@rule
def principals(
    schools: Schools,
    owners: Municipalities,
    t: Turnover,
    c: Classroom,
    society: Society,
    leaves: Annotated[Luck, "principal leaves"],
    comes: Annotated[Luck, "principal who comes"],
) -> None:
    """Principals leave; the successor's leadership is another's, and the staff room is shaken."""
    for s in range(len(schools)):
        remote = owners.centrality[schools.municipality[s]] == Centrality.REMOTE
        chance = t.principal_exit * (t.principal_remote_factor if remote else 1.0)
        schools.new_principal[s] = leaves.uniform(schools.id[s]) < chance
        schools.principal_tenure[s] += 1
        if schools.new_principal[s]:
            schools.principal_tenure[s] = 0
            luck = comes.normal(schools.id[s])
            schools.leadership[s] = share_of(society.leadership_mean + society.leadership_sd * luck)
            schools.community[s] *= 1 - c.new_principal_shakes


@rule
def heads(
    owners: Municipalities,
    t: Turnover,
    s: Society,
    leaves: Annotated[Luck, "head of schools leaves"],
    comes: Annotated[Luck, "head of schools who comes"],
) -> None:
    """Heads of schools leave; how much of the owner's competence stays depends on who else sits in the office [F6]."""
    for o in range(len(owners)):
        owners.new_head[o] = leaves.uniform(owners.id[o]) < t.head_exit
        owners.head_tenure[o] += 1
        if owners.new_head[o]:
            owners.head_tenure[o] = 0
            own = share_of(s.competence_mean + s.competence_sd * comes.normal(owners.id[o]))
            kept = kept_by_office(owners.capacity_fte[o], owners.continuity[o], t.head_memory_fte)
            owners.competence[o] = kept * owners.competence[o] + (1 - kept) * own


@formula
def memory_share(capacity_fte: Number, half_fte: float) -> Number:
    """Share of what is known that outlives a change of head by staff alone: more where there is more of it."""
    return capacity_fte / (capacity_fte + half_fte)


@formula
def kept_by_office(capacity_fte: Number, continuity: Number, half_fte: float) -> Number:
    """Share of an owner's competence that outlives a change of head: by staff, and by plans and routines."""
    by_staff = memory_share(capacity_fte, half_fte)
    return by_staff + continuity * (1 - by_staff)


def owner_memory(owners: Municipalities, half_fte: float) -> Floats:
    """`kept_by_office` of all owners, shape (owners,)."""
    return np.asarray(kept_by_office(owners.capacity_fte, owners.continuity, half_fte))


def forget_changes(state: State, p: Parameters, draw: Draws) -> None:
    """In spring nobody is new any more: changes of staff fall in summer."""
    state[Schools].new_principal[:] = False
    state[Municipalities].new_head[:] = False


SPRING = (
    Process(
        "turnover.forget_changes",
        forget_changes,
        "Changes of staff fall in summer; in spring last autumn's are no longer new.",
        "assumption",
    ),
)
AUTUMN = (
    Process(
        "turnover.teachers",
        teachers,
        "Teachers change over the summer, before anything is planned.",
        "Falch & Strøm 2005; SSB",
    ),
    Process(
        "turnover.principals",
        principals,
        "So do principals; a new one means other leadership.",
        "AFI-rapport 2026:02, 3.2 [F6]",
    ),
    Process(
        "turnover.heads",
        heads,
        "So do heads of schools; small offices lose most of what was learned.",
        "AFI-rapport 2026:02, 3.2 [F6]",
    ),
)
