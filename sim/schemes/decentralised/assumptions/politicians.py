"""Politicians who take part: what their backing holds and secures, how it is won and lost, what it takes."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption; AFI-rapport 2026:02, 5.3: politicians are almost absent [D13]"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Politicians(Group, key="decentralised.politicians", title="Decentralised: politicians involved"):
    """D13: what it would be worth, and cost, if the municipal council took part."""

    pace: float = uncertain(
        0.5, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.5, 0.12), source=_A,
        meaning="how fast the council comes to stand behind the plan where the owner has time to involve it",
    )
    holds: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6), source=_A,
        meaning="part of what a change of head of schools would lose that a council wholly behind the plan holds",
    )
    secures: float = uncertain(
        0.4, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.8), source=_A,
        meaning="part of the strain of the own contribution that is gone where the council stands wholly behind it",
    )
    sways: float = uncertain(
        0.1, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2), source=_A,
        meaning="part of the needs analysis that a council wholly involved sets aside for what it holds important itself",
    )
    election_loss: float = uncertain(
        0.3, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.1, 0.5), source=_A,
        meaning="part of the backing that goes with those who are not elected again",
    )
    election_year: int = fixed(
        2015, unit="calendar year", bounds=(1900, 2100), source="local elections: 2011, 2015, 2019, 2023",
        meaning="a year of local elections; they fall in autumn",
    )
    election_period: int = fixed(
        4, unit="years", bounds=(1, 20), source="kommuneloven; valgloven",
        meaning="years from one local election to the next",
    )
    hours: float = fixed(
        80.0, unit="hours a year", bounds=(0.0, 2000.0),
        source="assumption: a yearly report on quality, papers, two meetings and a seminar",
        meaning="hours of an owner's staff to have the council fully involved, whatever the owner's size",
    )
