"""Help for named schools: what it is to be named."""

from __future__ import annotations

from sim.parameters.declaration import Group, uncertain
from sim.parameters.priors import Uniform

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Targeting(Group, key="follow_up.targeting", title="Follow-up: help for named schools"):
    """F9: it is schools that feel blamed, and more so when they are named."""

    stigma: float = uncertain(
        0.2, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source="assumption after AFI-rapport 2021:09, 3.1; AFI-rapport 2026:02, 3.1 [F9]",
        meaning="stigma of a school that is named where all help goes to those named, on top of its owner's",
    )
