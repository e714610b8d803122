"""The eleven indicators: what they are in the long run, what the middle of luck makes of them, and how small cohorts swing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.half_year import Season
from sim.parameters.results import Measurement, Results
from sim.processes import measurement
from sim.processes.indicators import lasting_levels
from sim.processes.measurement import (
    autumn_figures,
    figures,
    leaving_points,
    paired,
    past_years,
)
from sim.randomness import Streams
from sim.state import State
from sim.state.measurements import GRADE, N_INDICATORS, N_YEARS, Indicator, Measurements
from sim.state.schools import Schools
from tests.small_world import Dice, filled, luck, parameters, small_world

Z = 4.89  # standard errors that pure luck exceeds once in a million


def test_in_middling_luck_the_figures_are_the_nearest_whole_numbers_of_pupils() -> None:
    state = small_world()
    autumn_figures(state, parameters(), Dice())
    m = state[Measurements]
    # School 2 lies 2 below the nation: (-6.7449 + 2) / 9 = -0.5272 SD, 29.9 % of ten pupils tested in 5th grade are 3;
    # (-12.2653 + 2) / 9 = -1.1406 SD, 12.7 % in 8th is 1; 11 % of nine who answer is 1.
    assert m.value[2, 0, [Indicator.READING_5, Indicator.NUMERACY_5]].tolist() == [0.3, 0.3]
    assert m.value[2, 0, [Indicator.READING_8, Indicator.NUMERACY_8]].tolist() == [0.1, 0.1]
    assert m.value[2, 0, [Indicator.BULLYING_7, Indicator.BULLYING_10]] == pytest.approx([1 / 9, 1 / 9])
    assert m.value[
        2, 0, [Indicator.SUPPORT_7, Indicator.MOTIVATION_7, Indicator.SUPPORT_10, Indicator.MOTIVATION_10]
    ] == pytest.approx([4.35, 3.8, 4.0, 3.4])
    # School 0: (-6.7449 - 1) / 9 = -0.8605 SD: 19.5 % of 19 is 3.7, so 4. No 8th and 10th grade.
    assert m.value[0, 0, Indicator.READING_5] == pytest.approx(4 / 19)
    assert m.value[0, 0, GRADE >= 8].tolist() == [0] * 6
    assert m.n_pupils[0, 0].tolist() == [19, 19, 0, 0, 0, 18, 18, 18, 0, 0, 0]


def test_leaving_points_swing_with_the_cohort_and_its_pupils() -> None:
    state = small_world(2021, Season.SPRING)
    leaving_points(state, parameters(), Dice({"leaving points": {101: 0.8413447}}))
    value = state[Measurements].value[:, 0, Indicator.LEAVING_POINTS_10]
    # Twenty pupils: sqrt((0.75 x 1.25)^2 + 8.2^2 / 20) = 2.0594, one SD of luck above 41.25; none in primary school
    assert value == pytest.approx([0, 43.3094, 40.5], abs=1e-4)
    assert state[Measurements].n_pupils[:, 0, Indicator.LEAVING_POINTS_10].tolist() == [0, 20, 10]


def test_a_new_year_pushes_the_older_ones_back() -> None:
    state = small_world(2021, Season.SPRING)
    m = state[Measurements]
    m.value[:] = np.array([1.0, 2.0, 3.0])[:, None]
    m.n_pupils[:] = np.array([10, 20, 30])[:, None]
    leaving_points(state, parameters(), Dice())
    assert m.value[0, 1:, Indicator.READING_5].tolist() == [1, 2]
    assert m.n_pupils[0, 1:, Indicator.READING_5].tolist() == [10, 20]
    assert (
        m.value[0, 0, Indicator.READING_5] == m.n_pupils[0, 0, Indicator.READING_5] == 0
    )  # not known before autumn


def test_autumn_adds_to_the_year_that_spring_began() -> None:
    state = small_world(2021, Season.SPRING)
    leaving_points(state, parameters(), Dice())
    before = state[Measurements].copy()
    autumn_figures(state, parameters(), Dice())
    m = state[Measurements]
    assert np.array_equal(m.value[:, 1:], before.value[:, 1:])
    assert np.array_equal(
        m.value[:, 0, Indicator.LEAVING_POINTS_10], before.value[:, 0, Indicator.LEAVING_POINTS_10]
    )
    assert (m.n_pupils[2, 0] > 0).all()
    lasting_levels(state[Schools], before, parameters()[Results], parameters()[Measurement])
    assert m.lasting == pytest.approx(before.lasting)


@pytest.mark.parametrize(("season", "measured_then"), [(Season.SPRING, 1), (Season.AUTUMN, 10)])
def test_each_season_measures_its_own(season: Season, measured_then: int) -> None:
    state = small_world(2021, season)
    figures(state, parameters(), Dice())
    assert (state[Measurements].n_pupils[2, 0] > 0).sum() == measured_then


def test_the_first_draw_has_three_years_to_look_back_on() -> None:
    state, again, streams = small_world(2017, Season.SPRING), small_world(2017, Season.SPRING), Streams(1)
    past_years(state, parameters(), streams.at, 2017)
    for year in (2014, 2015, 2016):
        leaving_points(again, parameters(), streams.at(2 * year))
        autumn_figures(again, parameters(), streams.at(2 * year + 1))
    assert np.array_equal(state[Measurements].value, again[Measurements].value)
    assert (state[Measurements].n_pupils[2] > 0).all()
    assert len(np.unique(state[Measurements].value[2, :, Indicator.SUPPORT_7])) == 3


def test_pairs_of_normals_correlate_as_told() -> None:
    assert [paired(1.0, 0.0, 0.6), paired(0.0, 1.0, 0.6), paired(2.0, -1.0, 0.6)] == pytest.approx(
        [0.6, 0.8, 0.4]
    )


def like_schools(n: int, pupils: int) -> State:
    """Schools all alike, with grades 1-10."""
    state = small_world()
    state[Schools] = filled(Schools, n, id=np.arange(n), n_teachers=1, pupils=pupils, community=0.5)
    state[Measurements] = Measurements.blank(n)
    return state


@pytest.mark.parametrize("pupils", [20, 100])
def test_figures_lie_around_the_lasting_level(pupils: int) -> None:
    n = 20_000
    state = like_schools(n, pupils)
    leaving_points(state, parameters(), luck(state))
    autumn_figures(state, parameters(), luck(state))
    m = state[Measurements]
    for i in range(N_INDICATORS):
        value, lasting = m.value[:, 0, i], m.lasting[0, i]
        # Counts are rounded by an approximation that is off by less than half a percent of a pupil's share.
        assert abs(value.mean() - lasting) < Z * value.std() / np.sqrt(n) + 0.005 / pupils * 20


def test_small_cohorts_swing_more_than_large_ones() -> None:
    spread = {}
    for pupils in (20, 320):
        state = like_schools(5000, pupils)
        autumn_figures(state, parameters(results__cohort_sd_5=0.5), luck(state))
        spread[pupils] = state[Measurements].value[:, 0, Indicator.READING_5].std()
    # Sampling alone would make it sqrt(16) = 4 times as wide; the cohorts' own luck, the same for both, makes that less.
    # A cohort SD of 0.5 points moves a share by 0.5 x 0.3013 / 9 = 0.0167 (the normal curve is 0.3013 high at
    # 0.7494 SD); sampling by sqrt(0.2268 x 0.7732 / 19) = 0.0961 and, with 304 tested, 0.0240. Together 0.0975 and
    # 0.0293, 3.3 to 1.
    assert spread[20] == pytest.approx(0.0975, rel=0.05)
    assert spread[320] == pytest.approx(0.0293, rel=0.05)


def test_reading_and_numeracy_of_a_cohort_go_together_and_grades_do_not() -> None:
    n = 20_000
    state = like_schools(n, 100)
    autumn_figures(state, parameters(), luck(state))
    figure = state[Measurements].value[:, 0]

    def together(one: Indicator, other: Indicator) -> float:
        return float(np.corrcoef(figure[:, one], figure[:, other])[0, 1])

    assert together(Indicator.READING_5, Indicator.NUMERACY_5) > 0.4
    assert together(Indicator.READING_8, Indicator.NUMERACY_8) > 0.4
    assert abs(together(Indicator.READING_5, Indicator.READING_8)) < Z / np.sqrt(n)
    assert abs(together(Indicator.SUPPORT_7, Indicator.SUPPORT_10)) < Z / np.sqrt(n)
    assert abs(together(Indicator.READING_5, Indicator.SUPPORT_7)) < Z / np.sqrt(n)


def test_a_school_s_figures_do_not_depend_on_other_schools() -> None:
    state, alone = small_world(), small_world()
    alone[Schools] = alone[Schools].take(np.array([2]))
    alone[Measurements] = Measurements.blank(1)
    for one in (state, alone):
        past_years(one, parameters(), Streams(5).at, 2017)
    assert np.array_equal(state[Measurements].value[[2]], alone[Measurements].value)


@given(world=st.integers(0, 100_000), pupils=st.integers(0, 60))
def test_shares_stay_shares_and_nothing_is_measured_where_nobody_is(world: int, pupils: int) -> None:
    state = small_world(2017, Season.SPRING)
    state[Schools].pupils[2] = pupils
    state[Schools].intake[2], state[Schools].climate[2] = -30, [-5, 5, -9]
    past_years(state, parameters(), Streams(1, world).at, 2017)
    m = state[Measurements]
    shares = [
        Indicator.READING_5,
        Indicator.NUMERACY_5,
        Indicator.READING_8,
        Indicator.NUMERACY_8,
        Indicator.BULLYING_7,
        Indicator.BULLYING_10,
    ]
    assert state.breaches() == []
    assert m.value.shape == (3, N_YEARS, N_INDICATORS)
    assert m.value[:, :, shares].min() >= 0
    assert m.value[:, :, shares].max() <= 1
    assert not m.value[m.n_pupils == 0].any()


def test_the_process_measures() -> None:
    assert measurement.PROCESS.rule is figures
