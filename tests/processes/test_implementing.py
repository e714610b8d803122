from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.processes.implementing import implemented, saturating


def test_the_degree_of_implementation_is_an_s_curve_over_years() -> None:
    # A tenth to nine tenths in 2.5 years: slope 2 ln 9 / 2.5 = 1.75778. At the midpoint of 2.2 years half, less what the
    # curve shows before the beginning, 1 / (1 + exp(3.86712)) = 0.02049: (0.5 - 0.02049) / 0.97951.
    degree = implemented(np.array([0.0, 2.2, 0.95, 3.45, 100]), 2.2, 2.5)
    assert degree[0] == 0
    assert degree[1] == pytest.approx(0.48954, abs=1e-5)
    assert degree[[2, 3]] == pytest.approx([(0.1 - 0.02049) / 0.97951, (0.9 - 0.02049) / 0.97951], abs=1e-5)
    assert degree[4] == pytest.approx(1)


@given(st.lists(st.floats(0, 30), min_size=2), st.floats(0.5, 5), st.floats(0.5, 8))
def test_more_years_never_mean_less_implementation(
    stages: list[float], midpoint: float, width: float
) -> None:
    degree = implemented(np.sort(stages), midpoint, width)
    assert degree.min() >= 0
    assert degree.max() <= 1
    assert (np.diff(degree) >= -1e-12).all()


def test_an_amount_reaches_two_thirds_of_the_way_where_it_says() -> None:
    # 1 - exp(-1) = 0.632, called two thirds
    assert saturating(np.array([0.0, 5.0, 10.0]), 5.0) == pytest.approx([0, 0.63212, 0.86466], abs=1e-5)
