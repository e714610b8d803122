"""Teachers, principals and heads of schools leave, and others come in their place.

A post that stays is filled at once. The successor comes from the labour market, whose quality the model holds constant; where
a leaver goes is not followed, because matching leavers to vacancies would let one decision ripple through the whole country and
undo the pairing of worlds.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Bools, Ints, Number
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

AT_A_TIME = 2048  # teachers, or a few more: what is at hand of some schools stays near the processor
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

    Like seeks like: a successor is drawn around the staff room's lasting norm, whoever happens to sit in it. What colleagues
    have learned meanwhile reaches the newcomer as they share it (`sim.processes.practice`), not by way of the norm. Posts come
    and go as planned (`sim.processes.staffing`). Each school's turnover is the share of posts with somebody new, its practice the
    mean of the new staff room.
    """
    luck, chance, traits = np.empty(len(staff)), np.empty(len(staff)), np.empty((RAW_TRAITS, len(staff)))
    leaving, open_posts = np.empty(len(staff), dtype=np.int64), np.empty(len(staff), dtype=np.int64)
    posts = np.empty(len(staff), dtype=np.int64)
    spread, first, until = practice_spread(s), 0, 0
    while until < len(schools):
        begin, since = first, until
        while until < len(schools) and first - begin < AT_A_TIME:
            rows, fatigue = schools.n_teachers[until] + schools.spare[until], schools.fatigue[until]
            exit_here = school_exit(owners.centrality[schools.municipality[until]], fatigue, t)
            chance[first - begin : first - begin + rows] = exit_here
            first += rows
            until += 1
        these, n_leaving = slice(begin, first), 0
        age, experience, tenure = staff.age[these], staff.experience[these], staff.tenure[these]
        own, base = luck[: len(age)], chance[: len(age)]
        leaves.uniforms(staff.id[these], own)
        for i in range(len(own)):
            own[i] -= teacher_exit_chance(base[i], experience[i], age[i], t)
        for i in range(len(own)):
            leaving[n_leaving] = begin + i  # stays if they leave, and is written over if not
            n_leaving += own[i] < 0
        for i in range(len(own)):
            age[i] += 1
            experience[i] += 1
            tenure[i] += 1
        n = change_posts(staff, schools, since, until, begin, leaving[:n_leaving], s.age_at_start, open_posts)
        for k in range(n):
            posts[k] = staff.id[open_posts[k]]
        comes.uniforms(posts[:n], traits[0, :n], 0)
        comes.uniforms(posts[:n], traits[1, :n], 1)
        comes.uniforms(posts[:n], traits[2, :n], 2)
        comes.normals(posts[:n], traits[-1, :n], RAW_TRAITS - 1)
        row, k = begin, 0
        for school in range(since, until):
            practice, hired = staff.practice[row : row + schools.n_teachers[school]], k
            row += schools.n_teachers[school] + schools.spare[school]
            unqualified, norm = owners.unqualified[schools.municipality[school]], schools.norm[school]
            while k < n and open_posts[k] < row:
                i, new, qualified = (
                    open_posts[k],
                    traits[0, k] < t.newcomer_share,
                    traits[2, k] >= unqualified,
                )
                years = 0.0 if new else s.successor_experience * traits[1, k] * 2
                settles = settles_at(norm, qualified, spread * traits[3, k], s)
                staff.age[i] = age_on_coming(years, traits[1, k], s, t)
                staff.experience[i], staff.tenure[i], staff.qualified[i] = years, 0, qualified
                staff.baseline[i], staff.practice[i] = settles, settles - (c.novice_gap if new else 0.0)
                staff.ownership[i] = c.ownership_start
                k += 1
            schools.teacher_turnover[school] = (k - hired) / len(practice)
            schools.practice[school] = total_of(practice) / len(practice)


@formula
def change_posts(
    staff: Teachers,
    schools: Schools,
    since: int,
    until: int,
    first: int,
    leaving: Ints,
    age_at_start: float,
    open_posts: Ints,
) -> int:
    """Posts come and go as planned in some schools; fills in rows that somebody comes to, and gives their number.

    Of the rows in `leaving` those that stand empty count for nothing; nobody grows old there. A post that goes is a leaver's,
    from the last on, or else that of whoever has been there shortest, which is an assumption.
    """
    n_open, k = 0, 0
    for school in range(since, until):
        n, change, begin = schools.n_teachers[school], schools.posts_change[school], k
        while k < len(leaving) and leaving[k] < first + n:
            k += 1
        unfilled = min(k - begin, max(-change, 0))
        for j in range(unfilled):
            move(staff, first + n - 1 - j, leaving[k - 1 - j])
        for j in range(unfilled, -change):
            move(staff, first + n - 1 - j, newest(staff, first, first + n - j))
        for j in range(begin, k - unfilled):
            open_posts[n_open] = leaving[j]
            n_open += 1
        for row in range(first + n, first + n + change):
            open_posts[n_open], staff.held[row] = row, True
            n_open += 1
        first += n + schools.spare[school]
        while k < len(leaving) and leaving[k] < first:
            staff.age[leaving[k]] = age_at_start
            k += 1
        schools.n_teachers[school], schools.posts_change[school] = n + change, 0
        schools.spare[school] -= change
    return n_open


@formula
def newest(staff: Teachers, first: int, end: int) -> int:
    """The row of whoever has been shortest in post, among some."""
    found = first
    for i in range(first, end):
        if staff.tenure[i] <= staff.tenure[found]:
            found = i
    return found


@formula
def move(staff: Teachers, last: int, to: int) -> None:
    """A post goes: the holder of the school's last row takes the place of the one who goes, and the last row stands empty."""
    staff.age[to], staff.experience[to] = staff.age[last], staff.experience[last]
    staff.tenure[to], staff.qualified[to] = staff.tenure[last], staff.qualified[last]
    staff.baseline[to], staff.practice[to] = staff.baseline[last], staff.practice[last]
    staff.ownership[to], staff.held[last] = staff.ownership[last], False


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
    return chance if chance > retires else retires  # noqa: FURB136 - numba makes a branch of max


@formula
def age_on_coming(experience: Number, u: Number, s: Society, t: Turnover) -> Number:
    """Age of somebody who comes, from a number in (0, 1): nobody is hired to retire."""
    age = s.age_at_start + experience + s.age_spread * u
    return age + (t.retirement_from - 1 - age) * (age > t.retirement_from - 1)


@formula
def practice_spread(s: Society) -> float:
    """SD of practice within a staff room among those with the same education.

    What the schools' norms and teachers' education leave of the nation's variance.
    """
    education = s.unqualified_gap**2 * s.unqualified_mean * (1 - s.unqualified_mean)
    left = 1 - s.practice_school_share - education
    return s.teacher_sd * float(np.sqrt(left if left > 0 else 0.0))


@formula
def settles_at(norm: Number, qualified: Bools | bool, own: Number, s: Society) -> Number:
    """The practice that a teacher has without any support and once no longer new, in SD.

    Parameters
    ----------
    norm : the staff room's lasting norm
    qualified : has teacher education; those without lie below, where the nation's mean is 0
    own : how the teacher differs from others of the same education, in SD
    """
    return norm + s.unqualified_gap * (s.unqualified_mean - (1 - qualified)) + own


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
            size = relative_size(owners.population[o], s)
            own = share_of(brought_along(size, comes.normal(owners.id[o]), s))
            kept = kept_by_office(owners.capacity_fte[o], owners.continuity[o], t.head_memory_fte)
            owners.competence[o] = kept * owners.competence[o] + (1 - kept) * own


@formula
def relative_size(population: Number, s: Society) -> Number:
    """Logarithm of inhabitants from the mean municipality's, in SD."""
    return (np.log(np.maximum(population, 1)) - s.population_log_mean) / s.population_log_sd


@formula
def brought_along(size: Number, luck: Number, s: Society) -> Number:
    """Competence of a head of schools who comes: more where the municipality is large, which has more to choose from."""
    luck_share = (1 - s.competence_size**2) ** (1 / 2)
    return s.competence_mean + s.competence_sd * (s.competence_size * size + luck_share * luck)


@formula
def memory_share(capacity_fte: Number, half_fte: float) -> Number:
    """Share of what is known that outlives a change of head by staff alone: more where there is more of it."""
    return capacity_fte / (capacity_fte + half_fte)


@formula
def kept_by_office(capacity_fte: Number, continuity: Number, half_fte: float) -> Number:
    """Share of an owner's competence that outlives a change of head: by staff, and by plans and routines."""
    by_staff = memory_share(capacity_fte, half_fte)
    return by_staff + continuity * (1 - by_staff)


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
