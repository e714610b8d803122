"""An experiment: which designs, with which levers, under which draws of the parameters, in which worlds, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from pathlib import Path

from sim.design import DECISION_YEAR, Design, plain
from sim.errors import InputError
from sim.experiments.parameter_draws import draw_of, draws_behind, worlds_behind
from sim.experiments.structures import STANDARD, STRUCTURES
from sim.experiments.study import parting_year
from sim.outcomes.outcome import Outcome
from sim.parameters.declaration import Value
from sim.parameters.registry import Registry
from sim.scenario_files import apply
from sim.settings import check_runs
from sim.sweeps.contrast import Contrast
from sim.sweeps.draws import Method, ParameterBlock, check_sobol, drawn, most_draws
from sim.sweeps.kept import Kept
from sim.sweeps.point import Point

STRUCTURE = "structure"  # the column that tells under which structure of the model a run was played
GRID, ONE_BY_ONE, TOGETHER = "grid", "one_by_one", "together"
COMBINE = (GRID, ONE_BY_ONE, TOGETHER)
MOST_VARIANTS = 10_000
WORLDS, START, END = 20, 2017, 2034  # unless the file says otherwise


@dataclass(frozen=True)
class Variant:
    """A design with levers set, under a structure of the model that stands among them."""

    design: Design
    base: str
    levers: Mapping[str, Value]


@dataclass(frozen=True)
class Experiment:
    """What a sweep plays.

    Attributes
    ----------
    designs : tuple of Design
        Before the levers are set; the others are held against the first.
    levers : mapping from lever (or `lever@year`) to values
        The values that are tried.
    from_year : int
        Year from which levers without a year hold.
    combine : str
        "grid": every combination; "one_by_one": one lever at a time, the others as in the design; "together": the first
        values of all, the second values of all, and so on.
    assumptions : mapping
        Parameters held at a value in all runs.
    structures : tuple of str
        Alternative structures of the model, by key, under which everything is played beside the model as it is.
    method : Method or None
        How draws of the uncertain parameters are made; by default as for a comparison: the accepted posterior where there is
        one that fits the model, else the priors.
    draws : int or None
        With a number, so many draws are made and each is played in every world. Without one, each world has its own.
    worlds_per_draw : int
        Without a number of draws: worlds that share a draw, from the eleventh on (`parameter_draws.draw_of`). One,
        because what hangs on parameters shows best over many draws; with two, as in a comparison, luck and ignorance of the
        parameters can be told apart. The first ten worlds are the same either way.
    draw_seed : int or None
        Seed of the draws; by default the experiment's.
    vary : tuple of str
        Parameters that are drawn; all uncertain ones if empty.
    posterior : str or None
        File of posterior draws, for that method.
    figures : tuple of str
        Figures that are kept.
    contrast : Contrast or None
        The difference that matters.
    precision : float or None
        How wide the contrast's interval may be.
    at_most : int or None
        Worlds that may be played to get there.
    """

    name: str
    designs: tuple[Design, ...]
    figures: tuple[str, ...]
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    source: str = ""
    levers: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    from_year: int = DECISION_YEAR
    combine: str = GRID
    assumptions: Mapping[str, Value] = field(default_factory=dict)
    structures: tuple[str, ...] = ()
    method: Method | None = None
    draws: int | None = None
    draw_seed: int | None = None
    vary: tuple[str, ...] = ()
    posterior: str | None = None
    worlds: int = WORLDS
    worlds_per_draw: int = 1
    seed: int = 2026
    start: int = START
    end: int = END
    scale: float = 1.0
    registers: Path | None = None
    contrast: Contrast | None = None
    precision: float | None = None
    at_most: int | None = None

    @property
    def own_draws(self) -> bool:
        """Whether each world has its own draw of the parameters (or none), so that more worlds tell more of everything."""
        return self.draws is None

    @property
    def runs(self) -> int:
        """How many runs it is."""
        return self.n_variants * (self.draws or 1) * self.worlds

    @property
    def n_variants(self) -> int:
        """How many designs as played there are: combinations of levers, designs, structures of the model."""
        return len(self.combinations()) * len(self.designs) * (1 + len(self.structures))

    def combinations(self) -> list[dict[str, Value]]:
        """The settings of the levers, in order; one empty one if there are no levers."""
        names, lists = list(self.levers), list(self.levers.values())
        if not names:
            return [{}]
        if self.combine == TOGETHER:
            return [dict(zip(names, values, strict=True)) for values in zip(*lists, strict=True)]
        if self.combine == ONE_BY_ONE:
            return [{name: value} for name, values in self.levers.items() for value in values]
        return [dict(zip(names, values, strict=True)) for values in product(*lists)]

    def variants(self, registry: Registry) -> list[Variant]:
        """The designs as they are played: structure by structure, combination by combination, design by design."""
        assumed = {one.key: one.assumptions for one in STRUCTURES if one.key in self.structures}
        return [
            _variant(design, levers, structure, self.from_year, {**self.assumptions, **values}, registry)
            for structure, values in ({STANDARD: {}, **assumed} if assumed else {"": {}}).items()
            for levers in self.combinations()
            for design in self.designs
        ]

    def parting(self, registry: Registry) -> int:
        """First year in which any two of the variants differ."""
        return parting_year([v.design for v in self.variants(registry)], registry, self.start, self.end)

    def kept(self, registry: Registry, outcomes: Sequence[Outcome]) -> Kept:
        """What is kept of every run."""
        variants = self.variants(registry)
        designs = [variant.design for variant in variants]
        kept = Kept.of(
            self.figures, outcomes, parting_year(designs, registry, self.start, self.end)
        ).with_reference(designs[: len(self.designs)])
        kept.check_years(self.start, self.end)
        return kept

    def most_worlds(self, registry: Registry) -> int | None:
        """In how many worlds it can be played, where each has a draw of its own; None where there is no end to them."""
        most = most_draws(self.method, registry, self._seed_of_draws, self.posterior)
        return most and worlds_behind(most, self.worlds_per_draw)

    @property
    def _seed_of_draws(self) -> int:
        return self.seed if self.draw_seed is None else self.draw_seed

    def points(self, registry: Registry) -> Points:
        """Everything that is to be played, made when asked for."""
        n = draws_behind(self.worlds, self.worlds_per_draw) if self.draws is None else self.draws
        block = drawn(self.method, registry, self._seed_of_draws, n, self.vary, self.posterior)
        return Points(self, self.variants(registry), block)


class Points(Sequence[Point]):
    """An experiment's points: draw by draw, world by world, combination by combination, design by design."""

    def __init__(self, experiment: Experiment, variants: Sequence[Variant], block: ParameterBlock) -> None:
        self.experiment, self.variants, self.block = experiment, variants, block

    def __len__(self) -> int:
        return len(self.variants) * (self.experiment.draws or 1) * self.experiment.worlds

    def __getitem__(self, number: int) -> Point:  # type: ignore[override]  # slices are not asked for
        if not 0 <= number < len(self):
            raise IndexError(number)
        e = self.experiment
        unit, which = divmod(number, len(self.variants))
        draw, world = (draw_of(unit, e.worlds_per_draw), unit) if e.own_draws else divmod(unit, e.worlds)
        variant = self.variants[which]
        return Point(
            design=variant.design, values=self.block.values(draw), world=world, seed=e.seed, start=e.start,
            end=e.end, scale=e.scale, draw=draw, base=variant.base, levers=variant.levers,
            registers=e.registers,
        )  # fmt: skip


def _variant(
    design: Design,
    levers: Mapping[str, Value],
    structure: str,
    from_year: int,
    assumptions: Mapping[str, Value],
    registry: Registry,
) -> Variant:
    dated = {name if "@" in name else f"{name}@{from_year}": value for name, value in levers.items()}
    played = apply(design, dated, assumptions, registry)
    labels: Mapping[str, Value] = {**levers, STRUCTURE: structure} if structure else levers
    if labels:
        told = ", ".join(f"{name}={_written(value)}" for name, value in labels.items())
        played = replace(played, key=f"{design.key} ({told})")
    return Variant(played, design.key, labels)


def _written(value: Value) -> str:
    given = plain(value)
    return given if isinstance(given, str) else json.dumps(given)


def check(experiment: Experiment, registry: Registry, outcomes: Sequence[Outcome]) -> None:
    """Refuse what only the whole can tell: too many variants, designs of one name, contrasts of what is not there.

    Raises
    ------
    InputError
    """
    keys = [design.key for design in experiment.designs]
    for key in keys:
        if keys.count(key) > 1:
            raise InputError(f"designs: two are called '{key}'", field="designs")
    lengths = [len(values) for values in experiment.levers.values()]
    if experiment.combine == TOGETHER and len(set(lengths)) > 1:
        raise InputError("combine: to be set together, levers need equally many values", field="combine")
    if experiment.combine == GRID and prod(lengths) > MOST_VARIANTS:
        raise InputError(
            f"levers: {prod(lengths)} combinations; at most {MOST_VARIANTS} can be played", field="levers"
        )
    check_runs(
        experiment.runs,
        f"{experiment.n_variants} variants with {experiment.draws or 'own'} draws "
        f"in {experiment.worlds:,} worlds",
    )
    experiment.kept(registry, outcomes)
    if experiment.method in (Method.SOBOL, Method.LATIN_HYPERCUBE) and experiment.draws is None:
        raise InputError(f"parameters: {experiment.method} needs a number of draws", field="parameters")
    if experiment.draws is not None and experiment.worlds_per_draw > 1:
        raise InputError(
            "worlds_per_draw: with a number of draws, each is played in every world", field="worlds_per_draw"
        )
    if experiment.method is Method.SOBOL:
        check_sobol(experiment.draws or 0)
    if experiment.contrast is not None:
        _check_contrast(experiment.contrast, keys, experiment.figures)


def _check_contrast(contrast: Contrast, designs: Sequence[str], figures: Sequence[str]) -> None:
    for key in (contrast.design, contrast.versus):
        if key not in designs:
            known = ", ".join(designs)
            raise InputError(f"contrast: '{key}' is none of the designs ({known})", field="contrast")
    if contrast.design == contrast.versus:
        raise InputError("contrast: a design does not differ from itself", field="contrast")
    if contrast.figure not in figures:
        known = ", ".join(figures)
        raise InputError(f"contrast: '{contrast.figure}' is not kept; kept are {known}", field="contrast")
