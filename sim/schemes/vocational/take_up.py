"""Take-up: which schools and teachers get a measure, by wishes, paperwork, deadlines, trades' communities and money [V1, V2]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.vocational import groups, wishes
from sim.schemes.vocational.assumptions import CountyWork, Groups, TakeUp
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import (
    CountyOwners,
    SmallMeasure,
    UpperSchools,
    VocationalTeachers,
    owned_by,
)
from sim.state import State

LEAST = 1e-9  # NOK: no threshold at all


def take_up(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn: schools take part or not, collective measures begin or go on, teachers' wishes are met or not."""
    if state.now.season is not Season.AUTUMN:
        return
    levers, a, owners, schools = p[Vocational], p[TakeUp], state[CountyOwners], state[UpperSchools]
    if not levers.active:
        leave(state)
        return
    owner = owned_by(schools.county, owners)
    hours, direct = paperwork(owners, levers, p), owners.direct_habit < levers.direct_share
    school_nok = schools.n_teachers.astype(float) * a.wish_share * wishes.mean_price(levers, a)
    applied = worth_applying(hours[owner], levers.small_grant_nok, levers.least_nok, school_nok, a)
    worth = np.where(direct[owner], a.direct_use, applied)
    u = luck(schools, draw)
    schools.takes_part[:] = u[:, 0] < chance_to_take_part(schools, worth, a)
    collective_nok = owners.schools_nok * levers.collective_share
    schools.in_collective[:] = affordable(
        schools.takes_part, u[:, 1], owner, collective_nok, collective_price(schools, p)
    )
    in_time = np.where(direct | (owners.rolling_habit < levers.rolling_share), 1, a.fixed_catches)
    chance = a.wish_share * worth * in_time[owner] * schools.takes_part
    wanted_nok = np.bincount(owner, chance * schools.n_teachers, len(owners)) * wishes.mean_price(levers, a)
    chance *= np.minimum((owners.schools_nok - collective_nok) / np.maximum(wanted_nok, 1), 1)[owner]
    wishes.meet(state, chance, p, draw)
    account(state, hours, direct, p)


def take_up_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`take_up`, compiled."""
    if state.now.season is not Season.AUTUMN:
        return
    levers, a, owners, schools = p[Vocational], p[TakeUp], state[CountyOwners], state[UpperSchools]
    if not levers.active:
        leave(state)
        return
    from sim.kernels import vocational as kernels

    owner, mean_price = owned_by(schools.county, owners), wishes.mean_price(levers, a)
    hours, in_time, direct = (
        np.empty(len(owners)),
        np.empty(len(owners)),
        np.empty(len(owners), dtype=np.bool_),
    )
    by_rules = p[CountyWork].joint_paperwork * (1 - levers.visibility_rules)
    paper = levers.paperwork_hours, a.models_relief, a.double_work, by_rules
    kernels.apply(
        owners.contact,
        owners.joined,
        owners.models,
        owners.direct_habit,
        owners.rolling_habit,
        np.array([levers.direct_share, levers.rolling_share, *paper, a.fixed_catches]),
        direct,
        hours,
        in_time,
    )
    grant = levers.small_grant_nok, max(levers.least_nok, LEAST)
    usual = a.direct_use, a.school_stays, a.school_begins, a.usual_worth, a.private_part
    worth, away, ease = np.empty(len(schools)), np.empty(len(schools)), np.empty(len(schools))
    kernels.weigh(
        owner,
        schools.n_teachers,
        schools.takes_part,
        schools.county_owned,
        hours,
        direct,
        np.array([a.wish_share, mean_price, a.hour_nok, a.deterrent, *grant, *usual]),
        worth,
        away,
        ease,
    )
    groups_of = levers.flexible_collective, p[Groups].small_teachers, p[Groups].saves
    collective_nok, chance = np.empty(len(schools)), np.empty(len(schools))
    kernels.begin(
        owner,
        schools.n_teachers,
        np.ascontiguousarray(luck(schools, draw).T),
        away**ease,
        worth,
        owners.schools_nok,
        in_time,
        np.array([a.wish_share, mean_price, levers.collective_share, a.collective_nok, *groups_of]),
        schools.takes_part,
        schools.in_collective,
        collective_nok,
        chance,
    )
    rows, of_schools, kind, none, u = wishes.meet_compiled(state, chance, owner, p, draw)
    kernels.grant(
        rows,
        of_schools,
        kind,
        none,
        u,
        owner,
        schools.n_teachers,
        wishes.prices(levers, a),
        schools.in_collective,
        collective_nok,
        direct,
        hours,
        owners.pot_nok,
        state[VocationalTeachers].measure,
        state[VocationalTeachers].unmet,
        schools.reached,
        owners.used_nok,
        owners.hours,
    )


def luck(schools: UpperSchools, draw: Draws) -> Floats:
    """Numbers in (0, 1) that decide who takes part, and who is first in the queue for collective measures, (schools, 2)."""
    return draw.uniform("upper secondary school takes part", schools.id, per=2)


def leave(state: State) -> None:
    """Where the scheme does not run, nobody takes part."""
    schools, teachers = state[UpperSchools], state[VocationalTeachers]
    schools.takes_part[:] = schools.in_collective[:] = False
    schools.reached[:] = 0
    teachers.measure[:] = SmallMeasure.NONE
    teachers.unmet[:] = False
    state[CountyOwners].used_nok[:] = 0


def paperwork(owners: CountyOwners, levers: Vocational, p: Parameters) -> Floats:
    """Hours that a small grant takes, shape (counties,) [V1, V3, V4, V7].

    Good models take some away; without contact some is done twice; a joint scheme whose rules do not see vocational
    needs asks more.
    """
    a, c = p[TakeUp], p[CountyWork]
    doubled = 1 + a.double_work * ~owners.contact
    joint = 1 + c.joint_paperwork * (1 - levers.visibility_rules) * owners.joined
    return np.asarray(levers.paperwork_hours * (1 - a.models_relief * owners.models) * doubled * joint)


def worth_applying(
    hours: Floats, grant_nok: float, least_nok: float, school_nok: Floats, a: TakeUp
) -> Floats:
    """Part of the wishes that is worth an application, in [0, 1], shape (schools,) [V1].

    The grant counts against itself and what its paperwork deters; where there is a threshold, a small school's wishes reach
    it only in part.

    Parameters
    ----------
    hours, school_nok : arrays, shape (schools,)
        Hours of paperwork for a grant, and what the school's wishes come to in a year.
    """
    deterred = hours * a.hour_nok * a.deterrent
    over_threshold = np.minimum(school_nok / max(least_nok, LEAST), 1)
    return np.asarray(grant_nok / (grant_nok + deterred) * over_threshold)


def chance_to_take_part(schools: UpperSchools, worth: Floats, a: TakeUp) -> Floats:
    """Chance of taking part this year, in [0, 1], shape (schools,): those who did come again; more, the more is worth it."""
    usual = np.where(schools.takes_part, a.school_stays, a.school_begins)
    ease = worth / a.usual_worth * np.where(schools.county_owned, 1, a.private_part)
    return (1 - (1 - usual) ** ease) * (schools.n_teachers > 0)


def collective_price(schools: UpperSchools, p: Parameters) -> Floats:
    """What a collective measure costs, NOK, shape (schools,): less where a small school may share it with others."""
    shared = groups.shared(schools.n_teachers, p[Vocational].flexible_collective, p[Groups])
    return groups.price(p[TakeUp].collective_nok, shared, p[Groups])


def affordable(wants: Bools, u: Floats, owner: Ints, nok: Floats, price: Floats) -> Bools:
    """Which of the schools that want a collective measure get one, shape (schools,): as many as the county's money allows.

    In order of `u`, in (0, 1), so that more money takes nobody's away.
    """
    rows = np.flatnonzero(wants)
    rows = rows[np.argsort(2 * owner[rows] + u[rows])]
    first = np.searchsorted(owner[rows], owner[rows])
    running = np.concatenate([np.zeros(1), np.cumsum(price[rows])])
    gets = np.zeros_like(wants)
    gets[rows] = running[1:] - running[first] <= nok[owner[rows]]
    return gets


def account(state: State, hours: Floats, direct: Bools, p: Parameters) -> None:
    """What was used in schools, and hours spent on applications and reports."""
    owners, schools, teachers = state[CountyOwners], state[UpperSchools], state[VocationalTeachers]
    owner, n = owned_by(schools.county, owners), len(owners)
    rows = np.flatnonzero(teachers.measure != SmallMeasure.NONE)
    grants = np.bincount(teachers.school[rows], minlength=len(schools))
    schools.reached[:] = grants / np.maximum(schools.n_teachers, 1)
    each = wishes.prices(p[Vocational], p[TakeUp])[teachers.measure[rows]]
    in_schools = np.bincount(owner[teachers.school[rows]], each, n)
    together = np.bincount(owner, schools.in_collective * collective_price(schools, p), n)
    owners.used_nok[:] = np.minimum(np.rint(in_schools + together), owners.pot_nok)
    owners.hours += np.bincount(owner, grants, n) * ~direct * hours


PROCESS = Process(
    "vocational.take_up",
    take_up,
    "Money is there; now schools and teachers take it up or let it be.",
    "AFI-rapport 2026:02, 4 [V1, V2, V4]",
    take_up_compiled,
)
