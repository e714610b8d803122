"""What is known of pupils' results: the eleven indicators, as measured at each school in the latest three years."""

from __future__ import annotations

import numpy as np

from sim.arrays import Code, Floats, Ints
from sim.state.table import Table, column


class Indicator(Code):
    """The eleven indicators of the draw [AFI-rapport 2021:09, 2.1], in the order of the columns."""

    READING_5 = 0
    NUMERACY_5 = 1
    READING_8 = 2
    NUMERACY_8 = 3
    LEAVING_POINTS_10 = 4
    SUPPORT_7 = 5
    MOTIVATION_7 = 6
    BULLYING_7 = 7
    SUPPORT_10 = 8
    MOTIVATION_10 = 9
    BULLYING_10 = 10


N_INDICATORS = len(Indicator)
N_YEARS = 3
N_TESTS = 4
"""National tests among the indicators, the first of them."""

GRADE = np.array([5, 5, 8, 8, 10, 7, 7, 7, 10, 10, 10])
"""Grade in which each indicator is measured."""

HIGH_IS_BAD = np.array([1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1], dtype=bool)
"""True where a high value is a weak result (share at the lowest level, index of bullying)."""


class Measurements(Table, per="schools"):
    """Each school's figures as they are, before anything is withheld from the public for small numbers.

    Tests and the pupil survey (Elevundersøkelsen) are taken in autumn, leaving points (grunnskolepoeng) in spring; the
    figures of year y are complete at the end of year y. `[:, 0]` is the latest complete year, `[:, 2]` the oldest. There is
    none where a grade has no pupils, and where a test or the survey was not held.
    """

    value: Floats = column(
        unit="share, points or index 1-5",
        meaning="mean over the pupils measured; 0 where nobody was",
        shape=(N_YEARS, N_INDICATORS),
    )
    n_pupils: Ints = column(
        np.int64,
        unit="pupils",
        meaning="pupils behind the figure; 0 when there is none",
        low=0,
        shape=(N_YEARS, N_INDICATORS),
    )
    lasting: Floats = column(
        unit="share, points or index 1-5",
        meaning="the figure without luck of cohorts and small numbers: the true level",
        shape=(N_INDICATORS,),
    )
