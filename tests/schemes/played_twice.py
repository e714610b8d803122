"""The frame of the tests that no mechanism is one in name only: a country is played twice in the same luck, with one thing
changed.

A scheme's own test says which country is played, and which outcomes rise with which parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from sim.arrays import AnyArray
from sim.parameters.declaration import Declaration, Value
from sim.state import State, Table

WORLDS = range(3)

Columns: TypeAlias = dict[str, AnyArray]
Setting: TypeAlias = dict[str, Value]
"""Parameters by name with underscores for dots, as `key` makes it."""

Mechanism: TypeAlias = tuple[str, str, str, Value, Value, Setting]
"""Mechanism, outcome that rises, parameter, from, to, in which setting."""


class Country:
    """A country that can be played again with other parameters.

    Parameters
    ----------
    play : function
        `play(world, **values)` yields the state after each half-year; it may be one object that moves on.
    observed : table classes
        Tables whose columns are compared.
    remembered : int
        Courses kept in memory.
    """

    def __init__(
        self, play: Callable[..., Iterator[State]], observed: tuple[type[Table], ...], remembered: int = 64
    ) -> None:
        self.play = play
        self.observed = observed
        self.course = lru_cache(maxsize=remembered)(self._course)

    def columns(self, state: State) -> Columns:
        """Every column observed, by table and name; the arrays themselves."""
        return {
            f"{kind.__name__}.{name}": values
            for kind in self.observed
            for name, values in state[kind].arrays().items()
        }

    def _course(self, world: int, **values: Value) -> tuple[Columns, ...]:
        return tuple(
            {name: column.copy() for name, column in self.columns(state).items()}
            for state in self.play(world, **values)
        )

    def total(self, outcome: str, **values: Value) -> float:
        """An outcome summed over rows, half-years and worlds."""
        return float(
            sum(moment[outcome].sum() for world in WORLDS for moment in self.course(world, **values))
        )

    def rises(self, mechanism: Mechanism) -> bool:
        """Whether the outcome is greater with the parameter's second value than with its first."""
        _, outcome, parameter, less, more, setting = mechanism
        return self.total(outcome, **{**setting, parameter: more}) > self.total(
            outcome, **{**setting, parameter: less}
        )

    def moves(self, world: int, setting: Setting, declaration: Declaration) -> bool:
        """Whether a value at either end of the bounds, or another choice, makes another course than the value assumed."""
        return any(self._differs(world, setting, key(declaration), value) for value in extremes(declaration))

    def _differs(self, world: int, setting: Setting, parameter: str, value: Value) -> bool:
        changed = self.play(world, **{**setting, parameter: value})
        for before, state in zip(self.course(world, **setting), changed, strict=True):
            now = self.columns(state)
            if any(not np.array_equal(before[name], now[name]) for name in before):
                return True
        return False


def names(mechanisms: Iterable[Mechanism]) -> list[str]:
    """What the tests of mechanisms are called."""
    return [
        f"{code}-{parameter.split('__')[1]}-{outcome.split('.')[1]}"
        for code, outcome, parameter, *_ in mechanisms
    ]


def key(declaration: Declaration) -> str:
    """A parameter's name as a keyword: `follow_up_prephase__team`."""
    return f"{declaration.group.key.replace('.', '_')}__{declaration.field}"


def extremes(declaration: Declaration) -> tuple[Value, ...]:
    """The ends of a parameter's bounds, or its other choices."""
    if declaration.kind is bool:
        return (not declaration.default,)
    if declaration.bounds is None:
        choices: Iterable[Value] = declaration.kind  # type: ignore[assignment]  # a StrEnum: the type of its members
        return tuple(choice for choice in choices if choice is not declaration.default)
    low, high = declaration.bounds
    return (int(low), int(high)) if declaration.kind is int else (low, high)
