"""What vocational teachers wish for, what it costs, and whether so small a community can bear it [V2]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Codes, Floats, Ints
from sim.parameters.registry import Parameters
from sim.processes.implementing import saturating
from sim.randomness import Draws
from sim.schemes.vocational import groups
from sim.schemes.vocational.assumptions import Groups, TakeUp
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import (
    CountyOwners,
    SmallMeasure,
    Trades,
    UpperSchools,
    VocationalTeachers,
    owned_by,
)
from sim.state import State
from sim.world.borders import added_up


def meet(state: State, chance: Floats, p: Parameters, draw: Draws) -> None:
    """Teachers ask for something with their school's chance, shape (schools,), and get it if their trade can bear it."""
    owners, schools, teachers = state[CountyOwners], state[UpperSchools], state[VocationalTeachers]
    levers, a = p[Vocational], p[TakeUp]
    rows = np.flatnonzero(asking_luck(teachers, draw) < chance[teachers.school])
    owner = owned_by(schools.county, owners)
    county, trade = owner[teachers.school[rows]], teachers.trade[rows]
    in_county = community(owner, teachers, len(owners), len(state[Trades]))
    colleagues = groups.colleagues(in_county, levers.flexible_collective, p[Groups])[county, trade]
    firms = added_up(owners.owner, owners.firms, len(owners))[county] * state[Trades].size[trade]
    u = wishing_luck(teachers, rows, draw)
    kind = kinds(u[:, 0], levers)
    there = u[:, 1] < can_be_had(kind, colleagues, firms, a)
    teachers.measure[:] = SmallMeasure.NONE
    teachers.measure[rows] = np.where(there, kind, SmallMeasure.NONE)
    teachers.unmet[:] = False
    teachers.unmet[rows] = ~there


def meet_compiled(
    state: State, chance: Floats, owner: Ints, p: Parameters, draw: Draws
) -> tuple[Ints, Ints, Codes, Floats, Floats]:
    """First part of `meet`, compiled: rows of who ask and of their schools, what for, the chance that it can't be had, luck."""
    from sim.kernels import vocational as kernels

    owners, schools, teachers = state[CountyOwners], state[UpperSchools], state[VocationalTeachers]
    levers, a = p[Vocational], p[TakeUp]
    rows, of_schools = np.empty(len(teachers), dtype=np.int64), np.empty(len(teachers), dtype=np.int64)
    n = kernels.asking(schools.n_teachers, chance, asking_luck(teachers, draw), rows, of_schools)
    rows, of_schools = rows[:n], of_schools[:n]
    u = np.ascontiguousarray(wishing_luck(teachers, rows, draw).T)
    kind, exponent = np.empty(len(rows), dtype=np.int8), np.empty(len(rows))
    elsewhere = levers.flexible_collective * p[Groups].beyond
    kernels.wish(
        owner,
        schools.n_teachers,
        teachers.trade,
        rows,
        of_schools,
        u[0],
        owners.owner,
        owners.firms,
        state[Trades].size,
        np.array([*steps(levers), elsewhere, a.course_community, a.stay_firms]),
        kind,
        exponent,
    )
    return rows, of_schools, kind, np.exp(exponent), u[1]


def asking_luck(teachers: VocationalTeachers, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide who asks for something, shape (teachers,)."""
    return draw.uniform("vocational teacher asks for something", teachers.id)


def wishing_luck(teachers: VocationalTeachers, rows: Ints, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide what those in `rows` ask for, and whether they get it, shape (len(rows), 2)."""
    return draw.uniform("what a vocational teacher asks for", teachers.id[rows], per=2)


def community(owner: Ints, teachers: VocationalTeachers, n_owners: int, n_trades: int) -> Floats:
    """Vocational teachers of each trade in each county, shape (counties, trades); `owner` is each school's county's row."""
    cell = (owner * n_trades)[teachers.school]
    cell += teachers.trade
    count = np.bincount(cell, minlength=n_owners * n_trades)
    return count.reshape(n_owners, n_trades).astype(np.float64)


def shares(levers: Vocational) -> Floats:
    """How wishes are spread over stays, second teachers and courses, shape (3,), adding up to one; courses get what is left."""
    stay = levers.hospitering_share
    second = min(levers.second_teacher_share, 1 - stay)
    return np.array([stay, second, 1 - stay - second])


def kinds(u: Floats, levers: Vocational) -> Codes:
    """What is asked for, from numbers in (0, 1), same shape."""
    return (SmallMeasure.STAY + np.searchsorted(steps(levers), u, side="right")).astype(np.int8)


def steps(levers: Vocational) -> tuple[float, float]:
    """Numbers below which a stay is asked for, and below which that or a second teacher."""
    stay = levers.hospitering_share
    return stay, stay + min(levers.second_teacher_share, 1 - stay)


def prices(levers: Vocational, a: TakeUp) -> Floats:
    """Price of each kind of small measure, NOK, in the order of `SmallMeasure`, shape (4,)."""
    return np.array([0, levers.small_grant_nok, a.second_teacher_nok, a.course_nok], dtype=np.float64)


def mean_price(levers: Vocational, a: TakeUp) -> float:
    """Mean price of a wish, NOK."""
    return float(shares(levers) @ prices(levers, a)[1:])


def can_be_had(kind: Codes, colleagues: Floats, firms: Floats, a: TakeUp) -> Floats:
    """Chance that something fitting is there, in [0, 1], same shape [V2].

    A course needs colleagues of the trade in the county; a stay or a professional who teaches along needs one of its firms.
    """
    by_firms = saturating(firms, a.stay_firms)
    return np.where(kind == SmallMeasure.COURSE, saturating(colleagues, a.course_community), by_firms)
