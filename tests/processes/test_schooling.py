"""Teaching reaches results slowly; a school's level drifts; what comes and goes comes and goes."""

from __future__ import annotations

import numpy as np
import pytest

from sim.parameters.results import Results
from sim.processes import schooling
from sim.processes.schooling import taught_level
from sim.state import State
from sim.state.schools import Schools
from tests.small_world import Dice, filled, luck, parameters, small_world


def test_practice_turnover_and_a_new_principal_make_the_level_that_is_taught() -> None:
    no, yes = False, True
    r = parameters()[Results]

    def points(practice: float, turnover: float, unsettled: bool, weak: bool) -> float:
        return taught_level(practice, turnover, unsettled, weak, r)

    # 10 scale points are a pupil SD; 15 % of posts usually change.
    assert points(1.0, 0.15, no, no) == pytest.approx(2.0)  # 0.20 SD for an SD of practice
    assert points(0.0, 0.65, no, no) == pytest.approx(-0.4)  # 0.08 SD x half of the posts
    assert points(0.0, 0.65, no, yes) == pytest.approx(-0.6)  # half as much again in weak schools
    assert points(0.0, 0.0, no, no) == pytest.approx(0.12)  # 0.08 SD x 0.15 for a settled staff room
    assert points(0.0, 0.15, yes, no) == pytest.approx(-0.25)  # 0.025 SD
    assert points(1.0, 0.65, yes, yes) == pytest.approx(2.0 - 0.6 - 0.25)


def test_results_follow_a_quarter_of_the_way_each_half_year() -> None:
    state = small_world()
    schools = state[Schools]
    schools.practice[:] = 1.0
    schools.teacher_turnover[:] = 0.25
    schooling.teach(state, parameters(), Dice())
    # Intake 1, -1, -2: the last two count as weak. Tenures 4, 6, 1: the last principal is new (less than two years).
    # Ten points more of turnover than usual. Called for: 2 - 0.08; 2 - 0.12; 2 - 0.12 - 0.25 = 1.92, 1.88, 1.63.
    assert schools.taught == pytest.approx([0.48, 0.47, 0.4075])


def test_the_intake_persists_and_drifts_and_luck_comes_and_goes() -> None:
    state = small_world()
    schools = state[Schools]
    schools.value_added[:] = [1.0, 0.0, 0.0]
    schools.home[:] = [0.0, -2.0, -2.0]
    schooling.drift(state, parameters(), Dice({"drift of a school": {102: [0.8413447, 0.8413447]}}))
    # The intake goes 4 % of the way home: from 1 to 0, from -1 to -2; one SD of drift is 0.3. Value added x 0.82, and one
    # SD of what comes is 1.1 x sqrt(1 - 0.82^2) = 1.1 x 0.57236 = 0.6296.
    assert schools.intake == pytest.approx([0.96, -1.04, -2 + 0.3], abs=1e-6)
    assert schools.value_added == pytest.approx([0.82, 0, 0.6296], abs=1e-4)


def many_schools(n: int) -> State:
    state = small_world()
    state[Schools] = filled(Schools, n, id=np.arange(n), n_teachers=1)
    return state


def test_what_comes_and_goes_keeps_its_spread() -> None:
    n = 10_000
    state = many_schools(n)
    for _ in range(40):  # 0.82^80 is nothing: the start is forgotten
        schooling.drift(state, parameters(), luck(state))
        state.now = state.now.next().next()
    # Variance 1.1^2 = 1.21, of a sample with standard error 1.21 x sqrt(2 / n); 4.89 of them, false alarm 1e-6
    assert state[Schools].value_added.var() == pytest.approx(1.21, abs=4.89 * 1.21 * np.sqrt(2 / n))
    # The intake's drift adds up to 0.09 x (1 - 0.96^80) / (1 - 0.96^2) = 0.09 x 0.96184 / 0.0784 = 1.1042.
    assert state[Schools].intake.var() == pytest.approx(1.1042, abs=4.89 * 1.1042 * np.sqrt(2 / n))


def test_drift_and_luck_of_a_school_have_nothing_to_do_with_each_other() -> None:
    n = 10_000
    state = many_schools(n)
    schooling.drift(state, parameters(), luck(state))
    correlation = np.corrcoef(state[Schools].intake, state[Schools].value_added)[0, 1]
    assert abs(correlation) < 4.89 / np.sqrt(n)


def test_a_world_begins_where_it_would_stand_if_nothing_new_had_happened() -> None:
    state = small_world()
    schools = state[Schools]
    schools.practice[:] = [1.0, 0.0, 0.5]
    schools.teacher_turnover[:] = [0.15, 0.15, 0.25]
    schooling.settle(state, parameters())
    # 2 points for an SD of practice. Turnover is as usual in two; in the third, whose results are weak, a tenth more of the posts
    # change, which costs 10 x 0.08 x 0.1 x 1.5 = 0.12 points, and the principal is new.
    assert schools.taught == pytest.approx([2.0, 0.0, 1.0 - 0.12 - 0.25])
    before = schools.taught.copy()
    schooling.teach(state, parameters(), Dice())
    assert schools.taught == pytest.approx(before)
