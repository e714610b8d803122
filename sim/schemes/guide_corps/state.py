"""What the guide corps adds to the state of municipalities and schools."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats
from sim.state import Merger, Table, column


class GuidedOwners(Table, per="municipalities"):
    """Who has guides from the corps."""

    years_left: Floats = column(unit="years", meaning="years of guidance left", low=0, merger=Merger.LARGEST)
    had_guides: Bools = column(
        np.bool_, unit="yes/no", meaning="has or has had guides from the corps", merger=Merger.ANY
    )


class GuidedSchools(Table, per="schools"):
    """Which schools the guides come to."""

    guided: Bools = column(np.bool_, unit="yes/no", meaning="is guided now")
