"""Lower secondary schools and the primary schools whose pupils they take."""

from __future__ import annotations

import numpy as np
import pytest

from sim.state.schools import Schools
from sim.world.districts import come_together, districts
from tests.small_world import filled


def a_town(**columns: object) -> Schools:
    """Two lower secondary schools of 60 and 40, primary ones of 20, 40, 20 and 20, a combined one; beside it a village school."""
    return filled(
        Schools, 8, id=np.arange(8), municipality=np.array([0, 0, 0, 0, 0, 0, 0, 1]),
        first_grade=np.array([1, 8, 8, 1, 1, 1, 1, 1]), last_grade=np.array([10, 10, 10, 7, 7, 7, 7, 7]),
        cohort_size=np.array([30, 60, 40, 20, 40, 20, 20, 5]), **columns,
    )  # fmt: skip


def test_each_lower_secondary_school_takes_the_primary_ones_next_in_turn() -> None:
    # The first takes 0.6 of the pupils: those whose middle lies before, at 0.1 and 0.4; the others' lie at 0.7 and 0.9.
    assert districts(a_town()).tolist() == [0, 1, 2, 1, 1, 2, 2, 7]


def test_rows_in_another_order_are_the_same_districts() -> None:
    order = np.array([7, 3, 6, 2, 0, 5, 1, 4])
    town = a_town()
    found = districts(town.take(order))
    assert town.id[order][found].tolist() == districts(town)[order].tolist()


def test_a_school_that_takes_pupils_from_several_has_the_mean_of_theirs_and_less_luck() -> None:
    town = a_town()
    mean, sd = come_together(town, districts(town), np.full(8, 2.0), np.arange(8.0))
    # (20 x 3 + 40 x 4) / 60 x 2 and (5 + 6) / 2 x 2; two thirds and a third, squared, are 5/9, two halves 1/2
    assert mean == pytest.approx([0, 22 / 3, 11, 6, 8, 10, 12, 14])
    assert sd**2 == pytest.approx([4, 20 / 9, 2, 4, 4, 4, 4, 4])
