"""What owners beside municipalities add to the state: themselves, and the staffs of their schools."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Code, Codes, Floats, Ints
from sim.state import Table, column

LOGICS = 3


class Ownership(Code):
    """Who owns."""

    COUNTY = 0  # fylkeskommune: general subjects in upper secondary
    PRIVATE = 1  # owners of private schools in a county, as one class


class OtherOwners(Table, entity="other_owners"):
    """Two for each county of 2024: the county as owner, and private owners as a class."""

    id: Ints = column(np.int64, unit="id", meaning="twice the county code, and one more for private owners")
    county: Ints = column(np.int64, unit="row", meaning="county", refers="counties")
    ownership: Codes = column(np.int8, unit="kind", meaning="who owns", codes=Ownership)
    uh_unit: Ints = column(np.int64, unit="row", meaning="UH partner", refers="uh_units")
    teachers: Floats = column(
        unit="persons", meaning="teachers in its schools, but for vocational ones", low=0
    )
    capacity_fte: Floats = column(
        unit="man-years", meaning="staff for school development", low=0.01, default=1
    )
    competence: Floats = column(
        unit="0-1", meaning="competence in analysing and leading school development", low=0, high=1
    )
    alone: Bools = column(
        np.bool_, unit="yes/no", meaning="runs its own scheme and has no seat in the governor's forum"
    )
    weight: Floats = column(
        unit="teachers",
        meaning="what its teachers count in the split of the grant; nought without a seat",
        low=0,
    )
    voice: Floats = column(
        unit="ratio", meaning="weight of its priorities in the forum against an equal say", low=0, default=1
    )
    logic: Floats = column(
        unit="share", meaning="mix of market, hierarchy and network", low=0, high=1, shape=(LOGICS,)
    )
    effort: Floats = column(unit="0-1", meaning="what it puts into the scheme", low=0, high=1)
    hit: Floats = column(unit="0-1", meaning="how well the needs analysis hits the true needs", low=0, high=1)
    tie: Floats = column(
        unit="0-1", meaning="trust and shared understanding in its partnership with UH", low=0, high=1
    )
    tailored: Floats = column(
        unit="0-1", meaning="how far measures are tailored rather than packages", low=0, high=1
    )
    process_leadership: Floats = column(
        unit="0-1", meaning="who leads the development work over time, and how well", low=0, high=1
    )
    grant_nok: Ints = column(np.int64, unit="NOK", meaning="state grant this school year", low=0)
    own_nok: Ints = column(np.int64, unit="NOK", meaning="own contribution this school year", low=0)
    uh_nok: Ints = column(
        np.int64, unit="NOK", meaning="part of the grant that goes to UH this school year", low=0
    )
    uh_hours: Floats = column(unit="hours", meaning="UH hours received this half-year", low=0)
    hours: Floats = column(
        unit="hours", meaning="owner's and teachers' hours on money and needs analysis this half-year", low=0
    )


class OtherStaffs(Table, entity="other_staffs"):
    """Staffs of upper secondary schools in general subjects, and of private schools of all kinds."""

    id: Ints = column(
        np.int64,
        unit="id",
        meaning="its upper secondary school's number; of a private grunnskole one of eight digits",
    )
    owner: Ints = column(np.int64, unit="row", meaning="owner", refers="other_owners")
    n_teachers: Ints = column(np.int64, unit="persons", meaning="teachers, but for vocational ones", low=0)
    in_measure: Bools = column(np.bool_, unit="yes/no", meaning="a measure is under way")
    years_left: Floats = column(unit="years", meaning="years that the measure still lasts", low=0)
    coverage: Floats = column(unit="share", meaning="teachers who take part", low=0, high=1)
    fit: Floats = column(unit="0-1", meaning="how well the measure fits the school's needs", low=0, high=1)
    stage: Floats = column(
        unit="years", meaning="years of unbroken implementation of the present or latest measure", low=0
    )
    stalled: Bools = column(np.bool_, unit="yes/no", meaning="implementation has stalled")
    routine: Floats = column(
        unit="0-1", meaning="how far what measures brought has become routine", low=0, high=1
    )
    practice: Floats = column(
        unit="SD of practice", meaning="what measures have made of the staff's mean practice"
    )
