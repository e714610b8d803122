"""All declared parameters, and their values as one model run sees them in one year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from math import isfinite
from typing import Any

from sim.errors import InputError
from sim.parameters.declaration import Choice, Declaration, G, Group, Role, Value


class Registry:
    """The parameters of the base model and of every scheme, by dotted name.

    Parameters
    ----------
    choices : iterable of Choice
        To be added to those of the parameters that hold their kind.
    """

    def __init__(self, groups: Iterable[type[Group]], choices: Iterable[Choice] = ()) -> None:
        added = tuple(choices)
        self.groups: tuple[type[Group], ...] = tuple(groups)
        self.by_name: dict[str, Declaration] = {}
        for group in self.groups:
            for declaration in group.declarations():
                if declaration.name in self.by_name:
                    raise ValueError(f"parameter {declaration.name} is declared twice")
                own = tuple(
                    choice for choice in added if isinstance(choice, declaration.item or declaration.kind)
                )
                self.by_name[declaration.name] = replace(declaration, choices=declaration.choices + own)
        self._place = {d.name: (group, d.field) for group in self.groups for d in group.declarations()}
        self._latest: dict[type[Group], tuple[dict[str, Value], Group]] = {}

    def filled(self, values: Mapping[str, Value]) -> dict[type[Group], Group]:
        """All groups, with the values given for parameters by dotted name, and declared values for the others.

        Most groups are the same from year to year; one like the latest is not made anew.
        """
        given: dict[type[Group], dict[str, Value]] = {group: {} for group in self.groups}
        for name, value in values.items():
            if name in self._place:
                group, field = self._place[name]
                given[group][field] = value
        groups = {}
        for group, own in given.items():
            latest = self._latest.get(group)
            if latest is None or latest[0] != own:
                meant = {f: self.by_name[f"{group.key}.{f}"].meant(value) for f, value in own.items()}
                latest = self._latest[group] = own, group(**meant)
            groups[group] = latest[1]
        return groups

    def of_role(self, role: Role) -> list[Declaration]:
        """The parameters with one role, in order of declaration."""
        return [d for d in self.by_name.values() if d.role is role]

    def find(self, name: str) -> Declaration:
        """The declaration of a name; `InputError` with the nearest known names if there is none."""
        if name in self.by_name:
            return self.by_name[name]
        theme = name.partition(".")[0]
        if "." in name and not any(known.startswith(f"{theme}.") for known in self.by_name):
            raise InputError(
                f"unknown parameter '{name}': nothing here declares any that begin with '{theme}.'; if a plug-in does, "
                "name it too (--plugin, plugins=)",
                field=name,
            )
        near = get_close_matches(name, self.by_name, n=3, cutoff=0.5)
        hint = f"; nearest known: {', '.join(near)}" if near else ""
        raise InputError(f"unknown parameter '{name}'{hint}", field=name)


def accept(declaration: Declaration, value: object) -> Value:
    """A value given from outside, as the parameter's own kind.

    Raises `InputError` naming the parameter, the value and what was expected.
    """
    if declaration.item is not None:
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
            raise _refusal(declaration, value)
        return tuple(_accept_one(declaration, item) for item in value)
    return _accept_one(declaration, value)


def _accept_one(declaration: Declaration, value: object) -> Value:
    kind, words = declaration.item or declaration.kind, declaration.words
    if words:
        if isinstance(value, str) and value in words:
            return words[words.index(value)]
    elif kind is bool:
        if isinstance(value, bool):
            return value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        whole = kind is int
        low, high = declaration.bounds or (float("-inf"), float("inf"))
        if isfinite(value) and low <= value <= high and not (whole and value != int(value)):
            return int(value) if whole else float(value)
    raise _refusal(declaration, value)


def expected(declaration: Declaration) -> str:
    """What a value of this parameter must look like, in words."""
    kind = declaration.item or declaration.kind
    if declaration.words:
        words = "one of " + ", ".join(declaration.words)
    elif kind is bool:
        words = "true or false"
    else:
        words = "a whole number" if kind is int else "a number"
        if declaration.bounds:
            words += f" from {declaration.bounds[0]:.15g} to {declaration.bounds[1]:.15g}"
    return f"a list, each item {words}" if declaration.item else words


def _refusal(declaration: Declaration, value: object) -> InputError:
    shown = list(value) if isinstance(value, tuple) else value
    near: list[str] = []
    if declaration.words and isinstance(value, str):
        near = get_close_matches(value, declaration.words, n=1, cutoff=0.4)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return InputError(
        f"{declaration.name}: expected {expected(declaration)} (unit: {declaration.unit}), got {shown!r}{hint}",
        field=declaration.name,
    )


class Parameters:
    """Every group's values in one year: `p[Turnover].head_exit_chance`."""

    def __init__(self, registry: Registry, values: Mapping[str, Value]) -> None:
        self.by_group = registry.filled(values)
        self.groups = registry.groups
        self.bound: dict[object, tuple[Any, ...]] = {}  # the values that each rule takes, found once

    def __getitem__(self, group: type[G]) -> G:
        found: G = self.by_group[group]  # type: ignore[assignment]  # the dict's key is the value's class
        return found


@lru_cache(maxsize=64)
def made_once(registry: Registry, values: frozenset[tuple[str, Value]]) -> Parameters:
    """The parameters with these values, made once: most years are like another, and most worlds have the same."""
    return Parameters(registry, dict(values))
