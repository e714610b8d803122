"""The eleven indicators: what they are in the long run, what the middle of luck makes of them, and how small cohorts swing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arrays import Floats
from sim.half_year import Season
from sim.parameters.results import Measurement, Results
from sim.processes import measurement
from sim.processes.indicators import EIGHTH, FIFTH, given_before, lasting_levels
from sim.processes.measurement import (
    above_one,
    autumn_figures,
    figures,
    leaving_points,
    mean_and_share,
    past_years,
)
from sim.processes.pupils import begin
from sim.randomness import Draws, Streams
from sim.state import State
from sim.state.measurements import GRADE, N_INDICATORS, N_YEARS, Indicator, Measurements
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools
from tests.small_world import Dice, filled, luck, parameters, small_world

Z = 4.89  # standard errors that pure luck exceeds once in a million


def means_of(state: State, draw: Draws, grade: int) -> Floats:
    """Mean scale points of an autumn's tests: reading and numeracy by school."""
    p = parameters()
    return measurement.test_means(
        state[Schools], state[Measurements], p[Results], p[Measurement], draw, grade
    ).mean


def test_in_middling_luck_the_figures_are_the_nearest_whole_numbers_of_pupils() -> None:
    state = small_world()
    autumn_figures(state, parameters(), Dice(), back=0)
    m = state[Measurements]
    # School 2 lies 2 below the nation: (-6.7449 + 2) / 9 = -0.5272 SD, 29.9 % of ten pupils tested in 5th grade are 3;
    # (-12.2653 + 2) / 9 = -1.1406 SD, 12.7 % in 8th is 1.
    assert m.value[2, 0, [Indicator.READING_5, Indicator.NUMERACY_5]].tolist() == [0.3, 0.3]
    assert m.value[2, 0, [Indicator.READING_8, Indicator.NUMERACY_8]].tolist() == [0.1, 0.1]
    # Nine who answer: variance 0.5^2 x 0.05 x 0.5 of the cohort and 0.5^2 / 9 of the pupils, 0.0340; log(1 + 0.0340 / 0.2^2) =
    # 0.6156, and the middle of luck lies at 1 + 0.2 exp(-0.3078), below the mean of 1.2.
    assert m.value[2, 0, [Indicator.BULLYING_7, Indicator.BULLYING_10]] == pytest.approx(
        [1.1470] * 2, abs=1e-4
    )
    assert means_of(state, Dice(), 5).tolist() == [[1, 0, -2], [1, 0, -2]]
    assert means_of(state, Dice(), 8).tolist() == [[0, -1, -2], [0, -1, -2]]
    assert m.value[
        2, 0, [Indicator.SUPPORT_7, Indicator.MOTIVATION_7, Indicator.SUPPORT_10, Indicator.MOTIVATION_10]
    ] == pytest.approx([4.35, 3.8, 4.0, 3.4])
    # School 0: (-6.7449 - 1) / 9 = -0.8605 SD: 19.5 % of 19 is 3.7, so 4. No 8th and 10th grade.
    assert m.value[0, 0, Indicator.READING_5] == pytest.approx(4 / 19)
    assert m.value[0, 0, GRADE >= 8].tolist() == [0] * 6
    assert m.n_pupils[0, 0].tolist() == [19, 19, 0, 0, 0, 18, 18, 18, 0, 0, 0]


def test_leaving_points_swing_with_what_is_new_in_the_cohort_and_its_pupils() -> None:
    state = small_world(2021, Season.SPRING)
    leaving_points(state, parameters(), Dice({"leaving points": {101: [0.8413447, 0.5, 0.5]}}), left=False)
    value = state[Measurements].value[:, 0, Indicator.LEAVING_POINTS_10]
    # New are 1.25^2 - 0.75^2 = 1 scale point squared, of pupils a quarter of the variance: with twenty pupils
    # sqrt(0.75^2 + 8.2^2 x 0.25 / 20) = 1.1845, one SD of luck above 41.25; none in primary school
    assert value == pytest.approx([0, 42.4345, 40.5], abs=1e-4)
    assert state[Measurements].n_pupils[:, 0, Indicator.LEAVING_POINTS_10].tolist() == [0, 20, 10]


def test_a_cohort_brings_its_luck_to_leaving_points() -> None:
    state = small_world(2021, Season.SPRING)
    state[Schools].cohort[1, 9], state[Schools].pupils_luck[1, 9] = 1, 1
    leaving_points(state, parameters(), Dice(), left=False)
    # 0.75 x 1 of what they have in common, 8.2 x sqrt(0.75) / sqrt(20) = 1.5879 of who they are
    assert state[Measurements].value[1, 0, Indicator.LEAVING_POINTS_10] == pytest.approx(43.5879, abs=1e-4)


def test_a_cohort_brings_its_luck_to_the_tests() -> None:
    state = small_world()
    state[Schools].cohort[2, 4], state[Schools].pupils_luck[2, 4] = 2, 1
    autumn_figures(state, parameters(), Dice(), back=0)
    m = state[Measurements]
    # Ten pupils: -2 + 2 + 9 / sqrt(10) x sqrt(0.75) = 2.4648 in both subjects, and nothing in 8th grade
    assert means_of(state, Dice(), 5)[:, 2] == pytest.approx([2.4648, 2.4648], abs=1e-4)
    assert means_of(state, Dice(), 8)[:, 2].tolist() == [-2, -2]
    # A mean that is sqrt(0.75) = 0.8660 SD up takes the share at the lowest level 0.7339 x 0.8660 = 0.6356 SD down: at a
    # chance of 22.7 % a share of 26.3 % of luck is one of ten (7.6 % have none, 30.0 % none or one).
    assert m.value[2, 0, Indicator.READING_5] == pytest.approx(0.1)


def test_not_every_pupil_takes_the_tests() -> None:
    # Of three all are tested with chance 0.729, two or fewer with 0.271, none with 0.001; of twelve nine or fewer with
    # 0.1109, six or fewer with 0.0005.
    dice = {0.5: [3, 11], 0.2: [2, 10], 0.1: [2, 9], 0.0009: [0, 7]}
    for u, n in dice.items():
        state, q = small_world(), parameters(measurement__tested_share=0.9)
        state[Schools].pupils[2, [4, 7]] = 3, 12
        autumn_figures(
            state, q, Dice({f"national tests {grade}": {102: [0.5] * 4 + [u]} for grade in (5, 8)}), back=0
        )
        figure = state[Measurements].n_pupils[2, 0]
        assert figure[GRADE == FIFTH].tolist() == [n[0]] * 2
        assert figure[GRADE == EIGHTH].tolist() == [n[1]] * 2
        assert figure[Indicator.SUPPORT_7] == 9  # the survey has its own


def test_as_many_are_tested_as_the_share_says_in_schools_of_any_size() -> None:
    n = 20_000
    for pupils in (3, 40):
        state = like_schools(n, pupils)
        autumn_figures(state, parameters(measurement__tested_share=0.9), luck(state), back=0)
        for tested in state[Measurements].n_pupils[:, 0, [Indicator.READING_5, Indicator.NUMERACY_8]].T:
            assert abs(tested.mean() / pupils - 0.9) < Z * np.sqrt(0.09 / (n * pupils)) + 0.002
            assert tested.var() == pytest.approx(0.09 * pupils, rel=0.06)


def test_a_low_mean_goes_with_many_at_the_lowest_level() -> None:
    # 0.3178 / sqrt(0.25 x 0.75) and 0.1880 / sqrt(0.11 x 0.89)
    assert [mean_and_share(0.25), mean_and_share(0.11)] == pytest.approx([0.7339, 0.6009], abs=1e-4)


def test_the_index_of_bullying_is_multiplied_by_luck_and_stays_above_one() -> None:
    # Mean 1.2, SD 0.2: the logarithm's variance is log 2, so 1 + 0.2 / sqrt(2), and one SD up 1 + 0.2 exp(0.8326 - 0.3466)
    assert [above_one(1.2, 0.2, 0.0), above_one(1.2, 0.2, 1.0)] == pytest.approx([1.1414, 1.3252], abs=1e-4)
    assert above_one(1.2, 0.2, -9.0) > 1


def test_what_was_not_held_is_missing() -> None:
    state = small_world()
    p = parameters(measurement__test_not_held=0.004, measurement__survey_not_held=0.1)
    # Reading in 5th grade and the survey in 10th are not held; a number of 0.1 is none below the chance of 0.1.
    dice = Dice({"figures that are missing": {102: [0.003, 0.9, 0.9, 0.9, 0.1, 0.09]}})
    autumn_figures(state, p, dice, back=0)
    m = state[Measurements]
    missing = [Indicator.READING_5, Indicator.SUPPORT_10, Indicator.MOTIVATION_10, Indicator.BULLYING_10]
    assert np.flatnonzero(m.n_pupils[2, 0] == 0).tolist() == [
        Indicator.READING_5,
        Indicator.LEAVING_POINTS_10,
        *missing[1:],
    ]  # leaving points are not of this season
    assert m.value[2, 0, missing].tolist() == [0] * 4
    assert means_of(state, dice, 5)[:, 2].tolist() == [0, 0]


def test_so_many_surveys_are_not_held_as_their_chance_says() -> None:
    n = 20_000
    state = like_schools(n, 20)
    autumn_figures(
        state,
        parameters(measurement__survey_not_held=0.1, measurement__test_not_held=0.02),
        luck(state),
        back=0,
    )
    missing = (state[Measurements].n_pupils[:, 0] == 0).mean(axis=0)
    for i, chance in {
        Indicator.SUPPORT_7: 0.1,
        Indicator.SUPPORT_10: 0.1,
        Indicator.NUMERACY_8: 0.02,
    }.items():
        assert abs(missing[i] - chance) < Z * np.sqrt(chance * (1 - chance) / n)


def test_a_new_year_pushes_the_older_ones_back() -> None:
    state = small_world(2021, Season.SPRING)
    m = state[Measurements]
    m.value[:] = np.array([1.0, 2.0, 3.0])[:, None]
    m.n_pupils[:] = np.array([10, 20, 30])[:, None]
    leaving_points(state, parameters(), Dice(), left=False)
    assert m.value[0, 1:, Indicator.READING_5].tolist() == [1, 2]
    assert m.n_pupils[0, 1:, Indicator.READING_5].tolist() == [10, 20]
    assert (
        m.value[0, 0, Indicator.READING_5] == m.n_pupils[0, 0, Indicator.READING_5] == 0
    )  # not known before autumn


def test_autumn_adds_to_the_year_that_spring_began() -> None:
    state = small_world(2021, Season.SPRING)
    leaving_points(state, parameters(), Dice(), left=False)
    before = state[Measurements].copy()
    autumn_figures(state, parameters(), Dice(), back=0)
    m = state[Measurements]
    assert np.array_equal(m.value[:, 1:], before.value[:, 1:])
    assert np.array_equal(
        m.value[:, 0, Indicator.LEAVING_POINTS_10], before.value[:, 0, Indicator.LEAVING_POINTS_10]
    )
    assert (m.n_pupils[2, 0] > 0).all()
    schools, p = state[Schools], parameters()
    by_5, by_8 = given_before(schools, FIFTH), given_before(schools, EIGHTH)
    lasting_levels(schools, before, p[Results], p[Measurement], by_5, by_8)
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
        leaving_points(again, parameters(), streams.at(2 * year), left=True)
        autumn_figures(again, parameters(), streams.at(2 * year + 1), back=2016 - year)
    assert np.array_equal(state[Measurements].value, again[Measurements].value)
    assert (state[Measurements].n_pupils[2] > 0).all()
    assert len(np.unique(state[Measurements].value[2, :, Indicator.SUPPORT_7])) == 3


def test_a_cohort_tested_before_the_world_began_is_the_one_that_sits_higher_now() -> None:
    state = small_world(2017, Season.SPRING)
    state[Schools].pupils_luck[2, 6] = 4  # in seventh grade now, so in fifth in autumn 2014
    past_years(state, parameters(), lambda _: Dice(), 2017)
    # Usually three of ten are at the lowest level; luck of 4 takes the share 4 x 0.8660 x 0.7339 = 2.54 SD down, to none.
    assert state[Measurements].value[2, :, Indicator.READING_5].tolist() == [0.3, 0.3, 0]
    # Those who gave leaving points then have left, and with them their luck.
    assert state[Measurements].value[2, :, Indicator.LEAVING_POINTS_10] == pytest.approx([40.5] * 3)


def like_schools(n: int, pupils: int) -> State:
    """Schools all alike, with grades 1-10, each an owner's only one; their cohorts differ as they do in the long run."""
    state = small_world()
    ids = np.arange(n)
    state[Municipalities] = Municipalities.blank(n)
    state[Schools] = filled(
        Schools, n, id=ids, municipality=ids, first_grade=1, last_grade=GRADES, n_teachers=1, cohort_size=pupils,
        pupils=pupils, community=0.5, cohort=0.75 * luck(state).normal("cohorts", ids, per=GRADES),
        pupils_luck=luck(state).normal("their pupils", ids, per=GRADES),
    )  # fmt: skip
    state[Measurements] = Measurements.blank(n)
    return state


@pytest.mark.parametrize("pupils", [20, 100])
def test_figures_lie_around_the_lasting_level(pupils: int) -> None:
    n = 20_000
    state = like_schools(n, pupils)
    leaving_points(state, parameters(), luck(state), left=False)
    autumn_figures(state, parameters(), luck(state), back=0)
    m = state[Measurements]
    for i in range(N_INDICATORS):
        value, lasting = m.value[:, 0, i], m.lasting[0, i]
        # Counts are rounded by an approximation that is off by less than half a percent of a pupil's share.
        assert abs(value.mean() - lasting) < Z * value.std() / np.sqrt(n) + 0.005 / pupils * 20


def test_small_cohorts_swing_more_than_large_ones() -> None:
    spread = {}
    for pupils in (20, 320):
        state = like_schools(5000, pupils)
        state[Schools].cohort[:] = 0
        p = parameters(results__cohort_sd_5=0.5, results__cohort_lasting_sd=0)
        autumn_figures(state, p, luck(state), back=0)
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
    autumn_figures(state, parameters(), luck(state), back=0)
    figure = state[Measurements].value[:, 0]

    def together(one: Indicator, other: Indicator) -> float:
        return float(np.corrcoef(figure[:, one], figure[:, other])[0, 1])

    # 95 tested: 1.9^2 + 81 / 95 = 4.4626 for one subject; both have 0.75^2, 0.3 of what is new in the cohort (3.0475) and three
    # quarters of 81 / 95, 2.1162. Shares at the lowest level of the same pupils go together less closely.
    published = means_of(state, luck(state), 5)
    means = np.corrcoef(published[0], published[1])[0, 1]
    assert abs(means - 0.4742) < Z * (1 - 0.4742**2) / np.sqrt(n)
    assert 0.3 < together(Indicator.READING_5, Indicator.NUMERACY_5) < means
    # A share at the lowest level goes down with the mean: as sampling has it in 0.73 of cases, and with the cohort's level.
    assert np.corrcoef(published[0], figure[:, Indicator.READING_5])[0, 1] < -0.8
    assert together(Indicator.READING_8, Indicator.NUMERACY_8) > 0.3
    assert abs(together(Indicator.READING_5, Indicator.READING_8)) < Z / np.sqrt(n)
    assert abs(together(Indicator.SUPPORT_7, Indicator.SUPPORT_10)) < Z / np.sqrt(n)
    assert abs(together(Indicator.READING_5, Indicator.SUPPORT_7)) < Z / np.sqrt(n)
    # Support and motivation share half of their luck, and of the index of bullying the same, for the better.
    assert abs(together(Indicator.SUPPORT_7, Indicator.MOTIVATION_7) - 0.5) < Z * (1 - 0.5**2) / np.sqrt(n)
    assert together(Indicator.SUPPORT_10, Indicator.BULLYING_10) < -0.4


def test_the_same_cohort_comes_back_in_eighth_grade() -> None:
    n, p = 10_000, parameters()
    state = like_schools(n, 40)
    autumn_figures(state, p, luck(state), back=0)
    fifth = means_of(state, luck(state), 5)[0]
    for _ in range(3):
        state.now = state.now.next().next()
        begin(state, p, luck(state))
    autumn_figures(state, p, luck(state), back=0)
    eighth = means_of(state, luck(state), 8)[0]
    # 38 tested: 1.9^2 + 81 / 38 = 5.7416 in 5th and 1.25^2 + 81 / 38 = 3.6941 in 8th; in common they have 0.75^2 and three
    # quarters of 81 / 38, 2.1612: a correlation of 2.1612 / sqrt(5.7416 x 3.6941) = 0.4693. Other cohorts have nothing.
    same = np.corrcoef(fifth, eighth)[0, 1]
    others = np.corrcoef(means_of(state, luck(state), 5)[0], eighth)[0, 1]
    assert abs(same - 0.4693) < Z * (1 - 0.4693**2) / np.sqrt(n)
    assert abs(others) < Z / np.sqrt(n)


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
    shares = [Indicator.READING_5, Indicator.NUMERACY_5, Indicator.READING_8, Indicator.NUMERACY_8]
    bullying = [Indicator.BULLYING_7, Indicator.BULLYING_10]
    assert state.breaches() == []
    assert m.value.shape == (3, N_YEARS, N_INDICATORS)
    assert m.value[:, :, shares].min() >= 0
    assert m.value[:, :, shares].max() <= 1
    assert (m.value[:, :, bullying] >= 1).tolist() == (m.n_pupils[:, :, bullying] > 0).tolist()
    assert not m.value[m.n_pupils == 0].any()


def test_the_process_measures() -> None:
    assert measurement.PROCESS.rule is figures
