"""Groups across schools and trades: what they save, whom they find, what the own staff misses."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Uniform

_A = "assumption after AFI-rapport 2026:02, 4: needs of more than 180 trades cannot be standardised [V2]"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Groups(Group, key="vocational.groups", title="Vocational: groups across schools"):
    """V2 and V5: a flexible meaning of collective."""

    small_teachers: float = fixed(
        15.0, unit="teachers", bounds=(1.0, 200.0), source="assumption",
        meaning="vocational teachers of a school at which half of what a very small one could share is shared",
    )
    saves: float = uncertain(
        0.4, unit="share", bounds=(0.0, 0.9), prior=Uniform(0.2, 0.6), source=_A,
        meaning="part of the price of a collective measure that a very small school saves by sharing it with others",
    )
    weaker: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5),
        source=_A + "; assumption: what is learned elsewhere is not shared at home [V5]",
        meaning="part of the collective learning in the own staff that such a school misses",
    )
    beyond: float = uncertain(
        0.1, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2), source=_A,
        meaning="part of the trade's teachers in other counties who come to count as colleagues in a course",
    )
