"""The small world with the decentralised scheme (`small_scheme`) and, beside it, two counties' vocational one (`small_county`).

Both have the same two counties, Rogaland and Vestland.
"""

from __future__ import annotations

from sim.half_year import Season
from sim.schemes.vocational.state import CountyOwners, Trades, UpperSchools, VocationalTeachers
from sim.state import State
from tests.schemes.decentralised.small_scheme import small_scheme
from tests.schemes.vocational.small_county import small_county


def small_country(year: int = 2022, season: Season = Season.AUTUMN) -> State:
    """The country of this module's docstring."""
    state, upper = small_scheme(year, season), small_county(year, season)
    for table in (CountyOwners, UpperSchools, Trades, VocationalTeachers):
        state[table] = upper[table]
    assert state.breaches() == []
    return state
