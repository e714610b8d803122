"""A special school weighs in a small municipality and is lost in a large one."""

from __future__ import annotations

import numpy as np
import pytest

from sim.schemes.follow_up.special_schools import with_special_schools
from sim.state.measurements import Indicator
from sim.state.places import Municipalities
from tests.small_world import parameters, small_world

P = parameters(
    follow_up_draw__special_pupils=2.0, follow_up_draw__special_gap=2.0, measurement__leaving_points_mean=40.0,
    measurement__leaving_points_pupil_sd=8.0,
)  # fmt: skip


def figures_of(pupils: float) -> tuple[np.ndarray, np.ndarray]:
    state = small_world()
    state[Municipalities].special_case[:] = [True, False]
    figures, behind = np.full((2, 33), 0.25), np.full((2, 33), float(pupils))
    figures[:, Indicator.LEAVING_POINTS_10] = 42
    figures[0, Indicator.NUMERACY_8] = np.nan
    with_special_schools(state, P, figures=figures, pupils=behind)
    return figures, behind


def test_two_pupils_at_the_lowest_level_weigh_among_eight_and_not_among_a_thousand() -> None:
    figures, behind = figures_of(8)
    # (8 x 0.25 + 2) / 10; (8 x 42 + 2 x (40 - 16)) / 10; the survey has no special pupils
    assert figures[0, Indicator.READING_5] == pytest.approx(0.4)
    assert figures[0, Indicator.LEAVING_POINTS_10] == pytest.approx(38.4)
    assert figures[0, Indicator.SUPPORT_7] == 0.25
    assert np.isnan(figures[0, Indicator.NUMERACY_8])
    assert behind[0, Indicator.READING_5] == 10
    assert figures[1, Indicator.READING_5] == 0.25
    figures, _ = figures_of(1000)
    assert figures[0, Indicator.READING_5] == pytest.approx(0.2515, abs=1e-4)
