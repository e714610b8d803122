"""What the vocational scheme adds to the state: counties as owners, upper secondary schools, trades, vocational teachers."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from sim.arrays import Bools, Codes, Floats, Ints
from sim.state import Table, column


class SmallMeasure(IntEnum):
    """What a small grant pays for."""

    NONE = 0
    STAY = 1  # hospitering: the teacher works in a firm
    SECOND_TEACHER = 2  # yrkesfaglærer 2: a professional teaches along, so that nobody need stand in
    COURSE = 3


class CountyOwners(Table, per="counties"):
    """The county (fylkeskommune) as owner of upper secondary schools; counties that are one now share the row of the first."""

    owner: Ints = column(
        np.int64, unit="row", meaning="county that owns now; its own row where it is one", refers="counties"
    )
    direct_habit: Floats = column(
        unit="0-1", meaning="rank among counties by how late it would come to hand money straight to schools",
        low=0, high=1,
    )  # fmt: skip
    rolling_habit: Floats = column(
        unit="0-1", meaning="rank among counties by how late it would come to take applications at any time",
        low=0, high=1,
    )  # fmt: skip
    clarity_luck: Floats = column(
        unit="0-1", meaning="how much clearer than usual roles come to be here, for lasting reasons"
    )
    done: Floats = column(
        unit="0-1",
        meaning="part of what is asked of the county's office that gets done; half of it is last half-year's",
        low=0,
        high=1,
        default=1,
    )
    experience: Floats = column(
        unit="years",
        meaning="years of work with the scheme, more with a post for it, less what reforms cost",
        low=0,
    )
    trust: Floats = column(unit="0-1", meaning="trust between the forum's members", low=0, high=1)
    role_clarity: Floats = column(
        unit="0-1", meaning="how clear the roles of vocational board and forum are", low=0, high=1
    )
    contact: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="has points of contact between this scheme and that for school",
    )
    models: Floats = column(unit="0-1", meaning="good ways of working (models) in use", low=0, high=1)
    visibility: Floats = column(
        unit="0-1", meaning="how far vocational needs are in sight where money is decided on", low=0, high=1, default=1
    )  # fmt: skip
    joined: Bools = column(np.bool_, unit="yes/no", meaning="has one scheme for all of upper secondary")
    hit: Floats = column(unit="0-1", meaning="how well measures hit the trades' needs", low=0, high=1)
    grant_nok: Ints = column(np.int64, unit="NOK", meaning="state grant this school year", low=0)
    crowded_nok: Ints = column(
        np.int64,
        unit="NOK",
        meaning="part of the grant that went to general programmes this school year",
        low=0,
    )
    own_nok: Ints = column(
        np.int64, unit="NOK", meaning="the county's own contribution this school year, money and post", low=0
    )
    carried_nok: Ints = column(np.int64, unit="NOK", meaning="unused money carried to the next year", low=0)
    pot_nok: Ints = column(
        np.int64, unit="NOK", meaning="vocational money of this school year, with what was carried", low=0
    )
    used_nok: Ints = column(np.int64, unit="NOK", meaning="vocational money used this school year", low=0)
    schools_nok: Floats = column(
        unit="NOK",
        meaning="money for small grants and collective measures in schools this school year",
        low=0,
    )
    left_nok: Floats = column(
        unit="NOK", meaning="money that nobody in schools asked for this school year", low=0
    )
    training_nok: Floats = column(
        unit="NOK", meaning="money for instructors and examination boards this school year", low=0
    )
    hours: Floats = column(
        unit="hours",
        meaning="hours on meetings, applications, reports and on teachers who stay in firms, this calendar year",
        low=0,
    )
    firms: Floats = column(unit="firms", meaning="training firms", low=0)
    training_offices: Floats = column(unit="offices", meaning="training offices", low=0)
    instructors: Floats = column(unit="persons", meaning="instructors in training firms", low=0)
    board_members: Floats = column(unit="persons", meaning="members of examination boards", low=0)
    instructor_competence: Floats = column(
        unit="0-1", meaning="instructors' competence in guiding and assessing", low=0, high=1
    )
    board_competence: Floats = column(
        unit="0-1", meaning="examination boards' competence in assessing", low=0, high=1
    )
    instructors_reached: Floats = column(
        unit="persons", meaning="instructors who took part this school year", low=0
    )
    boards_reached: Floats = column(
        unit="persons", meaning="board members who took part this school year", low=0
    )


class UpperSchools(Table, entity="upper_schools"):
    """Upper secondary schools (videregående skoler)."""

    id: Ints = column(np.int64, unit="id", meaning="its county's number and four digits")
    county: Ints = column(np.int64, unit="row", meaning="county it lies in", refers="counties")
    county_owned: Bools = column(np.bool_, unit="yes/no", meaning="owned by the county, not private")
    n_teachers: Ints = column(np.int64, unit="persons", meaning="vocational teachers", low=0)
    takes_part: Bools = column(np.bool_, unit="yes/no", meaning="takes part in the scheme this school year")
    in_collective: Bools = column(
        np.bool_, unit="yes/no", meaning="has a collective measure this school year"
    )
    stage: Floats = column(unit="years", meaning="years of unbroken collective measures", low=0)
    reached: Floats = column(
        unit="share", meaning="vocational teachers with a small measure this school year", low=0, high=1
    )
    collective: Floats = column(
        unit="0-1", meaning="collective learning in the vocational staff", low=0, high=1
    )
    firm_ties: Floats = column(
        unit="0-1", meaning="community of school and firms that teachers' stays have built", low=0, high=1
    )


class Trades(Table, entity="trades"):
    """Trades (lærefag), the largest first."""

    id: Ints = column(np.int64, unit="id", meaning="running number")
    size: Floats = column(unit="share", meaning="part of all vocational teachers", low=0, high=1)
    ageing: Floats = column(
        unit="share per year", meaning="part of up-to-date knowledge that a year outdates", low=0, high=1
    )


class VocationalTeachers(Table, entity="vocational_teachers"):
    """Posts of vocational teachers and who holds them; sorted by school."""

    id: Ints = column(np.int64, unit="id", meaning="identity of the post: its school's and four digits")
    school: Ints = column(np.int64, unit="row", meaning="school", refers="upper_schools")
    trade: Ints = column(np.int64, unit="row", meaning="trade", refers="trades")
    subject: Floats = column(unit="0-1", meaning="how up to date in the trade", low=0, high=1)
    teaching: Floats = column(unit="0-1", meaning="teaching competence", low=0, high=1)
    measure: Codes = column(
        np.int8, unit="kind", meaning="small measure this school year", codes=SmallMeasure
    )
    asked: Bools = column(np.bool_, unit="yes/no", meaning="asked for a small measure this school year")
    unmet: Bools = column(
        np.bool_, unit="yes/no", meaning="wished for something that its trade's community could not bear"
    )
