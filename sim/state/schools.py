"""Schools and their teachers."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.state.table import Table, column

GRADES = 10
FIFTH_OWN, EIGHTH_OWN, LEAVING_OWN, NUMERACY_OWN = 0, 1, 2, 3
"""Places in `Schools.grade_level`."""


class Schools(Table, entity="schools"):
    """Primary and lower-secondary schools (grunnskoler), grades 1 to 10."""

    id: Ints = column(
        np.int64, unit="id", meaning="orgnr, or without one its municipality's number of 2019 and four digits"
    )
    municipality: Ints = column(np.int64, unit="row", meaning="owner", refers="municipalities")
    first_grade: Ints = column(np.int64, unit="grade", meaning="lowest grade taught", low=1, high=GRADES)
    last_grade: Ints = column(np.int64, unit="grade", meaning="highest grade taught", low=1, high=GRADES)
    cohort_size: Floats = column(unit="pupils", meaning="pupils per grade in the long run", low=0)
    pupils: Ints = column(
        np.int64, unit="pupils", meaning="pupils in grade 1, 2, ... 10", low=0, shape=(GRADES,)
    )
    n_teachers: Ints = column(np.int64, unit="persons", meaning="teaching posts", low=0)
    spare: Ints = column(
        np.int64, unit="posts", meaning="rows of teachers behind those that stand empty this year", low=0
    )
    posts_change: Ints = column(np.int64, unit="posts", meaning="posts that come, or go, this summer")
    means: Floats = column(
        unit="factor",
        meaning="posts against those of a school as large where as many live as in the mean municipality",
        low=0,
    )
    own_posts: Floats = column(
        unit="posts", meaning="posts that a register gives it beyond what its size and year call for"
    )
    needs: Floats = column(
        unit="SD", meaning="how much teaching its present pupils need, against as many others"
    )
    intake: Floats = column(
        unit="scale points", meaning="lasting level of results (intake and ethos), deviation from the nation"
    )
    grade_level: Floats = column(
        unit="scale points",
        meaning="lasting level of their own of tests in 5th grade, tests in 8th and leaving points, beside the common one; and"
        " how far numeracy lies above it and reading below",
        shape=(4,),
    )
    cohort: Floats = column(
        unit="scale points",
        meaning="what the pupils now in grade 1, 2, ... 10 have in common beyond sampling, and take with them",
        shape=(GRADES,),
    )
    pupils_luck: Floats = column(
        unit="standard normal",
        meaning="luck in who the pupils in grade 1, 2, ... 10 are: how able they happen to be, by the luck of so many",
        shape=(GRADES,),
    )
    home: Floats = column(
        unit="scale points", meaning="level the lasting one drifts around: what the place calls for"
    )
    value_added: Floats = column(
        unit="scale points", meaning="what comes and goes with conditions the model does not explain"
    )
    taught: Floats = column(
        unit="scale points", meaning="what practice, turnover and changes of principal have given the pupils"
    )
    climate: Floats = column(
        unit="school SD",
        meaning="lasting level of support, motivation and absence of bullying, as deviation",
        shape=(3,),
    )
    environment: Floats = column(
        unit="school SD",
        meaning="what measures on the learning environment have given support, motivation and absence of bullying",
        low=0,
    )
    practice: Floats = column(unit="SD of teachers' practice", meaning="mean practice of the staff room")
    norm: Floats = column(
        unit="SD of teachers' practice",
        meaning="lasting norm of the staff room, around which teachers who come are drawn",
    )
    community: Floats = column(
        unit="0-1", meaning="professional community: collective learning in the staff room", low=0, high=1
    )
    leadership: Floats = column(
        unit="0-1", meaning="principal's competence in leading development", low=0, high=1
    )
    principal_tenure: Floats = column(unit="years", meaning="years the principal has been in post", low=0)
    new_principal: Bools = column(np.bool_, unit="yes/no", meaning="the principal changed this half-year")
    teacher_turnover: Floats = column(
        unit="share", meaning="posts with a new person this school year", low=0, high=1
    )
    fatigue: Floats = column(unit="0-1", meaning="tiredness of initiatives (satsingstrøtthet)", low=0, high=1)
    involvement: Floats = column(
        unit="0-1", meaning="how far teachers are drawn into development work this half-year", low=0, high=1
    )
    learning: Floats = column(
        unit="SD of practice per half-year",
        meaning="gain in practice offered to its teachers this half-year",
        low=0,
    )
    in_project: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="works this half-year with a national scheme that the draw has no part in",
    )
    occupied: Floats = column(
        unit="share",
        meaning="how far the measures of other schemes than the decentralised one fill the time for development this half-year",
        low=0,
        high=1,
    )
    momentum: Floats = column(
        unit="years",
        meaning="years of implementation of another scheme's measure that the next measure can build on",
        low=0,
    )
    upkeep: Floats = column(
        unit="share", meaning="share of the fading of changed practice that is held off", low=0, high=1
    )


class Teachers(Table, entity="teachers"):
    """Teaching posts in grunnskole and the persons who hold them; sorted by school.

    A post keeps its row and identity; when its holder leaves, the successor's traits overwrite the columns. A school's posts of
    this year come first among its rows; those behind are empty, and what stands in them means nothing.
    """

    id: Ints = column(np.int64, unit="id", meaning="identity of the post: its school's and four digits")
    school: Ints = column(np.int64, unit="row", meaning="school", refers="schools")
    held: Bools = column(
        np.bool_, unit="yes/no", meaning="the post is there this year, and held by somebody", default=True
    )
    age: Floats = column(unit="years", meaning="age", low=18, high=75)
    experience: Floats = column(unit="years", meaning="years as a teacher", low=0)
    tenure: Floats = column(unit="years", meaning="years in this post", low=0)
    qualified: Bools = column(np.bool_, unit="yes/no", meaning="has teacher education")
    baseline: Floats = column(
        unit="SD of practice", meaning="practice without any support; what changed practice fades to"
    )
    practice: Floats = column(
        unit="SD of practice", meaning="quality of teaching practice, 0 the nation's mean at the start"
    )
    ownership: Floats = column(
        unit="0-1", meaning="ownership of the school's development work", low=0, high=1
    )


def pupils_at(schools: Schools) -> Ints:
    """Pupils of each school in all grades, shape (schools,)."""
    return np.asarray(
        np.einsum("ij->i", schools.pupils)
    )  # several times as fast as a sum along the last axis


def staff_mean(schools: Schools, staff: Teachers, values: Floats) -> Floats:
    """Mean over each school's teachers: from shape (teachers,) to (schools,); every school has at least one. They are added up
    one after the other, so that compiled code gives the same digits.
    """
    total = np.bincount(staff.school[staff.held], values[staff.held], len(schools))
    return np.asarray(total / schools.n_teachers)


def staff_out_of_place(schools: Schools, staff: Teachers) -> list[str]:
    """In words, if staff does not stand by school in as many rows as each has: compiled rules walk through both side by side."""
    rooms = schools.n_teachers + schools.spare
    if rooms.sum() == len(staff) and np.array_equal(staff.school, np.repeat(np.arange(len(schools)), rooms)):
        return []
    return ["Teachers.school: not as many rows as Schools.n_teachers and Schools.spare, school by school"]
