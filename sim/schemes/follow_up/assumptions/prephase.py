"""The pre-phase: guides, how far they get with an owner, and what that asks of a small office."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, LogNormal, Uniform

_S2 = "assumption after AFI-rapport 2021:09"
_S1 = "assumption after AFI-rapport 2026:02, ch. 3"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Prephase(Group, key="follow_up.prephase", title="Follow-up: the pre-phase"):
    """F4 to F6: guides, the triangle, small offices."""

    guides_per_owner: float = fixed(
        34 / 39, unit="guides", bounds=(0.1, 4.0),
        source="AFI-rapport 2021:09, 3.3: 44 guides for 39 municipalities, 10 of them recruited nationally",
        meaning="guides that an office recruits for each of its municipalities that is drawn",
    )
    guides_spread: float = uncertain(
        0.3, unit="log SD", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5),
        source="assumption: Trøndelag recruited 13, also for others (AFI-rapport 2021:09, 3.3)",
        meaning="how differently offices recruit, drawing by drawing, for as many municipalities",
    )
    guides_most: int = fixed(
        24, unit="guides", bounds=(4, 100), source="assumption; 13 in Trøndelag in 2020 (AFI-rapport 2021:09, 3.3)",
        meaning="guides that there are to be had in a governor's area",
    )
    guides_national: int = fixed(
        10, unit="guides", bounds=(4, 100), source="AFI-rapport 2021:09, 3.3: 10 of 44 recruited nationally",
        meaning="guides in the national pool",
    )
    guides_from_uh: float = fixed(
        26 / 44, unit="share", bounds=(0.0, 1.0), source="AFI-rapport 2021:09, 3.3: 26 of 44",
        meaning="guides employed by UH",
    )
    guides_private: float = fixed(
        0.15, unit="share of the others", bounds=(0.0, 1.0), source="assumption after AFI-rapport 2026:02, 3.3.3",
        meaning="guides not from UH who work in private firms",
    )
    team: int = fixed(
        2, unit="guides", bounds=(1, 4), source="AFI-rapport 2021:09, 3.3",
        meaning="guides in a municipality's team",
    )
    guide_quality_mean: float = uncertain(
        0.6, unit="0-1", bounds=(0.1, 0.95), prior=Beta(0.6, 0.1),
        source=_S2 + ", 3.3: two thirds found the support relevant",
        meaning="mean of guides' skill",
    )
    guide_quality_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.4), source=_S2,
        meaning="spread of guides' skill",
    )
    practitioner_insight: float = fixed(
        0.7, unit="0-1", bounds=(0.0, 1.0), source=_S2 + ", 3.3",
        meaning="knowledge of owners' work of a guide from the sector, mean",
    )
    uh_insight: float = fixed(
        0.4, unit="0-1", bounds=(0.0, 1.0), source=_S2 + ", 3.3",
        meaning="knowledge of owners' work of a guide from UH, mean",
    )
    insight_sd: float = fixed(
        0.15, unit="0-1", bounds=(0.0, 0.4), source=_S2 + ", 3.3: what counts is not where a guide comes from",
        meaning="spread of guides' knowledge of owners' work inside either kind",
    )
    known_chance: float = fixed(
        0.3, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="chance that a guide recruited by the office knows the municipality from before",
    )
    known_gain: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.2),
        source=_S2 + ", 3.3: an earlier tie gives a flying start",
        meaning="what that adds to the match",
    )
    guides_learn: float = uncertain(
        0.1, unit="share", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.2),
        source=_S2 + ", 1.2 and 3.3: guides learn by guiding",
        meaning="part of the skill they lack that guides learn with each municipality",
    )
    takes_over_weak: float = uncertain(
        0.5, unit="share per 0-1", bounds=(0.0, 2.0), prior=Uniform(0.0, 1.0), source=_S2 + ", 3.5",
        meaning="how much more guides take over where the owner's competence lies below the usual",
    )
    usual_competence: float = fixed(
        0.45, unit="0-1", bounds=(0.0, 1.0), source="assumption: the middle of what heads of schools may bring along",
        meaning="competence of an owner for whom guides take over as much as they are told to",
    )
    insight_weight: float = fixed(
        0.4, unit="share", bounds=(0.0, 1.0), source=_S2 + ", 3.3",
        meaning="part of the match that rests on knowledge of owners' work; the rest on skill",
    )
    mixed_team_bonus: float = fixed(
        0.1, unit="0-1", bounds=(0.0, 0.5), source=_S2 + ", 3.3 [F4]",
        meaning="what a team from both UH and the sector adds to the match",
    )
    say_gain: float = fixed(
        0.15, unit="0-1 per 0-1", bounds=(0.0, 0.5), source=_S2 + ", 3.3 [F4]",
        meaning="what a say in the choice adds to the match",
    )
    late_chance: float = uncertain(
        0.333, unit="share", bounds=(0.0, 1.0), prior=Beta(0.333, 0.08),
        source="AFI-rapport 2026:02, 3.3.3: a third had start-up problems",
        meaning="chance of a late start",
    )
    late_years: float = fixed(
        0.3, unit="years", bounds=(0.0, 1.0), source=_S2 + ", 3.3",
        meaning="mean delay of a late start",
    )
    takes_over_sd: float = fixed(
        0.2, unit="share", bounds=(0.0, 0.5), source=_S2 + ", 3.5: from critical friend to taking over",
        meaning="how much guide teams differ in what they take over",
    )
    own_analysis: float = fixed(
        0.4, unit="0-1 per 0-1", bounds=(0.0, 1.0), source="assumption",
        meaning="analysis that an owner of full competence brings along when drawn",
    )
    national_share: float = fixed(
        10 / 44, unit="share", bounds=(0.0, 1.0), source="AFI-rapport 2021:09, 3.3: 10 of 44 recruited nationally",
        meaning="guides taken from the whole country where the mix is mixed",
    )
    pool_load: float = fixed(
        2.5, unit="municipalities per guide", bounds=(0.5, 10.0), source="assumption",
        meaning="municipalities a guide can serve at once; beyond it starts are late more often",
    )
    told_gain: float = fixed(
        0.1, unit="0-1", bounds=(0.0, 1.0),
        source="assumption after AFI-rapport 2021:09, 4.1, which proposes that guides know the grounds and gives no size",
        meaning="part of a right picture of the challenges that guides who are told all the grounds begin with, where these leave no doubt",
    )
    hours_to_analyse: float = uncertain(
        120.0, unit="hours", bounds=(20.0, 1000.0), prior=LogNormal(120.0, 60.0, 250.0), source=_S2 + ", 3.3",
        meaning="well used guide hours that bring the analysis of a municipality with the usual number of schools two thirds of the way",
    )
    hours_power: float = uncertain(
        0.35, unit="power", bounds=(0.0, 1.5), prior=Uniform(0.1, 0.6),
        source=_S2 + ", 2.5 and 3.3: hours are scarce in large municipalities with many schools",
        meaning="power of the number of schools by which the hours needed grow",
    )
    usual_schools: float = fixed(
        4.0, unit="schools", bounds=(1.0, 50.0), source="definition",
        meaning="schools of a municipality that needs the usual hours",
    )
    coordination_share: float = uncertain(
        0.3, unit="share", bounds=(0.0, 0.9), prior=Beta(0.3, 0.1), source=_S2 + ", 3.2 [F6]",
        meaning="guide time that goes to coordination where the owner has next to no staff",
    )
    coordination_fte: float = fixed(
        0.5, unit="man-years", bounds=(0.05, 5.0), source=_S2 + " [F6]",
        meaning="owner's staff at which half of that is saved",
    )
    closeness_gain: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4), source=_S2 + ", 3.2 [F5]",
        meaning="what a close governor adds to the use of guide hours",
    )
    closeness_under_sanction: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8),
        source=_S1 + ": guidance and supervision in one hand [F5]",
        meaning="part of the governor's help that is left when it also holds a sanction",
    )
    stall_chance: float = uncertain(
        0.3, unit="share per half-year", bounds=(0.0, 1.0), prior=Beta(0.3, 0.1), source=_S2 + ", 3.5",
        meaning="chance that the work stalls with a critical friend where the owner puts nothing in",
    )
    learns_from_doing: float = uncertain(
        0.25, unit="0-1 per year", bounds=(0.0, 1.0), prior=Beta(0.25, 0.1),
        source="assumption; 22 of 38 owners say the pre-phase raised their competence in analysis (AFI-rapport 2021:09, 3.5)",
        meaning="rise of competence in a year in which the owner does all of the analysis itself, well guided",
    )
    learns_from_watching: float = fixed(
        0.3, unit="share", bounds=(0.0, 1.0), source=_S2 + ", 3.5",
        meaning="part of that which is learned when guides do the analysis",
    )
    anchoring_pace: float = uncertain(
        0.8, unit="share per year", bounds=(0.1, 1.0), prior=Beta(0.7, 0.1), source=_S2 + ", 3.4",
        meaning="how fast the work is anchored when the owner puts all in",
    )
    sideways_pace: float = uncertain(
        1.0, unit="share per year", bounds=(0.0, 2.0), prior=Uniform(0.3, 1.7),
        source="assumption: where the owner puts all in, a pre-phase draws in a quarter or four fifths of what there is; AFI-rapport 2021:09,"
        " 3.4, names the services, and how many took part is held back",
        meaning="how fast PPT, kindergartens and health services are drawn in when the owner puts all in",
    )
    short_ways: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 1.0),
        source=_S2 + ", 3.3: small need not hinder, ways can be short; the size is an assumption: from nothing to as much as makes up for"
        " what an overloaded small office can't put in",
        meaning="how much faster that is with one school than with the usual number, and how much slower with very many",
    )
    backing_gain: float = uncertain(
        0.25, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.5),
        source=_S2 + ", 3.4: the pre-phase anchors upwards too; AFI-rapport 2026:02, 5.3 [D13]",
        meaning="how much faster the work is anchored where the municipal council stands wholly behind the plan for its schools",
    )
    planned_for: float = uncertain(
        0.25, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.5),
        source=_S2 + ", 3.2: the deadline cuts analysis short",
        meaning="part of the time cut off by the application deadline that owner and guides win back by planning for it from the first day",
    )
    planning_hours: float = fixed(
        15.0, unit="hours", bounds=(0.0, 500.0), source="assumption",
        meaning="an owner's hours to plan the pre-phase towards the deadline",
    )
    involvement_start: float = fixed(
        0.5, unit="0-1", bounds=(0.0, 1.0), source=_S2 + ", 3.4",
        meaning="how far schools' teachers are drawn in when the pre-phase begins",
    )
    involvement_falls: float = fixed(
        0.3, unit="share per half-year", bounds=(0.0, 1.0), source=_S2 + ", 3.4",
        meaning="how much of that is lost each half-year of the pre-phase",
    )
    rushed: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6),
        source=_S2 + ", 3.2 and 3.4: the deadline cuts involvement short, which then anchors what is chosen already",
        meaning="part of schools' involvement that is lost if the application is due at once",
    )
    head_loses: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6),
        source=_S2 + ", 3.2: a change of head or principals in the pre-phase sets the work back",
        meaning="part of analysis and anchoring that a change of head of schools takes before measures begin, where nobody else knows the work",
    )
    principals_lose: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6), source=_S2 + ", 3.2",
        meaning="part of the anchoring that would be lost if all principals changed before measures begin",
    )
    owner_hours: float = fixed(
        150.0, unit="hours a year", bounds=(0.0, 2000.0), source="assumption",
        meaning="an owner's own hours in the pre-phase at full effort",
    )
    asked_fte: float = uncertain(
        0.12, unit="man-years", bounds=(0.0, 0.6), prior=Uniform(0.05, 0.2), source=_S2 + ", 3.3 [D12]",
        meaning="what the scheme asks of an owner's staff, whatever its size",
    )
    guide_nok: float = fixed(
        1000.0, unit="NOK per hour", bounds=(0.0, 5000.0), source="assumption: pay and travel",
        meaning="what an hour of a guide costs the scheme",
    )
    mild_fte: float = fixed(
        0.03, unit="man-years", bounds=(0.0, 0.5), source="assumption [F11]",
        meaning="reporting that a mild sanction asks for",
    )
    robek_fte: float = fixed(
        0.1, unit="man-years", bounds=(0.0, 0.5), source="assumption [F11]",
        meaning="reporting and approval that a ROBEK-like sanction asks for",
    )
