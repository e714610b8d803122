"""Schools, trades and teachers of upper secondary: how many there are, and how they change."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_SSB = "Udir and SSB, rounded"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class People(Group, key="vocational.people", title="Vocational: schools, trades, teachers"):
    """Numbers and turnover."""

    n_schools: float = fixed(
        410.0, unit="schools", bounds=(15.0, 1000.0), source=_SSB,
        meaning="upper secondary schools in the country",
    )
    county_owned_share: float = fixed(
        0.744, unit="share of schools", bounds=(0.0, 1.0), source=_SSB + ": 305 of 410",
        meaning="upper secondary schools owned by a county; the others are private",
    )
    vocational_share: float = fixed(
        0.85, unit="share of schools", bounds=(0.0, 1.0), source="assumption",
        meaning="county-owned schools with vocational programmes",
    )
    private_vocational_share: float = fixed(
        0.3, unit="share of schools", bounds=(0.0, 1.0), source="assumption",
        meaning="private upper secondary schools with vocational programmes",
    )
    school_size_spread: float = fixed(
        0.6, unit="SD of the logarithm", bounds=(0.0, 2.0), source="assumption",
        meaning="spread of the number of vocational teachers between schools",
    )
    n_teachers: float = fixed(
        9300.0, unit="persons", bounds=(100.0, 50_000.0), source="AFI-rapport 2026:02, 4.2",
        meaning="vocational teachers in the country",
    )
    n_trades: int = fixed(
        185, unit="trades", bounds=(2, 500), source="AFI-rapport 2026:02, 4: more than 180 [V2]",
        meaning="trades (lærefag) that are taught",
    )
    trade_law: float = uncertain(
        0.8, unit="exponent", bounds=(0.0, 2.0), prior=Uniform(0.6, 1.0), source="assumption [V2]",
        meaning="how fast trades get smaller from the largest on: size falls as the rank to this power",
    )
    ageing: float = uncertain(
        0.08, unit="share per year", bounds=(0.0, 0.5), prior=Beta(0.08, 0.02), source="assumption [V2]",
        meaning="part of a teacher's up-to-date subject knowledge that a year in school outdates, in a middling trade",
    )
    ageing_spread: float = fixed(
        0.4, unit="SD of the logarithm", bounds=(0.0, 2.0), source="assumption",
        meaning="how differently fast trades change",
    )
    subject_start: float = uncertain(
        0.55, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.55, 0.08), source="assumption",
        meaning="how up to date teachers are in their trade when a world begins",
    )
    subject_fresh: float = fixed(
        0.85, unit="0-1", bounds=(0.0, 1.0), source="assumption: they come from the trade",
        meaning="how up to date a new vocational teacher is",
    )
    teaching_start: float = fixed(
        0.5, unit="0-1", bounds=(0.0, 1.0), source="assumption: the middle of the scale",
        meaning="teaching competence when a world begins, and what it falls back to",
    )
    teaching_fresh: float = fixed(
        0.35, unit="0-1", bounds=(0.0, 1.0), source="assumption",
        meaning="teaching competence of somebody who comes from the trade",
    )
    spread: float = fixed(
        0.12, unit="SD on 0-1", bounds=(0.0, 0.5), source="assumption",
        meaning="spread of subject knowledge and of teaching competence among teachers",
    )
    exit_chance: float = uncertain(
        0.09, unit="share per year", bounds=(0.0, 0.6), prior=Beta(0.09, 0.02), source="assumption",
        meaning="chance that a vocational teacher leaves within a year",
    )
