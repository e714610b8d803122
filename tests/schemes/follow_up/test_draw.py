"""The draw in tiny countries where every risk share can be read off the page.

Only reading in 5th grade is measured, so a unit has nine possible points. A school is written by the points
it gets in the three data years, latest first: "310" is worse than the absolute threshold last year (3), worse
than the national threshold the year before (1), better before that (0); "-" is a year without figures. The
rest of the country, in one huge school of municipality 9999, keeps the national mean at 0.19.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.arrays import Ints
from sim.declared import REGISTRY
from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry
from sim.parameters.results import Measurement
from sim.parameters.scope import Scope
from sim.parameters.society import Society
from sim.parameters.state_control import StateControl
from sim.randomness import Streams
from sim.scenario_files import load_design
from sim.schemes.follow_up.draw import pick
from sim.schemes.follow_up.draw_choice import (
    in_order,
    is_weak,
    mixed_order,
    places,
    quantile,
    ranks,
    weakest_from,
)
from sim.schemes.follow_up.draw_levers import Discretion, Draw, IndicatorName, Judged
from sim.schemes.follow_up.draw_record import RECORD_COLUMNS, draw_record
from sim.schemes.follow_up.draw_rules import SCHOOLS_LEFT_ALONE
from sim.schemes.follow_up.draw_scoring import score
from sim.schemes.follow_up.draw_state import (
    DrawRegister,
    Excluded,
    SchoolScores,
    Thresholds,
    blank_draw_tables,
)
from sim.schemes.follow_up.levers import FollowUp
from sim.schemes.follow_up.outcomes import draw_swing, recall
from sim.schemes.follow_up.state import DrawKind, FollowUpOwners, Phase
from sim.state import State
from sim.state.borders import Borders
from sim.state.measurements import N_INDICATORS, N_YEARS, Indicator, Measurements
from sim.state.places import Counties, Municipalities, Offices
from sim.state.schools import Schools, Teachers
from sim.state.table import Joining
from tests.small_world import filled

READING = Indicator.READING_5
FIGURE = {"0": 0.10, "1": 0.25, "3": 0.40, "-": 0.0}  # the nation at 0.19, the absolute threshold 0.10 beyond
REST = 9999

Country = Mapping[int, tuple[str, ...]]

JUDGED = {"shortfall_weight": 0.0, "concern_from": -3.0, "spread_largest_excluded": 100_000.0}


def country(owners: Country, *, year: int = 2020, insight: float = 1.0) -> State:
    """Municipalities by kommunenummer, each with its schools' points, in the spring of a year."""
    owners = {**owners, REST: ("000",)}
    names = list(owners)
    points = [school for schools in owners.values() for school in schools]
    at = np.repeat(np.arange(len(names)), [len(schools) for schools in owners.values()])
    value, n_pupils = np.zeros((2, len(points), N_YEARS, N_INDICATORS))
    value[:, :, READING] = [[FIGURE[letter] for letter in school] for school in points]
    n_pupils[:, :, READING] = [[0 if letter == "-" else 20 for letter in school] for school in points]
    value[at == len(names) - 1, :, READING], n_pupils[at == len(names) - 1, :, READING] = 0.19, 10**7
    n = len(points)
    state = State(
        HalfYear.of(year, Season.SPRING),
        [
            filled(Offices, 1, name="Nord", insight=insight, owner_insight=insight),
            filled(Counties, 1, name="Troms", name_2020="Troms og Finnmark"),
            filled(
                Municipalities, len(names), id=names, population=1000, capacity_fte=1.0, free_income=60_000
            ),
            filled(
                Schools,
                n,
                id=np.arange(n),
                municipality=at,
                first_grade=1,
                last_grade=10,
                pupils=20,
                n_teachers=1,
            ),
            filled(Teachers, n, id=np.arange(n), school=np.arange(n), age=40),
            filled(
                Borders,
                len(names),
                id=np.arange(len(names)),
                until_2019=names,
                from_2020=names,
                from_2024=names,
            ),
            filled(Measurements, n, value=value, n_pupils=n_pupils, lasting=value[:, 0]),
            FollowUpOwners.blank(len(names)),
            *blank_draw_tables(n),
        ],
    )
    fixed = state[Thresholds]
    fixed.known[0], fixed.distance[0, READING] = True, 0.10
    return state


def levers(**given_levers: Value) -> Parameters:
    """Today's draw by reading alone and without the spread draw, with some levers set; governors judge by results, and in
    nobody do they see no cause for concern.
    """
    values = {"indicators": (IndicatorName.READING_5,), "spread_places": 0, **JUDGED, **given_levers}
    scale = values.pop("scale", 1.0)
    named = {f"follow_up.draw.{name}": value for name, value in values.items()}
    groups = [Scope, Society, StateControl, Measurement, Draw, FollowUp]
    return Parameters(Registry(groups), {**named, "scope.scale": scale})


def hold(state: State, p: Parameters, world: int = 0) -> None:
    """New Year and spring without mergers between them."""
    draw = Streams(1, world).at(state.now.index)
    score(state, p, draw)
    pick(state, p, draw)


def merge(state: State, new_row: Ints) -> None:
    """Municipalities become those of `new_row`, the largest giving its number."""
    n = int(new_row.max()) + 1
    weight = state[Municipalities].population
    state[Municipalities] = state[Municipalities].regrouped(Joining(new_row, n, weight))
    state[FollowUpOwners] = state[FollowUpOwners].regrouped(Joining(new_row, n, weight))
    state.repoint("municipalities", new_row)


def drawn(state: State, kind: DrawKind = DrawKind.AVERAGE) -> set[int]:
    """Kommunenummer of those drawn."""
    register = state[DrawRegister]
    return set(register.id[register.drawn == kind].tolist())


def excluded(state: State) -> dict[int, Excluded]:
    """Reason by kommunenummer, of those excluded."""
    register = state[DrawRegister]
    pairs = zip(register.id.tolist(), register.excluded.tolist(), strict=True)
    return {number: Excluded(reason) for number, reason in pairs if reason}


ALONE: Country = {1: ("333",), 2: ("331",), 3: ("311",), 4: ("111",), 5: ("110",), 6: ("--3",), 7: ("---",)}
# risk shares:    9/9          7/9          5/9          3/9          2/9          3/3          none possible


def test_the_highest_risk_shares_are_drawn() -> None:
    state = country(ALONE)
    hold(state, levers(average_places=3))
    assert drawn(state) == {1, 6, 2}
    assert excluded(state) == {7: Excluded.TOO_FEW_POINTS}
    record = draw_record(state)
    assert record["risk_points"].tolist() == [9, 7, 5, 3, 2, 3, 0, 0]
    assert record["possible_points"].tolist() == [9, 9, 9, 9, 9, 3, 0, 9]
    assert record["risk_share"] == pytest.approx([1, 7 / 9, 5 / 9, 3 / 9, 2 / 9, 1, np.nan, 0], nan_ok=True)


def test_who_has_too_few_possible_points_is_not_compared() -> None:
    state = country({**ALONE, 8: ("333", "--3")})  # the last owner's second school has a third of the points
    hold(state, levers(average_places=2, least_points_share=0.5))
    # 6 has three of nine possible points: it is not drawn, and its figure does not stand on the list.
    assert drawn(state) == {1, 8}
    assert excluded(state) == {6: Excluded.TOO_FEW_POINTS, 7: Excluded.TOO_FEW_POINTS}
    assert draw_record(state)["figure"][[5, 6]].tolist() == [0, 0]
    assert draw_record(state)["risk_share"][5] == 1  # what it got of what it could is still told
    assert state[SchoolScores].scored.tolist() == [*[True] * 5, False, False, True, False, True]


def test_a_school_s_full_points_are_those_of_the_grades_it_teaches() -> None:
    state = country({1: ("333",), 2: ("-31",)})
    state[Schools].first_grade[1], state[Schools].last_grade[1] = 8, 10
    hold(state, levers(average_places=1, least_points_share=0.7))
    # School 0 has nine of nine. School 1 has six, and as it does not teach fifth grade, its full number is none.
    assert state[SchoolScores].scored.tolist() == [True, True, True]
    state[Schools].first_grade[1] = 1  # now it has six of nine, less than 70 %
    hold(state, levers(average_places=1, least_points_share=0.7))
    assert state[SchoolScores].scored.tolist() == [True, False, True]


def test_a_municipality_is_scored_by_its_own_figures_not_by_its_schools_points() -> None:
    state = country({1: ("333", "000"), 2: ("110",)})
    hold(state, levers(average_places=1))
    # 1: (20 x 0.40 + 20 x 0.10) / 40 = 0.25 each year, worse than the nation, not by 0.10: 3 of 9.
    # 2: 2 of 9.
    assert draw_record(state)["risk_points"].tolist() == [3, 2, 0]
    assert drawn(state) == {1}


def test_the_drawn_enter_the_dialogue() -> None:
    state = country({1: ("331",), 2: ("311",), 6: ("--3",)})
    owners = state[FollowUpOwners]
    owners.declined[:], owners.half_years[:] = True, 3
    hold(state, levers(average_places=1, years_of_data=2))
    assert drawn(state) == {1}  # 6 has no figures in the two latest years
    assert owners.phase[:2].tolist() == [Phase.DIALOGUE, Phase.NONE]
    assert owners.half_years[:2].tolist() == [0, 3]
    assert owners.kind[:2].tolist() == [DrawKind.AVERAGE, DrawKind.NONE]
    assert owners.last_draw_year[:2].tolist() == [2020, -1]
    assert owners.last_draw_number[:2].tolist() == [1, -1]
    assert owners.times_drawn[:2].tolist() == [1, 0]
    assert owners.declined[:2].tolist() == [False, True]


def test_special_cases_and_those_in_the_scheme_give_their_places_to_the_next() -> None:
    state = country(ALONE)
    state[Municipalities].special_case[0] = True  # number 1
    state[FollowUpOwners].phase[5] = Phase.IMPLEMENTATION  # number 6
    state[FollowUpOwners].phase[1] = Phase.AFTERWARDS  # number 2 can be drawn again
    hold(state, levers(average_places=2))
    assert drawn(state) == {2, 3}
    assert excluded(state) == {1: Excluded.SPECIAL_CASE, 6: Excluded.IN_SCHEME, 7: Excluded.TOO_FEW_POINTS}


def test_history_draws_in_2022_and_not_in_2024() -> None:
    years = load_design("history", REGISTRY).value("follow_up.draw.years", 2024, REGISTRY)
    assert isinstance(years, tuple)
    assert (2022 in years, 2024 in years, 2026 in years) == (True, False, True)


def test_rest_counts_draws_and_not_years() -> None:
    state = country(ALONE, year=2017)
    held = []
    for year in (2017, 2018, 2020):
        state.now = HalfYear.of(year, Season.SPRING)
        state[FollowUpOwners].phase[:] = Phase.AFTERWARDS
        hold(state, levers(average_places=2, rest_draws=1))
        held.append(drawn(state))
    assert held == [{1, 6}, {2, 3}, {1, 6}]
    assert excluded(state) == {
        2: Excluded.DRAWN_LAST_TIME, 3: Excluded.DRAWN_LAST_TIME, 7: Excluded.TOO_FEW_POINTS
    }  # fmt: skip
    assert state[FollowUpOwners].times_drawn[0] == 2


def test_equals_are_drawn_by_lot() -> None:
    equals: Country = dict.fromkeys(range(101, 107), ("333",))
    seen = []
    for world in range(40):
        state = country(equals)
        hold(state, levers(average_places=3), world)
        assert len(drawn(state)) == 3
        seen += sorted(drawn(state))
    # 40 worlds x 3 of 6: each expected 20 times, SD sqrt(40 / 4) = 3.2; beyond 20 +- 4 SD once in 16,000
    assert all(7 <= seen.count(number) <= 33 for number in equals)


def test_places_shrink_with_the_modelled_share_of_the_country() -> None:
    assert [places(30, 0.25), places(10, 0.02), places(0, 1.0)] == [8, 1, 0]  # 7.5 rounds to even
    state = country(ALONE)
    hold(state, levers(average_places=30, scale=0.1))
    assert drawn(state) == {1, 6, 2}


def test_a_merged_municipality_is_drawn_once() -> None:
    state, p = country(ALONE), levers(average_places=3)
    draw = Streams(1).at(state.now.index)
    score(state, p, draw)
    merge(state, np.array([0, 0, 1, 2, 3, 4, 5, 6]))  # 1 and 2 become one
    pick(state, p, draw)
    assert drawn(state) == {
        1,
        6,
        3,
    }  # by the figures of the old ones: 9/9, 3/3, and instead of 2's 7/9 3's 5/9
    assert excluded(state) == {2: Excluded.MERGED_WITH_DRAWN, 7: Excluded.TOO_FEW_POINTS}
    assert state[FollowUpOwners].phase.tolist() == [1, 1, 0, 0, 1, 0, 0]
    assert state[FollowUpOwners].times_drawn.tolist() == [1, 1, 0, 0, 1, 0, 0]


def test_owners_too_small_or_weak_in_too_few_years_leave_their_places_to_others() -> None:
    state = country(ALONE)
    state[Schools].pupils[3] = 100  # the school of number 4, and of the rest below
    state[Schools].pupils[-1] = 100
    hold(state, levers(average_places=1, least_pupils=500.0))
    assert drawn(state) == {4}
    assert {number for number, why in excluded(state).items() if why is Excluded.TOO_SMALL} == {1, 2, 3, 5, 6}

    state = country(ALONE)
    hold(state, levers(average_places=9, consistent_years=3))
    # Mean shares by year, of those with figures: latest (3+3+3+1+1+0)/3/6 of 1 to 5 and the rest = 11/18, then
    # (3+3+1+1+1+0)/18 = 1/2, then with 6 (3+1+1+1+0+3+0)/21 = 9/21.
    assert drawn(state) == {1}
    assert excluded(state)[2] is Excluded.NOT_CONSISTENT


def test_the_list_swings_where_others_come_first_than_at_the_last_draw() -> None:
    state, p = country(ALONE, year=2018), levers(average_places=2)
    hold(state, p)
    assert np.isnan(draw_swing(state, p)).all()  # nothing to compare the first draw with
    state.now = HalfYear.of(2020, Season.SPRING)
    hold(state, p)
    assert draw_swing(state, p).tolist() == [0]  # 1 and 6 are first again, though they may not be drawn
    state.now = HalfYear.of(2022, Season.SPRING)
    state[Measurements].value[0, :, READING] = 0.10  # the school of number 1 gets better
    hold(state, p)
    assert draw_swing(state, p).tolist() == [0.5]


def test_recall_counts_those_drawn_and_those_in_the_scheme_among_the_neediest() -> None:
    state, p = country(dict.fromkeys(range(1, 20), ("333",))), levers(average_places=1)
    state[Measurements].lasting[[3, 7], READING] = (
        0.9  # the two of twenty with the greatest true need: a tenth
    )
    state[FollowUpOwners].phase[3] = Phase.IMPLEMENTATION
    hold(state, p)
    assert recall(state, p).tolist() == [0.5 + 0.5 * (drawn(state) == {8})]


SPREADS: Country = {
    1: ("333", "000"),  # schools 1 and 0
    2: ("331", "000"),  # 7/9 and 0
    3: ("310", "000"),  # 4/9 and 0
    4: ("100", "000"),  # 1/9 and 0
    5: ("333",),  # one school, no spread
    6: ("333", "333"),  # weak throughout, no spread
}
# Risk shares of the twelve schools: 0 five times (one is the rest), 1/9, 4/9, 7/9, 1 four times.
# The quantile at 0.75 stands at position 0.75 x 11 = 8.25, which is 1: the weakest quarter is those at 1.


def test_spread_candidates_own_a_school_of_the_worst_quartile() -> None:
    state = country(SPREADS)
    hold(state, levers(average_places=0, spread_places=10))
    assert drawn(state, DrawKind.SPREAD) == {1}
    register = state[DrawRegister]
    assert register.school_risk_spread == pytest.approx([1, 7 / 9, 4 / 9, 1 / 9, 0, 0, 0])
    assert register.has_worst_school.tolist() == [True, False, False, False, True, True, False]


def test_a_wider_circle_of_weak_schools_gives_more_candidates() -> None:
    state = country(SPREADS)
    # The quantile at 0.6 stands at 6.6: between 4/9 and 7/9. So 2 comes in, 3 does not.
    hold(state, levers(average_places=0, spread_places=10, worst_schools_share=0.4))
    assert drawn(state, DrawKind.SPREAD) == {1, 2}


def test_the_worst_quartile_leaves_out_schools_without_figures_or_points() -> None:
    risk, scored = np.array([0.1, 0.2, 0.3, 0.9, 1.0]), np.array([True, True, True, True, False])
    # Of four, the quantile at 0.75 is 0.3 + 0.25 x (0.9 - 0.3) = 0.45.
    assert weakest_from(risk, scored, 0.25) == pytest.approx(0.45)
    assert [is_weak(one, 0.45) for one in (0.3, 0.45, 0.9)] == [False, True, True]
    assert not is_weak(0.0, weakest_from(np.zeros(4), np.ones(4, dtype=bool), 0.25))
    assert not is_weak(1.0, weakest_from(risk, np.zeros(5, dtype=bool), 0.25))


@given(
    values=st.lists(st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 0.7]) | st.floats(0, 1), min_size=1, max_size=60),
    share=st.sampled_from([0.0, 0.05, 0.5, 0.95, 1.0]) | st.floats(0, 1),
)
def test_the_quantile_is_numpy_s(values: list[float], share: float) -> None:
    assert quantile(np.array(values), share) == pytest.approx(np.quantile(values, share), abs=1e-15)


WIDE = {"spread_places": 10, "worst_schools_share": 1.0}
BY_SIZE = {"discretion": Discretion.NONE}
# With this, every municipality with a spread is a candidate: 1 (1), 2 (7/9), 3 (4/9), 4 (1/9).


def test_the_greatest_spread_is_drawn_where_figures_alone_decide() -> None:
    state = country(SPREADS)
    hold(state, levers(**{**WIDE, "average_places": 0, "spread_places": 2, "discretion": Discretion.NONE}))
    assert drawn(state, DrawKind.SPREAD) == {1, 2}


def test_governors_can_move_a_candidate_up_but_only_from_the_list() -> None:
    state = country(SPREADS)
    lasting = state[Measurements].lasting
    lasting[:, READING] = 0.19
    lasting[4, READING], lasting[6, READING] = 0.4, 0.6  # a school of 3 and one of 4: what governors know of
    p = levers(**{**WIDE, "average_places": 0, "spread_places": 1, "spread_candidates": 3})
    hold(state, p)
    assert drawn(state, DrawKind.SPREAD) == {3}  # 4 would come first, but the list ends with 3


def test_the_average_draw_comes_first_and_the_spread_draw_takes_others() -> None:
    state = country(SPREADS)
    # Own figures: 5 and 6 9/9, 1 and 2 3/9 or less. 1: 0.25 each year, 3/9. 2: 0.25, 0.25, 0.175, 2/9.
    hold(state, levers(**{**WIDE, "average_places": 3, "spread_places": 2, "discretion": Discretion.NONE}))
    assert drawn(state) == {5, 6, 1}
    assert drawn(state, DrawKind.SPREAD) == {2, 3}
    assert state[FollowUpOwners].kind.tolist() == [1, 2, 2, 0, 1, 1, 0]


def test_the_largest_are_left_out_of_the_spread_draw_as_long_as_that_is_the_rule() -> None:
    state = country(SPREADS)
    state[Municipalities].population[0] = 100_000
    state[FollowUpOwners].phase[1] = Phase.PREPHASE
    hold(state, levers(**{**WIDE, "average_places": 0, "spread_candidates": 1, "spread_places": 1}))
    assert drawn(state, DrawKind.SPREAD) == {3}
    assert excluded(state) == {1: Excluded.TOO_LARGE, 2: Excluded.IN_SCHEME}
    state = country(SPREADS)
    state[Municipalities].population[0] = 100_000
    hold(
        state,
        levers(**{**WIDE, "average_places": 0, "spread_places": 1, "spread_size_limit": False, **BY_SIZE}),
    )
    assert drawn(state, DrawKind.SPREAD) == {1}


def test_listed_candidates_are_left_out_for_what_they_are_in() -> None:
    state = country(SPREADS, year=2019)
    state[Municipalities].supervised[0] = True
    state[Borders].from_2020[1] = 77  # 2 becomes part of another municipality at New Year
    state[Schools].in_project[4] = True  # a school of 3, one of the weakest as wide as the circle is here
    state[Schools].in_project[7] = True  # a school of 4 without a risk point
    hold(state, levers(**{**WIDE, "years": (2019,), "average_places": 0}))
    assert drawn(state, DrawKind.SPREAD) == {4}
    assert excluded(state) == {1: Excluded.SUPERVISION, 2: Excluded.MERGING, 3: Excluded.OTHER_SCHEME}


def test_places_stay_empty_where_governors_see_no_cause_for_concern() -> None:
    state = country(SPREADS)
    state[Measurements].lasting[:, READING] = 0.19
    state[Measurements].lasting[[4, 6], READING] = (
        0.4,
        0.6,
    )  # schools of 3 and 4; the others are like the nation
    p = levers(**{**WIDE, "average_places": 0, "concern_from": 0.0})
    hold(state, p)
    assert drawn(state, DrawKind.SPREAD) == {3, 4}
    assert excluded(state) == {1: Excluded.NO_CONCERN, 2: Excluded.NO_CONCERN}
    state = country(SPREADS)
    hold(state, levers(**{**WIDE, "average_places": 0, "concern_from": 3.0, "discretion": Discretion.NONE}))
    assert drawn(state, DrawKind.SPREAD) == {1, 2, 3, 4}  # figures alone ask no governor


def test_the_spread_draw_follows_present_borders_and_marks_the_most_populous_old_unit() -> None:
    state = country({1: ("333",), 2: ("000",), 3: ("100",)})
    state[Municipalities].population[1] = 5000
    p = levers(average_places=0, spread_places=3)
    draw = Streams(1).at(state.now.index)
    score(state, p, draw)
    merge(state, np.array([0, 0, 1, 2]))
    pick(state, p, draw)
    assert drawn(state, DrawKind.SPREAD) == {2}
    assert excluded(state) == {1: Excluded.MERGED_WITH_DRAWN}
    assert state[DrawRegister].school_risk_spread.tolist() == [1, 1, 0, 0]


def test_special_cases_are_left_out_of_the_spread_draw_too() -> None:
    state = country(SPREADS)
    state[Municipalities].special_case[0] = True
    hold(state, levers(**{**WIDE, "average_places": 0}))
    assert drawn(state, DrawKind.SPREAD) == {2, 3, 4}


def test_common_criteria_rank_by_leaders_staff_complaints_and_economy_in_place_of_judgement() -> None:
    state = country(SPREADS)
    owners = state[Municipalities]
    owners.head_tenure[:], state[Schools].principal_tenure[:], state[Teachers].tenure[:] = 9, 9, 9
    owners.head_tenure[2], owners.robek[2] = 0, True  # 3 has a new head and is in ROBEK
    p = levers(**{**WIDE, "average_places": 0, "spread_places": 1, "judged_by": Judged.COMMON_CRITERIA})
    hold(state, p)
    assert drawn(state, DrawKind.SPREAD) == {3}


def test_owners_that_do_not_support_schools_weak_in_every_year_are_drawn_and_all_such_owners_are_asked() -> (
    None
):
    weak: Country = {
        1: ("333", "000"),
        2: ("333", "000"),
        3: ("330", "000"),
        4: ("000",),
        5: ("000",),
        6: ("000",),
    }
    state = country(weak)
    owners = state[Municipalities]
    owners.competence[:], owners.capacity_fte[:] = 0.5, 1.0
    owners.competence[1], owners.capacity_fte[1] = 0.1, 0.2  # 2 lacks most
    hold(state, levers(average_places=9, ranked_by=SCHOOLS_LEFT_ALONE, check_insight=1.0))
    assert state[SchoolScores].always_weak.tolist() == [1, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert state[FollowUpOwners].checked.tolist() == [1, 1, 0, 0, 0, 0, 0]
    register = state[DrawRegister]
    assert register.shortfall[1] > 0 > register.shortfall[0]
    assert register.figure.tolist() == [0, 1, 0, 0, 0, 0, 0]


def test_equal_spreads_are_listed_by_lot() -> None:
    equals: Country = dict.fromkeys(range(101, 105), ("333", "000"))
    seen = set()
    for world in range(40):
        state = country(equals)
        hold(
            state, levers(**{**WIDE, "average_places": 0, "spread_places": 1, "spread_candidates": 1}), world
        )
        seen |= drawn(state, DrawKind.SPREAD)
    assert seen == set(equals)  # that one of four is never first in 40 worlds: 4 x 0.75^40 = 1 in 25,000


def test_a_municipality_split_off_since_new_year_has_no_figures_to_be_drawn_by() -> None:
    state, p = country({1: ("333", "000", "333", "000")}), levers(**{**WIDE, "average_places": 0})
    draw = Streams(1).at(state.now.index)
    score(state, p, draw)
    rows = np.array([0, 0, 1])  # schools 2 and 3 leave 1 and become 2
    state[Municipalities], state[FollowUpOwners] = state[Municipalities].take(rows), FollowUpOwners.blank(3)
    state[Municipalities].id[1] = 2
    state.repoint("municipalities", np.array([0, 2]))
    state[Schools].municipality[2:4] = 1
    pick(state, p, draw)
    assert drawn(state, DrawKind.SPREAD) == {1}
    assert state[FollowUpOwners].times_drawn.tolist() == [1, 0, 0]


def test_discretion_in_both_draws_lets_governors_choose_from_a_longer_list() -> None:
    state = country({1: ("333",), 2: ("331",), 3: ("311",), 4: ("111",)})
    lasting = state[Measurements].lasting
    lasting[:, READING] = [0.2, 0.3, 0.4, 0.6, 0.19]
    hold(
        state,
        levers(
            average_places=1, average_candidates=3, discretion=Discretion.BOTH, average_discretion_weight=1.0
        ),
    )
    assert drawn(state) == {3}  # 4 has most need by the governors, but is not among the first three
    state = country({1: ("333",), 2: ("331",), 3: ("311",), 4: ("111",)})
    hold(
        state,
        levers(
            average_places=1, average_candidates=3, discretion=Discretion.BOTH, average_discretion_weight=0.0
        ),
    )
    assert drawn(state) == {1}


def test_mixed_order_adds_ranks_by_weight() -> None:
    figure, judged = np.array([5.0, 4.0, 4.0, 1.0]), np.array([1.0, 2.0, 9.0, 8.0])
    assert ranks(figure).tolist() == [0, 1, 1, 3]
    assert ranks(judged).tolist() == [3, 2, 0, 1]
    lots = np.array([0.9, 0.2, 0.3, 0.1])
    # 0.5 each: 1.5, 1.5, 0.5, 2: the third, then by lot the second before the first, then the fourth
    assert mixed_order(figure, judged, 0.5, lots).tolist() == [2, 1, 0, 3]
    assert in_order(figure, lots).tolist() == [0, 1, 2, 3]


def test_the_distance_is_fixed_at_the_draw_of_2018() -> None:
    state = country({1: ("333",), 2: ("000",)}, year=2017)
    thresholds, p = state[Thresholds], levers(absolute_distance=1.0, average_places=0)
    thresholds.known[0] = False
    figures = [0.40, 0.10, 0.19]
    for year, known in ((2017, False), (2018, True)):
        state.now = HalfYear.of(year, Season.SPRING)
        hold(state, p)
        assert bool(thresholds.known[0]) is known
        assert thresholds.distance[0, READING] == pytest.approx(np.std(figures))
        state[Measurements].value[0, :, READING] = figures[0] = 0.80
    kept = thresholds.distance.copy()
    state.now = HalfYear.of(2020, Season.SPRING)
    hold(state, p)
    assert (thresholds.distance == kept).all()
    assert kept[0, READING] == pytest.approx(np.std([0.80, 0.10, 0.19]))


def test_the_register_lives_from_new_year_to_the_next() -> None:
    state, p = country(ALONE), levers(average_places=1)
    hold(state, p)
    assert len(state[DrawRegister]) == 8
    assert state.breaches() == []
    state.now = HalfYear.of(2021, Season.SPRING)
    hold(state, p)  # no draw in 2021
    assert len(state[DrawRegister]) == 0
    assert state[Thresholds].draws_held.tolist() == [1]
    assert all(len(column) == 0 for column in draw_record(state).values())


def test_the_record_has_its_columns_in_order() -> None:
    state, p = country(ALONE), levers(average_places=2)
    hold(state, p)
    state[FollowUpOwners].participates[:2] = True
    record = draw_record(state)
    cells = [f"points_{name.value}_{back}" for back in (1, 2, 3) for name in IndicatorName]
    at = list(RECORD_COLUMNS).index("points_<indicator>_<back>")
    assert list(record) == [*list(RECORD_COLUMNS)[:at], *cells, "successor"]
    assert record["points_reading_5_3"] == pytest.approx([3, 1, 1, 1, 0, 3, np.nan, 0], nan_ok=True)
    assert np.isnan(record["points_reading_5_1"]).tolist() == [number in {6, 7} for number in range(1, 9)]
    assert np.isnan(record["points_bullying_10_2"]).all()
    assert record["drawn"].tolist() == ["average", "none", "none", "none", "none", "average", "none", "none"]
    assert record["excluded_because"].tolist() == ["", "", "", "", "", "", "too few points", ""]
    assert record["participates"].tolist() == [True, *[False] * 7]  # 2 takes part, but was not drawn now
    assert record["successor"].tolist() == [1, 2, 3, 4, 5, 6, 7, REST]
    assert set(record["county"].tolist()) == {"Troms og Finnmark"}
    assert set(record["office"].tolist()) == {"Nord"}
    assert record["n_pupils"].tolist() == [200] * 8


def test_counties_have_the_name_of_the_year() -> None:
    state = country(ALONE, year=2018)
    hold(state, levers())
    assert set(draw_record(state)["county"].tolist()) == {"Troms"}


school = st.text("0013", min_size=3, max_size=3)
countries = st.dictionaries(
    st.integers(100, 400), st.lists(school, min_size=1, max_size=3).map(tuple), min_size=4, max_size=12
)


@settings(max_examples=30)
@given(countries, st.randoms(use_true_random=False))
def test_the_order_of_municipalities_does_not_matter(owners: Country, shuffler: object) -> None:
    numbers = list(owners)
    shuffler.shuffle(numbers)  # type: ignore[attr-defined]  # a random.Random, which the package may not import
    p = levers(average_places=2, spread_places=2, worst_schools_share=0.5)
    one, other = country(owners, insight=0.5), country({n: owners[n] for n in numbers}, insight=0.5)
    hold(one, p)
    hold(other, p)
    assert drawn(one) == drawn(other)
    assert drawn(one, DrawKind.SPREAD) == drawn(other, DrawKind.SPREAD)
    assert excluded(one) == excluded(other)


@settings(max_examples=30)
@given(st.lists(st.lists(school, min_size=12, max_size=12), min_size=4, max_size=4), st.integers(0, 5))
def test_nobody_is_drawn_twice_in_a_row_and_all_places_are_filled(
    rounds: list[list[str]], world: int
) -> None:
    owners = {number: (rounds[0][number], rounds[0][number - 1]) for number in range(1, 12)}
    state, before = country(owners), set[int]()
    p = levers(average_places=4, spread_places=2, worst_schools_share=1.0)
    for year, results in zip((2020, 2022, 2026, 2028), rounds, strict=True):
        state.now = HalfYear.of(year, Season.SPRING)
        state[FollowUpOwners].phase[:] = Phase.AFTERWARDS
        state[Measurements].value[:12, :, READING] = [[FIGURE[c] for c in points] for points in results]
        hold(state, p, world)
        now = drawn(state) | drawn(state, DrawKind.SPREAD)
        assert not now & before
        assert len(drawn(state)) == 4  # 12 municipalities, at most 6 of them rest
        assert len(drawn(state, DrawKind.SPREAD)) <= 2
        before = now
        assert state.breaches() == []
