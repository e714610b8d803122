"""Weighted means over the members of groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.processes.grouping import weighted_mean_by
from sim.processes.shares import joined


def test_means_are_weighted_by_group() -> None:
    # group 0: (1 x 2 + 3 x 5) / 4 = 17/4; group 1: 7
    rows, values, weights = np.array([0, 1, 0]), np.array([2.0, 7.0, 5.0]), np.array([1.0, 9.0, 3.0])
    assert weighted_mean_by(rows, values, weights, 2) == pytest.approx([17 / 4, 7])


def test_a_group_without_members_or_weight_has_mean_nought() -> None:
    rows, values, weights = np.array([0, 2]), np.array([2.0, 7.0]), np.array([1.0, 0.0])
    assert weighted_mean_by(rows, values, weights, 4).tolist() == [2, 0, 0, 0]


def test_shares_taken_together_leave_out_what_both_leave_out() -> None:
    # 0.7 of the 0.8 is left out by both: 0.56; with nothing the one stays, with everything there is nothing left out.
    one, other = np.array([0.3, 0.3, 0.0, 0.4]), np.array([0.2, 0.0, 0.0, 1.0])
    assert joined(one, other) == pytest.approx([0.44, 0.3, 0, 1])
    assert joined(other, one) == pytest.approx([0.44, 0.3, 0, 1])


@given(st.floats(0, 1), st.floats(0, 1))
def test_shares_taken_together_are_a_share_and_no_less_than_either(a: float, b: float) -> None:
    both = joined(np.array([a]), np.array([b]))[0]
    assert max(a, b) - 1e-12 <= both <= min(a + b, 1) + 1e-12
