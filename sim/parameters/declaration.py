"""A parameter is a sentence: value, unit, role, bounds, prior, source, meaning. It is written once.

A group is a class whose fields are parameters:

    class Turnover(Group, key="turnover", title="Turnover of staff"):
        head_exit_chance: float = uncertain(
            0.13, unit="share per year", bounds=(0.0, 0.5), prior=Beta(0.13, 0.04),
            source="assumption", meaning="chance that a municipal head of schools leaves within a year")

From that one declaration come validation, the tables in the docs, scenario files' schema, sensitivity analysis and
calibration. Processes read a group by its class, `p[Turnover].head_exit_chance`, which the type checker understands.
"""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeVar, dataclass_transform

from sim.parameters.priors import Prior

Value = (
    Any  # bool, int, float, a StrEnum, a Choice, or a tuple of int or of StrEnum: what a parameter can hold
)


class Role(StrEnum):
    """Who may move a parameter."""

    LEVER = "lever"  # a choice of policy: fields of a design
    UNCERTAIN = "uncertain"  # a fact not known well: has a prior, drawn anew for each world
    FIXED = "fixed"  # a fact known well enough, or a definition
    DATED = "dated"  # a fact that changes over the years, as history records it


class Choice(str):
    """One way of doing a thing, as a word to choose it by; a subclass adds how it is done.

    Unlike those of a `StrEnum`, the choices of such a parameter are not closed: a plug-in can add to them. Between processes
    a choice travels as its word; the registry knows what is done.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


@dataclass(frozen=True)
class Price:
    """What a lever costs the state beside grants, where nothing else in the model grows scarcer by it; told as an outcome.

    Attributes
    ----------
    nok : float
        NOK a year for each unit of the lever.
    source : str
        Where the figure is from, or the word *assumption*.
    times, every : fields of the lever's group
        Whose values it is multiplied with and divided by: so many projects, a call every so many years.
    """

    nok: float
    source: str
    times: tuple[str, ...] = ()
    every: str = ""


@dataclass(frozen=True)
class Declaration:
    """One parameter's whole sentence.

    Attributes
    ----------
    name : str
        Dotted name, group key and field, as used in scenario files and on the command line.
    kind : type
        bool, int, float, a `StrEnum` or `Choice` subclass, or `tuple` of those (see `item`).
    item : type or None
        For a tuple, the kind of its items.
    bounds : pair or None
        Least and greatest allowed number (of each item, for a tuple of numbers).
    choices : tuple of Choice
        For a `Choice`, those that there are.
    free : str
        For a lever that gives something and takes nothing in the model, why that is right; else empty.
    price : Price or None
        What a lever costs the state beside what it takes elsewhere in the model.
    """

    name: str
    kind: type
    item: type | None
    default: Value
    unit: str
    role: Role
    bounds: tuple[float, float] | None
    prior: Prior | None
    source: str
    meaning: str
    group: type[Group]
    choices: tuple[Choice, ...] = ()
    free: str = ""
    price: Price | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that can be chosen, as the values that they stand for; none for what is no choice."""
        kind = self.item or self.kind
        return tuple(kind) if issubclass(kind, StrEnum) else self.choices

    def meant(self, value: Value) -> Value:
        """The value that a word stands for, or each of a list of words; any other value as it is."""
        words = self.words
        if not words:
            return value
        if self.item is not None:
            return tuple(words[words.index(word)] for word in value)
        return words[words.index(value)]

    @property
    def field(self) -> str:
        """The part of the name behind the last dot."""
        return self.name.rsplit(".", 1)[1]

    @property
    def by_year(self) -> bool:
        """Whether its value may change from year to year: levers and dated facts."""
        return self.role in (Role.LEVER, Role.DATED)


def _field(role: Role, default: Value, **sentence: Any) -> Any:
    return dataclasses.field(default=default, metadata={"role": role, **sentence})


def lever(
    default: Value,
    *,
    unit: str,
    meaning: str,
    source: str,
    bounds: tuple[float, float] | None = None,
    choices: tuple[Choice, ...] = (),
    free: str = "",
    price: Price | None = None,
) -> Any:
    """A choice of policy, set by designs and dated by year; `free` says why one that has no price has none."""
    return _field(
        Role.LEVER,
        default,
        unit=unit,
        meaning=meaning,
        source=source,
        bounds=bounds,
        prior=None,
        choices=choices,
        free=free,
        price=price,
    )


def uncertain(
    default: float, *, unit: str, meaning: str, source: str, bounds: tuple[float, float], prior: Prior
) -> Any:
    """A fact not known well; every world draws it from its prior (or from the posterior)."""
    return _field(
        Role.UNCERTAIN, default, unit=unit, meaning=meaning, source=source, bounds=bounds, prior=prior
    )


def fixed(
    default: Value, *, unit: str, meaning: str, source: str, bounds: tuple[float, float] | None = None
) -> Any:
    """A fact known well enough, or a definition; can be overridden for a whole experiment."""
    return _field(Role.FIXED, default, unit=unit, meaning=meaning, source=source, bounds=bounds, prior=None)


def dated(
    default: Value, *, unit: str, meaning: str, source: str, bounds: tuple[float, float] | None = None
) -> Any:
    """A fact that changes over the years and that nobody decides; `history` has its values by year."""
    return _field(Role.DATED, default, unit=unit, meaning=meaning, source=source, bounds=bounds, prior=None)


@dataclass_transform(frozen_default=True, field_specifiers=(lever, uncertain, fixed, dated))
class Group:
    """A set of parameters on one theme; subclasses become frozen dataclasses."""

    key: ClassVar[str]
    title: ClassVar[str]
    taken_by: ClassVar[set[object]]  # rules that take parameters of it

    def __init_subclass__(cls, *, key: str, title: str) -> None:
        cls.key = key
        cls.title = title
        cls.taken_by = set()
        dataclass(frozen=True)(cls)

    @classmethod
    def declarations(cls) -> tuple[Declaration, ...]:
        """The group's parameters in the order of their declaration."""
        return _declarations(cls)  # type: ignore[arg-type]  # mypy doubts that classes are hashable here


@cache
def _declarations(group: type[Group]) -> tuple[Declaration, ...]:
    kinds = typing.get_type_hints(group)
    found = []
    for f in dataclasses.fields(group):  # type: ignore[arg-type]  # subclasses are dataclasses, see above
        kind = kinds[f.name]
        item = typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None
        found.append(
            Declaration(
                name=f"{group.key}.{f.name}",
                kind=tuple if item else kind,
                item=item,
                default=f.default,
                group=group,
                **f.metadata,
            )
        )
    return tuple(found)


G = TypeVar("G", bound=Group)
