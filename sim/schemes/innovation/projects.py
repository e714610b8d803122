"""Projects: who wins, what their schools learn, what an evaluation finds, and which methods others take up.

An effect evaluation sees the true effect through the noise of the schools that took part. Without one, a project's own people
judge it, and most find that it worked.
"""

from __future__ import annotations

from math import floor, log, sqrt
from typing import Annotated

import numpy as np

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.parameters.scope import Scope
from sim.processes.process import Process
from sim.randomness import Draws
from sim.rules import Luck, formula, rule
from sim.schemes.innovation.parameters import Innovation
from sim.schemes.innovation.state import SLOTS, InnovationSchools, Projects
from sim.state import State
from sim.state.places import Municipalities
from sim.state.schools import Schools

LEAST = 1e-9  # share of schools; keeps a share of none from dividing by nothing


def call(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn of a year with a call: owners and their UH partners compete; the winners' schools begin."""
    a = p[Innovation]
    due = a.active and state.now.season is Season.AUTUMN and state.now.year % a.call_every == 0
    if due and a.projects:
        hold_call(state, p, draw)


@rule
def hold_call(
    projects: Projects,
    mine: InnovationSchools,
    owners: Municipalities,
    schools: Schools,
    a: Innovation,
    scope: Scope,
    winning: Annotated[Luck, "luck of an innovation project"],
    methods: Annotated[Luck, "innovation project's method", 2],
    joining: Annotated[Luck, "school in an innovation project"],
) -> None:
    """The strongest and luckiest win, and their projects begin; what stood in their slots before is forgotten."""
    n = min(max(round(a.projects * scope.scale), 1), len(owners), SLOTS)
    merit, winners, slots = np.empty(len(owners)), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    for o in range(len(owners)):
        strength = (
            owners.capacity_fte[o] * owners.competence[o] * owners.network_support[o]
        ) ** a.apply_power
        merit[o] = strength / -log(winning.uniform(owners.id[o]))
    number = -1
    for k in range(len(projects)):
        number = max(number, projects.begun[k])
    for w in range(n):
        best = 0
        for o in range(len(owners)):
            best = o if merit[o] > merit[best] else best
        winners[w], merit[best] = best, -1.0  # can't win again
        number += 1
        slot = number % SLOTS
        slots[w], projects.begun[slot], projects.believed[slot] = slot, number, False
        projects.years_left[slot], projects.spread_left[slot] = a.years, 0.0
        projects.effect[slot] = true_effect(methods.uniform(number), methods.uniform(number, 1), a)
        for s in range(len(schools)):
            mine.project[s] = -1 if mine.project[s] == slot else mine.project[s]
            mine.adopted[s] = -1 if mine.adopted[s] == slot else mine.adopted[s]
    luck = np.empty(len(schools))
    joining.uniforms(schools.id, luck)
    for w in range(n):
        join(winners[w], slots[w], owners, schools, mine, luck, a)


@formula
def true_effect(works: float, size: float, a: Innovation) -> float:
    """What a method truly does, SD of practice per year, from numbers in (0, 1): most nothing, some something."""
    return -a.effect * log(size) if works < a.works_share else 0.0


@formula
def join(
    winner: int,
    slot: int,
    owners: Municipalities,
    schools: Schools,
    mine: InnovationSchools,
    luck: Floats,
    a: Innovation,
) -> None:
    """A project's schools: the winner's own first, then those of its network and of its UH partner.

    As many as there are places for: the nearest that are in no project, and of these the luckiest, by `luck`, shape (schools,).
    """
    near = np.empty(len(owners))
    for o in range(len(owners)):
        same_network = owners.network[o] == owners.network[winner]
        near[o] = 1.0 * (o == winner) + same_network + (owners.uh_unit[o] == owners.uh_unit[winner])
    rows, claims, n = np.empty(a.schools, dtype=np.int64), np.empty(a.schools), 0
    for s in range(len(schools)):
        close = near[schools.municipality[s]]
        claim = close + luck[s]
        if close == 0 or mine.project[s] >= 0 or (n == a.schools and claim <= claims[n - 1]):
            continue
        n = min(n + 1, a.schools)
        at = n - 1  # those with the same claim stay before
        while at > 0 and claim > claims[at - 1]:
            rows[at], claims[at] = rows[at - 1], claims[at - 1]
            at -= 1
        rows[at], claims[at] = s, claim
    for at in range(n):
        mine.project[rows[at]] = slot


def ask(state: State, p: Parameters, draw: Draws) -> None:
    """What schools in projects ask of their owners, where there are any."""
    if p[Innovation].asked_fte_per_school:
        add_to_load(state, p)


@rule
def add_to_load(mine: InnovationSchools, schools: Schools, owners: Municipalities, a: Innovation) -> None:
    """Owners keep up with their schools' projects, and half as much with methods that were taken up [D12]."""
    for s in range(len(schools)):
        share = 1.0 * (mine.project[s] >= 0) + (mine.adopted[s] >= 0) / 2
        if share > 0:
            o = schools.municipality[s]
            owners.load[o] += a.asked_fte_per_school * share / owners.capacity_fte[o]


def carry_out(state: State, p: Parameters, draw: Draws) -> None:
    """Half a year of projects, of evaluations that come due, and of methods that others have taken up."""
    go_on(state, p, draw)
    if state.now.season is Season.AUTUMN:
        take_up(state, p, draw)
    learn(state, p)


@rule
def go_on(
    projects: Projects,
    mine: InnovationSchools,
    a: Innovation,
    judging: Annotated[Luck, "innovation project is judged"],
    estimate: Annotated[Luck, "luck of an effect evaluation"],
) -> None:
    """Projects come nearer to their end. It is judged whether the methods of those that are over work, and others begin to take
    them up if so.
    """
    for k in range(len(projects)):
        running = projects.years_left[k] > 0
        projects.years_left[k] = max(projects.years_left[k] - 1 / 2, 0.0)
        projects.spread_left[k] = max(projects.spread_left[k] - 1 / 2, 0.0)
        if not running or projects.years_left[k] > 0:
            continue
        n_schools = 0
        for s in range(len(mine)):
            if mine.project[s] == k:
                n_schools += 1
                mine.project[s] = -1
        if a.evaluated:
            projects.believed[k] = found(projects.effect[k], n_schools, estimate.normal(projects.begun[k]), a)
        else:
            projects.believed[k] = judging.uniform(projects.begun[k]) < a.own_judgement
        projects.spread_left[k] = a.spread_years * projects.believed[k]


@formula
def found(effect: float, n_schools: int, z: float, a: Innovation) -> bool:
    """Whether an evaluation finds that a method works: over its years, against as many comparison schools.

    `z` is the standard normal luck of the estimate.
    """
    error = 2 * a.school_noise / sqrt(max(n_schools, 1))
    return effect * a.years + error * z > a.evidence_asked * error


@rule
def take_up(
    projects: Projects,
    mine: InnovationSchools,
    schools: Schools,
    a: Innovation,
    taking: Annotated[Luck, "school takes up a method"],
) -> None:
    """Schools outside any project take up a method that is held to work, for a school year."""
    open_to, n = np.empty(len(projects), dtype=np.int64), 0
    for k in range(len(projects)):
        open_to[n] = k  # stays if its method is still taken up, and is written over if not
        n += projects.spread_left[k] > 0
    mine.adopted[:] = -1
    if n == 0:
        return
    luck = np.empty(len(schools))
    taking.uniforms(schools.id, luck)
    for s in range(len(schools)):
        if luck[s] < a.spread * n and mine.project[s] < 0:
            which = floor(luck[s] / max(a.spread, LEAST))
            if which < n:
                mine.adopted[s] = open_to[which]


@rule
def learn(projects: Projects, mine: InnovationSchools, schools: Schools, a: Innovation) -> None:
    """What half a year of a project, or of a method that was taken up, gives its schools; it fills the time that they have for
    development, which the decentralised scheme's measures there then lack.
    """
    for s in range(len(schools)):
        if mine.project[s] >= 0:
            schools.learning[s] += projects.effect[mine.project[s]] / 2
            schools.occupied[s] = 1.0
            schools.involvement[s] = max(schools.involvement[s], a.involvement)
            schools.in_project[s] = True
        if mine.adopted[s] >= 0:
            schools.learning[s] += a.at_scale * projects.effect[mine.adopted[s]] / 2
            schools.occupied[s] = 1.0
            schools.involvement[s] = max(schools.involvement[s], a.adopted_involvement)


ASK = Process(
    "innovation.ask",
    ask,
    "Projects under way ask their share of owners' time, as every scheme does.",
    "assumption after AFI-rapport 2026:02, 3.6 [D12]",
)
CALL = Process(
    "innovation.call",
    call,
    "Partnerships compete when the Research Council calls.",
    "AFI-rapport 2026:02, 1.3; OECD 2020",
)
CARRY_OUT = Process(
    "innovation.carry_out",
    carry_out,
    "What time projects and methods fill is known before other measures are carried out.",
    "AFI-rapport 2026:02, 1.3; OECD 2020",
)
