"""Points and risk shares, worked out by hand; then what must hold for any figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.arrays import Floats, Ints
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry
from sim.schemes.follow_up.draw_levers import Draw, IndicatorName
from sim.schemes.follow_up.risk_score import (
    CELLS,
    WORSE,
    Scores,
    absolute_distances,
    as_told,
    at_stake,
    bring_together,
    give_points,
    spread_between,
)
from sim.schemes.follow_up.true_need import judgement, need, standardised
from sim.state.measurements import N_INDICATORS, N_YEARS, Indicator

READING = Indicator.READING_5
LEAVING = Indicator.LEAVING_POINTS_10
SHAPE = (4, N_YEARS, N_INDICATORS)

# Four schools: 0 and 1 belong to municipality A (0), 2 to B (1), 3 to C (2).
OWNER = np.array([0, 0, 1, 2])


def draw_rule(**levers: Value) -> Draw:
    """Today's rule with some levers set."""
    return Parameters(Registry([Draw]), {f"follow_up.draw.{name}": v for name, v in levers.items()})[Draw]


def together(
    value: Floats, n_pupils: Ints, unit: Ints, n_units: int, limit: float = 1
) -> tuple[Floats, Floats]:
    """Figures of any partition of the schools, and of the nation, in the shape in which schools' figures are given."""
    shape = value.shape[1:]
    cells = int(np.prod(shape))
    units, pupils, nation = np.zeros((n_units, cells)), np.zeros((n_units, cells)), np.zeros(cells)
    flat = len(value), cells
    bring_together(value.reshape(flat), n_pupils.reshape(flat), unit, limit, units, pupils, nation)
    return units.reshape(n_units, *shape), nation.reshape(shape)


def given_points(figures: Floats, nation: Floats, distances: Floats, rule: Draw) -> Scores:
    """Points by figures of shape (units, years, indicators), as the draw gives them."""
    flat = figures.reshape(len(figures), CELLS)
    points, possible = np.empty(flat.shape), np.empty(flat.shape)
    give_points(flat, nation.ravel(), at_stake(distances, rule), points, possible)
    return Scores(points.reshape(figures.shape), possible.reshape(figures.shape))


def worse(by: Floats, distances: Floats, rule: Draw) -> Scores:
    """Points of units whose figures are so much worse than the nation's."""
    return given_points(by * WORSE, np.zeros(by.shape[1:]), distances, rule)


def scored(value: Floats, pupils: Ints, owner: Ints, n: int, distances: Floats, rule: Draw) -> Scores:
    """Scores of any partition of the schools, as the draw makes them."""
    figures, national = together(value, pupils, owner, n)
    return given_points(figures, national, distances, rule)


def spread(figures: Floats) -> Floats:
    """SD between units, in the shape of one unit's figures."""
    found = np.empty(figures[0].size)
    spread_between(figures.reshape(len(figures), -1), found)
    return found.reshape(figures.shape[1:])


def test_who_has_the_nation_s_figure_as_it_is_told_gets_no_point() -> None:
    support = Indicator.SUPPORT_7
    figures, nation = np.full((2, N_YEARS, N_INDICATORS), np.nan), np.full((N_YEARS, N_INDICATORS), 0.2)
    nation[0, [LEAVING, support]] = 41.96, 4.38
    figures[:, 0, READING] = 0.21, 0.2  # a share is not rounded
    figures[:, 0, LEAVING] = 41.951, 41.94  # 42.0 and 41.9, against 42.0
    figures[:, 0, support] = 4.36, 4.34  # 4.4 and 4.3, against 4.4
    for step, expected in ((0.1, [1, 3 + 1]), (0.0, [1 + 3 + 1, 3 + 1])):
        rule = draw_rule(figure_step=step)
        told, national = (as_told(x.reshape(-1, CELLS), rule) for x in (figures, nation))
        points = given_points(told.reshape(figures.shape), national, np.full(N_INDICATORS, 9.0), rule)
        assert points.risk_points.tolist() == expected
        assert points.possible_points.tolist() == [3 + 9 + 3] * 2


def measured() -> tuple[Floats, Ints]:
    """Reading in the two latest years and leaving points in the latest; nothing else is measured."""
    value, pupils = np.zeros(SHAPE), np.zeros(SHAPE, dtype=np.int64)
    value[:, 0, READING], pupils[:, 0, READING] = [0.30, 0.10, 0.20, 0.60], [10, 30, 40, 4]
    value[:, 1, READING], pupils[:, 1, READING] = [0.10, 0.10, 0.10, 0.70], [10, 30, 40, 20]
    value[:, 0, LEAVING], pupils[:, 0, LEAVING] = [38, 42, 35, 40], [10, 30, 40, 20]
    return value, pupils


def test_a_municipality_s_figure_is_the_mean_over_its_pupils() -> None:
    figures = together(*measured(), OWNER, 3, limit=5)[0]
    # A: (10 x 0.30 + 30 x 0.10) / 40 = 6 / 40
    assert figures[:, 0, READING] == pytest.approx(
        [0.15, 0.20, np.nan], nan_ok=True
    )  # C: 4 pupils are under 5
    # A: (10 x 38 + 30 x 42) / 40 = 1640 / 40
    assert figures[:, 0, LEAVING] == pytest.approx([41, 35, 40])
    assert np.isnan(figures[:, 2]).all()


def test_five_pupils_are_enough_and_two_small_schools_can_be_enough_together() -> None:
    value, pupils = np.full((3, 1, 1), 0.5), np.array([5, 4, 4]).reshape(3, 1, 1)
    assert np.isnan(together(value, pupils, np.arange(3), 3, limit=5)[0]).ravel().tolist() == [
        False,
        True,
        True,
    ]
    assert together(value, pupils, np.array([0, 1, 1]), 2, limit=5)[0].ravel() == pytest.approx([0.5, 0.5])


def test_a_municipality_without_schools_has_no_figures() -> None:
    value, pupils = np.full((2, 1, 1), 0.5), np.full((2, 1, 1), 9)
    assert together(value, pupils, np.array([2, 0]), 4)[0].ravel() == pytest.approx(
        [0.5, np.nan, 0.5, np.nan], nan_ok=True
    )
    assert np.isnan(together(value[:0], pupils[:0], np.zeros(0, dtype=np.int64), 2)[0]).all()


def test_the_national_threshold_counts_every_pupil() -> None:
    _, national = together(*measured(), OWNER, 3, limit=5)
    # (3 + 3 + 8 + 2.4) / 84: the four pupils whose figure is withheld count too
    assert national[0, READING] == pytest.approx(16.4 / 84)
    assert national[1, READING] == pytest.approx((1 + 3 + 4 + 14) / 100)
    assert national[0, LEAVING] == pytest.approx((380 + 1260 + 1400 + 800) / 100)
    assert np.isnan(national[2, READING])


def test_the_absolute_distance_is_the_mean_over_years_of_the_sd_between_municipalities() -> None:
    figures = np.full((3, N_YEARS, N_INDICATORS), np.nan)
    figures[:2, 0, READING] = [0.1, 0.3]  # mean 0.2, SD 0.1
    figures[:, 1, READING] = [0.2, 0.6, 0.4]  # mean 0.4, SD sqrt((0.04 + 0.04 + 0) / 3)
    distances = absolute_distances(spread(figures).ravel(), draw_rule(absolute_distance=1.2))
    assert distances[READING] == pytest.approx(1.2 * (0.1 + np.sqrt(0.08 / 3)) / 2)
    assert np.isinf(distances[LEAVING])  # nobody has a figure: nobody lies beyond


def test_points_of_the_worked_example() -> None:
    distances = np.full(N_INDICATORS, np.inf)
    distances[READING], distances[LEAVING] = 0.3, 3.0
    scores = scored(*measured(), OWNER, 3, distances, draw_rule())
    # Reading, latest year, threshold 0.195: A 0.15 no, B 0.20 worse (1), C's four pupils 0.60, worse by 0.40 > 0.3 (3).
    assert scores.points[:, 0, READING].tolist() == [0, 1, 3]
    assert scores.possible[:, 0, READING].tolist() == [3, 3, 3]
    # Reading, year before, 0.22: A and B 0.10 no, C 0.70 worse by 0.48 > 0.3 (3).
    assert scores.points[:, 1, READING].tolist() == [0, 0, 3]
    # Leaving points 38.4, low is bad, threefold: A 41 no, B 35 worse by 3.4 > 3 (3 x 3), C 40 no.
    assert scores.points[:, 0, LEAVING].tolist() == [0, 9, 0]
    assert scores.possible[:, 0, LEAVING].tolist() == [9, 9, 9]
    # A 0 of 3 + 3 + 9, B 1 + 9 of 15, C 3 + 3 of 15.
    assert scores.risk_points.tolist() == [0, 10, 6]
    assert scores.possible_points.tolist() == [15, 15, 15]
    assert scores.risk_share == pytest.approx([0, 10 / 15, 6 / 15])


def test_the_same_schools_scored_one_by_one() -> None:
    distances = np.full(N_INDICATORS, np.inf)
    distances[READING], distances[LEAVING] = 0.3, 3.0
    value, pupils = measured()
    scores = scored(value, pupils, np.arange(4), 4, distances, draw_rule())
    alone = np.where(pupils > 0, value, np.nan)
    assert together(value, pupils, np.arange(4), 4)[0] == pytest.approx(alone, nan_ok=True)
    # School 0: reading 0.30 > 0.195 (1); 0.10; leaving 38 < 38.4 by 0.4 (1 x 3): 4 of 15.
    # School 1: nothing. School 2 and 3 are B and C.
    assert scores.risk_points.tolist() == [4, 0, 10, 6]
    assert scores.possible_points.tolist() == [15, 15, 15, 15]


def test_at_a_threshold_is_not_worse_than_it() -> None:
    by = np.full((3, N_YEARS, N_INDICATORS), np.nan)
    by[:, 0, LEAVING] = [0, 2, 2 + 1e-6]
    scores = worse(by, np.full(N_INDICATORS, 2.0), draw_rule())
    assert scores.points[:, 0, LEAVING].tolist() == [0, 3, 9]


def test_sums_in_another_order_are_still_equal() -> None:
    value = np.full((3, N_YEARS, N_INDICATORS), 0.1)
    pupils = np.full(value.shape, 7)
    scores = scored(value, pupils, np.array([0, 0, 1]), 2, np.zeros(N_INDICATORS), draw_rule())
    assert scores.risk_points.tolist() == [0, 0]


def test_full_possible_points_are_117() -> None:
    assert (
        draw_rule().full_possible_points == 117
    )  # (4 tests + 3 x grunnskolepoeng + 6 indices) x 3 years x 3 points
    scores = worse(np.ones((1, N_YEARS, N_INDICATORS)), np.zeros(N_INDICATORS), draw_rule())
    assert scores.possible_points.tolist() == [117]
    assert scores.risk_points.tolist() == [117]


def test_the_draw_of_2017_had_eight_indicators() -> None:
    without_7 = tuple(name for name in IndicatorName if not name.value.endswith("_7"))
    rule = draw_rule(indicators=without_7)
    assert rule.full_possible_points == 90  # (4 + 3 + 3) x 9
    scores = worse(np.ones((1, N_YEARS, N_INDICATORS)), np.zeros(N_INDICATORS), rule)
    assert scores.points[0, :, Indicator.SUPPORT_7].tolist() == [0, 0, 0]
    assert scores.possible_points.tolist() == [90]


def test_other_points_and_fewer_years() -> None:
    rule = draw_rule(years_of_data=2, points_national=2, points_absolute=5, leaving_points_factor=1)
    assert rule.full_possible_points == 110  # 11 x 2 years x 5
    by = np.stack([np.full((N_YEARS, N_INDICATORS), much) for much in (0.5, 1.5)])
    scores = worse(by, np.ones(N_INDICATORS), rule)
    assert scores.risk_points.tolist() == [44, 110]


def test_without_an_indicator_in_use_the_risk_share_is_undefined() -> None:
    by = np.ones((2, N_YEARS, N_INDICATORS))
    scores = worse(by, np.zeros(N_INDICATORS), draw_rule(indicators=()))
    assert np.isnan(scores.risk_share).all()
    assert scores.possible_points.tolist() == [0, 0]


def test_true_need_is_the_weighted_deviation_in_sd_between_municipalities() -> None:
    lasting, pupils = np.zeros((2, N_INDICATORS)), np.zeros((2, N_INDICATORS), dtype=np.int64)
    lasting[:, READING], pupils[:, READING] = [0.2, 0.4], [10, 30]
    lasting[:, LEAVING], pupils[:, LEAVING] = [42, 0], [20, 0]
    weights = np.ones(N_INDICATORS)
    weights[LEAVING] = 3
    # Reading: nation (2 + 12) / 40 = 0.35, SD between 0.2 and 0.4 = 0.1, so -1.5 and +0.5.
    # Leaving points: only the first has them, SD 0, no deviation: (-1.5 x 1 + 0 x 3) / 4; 0.5 x 1 / 1.
    found = np.empty(2)
    need(lasting, pupils, np.arange(2), WORSE, weights, found)
    assert found == pytest.approx([-0.375, 0.5])


def test_governors_with_full_insight_make_no_error() -> None:
    true, luck = standardised(np.array([1.0, 3.0])), np.array([5.0, -5.0])
    assert judgement(true, np.ones(2), 0.5, luck) == pytest.approx([-1, 1])  # mean 2, SD 1
    assert judgement(true, np.zeros(2), 0.5, luck) == pytest.approx([2.5, -2.5])  # error alone
    # 0.6 x -1 + 0.5 x 0.8 x 5
    assert judgement(true, np.full(2, 0.6), 0.5, luck) == pytest.approx([1.4, -1.4])


SCHOOLS = 6
figures_of_schools = arrays(np.float64, (SCHOOLS, N_YEARS, N_INDICATORS), elements=st.floats(0, 50))
pupils_of_schools = arrays(np.int64, (SCHOOLS, N_YEARS, N_INDICATORS), elements=st.integers(0, 12))
owners_of_schools = arrays(np.int64, SCHOOLS, elements=st.integers(0, 2))
rules = st.builds(
    draw_rule,
    indicators=st.lists(st.sampled_from(list(IndicatorName)), unique=True).map(tuple),
    years_of_data=st.integers(1, 3),
    points_national=st.floats(0, 5),
    points_absolute=st.floats(0, 10),
    leaving_points_factor=st.floats(0, 4),
)


@settings(max_examples=50)
@given(figures_of_schools, pupils_of_schools, owners_of_schools, rules)
def test_points_never_exceed_the_possible(value: Floats, pupils: Ints, owner: Ints, rule: Draw) -> None:
    figures = together(value, pupils, owner, 3)[0]
    distances = absolute_distances(spread(figures).ravel(), rule)
    scores = scored(value, pupils, owner, 3, distances, rule)
    assert (scores.points >= 0).all()
    assert (scores.points <= scores.possible).all()
    known = scores.possible_points > 0
    assert ((scores.risk_share[known] >= 0) & (scores.risk_share[known] <= 1)).all()
    assert np.isnan(scores.risk_share[~known]).all()
    assert (scores.possible_points <= rule.full_possible_points + 1e-9).all()


@settings(max_examples=50)
@given(figures_of_schools, pupils_of_schools, owners_of_schools, rules, st.data())
def test_worse_results_never_lower_the_risk(
    value: Floats, pupils: Ints, owner: Ints, rule: Draw, data: st.DataObject
) -> None:
    school = data.draw(st.integers(0, SCHOOLS - 1))
    by = data.draw(arrays(np.float64, (N_YEARS, N_INDICATORS), elements=st.floats(0, 20)))
    distances = np.full(N_INDICATORS, 2.0)
    before = scored(value, pupils, owner, 3, distances, rule)
    weaker = value.copy()
    weaker[school] += by * WORSE  # up where high is bad, down where it is good
    after = scored(weaker, pupils, owner, 3, distances, rule)
    assert not after.risk_share[owner[school]] < before.risk_share[owner[school]]  # both may be undefined


@settings(max_examples=50)
@given(figures_of_schools, pupils_of_schools, owners_of_schools, st.permutations(range(SCHOOLS)))
def test_the_order_of_schools_does_not_matter(
    value: Floats, pupils: Ints, owner: Ints, order: list[int]
) -> None:
    distances = np.full(N_INDICATORS, 2.0)
    one = scored(value, pupils, owner, 3, distances, draw_rule())
    other = scored(value[order], pupils[order], owner[order], 3, distances, draw_rule())
    assert (one.points == other.points).all()
    assert (one.possible == other.possible).all()


@settings(max_examples=50)
@given(figures_of_schools)
def test_the_spread_between_units_is_numpy_s_where_all_have_figures(value: Floats) -> None:
    assert spread(value) == pytest.approx(value.std(axis=0), abs=1e-9)
