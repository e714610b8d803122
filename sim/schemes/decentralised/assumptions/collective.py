"""A flexible meaning of collective: who finds a group across schools, and what the staff room misses."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Uniform

_A = "assumption after AFI-rapport 2026:02, 2.3.2.3 [D9]: everyone takes part is the usual reading of collective"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Collective(
    Group, key="decentralised.collective", title="Decentralised: a flexible meaning of collective"
):
    """D9: groups of teachers across schools."""

    small_teachers: float = fixed(
        10.0, unit="teachers", bounds=(1.0, 200.0), source="assumption",
        meaning="teachers of a school at which half of what a very small school could use groups across schools for is used",
    )
    joins: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.6), source=_A,
        meaning="of a very small school's teachers whom its own measure leaves out, those who take part with others of their subject elsewhere",
    )
    scatters: float = uncertain(
        0.2, unit="share per year", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4), source=_A,
        meaning="part of the staff room's community that would be lost in a year in which everybody learned elsewhere",
    )
