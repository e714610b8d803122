"""What the innovation scheme adds to the state: projects, and which schools try out or take up what."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.state import Table, column

SLOTS = 60
"""Projects that are remembered; the oldest gives way to the newest."""


class Projects(Table, entity="innovation_projects"):
    """Partnership projects: slots that are used again."""

    id: Ints = column(np.int64, unit="id", meaning="number of the slot")
    years_left: Floats = column(unit="years", meaning="years until it ends", low=0)
    spread_left: Floats = column(
        unit="years", meaning="years for which others still take its method up", low=0
    )
    effect: Floats = column(
        unit="SD of practice per year", meaning="what its method truly does; nobody knows", low=0
    )
    begun: Ints = column(
        np.int64, unit="number", meaning="running number of the project in the slot, -1 none", default=-1
    )
    believed: Bools = column(np.bool_, unit="yes/no", meaning="its method is held to work")


class InnovationSchools(Table, per="schools"):
    """Which project a school takes part in, or whose method it has taken up."""

    project: Ints = column(
        np.int64,
        unit="row",
        meaning="project whose measure it tries out",
        refers="innovation_projects",
        default=-1,
    )
    adopted: Ints = column(
        np.int64,
        unit="row",
        meaning="project whose method it has taken up this school year",
        refers="innovation_projects",
        default=-1,
    )
