"""Who is an agent: built when first asked for, kept in step with mergers, never a second place for a fact.

A run that nobody looks at through Mesa's eyes pays nothing for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from mesa.agent import AgentSet

from sim.agents.views import KINDS, RowAgent
from sim.arrays import AnyArray
from sim.state import Table

if TYPE_CHECKING:
    from sim.model import SchemeModel


class Census:
    """The agents of one model, by entity and identity."""

    def __init__(self, model: SchemeModel) -> None:
        self._model = model
        self._agents: dict[str, dict[int, RowAgent]] = {}
        self._rows: dict[str, tuple[AnyArray, dict[int, int]]] = {}

    def of(self, kind: type[RowAgent]) -> AgentSet:
        """All agents of one kind, built now if nobody asked before."""
        if kind.entity not in self._agents:
            ids = self._table(kind.entity).id.tolist()  # type: ignore[attr-defined]  # every entity has ids
            self._agents[kind.entity] = {identity: kind(self._model, identity) for identity in ids}
        return AgentSet(self._agents[kind.entity].values(), random=self._model.random)

    def build_all(self) -> None:
        """Build the agents of every kind."""
        for kind in KINDS:
            if kind.entity not in self._agents:
                self.of(kind)

    def moved(self) -> None:
        """After a step: municipalities that are gone leave, new ones come."""
        for kind in KINDS:
            known = self._agents.get(kind.entity)
            if known is None:
                continue
            ids = self._table(kind.entity).id  # type: ignore[attr-defined]  # every entity has ids
            if len(ids) == len(known) and np.array_equal(ids, list(known)):
                continue
            present = set(ids.tolist())
            for identity in [i for i in known if i not in present]:
                known.pop(identity).remove()
            self._agents[kind.entity] = {i: known.get(i) or kind(self._model, i) for i in ids.tolist()}

    def row(self, entity: str, identity: int) -> int:
        """The row of a member of an entity."""
        ids = self._table(entity).id  # type: ignore[attr-defined]  # every entity has ids
        cached = self._rows.get(entity)
        if cached is None or cached[0] is not ids:
            cached = self._rows[entity] = (ids, {identity: row for row, identity in enumerate(ids.tolist())})
        return cached[1][identity]

    def column(self, entity: str, name: str) -> AnyArray | None:
        """The array of a column of an entity's own table or of a scheme's."""
        for table in self._model.state:
            if table.entity == entity and name in table.columns():
                found: AnyArray = getattr(table, name)
                return found
        return None

    def referred(self, entity: str, column: str, row: int) -> RowAgent | None:
        """The agent that a row's reference points to."""
        for table in self._model.state:
            declared = table.columns().get(column) if table.entity == entity else None
            if declared is not None and declared.refers is not None:
                kind = next((k for k in KINDS if k.entity == declared.refers), None)
                if kind is None:
                    raise AttributeError(f"'{column}' points to {declared.refers}, which are no agents")
                target = int(getattr(table, column)[row])
                if target < 0:
                    return None
                self.of(kind)
                identity = int(self._table(declared.refers).id[target])  # type: ignore[attr-defined]
                return self._agents[declared.refers][identity]
        raise AttributeError(f"'{column}' is no reference of {entity}")

    def _table(self, entity: str) -> Table:
        return self._model.state.entity(entity)
