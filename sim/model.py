"""`SchemeModel`: one world under one design, as a Mesa model whose step is a half-year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral
from pathlib import Path
from time import perf_counter
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
from sim.declared import declared
from sim.design import Design, in_force
from sim.errors import InputError
from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry, accept
from sim.plugins import Named, found
from sim.processes import state_control
from sim.processes.measurement import past_years
from sim.processes.process import Process
from sim.processes.schooling import settle
from sim.randomness import Draws, SeedLike, Streams, seed_of
from sim.rules import plainly, warming
from sim.scenario_files import load_design
from sim.school_year import order
from sim.settings import USUAL_END, USUAL_START, check_number, check_world
from sim.state.places import Municipalities
from sim.world.place_names import PlaceNames
from sim.world.synthetic import build

if TYPE_CHECKING:
    from mesa.agent import AgentSet

    from sim.network.graph import Graph
    from sim.world.registers import Registers

SET_UP = 0  # the moment of draws that make the world


class SchemeModel(PeopledModel):
    """One world of Norway's competence-development model under one design.

    Parameters
    ----------
    design : Design or str
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
        design: Design | str = "voluntary",
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
        super().__init__(rng=rng)
        self.end = end
        self.declared = declared(found(plugins))
        given = _accepted(assumptions or {}, self.declared.registry)
        self.design = load_design(design, self.declared.registry) if isinstance(design, str) else design
        plain = plainly.wanted() if plain is None else plain
        if not plain:
            warming.warm()
        self.streams = Streams(rng, world)
        self.assumptions: dict[str, Value] = {
            **self.design.assumptions,
            **given,
            "scope.scale": scale,
        }
        self.timing: dict[str, float] | None = None
        self._parameters: dict[int, Parameters] = {}
        first = HalfYear.of(start, Season.SPRING)
        self.coming = first
        p = self.parameters(start)
        files = _read(registers)
        self.places = PlaceNames.of(files)
        self.state = build(self.streams, p, first, files, scale)
        self.state.plain = plain
        settle(self.state, p)
        state_control.begin(self.state, p, self.streams.at(SET_UP))
        past_years(self.state, p, self.streams.at, start)
        for scheme in self.declared.schemes:
            scheme.set_up(self.state, p, self.streams.at(SET_UP))
        if files is not None:  # what registers tell of owners stands, whatever a scheme makes of it
            owners = self.state[Municipalities]
            told = files.in_year(start).fill("municipalities", "competence", owners.id, owners.competence)
            owners.competence[:] = told
        self.census = Census(self, KINDS)

    def parameters(self, year: int) -> Parameters:
        """All parameters as they stand in a calendar year."""
        if year not in self._parameters:
            given = frozenset(self.assumptions.items())
            self._parameters[year] = in_force(self.declared.registry, self.design, year, given)
        return self._parameters[year]

    @property
    def p(self) -> Parameters:
        """The parameters of the half-year last played (before the first step: of the start)."""
        return self.parameters((self.now or self.coming).year)

    @property
    def now(self) -> HalfYear | None:
        """The half-year last played; None before the first step."""
        return self.state.now if self.coming != self.state.now else None

    def step(self) -> None:
        """Play one half-year in the order of `sim.school_year`."""
        self.state.now = self.coming
        p = self.parameters(self.coming.year)
        draw = self.streams.at(self.coming.index)
        for _, process in order(self.coming.season, self.declared.schemes):
            self.play(process, p, draw)
        self.coming = self.coming.next()
        self.running = self.coming.year <= self.end
        self.census.moved()

    def play(self, process: Process, p: Parameters, draw: Draws) -> None:
        """Play one process; a subclass can wrap it. Adds up its time when `timing` is a dictionary."""
        if self.timing is None:
            process.rule(self.state, p, draw)
            return
        begun = perf_counter()
        process.rule(self.state, p, draw)
        self.timing[process.name] = self.timing.get(process.name, 0.0) + perf_counter() - begun

    def run_to(self, year: int) -> None:
        """Play through the autumn of a calendar year."""
        while self.coming.year <= year:
            self.step()

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

    def branch(self, design: Design) -> Self:
        """A model of its own that goes on from here under another design; this one is left as it is."""
        twin = object.__new__(type(self))
        mesa.Model.__init__(twin, rng=self.streams.seed)
        twin.__dict__.update(
            {name: value for name, value in self.__dict__.items() if name not in twin.__dict__}
        )
        twin.design = design
        twin.state = self.state.copy()
        twin._parameters = {}
        twin.steps, twin.running = self.steps, self.running
        twin.census = Census(twin, KINDS)
        return twin


def _accepted(given: Mapping[str, Value], registry: Registry) -> dict[str, Value]:
    """Values of parameters as they are declared; those that are not are refused."""
    return {name: accept(registry.find(name), value) for name, value in given.items()}


def _read(registers: Registers | Path | str | None) -> Registers | None:
    if registers is None or not isinstance(registers, (str, Path)):
        return registers
    from sim.world.registers import Registers as Files  # read only where a user brings registers

    return Files.read(Path(registers))
