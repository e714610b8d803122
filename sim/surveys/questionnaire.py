"""The questionnaire: every row of the evaluation's results that the model answers, by the row's id, and those it does not."""

from __future__ import annotations

from collections.abc import Mapping

from sim.half_year import HalfYear
from sim.schemes.decentralised.state import DecentralisedOwners
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Guides
from sim.schemes.vocational.state import CountyOwners, UpperSchools, VocationalTeachers
from sim.state import Table
from sim.state.measurements import Indicator
from sim.surveys import draw_figures, figures
from sim.surveys import questions as q
from sim.surveys.asking import Question
from sim.surveys.items import Agreement, Comparison, Contrast, Item, Over, Registered
from sim.surveys.respondents import Respondents
from sim.surveys.waves import (
    BOARDS_ASKED,
    DRAW_OF_2020,
    DRAWS,
    DRAWS_TO_2020,
    END_OF_2021,
    INTERVIEW_DRAW,
    PREPHASE_OF_2020,
    T1,
    T2,
    T3,
    WAVES,
    autumns,
)

_S1, _S2 = "AFI-rapport 2026:02", "AFI-rapport 2021:09"
_PARTNERS = f"{_S1}, 2.3.1.1"
_BY_WAVE: Mapping[HalfYear, str] = {T1: "t1", T2: "t2", T3: "t3"}


def _asked(
    stem: str, asked: tuple[Respondents, ...], question: Question, waves: tuple[HalfYear, ...], source: str
) -> tuple[Agreement, ...]:
    """An item for each wave."""
    return tuple(
        Agreement(f"{stem}_{_BY_WAVE[wave]}", asked, (wave,), question, {}, counted=False, source=source)
        for wave in waves
    )


def _form(
    target: str,
    kind: Respondents,
    question: Question,
    n: int,
    source: str,
    *,
    when: HalfYear = T1,
    counted: bool = False,
) -> Agreement:
    """An item of a form or an interview that `n` persons answered."""
    return Agreement(target, (kind,), (when,), question, {kind: n}, counted, source)


def _change(target: str, kind: Respondents, question: Question, source: str) -> Agreement:
    """Which way a group's answers go from the first wave to the last."""
    return Agreement(target, (kind,), (T1, T3), question, {}, counted=False, source=source, over=Over.CHANGE)


DECENTRALISED: tuple[Item, ...] = (
    *_asked("forum_satisfied", (Respondents.FORUM,), q.FORUM, (T1, T3), f"{_S1}, 2.2"),
    *_asked("equality_owner", (Respondents.OWNERS,), q.EQUALITY, WAVES, _PARTNERS),
    *_asked("equality_uh", (Respondents.UH,), q.EQUALITY, WAVES, _PARTNERS),
    *_asked("equality_leader", (Respondents.LEADERS,), q.EQUALITY, (T2,), _PARTNERS),
    *_asked("shared_owner", (Respondents.OWNERS,), q.SHARED, (T1, T3), _PARTNERS),
    *_asked("shared_uh", (Respondents.UH,), q.SHARED, (T1, T3), _PARTNERS),
    *_asked("shared_leader", (Respondents.LEADERS,), q.SHARED, (T2,), _PARTNERS),
    *_asked("uh_competence", (Respondents.LEADERS,), q.UH_COMPETENCE, (T1, T3), _PARTNERS),
    *_asked("adapted_leader", (Respondents.LEADERS,), q.ADAPTED, WAVES, _PARTNERS),
    *_asked("adapted_rep", (Respondents.REPRESENTATIVES,), q.ADAPTED, WAVES, _PARTNERS),
    *_asked("adapted_uh", (Respondents.UH,), q.ADAPTED, WAVES, _PARTNERS),
    *_asked("owner_strengthened_uh", (Respondents.UH,), q.STRENGTHENED, (T3,), _PARTNERS),
    *_asked("owner_strengthened_owner", (Respondents.OWNERS,), q.STRENGTHENED, (T1, T3), _PARTNERS),
    Agreement("collab_plan_owner", (Respondents.OWNERS,), (T2,), q.PLANNED_TOGETHER, {}, False, _PARTNERS),
    Agreement("collab_plan_uh", (Respondents.UH,), (T2,), q.PLANNED_TOGETHER, {}, False, _PARTNERS),
    Agreement("collab_needs_uh", (Respondents.UH,), (T2,), q.DECIDED_TOGETHER, {}, False, _PARTNERS),
    Agreement("collab_needs_owner", (Respondents.OWNERS,), (T2,), q.DECIDED_TOGETHER, {}, False, _PARTNERS),
    *_asked("te_relevance_uh", (Respondents.UH,), q.TEACHING, WAVES, f"{_S1}, 2.3.1.3"),
    Comparison(
        "involvement_ratio", (Respondents.LEADERS,), Respondents.REPRESENTATIVES, Contrast.RATIO, WAVES, (q.INVOLVED,),
        f"{_S1}, 2.3.2.1",
    ),
    Agreement("involvement_rep", (Respondents.REPRESENTATIVES,), WAVES, q.CODETERMINED, {}, False, f"{_S1}, 2.3.2.1"),
    Agreement("rep_collective", (Respondents.REPRESENTATIVES,), (T2,), q.COLLECTIVE, {}, False, f"{_S1}, 2.3.2"),
    Comparison(
        "leader_gap", (Respondents.OWNERS, Respondents.UH), Respondents.LEADERS, Contrast.GAP, WAVES,
        (q.EQUALITY, q.SHARED), _PARTNERS,
    ),
    Comparison(
        "leader_gap_uh_competence", (Respondents.OWNERS,), Respondents.LEADERS, Contrast.GAP, WAVES, (q.UH_COMPETENCE,),
        _PARTNERS,
    ),
    _change("sign_shared_owner", Respondents.OWNERS, q.SHARED, _PARTNERS),
    _change("sign_involvement_leader", Respondents.LEADERS, q.INVOLVED, f"{_S1}, 2.3.2.1"),
    _change("sign_involvement_rep", Respondents.REPRESENTATIVES, q.INVOLVED, f"{_S1}, 2.3.2.1"),
)  # fmt: skip
"""Survey of the decentralised scheme."""

FOLLOW_UP: tuple[Item, ...] = (
    _form("drawn_positive", Respondents.OWNERS_2020, q.WELCOME, 36, f"{_S2}, 3.1", counted=True),
    _form("informed_why", Respondents.OWNERS_2020, q.INFORMED_WHY, 35, f"{_S2}, 3.1", counted=True),
    _form(
        "informed_possibilities", Respondents.OWNERS_2020, q.INFORMED_POSSIBILITIES, 36, f"{_S2}, 3.1", counted=True,
    ),
    _form("analysis_competence_2020", Respondents.OWNERS_2020, q.LEARNED, 38, f"{_S2}, 3.5", counted=True),
    _form("analysis_competence_guides_2020", Respondents.GUIDES_2020, q.LEARNED, 16, f"{_S2}, 3.5", counted=True),
    _form("guide_support_relevant", Respondents.OWNERS_2020, q.GUIDES_FIT, 36, f"{_S2}, 3.3"),
    _form("shared_challenge", Respondents.OWNERS_2020, q.SHARED_PICTURE, 37, f"{_S2}, 3.6"),
    _form("measures_match", Respondents.GOVERNORS, q.MEASURES_MATCH, 9, f"{_S2}, 3.6", counted=True),
    _form("biggest_challenge_time", Respondents.OWNERS_2020, q.TIME_SHORT, 36, f"{_S2}, 3.3", counted=True),
    _form("pandemic_hit_owner", Respondents.OWNERS_2020, q.PANDEMIC, 38, f"{_S2}, 3.3"),
    _form("involved_ppt", Respondents.OWNERS_2020, q.PPT_INVOLVED, 38, f"{_S2}, 3.4"),
    _form(
        "guide_role_understood", Respondents.GUIDES_2022, q.ROLE_UNDERSTOOD, 22, f"{_S1}, 3.5", when=T2, counted=True,
    ),
    _form("late_start", Respondents.INTERVIEWED, q.STARTED_LATE, 33, f"{_S1}, 3.3.3", when=T3),
    _form("private_guides", Respondents.INTERVIEWED, q.PRIVATE_GUIDE, 33, f"{_S1}, 3.3.3", when=T3),
    _form("guides_kept", Respondents.INTERVIEWED, q.GUIDE_KEPT, 33, f"{_S1}, 3.3.3", when=T3),
    _form("owner_alone", Respondents.INTERVIEWED, q.ALONE, 33, f"{_S1}, 3.2", when=T3, counted=True),
    _form("recruitment_trouble", Respondents.INTERVIEWED, q.RECRUITMENT, 33, f"{_S1}, 3.2", when=T3, counted=True),
    _form("reporting_heavy", Respondents.INTERVIEWED, q.REPORTING_HEAVY, 33, f"{_S1}, 3.3.4", when=T3, counted=True),
    _form("refusal_considered", Respondents.INTERVIEWED, q.DECLINING, 33, f"{_S1}, 3.1", when=T3, counted=True),
)  # fmt: skip
"""Forms and interviews on the follow-up scheme."""


def _drawn(target: str, reading: figures.Reading, source: str = "2.1", means: str = "") -> Registered:
    """A figure of the register of the 2020 draw."""
    return Registered(target, (DRAW_OF_2020,), reading, (DrawRegister,), f"{_S2}, {source}", means=means)


def _outside(target: str, column: str, means: str) -> Registered:
    """A mean over the municipalities of 2019 outside the 2020 draw."""
    return _drawn(target, figures.outside_draw(column), "2.3", f"mean outside the draw: {means}")


def _schools(suffix: str, least: int, most: int) -> Registered:
    """A share of the municipalities of 2019 outside the 2020 draw."""
    means = f"share outside the draw with {least} to {most} schools"
    return _drawn(f"schools_per_municipality_{suffix}", figures.schools_between(least, most), "2.3", means)


_ANY_NUMBER = 10_000


def _rule(
    target: str, respondents: str, when: tuple[HalfYear, ...], reading: figures.Reading,
    needs: tuple[type[Table], ...], source: str, means: str = "", over: Over = Over.MEAN,
) -> Registered:  # fmt: skip
    """A rule, or the survey's own design, as the model carries it out."""
    return Registered(target, when, reading, needs, source, respondents, over, means)


def _response(target: str, kind: Respondents, called: str) -> Registered:
    """How many of a group answer in each wave."""
    means = "persons who answered; n is those asked"
    return _rule(target, called, WAVES, figures.responses(kind), (), f"{_S1}, 2.1.1", means, Over.SUM)


def _ratio(name: str, indicators: tuple[Indicator, ...], of: str) -> Registered:
    """Points in a group of indicators, the average draw over the others."""
    means = (
        f"share of the possible points in {of}: mean of the average draw over that of those outside the draw"
    )
    return _drawn(f"ratio_{name}_average", draw_figures.ratio(indicators), "table 2", means)


def _on_average(target: str, column: str, means: str) -> Registered:
    """A mean over the average draw."""
    return _drawn(
        f"{target}_average",
        draw_figures.of_average_draw(column),
        "table 6",
        f"mean of the average draw: {means}",
    )


OF_THE_DRAW: tuple[Item, ...] = (
    _drawn("national_risk_share", figures.mean_risk),
    _drawn("possible_points_below_117", figures.below_full_points),
    _drawn("average_draw_size", figures.drawn_by(DrawKind.AVERAGE), means="municipalities in the average draw"),
    _drawn("spread_draw_size", figures.drawn_by(DrawKind.SPREAD), means="municipalities in the spread draw"),
    _drawn("risk_share_highest_drawn", draw_figures.highest_share),
    _drawn("risk_share_lowest_drawn", draw_figures.lowest_share),
    _drawn("municipalities_under_10", draw_figures.under(0.10), means="municipalities with a risk share under 10 %"),
    _drawn("municipalities_under_5", draw_figures.under(0.05), means="municipalities with a risk share under 5 %"),
    _ratio("tests", draw_figures.TESTS, "the four national tests"),
    _ratio("leaving_points", draw_figures.LEAVING_POINTS, "leaving points"),
    _ratio("environment", draw_figures.ENVIRONMENT, "the learning environment"),
    _drawn("fewer_points_among_drawn", draw_figures.fewer_points, "table 1, note"),
    _drawn("top40_drawn", figures.highest_drawn),
    Registered(
        "unique_drawn", DRAWS_TO_2020, draw_figures.different_drawn, (DrawRegister,), f"{_S2}, 2.1", over=Over.SUM,
    ),
    _drawn("north_share_2020", figures.drawn_in_north, "2.3"),
    _on_average("disability", "disability", "share on disability benefit"),
    _on_average("low_education", "education_low", "share with only compulsory schooling"),
    _on_average("child_welfare", "child_welfare", "children with child-welfare measures per 1000"),
    Registered("declined", DRAWS, figures.declined, (FollowUpOwners,), f"{_S1}, 3.1", over=Over.SUM),
    _schools("1", 1, 1),
    _schools("2_5", 2, 5),
    _schools("6_15", 6, 15),
    _schools("16_25", 16, 25),
    _schools("26", 26, _ANY_NUMBER),
    _outside("mean_population_other", "population", "inhabitants"),
    _outside("mean_pupils_other", "n_pupils", "pupils"),
    _outside("disability_other", "disability", "share on disability benefit"),
    _outside("child_welfare_other", "child_welfare", "children with child-welfare measures per 1000"),
    _outside("education_low_other", "education_low", "share with only compulsory schooling"),
    _outside("education_high_other", "education_high", "share with higher education"),
    _outside("free_income_other", "free_income", "free income in NOK per inhabitant"),
    Registered("robek_now", (END_OF_2021,), figures.in_robek, (), f"{_S2}, 2.3"),
)  # fmt: skip
"""Register figures of the draw of 2020 and of the municipalities around it."""

REGISTERS: tuple[Item, ...] = (
    *OF_THE_DRAW,
    Registered("guides_uh", (PREPHASE_OF_2020,), figures.guides_from_uh, (Guides,), f"{_S2}, 3.3"),
    Registered(
        "guides_per_office_trondelag",
        (PREPHASE_OF_2020,),
        figures.guides_in("Trøndelag"),
        (Guides,),
        f"{_S2}, 3.3",
        means="guides recruited in Trøndelag",
    ),
    Registered("guide_hours", (DRAW_OF_2020,), figures.guide_hours, (FollowUpOwners,), f"{_S2}, 2.5"),
    _response("response_forum", Respondents.FORUM, "forum members"),
    _response("response_network", Respondents.OWNERS, "network members (owners)"),
    _response("response_uh", Respondents.UH, "UH staff"),
    _response("response_leader", Respondents.LEADERS, "school leaders in five counties"),
    _response("response_rep", Respondents.REPRESENTATIVES, "union representatives nationwide"),
    _rule(
        "cofunding",
        "rule",
        autumns(2018, 2025),
        figures.own_contribution,
        (DecentralisedOwners,),
        f"{_S1}, 1.3.1",
    ),
    _rule(
        "followup_budget_share",
        "registry",
        autumns(2023, 2023),
        figures.follow_up_part,
        (FollowUpOwners,),
        f"{_S1}, 3.1.2",
        "part of the grants of the schemes that the model has; n is those that give any",
    ),
    *(
        Registered(
            f"drawn_owners_{name}_schools",
            (T3,),
            figures.drawn_with_schools(INTERVIEW_DRAW, least, most),
            (FollowUpOwners,),
            f"{_S1}, 3.2",
            means=f"owners of the 2022 draw with {least} to {most} schools",
        )
        for name, least, most in (("up_to_4", 1, 4), ("10_to_20", 10, 20))
    ),
    _rule("uh_share_min", "rule", autumns(2021, 2025), figures.to_uh, (DecentralisedOwners,), "OECD 2020"),
)
"""Register figures and rules."""

_COUNTIES = 15

VOCATIONAL: tuple[Item, ...] = (
    _rule("voc_grant", "registry", autumns(2024, 2024), figures.vocational_grant, (CountyOwners,), f"{_S1}, 4.1"),
    _rule(
        "voc_schools_reached", "registry", autumns(2024, 2024), figures.vocational_schools, (UpperSchools,), f"{_S1}, 4.4"
    ),
    _rule(
        "voc_teachers", "registry", autumns(2022, 2022), figures.vocational_teachers, (VocationalTeachers,), f"{_S1}, 4.2"
    ),
    Agreement(
        "voc_role_unclear", (Respondents.BOARDS,), BOARDS_ASKED, q.ROLES_UNCLEAR, {Respondents.BOARDS: _COUNTIES},
        counted=False, source=f"{_S1}, 4.4.1",
    ),
    Agreement(
        "voc_useful", (Respondents.BOARDS,), autumns(2025, 2025), q.VOCATIONAL_USEFUL, {Respondents.BOARDS: _COUNTIES},
        counted=True, source=f"{_S1}, 4.5", called="counties",
    ),
    _rule(
        "voc_full_use", "counties", autumns(2024, 2024), figures.counties_with_full_use, (CountyOwners,), f"{_S1}, 4.4"
    ),
    _rule(
        "voc_coordination", "counties", autumns(2025, 2025), figures.counties_in_contact, (CountyOwners,), f"{_S1}, 4.4.3"
    ),
)  # fmt: skip
"""The vocational scheme: register counts, and what boards say of their roles."""

_KEPT_ASIDE_2021 = "AFI-rapport 2021:09, asked there; the figures are kept aside and have not been read"
_KEPT_ASIDE = "AFI-rapport 2026:02, asked there; the figures are kept aside and have not been read"

WITHOUT_TARGET: tuple[Item, ...] = (
    *_asked("gain_contact_uh", (Respondents.UH,), q.GAIN_CONTACT, WAVES, _KEPT_ASIDE),
    *_asked("gain_process_uh", (Respondents.UH,), q.GAIN_PROCESS, WAVES, _KEPT_ASIDE),
    *_asked("gain_teaching_uh", (Respondents.UH,), q.GAIN_TEACHING, WAVES, _KEPT_ASIDE),
    *_asked("gain_research_uh", (Respondents.UH,), q.GAIN_RESEARCH, WAVES, _KEPT_ASIDE),
    *_asked("good_way_rep", (Respondents.REPRESENTATIVES,), q.GOOD_WAY, WAVES, _KEPT_ASIDE),
    *_asked("better_quality_rep", (Respondents.REPRESENTATIVES,), q.BETTER_QUALITY, WAVES, _KEPT_ASIDE),
    *_asked(
        "better_environment_rep", (Respondents.REPRESENTATIVES,), q.BETTER_ENVIRONMENT, WAVES, _KEPT_ASIDE
    ),
    *_asked("better_learning_rep", (Respondents.REPRESENTATIVES,), q.BETTER_LEARNING, WAVES, _KEPT_ASIDE),
    Agreement(
        "codetermined_leader",
        (Respondents.LEADERS,),
        WAVES,
        q.CODETERMINED,
        {},
        False,
        f"{_S1}, 2.3.2: co-determination, of which representatives were asked; asking leaders too is the project's own",
    ),
    _form("task_clear_guides_2020", Respondents.GUIDES_2020, q.TASK_CLEAR, 16, _KEPT_ASIDE_2021),
    _form("task_clear_guides_2022", Respondents.GUIDES_2022, q.TASK_CLEAR, 22, _KEPT_ASIDE, when=T2),
    _form("analysis_competence_2022", Respondents.OWNERS_2022, q.LEARNED, 33, _KEPT_ASIDE, when=T2),
    _form("worked_closely_2022", Respondents.OWNERS_2022, q.WORKED_CLOSELY, 33, _KEPT_ASIDE, when=T2),
)
"""Questions without a figure, most of them kept aside for an examination: no row is held against them, and no difficulty is
theirs alone.
"""

BESIDE: tuple[Item, ...] = (
    _form(
        "drawn_positive_leader", Respondents.LEADERS_2020, q.WELCOME_AT_SCHOOL, 154,
        f"{_S1}, 3.3: told of in interviews, not asked; that as many would answer as answered on the scheme is an assumption",
    ),
)  # fmt: skip
"""Questions that no form asked, for the check of claims; a run's survey does not put them."""

ITEMS: tuple[Item, ...] = (*DECENTRALISED, *FOLLOW_UP, *REGISTERS, *VOCATIONAL, *WITHOUT_TARGET)
"""The whole questionnaire."""

WAVE_SD = "survey.wave_sd"
"""The parameter that says how much a wave does to a set of questions."""

HEARD_TOGETHER: Mapping[str, tuple[str, tuple[HalfYear, ...]]] = {
    item.target: (item.question.battery or item.question.key, item.half_years)
    for item in ITEMS
    if isinstance(item, Agreement) and item.question.difficulty is not None and item.over is Over.MEAN
}
"""Rows that a wave's effect moves: those of the same set of questions in the same half-years by the same one."""

NOT_COVERED: Mapping[str, str] = {
    "spending_per_pupil_other": "the model has no running costs of schools",
    "corps_owners_a_year": "it is said of years before the model begins; the lever `guide_corps.places` repeats it",
    "voc_forum_meetings": "the model counts the hours of meetings, not the meetings",
    "effect_follow_up_on_drawn": "no answer to a question: the calibration plays worlds with and without the scheme",
    "effect_decentralised_national": "no answer to a question: the calibration plays worlds with and without the scheme",
}
"""Rows without a virtual counterpart, and why."""

ECHOES: Mapping[str, str] = {
    "guides_uh": "follow_up.prephase.guides_from_uh",
    "late_start": "follow_up.prephase.late_chance",
    "mean_population_other": "society.population_log_mean",
    "mean_pupils_other": "society.cohort_per_1000",
    "schools_per_municipality_1": "society.school_count_slope",
    "schools_per_municipality_2_5": "society.school_count_slope",
    "schools_per_municipality_6_15": "society.school_count_slope",
    "schools_per_municipality_16_25": "society.school_count_slope",
    "schools_per_municipality_26": "society.school_count_slope",
    "disability_other": "society.disability_mean",
    "child_welfare_other": "society.child_welfare_mean",
    "education_low_other": "society.education_low_mean",
    "education_high_other": "society.education_high_mean",
    "free_income_other": "society.free_income_mean",
    "robek_now": "society.robek_share",
    "informed_why": "follow_up.openness",
    "informed_possibilities": "follow_up.openness",
    "pandemic_hit_owner": "pandemic.share_lost",
    "involved_ppt": "follow_up.prephase.sideways_pace",
}
"""Rows that repeat an input: the parameter is declared from the same source or from a register that counts the same, or the
answer reads a lever alike for all. They are no test of the model."""
