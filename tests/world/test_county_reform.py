"""County borders: which counties were one, and what begins anew when they are joined or parted."""

from __future__ import annotations

import numpy as np

from sim.state.places import Counties
from sim.world.county_reform import begun_anew, county_of_the_time
from tests.small_world import filled


def test_counties_that_are_one_share_the_row_of_the_first() -> None:
    counties = filled(
        Counties,
        4,
        id=[11, 39, 40, 46],
        name=["Rogaland", "Vestfold", "Telemark", "Vestland"],
        name_2020=["Rogaland", "Vestfold og Telemark", "Vestfold og Telemark", "Vestland"],
    )
    assert [county_of_the_time(counties, year).tolist() for year in (2019, 2020, 2023, 2024)] == [
        [0, 1, 2, 3],
        [0, 1, 1, 3],
        [0, 1, 1, 3],
        [0, 1, 2, 3],
    ]


def test_what_consists_of_other_counties_than_before_begins_anew() -> None:
    apart, joined = np.array([0, 1, 2, 3]), np.array([0, 1, 1, 3])
    assert [rows.tolist() for rows in begun_anew(apart, joined)] == [[1], [1]]
    assert [rows.tolist() for rows in begun_anew(joined, apart)] == [[1, 2], [1, 1]]  # both come from row 1
    assert [rows.tolist() for rows in begun_anew(joined, joined)] == [[], []]
