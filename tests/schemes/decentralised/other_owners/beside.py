"""The small scheme with a county and private owners beside each of its two municipalities.

    row  who       county         teachers  man-years  competence
     0   county    0 (Rogaland)      60        6.0        0.5
     1   private   0 (Rogaland)      10        0.3        0.5
     2   county    1 (Vestland)      30        6.0        0.5
     3   private   1 (Vestland)       0        0.3        0.5

Grunnskole has twelve teachers; each teacher beside it counts as one.
"""

from __future__ import annotations

from sim.half_year import Season
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs
from sim.state import State
from tests.schemes.decentralised.small_scheme import EVEN, small_scheme
from tests.small_world import filled


def beside(year: int = 2022, season: Season = Season.AUTUMN) -> State:
    """The country of this module's docstring; nothing is under way in the schools of other owners."""
    state = small_scheme(year, season)
    state[OtherOwners] = filled(
        OtherOwners, 4, id=[110, 111, 460, 461], county=[0, 0, 1, 1], ownership=[0, 1, 0, 1], uh_unit=[0, 0, 1, 1],
        teachers=[60, 10, 30, 0], capacity_fte=[6.0, 0.3, 6.0, 0.3], competence=0.5, weight=[60, 5, 30, 0], logic=EVEN,
        effort=0.5, hit=0.5, tie=0.5, tailored=0.5, process_leadership=0.4,
    )  # fmt: skip
    state[OtherStaffs] = filled(
        OtherStaffs, 3, id=[1, 2, 3], owner=[0, 1, 2], n_teachers=[60, 10, 30], coverage=0.0
    )
    assert state.breaches() == []
    return state
