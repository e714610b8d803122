"""`World`: one world under one design, played half-year by half-year. What studies play: it knows nothing of agents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Self

from sim.declared import declared
from sim.design import Design, in_force
from sim.errors import raise_unsound
from sim.half_year import HalfYear, Season
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry, accept
from sim.plugins import Named, found
from sim.processes import state_control
from sim.processes.measurement import past_years
from sim.processes.process import Process
from sim.processes.schooling import settle
from sim.randomness import Draws, Streams
from sim.rules import plainly, warming
from sim.scenario_files import load_design
from sim.school_year import order
from sim.settings import USUAL_START
from sim.state.places import Municipalities
from sim.state.schools import Schools, Teachers, staff_out_of_place
from sim.world.place_names import PlaceNames
from sim.world.synthetic import build

if TYPE_CHECKING:
    from sim.world.registers import Registers

SET_UP = 0  # the moment of draws that make the world


class World:
    """One world under one design. `sim.model.SchemeModel` is the same as a Mesa model, and tells what the settings are.

    Parameters
    ----------
    rng : int
        The experiment's seed.

    Raises
    ------
    InputError
        If a parameter or its value is none that the model knows.
    """

    def __init__(
        self,
        design: Design | str | Path,
        *,
        rng: int,
        world: int = 0,
        start: int = USUAL_START,
        scale: float = 1.0,
        assumptions: Mapping[str, Value] | None = None,
        registers: Registers | Path | str | None = None,
        plain: bool | None = None,
        plugins: Iterable[Named] = (),
    ) -> None:
        self.declared = declared(found(plugins))
        given = _accepted(assumptions or {}, self.declared.registry)
        self.design = self._read_design(design)
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
        self.state = build(self.streams, p, first, files, scale, plain)
        settle(self.state, p)
        state_control.begin(self.state, p, self.streams.at(SET_UP))
        past_years(self.state, p, self.streams.at, start)
        for scheme in self.declared.schemes:
            scheme.set_up(self.state, p, self.streams.at(SET_UP))
        if self.declared.plugins:
            self._check("what plug-ins add")
        if files is not None:  # what registers tell of owners stands, whatever a scheme makes of it
            owners = self.state[Municipalities]
            told = files.in_year(start).fill("municipalities", "competence", owners.id, owners.competence)
            owners.competence[:] = told

    def parameters(self, year: int) -> Parameters:
        """All parameters as they stand in a calendar year."""
        since = self.design.as_since(year)
        if since not in self._parameters:
            given = frozenset(self.assumptions.items())
            self._parameters[since] = in_force(self.declared.registry, self.design, since, given)
        return self._parameters[since]

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
        play, plugged_in = self.play, self.declared.plugged_in
        for _, process in order(self.coming.season, self.declared.schemes):
            play(process, p, draw)
            if process.name in plugged_in:
                self._check(f"the process '{process.name}' of a plug-in")
        self.coming = self.coming.next()

    def _check(self, who: str) -> None:
        """Refuse a world that a plug-in has put out of what is declared, before compiled rules walk through it."""
        found = self.state.breaches() or staff_out_of_place(self.state[Schools], self.state[Teachers])
        raise_unsound(found, f"{who} put the world out of what is declared in {self.state.now}")

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

    def branch(self, design: Design | str | Path) -> Self:
        """One of its own that goes on from here under another design; this one is left as it is.

        Parameters
        ----------
        design : Design, str or Path
            As for a new world: the design, or its name in `scenarios/` or its file.

        Raises
        ------
        InputError
            If there is no such design.
        """
        design = self._read_design(design)
        twin = self._twin()
        vars(twin).update({name: value for name, value in vars(self).items() if name not in vars(twin)})
        twin.design = design
        twin.state = self.state.copy()
        twin._parameters = {}
        return twin

    def _read_design(self, design: Design | str | Path) -> Design:
        return load_design(design, self.declared.registry) if isinstance(design, (str, Path)) else design

    def _twin(self) -> Self:
        return object.__new__(type(self))


def _accepted(given: Mapping[str, Value], registry: Registry) -> dict[str, Value]:
    """Values of parameters as they are declared; those that are not are refused."""
    return {name: accept(registry.find(name), value) for name, value in given.items()}


def _read(registers: Registers | Path | str | None) -> Registers | None:
    if registers is None or not isinstance(registers, (str, Path)):
        return registers
    from sim.world.registers import Registers as Files  # read only where a user brings registers

    return Files.read(Path(registers))
