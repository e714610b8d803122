"""Contrasts of the follow-up scheme and its draw."""

from __future__ import annotations

from sim.claims_check.contrast import Contrast, Frame, Row, Setting, framed, turned
from sim.half_year import Season

FOLLOW_UP = Frame("The follow-up scheme", 2017, 2020, 2020, 2025, given={"innovation.active": False})
"""The draws of 2020 and 2022; those drawn before 2020 are as they were."""
DRAW = Frame("The draw of 2020", 2018, 2020, 2020, 2020, season=Season.SPRING, scale=1.0)

FORM = Frame("The form on the draw of 2020", 2018, 2020, 2021, 2021, season=Season.SPRING, scale=1.0)

TODAY: Setting = {}
ALONE_WITH_IT: Setting = {"follow_up.takes_over": 0.0}
KEPT: Setting = {"follow_up.keep_guide_chance": 1.0}
HURT: Setting = {"follow_up.openness": 0.0}
UH_SELLS: Setting = {"follow_up.implementation.provider_uh": 1.0, "follow_up.prephase.guides_from_uh": 1.0}
BOTH_KINDS: Setting = {"follow_up.prephase.guides_from_uh": 0.5}
ALIKE: Setting = {
    "follow_up.prephase.guide_quality_sd": 0.0,
    "follow_up.prephase.insight_sd": 0.0,
    "follow_up.prephase.guides_learn": 0.0,
}
SEEN_ALIKE: Setting = {"survey.perception_owner": 0.4, "survey.perception_leader": 0.4}
RESTLESS: Setting = {"turnover.head_exit": 0.35}
SETTLED: Setting = {"turnover.head_exit": 0.05}
ROBEK: Setting = {"follow_up.obligation": "compulsory", "follow_up.sanction": "robek"}

AFI_21 = "AFI-rapport 2021:09, "

ROWS: tuple[Row, ...] = (
    # claim, reading, where it is less, where it is more, source, rows of the page
    ("the less they feel pressed the freer owners feel", "felt voluntariness",
     *turned("follow_up.felt_pressure", 1.0, 0.2), "3.1", "S94 A51"),
    ("who feels free declines", "outcome declined", *turned("follow_up.felt_pressure", 1.0, 0.2), "3.1", "S94 S21 A51"),
    ("openness gives legitimacy", "legitimacy of follow-up", *turned("follow_up.openness", 0.2, 1.0), AFI_21 + "3.1", "A50 A107"),
    ("openness gives effort", "effort in follow-up", *turned("follow_up.openness", 0.2, 1.0), AFI_21 + "3.1", "A50"),
    ("openness takes stigma away", "stigma", *turned("follow_up.openness", 1.0, 0.2), AFI_21 + "4.1", "A107 S106"),
    ("what the owner says of it colours the schools", "acceptance",
     *turned("follow_up.openness", 0.2, 1.0), AFI_21 + "3.1", "A55 S136"),
    ("those drawn again are small", "drawn more than once where owners are small", None, TODAY, AFI_21 + "2.5", "A28"),
    ("of those drawn it is the small who come back", "drawn again where owners are small", None, TODAY, AFI_21 + "2.5", "A28"),
    ("first a defeat, then a chance", "stigma", *turned("follow_up.grounds.comes_round", 0.8, 0.0), AFI_21 + "3.1", "A53"),
    ("grounds that swing leave doubt", "doubt", *turned("follow_up.grounds.swing", 0.0, 0.6), AFI_21 + "2.5", "A57"),
    ("grounds that swing cost legitimacy", "legitimacy of follow-up",
     *turned("follow_up.grounds.swing", 0.8, 0.0), AFI_21 + "2.5", "A57"),
    ("having come above the limit since costs legitimacy", "legitimacy of follow-up",
     *turned("follow_up.grounds.better_again", 0.8, 0.0), AFI_21 + "2.5", "A58"),
    ("being drawn by spread leaves doubt", "doubt", *turned("follow_up.grounds.by_spread", 0.0, 0.8), AFI_21 + "2.5", "A59"),
    ("being drawn by spread costs legitimacy", "legitimacy of follow-up",
     *turned("follow_up.grounds.by_spread", 0.8, 0.0), AFI_21 + "2.5", "A59"),
    ("small margins leave doubt", "doubt", *turned("follow_up.grounds.margin", 0.0, 0.6), "3.3.2", "S104"),
    ("doubt costs legitimacy", "legitimacy of follow-up",
     *turned("follow_up.grounds.doubt_cost", 0.6, 0.0), AFI_21 + "2.5", "A57 A58 A59 S122"),
    ("a bad earlier round lowers the will", "effort in follow-up",
     *turned("follow_up.grounds.bad_round_cost", 0.6, 0.0), AFI_21 + "3.3", "A60"),
    ("some schools never accept the draw, and gain less", "practice where drawn",
     *turned("follow_up.acceptance.trauma_chance", 1.0, 0.0, HURT), "3.3.2", "S103"),
    ("draw trauma comes where schools are led weakly", "trauma where leaders are weak",
     None, {"follow_up.acceptance.trauma_chance": 0.5, **HURT}, "3.3.2", "S104"),
    ("a say in who guides gives legitimacy", "legitimacy of follow-up",
     *turned("follow_up.say_in_guides", 0.0, 1.0), AFI_21 + "3.3", "A61 S108"),
    ("a say in who guides finds guides that fit", "match of guides",
     *turned("follow_up.say_in_guides", 0.0, 1.0), AFI_21 + "3.3", "A61"),
    ("with the governor there owners take it seriously", "effort in follow-up",
     *turned("follow_up.governor_closeness", 0.0, 1.0), AFI_21 + "3.2", "A65 A64"),
    ("a close governor anchors the work", "anchoring", *turned("follow_up.governor_closeness", 0.0, 1.0), AFI_21 + "3.2", "A64"),
    ("a close governor keeps schools drawn in", "drawn in by the pre-phase",
     *turned("follow_up.governor_closeness", 0.0, 1.0), AFI_21 + "3.2", "A64"),
    ("a close governor mends the fit of measures", "plan fit",
     *turned("follow_up.governor_closeness", 0.0, 1.0), AFI_21 + "3.6", "A76"),
    ("offices with many drawn cannot follow all", "closeness of the governor",
     *turned("follow_up.draw.average_places", 90, 30), AFI_21 + "3.2", "A66"),
    ("offices with many drawn lead forums less", "leadership of forums",
     *turned("follow_up.draw.average_places", 90, 10), "3.4", "S119"),
    ("offices are closer to those who need it", "closeness where competence is weak", None, TODAY, "3.4", "S120"),
    ("unclear roles delay", "analysis",
     *turned("follow_up.governors.unclear_stalls", 2.0, 0.0, ALONE_WITH_IT), AFI_21 + "3.2", "A67"),
    ("coordination takes guides' time", "analysis",
     *turned("follow_up.prephase.coordination_share", 0.7, 0.0), AFI_21 + "3.2", "A68"),
    ("turnover of heads sets the analysis back", "analysis", RESTLESS, SETTLED, AFI_21 + "3.2", "A69"),
    ("turnover of heads sets the anchoring back", "anchoring", RESTLESS, SETTLED, AFI_21 + "3.2", "A69"),
    ("turnover of principals sets the anchoring back", "anchoring",
     *turned("turnover.principal_exit", 0.35, 0.05), AFI_21 + "3.2", "A69"),
    ("turnover shows in results", "outcome pupil_results",
     {"turnover.teacher_exit_central": 0.25, "turnover.teacher_exit_middle": 0.3, "turnover.teacher_exit_remote": 0.35},
     {"turnover.teacher_exit_central": 0.08, "turnover.teacher_exit_middle": 0.1, "turnover.teacher_exit_remote": 0.12},
     "3.2", "S99"),
    ("a longer pre-phase brings the analysis further", "plan fit",
     *turned("follow_up.prephase_years", 1.0, 1.5), AFI_21 + "3.2", "A70"),
    ("without a pre-phase measures fit less", "plan fit", *turned("follow_up.prephase_years", 0.0, 1.0), "3.1", "S92 S126"),
    ("the deadline half-way cuts the analysis short", "plan fit",
     *turned("follow_up.deadline_share", 0.3, 1.0), AFI_21 + "3.2", "A71"),
    ("the deadline half-way cuts involvement short", "drawn in by the pre-phase",
     *turned("follow_up.deadline_share", 0.3, 1.0), AFI_21 + "3.2", "A72"),
    ("who knows the deadline from the first day plans better", "plan fit",
     *turned("follow_up.early_information", 0.0, 1.0), AFI_21 + "3.2", "A73"),
    ("guides who start late have fewer hours left", "guides' hours",
     *turned("follow_up.prephase.late_chance", 1.0, 0.0), "3.3.3", "A74 S107"),
    ("a late start cuts the analysis short", "analysis",
     *turned("follow_up.prephase.late_chance", 1.0, 0.0), "3.3.3", "A74 S107"),
    ("better guides bring better analyses", "analysis",
     *turned("follow_up.prephase.guide_quality_mean", 0.4, 0.8), AFI_21 + "3.3", "A79"),
    ("teams that complement each other match better", "match of guides",
     *turned("follow_up.prephase.mixed_team_bonus", 0.0, 0.3, BOTH_KINDS), AFI_21 + "3.3", "A79 A78"),
    ("guides who know owners' work match better", "match of guides",
     *turned("follow_up.prephase.uh_insight", 0.3, 0.8), AFI_21 + "3.3", "A80"),
    ("guides who know owners' work bring better analyses", "analysis",
     *turned("follow_up.prephase.uh_insight", 0.3, 0.8), AFI_21 + "3.3", "A80"),
    ("earlier ties give a flying start", "match of guides",
     *turned("follow_up.prephase.known_chance", 0.0, 1.0), AFI_21 + "3.3", "A81"),
    ("guides learn by guiding", "match of guides",
     *turned("follow_up.prephase.guides_learn", 0.0, 0.4), AFI_21 + "3.3", "A83 S124"),
    ("more hours bring the analysis further", "analysis", *turned("follow_up.guide_hours", 125.0, 500.0), AFI_21 + "3.3", "A87"),
    ("hours are scarce where schools are many", "analysis where schools are few", None, TODAY, AFI_21 + "3.3", "A87"),
    ("taking over gets the analysis on", "analysis", *turned("follow_up.takes_over", 0.0, 1.0), AFI_21 + "3.5", "A85"),
    ("taking over teaches the owner less", "competence of the drawn",
     *turned("follow_up.takes_over", 1.0, 0.0), AFI_21 + "3.5", "A85 S102 A96"),
    ("guides take over more where competence is weak", "guides take over where competence is weak",
     None, TODAY, AFI_21 + "3.5", "A86"),
    ("the pandemic cost visits", "guides' hours", TODAY, {"pandemic.share_lost": 0.0}, AFI_21 + "3.3", "A88"),
    ("the pandemic cost analyses", "analysis", TODAY, {"pandemic.share_lost": 0.0}, AFI_21 + "3.3", "A88"),
    ("it comes on top of everything", "load of the drawn",
     *turned("follow_up.prephase.asked_fte", 0.0, 0.3), AFI_21 + "3.3", "A89"),
    ("what comes on top tires staffs", "fatigue where drawn",
     *turned("follow_up.implementation.asked_fte", 0.0, 0.3), "3.6", "S132"),
    ("overload lowers what owners put in", "effort in follow-up", *turned("load.other_schemes_fte", 0.3, 0.0), "3.6", "S130"),
    ("involvement falls through the pre-phase", "drawn in by the pre-phase",
     *turned("follow_up.prephase.involvement_falls", 0.6, 0.0), AFI_21 + "3.4", "A94 S109"),
    ("a house that sells what its guide has advised bends the fit", "plan fit",
     *turned("follow_up.implementation.own_house_bias", 0.4, 0.0, {**UH_SELLS, **KEPT}), AFI_21 + "3.6", "A99"),
    ("a guide who is kept on mends the fit", "plan fit",
     *turned("follow_up.keep_guide_chance", 0.0, 1.0), AFI_21 + "3.6", "A101 S115 S116"),
    ("measures for the owner teach the owner", "competence of the drawn",
     *turned("follow_up.owner_measures", 0.0, 1.0), "3.8", "S135 A100"),
    ("measures at schools change schools", "practice where drawn",
     *turned("follow_up.owner_measures", 1.0, 0.0), "3.8", "S135 S137"),
    ("more years change more", "practice where drawn", *turned("follow_up.implementation_years", 1.0, 4.0), "3.7", "S134"),
    ("the scheme is a catalyst", "community where drawn",
     *turned("follow_up.implementation.catalyst", 0.0, 0.15), "3.7", "S117"),
    ("structural limits remain", "practice where drawn",
     *turned("follow_up.implementation.structural_drag", 2.5, 0.0), "3.7", "S138 S101"),
    ("small measures' training shows sooner", "practice where drawn",
     *turned("follow_up.implementation.direct_share", 0.0, 1.0), "3.7", "S133"),
    ("more money changes more", "practice where drawn", *turned("follow_up.grant_nok", 2e7, 2e8), AFI_21 + "3.6", "A62"),
    ("networks carry the work on", "upkeep where drawn", *turned("follow_up.uses_networks", 0.0, 1.0), "OECD 2020", "O118 S131"),
    ("neighbouring services hold gains up", "upkeep where drawn",
     *turned("follow_up.implementation.upkeep_sideways", 0.0, 0.3), "3.7", "S110"),
    ("where ways are short neighbouring services are drawn in sooner", "neighbouring services of small owners",
     *turned("follow_up.prephase.short_ways", 0.0, 1.0), AFI_21 + "3.3", "A90"),
    ("follow-up changes the schools of those drawn", "outcome practice",
     *turned("follow_up.active", False, True), "assumption", ""),
    ("control takes legitimacy", "legitimacy of follow-up", ROBEK, TODAY, "assumption", ""),
    ("of guides of equal skill those from the office's own pool know the place", "match of guides",
     *turned("follow_up.guide_mix", "national", "local", ALIKE), "OECD 2020", "A84 O122"),
)  # fmt: skip

DRAWN: tuple[Row, ...] = (
    ("those drawn by spread are larger", "inhabitants of those drawn by spread", None, TODAY, "3.1", "S95"),
    ("those drawn by average have less education", "low education of those drawn", None, TODAY, AFI_21 + "table 6", "A41 S95"),
    ("those drawn have more disability", "disability of those drawn", None, TODAY, AFI_21 + "table 6", "A42"),
    ("those drawn have more child welfare", "child welfare of those drawn", None, TODAY, AFI_21 + "table 6", "A42"),
    ("those drawn by spread have more hardship", "disability of those drawn by spread", None, TODAY, AFI_21 + "table 8", "A49"),
    ("the north is drawn oftener", "the north among the drawn", None, TODAY, AFI_21 + "2.3", "A47"),
    ("Finnmark lies far above the rest of the north", "Finnmark's risk share", None, TODAY, "OECD 2020", "O48"),
    ("small cohorts make extreme figures", "more spread of small owners' figures", None, TODAY, AFI_21 + "2.5", "A26 A27"),
    ("small cohorts make owners doubt the draw", "doubt of small owners", None, TODAY, "3.3.2", "S105"),
    ("governors' knowledge finds those in need", "need of those drawn by spread",
     {"follow_up.draw.discretion": "none"}, TODAY, AFI_21 + "2.1", "A16 S121"),
    ("governors' knowledge finds owners who lack most", "what owners drawn by spread lack",
     {"follow_up.draw.discretion": "none"}, TODAY, AFI_21 + "2.1", "A16 S121"),
    ("common criteria find new heads", "new heads among those drawn by spread",
     {"follow_up.draw.discretion": "none"}, {"follow_up.draw.judged_by": "common_criteria"}, "OECD 2020", "O37"),
    ("common criteria look at results less than governors do", "need of those drawn by spread",
     {"follow_up.draw.judged_by": "common_criteria"}, TODAY, "assumption", ""),
    ("the spread draw reaches more pupils", "pupils drawn",
     *turned("follow_up.draw.spread_places", 0, 10), AFI_21 + "4.1", "A30"),
    ("the largest left out are pupils not reached", "pupils drawn",
     {}, {"follow_up.draw.spread_size_limit": False}, AFI_21 + "2.5", "A31"),
    ("a floor on size reaches more pupils", "pupils drawn",
     *turned("follow_up.draw.least_pupils", 0.0, 500.0), AFI_21 + "2.5", "A32"),
    ("a floor on size misses some who would gain", "outcome hit_rate",
     *turned("follow_up.draw.least_pupils", 500.0, 0.0), AFI_21 + "2.5", "A32"),
    ("more places by spread reach more pupils", "pupils drawn",
     *turned("follow_up.draw.spread_places", 10, 20), AFI_21 + "2.5", "A33"),
    ("going by pupils in weak schools reaches more pupils", "pupils drawn",
     {}, {"follow_up.draw.ranked_by": "weak_pupils"}, AFI_21 + "2.5", "A34"),
    ("going by schools left alone reaches more pupils", "pupils drawn",
     {}, {"follow_up.draw.ranked_by": "schools_left_alone"}, AFI_21 + "2.5", "A36"),
    ("governors' judgement in both draws finds owners who lack most", "outcome owner_hit_rate",
     {}, {"follow_up.draw.discretion": "both"}, AFI_21 + "2.5", "A35"),
    ("the more governors go by what owners lack the more those drawn lack", "what owners drawn by spread lack",
     *turned("follow_up.draw.shortfall_weight", 0.0, 1.0), "3.4", "S121"),
)  # fmt: skip

SEVERAL = (2020, 2030)
"""Draws of some years: of one alone few are drawn by spread, and who comes back is told from the second on."""
AMONG_THE_DRAWN: tuple[Row, ...] = (
    ("those whose grounds swing find it less right", "legitimacy where grounds don't swing", None, TODAY,
     AFI_21 + "2.5", "A57", SEVERAL),
    ("those above the limit again find it less right", "legitimacy where the last year is no better", None, TODAY,
     AFI_21 + "2.5", "A58", SEVERAL),
    ("those drawn by spread doubt their grounds more", "doubt of those drawn by spread", None, TODAY,
     AFI_21 + "2.5", "A59", SEVERAL),
    ("those drawn by spread find it less right", "legitimacy among those drawn by average", None, TODAY,
     AFI_21 + "2.5", "A59", SEVERAL),
    ("those drawn by spread put less in", "effort of those drawn by average", None, TODAY, "assumption", "", SEVERAL),
    ("those who come back put less in", "effort of newcomers", None, TODAY, AFI_21 + "3.3", "A60", SEVERAL),
)  # fmt: skip

ANSWERED: tuple[Row, ...] = (
    ("owners are more positive than leaders of their schools", "figure drawn_positive less drawn_positive_leader",
     None, TODAY, "3.3", "S136"),
    ("owners are so where both see the same thing alike", "figure drawn_positive less drawn_positive_leader",
     None, SEEN_ALIKE, "assumption", ""),
)  # fmt: skip

CONTRASTS: tuple[Contrast, ...] = (
    *framed(FOLLOW_UP, ROWS),
    *framed(DRAW, DRAWN),
    *framed(DRAW, AMONG_THE_DRAWN),
    *framed(FORM, ANSWERED),
    Contrast(
        DRAW,
        "those drawn by spread are oftener in ROBEK",
        "ROBEK among those drawn by spread",
        None,
        TODAY,
        AFI_21 + "2.3",
        "A46",
        years=(2020, 2030),
    ),
)
"""Of ten drawn by spread none or one is in ROBEK; so that is looked at over five draws."""
