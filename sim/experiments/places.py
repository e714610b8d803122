"""What is told of the places of a study's country: of invented ones everything, of real ones nothing of fewer than five together.

What a real municipality is like in the model is drawn; a table of it would look like an observation. Who wants it all the same
says so (`--single-places`), and then everything that is written says so too.
"""

from __future__ import annotations

from enum import StrEnum

from sim.errors import InputError
from sim.outcomes.place_groups import LEAST
from sim.world.registers import Registers


class Places(StrEnum):
    """Which places a study tells of."""

    INVENTED = "invented"
    GROUPED = "grouped"
    SINGLE = "single"


def places_of(registers: Registers | None, *, single_places: bool) -> Places:
    """Which places a country of these registers has, and how they are told of."""
    if registers is None or registers.whole_country:
        return Places.INVENTED
    return Places.SINGLE if single_places else Places.GROUPED


def least_told(registers: Registers | None, scale: float, *, single_places: bool = False) -> int:
    """How many municipalities a figure must rest on to be told; 0 for any number.

    Raises
    ------
    InputError
        If the country has not even so many, so that nothing at all could be told.
    """
    if registers is None or places_of(registers, single_places=single_places) is not Places.GROUPED:
        return 0
    n = round(scale * registers.n_municipalities)
    if n < LEAST:
        raise InputError(
            f"there are {n} municipalities, and nothing is told of fewer than {LEAST} real ones together, because what one is "
            "like is drawn and not observed; bring more of them, or ask for single ones (--single-places, in Python "
            "single_places=True)",
            field="registers",
        )
    return LEAST


WORDS = {
    Places.GROUPED: (
        "The municipalities are those of a user's register. What a single one of them is like in the model is drawn, and not "
        f"observed; so nothing is told of fewer than {LEAST} of them together. There is no table of single municipalities "
        "or schools; in place of `draws` and `municipalities` stand `draws_by_group` and `municipalities_by_group`. Groups "
        f"and counties with fewer than {LEAST} municipalities, and figures that rest on fewer, are left out."
    ),
    Places.SINGLE: (
        "**Tables tell of single municipalities and schools of a user's register, because that was asked for "
        "(`--single-places`). What each is like in the model is drawn, and not observed: nothing here says anything about "
        "how a real municipality or school does.**"
    ),
}
"""What is said of the places in `tables.md`."""
