"""Two counties, three upper secondary schools, eight vocational teachers and two trades, to work out by hand.

school (row)  county          owned by it  teachers (rows)  trades
 0            0 (Rogaland)    yes          0-3              0 0 0 1
 1            0 (Rogaland)    no           4, 5             0 1
 2            1 (Vestland)    yes          6, 7             0 1
"""

from __future__ import annotations

import numpy as np

from sim.declared import REGISTRY
from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters
from sim.schemes.vocational.levers import ForumRole, RunBy
from sim.schemes.vocational.state import CountyOwners, Trades, UpperSchools, VocationalTeachers
from sim.state import State
from sim.state.places import Counties
from tests.small_world import assumed, filled

VALUES: dict[str, dict[str, Value]] = {
    "scope": {"scale": 1.0},
    "pandemic": {"share_lost": 0.0},
    "vocational": {
        "active": True, "grant_nok": 800_000.0, "forum_role": ForumRole.ADVISING, "regulation": True, "direct_share": 0.0,
        "rolling_share": 1.0, "small_grant_nok": 5000.0, "paperwork_hours": 4.0, "least_nok": 0.0,
        "collective_share": 0.5, "hospitering_share": 0.4, "second_teacher_share": 0.2, "training_side_share": 0.25,
        "boards_share": 0.4, "national_network": 0.5, "coordination": 0.5, "joint": False, "visibility_rules": 0.5,
        "continuity": 0.5, "flexible_collective": 0.0, "plan": False, "board_active": 0.0, "own_share": 0.0, "own_post": 0.0,
        "run_by": RunBy.GOVERNOR,
    },
    "vocational.people": {
        "n_schools": 20.0, "county_owned_share": 0.75, "vocational_share": 0.8, "private_vocational_share": 0.3,
        "school_size_spread": 0.5, "n_teachers": 300.0, "n_trades": 10, "trade_law": 1.0, "ageing": 0.1,
        "ageing_spread": 0.4, "subject_start": 0.5, "subject_fresh": 0.9, "teaching_start": 0.5, "teaching_fresh": 0.3,
        "spread": 0.1, "exit_chance": 0.1,
    },
    "vocational.counties": {
        "trust_start": 0.4, "trust_gain": 0.2, "trust_deciding": 0.5, "member_exit": 0.2, "person_exit": 0.2,
        "person_loss": 0.5, "clarity_before": 0.3, "clarity_after": 0.7, "clarity_overlap": 0.2, "clarity_sd": 0.1,
        "clarity_pace": 0.4, "contact_made": 0.4, "contact_lost": 0.2, "models_own": 0.2, "models_spread": 0.4,
        "reform_loss": 0.5, "unspent_start": 0.4, "unspent_falls": 0.1, "carried_share": 0.5, "hit_base": 0.3,
        "hit_working_life": 0.4, "hit_models": 0.2, "meeting_hours": 100.0, "deciding_hours": 0.8,
        "vocational_weight": 0.4, "visibility_pace": 0.5, "crowding": 0.5, "joint_paperwork": 0.5,
        "clarity_counts": 0.5, "board_clarity": 0.1, "hit_board": 0.1, "board_hours": 40.0, "post_nok": 800_000.0,
        "post_pace": 0.4, "post_contact": 0.2, "training_years": 3.0, "network_hours": 10.0, "coordination_hours": 20.0,
        "regulation_hours": 5.0, "rolling_hours": 8.0, "meetings": 2.0, "deciding_blocks": 0.2, "plan_hours": 0.3,
        "county_eases": 0.5, "rules_hours": 16.0, "continuity_hours": 60.0,
        "office_fte": 0.2, "usual_rolling": 0.0, "ordinary_hours": 0.0, "office_part": 0.5, "put_off": 0.5,
    },
    "vocational.take_up": {
        "wish_share": 0.5, "hour_nok": 500.0, "deterrent": 2.0, "models_relief": 0.5, "double_work": 0.5,
        "fixed_catches": 0.6, "direct_use": 0.7, "school_begins": 0.4, "school_stays": 0.8, "usual_worth": 0.5,
        "private_part": 0.5, "second_teacher_nok": 20_000.0, "course_nok": 10_000.0, "collective_nok": 60_000.0,
        "course_community": 2.0, "stay_firms": 2.0, "learn_years": 3.0,
        "learned_share": 1.0, "host_hours": 0.0, "moved_share": 0.5, "substitutes": 0.8,
        "plan_misses": 0.4, "plan_paperwork": 0.5, "plan_keeps": 0.5, "plan_nok": 100_000.0,
    },
    "vocational.groups": {"small_teachers": 4.0, "saves": 0.4, "weaker": 0.3, "beyond": 0.5},
    "vocational.learning": {
        "stay_gain": 0.4, "second_teacher_gain": 0.2, "course_gain": 0.3, "usual_hit": 0.5, "collective_base": 0.3,
        "collective_gain": 0.4, "isolated_gain": 0.1,
        "firm_gain": 0.2, "ties_gain": 1.0, "ties_fades": 0.2, "collective_pace": 0.5, "midpoint_years": 2.0, "width_years": 2.5,
        "teaching_gain": 0.2, "general_gain": 0.05, "teaching_fades": 0.2, "collective_keeps": 0.5,
    },
    "vocational.training_side": {
        "firms": 100.0, "instructors": 1000.0, "board_members": 200.0, "training_offices": 10.0, "office_reach": 20.0,
        "person_nok": 1000.0, "start": 0.4, "gain": 0.2, "lost": 0.1,
    },
}  # fmt: skip
"""Values that the sums in the tests rest on; the declared defaults may move."""


def parameters(**values: Value) -> Parameters:
    """The values above but for those given, with two underscores for the last dot: `vocational_take_up__wish_share=1.0`."""
    return assumed(REGISTRY, VALUES, values)


def small_county(year: int = 2022, season: Season = Season.AUTUMN) -> State:
    """The counties of this module's docstring; the scheme runs in all schools, nothing has been taken up."""
    state = State(
        HalfYear.of(year, season),
        [
            filled(
                Counties, 2, id=[11, 46], name=["Rogaland", "Vestland"], name_2020=["Rogaland", "Vestland"],
                population=[3000, 1000],
            ),
            filled(
                CountyOwners, 2, owner=[0, 1], direct_habit=[0.25, 0.75], rolling_habit=[0.25, 0.75], experience=3.0,
                trust=0.5, role_clarity=0.5, contact=[True, False], models=[0.4, 0.0], hit=0.5,
                pot_nok=[600_000, 200_000], schools_nok=[300_000, 100_000], training_nok=[100_000, 50_000],
                firms=[200, 10], training_offices=[6, 4], instructors=[600, 400], board_members=[150, 50],
                instructor_competence=0.4, board_competence=0.4,
            ),
            filled(
                UpperSchools, 3, id=[110, 111, 460], county=[0, 0, 1], county_owned=[True, False, True],
                n_teachers=[4, 2, 2], takes_part=True, collective=0.3,
            ),
            filled(Trades, 2, id=[0, 1], size=[0.7, 0.3], ageing=[0.1, 0.2]),
            filled(
                VocationalTeachers, 8, id=np.arange(8), school=[0, 0, 0, 0, 1, 1, 2, 2], trade=[0, 0, 0, 1, 0, 1, 0, 1],
                subject=0.5, teaching=0.5,
            ),
        ],
    )  # fmt: skip
    assert state.breaches() == []
    return state
