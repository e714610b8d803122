"""What readings of a world's state are put together from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.arrays import AnyArray, Bools, Floats
from sim.outcomes.measures import pupils
from sim.state import State, Table
from sim.state.places import Municipalities

OfState = Callable[[State], float]

OLD = 3  # years from which a collective measure is no longer new, and a head of schools neither
BEGINNER = 2  # years of experience below which a teacher is new
WHOLE_USE = 0.9  # of a grant, from which it counts as used
FINNMARK = 56  # county number


def third(values: Floats, *, largest: bool) -> Bools:
    """The third with the largest or the smallest values."""
    order = np.argsort(np.argsort(values if not largest else -values, kind="stable"), kind="stable")
    return np.asarray(order < len(values) / 3)


def gap(values: AnyArray, by: Floats) -> float:
    """Mean of values in the third with most of something, less that in the third with least; NaN if there is nobody."""
    if not len(by):
        return np.nan
    return float(values[third(by, largest=True)].mean() - values[third(by, largest=False)].mean())


def mean(table: type[Table], column: str) -> OfState:
    """The plain mean of a column."""
    return lambda state: float(getattr(state[table], column).mean())


def total(table: type[Table], column: str) -> OfState:
    """The sum of a column."""
    return lambda state: float(getattr(state[table], column).sum())


def among(values: AnyArray, here: Bools) -> float:
    """Mean over some; NaN if there is nobody."""
    return float(values[here].mean()) if here.any() else np.nan


def apart(values: AnyArray, here: Bools, there: Bools) -> float:
    """How far some lie above others, in means; NaN if either are nobody."""
    return among(values, here) - among(values, there)


def pupils_of(state: State) -> Floats:
    """Each municipality's pupils, one where it has none."""
    return np.maximum(pupils(state).total, 1.0)


def population(state: State) -> Floats:
    """Each municipality's inhabitants."""
    return state[Municipalities].population
