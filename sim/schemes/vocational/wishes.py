"""What vocational teachers wish for, what it costs, and whether so small a community can bear it [V2]."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sim.arrays import Floats, Grid
from sim.processes.implementing import saturating
from sim.rules import Luck, formula, rule
from sim.schemes.vocational.assumptions import CountyWork, Groups, TakeUp
from sim.schemes.vocational.county import worry
from sim.schemes.vocational.granting import decided_in_time, handled, price_of, share_out, shares
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
    standing_in: Annotated[Luck, "a substitute of the trade is found"],
    chance: Floats,
) -> None:
    """Teachers ask for something with their school's chance, shape (schools,), and get it if their trade can bear it.

    Hours spent on applications and reports go to their owners' account.
    """
    asks, firms = np.empty(len(teachers)), np.zeros(len(owners))
    asking.uniforms(teachers.id, asks)
    teachers.measure[:] = SmallMeasure.NONE
    teachers.unmet[:] = teachers.asked[:] = False
    for k in range(len(owners)):
        firms[owners.owner[k]] += owners.firms[k]
    there = community(owners, schools, teachers, trades)
    rows, n_rows, late = np.empty(len(teachers), dtype=np.int64), 0, np.zeros(len(teachers), dtype=np.bool_)
    together, asked, first = np.zeros(len(owners)), np.zeros(len(owners)), 0
    for s in range(len(schools)):
        n, k, begins, n_applying = schools.n_teachers[s], owners.owner[schools.county[s]], n_rows, 0
        direct = owners.direct_habit[k] < levers.direct_share
        in_time = decided_in_time(owners.trust[k], levers, a, c) * handled(direct, owners.done[k], c)
        for i in range(first, first + n):
            rows[n_rows] = i  # stays if the teacher asks, and is written over if not
            n_rows += asks[i] < chance[s]
        for i in rows[begins:n_rows]:
            wish, trade = asked_for(wishing.uniform(teachers.id[i]), levers), teachers.trade[i]
            kind = with_substitute(wish, standing_in.uniform(teachers.id[i]), levers, a)
            near = colleagues(there[k, trade], there[len(owners), trade], levers.flexible_collective, g)
            could = can_be_had(kind, near, firms[k] * trades.size[trade], a)
            luck, sought = wishing.uniform(teachers.id[i], 1), kind != SmallMeasure.NONE
            gets = luck < could and sought
            late[i] = luck >= could * in_time
            teachers.measure[i], teachers.unmet[i] = kind if gets else SmallMeasure.NONE, sought and not gets
            teachers.asked[i] = True
            n_applying += gets
            asked[k] += gets * price_of(kind, levers, a)
        first += n
        shared_by = shared(n, levers.flexible_collective, g)
        together[k] += schools.in_collective[s] * price(a.collective_nok, shared_by, g)
        if not direct:
            hours = paperwork(owners.contact[k], owners.models[k], owners.joined[k], levers, a, c)
            owners.hours[k] += n_applying * hours
    share_out(owners, schools, teachers, levers, a, rows[:n_rows], asks, chance, late, asked, together)


@formula
def with_substitute(kind: int, u: float, levers: Vocational, a: TakeUp) -> int:
    """What is asked for where nobody may be found to stand in for the teacher, by a number in (0, 1) [V9].

    A second teacher needs nobody to: those who find no substitute ask for one instead, where there is such an offer.
    """
    if kind == SmallMeasure.SECOND_TEACHER or u < a.substitutes:
        return kind
    return SmallMeasure.SECOND_TEACHER if levers.second_teacher_share > 0 else SmallMeasure.NONE


@formula
def community(
    owners: CountyOwners, schools: UpperSchools, teachers: VocationalTeachers, trades: Trades
) -> Grid:
    """Vocational teachers of each trade in each county and, in the last row, in the country; shape (counties + 1, trades)."""
    count = np.zeros((len(owners) + 1, len(trades)))
    first = 0
    for s in range(len(schools)):
        here = count[owners.owner[schools.county[s]]]
        for i in range(first, first + schools.n_teachers[s]):
            here[teachers.trade[i]] += 1
        first += schools.n_teachers[s]
    for k in range(len(owners)):
        for trade in range(len(trades)):
            count[len(owners), trade] += count[k, trade]
    return count


@formula
def paperwork(
    contact: bool, models: float, joined: bool, levers: Vocational, a: TakeUp, c: CountyWork
) -> float:
    """Hours that a small grant takes in a county [V1, V3, V4, V7].

    Good models take some away; without contact some is done twice; a joint scheme whose rules do not see vocational
    needs asks more, less so where the county runs it; a plan asks to be referred to.
    """
    doubled = 1 + a.double_work * (not contact)
    joint = 1 + c.joint_paperwork * (1 - levers.visibility_rules) * worry(levers, c) * joined
    planned = 1 + a.plan_paperwork * levers.plan
    return levers.paperwork_hours * (1 - a.models_relief * models) * doubled * joint * planned


@formula
def asked_for(u: float, levers: Vocational) -> int:
    """What is asked for, from a number in (0, 1)."""
    stay, second, _ = shares(levers)
    if u < stay:
        return SmallMeasure.STAY
    return SmallMeasure.SECOND_TEACHER if u < stay + second else SmallMeasure.COURSE


@formula
def can_be_had(kind: int, colleagues: float, firms: float, a: TakeUp) -> float:
    """Chance that something fitting is there, in [0, 1] [V2].

    A course needs colleagues of the trade in the county; a stay or a professional who teaches along needs one of its firms.
    """
    course = kind == SmallMeasure.COURSE
    return float(saturating(colleagues if course else firms, a.course_community if course else a.stay_firms))
