"""County borders over time: which counties of today were one, and what has to begin anew when borders move.

Tables have a row for each county of 2024. Those that were one county from 2020 to 2023 acted as one then; what a merged county
holds stands in the row of the first of them.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Ints
from sim.state.places import Counties

MERGED = range(2020, 2024)  # years in which some counties of today were one
REFORMS = (2020, 2024)  # years in which county borders moved


def county_of_the_time(counties: Counties, year: int) -> Ints:
    """Row of the first county that shared its name of the time, for each county, shape (counties,)."""
    names = counties.name_2020 if year in MERGED else counties.name
    first: dict[str, int] = {}
    return np.array([first.setdefault(name, row) for row, name in enumerate(names.tolist())])


def begun_anew(before: Ints, after: Ints) -> tuple[Ints, Ints]:
    """Rows of what consists of other counties than before, and of what they take over from; shape (k,) each.

    Parameters
    ----------
    before, after : array of int, shape (counties,)
        Row of what each county belongs to.
    """
    same_before, same_after = before[:, None] == before, after[:, None] == after
    moved = (same_before != same_after).any(axis=1)
    first: dict[int, int] = {}
    for county in np.flatnonzero(moved).tolist():
        first.setdefault(int(after[county]), county)
    anew = np.array(sorted(first), dtype=np.int64)
    return anew, before[[first[row] for row in anew.tolist()]]
