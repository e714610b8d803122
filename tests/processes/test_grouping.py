"""Weighted means over the members of groups."""

from __future__ import annotations

import numpy as np
import pytest

from sim.processes.grouping import weighted_mean_by


def test_means_are_weighted_by_group() -> None:
    # group 0: (1 x 2 + 3 x 5) / 4 = 17/4; group 1: 7
    rows, values, weights = np.array([0, 1, 0]), np.array([2.0, 7.0, 5.0]), np.array([1.0, 9.0, 3.0])
    assert weighted_mean_by(rows, values, weights, 2) == pytest.approx([17 / 4, 7])


def test_a_group_without_members_or_weight_has_mean_nought() -> None:
    rows, values, weights = np.array([0, 2]), np.array([2.0, 7.0]), np.array([1.0, 0.0])
    assert weighted_mean_by(rows, values, weights, 4).tolist() == [2, 0, 0, 0]
