"""Teachers, principals and heads of schools leave, and others come in their place.

A post is filled at once. The successor comes from the labour market, whose quality the model holds constant; where a leaver
goes is not followed, because matching leavers to vacancies would let one decision ripple through the whole country and
undo the pairing of worlds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from scipy.special import ndtri

from sim.arrays import Bools, Floats, Ints, Number, clipped
from sim.half_year import Season
from sim.parameters.classroom import Classroom
from sim.parameters.registry import Parameters
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import formula
from sim.state import State
from sim.state.places import Centrality, Municipalities
from sim.state.schools import Schools, Teachers, for_staff, staff_mean

RAW_TRAITS = 4  # random numbers that make a successor: newcomer or not, experience, qualification, practice


Leaving: TypeAlias = Callable[[State, Parameters, Floats], Ints]
Hiring: TypeAlias = Callable[[State, Parameters, Ints, Floats], None]


def teachers(state: State, p: Parameters, draw: Draws) -> None:
    """Teachers leave in summer; successors start in August."""
    change_staff(state, p, draw, who_leaves, hire)


def teachers_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`teachers`, compiled."""
    change_staff(state, p, draw, who_leaves_compiled, hire_compiled)


def change_staff(state: State, p: Parameters, draw: Draws, leaving: Leaving, hiring: Hiring) -> None:
    """Some leave, everybody grows a year older, and the posts are filled."""
    staff = state[Teachers]
    rows = leaving(state, p, draw.uniform("teacher leaves", staff.id))
    hiring(state, p, rows, draw.uniform("teacher who comes", staff.id[rows], per=RAW_TRAITS))


def who_leaves(state: State, p: Parameters, u: Floats) -> Ints:
    """Rows of those whose number in (0, 1) is below their chance of leaving, in rising order; then all are a year older."""
    staff = state[Teachers]
    base = for_staff(state[Schools], school_exit(state, p))
    rows = np.flatnonzero(u < teacher_exit_chance(base, staff.experience, staff.age, p[Turnover]))
    staff.age += 1
    staff.experience += 1
    staff.tenure += 1
    return rows


def who_leaves_compiled(state: State, p: Parameters, u: Floats) -> Ints:
    """`who_leaves`, compiled."""
    from sim.kernels import staff as kernels

    staff, t = state[Teachers], p[Turnover]
    early_and_settled = t.early_years, t.early_factor, t.settled_from, t.settled_to, t.settled_factor
    retiring = t.retirement_from, t.retirement_chance, t.retirement_latest - 1
    leavers = np.empty(len(staff), dtype=np.int64)
    n = kernels.leave(
        staff.age,
        staff.experience,
        staff.tenure,
        state[Schools].n_teachers,
        school_exit(state, p),
        u,
        np.array([*early_and_settled, *retiring]),
        leavers,
    )
    return leavers[:n].copy()


def school_exit(state: State, p: Parameters) -> Floats:
    """Yearly chance of leaving by school before the teacher's own traits count; shape (schools,)."""
    t = p[Turnover]
    by_centrality = np.array([t.teacher_exit_central, t.teacher_exit_middle, t.teacher_exit_remote])
    schools = state[Schools]
    chance: Floats = by_centrality[state[Municipalities].centrality[schools.municipality]]
    return chance * (1 + t.fatigue_factor * schools.fatigue)


def teacher_exit_chance(base: Floats, experience: Floats, age: Floats, t: Turnover) -> Floats:
    """Chance of leaving within the year, shape (teachers,): young teachers more, settled ones less, and retirement."""
    chance: Floats = np.asarray((t.early_factor - 1) * (experience <= t.early_years), dtype=np.float64)
    chance += 1
    chance += (t.settled_factor - 1) * ((experience >= t.settled_from) & (experience <= t.settled_to))
    chance *= base
    np.minimum(chance, 1, out=chance)
    old = np.flatnonzero(age >= min(t.retirement_from, t.retirement_latest - 1))
    chance[old] = np.maximum(chance[old], retirement_chance(age[old], t))
    return chance


def retirement_chance(age: Floats, t: Turnover) -> Floats:
    """Chance of retiring within the year, shape (teachers,): everybody has by the latest age."""
    return np.asarray(
        np.maximum(t.retirement_chance * (age >= t.retirement_from), age >= t.retirement_latest - 1)
    )


def hire(state: State, p: Parameters, rows: Ints, raw: Floats) -> None:
    """Fill the posts in `rows`, shape (k,), with successors made from the numbers `raw`, shape (k, 4); each school's turnover is
    their share, its practice the mean of the new staff room.
    """
    staff, schools, t, c, s = state[Teachers], state[Schools], p[Turnover], p[Classroom], p[Society]
    school = staff.school[rows]
    usual = staff_mean(schools, staff.baseline)[school]
    new = raw[:, 0] < t.newcomer_share
    experience = s.successor_experience * raw[:, 1] * 2 * ~new
    unqualified = state[Municipalities].unqualified[schools.municipality[school]]
    qualified = raw[:, 2] >= unqualified
    education = s.unqualified_gap * (unqualified - ~qualified)
    baseline = t.successor_resemblance * usual + education + practice_spread(s) * ndtri(raw[:, 3])
    staff.experience[rows] = experience
    staff.age[rows] = np.minimum(
        s.age_at_start + experience + s.age_spread * raw[:, 1], t.retirement_from - 1
    )
    staff.tenure[rows] = 0
    staff.qualified[rows] = qualified
    staff.baseline[rows] = baseline
    staff.practice[rows] = baseline - c.novice_gap * new
    staff.ownership[rows] = c.ownership_start
    schools.teacher_turnover[:] = np.bincount(school, minlength=len(schools)) / schools.n_teachers
    schools.practice[:] = staff_mean(schools, staff.practice)


def hire_compiled(state: State, p: Parameters, rows: Ints, raw: Floats) -> None:
    """`hire`, compiled."""
    from sim.kernels import staff as kernels

    staff, schools, t, c, s = state[Teachers], state[Schools], p[Turnover], p[Classroom], p[Society]
    experience = t.newcomer_share, s.successor_experience * 2
    baselines = t.successor_resemblance, s.unqualified_gap, practice_spread(s)
    ages = s.age_at_start, s.age_spread, t.retirement_from - 1
    kernels.hire(
        rows,
        schools.n_teachers,
        np.ascontiguousarray(raw.T),
        state[Municipalities].unqualified[schools.municipality],
        np.array([*experience, *baselines, *ages, c.novice_gap, c.ownership_start]),
        staff.age,
        staff.experience,
        staff.tenure,
        staff.qualified,
        staff.baseline,
        staff.practice,
        staff.ownership,
        schools.teacher_turnover,
        schools.practice,
    )


def practice_spread(s: Society) -> float:
    """SD of practice within a staff room."""
    return float(s.teacher_sd * np.sqrt(1 - s.practice_school_share))


def principals(state: State, p: Parameters, draw: Draws) -> None:
    """Principals leave; the successor's leadership is another's, and the staff room is shaken."""
    schools, t, c, s = state[Schools], p[Turnover], p[Classroom], p[Society]
    remote = state[Municipalities].centrality[schools.municipality] == Centrality.REMOTE
    chance = t.principal_exit * np.where(remote, t.principal_remote_factor, 1.0)
    schools.new_principal[:] = draw.happens("principal leaves", schools.id, chance)
    rows = np.flatnonzero(schools.new_principal)
    schools.principal_tenure += 1
    schools.principal_tenure[rows] = 0
    luck = draw.normal("principal who comes", schools.id[rows])
    schools.leadership[rows] = clipped(s.leadership_mean + s.leadership_sd * luck, 0, 1)
    schools.community[rows] *= 1 - c.new_principal_shakes


def heads(state: State, p: Parameters, draw: Draws) -> None:
    """Heads of schools leave; how much of the owner's competence stays depends on who else sits in the office [F6]."""
    owners, t, s = state[Municipalities], p[Turnover], p[Society]
    leaves = draw.happens("head of schools leaves", owners.id, t.head_exit)
    owners.head_tenure += 1
    owners.head_tenure[leaves] = 0
    luck = draw.normal("head of schools who comes", owners.id[leaves])
    own = clipped(s.competence_mean + s.competence_sd * luck, 0, 1)
    kept = owner_memory(owners, t.head_memory_fte)[leaves]
    owners.competence[leaves] = kept * owners.competence[leaves] + (1 - kept) * own
    owners.new_head[:] = leaves


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
    if state.now.season is Season.SPRING:
        none: Bools = np.zeros(1, dtype=bool)
        state[Schools].new_principal[:] = none
        state[Municipalities].new_head[:] = none


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
        compiled=teachers_compiled,
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
