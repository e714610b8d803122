"""Municipal borders over time: which municipality each piece of the country belonged to, and when.

The pieces are the municipalities of 2019. In January 2020, 109 of them became 43, which left 356; in January 2024 one
piece left the municipality it had gone into (as Haram left Ålesund), which makes 357. Every municipality that ever
exists has a number (kommunenummer) of its own, which no other gets before or after it. Counties are those of 2024
throughout.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.state import State, Table, column
from sim.state.places import Municipalities
from sim.state.schools import Schools, pupils_at

MERGER_YEAR = 2020
SPLIT_YEAR = 2024
MOVES = (MERGER_YEAR, SPLIT_YEAR)  # years in which borders moved


class Borders(Table, entity="borders"):
    """The pieces of the country and the municipality each belonged to in the three periods."""

    id: Ints = column(np.int64, unit="id", meaning="running number of the piece")
    until_2019: Ints = column(np.int64, unit="id", meaning="its municipality until the end of 2019")
    from_2020: Ints = column(np.int64, unit="id", meaning="its municipality from 2020 to 2023")
    from_2024: Ints = column(np.int64, unit="id", meaning="its municipality from 2024 on")


class SchoolOrigins(Table, per="schools"):
    """What ties a school to the ground, whoever owns it."""

    piece: Ints = column(np.int64, unit="row", meaning="piece of the country it stands in", refers="borders")


def added_up(group: Ints, values: Floats, n: int) -> Floats:
    """Sum of the values in each of `n` groups; `group`, shape (values,), says which each belongs to."""
    return np.asarray(np.bincount(group, values, n), dtype=np.float64)


def distinct(numbers: Ints) -> Ints:
    """Each number once, in order; what `numpy.unique` gives, for the few hundred there are here in a tenth of its time."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def in_force(borders: Borders, year: int) -> Ints:
    """Number of the municipality that each piece belongs to in a year; shape (pieces,)."""
    if year < MERGER_YEAR:
        return borders.until_2019
    return borders.from_2020 if year < SPLIT_YEAR else borders.from_2024


def present(state: State) -> Ints:
    """Number of the municipality that each piece belongs to as the state stands; shape (pieces,)."""
    now = state[Municipalities].id
    borders = state[Borders]
    for numbers in (borders.until_2019, borders.from_2020, borders.from_2024):
        if np.array_equal(distinct(numbers), now):
            return numbers
    raise ValueError("the municipalities are those of no period of the borders")


def merging_within_a_year(state: State) -> Bools:
    """Which present municipalities will be no more, or not as they are, next year; shape (municipalities,)."""
    municipalities = state[Municipalities]
    if state.now.year + 1 not in MOVES:
        return np.zeros(len(municipalities), dtype=np.bool_)
    borders, year = state[Borders], state.now.year
    before, after = in_force(borders, year), in_force(borders, year + 1)
    return np.isin(municipalities.id, before[before != after])


def pupils_of_pieces(state: State) -> Floats:
    """Pupils in the schools of each piece; shape (pieces,)."""
    pupils = pupils_at(state[Schools]).astype(float)
    return added_up(state[SchoolOrigins].piece, pupils, len(state[Borders]))
