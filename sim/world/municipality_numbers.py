"""Which number (kommunenummer) a municipality had in 2019, in 2020-2023 and from 2024 on.

After SSB's classification of municipalities (KLASS 131): 422 municipalities in 2019, 356 from 2020, 357 from 2024. A number that
was divided among several has a row for each part.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

VINTAGES = (2019, 2020, 2024)
"""First years in which a set of numbers held; that of 2019 is the last of an older one."""

NOW = VINTAGES[-1]
WHOLE_TO = {5012: 5059, 1850: 1875}
"""Snillfjord and Tysfjord were divided in 2020; the model moves them whole to one of the municipalities they went into."""

DIVIDED_2024 = {1507: {1508: 0.86, 1580: 0.14}}
"""Ålesund gave back Haram in 2024: shares of its inhabitants (SSB, 1 January 2024), where it is not known how many they are."""


@dataclass(frozen=True)
class Numbers:
    """The numbers of all three vintages.

    Attributes
    ----------
    of : mapping from vintage to set of numbers
    becomes : mapping from vintage to mapping
        The numbers of 2024 that each number of a vintage became or went into.
    names : mapping from number of 2024 to name
        As SSB writes it, with the county in brackets where two have one name.
    """

    of: Mapping[int, frozenset[int]]
    becomes: Mapping[int, Mapping[int, tuple[int, ...]]]
    names: Mapping[int, str]

    def vintages(self, number: int) -> tuple[int, ...]:
        """The vintages that have a number, oldest first."""
        return tuple(vintage for vintage in VINTAGES if number in self.of[vintage])

    def now(self, number: int) -> tuple[int, ...]:
        """What a number of any vintage became; the newest vintage that has it decides. Empty for no municipality's."""
        found = self.vintages(number)
        return self.becomes[found[-1]][number] if found else ()

    def known(self, number: int) -> str:
        """What is known of a number that is not of 2024, in words."""
        found = self.vintages(number)
        if not found:
            return "no municipality has had that number since 2019"
        later = " and ".join(f"{one:04d} {self.names[one]}" for one in self.now(number))
        return f"{number:04d} held until {2019 if found[-1] == VINTAGES[0] else 2023} and is now {later}"


@lru_cache(maxsize=1)
def numbers() -> Numbers:
    """The table, read once."""
    path = Path(__file__).parent / "data" / "municipality_numbers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    rows = [tuple(int(row[f"number_{vintage}"]) for vintage in VINTAGES) for row in read]
    becomes = {
        vintage: {
            number: tuple(sorted({row[-1] for row in rows if row[i] == number}))
            for number in {row[i] for row in rows}
        }
        for i, vintage in enumerate(VINTAGES)
    }
    return Numbers(
        of={vintage: frozenset(there) for vintage, there in becomes.items()},
        becomes=becomes,
        names={row[-1]: one["name"] for row, one in zip(rows, read, strict=True)},
    )


def named(name: str) -> tuple[int, ...]:
    """The numbers of 2024 of municipalities with a name: any part of a double name, with or without the county behind it."""
    return _by_name().get(_folded(name), ())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for number, name in numbers().names.items():
        bare = re.sub(r"\s*\(.*\)", "", name)
        for one in {name, bare, *bare.split(" - ")}:
            found.setdefault(_folded(one), set()).add(number)
    return {name: tuple(sorted(there)) for name, there in found.items()}


def _folded(name: str) -> str:
    return re.sub(r"\s+kommune$", "", name.strip().casefold())
