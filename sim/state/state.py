"""The whole state of one world at one moment: its tables, found by their class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from sim.arrays import Ints
from sim.half_year import HalfYear
from sim.state.table import T, Table


class State:
    """Tables by class (`state[Schools].fatigue`) and the half-year they describe."""

    def __init__(self, now: HalfYear, tables: Iterable[Table]) -> None:
        self.now = now
        self._tables: dict[type[Table], Table] = {type(table): table for table in tables}

    def __getitem__(self, kind: type[T]) -> T:
        table: T = self._tables[kind]  # type: ignore[assignment]  # the dict's key is the value's class
        return table

    def __setitem__(self, kind: type[T], table: T) -> None:
        self._tables[kind] = table

    def __contains__(self, kind: type[Table]) -> bool:
        return kind in self._tables

    def __iter__(self) -> Iterator[Table]:
        return iter(self._tables.values())

    def entity(self, name: str) -> Table:
        """The table that holds an entity's identities."""
        for table in self:
            if not table.aligned and table.entity == name:
                return table
        raise KeyError(name)

    def copy(self) -> State:
        """A state of its own with the same contents."""
        return State(self.now, [table.copy() for table in self])

    def breaches(self) -> list[str]:
        """Everything outside its declared range, in words."""
        return [text for table in self for text in table.breaches()]

    def repoint(self, entity: str, new_row: Ints) -> None:
        """Turn every reference to old rows of `entity` into the new ones; `new_row` has shape (old rows,)."""
        or_none = np.append(new_row, -1)  # whose last is what -1 finds
        for table in self:
            for name, c in table.columns().items():
                if c.refers == entity:
                    values = getattr(table, name)
                    values[...] = or_none[values]
