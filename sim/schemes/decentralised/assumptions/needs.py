"""Needs analysis: what makes it hit, and what it costs in time."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Needs(Group, key="decentralised.needs", title="Decentralised: needs analysis"):
    """D4: who analyses, how well it hits, what it costs."""

    own_weight: float = fixed(
        0.45, unit="weight", bounds=(0.0, 1.0), source=_A + ", 5.2 [D4]",
        meaning="the owner's competence in the hit of an analysis",
    )
    network_weight: float = fixed(
        0.25, unit="weight", bounds=(0.0, 1.0), source=_A + ", 2.3.2.2 [D4]",
        meaning="the network's competence in it",
    )
    uh_weight: float = fixed(
        0.2, unit="weight", bounds=(0.0, 1.0), source=_A + ", 2.3.1.1",
        meaning="UH's part in it, where needs are analysed together",
    )
    teachers_gain: float = uncertain(
        0.12, unit="0-1", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.25), source=_A + ", 2.3.2.2 [D4]",
        meaning="what direct involvement of teachers adds to the hit",
    )
    indirect_gain: float = uncertain(
        0.08, unit="0-1", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.2), source=_A + ", 2.3.2.2 [D4]",
        meaning="what teachers' views in the data add to it when they are not directly involved",
    )
    evaluation_gain: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.2), source="AFI-rapport 2026:02, fig. 1-2",
        meaning="what a good evaluation of the last round adds to it",
    )
    versed_gain: float = uncertain(
        0.04, unit="0-1", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.08),
        source=_A + ", 2.3.2.2: direct involvement trains the use of data",
        meaning="what teachers wholly versed in using data add to the hit",
    )
    versed_pace: float = fixed(
        0.3, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how fast teachers become versed in using data by taking part, or forget it",
    )
    supervision_gain: float = uncertain(
        0.1, unit="share of the gap", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2),
        source=_A + ", 5.2.2: the governor may link supervision and support",
        meaning="what the governor's knowledge from supervision closes of the gap to a perfect analysis where it is wholly used",
    )
    support_gain: float = uncertain(
        0.3, unit="share of the gap", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5), source=_A + ", 5.2",
        meaning="what full support closes of the gap to a perfect analysis",
    )
    support_hours: float = uncertain(
        40.0, unit="hours a year", bounds=(0.0, 1000.0), prior=Uniform(20.0, 60.0),
        source="assumption: about a working week for each owner",
        meaning="UH's hours that full support takes for each owner; the scheme's grant pays for them",
    )
    hit_sd: float = fixed(
        0.08, unit="0-1", bounds=(0.0, 0.4), source="assumption",
        meaning="luck in the hit of an analysis",
    )
    direct_hours: float = fixed(
        4.0, unit="hours per teacher and year", bounds=(0.0, 40.0),
        source=_A + ", 2.3.2.2 [D4]: direct involvement costs time",
        meaning="teachers' time in a wholly direct analysis",
    )
    owner_hours: float = fixed(
        40.0, unit="hours a year", bounds=(0.0, 1000.0), source="assumption",
        meaning="an owner's time for the analysis and its report",
    )
    evaluation_pace: float = fixed(
        0.5, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how fast evaluation moves to what partners make of it",
    )
