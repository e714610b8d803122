"""Peers who have been through follow-up themselves: what a visit gives, how far it reaches, what it takes."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Uniform

_OECD = "assumption: the project's own idea, which nobody has tried out"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Peers(Group, key="follow_up.peers", title="Follow-up: peers as ambassadors"):
    """What it does to be told by one who has been there [F3]; nothing at all is within the priors."""

    legitimacy: float = uncertain(
        0.1, unit="0-1 per 0-1", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.2), source=_OECD,
        meaning="what a visit by a peer nearby who found follow-up wholly right gives legitimacy",
    )
    stigma: float = uncertain(
        0.25, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.5), source=_OECD,
        meaning="part of the stigma that such a visit takes away",
    )
    freedom: float = uncertain(
        0.1, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2), source=_OECD,
        meaning="part of the felt pressure that such a visit takes away where taking part is voluntary",
    )
    beyond_network: float = fixed(
        0.5, unit="share", bounds=(0.0, 1.0), source="assumption",
        meaning="what a peer from another network under the same governor is worth against one from the owner's own",
    )
    most_visits: float = fixed(
        3.0, unit="visits", bounds=(0.5, 20.0), source="assumption",
        meaning="owners that one ambassador can visit after a draw; with more to visit each gets less",
    )
    visit_hours: float = fixed(
        20.0, unit="hours", bounds=(0.0, 200.0), source="assumption",
        meaning="hours that a visit takes of the ambassador, preparation and travel included, and of the owner visited",
    )
    visit_nok: float = fixed(
        15_000.0, unit="NOK", bounds=(0.0, 500_000.0), source="assumption",
        meaning="price of a visit (travel, compensation), taken from the scheme's money",
    )
