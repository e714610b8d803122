"""What measures leave behind: teachers up to date in their trades, or schools that learn together [V2, V4, V5]."""

from __future__ import annotations

from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.implementing import implemented
from sim.processes.process import Process
from sim.processes.shares import share_of
from sim.randomness import Draws
from sim.rules import formula, rule
from sim.schemes.vocational.assumptions import Groups, Learning, People
from sim.schemes.vocational.groups import at_home, shared
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, SmallMeasure, UpperSchools, VocationalTeachers
from sim.state import State


def learn(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn, for the whole school year: subject knowledge, collective learning, teaching competence."""
    if state.now.season is Season.AUTUMN:
        learn_of_a_year(state, p)


@rule
def learn_of_a_year(
    owners: CountyOwners,
    schools: UpperSchools,
    teachers: VocationalTeachers,
    levers: Vocational,
    a: Learning,
    g: Groups,
    people: People,
) -> None:
    """What a school year's measures leave behind in schools and teachers.

    Teachers who had a small measure come closer to their trade's state, the better what they got hits the need. Collective
    measures are a year further, or given up. Stays build a community of school and firms, which may be a way to collective
    learning too. Teaching competence grows with them, and with general ones that contact lets
    teachers join [V4]. It fades where nobody keeps it up; what fades is the gain, and what newcomers lack comes with time at
    the same pace.
    """
    first = 0
    for s in range(len(schools)):
        n, k = schools.n_teachers[s], owners.owner[schools.county[s]]
        hit = owners.hit[k] / a.usual_hit
        schools.stage[s] = (schools.stage[s] + 1) * schools.in_collective[s]
        degree = implemented(schools.stage[s], a.midpoint_years, a.width_years)
        in_staff = degree * at_home(shared(n, levers.flexible_collective, g), g)
        here = slice(first, first + n)
        first += n
        teaching, subject, measure = teachers.teaching[here], teachers.subject[here], teachers.measure[here]
        stays = 0
        for i in range(n):
            stays += measure[i] == SmallMeasure.STAY
        schools.firm_ties[s] = ties_after(schools.firm_ties[s], stays / max(n, 1), a)
        called_for = collective_called_for(in_staff, schools.reached[s], schools.firm_ties[s], a)
        schools.collective[s] += a.collective_pace * (called_for - schools.collective[s])
        gain = min(a.teaching_gain * degree * hit + a.general_gain * owners.contact[k], 1.0)
        fades = a.teaching_fades * (1 - a.collective_keeps * schools.collective[s])
        keeps, adds = (1 - fades) * (1 - gain), fades * people.teaching_start * (1 - gain) + gain
        for i in range(n):
            teaching[i] = teaching[i] * keeps + adds
        for i in range(n):
            if measure[i] != SmallMeasure.NONE:
                subject[i] = closer(subject[i], gain_from(measure[i], a) * hit)


@formula
def gain_from(kind: int, a: Learning) -> float:
    """Part of the gap in subject knowledge that a kind of small measure closes when it hits as usual."""
    if kind == SmallMeasure.STAY:
        return a.stay_gain
    return a.second_teacher_gain if kind == SmallMeasure.SECOND_TEACHER else a.course_gain


@formula
def closer(knowledge: float, share: float) -> float:
    """Knowledge in [0, 1] after part of the gap to full knowledge is closed."""
    return knowledge + min(share, 1.0) * (1 - knowledge)


@formula
def ties_after(ties: float, stays: float, a: Learning) -> float:
    """Community of school and firms after a year, in [0, 1], in which a share of the staff has had stays in firms [V5]."""
    kept = ties * (1 - a.ties_fades)
    return kept + min(a.ties_gain * stays, 1.0) * (1 - kept)


@formula
def collective_called_for(degree: float, reached: float, firm_ties: float, a: Learning) -> float:
    """Collective learning, in [0, 1], to which a school's conditions lead.

    Isolated measures give little; what grows between school and firms may give more [V5].
    """
    within = a.collective_gain * degree + a.isolated_gain * reached
    return share_of(a.collective_base + within + a.firm_gain * firm_ties)


PROCESS = Process(
    "vocational.learn",
    learn,
    "What was taken up is learned, and what nobody keeps up fades.",
    "AFI-rapport 2026:02, 4 [V2, V4, V5]",
)
