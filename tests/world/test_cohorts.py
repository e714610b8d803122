"""The cohorts in school at the start differ as those that have risen do."""

from __future__ import annotations

import numpy as np
import pytest

from sim.randomness import Streams
from sim.state.places import Municipalities
from sim.state.schools import GRADES, Schools
from sim.world.cohorts import enter
from tests.small_world import filled, parameters

Z = 4.89  # standard errors that pure luck exceeds once in a million


def test_lower_secondary_schools_have_the_mean_of_those_that_feed_them() -> None:
    n = 5000  # municipalities, each with a primary school of 30 in a grade, one of 10, and a lower secondary school
    first, last = np.tile([1, 1, 8], n), np.tile([7, 7, 10], n)
    schools = filled(
        Schools, 3 * n, id=np.arange(3 * n), municipality=np.repeat(np.arange(n), 3), first_grade=first, last_grade=last,
        cohort_size=np.tile([30, 10, 40], n), pupils=1,
    )  # fmt: skip
    schools.pupils[first == 8, :7] = 0
    enter(Streams(1).at(0), parameters(results__cohort_lasting_sd=0.8), schools, Municipalities.blank(n))
    cohort, luck = schools.cohort, schools.pupils_luck
    # 0.8 in primary schools; 0.8 x sqrt(0.75^2 + 0.25^2) = 0.6325 where they come together. An SD of m numbers is off by
    # 1 / sqrt(2 m) of itself.
    assert cohort[first == 1][:, 4].std() == pytest.approx(0.8, rel=Z / np.sqrt(4 * n))
    assert cohort[first == 8][:, 7].std() == pytest.approx(0.6325, rel=Z / np.sqrt(2 * n))
    assert luck[first == 8][:, 7].std() == pytest.approx(1, rel=Z / np.sqrt(2 * n))
    assert not cohort[first == 8, :7].any()
    assert not luck[first == 8, :7].any()


def test_a_school_that_nobody_feeds_is_as_if_its_cohorts_had_begun_in_it() -> None:
    n = 5000
    schools = filled(
        Schools, n, id=np.arange(n), municipality=np.arange(n), first_grade=8, last_grade=10, pupils=1
    )
    enter(Streams(1).at(0), parameters(results__cohort_lasting_sd=0.8), schools, Municipalities.blank(n))
    assert schools.cohort.shape == (n, GRADES)
    assert schools.cohort[:, 8].std() == pytest.approx(0.8, rel=Z / np.sqrt(2 * n))
