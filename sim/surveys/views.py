"""What one kind of actor sees of another's traits: owners of their UH unit, schools of their owner, UH of its owners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np

from sim.arrays import Floats, Ints
from sim.schemes.decentralised.state import DecentralisedSchools, Forums, Ties
from sim.state import State
from sim.state.places import Counties, Municipalities, Offices, UHUnits
from sim.state.schools import Schools


class Level(StrEnum):
    """Kinds of units that quantities belong to and respondents sit in."""

    FORUM = "forum"
    OWNER = "owner"
    SCHOOL = "school"
    UH_UNIT = "UH unit"
    OFFICE = "governor office"
    COUNTY = "county"


def unit_ids(state: State, level: Level) -> Ints:
    """Identities of the units of a level."""
    if level is Level.FORUM:
        return state[Forums].id
    if level is Level.OWNER:
        return state[Municipalities].id
    if level is Level.SCHOOL:
        return state[Schools].id
    if level is Level.COUNTY:
        return state[Counties].id
    return state[UHUnits].id if level is Level.UH_UNIT else state[Offices].id


def viewed(state: State, values: Floats, of: Level, by: Level) -> Floats:
    """Values of one level's units as those of another see them.

    Parameters
    ----------
    values : array, shape (units of `of`, statements)
        NaN where the question does not apply.

    Returns
    -------
    array, shape (units of `by`, statements)
        Means where a unit sees several; NaN where it sees none. Schools see their owner only while a measure runs in
        them: the others have nothing to judge.
    """
    return values if of is by else _VIEWS[of, by](state, values)


def mean_of_known(rows: Ints, values: Floats, n: int) -> Floats:
    """Means over the members of `n` groups, shape (n, statements), of what is not NaN; NaN where nothing is known."""
    known = ~np.isnan(values)
    found = [
        np.divide(
            np.bincount(rows, np.where(ok, column, 0), n),
            np.bincount(rows, ok, n),
            out=np.full(n, np.nan),
            where=np.bincount(rows, ok, n) > 0,
        )
        for column, ok in zip(values.T, known.T, strict=True)
    ]
    return np.stack(found, axis=1)


def _owners_in_schools(state: State, values: Floats) -> Floats:
    under_way = state[DecentralisedSchools].in_measure
    return np.where(under_way[:, None], values[state[Schools].municipality], np.nan)


def _schools_at_owners(state: State, values: Floats) -> Floats:
    return mean_of_known(state[Schools].municipality, values, len(state[Municipalities]))


def _owners_at_uh(state: State, values: Floats) -> Floats:
    return mean_of_known(state[Ties].uh_unit, values, len(state[UHUnits]))


def _owners_at_offices(state: State, values: Floats) -> Floats:
    office = state[Counties].office[state[Municipalities].county]
    return mean_of_known(office, values, len(state[Offices]))


def _uh_at_owners(state: State, values: Floats) -> Floats:
    return values[state[Ties].uh_unit]


_VIEWS: Mapping[tuple[Level, Level], Callable[[State, Floats], Floats]] = {
    (Level.OWNER, Level.SCHOOL): _owners_in_schools,
    (Level.OWNER, Level.UH_UNIT): _owners_at_uh,
    (Level.OWNER, Level.OFFICE): _owners_at_offices,
    (Level.SCHOOL, Level.OWNER): _schools_at_owners,
    (Level.SCHOOL, Level.UH_UNIT): lambda s, v: _owners_at_uh(s, _schools_at_owners(s, v)),
    (Level.UH_UNIT, Level.OWNER): _uh_at_owners,
    (Level.UH_UNIT, Level.SCHOOL): lambda s, v: _owners_in_schools(s, _uh_at_owners(s, v)),
}
