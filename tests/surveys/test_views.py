from __future__ import annotations

import numpy as np

from sim.surveys.views import Level, mean_of_known, viewed
from tests.surveys.small_country import small_country

NAN = np.nan


def column(*values: float) -> np.ndarray:
    return np.array(values)[:, None]


def test_means_leave_out_what_is_not_known() -> None:
    found = mean_of_known(np.array([0, 0, 1, 1]), np.array([[1.0, 2], [3, NAN], [NAN, 4], [NAN, 6]]), 3)
    np.testing.assert_array_equal(found, [[2, 2], [NAN, 5], [NAN, NAN]])


def test_schools_see_their_owner_while_a_measure_runs() -> None:
    found = viewed(small_country(), column(0.1, 0.2, 0.3), Level.OWNER, Level.SCHOOL)
    np.testing.assert_array_equal(found, column(0.1, 0.1, 0.2, 0.2, 0.3, NAN))


def test_uh_sees_the_mean_of_its_owners() -> None:
    found = viewed(small_country(), column(0.1, 0.2, 0.4), Level.OWNER, Level.UH_UNIT)
    np.testing.assert_allclose(found, column(0.1, 0.3))


def test_uh_sees_schools_by_way_of_its_owners() -> None:
    fit = column(0.2, 0.4, 0.6, 0.6, 0.2, NAN)
    found = viewed(small_country(), fit, Level.SCHOOL, Level.UH_UNIT)
    np.testing.assert_allclose(found, column(0.3, 0.4))  # owners: 0.3; 0.6 and 0.2


def test_owners_and_schools_see_their_uh_unit() -> None:
    state = small_country()
    np.testing.assert_array_equal(
        viewed(state, column(0.1, 0.9), Level.UH_UNIT, Level.OWNER), column(0.1, 0.9, 0.9)
    )
    np.testing.assert_array_equal(
        viewed(state, column(0.1, 0.9), Level.UH_UNIT, Level.SCHOOL), column(0.1, 0.1, 0.9, 0.9, 0.9, NAN)
    )


def test_governors_see_the_mean_of_those_owners_it_applies_to() -> None:
    found = viewed(small_country(), column(0.2, NAN, NAN), Level.OWNER, Level.OFFICE)
    np.testing.assert_array_equal(found, column(0.2, NAN))
