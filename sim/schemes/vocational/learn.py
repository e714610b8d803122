"""What measures leave behind: teachers up to date in their trades, or schools that learn together [V2, V4, V5]."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.half_year import Season
from sim.parameters.registry import Parameters
from sim.processes.implementing import implemented
from sim.processes.process import Process
from sim.randomness import Draws
from sim.schemes.vocational import groups
from sim.schemes.vocational.assumptions import Groups, Learning, People
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import (
    CountyOwners,
    SmallMeasure,
    UpperSchools,
    VocationalTeachers,
    owned_by,
)
from sim.state import State


def learn(state: State, p: Parameters, draw: Draws) -> None:
    """Autumn, for the whole school year: subject knowledge, collective learning, teaching competence."""
    if state.now.season is not Season.AUTUMN:
        return
    a, owners, schools = p[Learning], state[CountyOwners], state[UpperSchools]
    owner = owned_by(schools.county, owners)
    update(state, owners.hit[owner], a)
    degree = go_on(schools, a)
    shared = groups.shared(schools.n_teachers, p[Vocational].flexible_collective, p[Groups])
    called_for = collective_called_for(degree * groups.at_home(shared, p[Groups]), schools.reached, a)
    schools.collective += a.collective_pace * (called_for - schools.collective)
    joins = owners.contact[owner] & (schools.n_teachers > 0)
    teach(state, degree * owners.hit[owner] / a.usual_hit, joins, p)


def learn_compiled(state: State, p: Parameters, draw: Draws) -> None:
    """`learn`, compiled."""
    if state.now.season is not Season.AUTUMN:
        return
    from sim.kernels import vocational_teachers as kernels

    a, g, owners, schools = p[Learning], p[Groups], state[CountyOwners], state[UpperSchools]
    teachers = state[VocationalTeachers]
    shared = p[Vocational].flexible_collective, g.small_teachers, g.weaker
    together = a.collective_base, a.collective_gain, a.isolated_gain, a.collective_pace
    taught = a.teaching_gain, a.general_gain, a.teaching_fades, a.collective_keeps, p[People].teaching_start
    kernels.learn(
        owned_by(schools.county, owners),
        schools.n_teachers,
        owners.hit,
        owners.contact,
        go_on(schools, a),
        schools.reached,
        np.array([a.usual_hit, *shared, *together, *taught]),
        gains(a),
        teachers.measure,
        schools.collective,
        teachers.subject,
        teachers.teaching,
    )


def go_on(schools: UpperSchools, a: Learning) -> Floats:
    """Collective measures are a year further, or given up; how far they are put into practice, in [0, 1], shape (schools,)."""
    schools.stage[:] = (schools.stage + 1) * schools.in_collective
    return implemented(schools.stage, a.midpoint_years, a.width_years)


def update(state: State, hit: Floats, a: Learning) -> None:
    """Teachers who had a small measure come closer to their trade's state, the better what they got hits the need."""
    teachers = state[VocationalTeachers]
    rows = np.flatnonzero(teachers.measure != SmallMeasure.NONE)
    share = gains(a)[teachers.measure[rows]] * hit[teachers.school[rows]] / a.usual_hit
    teachers.subject[rows] = closer(teachers.subject[rows], share)


def gains(a: Learning) -> Floats:
    """Part of the gap in subject knowledge that each kind of small measure closes when it hits as usual, shape (4,)."""
    return np.array([0, a.stay_gain, a.second_teacher_gain, a.course_gain])


def closer(knowledge: Floats, share: Floats) -> Floats:
    """Knowledge in [0, 1] after part of the gap to full knowledge is closed, same shape."""
    return np.asarray(knowledge + np.minimum(share, 1) * (1 - knowledge))


def collective_called_for(degree: Floats, reached: Floats, a: Learning) -> Floats:
    """Collective learning, in [0, 1], shape (schools,), to which conditions lead: isolated measures give little [V5]."""
    return np.clip(a.collective_base + a.collective_gain * degree + a.isolated_gain * reached, 0, 1)


def teach(state: State, degree: Floats, joins: Bools, p: Parameters) -> None:
    """Teaching competence grows with collective measures, and with general ones that contact lets teachers join [V4].

    It fades where nobody keeps it up; what fades is the gain, and what newcomers lack comes with time at the same pace.
    """
    a, schools, teachers = p[Learning], state[UpperSchools], state[VocationalTeachers]
    gain = np.minimum(a.teaching_gain * degree + a.general_gain * joins, 1)
    fades = a.teaching_fades * (1 - a.collective_keeps * schools.collective)
    # One step for each school, so that the long column is touched as little as can be: new = old x keeps + adds.
    keeps = (1 - fades) * (1 - gain)
    adds = fades * p[People].teaching_start * (1 - gain) + gain
    teachers.teaching *= keeps[teachers.school]
    teachers.teaching += adds[teachers.school]


PROCESS = Process(
    "vocational.learn",
    learn,
    "What was taken up is learned, and what nobody keeps up fades.",
    "AFI-rapport 2026:02, 4 [V2, V4, V5]",
    learn_compiled,
)
