"""The owner's year wheel: what it takes to set it going, what it holds and saves, how it is lost."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import LogNormal, Uniform

_A = "assumption after AFI-rapport 2021:09, 4.3; AFI-rapport 2026:02, ch. 3: the scheme aims at the owner, most measures at schools"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class YearWheel(Group, key="follow_up.year_wheel", title="Follow-up: the owner's year wheel"):
    """F6: what an owner's quality work in a fixed yearly cycle is worth."""

    hours: float = uncertain(
        60.0, unit="hours", bounds=(5.0, 1000.0), prior=LogNormal(60.0, 30.0, 120.0), source=_A,
        meaning="well matched guide hours, met by the owner's full effort, that bring a year wheel two thirds of the way",
    )
    learns: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 0.6), prior=Uniform(0.0, 0.2), source=_A,
        meaning="part of the way to full competence that an owner goes by setting a whole year wheel going",
    )
    holds: float = uncertain(
        0.35, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.6), source=_A,
        meaning="part of what a change of head of schools would lose that a whole year wheel holds",
    )
    saves: float = uncertain(
        0.1, unit="share", bounds=(0.0, 0.8), prior=Uniform(0.0, 0.2), source=_A,
        meaning="part of the owner's ordinary development work that a whole year wheel saves",
    )
    fades: float = fixed(
        0.1, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="part of a year wheel that is given up in a year",
    )
    dropped: float = fixed(
        0.2, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="part of a year wheel that a new head of schools gives up",
    )
