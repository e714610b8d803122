"""Quantities of the vocational scheme's programme theory [AFI-rapport 2026:02, 4.3]: a value for each county that owns now."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.outcomes.look import once
from sim.parameters.registry import Parameters
from sim.schemes.vocational.assumptions import Learning, People, TrainingSide
from sim.schemes.vocational.levers import ForumRole, Vocational
from sim.schemes.vocational.outcomes import reached_at_schools
from sim.schemes.vocational.state import CountyOwners, UpperSchools, VocationalTeachers
from sim.state import State
from sim.theory.quantities.quantity import Quantity, among


@once
def at_work(state: State, p: Parameters) -> Bools:
    """Counties that own now; the others are part of one of these."""
    owners = state[CountyOwners].owner
    works: Bools = owners == np.arange(len(owners))
    return works


@once
def owner_of_school(state: State) -> Ints:
    """The county that owns each upper secondary school now; shape (upper_schools,)."""
    return state[CountyOwners].owner[state[UpperSchools].county]


@once
def owner_of_teacher(state: State) -> Ints:
    """The county of each vocational teacher's school now; shape (vocational_teachers,)."""
    return owner_of_school(state)[state[VocationalTeachers].school]


@once
def teachers_of_county(state: State) -> Floats:
    """Vocational teachers of each county; shape (counties,)."""
    owners, schools = state[CountyOwners], state[UpperSchools]
    n = np.bincount(owner_of_school(state), schools.n_teachers, len(owners))
    return np.asarray(n, dtype=np.float64)


def years_together(state: State, p: Parameters) -> Floats:
    """Years of unbroken collective measures, mean over vocational teachers."""
    schools = state[UpperSchools]
    return _by_teachers(state, schools.stage * schools.in_collective)


def up_to_date(state: State, p: Parameters) -> Floats:
    """How up to date vocational teachers are in their trades."""
    return _over_teachers(state, state[VocationalTeachers].subject)


def teaching_gained(state: State, p: Parameters) -> Floats:
    """Teaching competence above what it was when the world began, mean over vocational teachers."""
    return _over_teachers(state, state[VocationalTeachers].teaching - p[People].teaching_start)


def grant_per_teacher(state: State, p: Parameters) -> Floats:
    """State grant this school year, in NOK per vocational teacher."""
    return np.asarray(state[CountyOwners].grant_nok / np.maximum(teachers_of_county(state), 1))


def years_of_forum(state: State, p: Parameters) -> Floats:
    """Years of experience that the forum has; none where the scheme does not run."""
    return state[CountyOwners].experience * p[Vocational].active


def forum_decides(state: State, p: Parameters) -> Floats:
    """1 where the forum decides instead of advising: the lever, the same for all."""
    decides = p[Vocational].active and p[Vocational].forum_role is ForumRole.DECIDING
    return np.full(len(state[CountyOwners]), float(decides))


def by_plan(state: State, p: Parameters) -> Floats:
    """1 where measures must fit a long-term plan: the lever, the same for all."""
    return np.full(len(state[CountyOwners]), float(p[Vocational].active and p[Vocational].plan))


def trust(state: State, p: Parameters) -> Floats:
    """Trust between the forum's members."""
    return state[CountyOwners].trust


def models(state: State, p: Parameters) -> Floats:
    """Good ways of working in use."""
    return state[CountyOwners].models


def roles_unclear(state: State, p: Parameters) -> Floats:
    """What vocational board and forum lack in role clarity."""
    return 1 - state[CountyOwners].role_clarity


def visibility(state: State, p: Parameters) -> Floats:
    """How far vocational needs are in sight where money is decided on."""
    return state[CountyOwners].visibility


def reached(state: State, p: Parameters) -> Floats:
    """Share of vocational teachers with a small or a collective measure this school year."""
    return _share_of_teachers(state, owner_of_school(state), reached_at_schools(state))


def hit(state: State, p: Parameters) -> Floats:
    """How well measures hit the trades' needs, relative to the usual."""
    return np.asarray(state[CountyOwners].hit / p[Learning].usual_hit)


def collective_learning(state: State, p: Parameters) -> Floats:
    """Collective learning in vocational staffs, mean over vocational teachers."""
    return _by_teachers(state, state[UpperSchools].collective)


def firm_ties(state: State, p: Parameters) -> Floats:
    """Community of school and firms that stays have built, mean over vocational teachers."""
    return _by_teachers(state, state[UpperSchools].firm_ties)


def assessing(state: State, p: Parameters) -> Floats:
    """Competence of instructors and examination boards, by the persons there are."""
    owners, t = state[CountyOwners], p[TrainingSide]
    both = t.instructors * owners.instructor_competence + t.board_members * owners.board_competence
    return np.asarray(both / (t.instructors + t.board_members))


def _share_of_teachers(state: State, owner: Ints, values: Floats) -> Floats:
    summed = np.bincount(owner, values, len(state[CountyOwners]))
    return np.asarray(summed / np.maximum(teachers_of_county(state), 1))


def _by_teachers(state: State, of_schools: Floats) -> Floats:
    """Mean over the county's vocational teachers of something that their school has; shape (counties,)."""
    return _share_of_teachers(state, owner_of_school(state), of_schools * state[UpperSchools].n_teachers)


def _over_teachers(state: State, of_teachers: Floats) -> Floats:
    """Mean over the county's vocational teachers of something of their own; shape (counties,)."""
    return _share_of_teachers(state, owner_of_teacher(state), of_teachers)


VOCATIONAL: Mapping[str, Quantity] = {
    f"voc_{measure.__name__}": among(at_work, measure)
    for measure in (
        years_together, up_to_date, teaching_gained, grant_per_teacher, years_of_forum, forum_decides, by_plan, trust, models,
        roles_unclear, visibility, reached, hit, collective_learning, firm_ties, assessing,
    )
}  # fmt: skip
"""By the names used in `sim/theory/data`; each value of shape (counties,)."""
