"""What the model assumes about follow-up: the strengths of the mechanisms F1 to F12, with their priors.

Hardly any of these strengths has been measured. The reports say which way each works and how often owners said so; the sizes
are assumptions, which is why each has a wide prior that every comparison carries through to its intervals.
"""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Uniform

_S2 = "assumption after AFI-rapport 2021:09"
_S1 = "assumption after AFI-rapport 2026:02, ch. 3"


class Acceptance(
    Group, key="follow_up.acceptance", title="Follow-up: felt voluntariness, legitimacy, acceptance"
):
    """F3, F9 and F11: how being picked is met."""

    decline_if_free: float = uncertain(
        0.03,
        unit="share",
        bounds=(0.0, 0.5),
        prior=Beta(0.03, 0.03),
        source="none of 107 declined (AFI-rapport 2026:02, 3.1); the rest is assumption",
        meaning="chance that an owner of middling legitimacy declines when wholly free to [F3]",
    )
    legitimacy_base: float = uncertain(
        0.55,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.55, 0.1),
        source=_S2 + ", 3.1",
        meaning="legitimacy with no openness, say, pressure or stigma at all",
    )
    legitimacy_sd: float = fixed(
        0.15,
        unit="0-1",
        bounds=(0.0, 0.5),
        source=_S2,
        meaning="spread between owners of the legitimacy they see",
    )
    legitimacy_openness: float = uncertain(
        0.25,
        unit="0-1 per 0-1",
        bounds=(0.0, 0.6),
        prior=Uniform(0.1, 0.4),
        source=_S2 + ", 3.1",
        meaning="what an open explanation gives legitimacy",
    )
    legitimacy_say: float = uncertain(
        0.15,
        unit="0-1 per 0-1",
        bounds=(0.0, 0.5),
        prior=Uniform(0.05, 0.25),
        source=_S2 + ", 3.3",
        meaning="what a say in the choice of guides gives legitimacy",
    )
    autonomy_cost: float = uncertain(
        0.2,
        unit="0-1 per 0-1",
        bounds=(0.0, 0.8),
        prior=Uniform(0.0, 0.4),
        source=_S1 + "; OECD 2020 [F11]",
        meaning="what felt control takes from legitimacy",
    )
    stigma_base: float = uncertain(
        0.5,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.12),
        source=_S2 + ", 3.1",
        meaning="stigma of being picked with no explanation at all",
    )
    stigma_openness: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.15),
        source=_S2 + ", 3.1",
        meaning="part of the stigma that an open explanation takes away",
    )
    stigma_cost: float = uncertain(
        0.25,
        unit="0-1 per 0-1",
        bounds=(0.0, 0.8),
        prior=Uniform(0.1, 0.4),
        source=_S2 + ", 3.1",
        meaning="what stigma takes from legitimacy and from schools' acceptance",
    )
    mild_control: float = uncertain(
        0.1,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.2),
        source=_S1 + " [F11]",
        meaning="felt control that a mild sanction adds to an obligation",
    )
    robek_control: float = uncertain(
        0.4,
        unit="0-1",
        bounds=(0.0, 1.5),
        prior=Uniform(0.2, 0.6),
        source=_S1 + " [F11]",
        meaning="felt control that a ROBEK-like sanction adds to an obligation",
    )
    sanction_stigma: float = uncertain(
        0.2,
        unit="0-1 per 0-1 of added control",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.4),
        source=_S1 + " [F11]",
        meaning="stigma that goes with a sanction's added control",
    )
    obligation_floor: float = uncertain(
        0.15,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.3),
        source=_S1 + " [F11]",
        meaning="least effort that an obligation without sanction brings about",
    )
    mild_floor: float = uncertain(
        0.3,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.1, 0.45),
        source=_S1 + " [F11]",
        meaning="least effort that a mild sanction brings about",
    )
    robek_floor: float = uncertain(
        0.5,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Uniform(0.25, 0.7),
        source=_S1 + " [F11]",
        meaning="least effort that a ROBEK-like sanction brings about",
    )
    enforced_worth: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.8),
        source="assumption; ritual compliance in the literature on accountability [F11]",
        meaning="what an hour of enforced effort is worth against one of the owner's own will",
    )
    school_base: float = uncertain(
        0.5,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.1),
        source=_S2 + ", 3.1 [F9]",
        meaning="acceptance in a school whose owner sees no legitimacy",
    )
    school_legitimacy: float = uncertain(
        0.3,
        unit="0-1 per 0-1",
        bounds=(0.0, 0.8),
        prior=Uniform(0.1, 0.5),
        source=_S2 + ", 3.1 [F9]",
        meaning="what the owner's view does for acceptance in the schools",
    )
    school_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.5), source=_S2, meaning="spread between schools of acceptance"
    )
    trauma_chance: float = uncertain(
        0.15,
        unit="share per 0-1 of stigma",
        bounds=(0.0, 1.0),
        prior=Beta(0.15, 0.07),
        source=_S2 + ", 3.1: some schools never accept the draw",
        meaning="chance of draw trauma in a school, for each unit of stigma",
    )
    trauma_gain: float = uncertain(
        0.2,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Beta(0.2, 0.1),
        source=_S2,
        meaning="part of the gain that is left in a school with draw trauma",
    )


class Prephase(Group, key="follow_up.prephase", title="Follow-up: the pre-phase"):
    """F4 to F6: guides, the triangle, small offices."""

    guides_per_office: int = fixed(
        5,
        unit="guides",
        bounds=(4, 50),
        source="AFI-rapport 2021:09, 3.3: 44 guides in ten offices, 10 recruited nationally",
        meaning="guides in a governor office's pool",
    )
    guides_from_uh: float = fixed(
        26 / 44,
        unit="share",
        bounds=(0.0, 1.0),
        source="AFI-rapport 2021:09, 3.3: 26 of 44",
        meaning="guides employed by UH",
    )
    guides_private: float = fixed(
        0.15,
        unit="share of the others",
        bounds=(0.0, 1.0),
        source="assumption after AFI-rapport 2026:02, 3.3.3",
        meaning="guides not from UH who work in private firms",
    )
    team: int = fixed(
        2,
        unit="guides",
        bounds=(1, 4),
        source="AFI-rapport 2021:09, 3.3",
        meaning="guides in a municipality's team",
    )
    guide_quality_mean: float = uncertain(
        0.6,
        unit="0-1",
        bounds=(0.1, 0.95),
        prior=Beta(0.6, 0.1),
        source=_S2 + ", 3.3: two thirds found the support relevant",
        meaning="mean of guides' skill",
    )
    guide_quality_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.4), source=_S2, meaning="spread of guides' skill"
    )
    practitioner_insight: float = fixed(
        0.7,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_S2 + ", 3.3",
        meaning="knowledge of owners' work of a guide from the sector",
    )
    uh_insight: float = fixed(
        0.4,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_S2 + ", 3.3",
        meaning="knowledge of owners' work of a guide from UH",
    )
    insight_weight: float = fixed(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        source=_S2 + ", 3.3",
        meaning="part of the match that rests on knowledge of owners' work; the rest on skill",
    )
    mixed_team_bonus: float = fixed(
        0.1,
        unit="0-1",
        bounds=(0.0, 0.5),
        source=_S2 + ", 3.3 [F4]",
        meaning="what a team from both UH and the sector adds to the match",
    )
    say_gain: float = fixed(
        0.15,
        unit="0-1 per 0-1",
        bounds=(0.0, 0.5),
        source=_S2 + ", 3.3 [F4]",
        meaning="what a say in the choice adds to the match",
    )
    late_chance: float = uncertain(
        0.333,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Beta(0.333, 0.08),
        source="AFI-rapport 2026:02, 3.3.3: a third had start-up problems",
        meaning="chance of a late start",
    )
    late_years: float = fixed(
        0.3, unit="years", bounds=(0.0, 1.0), source=_S2 + ", 3.3", meaning="mean delay of a late start"
    )
    takes_over_sd: float = fixed(
        0.2,
        unit="share",
        bounds=(0.0, 0.5),
        source=_S2 + ", 3.3: from critical friend to taking over",
        meaning="how much guide teams differ in what they take over",
    )
    own_analysis: float = fixed(
        0.4,
        unit="0-1 per 0-1",
        bounds=(0.0, 1.0),
        source="assumption",
        meaning="analysis that an owner of full competence brings along when drawn",
    )
    national_share: float = fixed(
        10 / 44,
        unit="share",
        bounds=(0.0, 1.0),
        source="AFI-rapport 2021:09, 3.3: 10 of 44 recruited nationally",
        meaning="guides taken from the whole country where the mix is mixed",
    )
    pool_load: float = fixed(
        2.0,
        unit="municipalities per guide",
        bounds=(0.5, 10.0),
        source="assumption",
        meaning="municipalities a guide can serve at once; beyond it starts are late more often",
    )
    hours_to_analyse: float = uncertain(
        120.0,
        unit="hours",
        bounds=(20.0, 1000.0),
        prior=LogNormal(120.0, 60.0, 250.0),
        source=_S2 + ", 3.3",
        meaning="well used guide hours that bring the analysis two thirds of the way",
    )
    coordination_share: float = uncertain(
        0.3,
        unit="share",
        bounds=(0.0, 0.9),
        prior=Beta(0.3, 0.1),
        source=_S2 + ", 3.3 [F6]",
        meaning="guide time that goes to coordination where the owner has next to no staff",
    )
    coordination_fte: float = fixed(
        0.5,
        unit="man-years",
        bounds=(0.05, 5.0),
        source=_S2 + " [F6]",
        meaning="owner's staff at which half of that is saved",
    )
    closeness_gain: float = uncertain(
        0.2,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.4),
        source=_S2 + ", 3.6 [F5]",
        meaning="what a close governor adds to the use of guide hours",
    )
    closeness_under_sanction: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.8),
        source=_S1 + ": guidance and supervision in one hand [F5]",
        meaning="part of the governor's help that is left when it also holds a sanction",
    )
    stall_chance: float = uncertain(
        0.3,
        unit="share per half-year",
        bounds=(0.0, 1.0),
        prior=Beta(0.3, 0.1),
        source=_S2 + ", 3.3",
        meaning="chance that the work stalls with a critical friend where the owner puts nothing in",
    )
    learns_from_doing: float = uncertain(
        0.25,
        unit="0-1 per year",
        bounds=(0.0, 1.0),
        prior=Beta(0.25, 0.1),
        source="assumption; 22 of 38 owners say the pre-phase raised their competence in analysis (AFI-rapport 2021:09, 3.5)",
        meaning="rise of competence in a year in which the owner does all of the analysis itself, well guided",
    )
    learns_from_watching: float = fixed(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        source=_S2 + ", 3.3",
        meaning="part of that which is learned when guides do the analysis",
    )
    anchoring_pace: float = uncertain(
        0.8,
        unit="share per year",
        bounds=(0.1, 1.0),
        prior=Beta(0.7, 0.1),
        source=_S2 + ", 3.4",
        meaning="how fast the work is anchored when the owner puts all in",
    )
    involvement_start: float = fixed(
        0.5,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_S2 + ", 3.4",
        meaning="how far schools' teachers are drawn in when the pre-phase begins",
    )
    involvement_falls: float = fixed(
        0.3,
        unit="share per half-year",
        bounds=(0.0, 1.0),
        source=_S2 + ", 3.4",
        meaning="how much of that is lost each half-year of the pre-phase",
    )
    owner_hours: float = fixed(
        150.0,
        unit="hours a year",
        bounds=(0.0, 2000.0),
        source="assumption",
        meaning="an owner's own hours in the pre-phase at full effort",
    )
    asked_fte: float = uncertain(
        0.12,
        unit="man-years",
        bounds=(0.0, 0.6),
        prior=Uniform(0.05, 0.2),
        source=_S2 + ", 3.3 [D12]",
        meaning="what the scheme asks of an owner's staff, whatever its size",
    )
    mild_fte: float = fixed(
        0.03,
        unit="man-years",
        bounds=(0.0, 0.5),
        source="assumption [F11]",
        meaning="reporting that a mild sanction asks for",
    )
    robek_fte: float = fixed(
        0.1,
        unit="man-years",
        bounds=(0.0, 0.5),
        source="assumption [F11]",
        meaning="reporting and approval that a ROBEK-like sanction asks for",
    )


class Implementation(Group, key="follow_up.implementation", title="Follow-up: implementation and afterwards"):
    """F6 to F8, F10 and F12: from plan to classroom, and what is left."""

    kept_going: float = fixed(
        0.0,
        unit="share",
        bounds=(0.0, 1.0),
        source="definition: measures stall as they do everywhere (implementing.stall_chance); above 0 in thought experiments",
        meaning="part of the stalls in the scheme's measures that is held off, and of those that have stalled set going at once",
    )
    start_years: float = fixed(
        0.7,
        unit="years",
        bounds=(0.0, 3.0),
        source="assumption: exploring and preparing is part of implementing (Fixsen et al. 2005)",
        meaning="years of implementation that a well anchored pre-phase is worth",
    )
    head_setback_years: float = uncertain(
        0.5,
        unit="years",
        bounds=(0.0, 2.0),
        prior=Uniform(0.2, 0.8),
        source="assumption [F6]",
        meaning="how far a change of head of schools sets it back where nobody else remembers",
    )
    provider_uh: float = fixed(
        0.6,
        unit="share",
        bounds=(0.0, 1.0),
        source="assumption after AFI-rapport 2026:02, 3.5",
        meaning="providers from UH",
    )
    provider_private: float = fixed(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        source="assumption after AFI-rapport 2026:02, 3.5",
        meaning="private providers",
    )
    other_quality: float = uncertain(
        0.5,
        unit="0-1",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.12),
        source="assumption",
        meaning="quality of providers outside UH",
    )
    usual_effort: float = fixed(
        0.5,
        unit="0-1",
        bounds=(0.1, 1.0),
        source="definition",
        meaning="effort at which implementation moves on at the pace of the calendar",
    )
    usual_acceptance: float = fixed(
        0.6,
        unit="0-1",
        bounds=(0.1, 1.0),
        source="definition",
        meaning="a school's acceptance at which they do",
    )
    usual_leadership: float = fixed(
        0.5,
        unit="0-1",
        bounds=(0.1, 1.0),
        source="definition",
        meaning="a principal's competence at which they do",
    )
    leadership_weight: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Beta(0.5, 0.12),
        source="assumption after AFI-rapport 2026:02, 2.3.1.2 [D6]",
        meaning="part of a measure's fidelity that rests on the principal's leading it",
    )
    continuity_gain: float = uncertain(
        0.15,
        unit="share",
        bounds=(0.0, 0.6),
        prior=Uniform(0.0, 0.3),
        source=_S1 + ".3.3 [F4]",
        meaning="what a guide who stays on adds to the fit of the measures",
    )
    own_house_bias: float = uncertain(
        0.1,
        unit="share",
        bounds=(0.0, 0.6),
        prior=Uniform(0.0, 0.25),
        source=_S2 + ", 3.3: 'fox and henhouse' [F4]",
        meaning="fit that is lost where a guide's own institution sells the measures",
    )
    kept_guide_fte: float = fixed(
        0.03,
        unit="man-years",
        bounds=(0.0, 0.3),
        source=_S1 + ".3.3",
        meaning="extra administration of a guide who stays on",
    )
    asked_fte: float = uncertain(
        0.08,
        unit="man-years",
        bounds=(0.0, 0.6),
        prior=Uniform(0.03, 0.15),
        source=_S1 + " [D12]",
        meaning="what implementation asks of an owner's staff, whatever its size",
    )
    nok_per_teacher: float = uncertain(
        4000.0,
        unit="NOK per teacher and year",
        bounds=(500.0, 30000.0),
        prior=LogNormal(4000.0, 2000.0, 8000.0),
        source="assumption; the decentralised scheme spends about 2,700 NOK of state money per teacher and year",
        meaning="money at which a measure reaches two thirds of what money can give [F12]",
    )
    structural_drag: float = uncertain(
        1.0,
        unit="share per share unqualified",
        bounds=(0.0, 3.0),
        prior=Uniform(0.3, 1.7),
        source=_S1 + " [F7]",
        meaning="gain that is lost for each share of teaching done by unqualified staff",
    )
    involvement: float = fixed(
        0.6,
        unit="0-1",
        bounds=(0.0, 1.0),
        source=_S2,
        meaning="how far teachers are drawn into an accepted measure",
    )
    owner_learns: float = uncertain(
        0.08,
        unit="0-1 per year",
        bounds=(0.0, 0.5),
        prior=Uniform(0.02, 0.14),
        source=_S1 + ": owners learn as a by-product",
        meaning="rise of the owner's competence in a year of implementation at full effort",
    )
    catalyst: float = uncertain(
        0.04,
        unit="0-1 per year",
        bounds=(0.0, 0.3),
        prior=Uniform(0.0, 0.08),
        source=_S1 + " [F8]",
        meaning="what tidied plans and new meeting points give the schools' professional community in a year",
    )
    upkeep_during: float = fixed(
        0.5, unit="share", bounds=(0.0, 1.0), source="assumption", meaning="upkeep while implementation lasts"
    )
    upkeep_after: float = uncertain(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.2, 0.8),
        source=_S1 + " [D11]",
        meaning="upkeep afterwards by an owner of full competence",
    )
    upkeep_network: float = uncertain(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        prior=Uniform(0.0, 0.5),
        source="assumption after OECD 2020",
        meaning="upkeep afterwards by a network that wholly carries the work on",
    )
    afterwards_years: float = fixed(
        4.0,
        unit="years",
        bounds=(0.0, 10.0),
        source="assumption",
        meaning="years for which the work is kept up afterwards",
    )
    owner_hours: float = fixed(
        120.0,
        unit="hours a year",
        bounds=(0.0, 2000.0),
        source="assumption",
        meaning="an owner's own hours at full effort",
    )
    teacher_hours: float = fixed(
        12.0,
        unit="hours per teacher and year",
        bounds=(0.0, 100.0),
        source="assumption",
        meaning="a teacher's hours in a measure that is fully carried out",
    )
