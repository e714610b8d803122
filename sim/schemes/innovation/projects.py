"""Projects: who wins, what their schools learn, what an evaluation finds, and which methods others take up.

An effect evaluation sees the true effect through the noise of the schools that took part. Without one, a project's own people
judge it, and most find that it worked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.innovation.parameters import Innovation
from sim.schemes.innovation.state import SLOTS, InnovationSchools, Projects
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools

LEAST = 1e-9  # share of schools; keeps a share of none from dividing by nothing

Joining: TypeAlias = Callable[[State, Ints, Ints, Innovation, Draws], None]


def call(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn of a year with a call: owners and their UH partners compete; the winners' schools begin."""
    hold_call(state, p, draw, join)


def call_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`call`, compiled."""
    hold_call(state, p, draw, join_compiled)


def hold_call(state: State, p: Parameters, draw: Draws, joining: Joining) -> None:
    """If a call is due, the strongest and luckiest win, and their projects begin."""
    a = p[Innovation]
    due = a.active and state.now.season is Season.AUTUMN and state.now.year % a.call_every == 0
    if not due or not a.projects:
        return
    projects, owners = state[Projects], state[Municipalities]
    n = min(max(round(a.projects * p[Scope].scale), 1), len(owners), SLOTS)
    strength = (owners.capacity_fte * owners.competence * owners.network_support) ** a.apply_power
    luck = -np.log(draw.uniform("luck of an innovation project", owners.id))
    winners = np.argsort(-strength / luck, kind="stable")[:n]
    number = projects.begun.max() + 1 + np.arange(n)
    slots = number % SLOTS
    give_way(state[InnovationSchools], slots)
    u = draw.uniform("innovation project's method", number, per=2)
    projects.begun[slots], projects.years_left[slots], projects.spread_left[slots] = number, a.years, 0
    projects.believed[slots] = False
    projects.effect[slots] = true_effect(u[:, 0], u[:, 1], a)
    joining(state, winners, slots, a, draw)


def give_way(schools: InnovationSchools, slots: Ints) -> None:
    """What stood in the slots before is forgotten."""
    for column in (schools.project, schools.adopted):
        column[of_any(slots, column)] = -1


def of_any(slots: Ints, project: Ints) -> Bools:
    """Whether each school's project, -1 for none, is in one of the slots, shape (schools,)."""
    one_of = np.zeros(SLOTS + 1, dtype=np.bool_)  # the last is what -1 finds
    one_of[slots] = True
    return one_of[project]


def true_effect(works: Floats, size: Floats, a: Innovation) -> Floats:
    """What methods truly do, SD of practice per year, from numbers in (0, 1), same shape: most nothing, some something."""
    return np.where(works < a.works_share, -a.effect * np.log(size), 0)


def join(state: State, winners: Ints, slots: Ints, a: Innovation, draw: Draws) -> None:
    """A project's schools: the winner's own first, then those of its network and of its UH partner."""
    owners, schools, mine = state[Municipalities], state[Schools], state[InnovationSchools]
    luck = school_luck(schools, draw)
    for winner, slot in zip(winners.tolist(), slots.tolist(), strict=True):
        near = (
            (np.arange(len(owners)) == winner).astype(np.int64)
            + (owners.network == owners.network[winner])
            + (owners.uh_unit == owners.uh_unit[winner])
        )
        of_school = near[schools.municipality] * (mine.project < 0)
        rows = np.flatnonzero(of_school > 0)
        order = np.argsort(-of_school[rows] - luck[rows], kind="stable")
        mine.project[rows[order[: a.schools]]] = slot


def join_compiled(state: State, winners: Ints, slots: Ints, a: Innovation, draw: Draws) -> None:
    """`join`, compiled."""
    from sim.kernels import innovation as kernels

    owners, schools = state[Municipalities], state[Schools]
    luck, project = school_luck(schools, draw), state[InnovationSchools].project
    kernels.join(
        winners, slots, owners.network, owners.uh_unit, schools.municipality, luck, a.schools, project
    )


def school_luck(schools: Schools, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide which of the schools near a winner are in its project, shape (schools,)."""
    return draw.uniform("school in an innovation project", schools.id)


def carry_out(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of projects, of evaluations that come due, and of methods that others have taken up."""
    a, projects, mine, schools = p[Innovation], state[Projects], state[InnovationSchools], state[Schools]
    if projects.begun.max() < 0:
        return
    end(state, a, draw)
    if state.now.season is Season.AUTUMN:
        take_up(state, a, draw)
    for row, involved in ((mine.project, a.involvement), (mine.adopted, a.adopted_involvement)):
        busy = np.flatnonzero(row >= 0)
        gain = projects.effect[row[busy]] / 2
        schools.learning[busy] += gain
        schools.involvement[busy] = np.maximum(schools.involvement[busy], involved)


def carry_out_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`carry_out`, compiled."""
    from sim.kernels import innovation as kernels

    a, projects, mine, schools = p[Innovation], state[Projects], state[InnovationSchools], state[Schools]
    over, open_to = np.empty(SLOTS, dtype=np.int64), np.empty(SLOTS, dtype=np.int64)
    n_over = kernels.come_to_an_end(projects.begun, projects.years_left, projects.spread_left, over)
    if n_over < 0:
        return
    if n_over:
        judge(state, over[:n_over], a, draw)
    if state.now.season is Season.AUTUMN:
        n_open = kernels.still_spreading(projects.spread_left, open_to)
        u = taking_luck(schools, draw) if n_open else np.zeros(0)
        step, upto = max(a.spread, LEAST), a.spread * n_open
        kernels.take_up(u, step, upto, open_to[:n_open], mine.project, mine.adopted)
    involved = a.involvement, a.adopted_involvement
    kernels.carry_out(
        projects.effect, mine.project, mine.adopted, *involved, schools.learning, schools.involvement
    )


def end(state: State, a: Innovation, draw: Draws) -> None:
    """Projects come nearer to their end, and those that are over are judged."""
    projects = state[Projects]
    running = projects.years_left > 0
    projects.years_left[:] = np.maximum(projects.years_left - 1 / 2, 0)
    projects.spread_left[:] = np.maximum(projects.spread_left - 1 / 2, 0)
    over = np.flatnonzero(running & (projects.years_left == 0))
    if len(over):
        judge(state, over, a, draw)


def judge(state: State, over: Ints, a: Innovation, draw: Draws) -> None:
    """It is judged whether the methods of projects that are over work, and others begin to take them up if so."""
    projects, mine = state[Projects], state[InnovationSchools]
    n_schools = np.bincount(mine.project[mine.project >= 0], minlength=SLOTS)
    u = draw.uniform("innovation project is judged", projects.begun[over])
    z = draw.normal("luck of an effect evaluation", projects.begun[over])
    by_effect = found(projects.effect[over], n_schools[over], z, a)
    projects.believed[over] = by_effect if a.evaluated else u < a.own_judgement
    projects.spread_left[over] = a.spread_years * projects.believed[over]
    mine.project[of_any(over, mine.project)] = -1


def found(effect: Floats, n_schools: Ints, z: Floats, a: Innovation) -> Bools:
    """Whether an evaluation finds that a method works, shape (projects,): over its years, against as many comparison schools.

    `z` is the standard normal luck of the estimate.
    """
    error = 2 * a.school_noise / np.sqrt(np.maximum(n_schools, 1))
    return np.asarray(effect * a.years + error * z > a.evidence_asked * error)


def take_up(state: State, a: Innovation, draw: Draws) -> None:
    """Schools outside any project take up a method that is held to work, for a school year."""
    projects, mine, schools = state[Projects], state[InnovationSchools], state[Schools]
    mine.adopted[:] = -1
    open_to = np.flatnonzero(projects.spread_left > 0)
    if not len(open_to):
        return
    u = taking_luck(schools, draw)
    which = np.floor(u / max(a.spread, LEAST)).astype(np.int64)
    takes = (u < a.spread * len(open_to)) & (which < len(open_to)) & (mine.project < 0)
    mine.adopted[takes] = open_to[which[takes]]


def taking_luck(schools: Schools, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide which schools take up which method, shape (schools,)."""
    return draw.uniform("school takes up a method", schools.id)


CALL = Process(
    "innovation.call",
    call,
    "Partnerships compete when the Research Council calls.",
    "AFI-rapport 2026:02, 1.3; OECD 2020",
    call_compiled,
)
CARRY_OUT = Process(
    "innovation.carry_out",
    carry_out,
    "Projects run beside the schemes that everybody takes part in.",
    "AFI-rapport 2026:02, 1.3; OECD 2020",
    carry_out_compiled,
)
