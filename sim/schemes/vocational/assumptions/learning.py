"""What teachers and schools take from measures: subject updating against collective learning."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption after AFI-rapport 2026:02, 4"
_GAP = "share of the gap"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Learning(Group, key="vocational.learning", title="Vocational: what is learned"):
    """V2, V4 and V5."""

    stay_gain: float = uncertain(
        0.35, unit=_GAP, bounds=(0.0, 1.0), prior=Beta(0.35, 0.1), source=_A,
        meaning="how far a stay in a firm brings a teacher's subject knowledge up to date",
    )
    second_teacher_gain: float = uncertain(
        0.25, unit=_GAP, bounds=(0.0, 1.0), prior=Beta(0.25, 0.08), source=_A,
        meaning="how far a professional who teaches along does",
    )
    course_gain: float = uncertain(
        0.3, unit=_GAP, bounds=(0.0, 1.0), prior=Beta(0.3, 0.1), source=_A,
        meaning="how far a fitting course does",
    )
    usual_hit: float = fixed(
        0.5, unit="0-1", bounds=(0.05, 1.0), source="assumption: the yardstick of the three gains above",
        meaning="how well measures usually hit the trades' needs",
    )
    collective_base: float = fixed(
        0.35, unit="0-1", bounds=(0.0, 1.0), source="assumption",
        meaning="collective learning in a school's vocational staff without any measure",
    )
    collective_gain: float = uncertain(
        0.35, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.5), source=_A + " [V5]",
        meaning="what a fully implemented collective measure adds to it",
    )
    isolated_gain: float = uncertain(
        0.05, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.1), source=_A + " [V5]",
        meaning="what small measures add to it in a school where everybody has one, while they last",
    )
    firm_gain: float = uncertain(
        0.15, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.3),
        source=_A + ".5: stays may be a way to collective learning across school and firm; whether they are is not known [V5]",
        meaning="what a full community of school and firms adds to it",
    )
    ties_gain: float = uncertain(
        1.5, unit="share of the gap", bounds=(0.0, 5.0), prior=Uniform(0.5, 2.5), source="assumption",
        meaning="community of school and firms that a year builds in which the whole staff has stays",
    )
    ties_fades: float = uncertain(
        0.25, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.25, 0.08), source="assumption",
        meaning="part of that community that fades in a year",
    )
    collective_pace: float = uncertain(
        0.4, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.4, 0.1), source="assumption",
        meaning="how fast collective learning moves to what conditions call for",
    )
    midpoint_years: float = fixed(
        2.0, unit="years", bounds=(0.1, 10.0), source="assumption, as in other schemes",
        meaning="years to half implementation of a collective measure",
    )
    width_years: float = fixed(
        2.5, unit="years", bounds=(0.1, 10.0), source="assumption, as in other schemes",
        meaning="years from a tenth to nine tenths of it",
    )
    teaching_gain: float = uncertain(
        0.15, unit=_GAP, bounds=(0.0, 1.0), prior=Beta(0.15, 0.05), source="assumption",
        meaning="what a year's fully implemented collective measure gives to teaching competence",
    )
    general_gain: float = uncertain(
        0.05, unit=_GAP, bounds=(0.0, 1.0), prior=Beta(0.05, 0.02), source=_A + ".4.3 [V4]",
        meaning="what a year of general measures gives to teaching competence where contact lets vocational teachers join",
    )
    teaching_fades: float = uncertain(
        0.25, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.25, 0.08), source="assumption",
        meaning="part of gained teaching competence that fades in a year where nobody keeps it up",
    )
    collective_keeps: float = fixed(
        0.7, unit="share", bounds=(0.0, 1.0), source="assumption [V5]",
        meaning="part of that fading held off where collective learning is full",
    )
