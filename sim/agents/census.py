"""Who is an agent, and what one is: a view of a row, built when first asked for, kept in step with mergers.

Never a second place for a fact: an agent keeps who it is, and reads and writes the columns.

A run that nobody looks at through Mesa's eyes pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, ClassVar

import mesa
import numpy as np
from mesa.agent import AgentSet

from sim.arrays import AnyArray
from sim.state import State, Table
from sim.state.bounds import within
from sim.state.table import Column
from sim.world.place_names import PlaceNames

_SHOWN = 4  # columns that stand in an agent's short description
_OWN = frozenset(
    {"model", "unique_id", "pos", "identity", "own"}
)  # what an agent keeps itself: Mesa's fields, who it is, and what its user hangs on it


class PeopledModel(mesa.Model):
    """What agents need of their model: the state that they are views of, what places are called, and who else is there."""

    state: State
    places: PlaceNames
    census: Census


class RowAgent(mesa.Agent):
    """One member of an entity; every column of the entity's tables is an attribute.

    Parameters
    ----------
    model : PeopledModel
    identity : int
        The member's id in the entity's table.

    Attributes
    ----------
    own : SimpleNamespace
        For what is your own: `agent.own.visited = True`. No process reads it.
    """

    entity: ClassVar[str]
    model: PeopledModel
    identity: int
    own: SimpleNamespace

    def __init__(self, model: PeopledModel, identity: int) -> None:
        self.identity = identity
        self.own = SimpleNamespace()
        super().__init__(model)

    @property
    def row(self) -> int:
        """Where the member stands in its tables now."""
        return self.model.census.row(self.entity, self.identity)

    def related(self, column: str) -> RowAgent | None:
        """The agent that a reference column points to; None where it points to nobody."""
        return self.model.census.referred(self.entity, column, self.row)

    def remove(self) -> None:
        """Refused: an agent is a view of a row, and rows come and go with the model's own events.

        Raises
        ------
        TypeError
        """
        raise TypeError(
            f"{type(self).__name__} {self.identity} can't be removed: it is a view of a row in the model's tables. Schools "
            "close, municipalities merge and teachers leave by the model's processes; write to its columns instead, or add a "
            "process of your own"
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in _OWN:
            raise AttributeError(name)
        value = self._column(name)[self.row]
        return value.item() if value.ndim == 0 else value

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _OWN:
            object.__setattr__(self, name, value)
        elif name == "id":
            raise AttributeError("an agent's id is who it is and can't be changed")
        else:
            self._write(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.model.census.columns(self.entity)})

    def __repr__(self) -> str:
        shown = [name for name in list(self.model.census.columns(self.entity))[:_SHOWN] if name != "id"]
        return (
            f"<{type(self).__name__} {self.identity}: {', '.join(f'{n}={getattr(self, n)}' for n in shown)}>"
        )

    def _write(self, name: str, value: Any) -> None:
        """Set a column in the agent's row, if the value is what the column is declared to hold."""
        column, declared = self._column(name), self.model.census.columns(self.entity)[name]
        try:
            given = np.asarray(value, dtype=column.dtype)
            fits = np.array(np.broadcast_to(given, declared.shape))
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"{name}: expected {declared.expected()}, got {value!r}") from None
        whole = column.dtype.kind not in "iu" or bool((np.asarray(value) == given).all())
        if not whole or not within(fits.ravel(), declared.least, declared.greatest):
            raise ValueError(f"{name}: expected {declared.expected()}, got {value!r}")
        column[self.row] = fits

    def _column(self, name: str) -> AnyArray:
        found = self.model.census.column(self.entity, name)
        if found is None:
            raise AttributeError(
                f"{type(self).__name__} has no column '{name}'; what is your own stands in `own`, such as agent.own.{name}"
            )
        return found


class Census:
    """The agents of one model, by entity and identity.

    Parameters
    ----------
    model : PeopledModel
    kinds : sequence of type
        All kinds of agents, in the order in which they are counted.
    """

    def __init__(self, model: PeopledModel, kinds: Sequence[type[RowAgent]]) -> None:
        self._model = model
        self._kinds = kinds
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
        for kind in self._kinds:
            if kind.entity not in self._agents:
                self.of(kind)

    def moved(self) -> None:
        """After a step: municipalities that are gone leave, new ones come."""
        for kind in self._kinds:
            known = self._agents.get(kind.entity)
            if known is None:
                continue
            ids = self._table(kind.entity).id  # type: ignore[attr-defined]  # every entity has ids
            if len(ids) == len(known) and np.array_equal(ids, list(known)):
                continue
            present = set(ids.tolist())
            for identity in [i for i in known if i not in present]:
                mesa.Agent.remove(known.pop(identity))
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

    def columns(self, entity: str) -> dict[str, Column]:
        """The declarations of an entity's columns, its own table's and the schemes', by name."""
        tables = [table for table in self._model.state if table.entity == entity]
        return {name: declared for table in reversed(tables) for name, declared in table.columns().items()}

    def referred(self, entity: str, column: str, row: int) -> RowAgent | None:
        """The agent that a row's reference points to."""
        for table in self._model.state:
            declared = table.columns().get(column) if table.entity == entity else None
            if declared is not None and declared.refers is not None:
                kind = next((k for k in self._kinds if k.entity == declared.refers), None)
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
