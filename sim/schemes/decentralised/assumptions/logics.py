"""Institutional logics: what everybody brings along from earlier ways of funding, and how fast that moves; what lasts."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_A = "assumption after AFI-rapport 2026:02"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Logics(Group, key="decentralised.logics", title="Decentralised: institutional logics"):
    """Every actor holds a mix of market, hierarchy and network; it moves and never loses a layer."""

    pace: float = uncertain(
        0.12, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.12, 0.05), source=_A + ", 1.4.1",
        meaning="how fast an actor's mix moves to that of the regime it lives under",
    )
    start_market: float = fixed(
        0.3, unit="share", bounds=(0.0, 1.0), source=_A + ", 1.4 (sedimentation)",
        meaning="market in everybody's mix when a world begins",
    )
    start_hierarchy: float = fixed(
        0.4, unit="share", bounds=(0.0, 1.0), source=_A + ", 1.4 (sedimentation)",
        meaning="hierarchy in everybody's mix when a world begins, as far as the market leaves room; the rest is network",
    )
    floor: float = fixed(
        0.1, unit="share", bounds=(0.0, 0.3), source=_A + ", 1.4.1 (sedimentation)",
        meaning="least part of each logic in any actor's mix",
    )
    legitimacy_fit: float = uncertain(
        0.5, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.2, 0.8), source=_A + ", 5.4",
        meaning="what the fit between mix and regime gives legitimacy",
    )
    legitimacy_base: float = uncertain(
        0.4, unit="0-1", bounds=(0.0, 1.0), prior=Beta(0.4, 0.1), source="assumption",
        meaning="legitimacy of a way of funding that fits nobody",
    )
    imposed_cost: float = uncertain(
        0.1, unit="0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.2),
        source=_A + ", 2.2.1, 5.3: criteria were accepted since actors had shaped them",
        meaning="legitimacy, for owners and UH, that criteria wholly of others' making cost",
    )
    seen_pace: float = fixed(
        0.35, unit="share per year", bounds=(0.0, 1.0), source="assumption",
        meaning="how fast actors come to count on the way in which money comes now",
    )
    waits: float = uncertain(
        0.2, unit="share", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source=_A + ", 2.2.1: a long-term, predictable scheme is a success factor",
        meaning="part of the effort that is held back where nothing is left of the way in which money came lately",
    )
