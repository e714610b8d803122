"""The whole state of one world at one moment: its tables, found by their class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np

from sim.arrays import AnyArray, Ints
from sim.half_year import HalfYear
from sim.parameters.registry import Parameters
from sim.state.table import T, Table


class State:
    """Tables by class (`state[Schools].fatigue`) and the half-year they describe.

    Attributes
    ----------
    plain : bool
        Whether rules are played by Python itself, line by line, in place of compiled.
    columns : dict
        The columns that each rule takes, found once; forgotten when one of its tables, or a column of it, is replaced.
    bound : dict
        Each rule with its columns and parameters as the first of its arguments; forgotten with its columns, and when one of
        its groups of parameters is another one.
    p : Parameters or None
        Those that rules are bound to.
    """

    def __init__(self, now: HalfYear, tables: Iterable[Table]) -> None:
        self.now = now
        self.plain = False
        self.columns: dict[object, tuple[AnyArray, ...]] = {}
        self.bound: dict[object, Any] = {}
        self.p: Parameters | None = None
        self._tables: dict[type[Table], Table] = {}
        for table in tables:
            self[type(table)] = table

    def __getitem__(self, kind: type[T]) -> T:
        table: T = self._tables[kind]  # type: ignore[assignment]  # the dict's key is the value's class
        return table

    def __setitem__(self, kind: type[T], table: T) -> None:
        self._tables[kind] = table
        forget = partial(_forget, kind.taken_by, self.columns, self.bound)
        table.when_replaced(forget)
        forget()

    def __contains__(self, kind: type[Table]) -> bool:
        return kind in self._tables

    def __iter__(self) -> Iterator[Table]:
        return iter(self._tables.values())

    def columns_for(
        self, columns: Iterable[tuple[type[Table], Callable[[Table], Any], bool]]
    ) -> tuple[AnyArray, ...]:
        """The columns that a rule takes (`sim.rules.rule.Taken`)."""
        found: list[AnyArray] = []
        for kind, take, several in columns:
            values = take(self._tables[kind])
            found += values if several else (values,)
        return tuple(found)

    def turn_to(self, p: Parameters) -> None:
        """Let rules take these parameters; from year to year most groups are the same."""
        before = p.by_group if self.p is None else self.p.by_group  # none are bound yet
        for group, values in p.by_group.items():
            if before.get(group) is not values:
                _forget(group.taken_by, self.bound)
        self.p = p

    def entity(self, name: str) -> Table:
        """The table that holds an entity's identities."""
        for table in self:
            if not table.aligned and table.entity == name:
                return table
        raise KeyError(name)

    def copy(self) -> State:
        """A state of its own with the same contents."""
        twin = State(self.now, [table.copy() for table in self])
        twin.plain = self.plain
        return twin

    def breaches(self) -> list[str]:
        """Everything outside its declared range, in words; and what has not as many rows as it should, or refers to none."""
        rows = {table.entity: len(table) for table in self if not table.aligned}
        return [text for table in self for text in table.breaches(rows)]

    def repoint(self, entity: str, new_row: Ints) -> None:
        """Turn every reference to old rows of `entity` into the new ones; `new_row` has shape (old rows,)."""
        or_none = np.append(new_row, -1)  # whose last is what -1 finds
        for table in self:
            for name, c in table.columns().items():
                if c.refers == entity:
                    values = getattr(table, name)
                    values[...] = or_none[values]


def _forget(taken_by: set[object], *found: dict[object, Any]) -> None:
    """Forget what was found for the rules that take columns of a table, or of a group of parameters."""
    for known in found:
        for rule in taken_by & known.keys():
            del known[rule]
