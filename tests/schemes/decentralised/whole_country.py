"""A small part of the country played under variants of a design, each variant once for each world."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sim.declared import REGISTRY
from sim.design import Design
from sim.half_year import Season
from sim.model import SchemeModel
from sim.parameters.declaration import Value
from sim.scenario_files import load_design
from sim.state import State

START = 2017


@lru_cache
def base(name: str) -> Design:
    return load_design(name, REGISTRY)


def variant(name: str = "voluntary", **values: Value) -> Design:
    """A design of `scenarios/` with levers set for good and assumptions made, with two underscores for the last dot and one
    for the others: `decentralised_forum__power=1.0`.
    """
    by_key = {f"{d.group.key.replace('.', '_')}__{d.field}": d for d in REGISTRY.by_name.values()}
    given = {by_key[key].name: value for key, value in values.items()}
    levers = {key: value for key, value in given.items() if REGISTRY.find(key).by_year}
    rest = {key: value for key, value in given.items() if key not in levers}
    return base(name).with_levers(levers, 2005).with_assumptions(rest)


def world(design: Design, number: int = 0, scale: float = 0.15, start: int = START) -> SchemeModel:
    return SchemeModel(design, rng=11, world=number, scale=scale, start=start)


def played(design: Design, number: int, year: int, scale: float = 0.15, start: int = START) -> State:
    """The state at the end of a year."""
    model = world(design, number, scale, start)
    model.run_to(year)
    return model.state


def autumns(design: Design, number: int, year: int, scale: float = 0.15) -> Iterator[State]:
    """The state after each autumn up to a year: one object, which moves on."""
    model = world(design, number, scale)
    while model.coming.year <= year:
        model.step()
        if model.state.now.season is Season.AUTUMN:
            yield model.state
