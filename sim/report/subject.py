"""What a comparison is about, and hence what its report puts first: follow-up is judged by other things than funding.

Which part of the model the designs differ in tells the subject; the report reads it from the manifest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """The outcomes that a report on one kind of question begins with, each list in its order.

    Attributes
    ----------
    key : str
        By which texts are found that are the subject's own.
    main : tuple of str
        What the answer's picture, the trajectories and the first table show.
    goals, prices : tuple of str
        Of the answer's sentences: the first goal that the files have; the first price that got worse.
    gains : tuple of str
        What is shown for groups of municipalities.
    spreads : tuple of str
        Whose differences are shown world by world.
    costs : tuple of str
        What is said of time, money and size; the first two in sentences.
    """

    key: str
    main: tuple[str, ...]
    goals: tuple[str, ...]
    prices: tuple[str, ...]
    gains: tuple[str, ...]
    spreads: tuple[str, ...]
    costs: tuple[str, ...]


PUPILS = "pupil_results"
_PRICES = ("ownership", "school_acceptance", "stigma", "community", "fatigue", "inequality")

FOLLOW_UP = Subject(
    key="follow_up",
    main=("owner_competence", "practice", PUPILS, "under_limit", "legitimacy", "hours"),
    goals=("owner_competence", "practice", "community"),
    prices=("legitimacy", *_PRICES, "hours", "money_nok"),
    gains=("owner_competence", "practice", PUPILS),
    spreads=("owner_competence", PUPILS, "legitimacy"),
    costs=("hours", "money_nok", "participates", "pupils_reached"),
)
# Where the money goes, what it reaches, and what it does to differences between owners.
FUNDING = Subject(
    key="funding",
    main=(
        "teachers_reached",
        "practice",
        PUPILS,
        "owner_inequality",
        "grant_inequality",
        "funding_legitimacy",
    ),
    goals=("teachers_reached", "practice"),
    prices=(
        "funding_legitimacy",
        "owner_inequality",
        "grant_inequality",
        *_PRICES,
        "scheme_hours",
        "own_nok",
    ),
    gains=("grant_nok", "teachers_reached", PUPILS),
    spreads=("teachers_reached", PUPILS, "funding_legitimacy"),
    costs=("scheme_hours", "own_nok", "grant_nok", "teachers_reached"),
)

_BY_PART = {"follow_up": FOLLOW_UP, "decentralised": FUNDING}


def subject_of(parts: Collection[str]) -> Subject:
    """The subject of designs that differ in these parts of the model (the first words of the levers' names).

    Follow-up is what this model is for first of all, so it is the subject wherever it is touched or nothing else is known.
    """
    return next(
        (subject for part, subject in _BY_PART.items() if any(p.startswith(part) for p in parts)), FOLLOW_UP
    )
