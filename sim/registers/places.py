"""Which municipality a row is about: `0301`, `K-0301`, `0301 Oslo`, `1101.0`, a name; or that it is about none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.registers.grids import Raw
from sim.world.municipality_numbers import named, numbers

_NUMBERED = re.compile(r"(?:k[-_ ]?)?(\d{3,4})(?:\.0+)?(?:[\s\-–_:.,]+(.*))?", re.IGNORECASE)
_BRACKETED = re.compile(r"(.+?)\s*\((\d{4})\)")
_VALIDITY = re.compile(r"\s*\((?:-|\d{4}\s*-)\s*(?:\d{4})?\)$")
_AGGREGATE = re.compile(
    r"(?:f[-_ ]?)?\d{1,2}(?:[\s\-–_.:].*)?|\d{6}\b.*|e(?:ak|kg|ka)\w*\b.*|"
    r"(?:.*\b)?(?:hele landet|landet|norge|noreg|nasjonalt?|i alt|ialt|totalt?|sum|alle kommuner|fylke(?:skommuner?)?|"
    r"kostra\S*|bydel|svalbard|jan mayen|uoppgitt|ukjent|uten oslo|utan oslo|gjennomsnitt|snitt|the whole country|county)\b.*",
    re.IGNORECASE,
)
_LOWEST = 101
_NO_MUNICIPALITIES = frozenset({2100, 2111, 2121, 2131, 2211, 2311, 2321, 2399, 9999})
"""Svalbard, Jan Mayen, the shelf, unknown."""
_UNKNOWN = 99  # as last digits: unknown municipality of a county


@dataclass(frozen=True)
class Place:
    """A municipality by its number, with its name if that stands there too."""

    number: int
    name: str = ""


class NoMunicipalityError(ValueError):
    """A county, the nation, or another place that is no municipality."""


def place(cell: Raw) -> Place:
    """The municipality that a cell names.

    Raises
    ------
    NoMunicipalityError
        If it names something larger or smaller.
    ValueError
        If it names nothing that is known; the text says what was expected.
    """
    text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    text = without_validity(text)
    if found := _BRACKETED.fullmatch(text):
        return _numbered(int(found[2]), found[1])
    if found := _NUMBERED.fullmatch(text):
        return _numbered(int(found[1]), found[2] or "")
    there = named(text)
    if len(there) == 1:
        return Place(there[0], numbers().names[there[0]])
    if there:
        raise ValueError(
            f"a number: {', '.join(f'{n:04d} {numbers().names[n]}' for n in there)} have that name"
        )
    if _AGGREGATE.fullmatch(text):
        raise NoMunicipalityError(text)
    raise ValueError("the number of a municipality, such as 0301 or '0301 Oslo'")


def without_validity(name: str) -> str:
    """A name without the years it held, as SSB writes them: `Halden (2020-2023)`."""
    return _VALIDITY.sub("", name)


def _numbered(number: int, name: str) -> Place:
    if number in _NO_MUNICIPALITIES or number % 100 == _UNKNOWN:
        raise NoMunicipalityError(name)
    if number < _LOWEST:
        raise ValueError("the number of a municipality, from 0101 on")
    return Place(number, re.sub(r"\s+kommune$", "", name.strip(), flags=re.IGNORECASE))
