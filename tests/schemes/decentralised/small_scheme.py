"""The small world of `tests/small_world.py` with the decentralised scheme's tables, most of them at a middling half.

    owner  UH unit  forum (county)   inhabitants  man-years  competence  schools (rows)
      0       0     0 (Rogaland)        4,000       1.0         0.6       0, 1
      1       1     1 (Vestland)          900       0.25        0.4       2

Owner 0 works with UH by a procedure, owner 1 by enthusiasts. Every school is in a measure but the last. All money has come
through the forums for long, whose criteria are wholly the members' own; UH's people are hired for a year at a time. There
is no owner beside the two.
"""

from __future__ import annotations

from sim.half_year import Season
from sim.schemes.decentralised.expectation_state import (
    ForumExpectations,
    SchoolExpectations,
    TieExpectations,
    UHExpectations,
)
from sim.schemes.decentralised.other_owners.state import OtherOwners, OtherStaffs
from sim.schemes.decentralised.state import (
    CountyForums,
    DecentralisedOwners,
    DecentralisedSchools,
    DecentralisedUH,
    Forums,
    PartnershipModel,
    Ties,
)
from sim.state import State
from sim.state.places import Counties
from tests.small_world import filled, small_world

EVEN = [0.2, 0.3, 0.5]
"""A mix of market, hierarchy and network."""


def small_scheme(year: int = 2022, season: Season = Season.AUTUMN) -> State:
    """The country of this module's docstring."""
    state = small_world(year, season)
    state[Counties].name[:] = state[Counties].name_2020[:] = ["Rogaland", "Vestland"]
    state[Forums] = filled(
        Forums, 2, id=[0, 1], county=[0, 1], office=[0, 1], age=2, leadership=[0.5, 0.2], role_clarity=0.4,
        trust=0.5, plan=0.5, logic=EVEN, anchored=1,
    )  # fmt: skip
    state[CountyForums] = filled(CountyForums, 2, forum=[0, 1])
    state[Ties] = filled(
        Ties, 2, uh_unit=[0, 1], age=2, trust=0.5, equality=0.5, shared=0.5, together=0.5, tailored=0.5,
        model=[PartnershipModel.PROCEDURE, PartnershipModel.ENTHUSIAST],
    )  # fmt: skip
    state[DecentralisedOwners] = filled(
        DecentralisedOwners, 2, logic=EVEN, seen=[0, 0, 1], legitimacy=0.5, hit=0.5, direct=0.5, effort=0.5, evaluation=0.5,
        process_leadership=0.4, grant_nok=[80_000, 20_000], own_nok=[24_000, 6_000], uh_nok=[40_000, 10_000],
        uh_hours=[20, 5],
    )  # fmt: skip
    state[DecentralisedSchools] = filled(
        DecentralisedSchools, 3, in_measure=[True, True, False], years_left=[2, 2, 0], general=[True, False, False],
        coverage=[0.9, 0.3, 0], fit=[0.4, 0.5, 0], stage=[1.0, 1.0, 0],
        led=0.4, distance=0.8,
    )  # fmt: skip
    state[DecentralisedUH] = filled(
        DecentralisedUH, 2, capacity_hours=[80, 40], effort=0.5, process_competence=0.5, practice_contact=0.5,
        teaching=0.5, research=0.2, offers=True, logic=EVEN, seen=[0, 0, 1],
    )  # fmt: skip
    state[ForumExpectations], state[TieExpectations] = ForumExpectations.blank(2), TieExpectations.blank(2)
    state[SchoolExpectations], state[UHExpectations] = SchoolExpectations.blank(3), UHExpectations.blank(2)
    state[OtherOwners], state[OtherStaffs] = OtherOwners.blank(0), OtherStaffs.blank(0)
    assert state.breaches() == []
    return state
