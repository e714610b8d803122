"""Projects: who wins, what their schools learn, what an evaluation finds, and which methods others take up.

An effect evaluation sees the true effect through the noise of the schools that took part. Without one, a project's own people
judge it, and most find that it worked.
"""

from __future__ import annotations

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


def call(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn of a year with a call: owners and their UH partners compete; the winners' schools begin."""
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
    join(state, winners, slots, a, draw)


def give_way(schools: InnovationSchools, slots: Ints) -> None:
    """What stood in the slots before is forgotten."""
    for column in (schools.project, schools.adopted):
        column[np.isin(column, slots)] = -1


def true_effect(works: Floats, size: Floats, a: Innovation) -> Floats:
    """What methods truly do, SD of practice per year, from numbers in (0, 1), same shape: most nothing, some something."""
    return np.where(works < a.works_share, -a.effect * np.log(size), 0)


def join(state: State, winners: Ints, slots: Ints, a: Innovation, draw: Draws) -> None:
    """A project's schools: the winner's own first, then those of its network and of its UH partner."""
    owners, schools, mine = state[Municipalities], state[Schools], state[InnovationSchools]
    for winner, slot in zip(winners.tolist(), slots.tolist(), strict=True):
        near = (
            (np.arange(len(owners)) == winner).astype(np.int64)
            + (owners.network == owners.network[winner])
            + (owners.uh_unit == owners.uh_unit[winner])
        )
        of_school = near[schools.municipality] * (mine.project < 0)
        rows = np.flatnonzero(of_school > 0)
        luck = draw.uniform("school in an innovation project", schools.id[rows])
        mine.project[rows[np.argsort(-of_school[rows] - luck, kind="stable")[: a.schools]]] = slot


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


def end(state: State, a: Innovation, draw: Draws) -> None:
    """Projects come to their end; it is judged whether the method works, and others begin to take it up if so."""
    projects, mine = state[Projects], state[InnovationSchools]
    running = projects.years_left > 0
    projects.years_left[:] = np.maximum(projects.years_left - 1 / 2, 0)
    projects.spread_left[:] = np.maximum(projects.spread_left - 1 / 2, 0)
    over = np.flatnonzero(running & (projects.years_left == 0))
    if not len(over):
        return
    n_schools = np.bincount(mine.project[mine.project >= 0], minlength=SLOTS)
    u = draw.uniform("innovation project is judged", projects.begun[over])
    z = draw.normal("luck of an effect evaluation", projects.begun[over])
    by_effect = found(projects.effect[over], n_schools[over], z, a)
    projects.believed[over] = by_effect if a.evaluated else u < a.own_judgement
    projects.spread_left[over] = a.spread_years * projects.believed[over]
    mine.project[np.isin(mine.project, over)] = -1


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
    u = draw.uniform("school takes up a method", schools.id)
    which = np.floor(u / max(a.spread, 1e-9)).astype(np.int64)
    takes = (u < a.spread * len(open_to)) & (which < len(open_to)) & (mine.project < 0)
    mine.adopted[takes] = open_to[which[takes]]


CALL = Process(
    "innovation.call",
    call,
    "Partnerships compete when the Research Council calls.",
    "AFI-rapport 2026:02, 1.3; OECD 2020",
)
CARRY_OUT = Process(
    "innovation.carry_out",
    carry_out,
    "Projects run beside the schemes that everybody takes part in.",
    "AFI-rapport 2026:02, 1.3; OECD 2020",
)
