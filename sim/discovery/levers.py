"""The space that a search for designs moves in: some levers, each with the values it may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats
from sim.errors import InputError
from sim.parameters.declaration import Declaration, Role, Value
from sim.parameters.registry import Registry, accept

STEPS = 20  # equal steps that a range of numbers is cut into: neat values, and candidates that come back are known again
LEVERS = (
    "follow_up.obligation", "follow_up.sanction", "follow_up.openness=0.2:1", "follow_up.say_in_guides=0:1",
    "follow_up.prephase_years=0:2", "follow_up.implementation_years=1:4", "follow_up.guide_hours=0:500",
    "follow_up.uses_networks=0:1", "follow_up.draw.average_places=10:60",
)  # fmt: skip
"""What is searched over unless something else is asked for."""


@dataclass(frozen=True)
class Choice:
    """A lever and the values that it may take, in order."""

    declaration: Declaration
    values: tuple[Value, ...]

    @property
    def name(self) -> str:
        """The lever's name."""
        return self.declaration.name

    def at(self, place: float) -> Value:
        """The value at a place in [0, 1]; each has an equal part."""
        return self.values[min(int(place * len(self.values)), len(self.values) - 1)]


def choices(registry: Registry, asked: Sequence[str]) -> tuple[Choice, ...]:
    """The levers of a search.

    Parameters
    ----------
    asked : sequence of str
        `name` for all its values (for a number: over its bounds), `name=low:high`, or `name=a,b,c`.

    Raises
    ------
    InputError
        For what is no lever, a lever of many values (a list), values that it can't take, or one named twice.
    """
    found = tuple(_choice(registry, text) for text in asked)
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"lever {name} is named twice", field="levers")
    if not found:
        raise InputError("expected at least one lever to search over", field="levers")
    return found


def _choice(registry: Registry, text: str) -> Choice:
    name, equals, written = text.partition("=")
    declaration = registry.find(name.strip())
    if declaration.role is not Role.LEVER:
        raise InputError(f"{declaration.name}: expected a lever, this is {declaration.role}", field="levers")
    if declaration.item is not None:
        raise InputError(f"{declaration.name}: a list of values can't be searched over", field="levers")
    kind = declaration.kind
    if equals and ":" not in written:
        values = tuple(accept(declaration, _read(declaration, part)) for part in written.split(","))
    elif declaration.words:
        values = declaration.words
    elif kind is bool:
        values = (False, True)
    else:
        values = _range(declaration, written)
    if len(set(values)) < 2:  # noqa: PLR2004 - one value is no choice
        raise InputError(f"{declaration.name}: expected at least two values to choose from", field="levers")
    return Choice(declaration, values)


def _range(declaration: Declaration, written: str) -> tuple[Value, ...]:
    """A number's values from low to high."""
    ends = written.split(":") if written else [str(end) for end in declaration.bounds or ()]
    try:
        low, high = (float(end) for end in ends)
    except ValueError:
        raise InputError(
            f"{declaration.name}: expected low:high, such as 0:1, got '{written}'", field="levers"
        ) from None
    if not low < high:
        raise InputError(
            f"{declaration.name}: expected low:high with low below high, got '{written}'", field="levers"
        )
    places = [low + (high - low) * k / STEPS for k in range(STEPS + 1)]
    if declaration.kind is int:
        places = [float(round(place)) for place in places]
    return tuple(dict.fromkeys(accept(declaration, float(f"{place:.6g}")) for place in places))


def _read(declaration: Declaration, text: str) -> object:
    word = text.strip()
    if declaration.words:
        return word
    if declaration.kind is bool:
        return {"true": True, "false": False}.get(word, word)
    try:
        return float(word)
    except ValueError:
        return word


def at_place(space: Sequence[Choice], place: Floats) -> dict[str, Value]:
    """The levers' values at a point of the unit cube."""
    return {choice.name: choice.at(float(p)) for choice, p in zip(space, np.asarray(place), strict=True)}
