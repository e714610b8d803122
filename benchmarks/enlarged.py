"""A country several times over, to see how time grows beyond one Norway."""

from __future__ import annotations

import numpy as np

from sim.arrays import Ints
from sim.state import State, Table
from sim.state.borders import Borders
from sim.state.places import Municipalities

_NUMBERS = ("until_2019", "from_2020", "from_2024")  # columns of Borders that hold numbers of municipalities


def enlarged(state: State, copies: int) -> State:
    """A state with everybody and everything in it `copies` times, each copy with identities of its own.

    Tables with a single row (what a scheme keeps for the country) stay single.
    """
    return State(
        state.now, [table if len(table) == 1 else _repeated(table, state, copies) for table in state]
    )


def _repeated(table: Table, state: State, copies: int) -> Table:
    n = len(table)
    copy = np.repeat(np.arange(copies), n)
    many = table.take(np.tile(np.arange(n), copies))
    for name, declared in table.columns().items():
        values = getattr(many, name)
        if declared.refers is not None:
            values += np.where(values >= 0, copy * len(state.entity(declared.refers)), 0)
        elif name == "id" or (isinstance(table, Borders) and name in _NUMBERS):
            values += copy * _first_free(table, state)
    return many


def _first_free(table: Table, state: State) -> int:
    """The first identity that nobody of the entity ever has; municipalities have had three rounds of numbers."""
    if isinstance(table, (Borders, Municipalities)):
        borders = state[Borders]
        return int(max(getattr(borders, name).max() for name in _NUMBERS)) + 1
    ids: Ints = table.id  # type: ignore[attr-defined]  # asked for tables with an id only
    return int(ids.max()) + 1 if len(ids) else 0
