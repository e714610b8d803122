"""What people ask of the vocational scheme; one figure for the country each, read from the state and never changing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from sim.arrays import Floats
from sim.outcomes import smallest
from sim.outcomes.look import once
from sim.outcomes.measures import average, mean
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.registry import Parameters
from sim.rules import rule
from sim.schemes.vocational.assumptions import TrainingSide
from sim.schemes.vocational.levers import Vocational
from sim.schemes.vocational.state import CountyOwners, UpperSchools, VocationalTeachers
from sim.state import State

Measure: TypeAlias = Callable[[State, Parameters], Floats]


@once
def at_work(state: State) -> Floats:
    """1 for each county that owns now, 0 for one that is part of another, shape (counties,)."""
    owners = state[CountyOwners]
    works: Floats = (owners.owner == np.arange(len(owners))).astype(np.float64)
    return works


def over_counties(state: State, values: Floats) -> Floats:
    """Mean over the counties that own now; shape (1,)."""
    return np.array([average(values, at_work(state))])


def schools_reached(state: State, p: Parameters) -> Floats:
    """Upper secondary schools that take part."""
    return np.array([float(state[UpperSchools].takes_part.sum())])


@rule
def count_reached(schools: UpperSchools, teachers: VocationalTeachers, found: Floats) -> None:
    """Fills in `reached_at_schools`."""
    for t in range(len(teachers)):
        found[teachers.school[t]] += teachers.measure[t] > 0
    for s in range(len(schools)):
        if schools.in_collective[s]:
            found[s] = schools.n_teachers[s]


@once
def reached_at_schools(state: State) -> Floats:
    """Each school's vocational teachers with a small or a collective measure this school year; shape (upper_schools,)."""
    found = np.zeros(len(state[UpperSchools]))
    count_reached(state, None, found=found)
    return found


def persons_reached(state: State, p: Parameters) -> Floats:
    """Vocational teachers with a small or a collective measure this school year."""
    return np.array([float(reached_at_schools(state).sum())])


def teachers_reached(state: State, p: Parameters) -> Floats:
    """Share of vocational teachers with a small or a collective measure this school year."""
    return persons_reached(state, p) / max(len(state[VocationalTeachers]), 1)


def subject(state: State, p: Parameters) -> Floats:
    """How up to date vocational teachers are in their trades."""
    return np.array([mean(state[VocationalTeachers].subject)])


def unmet(state: State, p: Parameters) -> Floats:
    """Of the teachers who asked for something, those whose trade's community could not bear it; NaN if nobody asked."""
    teachers = state[VocationalTeachers]
    asked = teachers.asked.sum()
    return np.array([teachers.unmet.sum() / asked if asked else np.nan])


def collective(state: State, p: Parameters) -> Floats:
    """Collective learning in vocational staffs, weighted by teachers."""
    schools = state[UpperSchools]
    return np.array([average(schools.collective, schools.n_teachers)])


def teaching(state: State, p: Parameters) -> Floats:
    """Vocational teachers' teaching competence."""
    return np.array([mean(state[VocationalTeachers].teaching)])


def training_side(state: State, p: Parameters) -> Floats:
    """Instructors and board members who took part this school year."""
    owners = state[CountyOwners]
    return np.array([(owners.instructors_reached + owners.boards_reached).sum()])


def assessing(state: State, p: Parameters) -> Floats:
    """Competence of instructors and examination boards, by the persons there are."""
    owners, t = state[CountyOwners], p[TrainingSide]
    persons = t.instructors + t.board_members
    both = t.instructors * owners.instructor_competence + t.board_members * owners.board_competence
    return over_counties(state, both / persons)


def unspent(state: State, p: Parameters) -> Floats:
    """Part of this school year's money that stays unused; NaN where there is none, or the scheme has ended."""
    owners = state[CountyOwners]
    pot = owners.pot_nok.sum() * p[Vocational].active
    return np.array([1 - owners.used_nok.sum() / pot if pot else np.nan])


def hours(state: State, p: Parameters) -> Floats:
    """Hours on meetings, applications, reports and hosting teachers this calendar year so far."""
    return np.array([state[CountyOwners].hours.sum()])


def firm_ties(state: State, p: Parameters) -> Floats:
    """Community of school and firms, weighted by vocational teachers."""
    schools = state[UpperSchools]
    return np.array([average(schools.firm_ties, schools.n_teachers)])


def grant(state: State, p: Parameters) -> Floats:
    """State grant this school year."""
    return np.array([float(state[CountyOwners].grant_nok.sum())])


def own(state: State, p: Parameters) -> Floats:
    """The counties' own contribution this school year, money and posts."""
    return np.array([float(state[CountyOwners].own_nok.sum())])


def role_clarity(state: State, p: Parameters) -> Floats:
    """Clarity of the roles of vocational board and forum."""
    return over_counties(state, state[CountyOwners].role_clarity)


def visibility(state: State, p: Parameters) -> Floats:
    """How far vocational needs are in sight where money is decided on."""
    return over_counties(state, state[CountyOwners].visibility)


def nation(
    key: str,
    unit: str,
    better: int,
    measure: Measure,
    meaning: str,
    decimals: int = 2,
    *,
    smallest: smallest.Smallest,
) -> Outcome:
    """An outcome that is one figure for the country."""
    return Outcome(key, unit, better, Gather.NATION, measure, meaning, decimals, smallest)


OUTCOMES = (
    nation(
        "voc_schools",
        "schools",
        1,
        schools_reached,
        "upper secondary schools in the vocational scheme",
        0,
        smallest=smallest.SCHOOL,
    ),
    nation(
        "voc_teachers_reached",
        "share",
        1,
        teachers_reached,
        "vocational teachers with a measure this school year",
        3,
        smallest=smallest.PERCENTAGE_POINT,
    ),
    nation(
        "voc_reached",
        "persons per school year",
        1,
        persons_reached,
        "vocational teachers with a measure",
        0,
        smallest=smallest.REACHED,
    ),
    nation(
        "voc_subject",
        "0-1",
        1,
        subject,
        "how up to date vocational teachers are in their trades",
        3,
        smallest=smallest.POINT,
    ),
    nation(
        "voc_unmet",
        "share",
        -1,
        unmet,
        "wishes that a trade's community is too small to meet",
        3,
        smallest=smallest.PERCENTAGE_POINT,
    ),
    nation(
        "voc_collective",
        "0-1",
        1,
        collective,
        "collective learning in vocational staffs",
        3,
        smallest=smallest.POINT,
    ),
    nation(
        "voc_teaching",
        "0-1",
        1,
        teaching,
        "vocational teachers' teaching competence",
        3,
        smallest=smallest.POINT,
    ),
    nation(
        "voc_training_side",
        "persons per school year",
        1,
        training_side,
        "instructors and board members reached",
        0,
        smallest=smallest.REACHED,
    ),
    nation(
        "voc_assessing",
        "0-1",
        1,
        assessing,
        "instructors' and examination boards' competence",
        3,
        smallest=smallest.POINT,
    ),
    nation(
        "voc_firm_ties",
        "0-1",
        1,
        firm_ties,
        "community of school and firms built by stays",
        3,
        smallest=smallest.POINT,
    ),
    nation(
        "voc_grant_nok",
        "NOK per school year",
        -1,
        grant,
        "state grant to the vocational scheme",
        0,
        smallest=smallest.MONEY,
    ),
    nation(
        "voc_own_nok",
        "NOK per school year",
        -1,
        own,
        "what counties add of their own, money and posts",
        0,
        smallest=smallest.MONEY,
    ),
    nation(
        "voc_unspent",
        "share",
        -1,
        unspent,
        "vocational money that stays unused",
        3,
        smallest=smallest.PERCENTAGE_POINT,
    ),
    nation(
        "voc_hours",
        "hours per year",
        -1,
        hours,
        "hours on meetings, applications, reports and hosting teachers",
        0,
        smallest=smallest.HOURS,
    ),
    nation(
        "voc_role_clarity",
        "0-1",
        1,
        role_clarity,
        "clarity of the roles of vocational board and forum",
        smallest=smallest.POINT,
    ),
    nation(
        "voc_visibility",
        "0-1",
        1,
        visibility,
        "how far vocational needs are seen where money is decided on",
        smallest=smallest.POINT,
    ),
)
