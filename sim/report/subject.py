"""What a comparison is about, and hence what its report puts first: follow-up is judged by other things than funding.

Which part of the model the designs differ in tells the subject; the report reads it from the manifest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sim.report.group_names import ALL, PICKED_EITHER


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
        What the designs are for, and what they may cost: where none of these moves by as much as would matter, the answer is
        that there is no difference.
    gains : tuple of str
        What is shown for groups of municipalities.
    spreads : tuple of str
        Whose differences are shown world by world.
    costs : tuple of str
        What is said of time, money and size; the first two in sentences.
    schemes : tuple of str
        Parts of the model whose assumptions the answer rests on, beside those that every answer does.
    concerned : str
        Group of municipalities that the question is about: of them outcomes are told first, and only then of the country.
    """

    key: str
    main: tuple[str, ...]
    goals: tuple[str, ...]
    prices: tuple[str, ...]
    gains: tuple[str, ...]
    spreads: tuple[str, ...]
    costs: tuple[str, ...]
    schemes: tuple[str, ...]
    concerned: str = ALL

    @property
    def followed(self) -> tuple[str, ...]:
        """All that the question is about: main outcomes, goals, prices and costs."""
        return tuple(dict.fromkeys((*self.main, *self.goals, *self.prices, *self.costs)))

    @property
    def besides(self) -> tuple[str, ...]:
        """How the names of assumptions begin that belong to other schemes."""
        return tuple(f"{scheme}." for scheme in _BY_PART if scheme not in self.schemes)


PUPILS = "pupil_results"
HEADS = ("pupils", "scheme_pupils_reached", "voc_reached")
"""Outcomes that only count heads, so that money can be divided by them; of what moved, others tell the same in shares."""
_PRICES = ("ownership", "school_acceptance", "stigma", "community", "fatigue", "inequality")

FOLLOW_UP = Subject(
    key="follow_up",
    main=("owner_competence", "practice", PUPILS, "under_limit", "legitimacy", "hours"),
    goals=("owner_competence", "practice", "community"),
    prices=("legitimacy", *_PRICES, "hours", "money_nok", "running_nok"),
    gains=("owner_competence", "practice", PUPILS),
    spreads=("owner_competence", PUPILS, "legitimacy"),
    costs=("hours", "money_nok", "participates", "pupils_reached"),
    schemes=("follow_up",),
    concerned=PICKED_EITHER,
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
        "running_nok",
    ),
    gains=("grant_nok", "teachers_reached", PUPILS),
    spreads=("teachers_reached", PUPILS, "funding_legitimacy"),
    costs=("scheme_hours", "own_nok", "grant_nok", "teachers_reached"),
    schemes=("decentralised",),
)

# Upper secondary: who is reached, what lasts, what it takes. Its figures are the country's; there are no groups of owners.
VOCATIONAL = Subject(
    key="vocational",
    main=(
        "voc_teachers_reached",
        "voc_subject",
        "voc_collective",
        "voc_visibility",
        "voc_unspent",
        "voc_hours",
    ),
    goals=("voc_teachers_reached", "voc_subject", "voc_collective"),
    prices=(
        "voc_subject",
        "voc_collective",
        "voc_visibility",
        "voc_role_clarity",
        "voc_unspent",
        "voc_hours",
        "voc_own_nok",
        "voc_grant_nok",
    ),
    gains=(),
    spreads=("voc_teachers_reached", "voc_subject", "voc_collective"),
    costs=("voc_hours", "voc_unspent", "voc_schools", "voc_training_side"),
    schemes=("vocational",),
)
# The lasting system: what reaches classrooms, what it asks of owners, and whether vocational needs stay in sight.
SYSTEM = Subject(
    key="system_2026",
    main=("practice", PUPILS, "owner_competence", "owner_load", "upper_practice", "voc_subject"),
    goals=("practice", "owner_competence"),
    prices=(
        "owner_load",
        "voc_visibility",
        "voc_subject",
        "legitimacy",
        *_PRICES,
        "scheme_hours",
        "running_nok",
    ),
    gains=("practice", PUPILS, "owner_load"),
    spreads=("practice", PUPILS, "owner_load"),
    costs=("scheme_hours", "further_education_own_nok", "system_nok", "voc_hours"),
    schemes=("system_2026", "neighbours"),
)

_BY_PART = {
    "follow_up": FOLLOW_UP,
    "system_2026": SYSTEM,
    "decentralised": FUNDING,
    "neighbours": SYSTEM,
    "vocational": VOCATIONAL,
}


def subject_of(parts: Collection[str]) -> Subject:
    """The subject of designs that differ in these parts of the model (the first words of the levers' names).

    Follow-up is what this model is for first of all, so it is the subject wherever it is touched or nothing else is known.
    """
    return next(
        (subject for part, subject in _BY_PART.items() if any(p.startswith(part) for p in parts)), FOLLOW_UP
    )
