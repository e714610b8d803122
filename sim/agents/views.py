"""Mesa agents that are views: each stands for one row of the columnar state and keeps nothing of its own.

school = model.schools[0]
school.fatigue              # read from the column
school.fatigue = 0.2        # written to the column
school.related("municipality").competence
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa

from sim.arrays import AnyArray

if TYPE_CHECKING:
    from sim.model import SchemeModel

_OWN = frozenset(
    {"model", "unique_id", "pos", "identity"}
)  # what an agent keeps itself: Mesa's fields, and who it is


class RowAgent(mesa.Agent):
    """One member of an entity; every column of the entity's tables is an attribute.

    Parameters
    ----------
    model : SchemeModel
    identity : int
        The member's id in the entity's table.
    """

    entity: ClassVar[str]
    model: SchemeModel
    identity: int

    def __init__(self, model: SchemeModel, identity: int) -> None:
        object.__setattr__(self, "identity", identity)
        super().__init__(model)

    @property
    def row(self) -> int:
        """Where the member stands in its tables now."""
        return self.model.census.row(self.entity, self.identity)

    def related(self, column: str) -> RowAgent | None:
        """The agent that a reference column points to; None where it points to nobody."""
        return self.model.census.referred(self.entity, column, self.row)

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
            self._column(name)[self.row] = value

    def _column(self, name: str) -> AnyArray:
        found = self.model.census.column(self.entity, name)
        if found is None:
            raise AttributeError(f"{type(self).__name__} has no column '{name}'")
        return found


class GovernorAgent(RowAgent):
    """A county governor's office (statsforvalter)."""

    entity = "offices"


class NetworkAgent(RowAgent):
    """A regional competence network."""

    entity = "networks"


class UHUnitAgent(RowAgent):
    """A university or university college with teacher education."""

    entity = "uh_units"


class MunicipalityAgent(RowAgent):
    """A municipality as school owner (skoleeier)."""

    entity = "municipalities"


class SchoolAgent(RowAgent):
    """A primary or lower-secondary school."""

    entity = "schools"


class TeacherAgent(RowAgent):
    """A teaching post and the person who holds it."""

    entity = "teachers"


class GuideAgent(RowAgent):
    """An outside guide (veileder) of the follow-up scheme."""

    entity = "guides"


KINDS: tuple[type[RowAgent], ...] = (
    GovernorAgent, NetworkAgent, UHUnitAgent, MunicipalityAgent, SchoolAgent, TeacherAgent, GuideAgent,
)  # fmt: skip
"""All kinds of agents, in the order in which they are counted."""
