"""Values of parameters that the sums in the tests rest on.

The declared defaults move with what is learned about the world; the sums worked out by hand must not move with them.
"""

from __future__ import annotations

from sim.parameters.declaration import Value
from sim.schemes.decentralised.levers import Split
from sim.schemes.follow_up.levers import AfterRefusal, GuideMix, Obligation, RefusedPlace, Sanction

VALUES: dict[str, dict[str, Value]] = {
    "scope": {"scale": 1.0},
    "society": {
        "age_at_start": 23.0, "age_spread": 8.0, "successor_experience": 8.0, "unqualified_gap": 0.4,
        "unqualified_mean": 0.1, "teacher_sd": 1.0, "practice_school_share": 0.15, "competence_mean": 0.45,
        "competence_sd": 0.15, "competence_size": 0.0, "leadership_mean": 0.5, "leadership_sd": 0.18,
    },
    "turnover": {
        "teacher_exit_central": 0.11, "teacher_exit_middle": 0.14, "teacher_exit_remote": 0.18,
        "early_years": 3.0, "early_factor": 1.6, "settled_from": 6.0, "settled_to": 25.0,
        "settled_factor": 0.8, "fatigue_factor": 0.3, "retirement_from": 62.0, "retirement_chance": 0.25,
        "retirement_latest": 70.0, "newcomer_share": 0.35, "principal_exit": 0.12,
        "principal_remote_factor": 1.35, "head_exit": 0.13, "head_memory_fte": 1.0,
    },
    "classroom": {
        "cycle_effect": 0.3, "half_life": 2.0, "upkeep_saves": 0.7, "peer_pull": 0.1,
        "ownership_follows": 0.5, "ownership_start": 0.4, "ownership_weight": 0.6,
        "usual_ownership": 0.4, "fatigue_weight": 0.5, "novice_gap": 0.25, "community_follows": 0.3,
        "community_leadership": 0.6, "community_turnover": 0.8, "community_work": 0.15, "community_base": 0.3,
        "new_principal_shakes": 0.1,
    },
    "implementing": {
        "midpoint_years": 2.2, "width_years": 2.5, "stall_chance": 0.12, "restart_chance": 0.3,
        "principal_setback_years": 0.75, "usual_fit": 0.5, "usual_quality": 0.5, "best_fidelity": 1.6,
    },
    "load": {
        "ordinary_fte": 0.1, "ordinary_fte_per_school": 0.05, "other_schemes_fte": 0.05,
        "hours_per_man_year": 1700.0, "fatigue_follows": 0.5, "fatigue_per_overload": 0.3,
        "fatigue_base": 0.15,
    },
    "state_control": {"supervision_fte": 0.05},
    "curriculum": {"asked_fte_per_school": 0.0},
    "follow_up.draw": {"check_fte": 0.02},
    "pandemic": {"share_lost": 0.0},
    "results": {
        "pupil_sd": 9.0, "national_sd": 10.0, "cohort_sd_5": 1.9, "cohort_sd_8": 1.25, "class_share": 0.0,
        "class_size": 22.0, "cohort_subjects_correlation": 0.3, "cohort_lasting_sd": 0.75,
        "pupil_ability_share": 0.75, "drift_sd": 0.3, "drift_persistence": 0.96,
        "value_added_persistence": 0.82, "value_added_sd": 1.1, "practice_to_pupils": 0.2,
        "results_follow": 0.5, "turnover_cost": 0.08, "turnover_weak_factor": 1.5, "usual_turnover": 0.15,
        "principal_change_cost": 0.025, "principal_change_years": 2.0, "practice_to_climate": 0.3,
        "community_to_climate": 0.5, "community_usual": 0.5, "limit_points": -3.0,
    },
    "measurement": {
        "lowest_level_5": 0.25, "lowest_level_8": 0.11, "tested_share": 0.95, "survey_response": 0.875,
        "leaving_points_mean": 42.0, "leaving_points_per_scale_point": 0.75, "leaving_points_pupil_sd": 8.2,
        "support_mean_7": 4.35, "support_mean_10": 4.0, "motivation_mean_7": 3.8, "motivation_mean_10": 3.4,
        "index_pupil_sd": 0.72, "index_school_share": 0.05, "bullying_mean_7": 1.2, "bullying_mean_10": 1.2,
        "bullying_pupil_sd": 0.5, "climate_cohort_share": 0.5, "climate_luck_correlation": 0.5,
        "test_not_held": 0.0, "survey_not_held": 0.0, "publication_limit": 10.0,
    },
    "decentralised": {
        "active": True, "market_share": 0.0, "hierarchy_share": 0.0, "grant_nok": 1_000_000.0,
        "cofunding": 0.3, "relief_for_poor": 0.0, "uh_share": 0.5, "split": Split.PUPILS,
        "conditional_share": 0.0, "regulation": True, "open_years": 0.0, "criteria_replaced": 0.0,
        "direct_involvement": 0.4, "leaders_at_table": 0.0, "codetermination": 0.0, "coordinator_fte": 0.0,
        "resource_teachers": 0.2, "seed_grant_share": 0.0, "flexible_collective": 0.0, "multi_year": 0.5,
        "uh_arenas": 0.0, "analysis_support": 0.0, "measure_years": 3.0, "politicians_involved": 0.0,
        "governor_training": 0.5,
    },
    "decentralised.forum": {
        "gatherings_fte": 0.0, "secretariat_fte": 0.0, "leadership_start": 0.3, "leadership_learned": 0.4, "leader_exit": 0.2,
        "leader_loss": 0.5, "clarity_before": 0.4, "clarity_after": 0.8, "clarity_pace": 0.5,
        "trust_start": 0.4, "trust_gain": 0.2, "member_exit": 0.2, "trust_loss": 0.5, "reform_loss": 0.5,
        "peak_years": 5.0, "decline": 0.03, "power": 0.5, "criticism": 0.1, "weight_leadership": 0.4,
        "weight_clarity": 0.2, "weight_trust": 0.2, "weight_fit": 0.2, "anchored_start": 0.6,
        "anchor_pace": 0.8, "anchor_later": 0.25, "imposed_unclear": 0.5, "resentment": 0.1,
    },
    "decentralised.logics": {
        "pace": 0.2, "start_market": 0.3, "start_hierarchy": 0.4, "floor": 0.1, "legitimacy_fit": 0.5,
        "legitimacy_base": 0.4, "imposed_cost": 0.2, "seen_pace": 0.4, "waits": 0.2,
    },
    "decentralised.handing_over": {
        "active": False, "least_fte": 1.0, "least_competence": 0.5, "keeps": 0.5, "asked_fte": 0.1,
    },
    "decentralised.needs": {
        "support_hours": 40.0, "own_weight": 0.4, "network_weight": 0.3, "uh_weight": 0.2,
        "teachers_gain": 0.15, "indirect_gain": 0.05, "evaluation_gain": 0.1, "versed_gain": 0.0,
        "versed_pace": 0.5, "supervision_gain": 0.1, "support_gain": 0.5, "hit_sd": 0.1, "direct_hours": 5.0,
        "owner_hours": 40.0, "evaluation_pace": 0.5,
    },
    "decentralised.partners": {
        "trust_gain": 0.2, "trust_loss": 0.3, "uh_exit": 0.2, "shared_gain": 0.4, "shared_top": 0.9,
        "differences": 0.0, "reward_pull": 0.5, "reward_hours": 20.0, "other_contact": 0.4, "start": 0.4,
        "equality_base": 0.2, "equality_clarity": 0.2, "equality_gap": 0.0, "equality_competence": 0.3,
        "equality_tailoring": 0.3, "equality_pace": 0.4, "together_pace": 0.4, "together_early": 0.5,
        "change_after": 3.0, "change_chance": 0.4, "change_below": 0.4, "procedure_share": 0.3,
        "procedure_process": 0.1, "enthusiast_share": 0.2, "enthusiast_knowledge": 0.5, "package_fit": 0.5,
        "tailoring_pace": 0.4,
    },
    "decentralised.uh": {
        "hour_nok": 1000.0, "hours_per_fte": 800.0, "recruits_one_year": 0.1, "recruits_multi_year": 0.5,
        "lets_go_one_year": 0.4, "lets_go_multi_year": 0.2, "process_start": 0.5, "process_pace": 0.2,
        "process_lost": 0.1, "specialised_gain": 0.2, "lifted": 0.0, "specialised_carry": 0.5,
        "contact_pace": 0.4, "teaching_pace": 0.2, "research_pace": 0.1, "promise_years": 2.0,
        "posts_pace": 0.4, "posts_keep": 0.4, "posts_dearer": 0.0, "insecure": 0.2, "contact_hours": 100.0,
        "market_learning": 0.5, "hierarchy_learning": 0.6, "hired_carry": 0.5, "apart": 0.2,
        "arenas_gain": 0.5, "arenas_share": 0.1, "back_fades": 0.2, "earlier_years": 10.0,
    },
    "decentralised.measures": {
        "hours_per_teacher": 10.0, "time_weight": 0.4, "time_per_teacher": 20.0, "time_nok": 500.0,
        "start_share": 0.8, "coverage_general": 0.9, "coverage_subject": 0.3, "coverage_seed": 0.1,
        "seed_spread": 0.4, "general_share": 0.7, "general_fit": 0.8, "needs_met": 0.2, "plan_weight": 0.5,
        "head_start": 0.5, "kept_going": 0.0, "process_large": 0.2, "process_large_fte": 1.0,
        "process_base": 0.2, "process_uh": 0.4, "resource_gain": 0.2, "resource_hours": 0.0,
        "involvement_direct": 0.7, "involvement_indirect": 0.3, "involvement_enthusiast": 0.2,
        "involvement_falls": 0.1, "upkeep": 0.5, "routine_lost": 0.4, "competing": 0.4, "usual_process": 0.4,
        "asked_fte": 0.08, "pauses_at": 10.0, "pause_saves": 0.5, "owner_learns": 0.1,
        "strengthened_pace": 0.5, "peer_learning": 0.2,
    },
    "decentralised.money": {
        "order_capacity": 1.0, "apply_power": 1.0, "apply_winners": 0.5, "strain": 0.5,
        "usual_cofunding": 0.3, "strain_size": 1000.0, "need_weight": 0.5, "market_hours": 20.0,
        "hierarchy_hours": 60.0, "network_hours": 40.0, "market_tailoring": 0.2, "hierarchy_tailoring": 0.3,
        "network_tailoring": 0.8, "market_involvement": 0.5, "hierarchy_involvement": 0.6,
    },
    "decentralised.expectations": {"pace": 0.4},
    "decentralised.voices": {
        "leader_weight": 0.0, "usual_leadership": 0.5, "nearness": 0.5, "leader_hours": 100.0,
        "table_hours": 20.0, "direct_leader_hours": 10.0, "codetermined_leader_hours": 10.0,
        "resource_relief_hours": 5.0, "codetermined_hours": 2.0, "fatigue_per_hour": 0.0,
        "asked_fte_per_school": 0.0, "usual_distance": 0.8, "table_brings": 0.5, "direct_brings": 0.25,
        "leading_brings": 0.2, "distance_falls": 0.0, "pace": 0.5, "rest": 0.4,
        "involvement_codetermined": 0.2,
    },
    "decentralised.themes": {
        "missed": 0.5, "offered_least": 0.4, "found": 0.2, "lost": 0.1, "reading_behind": 1.0,
    },
    "decentralised.networks": {"weight": 0.0, "half_fte": 0.3, "nok": 100_000.0},
    "decentralised.collective": {"small_teachers": 10.0, "joins": 0.4, "scatters": 0.2},
    "decentralised.politicians": {
        "pace": 0.5, "holds": 0.3, "secures": 0.4, "sways": 0.1, "election_loss": 0.3, "election_year": 2015,
        "election_period": 4, "hours": 85.0,
    },
    "decentralised.other_owners": {
        "county_weight": 1.0, "private_weight": 0.5, "own_scheme": False, "own_grant_nok": 90_000.0,
    },
    "decentralised.other_owners.schools": {
        "exit_chance": 0.1, "own_scheme_fte": 0.5, "pupils_each": 302 / 12,
    },
    "follow_up": {
        "active": True, "obligation": Obligation.VOLUNTARY, "sanction": Sanction.NONE, "felt_pressure": 0.9,
        "after_refusal": AfterRefusal.SUPERVISION, "refused_place": RefusedPlace.KEPT, "openness": 0.8,
        "say_in_guides": 0.5, "ambassadors": 0.0, "prephase_years": 1.0, "implementation_years": 2.0,
        "guide_hours": 250.0, "guide_mix": GuideMix.MIXED, "takes_over": 0.5, "owner_focus": 0.0,
        "owner_measures": 0.0, "deadline_share": 0.5, "light_from": 1.0, "straight_from": 1.0,
        "environment_share": 0.0, "light_share": 0.4, "long_below": 0.0, "long_adds_years": 0.5,
        "at_school_below_fte": 0.0, "guides_told": 0.0, "early_information": 0.0, "help_targeted": 0.0,
        "keep_guide_chance": 0.55, "grant_nok": 65000000.0, "uses_networks": 0.3, "governor_closeness": 0.5,
    },
    "follow_up.acceptance": {
        "decline_if_free": 0.03, "legitimacy_base": 0.55, "legitimacy_sd": 0.15, "legitimacy_openness": 0.25,
        "legitimacy_say": 0.15, "autonomy_cost": 0.2, "stigma_base": 0.5, "stigma_openness": 0.5,
        "stigma_cost": 0.25, "mild_control": 0.1, "robek_control": 0.4, "sanction_stigma": 0.2,
        "obligation_floor": 0.15, "mild_floor": 0.3, "robek_floor": 0.5, "enforced_worth": 0.5,
        "school_base": 0.5, "school_legitimacy": 0.3, "school_sd": 0.15, "trauma_chance": 0.15,
        "trauma_gain": 0.2,
    },
    # The will is as great as the legitimacy, and neither orders, threats nor grounds move it: what they do is tested on its own.
    "follow_up.will": {
        "voluntary_pressure": 1.0, "by_legitimacy": 1.0, "usual_legitimacy": 0.57, "by_pressure": 0.0,
        "usual_control": 0.9, "order_wakes": 0.0, "order_moves": 0.3, "order_fte": 0.1, "pressure_holds": 1.0,
        "refuse_load": 0.0, "refuse_bad_round": 0.0, "supervision_gives": 0.15, "threat": 0.0,
        "threat_width": 0.1, "threat_fte": 0.3,
    },
    "follow_up.grounds": {
        "doubt_cost": 0.25, "usual_doubt": 0.46, "swing": 0.3, "margin": 0.3, "wide_margin": 0.15,
        "better_again": 0.3, "by_spread": 0.4, "small_cohort": 0.3, "cohort_pupils": 20.0, "parked_cost": 0.0,
        "judged_cost": 0.15, "bad_round_cost": 0.2, "good_gain": 0.15, "trauma_margin": 0.0,
        "trauma_leadership": 0.0, "comes_round": 0.0,
    },
    "follow_up.peers": {
        "legitimacy": 0.1, "stigma": 0.25, "freedom": 0.1, "beyond_network": 0.5, "most_visits": 3.0,
        "visit_hours": 20.0, "visit_nok": 15_000.0,
    },
    "follow_up.prephase": {
        "sideways_pace": 0.0, "short_ways": 0.0, "guides_per_owner": 5.0, "guides_spread": 0.0,
        "guides_most": 5, "guides_national": 5, "guides_from_uh": 26 / 44, "guides_private": 0.15, "team": 2,
        "guide_quality_mean": 0.6, "guide_quality_sd": 0.15, "practitioner_insight": 0.7, "uh_insight": 0.4,
        "insight_sd": 0.0, "known_chance": 0.3, "known_gain": 0.0, "guides_learn": 0.0,
        "takes_over_weak": 0.0, "usual_competence": 0.5, "insight_weight": 0.4, "mixed_team_bonus": 0.1,
        "say_gain": 0.15, "late_chance": 0.25, "late_years": 0.3, "takes_over_sd": 0.2, "own_analysis": 0.4,
        "national_share": 10 / 44, "pool_load": 2.0, "told_gain": 0.2, "hours_to_analyse": 120.0,
        "hours_power": 0.0, "usual_schools": 4.0, "coordination_share": 0.3, "coordination_fte": 0.5,
        "closeness_gain": 0.2, "closeness_under_sanction": 0.5, "stall_chance": 0.3,
        "learns_from_doing": 0.25, "learns_from_watching": 0.3, "anchoring_pace": 0.8, "backing_gain": 0.25,
        "planned_for": 0.25, "planning_hours": 15.0, "involvement_start": 0.5, "involvement_falls": 0.3,
        "rushed": 0.0, "head_loses": 0.0, "principals_lose": 0.0, "owner_hours": 150.0, "asked_fte": 0.12,
        "guide_nok": 1000.0, "mild_fte": 0.03, "robek_fte": 0.1,
    },
    "follow_up.governors": {
        "fte_base": 0.8, "fte_per_municipality": 0.03, "forum_fte": 0.8, "supervision_fte": 0.01,
        "least_share": 0.15, "forum_yields": 0.2, "vacancy_chance": 0.25, "vacancy_share": 0.3,
        "prephase_fte": 0.06, "implementation_fte": 0.02, "directed": 0.0, "effort_gain": 0.0,
        "anchoring_gain": 0.0, "keeps_involved": 0.0, "judges_gain": 0.0, "judging_share": 0.25,
        "answers_fte": 0.0, "matching_fte": 0.0, "telling_fte": 0.05, "early_fte": 0.0, "misjudged_sd": 0.15,
        "clarity_start": 0.4, "clarity_learned": 0.25, "unclear_stalls": 0.0, "usual_closeness": 0.5,
    },
    "follow_up.year_wheel": {
        "hours": 60.0, "learns": 0.1, "holds": 0.4, "saves": 0.1, "fades": 0.1, "dropped": 0.2,
    },
    "follow_up.targeting": {"stigma": 0.2},
    "follow_up.implementation": {
        "upkeep_sideways": 0.0, "sideways_fte": 0.0, "network_fte": 0.0, "kept_going": 0.0,
        "start_years": 0.7, "environment_effect": 0.3, "direct_share": 0.0, "head_setback_years": 0.5,
        "provider_uh": 0.6, "provider_private": 0.3, "other_quality": 0.5, "usual_effort": 0.5,
        "usual_acceptance": 0.6, "usual_leadership": 0.5, "leadership_weight": 0.5, "continuity_gain": 0.15,
        "own_house_bias": 0.1, "kept_guide_fte": 0.03, "asked_fte": 0.08, "nok_per_teacher": 4000.0,
        "structural_drag": 1.0, "involvement": 0.6, "owner_learns": 0.08, "owner_measure_learns": 0.1,
        "catalyst": 0.04, "upkeep_during": 0.5, "upkeep_after": 0.5, "upkeep_network": 0.3,
        "afterwards_years": 4.0, "owner_hours": 120.0, "teacher_hours": 12.0,
    },
}  # fmt: skip
"""By group and field."""
