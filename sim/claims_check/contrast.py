"""A claim as a contrast: two sides of one world, and a reading that is greater on the one if the source is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sim.half_year import Season
from sim.parameters.declaration import Value
from sim.reference.markdown import shown


@dataclass(frozen=True)
class Dated:
    """A lever's values with the years from which they hold."""

    steps: tuple[tuple[int, Value], ...]


Setting: TypeAlias = Mapping[str, Value | Dated]
"""Values by parameter: levers from the frame's `since` on, uncertain and fixed parameters for the whole run."""
Side: TypeAlias = Setting | str
"""What is changed against the frame's design, or the name of another design."""
_Years: TypeAlias = tuple[int, int] | None
Row: TypeAlias = (
    tuple[str, str, Side | None, Side, str, str]
    | tuple[str, str, Side | None, Side, str, str, _Years]
    | tuple[str, str, Side | None, Side, str, str, _Years, _Years, float]
)
"""A contrast inside its frame: the other fields of `Contrast`, in their order, those by default left out."""

ASSUMED = "assumption"
"""The source of what no source says: prices, and what a proposal would do."""
WITHOUT_OTHERS: Setting = {"follow_up.active": False, "innovation.active": False}
"""Without the other schemes that work in schools: whom they draw or who wins their money would only add noise."""


@dataclass(frozen=True)
class Frame:
    """When and under what contrasts are played.

    Attributes
    ----------
    name : str
        Heading of its contrasts.
    start : int
        Year in which worlds begin.
    since : int
        Year from which a side's levers differ from the design's.
    first, last : int
        Years over which is averaged, unless a contrast says otherwise.
    design : str
        What is played on both sides.
    given : Setting
        What is set on both sides beside.
    season : Season, optional
        The half-years that are read; by default both.
    scale : float
        Share of the country.
    """

    name: str
    start: int
    since: int
    first: int
    last: int
    design: str = "voluntary"
    given: Setting = field(default_factory=dict)
    season: Season | None = None
    scale: float = 0.3


@dataclass(frozen=True)
class Contrast:
    """One thing that a source says, to be played.

    Attributes
    ----------
    says : str
        What comes out if the source is right; unique.
    reading : str
        What is read, a name that `sim.claims_check.readings.reading` knows.
    less, more : Side
        The sides on which it is less and more. Without a first one the reading itself is a difference, held against nought.
    source : str
        Section of the evaluation of 2026, or the whole reference; `ASSUMED` where no source says so: a price that something must
        have, or what a proposal would do.
    claims : str
        Names of the rows of the page of claims, apart by spaces; none where the source is `ASSUMED`.
    years, before : (int, int), optional
        First and last year of the reading in place of the frame's; `before` for the side on which it is less.
    at_most : float, optional
        Where the source says that something does not get greater: how far the second side may lie above the first, in the
        reading's unit.
    """

    frame: Frame
    says: str
    reading: str
    less: Side | None
    more: Side
    source: str
    claims: str = ""
    years: tuple[int, int] | None = None
    before: tuple[int, int] | None = None
    at_most: float | None = None

    @property
    def window(self) -> tuple[int, int]:
        """Years of the side on which it is more."""
        return self.years or (self.frame.first, self.frame.last)

    @property
    def window_before(self) -> tuple[int, int]:
        """Years of the side on which it is less."""
        return self.before or self.window


def turned(name: str, less: Value, more: Value, given: Setting | None = None) -> tuple[Setting, Setting]:
    """Both sides where one parameter differs."""
    return {**(given or {}), name: less}, {**(given or {}), name: more}


def framed(frame: Frame, rows: Sequence[Row]) -> tuple[Contrast, ...]:
    """The contrasts of a frame."""
    return tuple(Contrast(frame, *row) for row in rows)


def told(side: Side | None, other: Side | None) -> str:
    """A side in words: the values in which it differs from the other."""
    if not isinstance(side, Mapping):
        return f"design {side}" if side else "nought"
    against = other if isinstance(other, Mapping) else {}
    differ = {name: value for name, value in side.items() if against.get(name) != value}
    return ", ".join(f"{name} {_shown(value)}" for name, value in differ.items()) or "as it is"


def _shown(value: Value | Dated) -> str:
    if isinstance(value, Dated):
        return ", ".join(f"{shown(one)} from {year}" for year, one in value.steps)
    return shown(value)
