"""A design: the policy that a world is played under, as levers dated by year."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TypeAlias

from sim.errors import InputError
from sim.legible import illegible
from sim.parameters.declaration import Value
from sim.parameters.registry import Parameters, Registry, made_once

Steps: TypeAlias = tuple[tuple[int, Value], ...]  # (first year, value), in order of years

FIRST_YEAR = 2005  # no design, draw or run reaches further back
LAST_YEAR = 2060  # or further ahead
DECISION_YEAR = 2026  # history ends with 2025: what is decided anew takes effect here unless a year is given


def override(base: Steps, changes: Steps) -> Steps:
    """Steps of which `changes` replaces everything from its first year on.

    A step that brings no change is left out, so that equal policies have equal steps.
    """
    if not changes:
        return base
    joined = [step for step in base if step[0] < changes[0][0]]
    for year, value in changes:
        if not joined or joined[-1][1] != value:
            joined.append((year, value))
    return tuple(joined)


@dataclass(frozen=True)
class Design:
    """One policy from the first year to the last, what it is called, and what it assumes.

    Attributes
    ----------
    key : str
        Short name: the scenario file's name without its ending.
    title, description, expected : mapping from language ("en", "nb") to text
        `expected` says who expects what of the design.
    author, source : str
        Who wrote the file, and where the proposal is made.
    extends : str or None
        Key of the design that this one changes.
    file : str or None
        Where it was read from.
    levers : mapping from lever or dated fact to steps
        For each lever or dated fact named anywhere in the chain of files, (first year, value) in order of years. The value
        of the latest step that has begun holds; before the first one the declaration's default.
    assumptions : mapping from uncertain or fixed parameter to value
        Undated: they hold for the whole run, in place of what the world draws from the prior.
    """

    key: str
    title: Mapping[str, str] = field(default_factory=dict, hash=False)
    description: Mapping[str, str] = field(default_factory=dict, hash=False)
    author: str = ""
    source: str = ""
    extends: str | None = None
    file: str | None = None
    levers: Mapping[str, Steps] = field(default_factory=dict, hash=False)
    assumptions: Mapping[str, Value] = field(default_factory=dict, hash=False)
    expected: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for text in self._texts():
            if (sign := illegible(text)) is not None:
                raise InputError(
                    f"the design '{self.key}' has a text with a sign that can't be shown ({sign})"
                )

    def _texts(self) -> Iterator[str]:
        """All that is shown of it to readers."""
        yield from (self.key, self.author, self.source)
        for said in (self.title, self.description, self.expected):
            yield from said.values()

    def values_in(self, year: int) -> dict[str, Value]:
        """The parameters set by this design in a year: levers that have begun, and all assumptions."""
        values = dict(self.assumptions)
        for name, steps in self.levers.items():
            for first, value in steps:
                if first <= year:
                    values[name] = value
        return values

    def value(self, name: str, year: int, registry: Registry) -> Value:
        """One parameter's value in a year, the declaration's default where the design says nothing.

        Raises `InputError` if there is no such parameter.
        """
        return self.values_in(year).get(name, registry.find(name).default)

    @cached_property
    def _years_of_change(self) -> tuple[int, ...]:
        return tuple(sorted({year for steps in self.levers.values() for year, _ in steps}))

    def years_of_change(self) -> frozenset[int]:
        """The years in which any lever takes a step."""
        return frozenset(self._years_of_change)

    def as_since(self, year: int) -> int:
        """The year of the latest step that has begun: since then all values are those of `year`."""
        begun = bisect_right(self._years_of_change, year)
        return self._years_of_change[begun - 1] if begun else FIRST_YEAR

    def differences_in(self, other: Design, year: int, registry: Registry) -> list[str]:
        """Names of the parameters that differ between two designs in a year, defaults filled in, sorted."""
        mine, theirs = self.values_in(year), other.values_in(year)
        return sorted(
            name
            for name in mine.keys() | theirs.keys()
            if mine.get(name, registry.find(name).default) != theirs.get(name, registry.find(name).default)
        )

    def parts_from(self, other: Design, registry: Registry) -> int | None:
        """First year in which the values of two designs differ, None if they never do.

        Designs that disagree on an assumption part ways from the start, in `FIRST_YEAR`.
        """
        if other is self:
            return None
        for year in sorted({FIRST_YEAR} | self.years_of_change() | other.years_of_change()):
            if self.differences_in(other, year, registry):
                return year
        return None

    def with_levers(self, values: Mapping[str, Value], from_year: int) -> Design:
        """The same design with levers set from a year on, for good: later steps are dropped.

        Values must be of their declarations' kinds; `sim.scenario_files.apply` takes what people write.
        """
        levers = dict(self.levers)
        for name, value in values.items():
            levers[name] = override(levers.get(name, ()), ((from_year, value),))
        return replace(self, levers=dict(sorted(levers.items())))

    def with_assumptions(self, values: Mapping[str, Value]) -> Design:
        """The same design with uncertain or fixed parameters set for the whole run."""
        dated = {name: steps for name, steps in self.levers.items() if name not in values}
        return replace(self, levers=dated, assumptions=dict(sorted({**self.assumptions, **values}.items())))

    def digest(self) -> str:
        """SHA-256, in hexadecimal, of what the model sees of the design: key, levers and assumptions."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        content = {
            "key": self.key,
            "levers": {
                name: [[y, plain(value)] for y, value in steps] for name, steps in self.levers.items()
            },
            "assumptions": {name: plain(value) for name, value in self.assumptions.items()},
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def in_force(
    registry: Registry, design: Design, year: int, assumptions: frozenset[tuple[str, Value]]
) -> Parameters:
    """The parameters of a calendar year under a design, whose own values go before the `assumptions`."""
    return _in_force_since(registry, design, design.as_since(year), assumptions)


@lru_cache(maxsize=64)
def _in_force_since(
    registry: Registry, design: Design, year: int, assumptions: frozenset[tuple[str, Value]]
) -> Parameters:
    return made_once(registry, frozenset({**dict(assumptions), **design.values_in(year)}.items()))


def plain(value: Value) -> bool | int | float | str | list[object]:
    """A parameter's value as JSON and YAML know it: names for choices, lists for tuples."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return str(value)  # of a choice, its word
    kept: bool | int | float | str = value
    return kept
