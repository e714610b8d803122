"""What makes an owner take part and put something in: legitimacy, pressure, an order, a threat; and what makes it refuse.

Whether pressure helps is not known. Schools graded as failing have gained under the threat of sanctions (Chiang 2009; Rouse et
al. 2013), and in the long run the same kind of pressure has helped some and harmed others (Deming et al. 2016); none of them is
about owners, Norway or guidance. So the priors reach to both sides of nothing, or down to nothing.
"""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Normal, Uniform

_S2 = "AFI-rapport 2021:09, 3.1"
_PRESSURE = "assumption after Chiang 2009, Rouse et al. 2013 and Deming et al. 2016 (recalled): gains in some, harm in others"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Will(Group, key="follow_up.will", title="Follow-up: will, pressure, refusal and threat"):
    """F3 and F11: what an owner does, and why."""

    voluntary_pressure: float = uncertain(
        0.9, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.82, 0.1),
        source=_S2 + ": owners feel it is nearly obligatory; the figure is an assumption",
        meaning="how strongly owners feel that they have to take part in today's voluntary scheme",
    )
    by_legitimacy: float = uncertain(
        0.7, unit="0-1 per 0-1", bounds=(0.0, 1.5), prior=Uniform(0.4, 1.0),
        source="assumption after " + _S2 + ": an explanation that is understood gives a will to invest",
        meaning="what legitimacy gives an owner's own will",
    )
    usual_legitimacy: float = fixed(
        0.57, unit="0-1", bounds=(0.0, 1.0), source="definition: today's, by the default values",
        meaning="legitimacy at which the own will is as great as the legitimacy",
    )
    by_pressure: float = uncertain(
        0.1, unit="0-1 per 0-1", bounds=(-0.6, 0.8), prior=Normal(0.1, 0.2), source=_PRESSURE,
        meaning="what felt control gives an owner's own will, beside what it takes from legitimacy; below 0 where it paralyses",
    )
    usual_control: float = fixed(
        0.9, unit="0-1", bounds=(0.0, 1.0), source="definition: today's, by the default values",
        meaning="felt control that today's will goes with",
    )
    order_wakes: float = uncertain(
        0.15, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source="assumption: an order has to be put before the council; it may change nothing [F11]",
        meaning="backing by council and top leadership that an order wakes",
    )
    order_moves: float = uncertain(
        0.3, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.6),
        source="assumption, down to nothing: leaders who are called to account free people for the work",
        meaning="part of what is missing of an owner's will that full backing woken by an order brings about",
    )
    order_fte: float = fixed(
        0.05, unit="man-years per 0-1", bounds=(0.0, 1.0),
        source="assumption: cases for the council and reporting back to it, as much as where it is involved in the decentralised scheme",
        meaning="work that backing which is woken by an order asks of the owner's staff",
    )
    pressure_holds: float = uncertain(
        0.85, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.6, 1.0), source="assumption after " + _S2,
        meaning="part of the refusals that full felt pressure holds off in a voluntary scheme",
    )
    refuse_load: float = uncertain(
        0.03, unit="share per unit of load", bounds=(0.0, 0.5), prior=Uniform(0.0, 0.06),
        source="assumption after AFI-rapport 2026:02, 3.6-3.7: overload in the smallest",
        meaning="chance of declining that goes with load above an owner's capacity, where it is wholly free to",
    )
    reluctance: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 1.0),
        source="assumption [F11], from none to all: ritual compliance in the literature on accountability",
        meaning="part of its own will that an owner lacks at first which would decline if it were free to, and takes part as it must",
    )
    refuse_bad_round: float = uncertain(
        0.1, unit="share", bounds=(0.0, 0.9), prior=Uniform(0.0, 0.3),
        source="assumption after AFI-rapport 2026:02, 3.1: one owner in 33 seriously considered it, because of a bad earlier round",
        meaning="chance of declining after a wholly bad earlier round, where an owner is wholly free to",
    )
    supervision_gives: float = uncertain(
        0.15, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.3), source="assumption: it may change nothing",
        meaning="effort that supervision after a refusal brings about; worth less, as it is enforced",
    )
    threat: float = uncertain(
        0.03, unit="share per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.08),
        source=_PRESSURE + ", of schools near a threshold; for owners it may be nothing",
        meaning="part of a full measure that an owner at the limit carries out by itself so as not to be drawn, for each unit of felt control and stigma",
    )
    threat_width: float = uncertain(
        0.1, unit="risk share", bounds=(0.01, 1.0), prior=Uniform(0.02, 0.18),
        source="assumption: next to the limit only, or as far as a bad year takes an owner",
        meaning="how far from the limit an owner that was not drawn feels no threat any more",
    )
    threat_fte: float = fixed(
        0.3, unit="man-years", bounds=(0.0, 2.0),
        source="assumption: more than in the scheme, where guides and provider help",
        meaning="what a full measure that an owner carries out by itself asks of its staff",
    )
