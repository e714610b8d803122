"""What the decentralised scheme adds to the state: forums, partnership ties, owners, schools and UH units as it sees them."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Code, Codes, Floats, Ints
from sim.state import Merger, Table, column

LOGICS = 3
PHASES = 5
THEMES = 5


class Logic(Code):
    """Institutional logics, in the order of columns [AFI-rapport 2026:02, 1.4]."""

    MARKET = 0
    HIERARCHY = 1
    NETWORK = 2


class Collaboration(Code):
    """What owner and UH can do together, in the order of columns."""

    NEEDS = 0
    PRIORITIES = 1
    PLANNING = 2
    CARRYING_OUT = 3
    EVALUATION = 4


class PartnershipModel(Code):
    """How a partnership works with schools [D5]."""

    PROCEDURE = 0  # UH supplies a working method that teachers go through
    COURSE = 1  # UH gives gatherings, schools work in between
    ENTHUSIAST = 2  # a few teachers drive it, UH at the edge


class Theme(Code):
    """What a school's measure is about [AFI-rapport 2026:02, 2.3.2.3]."""

    CURRICULUM = 0  # the new curriculum (fagfornyelsen)
    ASSESSMENT = 1
    INCLUSION = 2
    READING = 3
    DIGITAL = 4


class Forums(Table, entity="forums"):
    """Samarbeidsforum: one for each county that exists now (counties that are one from 2020 to 2023 share one)."""

    id: Ints = column(np.int64, unit="id", meaning="the first county's number")
    county: Ints = column(np.int64, unit="row", meaning="first county it covers", refers="counties")
    office: Ints = column(
        np.int64, unit="row", meaning="governor office that is its secretariat", refers="offices"
    )
    age: Floats = column(unit="years", meaning="years of meeting since it began or had to begin anew", low=0)
    leadership: Floats = column(
        unit="0-1", meaning="the governor's facilitating leadership of the network", low=0, high=1
    )
    role_clarity: Floats = column(unit="0-1", meaning="how clear members' roles are", low=0, high=1)
    open_years: Floats = column(
        unit="years", meaning="years for which the criteria in hand have been open to the members", low=0
    )
    anchored: Floats = column(
        unit="0-1", meaning="how far the criteria in hand are of the members' own making", low=0, high=1
    )
    imposed: Floats = column(
        unit="0-1", meaning="how far a regulation in force is others' making: none while criteria are open",
        low=0, high=1,
    )  # fmt: skip
    trust: Floats = column(unit="0-1", meaning="trust between the members", low=0, high=1)
    logic: Floats = column(
        unit="share", meaning="members' mix of market, hierarchy and network", low=0, high=1, shape=(LOGICS,)
    )
    plan: Floats = column(
        unit="0-1", meaning="how far members agree on needs and a long-term plan", low=0, high=1
    )
    skew: Floats = column(
        unit="ratio", meaning="how far the split of the grant leans to the powerful: 0 not at all", low=0
    )
    satisfaction: Floats = column(
        unit="0-1", meaning="members' satisfaction with the cooperation", low=0, high=1
    )


class CountyForums(Table, per="counties"):
    """Which forum each county belongs to now."""

    forum: Ints = column(np.int64, unit="row", meaning="forum", refers="forums", default=-1)


class Ties(Table, per="municipalities"):
    """The partnership of each owner (through its network) with a UH unit: an edge of the partnership graph."""

    uh_unit: Ints = column(np.int64, unit="row", meaning="UH partner", refers="uh_units", default=-1)
    age: Floats = column(unit="years", meaning="years of partnership", low=0)
    trust: Floats = column(unit="0-1", meaning="trust between the partners", low=0, high=1)
    equality: Floats = column(unit="0-1", meaning="how equal the partners are (likeverdighet)", low=0, high=1)
    shared: Floats = column(
        unit="0-1", meaning="shared understanding of how competence is best developed", low=0, high=1
    )
    together: Floats = column(
        unit="0-1",
        meaning="how far needs, priorities, planning, carrying out, evaluation are done together",
        low=0,
        high=1,
        shape=(PHASES,),
    )
    model: Codes = column(np.int8, unit="kind", meaning="partnership model", codes=PartnershipModel)
    tailored: Floats = column(
        unit="0-1", meaning="how far measures are tailored rather than packages", low=0, high=1
    )
    changed: Bools = column(
        np.bool_, unit="yes/no", meaning="the partner was changed this half-year", merger=Merger.ANY
    )


class DecentralisedOwners(Table, per="municipalities"):
    """The scheme's view of each municipality as owner."""

    logic: Floats = column(
        unit="share", meaning="mix of market, hierarchy and network", low=0, high=1, shape=(LOGICS,)
    )
    seen: Floats = column(
        unit="share", meaning="market, hierarchy and network in the way money has come lately: what the owner counts on",
        low=0, high=1, shape=(LOGICS,),
    )  # fmt: skip
    legitimacy: Floats = column(
        unit="0-1", meaning="how right the owner finds the way money and work are organised", low=0, high=1
    )
    hit: Floats = column(
        unit="0-1", meaning="how well the needs analysis hits the true needs (treffsikkerhet)", low=0, high=1
    )
    direct: Floats = column(
        unit="0-1", meaning="how directly teachers take part in the needs analysis", low=0, high=1
    )
    voice: Floats = column(
        unit="ratio", meaning="weight of its priorities in the forum against an equal say", low=0, default=1
    )
    grant_nok: Ints = column(
        np.int64, unit="NOK", meaning="state grant this school year", low=0, merger=Merger.SUM
    )
    own_nok: Ints = column(
        np.int64, unit="NOK", meaning="own contribution this school year", low=0, merger=Merger.SUM
    )
    uh_nok: Ints = column(
        np.int64,
        unit="NOK",
        meaning="part of the grant that goes to UH this school year",
        low=0,
        merger=Merger.SUM,
    )
    uh_hours: Floats = column(
        unit="hours", meaning="UH hours received this half-year", low=0, merger=Merger.SUM
    )
    hours: Floats = column(
        unit="hours",
        meaning="owner's and teachers' hours on money and needs analysis this half-year",
        low=0,
        merger=Merger.SUM,
    )
    versed: Floats = column(
        unit="0-1", meaning="how versed its teachers have become in using data in analyses", low=0, high=1
    )
    paused: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="begins no measures this school year, having too much else to carry",
        merger=Merger.ANY,
    )
    effort: Floats = column(unit="0-1", meaning="what the owner puts into the scheme", low=0, high=1)
    process_leadership: Floats = column(
        unit="0-1", meaning="who leads the development work over time, and how well", low=0, high=1
    )
    evaluation: Floats = column(unit="0-1", meaning="what evaluation of the last round taught", low=0, high=1)
    handed_over: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="gets its share straight and has left the forum",
        merger=Merger.LARGEST,
    )
    strengthened: Floats = column(
        unit="0-1",
        meaning="how far taking part has strengthened the owner's competence lately",
        low=0,
        high=1,
    )


class DecentralisedSchools(Table, per="schools"):
    """The scheme's view of each school."""

    in_measure: Bools = column(np.bool_, unit="yes/no", meaning="a measure is under way")
    years_left: Floats = column(unit="years", meaning="years that the measure still lasts", low=0)
    theme: Codes = column(
        np.int8, unit="kind", meaning="what the present or latest measure is about", codes=Theme
    )
    general: Bools = column(np.bool_, unit="yes/no", meaning="the theme is general, not a subject's")
    seed: Bools = column(
        np.bool_, unit="yes/no", meaning="a small project that teachers drive themselves (seed grant)"
    )
    coverage: Floats = column(unit="share", meaning="teachers who take part", low=0, high=1)
    across: Floats = column(
        unit="share",
        meaning="of those who take part, teachers in groups across schools when the measure began",
        low=0,
        high=1,
    )
    fit: Floats = column(unit="0-1", meaning="how well the measure fits the school's needs", low=0, high=1)
    stage: Floats = column(
        unit="years", meaning="years of unbroken implementation of the present or latest measure", low=0
    )
    stalled: Bools = column(np.bool_, unit="yes/no", meaning="implementation has stalled")
    routine: Floats = column(
        unit="0-1", meaning="how far what measures brought has become routine", low=0, high=1
    )
    resource_teacher: Bools = column(
        np.bool_, unit="yes/no", meaning="has a resource teacher who links it to UH"
    )
    led: Floats = column(
        unit="0-1",
        meaning="process leadership of its measures, by owner, UH and its own leader",
        low=0,
        high=1,
    )
    distance: Floats = column(
        unit="0-1", meaning="how far its leader stands from the partnership", low=0, high=1, default=1
    )
    asked_years: Floats = column(
        unit="years",
        meaning="years in which its teachers were involved, less what a rest has taken off",
        low=0,
    )
    codetermination: Floats = column(
        unit="0-1",
        meaning="how far representatives decide with the leader on needs, priorities, planning and evaluation",
        low=0,
        high=1,
    )


class DecentralisedUH(Table, per="uh_units"):
    """The scheme's view of each UH unit."""

    capacity_hours: Floats = column(
        unit="hours a year", meaning="hours its staff for the scheme can give", low=0
    )
    demand_hours: Floats = column(
        unit="hours a year", meaning="hours the grants ask for and can pay for beside idle staff", low=0
    )
    promised_hours: Floats = column(
        unit="hours a year", meaning="hours for which money is promised for years to come", low=0
    )
    idle_hours: Floats = column(
        unit="hours a year",
        meaning="hours of staff that promised money pays for and no grant asks for",
        low=0,
    )
    permanent: Floats = column(unit="share", meaning="staff in permanent posts", low=0, high=1)
    effort: Floats = column(unit="0-1", meaning="what the unit puts into partnerships", low=0, high=1)
    process_competence: Floats = column(
        unit="0-1", meaning="competence in leading development work", low=0, high=1
    )
    offers: Bools = column(
        np.bool_, unit="yes/no", meaning="has people for each theme of schools' measures", shape=(THEMES,)
    )
    practice_contact: Floats = column(
        unit="0-1", meaning="staff's contact with practice and school development", low=0, high=1
    )
    teaching: Floats = column(unit="0-1", meaning="what comes back to teacher education", low=0, high=1)
    research: Floats = column(unit="0-1", meaning="what comes back to research", low=0, high=1)
    logic: Floats = column(
        unit="share", meaning="mix of market, hierarchy and network", low=0, high=1, shape=(LOGICS,)
    )
    seen: Floats = column(
        unit="share", meaning="market, hierarchy and network in the way money has come lately: what the unit counts on",
        low=0, high=1, shape=(LOGICS,),
    )  # fmt: skip
