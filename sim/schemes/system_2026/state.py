"""What the system from 2026 adds to the state of owners and offices."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.state import Merger, Table, column


class SystemOwners(Table, per="municipalities"):
    """Further education and guidance, as each owner got them this school year."""

    places: Ints = column(
        np.int64, unit="teachers", meaning="teachers in further education", low=0, merger=Merger.SUM
    )
    own_nok: Floats = column(
        unit="NOK", meaning="owner's part of what those places cost", low=0, merger=Merger.SUM
    )
    fit: Floats = column(unit="0-1", meaning="how well places fit the schools' needs", low=0, high=1)
    guided: Floats = column(
        unit="share",
        meaning="part of full guidance that its new teachers got beyond the usual",
        low=0,
        high=1,
    )


class SystemSchools(Table, per="schools"):
    """Education of leaders and specialised roles, by school."""

    studies: Bools = column(
        np.bool_, unit="yes/no", meaning="its principal is in leader education this school year"
    )
    role_rank: Floats = column(
        unit="0-1", meaning="place in the order in which schools get a specialised role", low=0, high=1
    )


class OfficeTraits(Table, per="offices"):
    """What an office is like by itself, before rules change it."""

    insight: Floats = column(
        unit="correlation", meaning="own insight in municipalities' true need", low=0, high=1
    )
    owner_insight: Floats = column(
        unit="correlation", meaning="own insight in what owners lack", low=0, high=1
    )
    closeness: Floats = column(unit="share", meaning="own closeness in the triangle", low=0, high=1)
