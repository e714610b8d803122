"""Where schools stand without luck, and the pupils who are measured."""

from __future__ import annotations

import numpy as np
import pytest

from sim.half_year import Season
from sim.outcomes.measures import environment
from sim.parameters.results import Measurement, Results
from sim.processes.indicators import (
    EIGHTH,
    FIFTH,
    climate_gained,
    given_before,
    lasting_levels,
    lowest_cut,
    true_level,
)
from sim.processes.measurement import autumn_figures, leaving_points
from sim.state.measurements import Indicator, Measurements
from sim.state.schools import Schools
from tests.small_world import Dice, parameters, small_world


def test_few_are_measured_where_few_go_to_school() -> None:
    state = small_world(2021, Season.SPRING)
    leaving_points(state, parameters(), Dice(), left=False)
    autumn_figures(state, parameters(), Dice(), back=0)
    n = state[Measurements].n_pupils[:, 0]
    # 20 pupils in a grade: 95 % of them are 19 tested, 87.5 % are 17.5, rounded 18; of 10: 9.5 is 10, 8.75 is 9.
    in_primary = [19, 19, 0, 0, 0, 18, 18, 18, 0, 0, 0]
    in_lower_secondary = [0, 0, 19, 19, 20, 0, 0, 0, 18, 18, 18]
    in_both = [10, 10, 10, 10, 10, 9, 9, 9, 9, 9, 9]
    assert n.tolist() == [in_primary, in_lower_secondary, in_both]


def test_the_true_level_adds_up_intake_teaching_and_what_comes_and_goes() -> None:
    state = small_world()
    state[Schools].taught[:], state[Schools].value_added[:] = [0.5, 0, 1], [0, 0.25, 1]
    assert true_level(state[Schools]).tolist() == [1.5, -0.75, 0]


def test_the_lowest_level_is_cut_off_at_its_share_of_the_nation() -> None:
    # A quarter of the normal curve lies below -0.67449 SD, and the SD is 10 points.
    assert lowest_cut(0.25, parameters()[Results]) == pytest.approx(-6.7449, abs=1e-4)


def test_lasting_levels_are_the_figures_without_luck() -> None:
    state = small_world()
    schools, p = state[Schools], parameters()
    schools.climate[0] = [1, 0, -1]
    schools.practice[2], schools.community[2] = 1.0, 0.7
    by_5, by_8 = given_before(schools, FIFTH), given_before(schools, EIGHTH)
    lasting_levels(schools, state[Measurements], p[Results], p[Measurement], by_5, by_8)
    levels = state[Measurements].lasting
    # 5th grade: limit -6.7449, pupils and cohorts spread by sqrt(81 + 1.9^2) = 9.1984 around 1 and -2: -0.8420 and
    # -0.5158 SD; school 1 has no 5th grade.
    assert levels[:, Indicator.READING_5] == pytest.approx([0.1999, 0, 0.3030], abs=1e-4)
    # 8th grade: limit -12.2653, spread sqrt(81 + 1.25^2) = 9.0864: -1.2398 and -1.1297 SD; school 0 has no 8th grade
    assert levels[:, Indicator.NUMERACY_8] == pytest.approx([0, 0.1075, 0.1293], abs=1e-4)
    assert levels[:, Indicator.READING_5].tolist() == levels[:, Indicator.NUMERACY_5].tolist()
    assert levels[:, Indicator.LEAVING_POINTS_10] == pytest.approx([42.75, 41.25, 40.5])
    # An SD between schools is 0.72 x sqrt(0.05) = 0.1610 on the index; half of the variance, 0.1138, lasts.
    assert levels[0, [Indicator.SUPPORT_7, Indicator.MOTIVATION_7]] == pytest.approx(
        [4.35 + 0.1138, 3.8], abs=1e-4
    )
    # The index of bullying: 0.5 x sqrt(0.05 x 0.5) = 0.0791 for an SD; what lies above 1 is exp(0.0791 / 0.2) times as much.
    assert levels[0, Indicator.BULLYING_7] == pytest.approx(1 + 0.2 * 1.48481, abs=1e-5)
    # An SD of practice gives 0.3 SD of climate, a community of 0.7 instead of 0.5 another 0.1.
    assert levels[2, Indicator.SUPPORT_10] == pytest.approx(4.0 + 0.4 * 0.11384, abs=1e-4)
    assert levels[2, Indicator.BULLYING_10] == pytest.approx(1 + 0.2 * 0.85375, abs=1e-5)


def test_what_moves_the_climate_is_one_formula_for_a_school_and_for_all() -> None:
    p = parameters()
    # 0.3 x 1 + 0.5 x (0.7 - 0.5) + 0.2 = 0.6
    assert climate_gained(1.0, 0.7, 0.2, p[Results]) == pytest.approx(0.6)
    columns = np.array([1.0, 0.0]), np.array([0.7, 0.5]), np.array([0.2, 0.0])
    assert climate_gained(*columns, p[Results]) == pytest.approx([0.6, 0])
    state = small_world()
    schools = state[Schools]
    schools.climate[:] = [0.1, 0.2, 0.3]
    schools.practice[:], schools.community[:], schools.environment[:] = 1.0, 0.7, 0.2
    assert environment(state, p) == pytest.approx(0.2 + 0.6)


def test_grades_and_subjects_have_lasting_levels_of_their_own() -> None:
    state = small_world()
    schools, p = state[Schools], parameters()
    schools.grade_level[1] = [9, 2, 4, 0]
    schools.grade_level[2] = [0, 0, 0, 0.5]
    by_5, by_8 = given_before(schools, FIFTH), given_before(schools, EIGHTH)
    lasting_levels(schools, state[Measurements], p[Results], p[Measurement], by_5, by_8)
    levels = state[Measurements].lasting
    # School 1 lies at -1 and 2 higher in 8th grade: -13.2653 / 9.0864 = -1.4599 SD; in leaving points at -1 + 4
    assert levels[1, [Indicator.READING_8, Indicator.NUMERACY_8]] == pytest.approx([0.0722] * 2, abs=1e-4)
    assert levels[1, Indicator.LEAVING_POINTS_10] == pytest.approx(42 + 0.75 * 3)
    # School 2: reading at -2.5, numeracy at -1.5; -4.2449 and -5.2449 over 9.1984 are -0.4615 and -0.5702 SD
    assert levels[2, [Indicator.READING_5, Indicator.NUMERACY_5]] == pytest.approx([0.3222, 0.2843], abs=1e-4)
