"""Handing the money over to owners who have the capacity: the rule, and what it costs."""

from __future__ import annotations

from sim.parameters.declaration import Group, lever, uncertain
from sim.parameters.priors import Uniform

_S1 = "AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class HandingOver(
    Group, key="decentralised.handing_over", title="Decentralised: money handed over to owners with capacity"
):
    """The aim of the white paper of 2017: owners get the money themselves once they have the capacity."""

    active: bool = lever(
        False, unit="yes/no", source=_S1 + ", 1.2: in the long run money goes straight to owners",
        meaning="whether owners with enough staff and competence get their share straight and leave the forum",
    )
    least_fte: float = lever(
        2.0, unit="man-years", bounds=(0.0, 100.0),
        source=_S1 + ", 1.2: once they have the capacity; the figure is an assumption",
        meaning="least staff for school development of an owner to whom the money is handed over",
    )
    least_competence: float = lever(
        0.5, unit="0-1", bounds=(0.0, 1.0),
        source=_S1 + ", 1.2: once they have the capacity; the figure is an assumption",
        meaning="least competence in analysing and leading of an owner to whom the money is handed over",
    )
    keeps: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 1.0),
        source="assumption: nobody has tried; 1 is as in the network, 0 as in the market of about 2005-2009",
        meaning="how far an owner outside the forum goes on working as in the network: in partnership, tailored, together",
    )
    asked_fte: float = uncertain(
        0.1, unit="man-years", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2),
        source="assumption: what the forum and its secretariat did is the owner's to do",
        meaning="what managing its own share asks of an owner's staff, beyond what the scheme asks",
    )
