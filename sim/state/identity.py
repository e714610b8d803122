"""Who is who: numbers that luck is keyed by, made so that what else there is, and in which order, changes nobody's.

What a register numbers keeps that number: a municipality its kommunenummer, a school its orgnr. Everything else is numbered
inside what it belongs to: an invented municipality inside its county, a school inside its municipality (of 2019), a post
inside its school, a network inside its county, a guide inside its office. The ranges don't meet:

=================================  =================================================================
municipality with a kommunenummer  101 to 9,999
invented municipality              101,001 to 159,999
school without an orgnr            1,010,001 to 99,999,999: its municipality's number and four digits
school with an orgnr               100,000,000 to 999,999,999
school of an invented one          1,010,010,001 and more: its municipality's number and four digits
=================================  =================================================================

An invented municipality's number is for keys alone; what is shown is its code (`sim.world.place_names`).
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Ints
from sim.rules.rule import always_compiled

LAST_KOMMUNENUMMER = 9_999
INVENTED = 100_000  # added to an invented municipality's number, so that it can be no kommunenummer
LAST_INVENTED = 199_999
PER_COUNTY = (
    1_000  # an invented municipality is `INVENTED`, its county's number times this, and a running number
)
MOST_WITHIN = 10_000  # parts the numbers inside one thing from those inside the next
FIRST_ORGNR, LAST_ORGNR = 100_000_000, 999_999_999


CODE = "code"
"""Unit of columns with identities that are shown as codes."""


@always_compiled
def running(group: Ints) -> Ints:
    """1, 2, 3, ... within each run of equal values, shape (n,)."""
    number = np.ones(len(group), dtype=np.int64)
    for i in range(1, len(group)):
        if group[i] == group[i - 1]:
            number[i] = number[i - 1] + 1
    return number


def numbered_within(whole: Ints) -> Ints:
    """Identities of things inside larger ones, shape (n,).

    Parameters
    ----------
    whole : array of int, shape (n,)
        Identity of what each belongs to; those of one stand together.
    """
    return whole * MOST_WITHIN + running(whole)


def invented_number(county: Ints, number: Ints) -> Ints:
    """Identities of municipalities that no register has, by county and running number in it; shape (n,)."""
    return INVENTED + county * PER_COUNTY + number
