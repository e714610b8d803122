"""Themes: what needs are about, and which of them a UH unit has people for."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Themes(Group, key="decentralised.themes", title="Decentralised: themes"):
    """The match of what schools need and what their UH unit can offer."""

    missed: float = uncertain(
        0.7, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.4, 1.0),
        source=_A + ", 2.3.1: some units can't offer the knowledge that is asked for",
        meaning="part of its fit that a measure keeps where the UH unit has nobody for the theme",
    )
    offered_least: float = fixed(
        0.4, unit="share of themes", bounds=(0.0, 1.0), source="assumption",
        meaning="themes that a unit without any tradition in school development has people for; with the longest, all of them",
    )
    found: float = fixed(
        0.2, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="chance that a unit that can wholly count on money for several years finds people for a theme it lacks",
    )
    lost: float = fixed(
        0.06, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="chance that a unit loses the people it has for a theme",
    )
    reading_behind: float = fixed(
        0.3, unit="scale points", bounds=(0.0, 10.0), source="assumption",
        meaning="how far a school's reading must lie below what all its results say, for reading to be what it needs",
    )
