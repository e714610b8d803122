"""Contrasts of the system from 2026, and of proposals that nobody has tried."""

from __future__ import annotations

from sim.claims_check.contrast import Contrast, Frame, Row, Setting, framed, turned
from sim.claims_check.of_system_2026 import ONE_IN_A_THOUSAND
from sim.half_year import Season
from sim.schemes.follow_up.levers import Obligation, Sanction

SYSTEM = Frame("The system from 2026", 2024, 2005, 2027, 2030, season=Season.AUTUMN)
PROPOSALS = Frame("Proposals", 2017, 2026, 2026, 2033)

ON: Setting = {"follow_up.active": False}
STRAIGHT: Setting = {**ON, "system_2026.further_education.straight_to_owners": True}
GUIDED: Setting = {**ON, "system_2026.new_teachers.grant_nok": 60e6}
EVALUATED: Setting = {
    **ON, "innovation.projects": 6, "innovation.call_every": 1, "innovation.schools": 100,
    "innovation.works_share": 0.1, "innovation.own_judgement": 0.95,
}  # fmt: skip
ROWS: tuple[Row, ...] = (
    # claim, reading, where it is less, where it is more, source, rows of the page
    ("money straight to owners rests on their analyses", "fit where owners analyse well", ON, STRAIGHT, "5.2.2", "S163"),
    ("strengthened analyses even that out", "fit where owners analyse well",
     {**STRAIGHT, "system_2026.owner_analysis.help": 1.0}, STRAIGHT, "assumption", ""),
    ("help raises owners' competence", "owners' competence",
     ON, {**ON, "system_2026.owner_analysis.help": 1.0}, "assumption", ""),
    ("choosing and hiring loads the smallest", "load of the smallest", ON, STRAIGHT, "5.2.2; 3.6 [D12]", "S162 S130"),
    ("one scheme for kindergarten and school eases the smallest", "load of the smallest",
     {**ON, "neighbours.run_together": 1.0}, ON, "5.2.2; 3.6 [D12]", "S130 A103"),
    ("Kompetanseløftet loads the smallest", "load of the smallest",
     {**ON, "neighbours.inclusion": False}, ON, "3.6 [D12]", "S22 O117"),
    ("one scheme keeps up what schools changed", "upkeep",
     ON, {**ON, "neighbours.run_together": 1.0}, "assumption", ""),
    ("the owner's share weighs on the smallest", "further education of large owners",
     {**ON, "system_2026.further_education.owner_share": 0.0},
     {**ON, "system_2026.further_education.owner_share": 0.5, "system_2026.further_education.grant_nok": 467e6},
     "assumption", ""),
    ("the same money buys no more places where owners pay more of each", "further education",
     {**ON, "system_2026.further_education.owner_share": 0.25}, {**ON, "system_2026.further_education.owner_share": 0.5},
     "assumption", "", None, None, ONE_IN_A_THOUSAND.size),
    ("guidance on application goes to those who can apply", "guided where owners have staff",
     {**GUIDED, "system_2026.new_teachers.on_application": False}, GUIDED, "5.2.2; 1.1", "S162 S2"),
    ("guidance shortens beginners' way", "beginners' gap", GUIDED, ON, "5.2.2; Ingersoll & Strong 2011", "S162"),
    ("supervision gives the governor insight", "insight", ON, {**ON, "system_2026.governor.linked": 1.0}, "5.5 [F2]", "S164"),
    ("the inspector is a less close helper", "closeness of offices",
     {**ON, "system_2026.governor.linked": 1.0}, ON, "assumption", ""),
    ("what supervision finds helps owners' analyses", "hit", ON, {**ON, "system_2026.governor.linked": 1.0}, "5.5", "S164"),
    ("linking supervision and support takes time from forums", "leadership of forums",
     {**ON, "system_2026.governor.linked": 1.0}, ON, "5.5", "S164"),
    ("a larger draw takes time from forums", "leadership of forums",
     *turned("follow_up.draw.average_places", 90, 10), "3.4", "S119"),
    ("members of forums notice a larger draw", "satisfaction",
     *turned("follow_up.draw.average_places", 90, 10), "assumption", ""),
    ("further education raises practice", "practice",
     {**ON, "system_2026.further_education.grant_nok": 0.0}, ON, "assumption", ""),
    ("where most methods do nothing evaluation keeps them from spreading", "useless methods held to work",
     *turned("innovation.evaluated", True, False, EVALUATED), "1.3; OECD 2020", "S23"),
    ("the guide corps strengthens principals", "principals' leadership",
     ON, {**ON, "guide_corps.active": True}, "Dyrkorn et al. 2013", ""),
    ("education of leaders strengthens principals", "principals' leadership",
     {**ON, "system_2026.leaders.grant_nok": 0.0}, {**ON, "system_2026.leaders.grant_nok": 40e6}, "assumption", ""),
    ("specialised roles keep up what schools changed", "upkeep",
     {**ON, "system_2026.roles.grant_nok": 0.0}, {**ON, "system_2026.roles.grant_nok": 80e6}, "assumption", ""),
    ("a larger draw leaves the governor less close to each", "closeness of the governor",
     *turned("follow_up.draw.average_places", 90, 10), "3.4", "A66 S119"),
)  # fmt: skip
TODAY: Setting = {}
AMBASSADORS: Setting = {"follow_up.ambassadors": 1.0}
YEAR_WHEEL: Setting = {"follow_up.owner_focus": 0.5}
POLITICIANS: Setting = {"decentralised.politicians_involved": 0.8}
FLEXIBLE: Setting = {"decentralised.flexible_collective": 1.0}
NAMED: Setting = {"follow_up.help_targeted": 0.8}
TRACKS: Setting = {"follow_up.light_from": 0.4, "follow_up.straight_from": 0.6}
LONGER: Setting = {"follow_up.long_below": 0.5}
TOLD: Setting = {"follow_up.guides_told": 1.0}
WITHOUT_INDICATORS: Setting = {
    "follow_up.draw.discretion": "both",
    "follow_up.draw.average_discretion_weight": 1.0,
    "follow_up.draw.average_candidates": 400,
    "follow_up.draw.average_places": 40,
    "follow_up.draw.spread_places": 0,
}
"""As many are drawn, by the governors' judgement of all municipalities."""
INFORMED: Setting = {"follow_up.early_information": 1.0}
PROPOSED: tuple[Row, ...] = (
    # claim, reading, where it is less, where it is more, source, rows of the page
    ("ambassadors make follow-up more legitimate", "legitimacy of follow-up", TODAY, AMBASSADORS, "assumption", ""),
    ("ambassadors take stigma away", "stigma", AMBASSADORS, TODAY, "assumption", ""),
    ("ambassadors make it feel more voluntary", "felt voluntariness", TODAY, AMBASSADORS, "assumption", ""),
    ("ambassadors make schools accept it more", "acceptance", TODAY, AMBASSADORS, "assumption", ""),
    ("ambassadors cost hours", "hours on follow-up", TODAY, AMBASSADORS, "assumption", ""),
    ("a year wheel raises the owner's competence", "competence of those drawn from 2026",
     TODAY, YEAR_WHEEL, "AFI-rapport 2021:09, 4.3", "A106"),
    ("a year wheel holds what heads would take along", "continuity of those drawn from 2026",
     TODAY, YEAR_WHEEL, "AFI-rapport 2021:09, 4.3", "A106"),
    ("a year wheel saves work", "load of those drawn from 2026", YEAR_WHEEL, TODAY, "assumption", ""),
    ("the schools pay a year wheel with measures that fit less", "plan fit",
     YEAR_WHEEL, TODAY, "assumption", ""),
    ("a year wheel draws the schools in less", "drawn in by the pre-phase",
     YEAR_WHEEL, TODAY, "assumption", ""),
    ("with politicians less rests on heads of schools", "shared understanding", TODAY, POLITICIANS, "assumption", ""),
    ("with politicians small owners can take up more", "grant of small owners", TODAY, POLITICIANS, "assumption", ""),
    ("politicians have a mind of their own", "fit", POLITICIANS, TODAY, "assumption", ""),
    ("politicians cost hours", "hours", TODAY, POLITICIANS, "assumption", ""),
    ("politicians are work for small offices", "load of the smallest", TODAY, POLITICIANS, "assumption", ""),
    ("groups across schools reach more in small ones", "teachers reached in small schools", TODAY, FLEXIBLE, "2.3.2.3", "S89"),
    ("groups across schools leave the staff room less", "community in small schools", FLEXIBLE, TODAY, "assumption", ""),
    ("in groups across schools each has less of UH", "dose", FLEXIBLE, TODAY, "assumption", ""),
    ("the other schools pay for those named", "learning in the others", NAMED, TODAY, "assumption", ""),
    ("named schools feel the blame", "acceptance in named schools", NAMED, TODAY, "assumption", ""),
    ("who knows the deadline early plans better", "plan fit", TODAY, INFORMED, "AFI-rapport 2021:09, 3.2", "A73"),
    ("planning for the deadline takes hours", "hours on follow-up", TODAY, INFORMED, "assumption", ""),
    ("a light track leaves offices closer", "closeness of the governor", TODAY, TRACKS, "assumption", ""),
    ("a light track asks less", "load of those drawn from 2026", TRACKS, TODAY, "assumption", ""),
    ("a light track finds less", "plan fit", TRACKS, TODAY, "assumption", ""),
    ("a longer pre-phase for those who need it brings their analyses further", "plan fit",
     TODAY, LONGER, "AFI-rapport 2021:09, 3.2", "A70"),
    ("a longer pre-phase for some leaves offices less close", "closeness of the governor", LONGER, TODAY, "assumption", ""),
    ("who has a longer pre-phase waits for measures", "part of those in the scheme that has measures",
     LONGER, TODAY, "assumption", ""),
    ("guides who know the grounds get further", "analysis", TODAY, TOLD, "AFI-rapport 2021:09, 4.1", "A107"),
    ("telling guides the grounds takes time that forums lack", "leadership of forums", TOLD, TODAY, "assumption", ""),
    ("small owners' schools gain by measures at the school", "practice of small owners' schools",
     *turned("follow_up.at_school_below_fte", 0.0, 1.5, {"follow_up.owner_measures": 1.0}), "3.8", "S137"),
    ("small owners learn less where measures are at the school", "competence of small owners drawn from 2026",
     *turned("follow_up.at_school_below_fte", 1.5, 0.0, {"follow_up.owner_measures": 1.0}), "assumption", ""),
    ("a draw without indicators is less legitimate", "legitimacy of follow-up", WITHOUT_INDICATORS, TODAY, "3.4", "S122"),
    ("openness takes time that forums lack", "leadership of forums", *turned("follow_up.openness", 1.0, 0.2), "assumption", ""),
    ("networks that carry follow-up on serve their members less", "hit",
     *turned("follow_up.uses_networks", 1.0, 0.3), "assumption", ""),
    ("help for named schools reaches them better where naming is no blame", "learning in named schools",
     *turned("follow_up.help_targeted", 0.0, 0.8, {"follow_up.targeting.stigma": 0.0}), "OECD 2020", "O121"),
    ("a council that stands behind it anchors follow-up", "anchoring", TODAY, POLITICIANS, "AFI-rapport 2021:09, 3.4", "A95"),
    ("stronger means make it feel less voluntary", "felt voluntariness",
     {"follow_up.obligation": Obligation.COMPULSORY, "follow_up.sanction": Sanction.ROBEK}, TODAY, "1.4.1", "S7"),
    ("a sanction makes those of weak will do more", "effort where the will is weak",
     *turned("follow_up.sanction", Sanction.NONE, Sanction.ROBEK, {"follow_up.obligation": Obligation.COMPULSORY}),
     "assumption", ""),
    ("an order costs legitimacy", "legitimacy of follow-up",
     {"follow_up.obligation": Obligation.COMPULSORY}, TODAY, "assumption", ""),
    ("the system from 2026 rests on owners' analyses", "fit where owners analyse well",
     "rules_of_2025", "system_2026", "5.2.2", "S163"),
    ("the system from 2026 brings private schools in", "practice in private schools",
     "rules_of_2025", "system_2026", "5.2.2", "S16"),
    ("forums lose time where supervision and support are linked from 2026", "leadership of forums",
     "system_2026", "rules_of_2025", "5.5", "S164"),
)  # fmt: skip
CONTRASTS: tuple[Contrast, ...] = (
    *framed(SYSTEM, ROWS),
    *framed(PROPOSALS, PROPOSED),
    Contrast(
        PROPOSALS,
        "what a joint scheme does not carry over is missed at first",
        "trust in the vocational forum",
        *turned("vocational.continuity", 0.0, 1.0, {"vocational.joint": True}),
        "4.4, 5.2.2 [V7]",
        "S161",
        years=(2026, 2026),
    ),
)
