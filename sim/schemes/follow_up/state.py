"""What the follow-up scheme adds to the state of municipalities and schools, and the pool of guides."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Code, Codes, Floats, Ints
from sim.state import Merger, Table, column


class Phase(Code):
    """Where a municipality stands in the scheme."""

    NONE = 0
    DIALOGUE = 1  # the spring of the draw
    PREPHASE = 2  # forfase, with guides
    IMPLEMENTATION = 3  # gjennomføringsfase, with a provider
    AFTERWARDS = 4


class DrawKind(Code):
    """Which draw picked a municipality last."""

    NONE = 0
    AVERAGE = 1
    SPREAD = 2


class Provider(Code):
    """Who carries the measures out."""

    NONE = 0
    UH = 1
    PRIVATE = 2
    OTHER = 3
    CORPS = 4  # the guide corps (Veilederkorpset)


class Track(Code):
    """Which way through the scheme the governor has chosen by need."""

    FULL = 0
    LIGHT = 1  # a pre-phase with part of the guides' hours
    STRAIGHT = 2  # no pre-phase: straight to measures
    LONG = 3  # a pre-phase that is longer than the others'
    ENVIRONMENT = 4  # no pre-phase: straight to measures on the learning environment (Læringsmiljøprosjektet)


NEVER = -1


class FollowUpOwners(Table, per="municipalities"):
    """The scheme's view of each municipality."""

    phase: Codes = column(np.int8, unit="phase", meaning="present phase", codes=Phase)
    half_years: Ints = column(
        np.int64,
        unit="half-years",
        meaning="half-years behind it in the present phase",
        low=0,
        merger=Merger.LARGEST,
    )
    kind: Codes = column(np.int8, unit="kind", meaning="draw that picked it last", codes=DrawKind)
    track: Codes = column(
        np.int8, unit="track", meaning="its way through the scheme in this round", codes=Track
    )
    last_draw_year: Ints = column(
        np.int64,
        unit="calendar year",
        meaning="year it was last drawn, -1 never",
        default=NEVER,
        merger=Merger.MAX,
    )
    last_draw_number: Ints = column(
        np.int64,
        unit="number of the draw",
        meaning="running number of the draw that picked it last, -1 never",
        default=NEVER,
        merger=Merger.MAX,
    )
    times_drawn: Ints = column(np.int64, unit="times", meaning="times drawn", low=0, merger=Merger.MAX)
    listed: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="was among the first by the figures at the latest draw, exclusions left aside",
        merger=Merger.LARGEST,
    )
    participates: Bools = column(
        np.bool_, unit="yes/no", meaning="takes part in the scheme now", merger=Merger.LARGEST
    )
    declined: Bools = column(
        np.bool_, unit="yes/no", meaning="declined after the latest draw", merger=Merger.LARGEST
    )
    felt_voluntariness: Floats = column(
        unit="0-1", meaning="how free the owner feels to decline", low=0, high=1, default=1
    )
    control: Floats = column(
        unit="0-1", meaning="how strongly the owner feels controlled; above 1 under a sanction", low=0
    )
    doubt: Floats = column(
        unit="0-1", meaning="how far the owner doubts the grounds of the latest draw", low=0, high=1
    )
    risk_then: Floats = column(
        unit="share", meaning="its risk share at the draw that picked it last", low=0, high=1
    )
    near_limit: Floats = column(
        unit="0-1",
        meaning="how near the limit it was at the latest draw without being drawn or in the scheme",
        low=0,
        high=1,
    )
    legitimacy: Floats = column(
        unit="0-1", meaning="how right the owner finds the scheme's way of working", low=0, high=1
    )
    stigma: Floats = column(unit="0-1", meaning="how much being picked is felt as blame", low=0, high=1)
    reluctance: Floats = column(
        unit="share",
        meaning="part of its own will that is missing because it takes part only as it must",
        low=0,
        high=1,
    )
    heard: Floats = column(
        unit="0-1",
        meaning="what the owner heard from peers in its latest dialogue: how near they are times how right they found it",
        low=0,
        high=1,
    )
    visits: Floats = column(
        unit="visits", meaning="visits as ambassador to owners just drawn", low=0, merger=Merger.SUM
    )
    sanctioned: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="under the sanction: own will falls short of what is asked; as in ROBEK, until results are above the limit",
        merger=Merger.LARGEST,
    )
    checked: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="is asked this half-year how it supports its weak schools",
        merger=Merger.ANY,
    )
    effort: Floats = column(unit="0-1", meaning="what the owner puts into it", low=0, high=1)
    closeness: Floats = column(
        unit="0-1", meaning="how close the governor's office is to it this half-year", low=0, high=1
    )
    guide_match: Floats = column(
        unit="0-1", meaning="how well the guides' competence fits the need", low=0, high=1
    )
    takes_over: Floats = column(
        unit="share", meaning="share of the analysis that the guides do themselves", low=0, high=1
    )
    private_guide: Bools = column(np.bool_, unit="yes/no", meaning="a guide works in a private firm")
    guided: Bools = column(np.bool_, unit="yes/no", meaning="had guides in the pre-phase of this round")
    uh_guide: Bools = column(np.bool_, unit="yes/no", meaning="a guide is employed by a UH institution")
    start_delay: Floats = column(unit="years", meaning="how late the pre-phase started", low=0)
    guide_hours: Floats = column(unit="hours", meaning="guide hours received in this round", low=0)
    analysis: Floats = column(
        unit="0-1", meaning="how far a shared, right picture of the challenges has come", low=0, high=1
    )
    year_wheel: Floats = column(
        unit="0-1",
        meaning="how far the owner's own quality work runs in a fixed yearly cycle that follow-up set going",
        low=0,
        high=1,
    )
    anchoring: Floats = column(
        unit="0-1", meaning="how far it is anchored among politicians, leaders, teachers", low=0, high=1
    )
    sideways: Floats = column(
        unit="0-1",
        meaning="how far PPT, kindergartens and health services work along with the schools",
        low=0,
        high=1,
    )
    plan_fit: Floats = column(
        unit="0-1", meaning="how well the planned measures match the true challenges", low=0, high=1
    )
    provider: Codes = column(np.int8, unit="kind", meaning="who carries the measures out", codes=Provider)
    provider_quality: Floats = column(unit="0-1", meaning="the provider's quality", low=0, high=1)
    guide_kept: Bools = column(
        np.bool_, unit="yes/no", meaning="a pre-phase guide stays on in implementation"
    )
    spent_nok: Floats = column(
        unit="NOK", meaning="money from the scheme used this half-year", low=0, merger=Merger.SUM
    )
    spent_hours: Floats = column(
        unit="hours",
        meaning="guides', owner's and teachers' hours on the scheme this half-year, reporting under a sanction included",
        low=0,
        merger=Merger.SUM,
    )


class FollowUpSchools(Table, per="schools"):
    """The scheme's view of each school."""

    acceptance: Floats = column(
        unit="0-1", meaning="how far the staff accepts having been picked", low=0, high=1
    )
    trauma: Bools = column(
        np.bool_, unit="yes/no", meaning="never accepts the draw ('draw trauma') and gains little"
    )
    named: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="was among its municipality's weak schools by the points of the draw that picked it",
    )
    help: Floats = column(
        unit="share",
        meaning="part of the help for a school of its municipality that is for it",
        low=0,
        high=1,
        default=1,
    )
    stage: Floats = column(unit="years", meaning="years of unbroken implementation behind the measure", low=0)
    stalled: Bools = column(np.bool_, unit="yes/no", meaning="implementation has stalled")


class FollowUpOffices(Table, per="offices"):
    """What follow-up makes of each governor office: its hours, and how well it knows its part."""

    vacant: Bools = column(np.bool_, unit="yes/no", meaning="a post stands empty this school year")
    free_fte: Floats = column(
        unit="man-years", meaning="staff that forums, supervision and empty posts leave for follow-up", low=0
    )
    asked_fte: Floats = column(
        unit="man-years", meaning="staff that it would take to follow all owners as closely as meant", low=0
    )
    room: Floats = column(unit="share", meaning="part of that which the office has", low=0, high=1, default=1)
    role_clarity: Floats = column(
        unit="0-1", meaning="how clear roles and expectations in the triangle have become", low=0, high=1
    )


class Guides(Table, entity="guides"):
    """Outside guides (veiledere): those each governor office may recruit, and at the end those recruited nationally."""

    id: Ints = column(np.int64, unit="id", meaning="its office's number (0 for the nation) and four digits")
    office: Ints = column(
        np.int64,
        unit="row",
        meaning="office that recruits the guide; of national ones the first",
        refers="offices",
    )
    in_pool: Bools = column(np.bool_, unit="yes/no", meaning="recruited for the latest pre-phases")
    from_uh: Bools = column(np.bool_, unit="yes/no", meaning="employed by a UH institution")
    private: Bools = column(np.bool_, unit="yes/no", meaning="works in a private firm")
    quality: Floats = column(unit="0-1", meaning="skill in guiding analysis and development", low=0, high=1)
    owner_insight: Floats = column(unit="0-1", meaning="knowledge of municipal owners' work", low=0, high=1)
