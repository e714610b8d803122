"""The kinds of Mesa agents: each stands for one row of the columnar state and keeps nothing of its own.

school = next(iter(model.schools))
school.fatigue              # read from the column
school.fatigue = 0.2        # written to the column
school.related("municipality").competence
"""

from __future__ import annotations

from sim.agents.census import RowAgent


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

    @property
    def code(self) -> str:
        """What it is called wherever it is shown; its `id` is for keys alone."""
        return self.model.places.code(self.identity)


class SchoolAgent(RowAgent):
    """A primary or lower-secondary school."""

    entity = "schools"

    @property
    def code(self) -> str:
        """What it is called wherever it is shown; its `id` is for keys alone."""
        return self.model.places.code(self.identity)


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
