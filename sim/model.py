"""`SchemeModel`: one world under one design, as a Mesa model whose step is a half-year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Self

import mesa

from sim.agents.census import Census, PeopledModel
from sim.agents.views import (
    KINDS,
    GovernorAgent,
    GuideAgent,
    MunicipalityAgent,
    SchoolAgent,
    TeacherAgent,
    UHUnitAgent,
)
from sim.design import Design
from sim.errors import InputError
from sim.one_world import World
from sim.parameters.declaration import Value
from sim.plugins import Named
from sim.randomness import SeedLike, seed_of
from sim.settings import USUAL_END, USUAL_START, check_number, check_world

if TYPE_CHECKING:
    from mesa.agent import AgentSet

    from sim.network.graph import Graph
    from sim.world.registers import Registers


class SchemeModel(World, PeopledModel):
    """One world of Norway's competence-development model under one design.

    Parameters
    ----------
    design : Design, str or Path
        The design, or its name in `scenarios/` or its file.
    rng : int, Generator, None and so on
        The experiment's seed, or what one is taken from (`sim.randomness.seed_of`): with None, the default, another world each
        time. All chance comes from the keyed streams made of it; Mesa's own generators are not used.
    seed : int, optional
        The same, as older Mesa models call it.
    world : int
        Number of the world; worlds with different numbers are independent.
    start : int
        First calendar year; the model begins in its spring.
    end : int
        Last calendar year: after its autumn `running` is False, so that `run_model()` and Mesa's `batch_run` end there.
    scale : float
        Share of the country that is modelled, in (0, 1].
    assumptions : mapping
        Values of uncertain and fixed parameters by dotted name; the others have their declared values.
    registers : Registers, path or None
        Register files that replace tables of the synthetic country.
    plain : bool, optional
        Whether rules are played by Python itself, line by line, for debugging: the same figures, some hundred times as slow. By
        default as `sim.rules.plainly` says: no, unless the command was given `--plain`.
    plugins : iterable
        What modules of one's own add (docs/how-to/plug-ins.md): files, modules, or names under which packages offer them.

    Raises
    ------
    InputError
        If a setting is none that the model knows: a parameter or its value, a year, the share of the country.

    Examples
    --------
    >>> model = SchemeModel("voluntary", rng=1, scale=0.05)
    >>> model.run_to(2018)
    >>> str(model.now)
    '2018-autumn'
    """

    def __init__(  # noqa: PLR0913 - each is a setting of its own, and all have a default
        self,
        design: Design | str | Path = "voluntary",
        *,
        rng: SeedLike = None,
        seed: int | None = None,
        world: int = 0,
        start: int = USUAL_START,
        end: int = USUAL_END,
        scale: float = 1.0,
        assumptions: Mapping[str, Value] | None = None,
        registers: Registers | Path | str | None = None,
        plain: bool | None = None,
        plugins: Iterable[Named] = (),
    ) -> None:
        if rng is not None and seed is not None:
            raise InputError("expected rng or seed, not both", field="seed")
        rng = seed_of(rng if seed is None else seed)
        check_world(rng, start, end, scale)
        check_number("world", world, Integral, 0)
        mesa.Model.__init__(self, rng=rng)
        World.__init__(
            self,
            design,
            rng=rng,
            world=world,
            start=start,
            scale=scale,
            assumptions=assumptions,
            registers=registers,
            plain=plain,
            plugins=plugins,
        )
        self.end = end
        self.census = Census(self, KINDS)

    def step(self) -> None:
        """Play one half-year in the order of `sim.school_year`."""
        super().step()
        self.running = self.coming.year <= self.end
        self.census.moved()

    @property  # type: ignore[misc]  # Mesa's setter only refuses; here it is left out
    def agents(self) -> AgentSet:
        """All agents, teachers included; they are built when first asked for."""
        self.census.build_all()
        return self._all_agents

    @property
    def agent_types(self) -> list[type]:
        """The kinds of agents."""
        return list(KINDS)

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], AgentSet]:
        """All agents by kind."""
        self.census.build_all()
        return self._agents_by_type

    @property
    def municipalities(self) -> AgentSet:
        """Municipalities as agents."""
        return self.census.of(MunicipalityAgent)

    @property
    def schools(self) -> AgentSet:
        """Schools as agents."""
        return self.census.of(SchoolAgent)

    @property
    def teachers(self) -> AgentSet:
        """Teaching posts and their holders as agents."""
        return self.census.of(TeacherAgent)

    @property
    def governors(self) -> AgentSet:
        """Offices of the county governors as agents."""
        return self.census.of(GovernorAgent)

    @property
    def uh_units(self) -> AgentSet:
        """UH units as agents."""
        return self.census.of(UHUnitAgent)

    @property
    def guides(self) -> AgentSet:
        """Guides as agents."""
        return self.census.of(GuideAgent)

    def graph(self) -> Graph:
        """Who works with whom now, as a NetworkX graph of owners, networks and UH units; see `sim.network.graph`."""
        from sim.network.graph import partnership_graph

        return partnership_graph(self.state)

    def _twin(self) -> Self:
        twin = super()._twin()
        mesa.Model.__init__(twin, rng=self.streams.seed)
        twin.steps, twin.running = self.steps, self.running
        twin.census = Census(twin, KINDS)
        return twin
