"""What a report is about decides what it puts first."""

import pytest

from sim.declared import OUTCOMES
from sim.report.subject import FOLLOW_UP, FUNDING, SYSTEM, VOCATIONAL, Subject, subject_of


@pytest.mark.parametrize(
    ("parts", "subject"),
    [
        ({"decentralised"}, FUNDING),
        ({"decentralised_money", "load"}, FUNDING),
        ({"follow_up"}, FOLLOW_UP),
        ({"decentralised", "follow_up"}, FOLLOW_UP),
        ({"load"}, FOLLOW_UP),
        ({"vocational"}, VOCATIONAL),
        ({"decentralised", "neighbours", "system_2026", "vocational"}, SYSTEM),
        ({"follow_up", "system_2026"}, FOLLOW_UP),
        (set(), FOLLOW_UP),
    ],
)
def test_a_comparison_is_about_follow_up_unless_only_other_things_differ(
    parts: set[str], subject: Subject
) -> None:
    assert subject_of(parts) is subject


@pytest.mark.parametrize("subject", [FOLLOW_UP, FUNDING, VOCATIONAL, SYSTEM], ids=lambda s: s.key)
def test_every_outcome_a_subject_asks_for_exists(subject: Subject) -> None:
    known = {outcome.key for outcome in OUTCOMES}
    asked = {*subject.main, *subject.goals, *subject.prices, *subject.gains, *subject.spreads, *subject.costs}
    assert asked <= known
