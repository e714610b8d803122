"""What municipalities and schools are called wherever anybody sees them: the one place where an identity becomes a text.

An invented municipality is called after its county, `Akershus-07`: a code that can be no kommunenummer, so that nobody takes it
for Ullensaker. One from a user's register is shown by its kommunenummer, with four digits, and its name. A school from a
register is shown by its orgnr and name, any other by its municipality (of 2019) and a running number, `Akershus-07/3`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from sim.arrays import Ints, Words
from sim.state import State
from sim.state.identity import (
    FIRST_ORGNR,
    INVENTED,
    LAST_INVENTED,
    LAST_KOMMUNENUMMER,
    LAST_ORGNR,
    MOST_WITHIN,
    PER_COUNTY,
)
from sim.state.places import Counties
from sim.world.registers import Registers

_NAMED = ("municipalities", "predecessors", "schools")


@dataclass(frozen=True)
class PlaceNames:
    """The texts for one country's places.

    Attributes
    ----------
    counties : mapping from county number to name
    given : mapping from identity to name
        Names from the user's registers.
    real : bool
        Whether the places are those of a user's register, and not invented.
    """

    counties: Mapping[int, str]
    given: Mapping[int, str] = field(default_factory=dict)
    real: bool = False

    @classmethod
    def of(cls, registers: Registers | None) -> PlaceNames:
        """The names in a country of these registers; of the synthetic country without any."""
        return _invented() if registers is None else _of(registers)

    @classmethod
    def within(cls, state: State) -> PlaceNames:
        """The codes in a world of which no registers are at hand: without names."""
        counties = state[Counties]
        return cls(dict(zip(counties.id.tolist(), counties.name.tolist(), strict=True)))

    def codes(self, ids: Ints) -> Words:
        """What stands for each municipality or school, shape (n,)."""
        return np.array([self.code(identity) for identity in ids.tolist()], dtype=np.str_)

    def names(self, ids: Ints) -> Words:
        """The names in the user's register, shape (n,); empty for what it doesn't name."""
        return np.array([self.given.get(identity, "") for identity in ids.tolist()], dtype=np.str_)

    def code(self, identity: int) -> str:
        """What stands for a municipality or a school.

        >>> PlaceNames({32: "Akershus"}).code(132_007)
        'Akershus-07'
        >>> PlaceNames({}).code(301)
        '0301'
        """
        if identity <= LAST_KOMMUNENUMMER:
            return f"{identity:04d}"
        if identity <= LAST_INVENTED:
            county, number = divmod(identity - INVENTED, PER_COUNTY)
            return f"{self.counties.get(county, county)}-{number:02d}"
        if FIRST_ORGNR <= identity <= LAST_ORGNR:
            return str(identity)
        municipality, number = divmod(identity, MOST_WITHIN)
        return f"{self.code(municipality)}/{number}"


@lru_cache(maxsize=1)
def _invented() -> PlaceNames:
    return _of(Registers.published())


def _of(registers: Registers) -> PlaceNames:
    counties = registers["counties"]
    given: dict[int, str] = {}
    for name in _NAMED:
        sheet = registers.given(name)
        if sheet is not None:
            given |= {int(key): str(text) for key, text in zip(sheet.key, sheet["name"], strict=True) if text}
    return PlaceNames(
        dict(zip(counties.key.tolist(), counties["name"].tolist(), strict=True)),
        given,
        not registers.whole_country,
    )
