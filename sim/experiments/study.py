"""What a study is: some designs, the worlds they are played in, and the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from numbers import Integral
from pathlib import Path

import numpy as np

from sim.arrays import Ints
from sim.design import Design
from sim.errors import InputError
from sim.experiments.instruments import Instruments, national_model
from sim.experiments.parameter_draws import WORLDS_PER_DRAW, FromPriors, ParameterSource, draw_of
from sim.experiments.places import Places, least_told, places_of
from sim.experiments.play import Job
from sim.experiments.structures import Structure, under
from sim.experiments.theory_split import Twins
from sim.parameters.registry import Registry
from sim.settings import MOST_WORLDS, check_lang, check_number, check_world
from sim.world.registers import Registers

DETAILED_WORLDS = 1  # whose state is kept, unless asked for otherwise: some 100 MB of memory each
LONGEST_NAME = 120  # letters of a folder named after its designs
RESULTS = Path("results")


@dataclass(frozen=True)
class Study:
    """Designs to be played in the same worlds.

    Attributes
    ----------
    designs : tuple of Design
        As they are played, with `levers` and `assumptions` set. The first is the baseline; their keys are different.
    worlds : int
        Number of worlds, each with its own luck.
    worlds_per_draw : int
        Worlds that share one draw of the uncertain parameters, from the eleventh on (`parameter_draws.draw_of`).
        With two or more, luck and ignorance of the parameters can be told apart.
    structures : tuple of Structure
        Alternative structures of the model that the designs are compared under too.
    start, end : int
        First and last calendar year.
    scale : float
        Share of the country.
    detail : int
        Worlds, the first ones, of which every municipality's and school's state is kept.
    levers, assumptions : mapping
        What was set for all designs, as it was given; told in the manifest.
    named : tuple of str or None
        How each design was asked for; None if it was handed over as an object.
    asked : str, optional
        The command that the study answers, if it is neither `run` nor `compare`.
    registers : Path, optional
        Folder of register files.
    single_places : bool
        Whether single municipalities and schools of a user's register are told of.
    passing : tuple of str
        Tables of single municipalities that the study needs itself; where they may not be told they are taken away again.
    instruments : callable
        Gives the model and its observers; a function of a module, so that a worker can find it.
    source : ParameterSource, optional
        Where worlds get their uncertain parameters from; by default from the priors.
    drawn : str, optional
        How that source was asked for.
    without : Design, optional
        Played along as a yardstick (`sim.experiments.yardstick`); none of the designs, and in no pair.
    twins : Twins, optional
        Played too in the first worlds, to split what the designs fall short of (`sim.experiments.shortfall`).
    """

    designs: tuple[Design, ...]
    worlds: int = 40
    seed: int = 2026
    start: int = 2017
    end: int = 2034
    scale: float = 1.0
    detail: int = DETAILED_WORLDS
    levers: Mapping[str, object] | None = None
    assumptions: Mapping[str, object] | None = None
    named: tuple[str | None, ...] = ()
    asked: str | None = None
    registers: Path | None = None
    single_places: bool = False
    passing: tuple[str, ...] = ()
    lang: str = "nb"
    instruments: Callable[[], Instruments] = national_model
    source: ParameterSource | None = None
    worlds_per_draw: int = WORLDS_PER_DRAW
    structures: tuple[Structure, ...] = ()
    drawn: str | None = None
    without: Design | None = None
    twins: Twins | None = None

    def __post_init__(self) -> None:
        check_world(self.seed, self.start, self.end, self.scale)
        check_number("worlds", self.worlds, Integral, 1, MOST_WORLDS)
        check_number("worlds_per_draw", self.worlds_per_draw, Integral, 1, MOST_WORLDS)
        check_number("detail", self.detail, Integral, 0, MOST_WORLDS)
        check_lang(self.lang)
        check_keys(self.designs)

    @property
    def keys(self) -> tuple[str, ...]:
        """What the designs are called in the tables."""
        return tuple(design.key for design in self.designs)

    @cached_property
    def parting(self) -> int:
        """First year played under each design apart."""
        return parting_year(self.designs, self.instruments().registry, self.start, self.end)

    @cached_property
    def country(self) -> Registers | None:
        """The user's register files, read and checked once for all worlds."""
        return None if self.registers is None else Registers.read(self.registers)

    @property
    def places(self) -> Places:
        """Which places are told of."""
        return places_of(self.country, single_places=self.single_places)

    @property
    def parameters(self) -> ParameterSource:
        """Where worlds get their uncertain parameters from."""
        return self.source or FromPriors(self.instruments().registry, self.seed)

    @property
    def draws(self) -> Ints:
        """Number of each world's draw of the uncertain parameters; shape (worlds,)."""
        return draw_of(np.arange(self.worlds), self.worlds_per_draw)

    def jobs(self) -> list[Job]:
        """The worlds to be played, in order."""
        parting = self.parting
        registers = self.country
        least = least_told(registers, self.scale, single_places=self.single_places)
        return [
            Job(
                world=world,
                seed=self.seed,
                designs=self.designs,
                start=self.start,
                parting=parting,
                end=self.end,
                scale=self.scale,
                values=self.parameters.values(draw_of(world, self.worlds_per_draw)),
                registers=registers,
                detail=world < self.detail,
                hidden=least > 0,
                passing=self.passing,
                instruments=self.instruments,
                without=self.without,
                twins=self.twins.designs if self.twins is not None and world < self.twins.worlds else (),
                tested=self.twins.schemes if self.twins is not None else frozenset(),
            )
            for world in range(self.worlds)
        ]

    def all_jobs(self) -> list[Job]:
        """These; behind them the same under one alternative structure of the model after the other.

        Worlds in which twins play too change places with as many of the next, so that first answers are there sooner.
        """
        own, registry = self.jobs(), self.instruments().registry
        n = 2 * sum(bool(job.twins) for job in own)
        return (
            sorted(own[:n], key=lambda job: bool(job.twins))
            + own[n:]
            + [
                replace(job, designs=designs, detail=False, without=None, twins=(), outcomes_only=True)
                for designs in (under(self.designs, structure, registry) for structure in self.structures)
                for job in own
            ]
        )

    def check_parting(self) -> None:
        """Refuse designs that are the same as another as long as the study goes on."""
        registry = self.instruments().registry
        for one, other in combinations(self.designs, 2):
            parts = one.parts_from(other, registry)
            if parts is None or parts > self.end:
                until = "throughout" if parts is None else f"until {parts}"
                raise InputError(
                    f"'{one.key}' and '{other.key}' are the same {until}; nothing to compare up to {self.end}",
                    field="designs",
                )

    def folder(self) -> Path:
        """Where the results go if no place is named: in `results/`, called after the designs."""
        return RESULTS / "-vs-".join(self.keys)[:LONGEST_NAME]


def check_keys(designs: Sequence[Design]) -> None:
    """Refuse two designs of one name."""
    keys = [design.key for design in designs]
    for key in keys:
        if keys.count(key) > 1:
            raise InputError(
                f"two designs are called '{key}'; their results could not be told apart", field="designs"
            )


def parting_year(designs: Sequence[Design], registry: Registry, start: int, end: int) -> int:
    """The first year of a run in which any design differs from the first one; `start` if none does before it ends."""
    found = [designs[0].parts_from(other, registry) for other in designs[1:]]
    within = [max(year, start) for year in found if year is not None and year <= end]
    return min(within, default=start)
