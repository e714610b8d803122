"""Implementation and afterwards: providers, conditions in the schools, what owners learn and what is kept up."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Uniform

_S2 = "assumption after AFI-rapport 2021:09"
_S1 = "assumption after AFI-rapport 2026:02, ch. 3"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Implementation(Group, key="follow_up.implementation", title="Follow-up: implementation and afterwards"):
    """F6 to F8, F10 and F12: from plan to classroom, and what is left."""

    kept_going: float = fixed(
        0.0, unit="share", bounds=(0.0, 1.0),
        source="definition: measures stall as they do everywhere (implementing.stall_chance); above 0 in thought experiments",
        meaning="part of the stalls in the scheme's measures that is held off, and of those that have stalled set going at once",
    )
    start_years: float = fixed(
        0.7, unit="years", bounds=(0.0, 3.0),
        source="assumption: exploring and preparing is part of implementing (Fixsen et al. 2005)",
        meaning="years of implementation that a well anchored pre-phase is worth",
    )
    direct_share: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Beta(0.5, 0.15),
        source="assumption after AFI-rapport 2026:02, 3.7: quick efforts show soon, systemic change is slower and may last; nobody has counted, so half",
        meaning="part of a measure that trains teachers directly and gives from its first half-year; the rest follows the S-curve, and is what is kept up afterwards",
    )
    head_setback_years: float = uncertain(
        0.5, unit="years", bounds=(0.0, 2.0), prior=Uniform(0.2, 0.8), source="assumption [F6]",
        meaning="how far a change of head of schools sets it back where nobody else remembers",
    )
    provider_uh: float = fixed(
        0.6, unit="share", bounds=(0.0, 1.0), source="assumption after AFI-rapport 2026:02, 3.5",
        meaning="providers from UH",
    )
    provider_private: float = fixed(
        0.3, unit="share", bounds=(0.0, 1.0), source="assumption after AFI-rapport 2026:02, 3.5",
        meaning="private providers",
    )
    other_quality: float = uncertain(
        0.5, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.5, 0.12), source="assumption",
        meaning="quality of providers outside UH",
    )
    usual_effort: float = fixed(
        0.5, unit="0-1", bounds=(0.1, 1.0), source="definition",
        meaning="effort at which implementation moves on at the pace of the calendar",
    )
    usual_acceptance: float = fixed(
        0.6, unit="0-1", bounds=(0.1, 1.0), source="definition",
        meaning="a school's acceptance at which measures give what the literature finds",
    )
    usual_leadership: float = fixed(
        0.5, unit="0-1", bounds=(0.1, 1.0), source="definition",
        meaning="a principal's competence at which measures give what the literature finds",
    )
    leadership_weight: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Beta(0.5, 0.12),
        source="assumption after AFI-rapport 2026:02, 2.3.1.2 [D6]",
        meaning="part of a measure's fidelity that rests on the principal's leading it",
    )
    continuity_gain: float = uncertain(
        0.15, unit="share", bounds=(0.0, 0.6), prior=Uniform(0.0, 0.3), source=_S1 + ".3.3 [F4]",
        meaning="what a guide who stays on adds to the fit of the measures",
    )
    own_house_bias: float = uncertain(
        0.1, unit="share", bounds=(0.0, 0.6), prior=Uniform(0.0, 0.25), source=_S2 + ", 3.6: 'fox and henhouse' [F4]",
        meaning="fit that is lost where a guide's own institution sells the measures",
    )
    kept_guide_fte: float = fixed(
        0.03, unit="man-years", bounds=(0.0, 0.3), source=_S1 + ".3.3",
        meaning="extra administration of a guide who stays on",
    )
    asked_fte: float = uncertain(
        0.08, unit="man-years", bounds=(0.0, 0.6), prior=Uniform(0.03, 0.15), source=_S1 + " [D12]",
        meaning="what implementation asks of an owner's staff, whatever its size",
    )
    nok_per_teacher: float = uncertain(
        4000.0, unit="NOK per teacher and year", bounds=(500.0, 30000.0), prior=LogNormal(4000.0, 2000.0, 8000.0),
        source="assumption; the decentralised scheme spends about 2,700 NOK of state money per teacher and year",
        meaning="money at which a measure reaches two thirds of what money can give [F12]",
    )
    structural_drag: float = uncertain(
        1.0, unit="share per share unqualified", bounds=(0.0, 3.0), prior=Uniform(0.3, 1.7), source=_S1 + " [F7]",
        meaning="gain that is lost for each share of teaching done by unqualified staff",
    )
    involvement: float = fixed(
        0.6, unit="0-1", bounds=(0.0, 1.0), source=_S2,
        meaning="how far teachers are drawn into an accepted measure",
    )
    environment_effect: float = uncertain(
        0.3, unit="school SD per full year", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5),
        source="assumption: half of what evaluated programmes against bullying gave, 17-20 % less of it (Ttofi & Farrington 2011), some 0.6 school SD here; as much for support and motivation",
        meaning="what a full, well supported year of measures on the learning environment gives support, motivation and safety at full fidelity",
    )
    owner_learns: float = uncertain(
        0.08, unit="0-1 per year", bounds=(0.0, 0.5), prior=Uniform(0.02, 0.14),
        source=_S1 + ": owners learn as a by-product",
        meaning="rise of the owner's competence in a year of implementation at full effort",
    )
    owner_measure_learns: float = uncertain(
        0.1, unit="0-1 per year", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.2), source="assumption",
        meaning="further rise of the owner's competence in a year of implementation at full effort that is all for the owner",
    )
    catalyst: float = uncertain(
        0.04, unit="0-1 per year", bounds=(0.0, 0.3), prior=Uniform(0.0, 0.08), source=_S1 + " [F8]",
        meaning="what tidied plans and new meeting points give the schools' professional community in a year",
    )
    upkeep_during: float = fixed(
        0.5, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="upkeep while implementation lasts",
    )
    upkeep_after: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8), source=_S1 + " [D11]",
        meaning="upkeep afterwards by an owner of full competence",
    )
    upkeep_network: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.5), source="assumption after OECD 2020",
        meaning="upkeep afterwards by a network that wholly carries the work on",
    )
    upkeep_sideways: float = uncertain(
        0.1, unit="share", bounds=(0.0, 1.0), prior=Beta(0.1, 0.05),
        source=_S1 + ".7: most make more of cooperation with kindergartens or PPT; the size is an assumption, as neighbours.synergy",
        meaning="upkeep, during the measures and afterwards, where PPT, kindergartens and health services wholly work along",
    )
    sideways_fte: float = fixed(
        0.04, unit="man-years", bounds=(0.0, 0.5), source="assumption: a meeting of the services every third week",
        meaning="what working together with them asks of an owner while measures last",
    )
    network_fte: float = fixed(
        0.1, unit="man-years", bounds=(0.0, 1.0), source="assumption: some four hours a week",
        meaning="a network coordinator's time for each owner that is through, where follow-up draws on networks all it can",
    )
    afterwards_years: float = fixed(
        4.0, unit="years", bounds=(0.0, 10.0), source="assumption",
        meaning="years for which the work is kept up afterwards",
    )
    owner_hours: float = fixed(
        120.0, unit="hours a year", bounds=(0.0, 2000.0), source="assumption",
        meaning="an owner's own hours at full effort",
    )
    teacher_hours: float = uncertain(
        12.0, unit="hours per teacher and year", bounds=(0.0, 100.0), prior=Uniform(6.0, 18.0),
        source="assumption: an hour a month; every second month, or every third week, would do as well",
        meaning="a teacher's hours in a measure that is fully carried out",
    )
