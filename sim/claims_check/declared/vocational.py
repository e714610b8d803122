"""Contrasts of the vocational scheme."""

from __future__ import annotations

from sim.claims_check.contrast import Contrast, Frame, Row, Setting, framed, turned
from sim.half_year import Season
from sim.schemes.vocational.levers import ForumRole, RunBy

VOCATIONAL = Frame(
    "The vocational scheme", 2019, 2005, 2026, 2031, given={"vocational.active": True}, season=Season.AUTUMN
)

TODAY: Setting = {}
APPLIED: Setting = {"vocational.direct_share": 0.0}
NO_HOURS: Setting = {
    "vocational.counties.coordination_hours": 0.0
}  # what it takes to coordinate is not double work
SMALL: Setting = {**APPLIED, "vocational.collective_share": 0.0}
DECIDES: Setting = {"vocational.forum_role": ForumRole.DECIDING}
PLANS: Setting = {"vocational.plan": True}
AS_WRITTEN: Setting = {**DECIDES, **PLANS}
ACTIVE: Setting = {"vocational.board_active": 1.0}
JOINT: Setting = {
    "vocational.joint": True, "vocational.visibility_rules": 0.0, "vocational.run_by": RunBy.GOVERNOR,
}  # fmt: skip
ROWS: tuple[Row, ...] = (
    # claim, reading, where it is less, where it is more, source, rows of the page
    ("simplicity is decisive where sums are small", "teachers with small measures",
     *turned("vocational.paperwork_hours", 20.0, 1.0, SMALL), "4.4 [V1]", "S152"),
    ("a threshold keeps small grants out", "teachers with small measures",
     {**SMALL, "vocational.least_nok": 500_000.0}, SMALL, "4 [V1]", "S152"),
    ("little bureaucracy brings schools in", "schools in the vocational scheme",
     *turned("vocational.paperwork_hours", 20.0, 1.0, APPLIED), "4 [V1]", "S152"),
    ("rolling deadlines meet more wishes", "teachers with small measures",
     {**SMALL, "vocational.rolling_share": 0.0, "vocational.grant_nok": 2e8},
     {**SMALL, "vocational.rolling_share": 1.0, "vocational.grant_nok": 2e8}, "4", "S150"),
    ("tiny communities get fewer courses", "courses in small trades",
     {**SMALL, "vocational.take_up.course_community": 8.0, "vocational.hospitering_share": 0.0},
     {**SMALL, "vocational.take_up.course_community": 0.5, "vocational.hospitering_share": 0.0}, "4 [V2]", "S154"),
    ("small grants update subjects", "subject",
     *turned("vocational.collective_share", 1.0, 0.0), "4 [V2, V5]", "S153"),
    ("many isolated measures leave little collective learning", "collective learning",
     *turned("vocational.collective_share", 0.0, 0.8), "4 [V5]", "S157"),
    ("the national network spreads good models", "models",
     *turned("vocational.national_network", 0.0, 1.0), "4 [V3]", "S149"),
    ("the national network's models reach more teachers", "outcome voc_teachers_reached",
     *turned("vocational.national_network", 0.0, 1.0, APPLIED), "4 [V3]", "S149"),
    ("the national network's models keep more teachers up to date", "outcome voc_subject",
     *turned("vocational.national_network", 0.0, 1.0), "4 [V3]", "S149"),
    ("the national network brings counties together", "models apart",
     *turned("vocational.national_network", 1.0, 0.0), "4 [V3]", "S149"),
    ("coordination brings contact", "contact of the schemes",
     *turned("vocational.coordination", 0.0, 1.0), "4.4.3 [V4]", "S158"),
    ("weak coordination doubles work", "vocational hours",
     {**APPLIED, **NO_HOURS, "vocational.coordination": 1.0}, {**APPLIED, **NO_HOURS, "vocational.coordination": 0.0},
     "4.4.3 [V4]", "S158"),
    ("strong coordination lets vocational teachers join general measures", "teaching competence",
     *turned("vocational.coordination", 0.0, 1.0), "4.4.3 [V4]", "S158"),
    ("a regulation makes roles clearer", "role clarity of the board",
     *turned("vocational.regulation", False, True), "4.4.1", "S147"),
    ("a deciding forum blurs the vocational board's role", "role clarity of the board",
     {"vocational.forum_role": ForumRole.DECIDING}, TODAY, "assumption", ""),
    ("advice reaches more teachers than decisions of a forum", "teachers with small measures",
     DECIDES, TODAY, "4.4.2, 4.5, 5.6 [V8]", "S144"),
    ("advice keeps more teachers up to date than decisions of a forum", "subject",
     DECIDES, TODAY, "4.4.2, 4.5, 5.6 [V8]", "S144"),
    ("a forum of parties leaves small grants undecided", "unused", TODAY, DECIDES, "4.4.1, 4.4.2 [V8]", "S145"),
    ("doing without a plan reaches more teachers", "teachers with small measures", PLANS, TODAY, "4.4.2, 4.5, 5.6 [V8]", "S144"),
    ("doing without a plan keeps more teachers up to date", "subject", PLANS, TODAY, "4.4.2, 4.5, 5.6 [V8]", "S144"),
    ("a plan leaves money unused", "unused", TODAY, PLANS, "4.4.2 [V8]", "S146"),
    ("a second teacher is popular because it needs no substitute", "second teachers",
     *turned("vocational.take_up.substitutes", 0.95, 0.5), "p. 77 [V9]", "S155"),
    ("a second teacher beats courses that need a substitute", "subject",
     {"vocational.hospitering_share": 0.0, "vocational.second_teacher_share": 0.0},
     {"vocational.hospitering_share": 0.0, "vocational.second_teacher_share": 1.0}, "p. 77 [V9]", "S155"),
    ("stays build a community of school and firms", "firm ties",
     *turned("vocational.hospitering_share", 0.2, 0.7), "4.5 [V5]", "S156"),
    ("stays may be a way to collective learning", "collective learning",
     *turned("vocational.hospitering_share", 0.2, 0.7), "4.5 [V5]", "S156"),
    ("clear roles hit trades' needs better", "trades' needs hit",
     *turned("vocational.regulation", False, True), "assumption", ""),
    ("an active board hits trades' needs better", "trades' needs hit", TODAY, ACTIVE, "4.4.1, note 18", "S148"),
    ("an active board makes roles clearer", "role clarity of the board", TODAY, ACTIVE, "4.4.1, note 18", "S148 S147"),
    ("an active board costs hours", "vocational hours", TODAY, ACTIVE, "assumption", ""),
    ("a joint scheme keeps vocational needs in sight where the county runs it", "visibility", JOINT,
     {**JOINT, "vocational.run_by": RunBy.COUNTY}, "4.4, 5.2.2 [V7]", "S161"),
    ("a joint scheme keeps vocational money where the county runs it", "vocational money", JOINT,
     {**JOINT, "vocational.run_by": RunBy.COUNTY}, "4.4, 5.2.2 [V7]", "S161"),
    ("a joint scheme stays simple where the county runs it", "hours for each teacher reached",
     {**JOINT, **APPLIED, "vocational.run_by": RunBy.COUNTY}, {**JOINT, **APPLIED}, "4.4, 5.2.2 [V7]", "S161"),
    ("what is called collective squeezes what single trades need", "subject",
     {"vocational.collective_share": 0.8}, TODAY, "4.4, 5.2.2 [V7]", "S161"),
    ("what counties add reaches more teachers", "outcome voc_teachers_reached",
     *turned("vocational.own_share", 0.0, 0.3), "1.3.2", "S20"),
    ("a post finds contact with the other scheme", "contact of the schemes",
     *turned("vocational.own_post", 0.0, 2.0), "assumption", ""),
    ("a deciding forum costs hours", "vocational hours",
     {"vocational.direct_share": 1.0},
     {"vocational.direct_share": 1.0, "vocational.forum_role": ForumRole.DECIDING}, "assumption", ""),
    ("a joint scheme loses sight of vocational needs", "visibility", JOINT, TODAY, "4.4 [V7]", "S161"),
    ("what nobody sees is not funded", "vocational money", JOINT, TODAY, "4.4 [V7]", "S161"),
    ("a joint scheme asks more paperwork of each", "hours for each teacher reached",
     {**APPLIED, "vocational.coordination": 1.0}, {**JOINT, **APPLIED, "vocational.counties.joint_paperwork": 0.6},
     "4.4 [V7]", "S161"),
    ("rules keep vocational needs in sight", "visibility",
     JOINT, {**JOINT, "vocational.visibility_rules": 0.8}, "assumption", ""),
    ("a joint scheme is contact in itself", "contact of the schemes", TODAY, JOINT, "assumption", ""),
    ("groups across schools reach more schools for the same money", "collective measures",
     TODAY, {"vocational.flexible_collective": 1.0}, "4 [V2]", "S154"),
    ("groups across counties leave fewer wishes unmet", "unmet",
     {"vocational.flexible_collective": 1.0}, TODAY, "4 [V2]", "S154"),
    ("each of them leaves less in its own staff", "collective where there is a measure",
     {"vocational.flexible_collective": 1.0}, TODAY, "assumption", ""),
    ("money for the training side reaches it", "training side",
     *turned("vocational.training_side_share", 0.1, 0.4), "4", "S151"),
    ("money straight to schools needs no application", "teachers with small measures",
     *turned("vocational.direct_share", 0.0, 1.0, {"vocational.paperwork_hours": 20.0}), "4.4", "S150"),
    ("money straight to schools saves hours", "vocational hours",
     *turned("vocational.direct_share", 1.0, 0.0), "4.4", "S150"),
    ("the theory as written reaches fewer teachers", "outcome voc_teachers_reached", AS_WRITTEN, TODAY, "5.6", "S144"),
    ("the theory as written keeps fewer up to date", "subject", AS_WRITTEN, TODAY, "5.6", "S144"),
    ("the theory as written leaves less collective learning", "collective learning", AS_WRITTEN, TODAY, "5.6", "S144"),
    ("teachers come before the training side", "more money for teachers than for the training side", None, TODAY, "4.4", "S151"),
    ("more money reaches more teachers", "outcome voc_teachers_reached",
     *turned("vocational.grant_nok", 25e6, 51e6), "4.4", "S143"),
)  # fmt: skip

CONTRASTS: tuple[Contrast, ...] = framed(VOCATIONAL, ROWS)
