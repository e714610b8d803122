"""Counties, governor offices, regional networks, UH units and municipalities."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Code, Codes, Floats, Ints, Words
from sim.state.table import Merger, Table, column


class Centrality(Code):
    """How central a municipality lies (SSB's sentralitet in three classes)."""

    CENTRAL = 0
    MIDDLE = 1
    REMOTE = 2


class Counties(Table, entity="counties"):
    """The 15 counties (fylker) of 2024; `name_2020` is the county each belonged to from 2020 to 2023."""

    id: Ints = column(np.int64, unit="id", meaning="county code (fylkesnummer) of 2024")
    name: Words = column("U32", unit="name", meaning="name of 2024", default="")
    name_2020: Words = column(
        "U32", unit="name", meaning="name of the county it was part of in 2020-2023", default=""
    )
    office: Ints = column(np.int64, unit="row", meaning="governor office", refers="offices")
    population: Floats = column(unit="persons", meaning="inhabitants in 2024", low=0)
    to_general_nok: Ints = column(
        np.int64,
        unit="NOK",
        meaning="vocational money that a joint scheme has given to general subjects of upper secondary this school year",
        low=0,
    )


class Offices(Table, entity="offices"):
    """The ten offices of the county governors (statsforvaltere)."""

    id: Ints = column(np.int64, unit="id", meaning="running number")
    name: Words = column("U64", unit="name", meaning="the office's area", default="")
    north: Bools = column(np.bool_, unit="yes/no", meaning="Trøndelag, Nordland or Troms og Finnmark")
    insight: Floats = column(
        unit="correlation",
        meaning="how well the office's judgement follows municipalities' true need",
        low=0,
        high=1,
    )
    owner_insight: Floats = column(
        unit="correlation",
        meaning="how well the office's judgement follows what owners lack, by supervision, complaints and visits",
        low=0,
        high=1,
    )
    closeness: Floats = column(
        unit="share", meaning="how close the office stays in the triangle", low=0, high=1
    )
    synergy: Floats = column(
        unit="share",
        meaning="how far what supervision finds is used in its support",
        low=0,
        high=1,
        default=0,
    )
    tied_fte: Floats = column(
        unit="man-years", meaning="staff that linking supervision and support takes", low=0, default=0
    )
    forums_fte: Floats = column(
        unit="man-years",
        meaning="staff that the directorate's gatherings on leading networks and a regulation's secretariat take",
        low=0,
        default=0,
    )
    forum_room: Floats = column(
        unit="share",
        meaning="part of its usual time for leading forums that other tasks leave",
        low=0,
        high=1,
        default=1,
    )
    shared_agenda: Floats = column(
        unit="share",
        meaning="part of forums' time that matters of other schemes take, where these are run as one with that for schools",
        low=0,
        high=1,
        default=0,
    )


class Networks(Table, entity="networks"):
    """Regional competence networks (regionale kompetansenettverk) of municipalities."""

    id: Ints = column(np.int64, unit="id", meaning="number in the register, or its county's and four digits")
    county: Ints = column(np.int64, unit="row", meaning="county", refers="counties")
    lent_fte: Floats = column(
        unit="man-years",
        meaning="coordinator's time that other schemes take, and that its members lack",
        low=0,
        default=0,
    )


class UHUnits(Table, entity="uh_units"):
    """Universities and university colleges (UH) with teacher education."""

    id: Ints = column(np.int64, unit="id", meaning="running number")
    name: Words = column("U48", unit="name", meaning="name", default="")
    quality: Floats = column(
        unit="0-1", meaning="practice-near quality of its school development work", low=0, high=1
    )
    tradition: Floats = column(unit="0-1", meaning="length of tradition in school development", low=0, high=1)
    specialised: Bools = column(
        np.bool_, unit="yes/no", meaning="has a specialised unit for school development"
    )
    capacity_fte: Floats = column(unit="man-years", meaning="staff for work with owners and schools", low=0)


class Municipalities(Table, entity="municipalities"):
    """Municipalities (kommuner) as school owners (skoleeiere), as they exist in the present half-year."""

    id: Ints = column(
        np.int64,
        unit="id",
        meaning="kommunenummer; for an invented one a number that can be none, which is shown as a code",
        merger=Merger.LARGEST,
    )
    county: Ints = column(np.int64, unit="row", meaning="county (2024 borders)", refers="counties")
    network: Ints = column(np.int64, unit="row", meaning="regional network", refers="networks")
    uh_unit: Ints = column(np.int64, unit="row", meaning="UH partner", refers="uh_units")
    population: Floats = column(unit="persons", meaning="inhabitants", low=0, merger=Merger.SUM)
    centrality: Codes = column(np.int8, unit="class", meaning="how central it lies", codes=Centrality)
    education_low: Floats = column(unit="share", meaning="16+ with only compulsory schooling", low=0, high=1)
    education_high: Floats = column(unit="share", meaning="16+ with higher education", low=0, high=1)
    disability: Floats = column(unit="share", meaning="aged 18-66 on disability benefit", low=0, high=1)
    child_welfare: Floats = column(unit="per 1000", meaning="children with child-welfare measures", low=0)
    free_income: Floats = column(unit="NOK per inhabitant", meaning="free income (frie inntekter)", low=0)
    economy: Floats = column(
        unit="log", meaning="what the municipality's economy of the year adds to its schools' posts"
    )
    robek: Bools = column(
        np.bool_, unit="yes/no", meaning="in ROBEK, the register of state-controlled economies"
    )
    corps_years: Floats = column(
        unit="years",
        meaning="length of the measures that begin now and that it wants the guide corps (Veilederkorpset) to carry out",
        low=0,
        merger=Merger.LARGEST,
    )
    corps_nok: Floats = column(
        unit="NOK",
        meaning="what its guides of the corps cost this half-year",
        low=0,
        merger=Merger.SUM,
    )
    supervised: Bools = column(
        np.bool_,
        unit="yes/no",
        meaning="the governor supervises its schools (tilsyn), or has told that it will",
        merger=Merger.ANY,
    )
    special_case: Bools = column(
        np.bool_, unit="yes/no", meaning="figures distorted, e.g. by a special school", merger=Merger.LARGEST
    )
    unqualified: Floats = column(
        unit="share", meaning="teaching done by staff without teacher education", low=0, high=1
    )
    capacity_fte: Floats = column(
        unit="man-years", meaning="owner's staff for school development", low=0, merger=Merger.SUM
    )
    competence: Floats = column(
        unit="0-1", meaning="owner's competence in analysing and leading school development", low=0, high=1
    )
    head_tenure: Floats = column(unit="years", meaning="years the head of schools has been in post", low=0)
    load: Floats = column(
        unit="ratio", meaning="work asked of the owner for development over its capacity", low=0
    )
    network_support: Floats = column(
        unit="ratio",
        meaning="how well the owner's network carries its development work on, against a middling network",
        low=0,
        default=1,
    )
    backing: Floats = column(
        unit="0-1",
        meaning="how far the municipal council stands behind the plan for its schools",
        low=0,
        high=1,
    )
    analysis_hours: Floats = column(
        unit="hours a year", meaning="UH's hours for help with its analyses", low=0, merger=Merger.SUM
    )
    continuity: Floats = column(
        unit="share",
        meaning="part of what a change of head of schools would lose that plans and routines hold",
        low=0,
        high=1,
    )
    new_head: Bools = column(
        np.bool_, unit="yes/no", meaning="the head of schools changed this half-year", merger=Merger.ANY
    )
