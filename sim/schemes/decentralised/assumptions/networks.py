"""Regional networks: what a coordinator is worth, and what one costs."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Uniform

# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Coordinators(Group, key="decentralised.networks", title="Decentralised: regional networks"):
    """Networks that were there before the scheme and became central in it."""

    weight: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6),
        source="assumption after AFI-rapport 2026:02, 2.1: regional networks became central actors",
        meaning="part of what owners have of their network that rests on its coordinator",
    )
    half_fte: float = fixed(
        0.3, unit="man-years", bounds=(0.01, 5.0),
        source="definition: with as much, a network is worth what is usual",
        meaning="a coordinator's man-years at which half of what one can do is done",
    )
    nok: float = fixed(
        1_000_000.0, unit="NOK per man-year", bounds=(100_000.0, 5_000_000.0), source="assumption",
        meaning="what a coordinator costs a network's members, who share it alike and pay it from what UH does not get",
    )
