"""Grants and regimes: who can order, apply and co-fund, and what each way of funding asks for."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Money(Group, key="decentralised.money", title="Decentralised: grants and regimes"):
    """Who can order, apply and co-fund."""

    order_capacity: float = fixed(
        1.0, unit="man-years", bounds=(0.1, 10.0), source=_A + ", 1.1: capacity to order decides",
        meaning="owner's staff at which half of a direct grant is turned into well-chosen orders",
    )
    apply_power: float = uncertain(
        1.0, unit="exponent", bounds=(0.0, 3.0), prior=Uniform(0.5, 1.5),
        source=_A + ", 1.1: capacity to write applications decides",
        meaning="how much capacity and competence count when owners apply to national programmes",
    )
    apply_winners: float = fixed(
        0.5, unit="share of owners", bounds=(0.05, 1.0), source="assumption",
        meaning="owners whose applications to national programmes are granted in a year",
    )
    strain: float = uncertain(
        0.5, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8),
        source="OECD 2020: watch the co-funding rule for small municipalities",
        meaning="part of the grant that an owner of least means cannot take up because of the own contribution",
    )
    usual_cofunding: float = fixed(
        0.3, unit="share of the state grant", bounds=(0.05, 2.0), source="definition: today's rule",
        meaning="own contribution at which the strain is as given",
    )
    strain_size: float = fixed(
        3000.0, unit="inhabitants", bounds=(500.0, 30000.0), source="assumption",
        meaning="size at which half of that strain is felt",
    )
    need_weight: float = fixed(
        0.5, unit="log weight per scale point", bounds=(0.0, 2.0), source="assumption",
        meaning="how much more counts for each scale point below the nation's mean where the grant is split by need",
    )
    market_hours: float = fixed(
        20.0, unit="hours a year", bounds=(0.0, 1000.0), source=_A + ", 1.1",
        meaning="an owner's time to order and account for what a direct grant buys",
    )
    hierarchy_hours: float = fixed(
        60.0, unit="hours a year", bounds=(0.0, 1000.0), source=_A + ", 1.1: capacity to write applications",
        meaning="an owner's time for applications to national programmes and reports on them",
    )
    network_hours: float = fixed(
        40.0, unit="hours a year", bounds=(0.0, 1000.0), source=_A + ", 1.1: networks are costly in time",
        meaning="an owner's time for forum and network meetings",
    )
    market_tailoring: float = fixed(
        0.2, unit="0-1", bounds=(0.0, 1.0), source=_A + ", 1.1: packaged courses",
        meaning="tailoring that ordered courses have",
    )
    hierarchy_tailoring: float = fixed(
        0.3, unit="0-1", bounds=(0.0, 1.0), source=_A + ", 1.1: many links between design and classroom",
        meaning="tailoring that national programmes have",
    )
    network_tailoring: float = fixed(
        0.8, unit="0-1", bounds=(0.0, 1.0), source=_A + ", 1.3.1",
        meaning="tailoring that partnerships in a network can come to",
    )
    market_involvement: float = fixed(
        0.5, unit="share", bounds=(0.0, 1.0), source=_A + ", 1.1: little ownership",
        meaning="teachers' involvement in ordered courses against that in a partnership",
    )
    hierarchy_involvement: float = fixed(
        0.6, unit="share", bounds=(0.0, 1.0), source=_A + ", 1.1",
        meaning="teachers' involvement in national programmes against that in a partnership",
    )
