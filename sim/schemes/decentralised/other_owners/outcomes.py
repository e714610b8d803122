"""What people ask of owners beside municipalities; one figure for the country each, read from the state and never changing it."""

from __future__ import annotations

import numpy as np

from sim.arrays import AnyArray, Bools, Floats, Ints
from sim.outcomes import smallest
from sim.outcomes.look import once
from sim.outcomes.outcome import Gather, Outcome
from sim.parameters.registry import Parameters
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs, Ownership
from sim.state import State


@once
def owned(state: State, kind: Ownership) -> Bools:
    """Which owners are of a kind, shape (other_owners,)."""
    return np.asarray(state[OtherOwners].ownership == kind)


@once
def teachers_of(state: State, kind: Ownership) -> tuple[Ints, int]:
    """Teachers of each staff whose owner is of a kind, shape (other_staffs,), and all of them together."""
    staffs = state[OtherStaffs]
    teachers = staffs.n_teachers * owned(state, kind)[staffs.owner]
    return teachers, int(teachers.sum())


def over_teachers(state: State, values: Floats, kind: Ownership) -> Floats:
    """Mean over teachers of counties' or private schools; NaN where there are none; shape (1,)."""
    teachers, n = teachers_of(state, kind)
    return np.array([(values * teachers).sum() / n if n else np.nan])


def over_owners(state: State, values: AnyArray, kind: Ownership) -> Floats:
    """Sum over counties or private owners; shape (1,)."""
    return np.array([float(values[owned(state, kind)].sum())])


def upper_practice(state: State, p: Parameters) -> Floats:
    """What measures have made of practice in general subjects of counties' upper secondary schools."""
    return over_teachers(state, state[OtherStaffs].practice, Ownership.COUNTY)


def upper_reached(state: State, p: Parameters) -> Floats:
    """Share of teachers of general subjects in counties' schools who take part in a measure."""
    staffs = state[OtherStaffs]
    return over_teachers(state, staffs.coverage * staffs.in_measure, Ownership.COUNTY)


def upper_grant_nok(state: State, p: Parameters) -> Floats:
    """State grant for general subjects to counties this school year."""
    return over_owners(state, state[OtherOwners].grant_nok, Ownership.COUNTY)


def upper_own_nok(state: State, p: Parameters) -> Floats:
    """Counties' own contribution this school year."""
    return over_owners(state, state[OtherOwners].own_nok, Ownership.COUNTY)


def upper_hours(state: State, p: Parameters) -> Floats:
    """Counties' and their teachers' hours for the money and for needs analyses this half-year."""
    return over_owners(state, state[OtherOwners].hours, Ownership.COUNTY)


def private_practice(state: State, p: Parameters) -> Floats:
    """What measures have made of practice in private schools."""
    return over_teachers(state, state[OtherStaffs].practice, Ownership.PRIVATE)


def private_grant_nok(state: State, p: Parameters) -> Floats:
    """State grant to owners of private schools this school year."""
    return over_owners(state, state[OtherOwners].grant_nok, Ownership.PRIVATE)


OUTCOMES = (
    Outcome(
        "upper_practice",
        "SD of practice",
        1,
        Gather.NATION,
        upper_practice,
        "what measures have made of practice in general subjects of upper secondary",
        3,
        smallest=smallest.PRACTICE,
    ),
    Outcome(
        "upper_reached",
        "share",
        1,
        Gather.NATION,
        upper_reached,
        "teachers of general subjects in upper secondary who take part in a measure",
        3,
        smallest=smallest.PERCENTAGE_POINT,
    ),
    Outcome(
        "upper_grant_nok",
        "NOK per school year",
        0,
        Gather.NATION,
        upper_grant_nok,
        "state grant to counties for general subjects in upper secondary",
        0,
        smallest=smallest.MONEY,
    ),
    Outcome(
        "upper_own_nok",
        "NOK per school year",
        -1,
        Gather.NATION,
        upper_own_nok,
        "counties' own contribution for general subjects in upper secondary",
        0,
        smallest=smallest.MONEY,
    ),
    Outcome(
        "upper_hours",
        "hours per half-year",
        -1,
        Gather.NATION,
        upper_hours,
        "counties' and their teachers' hours for the money and for needs analyses",
        0,
        smallest=smallest.HOURS,
    ),
    Outcome(
        "private_practice",
        "SD of practice",
        1,
        Gather.NATION,
        private_practice,
        "what measures have made of practice in private schools",
        3,
        smallest=smallest.PRACTICE,
    ),
    Outcome(
        "private_grant_nok",
        "NOK per school year",
        0,
        Gather.NATION,
        private_grant_nok,
        "state grant to owners of private schools",
        0,
        smallest=smallest.MONEY,
    ),
)
