"""Small grants: their price, whether they are decided on in time, and who gets them when wishes come to more than the money."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.rules import formula
from sim.schemes.vocational.assumptions import CountyWork, TakeUp
from sim.schemes.vocational.levers import ForumRole, Vocational
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers


@formula
def share_out(
    owners: CountyOwners,
    schools: UpperSchools,
    teachers: VocationalTeachers,
    levers: Vocational,
    a: TakeUp,
    rows: Ints,
    asks: Floats,
    chance: Floats,
    late: Bools,
    asked: Floats,
    together: Floats,
) -> None:
    """Small grants go to those who asked for something that can be had, as far as the money goes.

    If wishes come to more than the money, luck decides who gets it, and what is too little for one goes to the next in line.
    What is decided on too late, or not at all, is not carried out, and its money lies. What nobody asked for may be moved to
    the training side, unless a plan has set it apart. What was used goes to the owners' account, and so do the hours that firms
    spend on teachers who stay there.

    Parameters
    ----------
    rows : array of int, shape (those who asked,)
        Rows of the teachers who did, in order.
    asks : array, shape (teachers,)
        Luck by which teachers ask, in (0, 1): those below their school's chance do.
    chance : array, shape (schools,)
    late : array of bool, shape (teachers,)
        Whose grant is not decided on in time.
    asked, together : array, shape (counties,)
        What small measures asked for would cost, and what collective measures do, NOK.
    """
    given, used, granted = np.zeros(len(owners)), np.zeros(len(owners)), np.zeros(len(rows), dtype=np.bool_)
    money, part = np.empty(len(owners)), np.empty(len(owners))
    costs, whose = np.empty(len(rows)), np.empty(len(rows), dtype=np.int64)
    for k in range(len(owners)):
        money[k] = owners.schools_nok[k] - together[k]
        part[k] = min(money[k] / max(asked[k], 1.0), 1.0)
    for j in range(len(rows)):
        costs[j] = price_of(teachers.measure[rows[j]], levers, a)
        whose[j] = owners.owner[schools.county[teachers.school[rows[j]]]]
    for once_more in (False, True):
        for j in range(len(rows)):
            i, k = rows[j], whose[j]
            in_turn = once_more or asks[i] < chance[teachers.school[i]] * part[k]
            gets = costs[j] > 0 and in_turn and not granted[j] and given[k] + costs[j] <= money[k]
            granted[j] |= gets
            given[k] += gets * costs[j]
    schools.reached[:] = 0
    for j in range(len(rows)):
        i, k = rows[j], whose[j]
        done = granted[j] and not late[i]
        used[k] += done * costs[j]
        owners.hours[k] += done * a.host_hours * (teachers.measure[i] == SmallMeasure.STAY)
        schools.reached[teachers.school[i]] += done
        teachers.measure[i] = teachers.measure[i] if done else SmallMeasure.NONE
    for s in range(len(schools)):
        schools.reached[s] /= max(schools.n_teachers[s], 1)
    for k in range(len(owners)):
        owners.used_nok[k] = min(round(together[k] + used[k]), owners.pot_nok[k])
        owners.left_nok[k] = 0.0 if levers.plan else max(money[k] - given[k], 0.0)


@formula
def decided_in_time(trust: float, levers: Vocational, a: TakeUp, c: CountyWork) -> float:
    """Part of the small grants that are decided on, and in time to be used, in [0, 1].

    All of them where the county decides from day to day. A forum of parties that decides meets a few times a year: part of
    what is asked for between meetings comes too late, and part of it the parties don't agree on, the less they trust each
    other.
    """
    if levers.forum_role != ForumRole.DECIDING:
        return 1.0
    return (1 - (1 - a.fixed_catches) / c.meetings) * (1 - c.deciding_blocks * (1 - trust))


@formula
def handled(direct: bool, done: float, c: CountyWork) -> float:
    """Part of the small grants that a county's office handles in time, in [0, 1]; money handed straight to schools needs no
    handling.
    """
    return 1.0 if direct else 1 - c.put_off * (1 - done)


@formula
def carried_part(owners: CountyOwners, k: int) -> float:
    """What a county can use this school year of money carried over from the last, NOK; it is the schools', and comes once."""
    usable = owners.schools_nok[k] + owners.training_nok[k]
    return float(usable * owners.carried_nok[k] / max(owners.pot_nok[k], 1))


@formula
def shares(levers: Vocational) -> tuple[float, float, float]:
    """How wishes are spread over stays, second teachers and courses, adding up to one; courses get what is left."""
    stay = levers.hospitering_share
    second = min(levers.second_teacher_share, 1 - stay)
    return stay, second, 1 - stay - second


@formula
def price_of(kind: int, levers: Vocational, a: TakeUp) -> float:
    """Price of a kind of small measure, NOK."""
    if kind == SmallMeasure.NONE:
        return 0.0
    if kind == SmallMeasure.STAY:
        return levers.small_grant_nok
    return a.second_teacher_nok if kind == SmallMeasure.SECOND_TEACHER else a.course_nok


@formula
def mean_price(levers: Vocational, a: TakeUp) -> float:
    """Mean price of a wish, NOK."""
    stay, second, course = shares(levers)
    return stay * levers.small_grant_nok + second * a.second_teacher_nok + course * a.course_nok
