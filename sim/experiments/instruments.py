"""What an experiment plays with: the model, what is measured of it, and what it declares.

The rest of the experiments knows the model only through this, so that tests can hand in a toy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, Self

from sim.arrays import AnyArray, Floats
from sim.design import Design
from sim.half_year import HalfYear, Season
from sim.outcomes.outcome import Outcome
from sim.parameters.registry import Parameters, Registry
from sim.randomness import Streams
from sim.state import State
from sim.state.identity import CODE
from sim.world.place_names import PlaceNames

if TYPE_CHECKING:
    from sim.plugins import Named, Plugin, Source

DRAWS, FOLLOWED = "draws", "theory"
"""Events that the experiments themselves need: who is drawn, and how far along the programme theories a world is."""


class Playable(Protocol):
    """A world that can be played on, half-year by half-year, and branched."""

    state: State
    streams: Streams
    places: PlaceNames

    @property
    def p(self) -> Parameters:
        """The parameters of the half-year last played (of the first one, before any)."""

    @property
    def now(self) -> HalfYear | None:
        """The half-year last played, None before the first."""

    def step(self) -> None:
        """Play a half-year."""

    def branch(self, design: Design) -> Self:
        """A world of its own with the same state, which goes on under another design."""


@dataclass(frozen=True)
class EventTable:
    """Things noted down in the half-year in which they happen, one row each.

    Attributes
    ----------
    read : callable
        From the world as it stands, only read, to the half-year's rows: columns of equal length; none, or without rows, in
        most half-years.
    rows_are : str
        What one row stands for.
    columns : mapping from column to (unit, meaning)
        A name with parts in angle brackets stands for several columns.
    detailed : bool
        Whether it is costly and noted down only in the worlds that are kept in detail.
    words : callable
        Gives the words of the columns that `read` gives by the numbers of their words.
    in_place_of_single : bool
        Whether it is noted down only where nothing is told of single municipalities.
    counted : str
        Column with the number of municipalities that a row stands for, if it has one.
    ends : callable, optional
        As `read`, of the results and goals of some schemes alone: what twins are judged by.
    bare : callable, optional
        As `read`, of the columns alone that the experiments themselves need: for worlds of which no table is kept.
    """

    read: Callable[[Playable], Mapping[str, AnyArray]]
    rows_are: str
    columns: Mapping[str, tuple[str, str]]
    detailed: bool = False
    words: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    in_place_of_single: bool = False
    counted: str = ""
    ends: Callable[[Playable, frozenset[str]], Mapping[str, AnyArray]] | None = None
    bare: Callable[[Playable], Mapping[str, AnyArray]] | None = None

    def bared(self) -> EventTable:
        """The table as it is read where none is kept."""
        return self if self.bare is None else replace(self, read=self.bare)

    @property
    def of_single(self) -> bool:
        """Whether its rows are of single municipalities."""
        return any(unit == CODE for unit, _ in self.columns.values())

    def sentence(self, column: str) -> tuple[str, str]:
        """Unit and meaning of a column; empty if it is not declared."""
        if column in self.columns:
            return self.columns[column]
        for name, sentence in self.columns.items():
            if "<" in name and re.fullmatch(re.sub("<.*?>", ".+", name), column):
                return sentence
        return "", ""


@dataclass(frozen=True)
class Instruments:
    """The model and its observers.

    Attributes
    ----------
    model : callable
        Makes a world: `model(design, rng=, world=, start=, scale=, assumptions=, registers=)`.
    outcomes : tuple of Outcome
        What is measured in each half-year.
    events : mapping from table to EventTable
        "draws" among them, with the columns `drawn` and `successor`, tells who is in the groups of the picked.
    true_need : callable
        How much each municipality needs to be followed up, shape (municipalities,); more is worse.
    plugins : mapping from source to Plugin
        What is added to the model from outside.
    """

    registry: Registry
    model: Callable[..., Playable]
    outcomes: tuple[Outcome, ...]
    events: Mapping[str, EventTable]
    true_need: Callable[[State, Parameters], Floats]
    plugins: Mapping[Source, Plugin] = field(default_factory=dict)


def with_plugins(
    plugins: Iterable[Named], otherwise: Callable[[], Instruments] | None = None
) -> Callable[[], Instruments]:
    """Gives the model that comes with this package with plug-ins; goes to workers with the plug-ins' texts.

    Parameters
    ----------
    otherwise : callable, optional
        What to give if no plug-ins are named; by default that model as it is.
    """
    from sim.plugins import found

    sources = found(plugins)
    return partial(national_model, sources) if sources else otherwise or national_model


def national_model(plugins: tuple[Source, ...] = ()) -> Instruments:
    """The model that comes with this package, with the plug-ins given. Imports all of it."""
    from sim.declared import declared
    from sim.network import measures as network
    from sim.one_world import World
    from sim.schemes.follow_up import draw_groups
    from sim.schemes.follow_up.draw_record import RECORD_COLUMNS, draw_record, fate
    from sim.schemes.follow_up.true_need import true_need
    from sim.surveys import survey
    from sim.theory import observer as theory

    everything = declared(plugins)

    def drawn(model: Playable) -> Mapping[str, AnyArray]:
        # Draws are held in spring; the register of the draw lies open until the year is over.
        return draw_record(model.state) if model.state.now.season is Season.SPRING else {}

    def bare(model: Playable) -> Mapping[str, AnyArray]:
        return fate(model.state) if model.state.now.season is Season.SPRING else {}

    def drawn_by_group(model: Playable) -> Mapping[str, AnyArray]:
        spring = model.state.now.season is Season.SPRING
        return draw_groups.draw_by_group(model.state, model.places) if spring else {}

    asked = survey.by_half_year(everything.items)

    def answered(model: Playable) -> Mapping[str, AnyArray]:
        return survey.ask(model.state, model.p, model.streams, asked.get(model.state.now, ()))

    events = {
        DRAWS: EventTable(drawn, "one municipality in one draw", RECORD_COLUMNS, bare=bare),
        "draws_by_group": EventTable(
            drawn_by_group, draw_groups.ROWS_ARE, draw_groups.COLUMNS, in_place_of_single=True
        ),
        "surveys": EventTable(answered, survey.ROWS_ARE, survey.COLUMNS),
        FOLLOWED: EventTable(
            lambda model: theory.follow(model.state, model.p),
            theory.ROWS_ARE,
            theory.COLUMNS,
            words=theory.words,
            counted="n",
            ends=lambda model, schemes: theory.follow(model.state, model.p, schemes),
        ),
        "graph": EventTable(
            lambda model: network.measure(model.state), network.ROWS_ARE, network.COLUMNS, detailed=True
        ),
    }
    return Instruments(
        everything.registry, partial(World, plugins=plugins), everything.outcomes, events, true_need,
        everything.plugins,
    )  # fmt: skip
