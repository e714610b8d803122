"""What vocational teachers wish for, what it costs, and whether so small a community can bear it [V2]."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Grid
from sim.processes.implementing import saturating
from sim.rules import Luck, formula, rule
from sim.schemes.vocational.assumptions import CountyWork, Groups, TakeUp
from sim.schemes.vocational.groups import colleagues, price, shared
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, Trades, UpperSchools, VocationalTeachers


@rule
def meet(
    owners: CountyOwners,
    schools: UpperSchools,
    trades: Trades,
    teachers: VocationalTeachers,
    levers: Vocational,
    a: TakeUp,
    c: CountyWork,
    g: Groups,
    asking: Annotated[Luck, "vocational teacher asks for something"],
    wishing: Annotated[Luck, "what a vocational teacher asks for", 2],
    chance: Floats,
) -> None:
    """Teachers ask for something with their school's chance, shape (schools,), and get it if their trade can bear it.

    What was used in schools, and hours spent on applications and reports, goes to their owners' account.
    """
    there = community(owners, schools, teachers, trades)
    firms, nok, asks = np.zeros(len(owners)), np.zeros(len(owners)), np.empty(len(teachers))
    asking.uniforms(teachers.id, asks)
    teachers.measure[:] = SmallMeasure.NONE
    teachers.unmet[:] = False
    for k in range(len(owners)):
        firms[owners.owner[k]] += owners.firms[k]
    first, rows = 0, np.empty(len(teachers), dtype=np.int64)
    for s in range(len(schools)):
        n, k, granted, paid, n_asking = schools.n_teachers[s], owners.owner[schools.county[s]], 0, 0.0, 0
        for i in range(first, first + n):
            rows[n_asking] = i  # stays if the teacher asks, and is written over if not
            n_asking += asks[i] < chance[s]
        for i in rows[:n_asking]:
            kind, trade = asked_for(wishing.uniform(teachers.id[i]), levers), teachers.trade[i]
            near = colleagues(there[k, trade], there[len(owners), trade], levers.flexible_collective, g)
            gets = wishing.uniform(teachers.id[i], 1) < can_be_had(
                kind, near, firms[k] * trades.size[trade], a
            )
            teachers.measure[i], teachers.unmet[i] = kind if gets else SmallMeasure.NONE, not gets
            granted += gets
            paid += gets * price_of(kind, levers, a)
        first += n
        schools.reached[s] = granted / max(n, 1)
        together = price(a.collective_nok, shared(n, levers.flexible_collective, g), g)
        nok[k] += paid + schools.in_collective[s] * together
        if owners.direct_habit[k] >= levers.direct_share:
            owners.hours[k] += granted * paperwork(
                owners.contact[k], owners.models[k], owners.joined[k], levers, a, c
            )
    for k in range(len(owners)):
        owners.used_nok[k] = min(round(nok[k]), owners.pot_nok[k])


@formula
def community(
    owners: CountyOwners, schools: UpperSchools, teachers: VocationalTeachers, trades: Trades
) -> Grid:
    """Vocational teachers of each trade in each county and, in the last row, in the country; shape (counties + 1, trades)."""
    count = np.zeros((len(owners) + 1, len(trades)))
    first = 0
    for s in range(len(schools)):
        here, everywhere = count[owners.owner[schools.county[s]]], count[len(owners)]
        for i in range(first, first + schools.n_teachers[s]):
            here[teachers.trade[i]] += 1
            everywhere[teachers.trade[i]] += 1
        first += schools.n_teachers[s]
    return count


@formula
def paperwork(
    contact: bool, models: float, joined: bool, levers: Vocational, a: TakeUp, c: CountyWork
) -> float:
    """Hours that a small grant takes in a county [V1, V3, V4, V7].

    Good models take some away; without contact some is done twice; a joint scheme whose rules do not see vocational
    needs asks more.
    """
    doubled = 1 + a.double_work * (not contact)
    joint = 1 + c.joint_paperwork * (1 - levers.visibility_rules) * joined
    return levers.paperwork_hours * (1 - a.models_relief * models) * doubled * joint


@formula
def shares(levers: Vocational) -> tuple[float, float, float]:
    """How wishes are spread over stays, second teachers and courses, adding up to one; courses get what is left."""
    stay = levers.hospitering_share
    second = min(levers.second_teacher_share, 1 - stay)
    return stay, second, 1 - stay - second


@formula
def asked_for(u: float, levers: Vocational) -> int:
    """What is asked for, from a number in (0, 1)."""
    stay, second, _ = shares(levers)
    if u < stay:
        return SmallMeasure.STAY
    return SmallMeasure.SECOND_TEACHER if u < stay + second else SmallMeasure.COURSE


@formula
def price_of(kind: int, levers: Vocational, a: TakeUp) -> float:
    """Price of a kind of small measure, NOK."""
    if kind == SmallMeasure.STAY:
        return levers.small_grant_nok
    return a.second_teacher_nok if kind == SmallMeasure.SECOND_TEACHER else a.course_nok


@formula
def mean_price(levers: Vocational, a: TakeUp) -> float:
    """Mean price of a wish, NOK."""
    stay, second, course = shares(levers)
    return stay * levers.small_grant_nok + second * a.second_teacher_nok + course * a.course_nok


@formula
def can_be_had(kind: int, colleagues: float, firms: float, a: TakeUp) -> float:
    """Chance that something fitting is there, in [0, 1] [V2].

    A course needs colleagues of the trade in the county; a stay or a professional who teaches along needs one of its firms.
    """
    course = kind == SmallMeasure.COURSE
    return float(saturating(colleagues if course else firms, a.course_community if course else a.stay_firms))
