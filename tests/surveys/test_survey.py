from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from sim.arrays import Floats, Ints
from sim.declared import REGISTRY
from sim.experiments.instruments import national_model
from sim.experiments.play import Job, play_world
from sim.half_year import HalfYear, Season
from sim.model import SchemeModel
from sim.parameters.registry import Parameters
from sim.randomness import Draws, Streams
from sim.schemes.decentralised.state import Ties
from sim.schemes.follow_up.draw_state import DrawRegister
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners
from sim.state import State
from sim.state.measurements import Indicator
from sim.state.schools import Schools
from sim.surveys.questionnaire import ITEMS, NOT_COVERED, WITHOUT_TARGET
from sim.surveys.respondents import ON_THE_SCHEME, RESPONSES, Respondents
from sim.surveys.survey import COLUMNS, ask, by_target, describe
from sim.surveys.waves import DRAW_OF_2020, T1, T2, T3
from tests.small_world import filled
from tests.surveys.small_country import PLAIN, parameters, small_country

_ROWS = """
forum_satisfied_t1 forum_satisfied_t3 equality_owner_t1 equality_owner_t3 equality_uh_t1 equality_uh_t3
equality_leader_t2 shared_owner_t1 shared_owner_t3 shared_uh_t1 shared_uh_t3 shared_leader_t2 uh_competence_t1
uh_competence_t3 equality_owner_t2 equality_uh_t2 owner_strengthened_owner_t1 collab_plan_uh collab_needs_uh
leader_gap_uh_competence sign_shared_owner sign_involvement_leader sign_involvement_rep
adapted_leader_t1 adapted_leader_t2 adapted_leader_t3 adapted_rep_t1 adapted_rep_t2
adapted_rep_t3 adapted_uh_t1 adapted_uh_t2 adapted_uh_t3 owner_strengthened_uh_t3 owner_strengthened_owner_t3
collab_plan_owner collab_needs_owner te_relevance_uh_t1 te_relevance_uh_t2 te_relevance_uh_t3 involvement_ratio
involvement_rep rep_collective leader_gap national_risk_share possible_points_below_117 average_draw_size
spread_draw_size top40_drawn declined north_share_2020 drawn_positive informed_why informed_possibilities
analysis_competence_2020 analysis_competence_guides_2020 guide_support_relevant shared_challenge measures_match
biggest_challenge_time pandemic_hit_owner guides_uh guide_hours late_start private_guides guides_kept owner_alone
guides_per_office_trondelag
recruitment_trouble guide_role_understood involved_ppt schools_per_municipality_1 schools_per_municipality_2_5
schools_per_municipality_6_15 schools_per_municipality_16_25 schools_per_municipality_26 mean_population_other
mean_pupils_other disability_other child_welfare_other education_low_other education_high_other free_income_other
spending_per_pupil_other robek_now response_forum response_network response_uh response_leader response_rep
risk_share_highest_drawn risk_share_lowest_drawn municipalities_under_10 municipalities_under_5 ratio_tests_average
ratio_leaving_points_average ratio_environment_average fewer_points_among_drawn unique_drawn disability_average
low_education_average child_welfare_average
voc_grant voc_schools_reached voc_teachers voc_role_unclear voc_coordination cofunding uh_share_min
followup_budget_share reporting_heavy refusal_considered drawn_owners_up_to_4_schools drawn_owners_10_to_20_schools
voc_useful voc_full_use corps_owners_a_year voc_forum_meetings effect_follow_up_on_drawn effect_decentralised_national
"""
TARGETS = frozenset(_ROWS.split())
"""Every row of the evaluation's results that the model is held against."""

FORMS_N = {
    "drawn_positive": 36, "informed_why": 35, "informed_possibilities": 36, "analysis_competence_2020": 38,
    "analysis_competence_guides_2020": 16, "guide_support_relevant": 36, "shared_challenge": 37,
    "biggest_challenge_time": 36, "pandemic_hit_owner": 38, "involved_ppt": 38,
}  # fmt: skip
"""Answers to the form of 2021 [AFI-rapport 2021:09, ch. 3]."""


def drawn_country(now: HalfYear = T1) -> State:
    """The small country with all three owners in the draw of 2020."""
    state = small_country(now)
    state[FollowUpOwners].last_draw_year[:] = 2020
    return state


def asked(state: State, world: int = 0) -> pd.DataFrame:
    return pd.DataFrame(ask(state, parameters(), Streams(1, world))).set_index("target")


def test_every_row_is_covered_once_or_left_out_with_a_reason() -> None:
    covered = [item.target for item in ITEMS]
    assert max(Counter(covered).values()) == 1
    assert not set(covered) & set(NOT_COVERED)
    kept_aside = {item.target for item in WITHOUT_TARGET}
    assert kept_aside <= set(covered)
    assert set(covered) - kept_aside | set(NOT_COVERED) == TARGETS
    assert all(len(reason) > 10 for reason in NOT_COVERED.values())


def test_every_item_says_what_it_reports_what_it_measures_and_its_source() -> None:
    for item in ITEMS:
        assert item.reports
        assert item.measures
        assert item.respondents
        assert any(name in item.source for name in ("AFI-rapport", "OECD"))
        assert f"`{item.target}`" in describe()


def test_nobody_is_asked_outside_the_waves() -> None:
    for now in (
        HalfYear.of(2016, Season.AUTUMN),
        HalfYear.of(2022, Season.AUTUMN),
        HalfYear.of(2030, Season.SPRING),
    ):
        found = asked(drawn_country(now))
        assert set(found.index) <= {"cofunding", "uh_share_min"}


@pytest.mark.parametrize(("wave", "suffix"), [(T1, "t1"), (T2, "t2"), (T3, "t3")])
def test_as_many_answer_as_in_the_wave(wave: HalfYear, suffix: str) -> None:
    found = asked(small_country(wave))
    expected = {
        "forum_satisfied": RESPONSES[Respondents.FORUM][wave].answered,
        "equality_owner": RESPONSES[Respondents.OWNERS][wave].answered,
        "adapted_uh": RESPONSES[Respondents.UH][wave].answered,
        "adapted_leader": ON_THE_SCHEME[wave],
        "adapted_rep": RESPONSES[Respondents.REPRESENTATIVES][wave].answered,
        "uh_competence": ON_THE_SCHEME[wave],
        "te_relevance_uh": {T1: 242, T2: 179, T3: 164}[wave],
    }
    for stem, n in expected.items():
        target = f"{stem}_{suffix}"
        if target in TARGETS:
            assert found.n[target] == n, target


def test_as_many_fill_in_the_form_as_did_or_as_were_drawn() -> None:
    items = {item.target: item for item in ITEMS}
    for target, n in FORMS_N.items():
        assert list(items[target].n.values()) == [n]  # type: ignore[attr-defined]  # the form's items have it
    found = asked(drawn_country())
    assert (found.n[[target for target in FORMS_N if "guides" not in target]] == 3).all()
    assert found.n["analysis_competence_guides_2020"] == 16
    assert found.n["measures_match"] == 2  # both offices have drawn owners


@pytest.mark.parametrize("wave", [T1, T2, T3])
def test_shares_lie_between_nought_and_one_and_counts_below_their_n(wave: HalfYear) -> None:
    for world in range(5):
        found = asked(drawn_country(wave), world).drop(
            index=["involvement_ratio", "leader_gap", "leader_gap_uh_competence"], errors="ignore"
        )
        counts = {item.target for item in ITEMS if getattr(item, "counted", False)}
        responses = found.index.str.startswith("response_")
        counted = found.index.isin(counts) | responses
        assert found.share[~counted].between(0, 1).all()
        assert (found.share[counted] <= found.n[counted]).all()
        assert (found.share[counted] % 1 == 0).all()


def test_asking_changes_nothing() -> None:
    state = drawn_country()
    before = state.copy()
    asked(state)
    for table, same in zip(state, before, strict=True):
        for name, values in table.arrays().items():
            np.testing.assert_array_equal(values, same.arrays()[name])


def test_a_run_that_is_asked_goes_on_as_one_that_is_not() -> None:
    quiet, asked_one = (SchemeModel("history", rng=3, scale=0.05, start=2020) for _ in range(2))
    while quiet.coming.year <= 2021:
        quiet.step()
        asked_one.step()
        ask(asked_one.state, asked_one.p, asked_one.streams)
    for table, same in zip(quiet.state, asked_one.state, strict=True):
        for name, values in table.arrays().items():
            np.testing.assert_array_equal(values, same.arrays()[name])


def test_no_decision_of_the_survey_has_the_name_of_one_of_the_model() -> None:
    heard = set()

    class Listening(Draws):
        def uniform(self, decision: str, ids: Ints, per: int = 0) -> Floats:
            heard.add(decision)
            return super().uniform(decision, ids, per)

        def normal(self, decision: str, ids: Ints, per: int = 0) -> Floats:
            heard.add(decision)
            return super().normal(decision, ids, per)

    class Heard(Streams):
        def at(self, when: int) -> Draws:
            return Listening(super().at(when).moment)

    for wave in (T1, T2, T3, DRAW_OF_2020):
        ask(drawn_country(wave), parameters(), Heard(1))
    assert len(heard) > 100
    assert all(name.startswith("survey: ") for name in heard)


def test_leaders_are_as_far_below_owners_and_uh_as_the_items_of_their_own_say() -> None:
    found = asked(small_country())
    p = parameters()
    state = small_country()
    state[Ties].equality[:] = 0.9
    higher = pd.DataFrame(ask(state, p, Streams(1))).set_index("target")
    assert higher.share["equality_owner_t1"] > found.share["equality_owner_t1"]
    assert abs(found.share["leader_gap"]) < 0.1  # all see alike here
    assert found.n["leader_gap"] == 216 + 242 + 154


def test_the_involvement_ratio_is_leaders_over_representatives() -> None:
    state = small_country()
    state[Schools].involvement[:] = 1.0
    assert asked(state).share["involvement_ratio"] == pytest.approx(1.0, abs=0.01)


def test_what_nobody_can_answer_has_no_row() -> None:
    found = asked(small_country())  # nobody drawn
    assert not set(FORMS_N) & set(found.index)
    without = small_country()
    lean = State(without.now, [table for table in without if not isinstance(table, Ties)])
    assert "equality_owner_t1" not in asked(State(lean.now, list(lean)[:6])).index


def registered_country() -> State:
    """Four municipalities of 2019, of which the last two are one now, and drawn."""
    state = small_country(DRAW_OF_2020)
    points, possible = np.zeros((4, 3, 11)), np.zeros((4, 3, 11))
    possible[:, 0, 0] = [117, 100, 117, 117]
    points[:, 0, 0] = [11.7, 20, 58.5, 0]
    state[DrawRegister] = filled(
        DrawRegister, 4, year=2020, successor=[0, 1, 2, 2], n_schools=[1, 5, 6, 30], population=[1000, 3000, 9, 9],
        office=[0, 0, 1, 1], points=points, possible=possible,
        drawn=[DrawKind.NONE, DrawKind.NONE, DrawKind.AVERAGE, DrawKind.NONE],
    )  # fmt: skip
    state[FollowUpOwners].last_draw_year[2] = 2020
    return state


def test_registers_are_read_as_they_are() -> None:
    found = asked(registered_country())
    expected = {
        "national_risk_share": (0.1 + 0.2 + 0.5 + 0) / 4, "possible_points_below_117": 1,
        "average_draw_size": 1, "spread_draw_size": 0, "top40_drawn": 1, "north_share_2020": 1, "declined": 0,
        "schools_per_municipality_1": 0.5, "schools_per_municipality_2_5": 0.5,
        "schools_per_municipality_26": 0, "mean_population_other": 2000,
    }  # fmt: skip
    for target, value in expected.items():
        assert found.share[target] == pytest.approx(value), target
    assert found.n["mean_population_other"] == 2
    assert found.n["declined"] == 1


def test_the_draw_is_read_by_who_is_drawn_and_for_what() -> None:
    state = registered_country()
    register = state[DrawRegister]
    tests, leaving, support = Indicator.READING_8, Indicator.LEAVING_POINTS_10, Indicator.SUPPORT_7
    register.possible[:] = 0
    register.possible[:, 0, [tests, leaving, support]] = [100, 9, 8]
    register.points[:] = 0
    register.points[:, 0, [tests, leaving, support]] = [[2, 3, 1], [4, 0, 1], [30, 9, 4], [0, 0, 0]]
    register.possible[3] = 0  # nothing is known of the last one
    register.disability[:] = [0.1, 0.2, 0.3, 0.4]
    state[FollowUpOwners].times_drawn[:] = [0, 3, 1]
    found = asked(state)
    expected = {
        "national_risk_share": (6 + 5 + 43) / 117 / 3,
        "risk_share_highest_drawn": 43 / 117,
        "risk_share_lowest_drawn": 43 / 117,
        "municipalities_under_10": 2,
        "municipalities_under_5": 1,
        "ratio_tests_average": 0.3 / 0.03,
        "ratio_leaving_points_average": 1 / ((3 / 9 + 0) / 2),
        "ratio_environment_average": 0.5 / 0.125,
        "fewer_points_among_drawn": 0,
        "unique_drawn": 1,  # the third one, that was not drawn before; what others were drawn for is another year's
        "disability_average": 0.3,
    }
    for target, value in expected.items():
        assert found.share[target] == pytest.approx(value), target
    assert found.n["unique_drawn"] == 1
    assert found.n["municipalities_under_5"] == 3


def test_one_that_was_drawn_before_is_no_other_unless_it_has_been_merged_since() -> None:
    state = registered_country()
    state[FollowUpOwners].times_drawn[2] = 2
    assert asked(state).share["unique_drawn"] == 1  # made of the third and the fourth since New Year
    state[DrawRegister].successor[3] = 1
    assert asked(state).share["unique_drawn"] == 0


def test_who_came_back_is_counted_in_the_draws_that_the_report_counts() -> None:
    item = next(item for item in ITEMS if item.target == "unique_drawn")
    assert [half.year for half in item.half_years] == [2017, 2018, 2020]


def test_grants_are_read_in_autumn() -> None:
    found = asked(small_country(HalfYear.of(2021, Season.AUTUMN)))
    assert found.share["cofunding"] == pytest.approx(0.3)
    assert found.share["uh_share_min"] == pytest.approx(0.6)
    assert found.share["robek_now"] == 1


def test_waves_are_averaged_and_counts_over_draws_added_up() -> None:
    rows = pd.DataFrame(
        {
            "world": [0, 0, 0, 0, 1],
            "design": "a",
            "target": ["involvement_rep", "involvement_rep", "declined", "declined", "declined"],
            "share": [0.2, 0.4, 1.0, 2.0, 5.0],
            "n": [10, 30, 34, 40, 34],
        }
    )
    found = by_target(rows).set_index(["world", "target"])
    assert found.share[0, "involvement_rep"] == pytest.approx(0.3)
    assert found.n[0, "involvement_rep"] == 40
    assert found.share[0, "declined"] == 3
    assert found.share[1, "declined"] == 5


def test_a_run_writes_its_surveys_with_the_declared_columns() -> None:
    model = SchemeModel("history", rng=1, scale=0.05, start=2020)
    job = Job(world=2, seed=1, designs=(model.design,), start=2020, parting=2020, end=2021, scale=0.05)
    (first, *more) = play_world(job).tables["surveys"]
    assert first.column_names == ["world", "design", *COLUMNS]
    waves = {wave for table in (first, *more) for wave in table["wave"].to_pylist()}
    assert waves == {"2020-spring", "2020-autumn", "2021-spring", "2021-autumn"}
    assert national_model().events["surveys"].sentence("share")[1]


def test_more_worlds_give_other_answers_to_the_same_state() -> None:
    state = small_country()
    assert asked(state, 0).share["equality_owner_t1"] != asked(state, 1).share["equality_owner_t1"]


def test_follow_ups_part_of_the_money_counts_the_schemes_that_have_any() -> None:
    money = {
        "follow_up.grant_nok": 50.0, "decentralised.grant_nok": 250.0, "vocational.active": False,
        "system_2026.further_education.grant_nok": 700.0, "system_2026.new_teachers.grant_nok": 0.0,
    }  # fmt: skip
    given = Parameters(REGISTRY, {**PLAIN, **money})
    now = small_country(HalfYear.of(2023, Season.AUTUMN))
    found = pd.DataFrame(ask(now, given, Streams(1, 0))).set_index("target")
    assert found.share["followup_budget_share"] == pytest.approx(0.05)
    assert found.n["followup_budget_share"] == 3
