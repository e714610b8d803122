"""The order of the school year: the one place where it is decided what happens after what.

Each half-year is a list of parts; in each part stand the base model's processes and, where the dots are, those that the
schemes add (in the order of `sim.schemes.SCHEMES`, plug-ins last). Print it with `kompetansesim order`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from types import EllipsisType

from sim.half_year import Season
from sim.processes import (
    community,
    load,
    measurement,
    mergers,
    practice,
    pupils,
    schooling,
    staffing,
    state_control,
    turnover,
)
from sim.processes.process import Process
from sim.schemes import SCHEMES, Scheme
from sim.year_parts import Part

Entry = Process | EllipsisType
SCHEMES_HERE = ...

SPRING: dict[Part, tuple[Entry, ...]] = {
    Part.NEW_YEAR: (*turnover.SPRING, state_control.PROCESS, SCHEMES_HERE),
    Part.BORDERS: (mergers.PROCESS, SCHEMES_HERE),
    Part.DRAW: (SCHEMES_HERE,),
    Part.ASKING: (load.ASK, SCHEMES_HERE, load.TIRE),
    Part.PLANNING: (SCHEMES_HERE,),
    Part.MEASURES: (SCHEMES_HERE,),
    Part.CLASSROOM: (practice.PROCESS, community.PROCESS, SCHEMES_HERE),
    Part.RESULTS: (schooling.TEACH, measurement.PROCESS, SCHEMES_HERE),
}
"""January to June."""

AUTUMN: dict[Part, tuple[Entry, ...]] = {
    Part.COHORTS: (pupils.PROCESS, schooling.DRIFT, SCHEMES_HERE),
    Part.STAFFING: (staffing.PROCESS, *turnover.AUTUMN, SCHEMES_HERE),
    Part.ASKING: (load.ASK, SCHEMES_HERE, load.TIRE),
    Part.PLANNING: (SCHEMES_HERE,),
    Part.MEASURES: (SCHEMES_HERE,),
    Part.CLASSROOM: (practice.PROCESS, community.PROCESS, SCHEMES_HERE),
    Part.RESULTS: (schooling.TEACH, measurement.PROCESS, SCHEMES_HERE),
}
"""July to December."""


@lru_cache
def order(season: Season, schemes: tuple[Scheme, ...] = SCHEMES) -> tuple[tuple[Part, Process], ...]:
    """Everything that happens in a half-year, in order."""
    return tuple(_walk(SPRING if season is Season.SPRING else AUTUMN, schemes))


def _walk(half: dict[Part, tuple[Entry, ...]], schemes: tuple[Scheme, ...]) -> Iterator[tuple[Part, Process]]:
    for part, entries in half.items():
        for entry in entries:
            if isinstance(entry, Process):
                yield part, entry
            else:
                for scheme in schemes:
                    for process in scheme.processes.get(part, ()):
                        yield part, process


def describe(schemes: tuple[Scheme, ...] = SCHEMES) -> str:
    """The order of the school year in words (Markdown)."""
    lines = []
    for season in Season:
        lines += [
            f"## {season.value.capitalize()}",
            "",
            "| part | process | what and why here | source |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {part.value} | `{p.name}` | {p.why} | {p.source} |" for part, p in order(season, schemes)
        ]
        lines.append("")
    return "\n".join(lines)
