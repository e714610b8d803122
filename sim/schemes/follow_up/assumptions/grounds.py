"""What owners make of the grounds on which they were drawn: doubts, earlier rounds, and how the view changes with the years."""

from __future__ import annotations

from sim.parameters.declaration import Group, fixed, uncertain
from sim.parameters.priors import Beta, Uniform

_S2 = "AFI-rapport 2021:09"
_S1 = "AFI-rapport 2026:02"
_SIZE = "; the size is an assumption"


# A declaration is a sentence of three or four lines; the formatter would give each part of it a line.
# fmt: off


class Grounds(
    Group, key="follow_up.grounds", title="Follow-up: the grounds of the draw and what owners make of them"
):
    """F3 and F9: legitimacy knows the grounds."""

    doubt_cost: float = uncertain(
        0.25, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.05, 0.45), source=f"{_S2}, 2.5 and 3.1{_SIZE}",
        meaning="what full doubt about the grounds takes from legitimacy",
    )
    usual_doubt: float = fixed(
        0.46, unit="0-1", bounds=(0.0, 1.0), source="definition: about the mean of today's draw",
        meaning="doubt at which legitimacy is as the dialogue alone makes it",
    )
    swing: float = fixed(
        0.3, unit="0-1", bounds=(0.0, 1.0),
        source=f"{_S2}, 2.5 and 3.1: figures that swing between years and indicators{_SIZE}",
        meaning="doubt about grounds that swing as much as they can between years and between indicators",
    )
    margin: float = fixed(
        0.3, unit="0-1", bounds=(0.0, 1.0), source=f"{_S1}, 3.3.2: small margins{_SIZE}",
        meaning="doubt of an owner that was drawn by no margin at all",
    )
    wide_margin: float = fixed(
        0.15, unit="risk share", bounds=(0.01, 1.0), source="assumption",
        meaning="distance from the limit at which nobody doubts it any more",
    )
    better_again: float = fixed(
        0.3, unit="0-1", bounds=(0.0, 1.0), source=f"{_S2}, 2.5: having come above the limit since{_SIZE}",
        meaning="doubt of an owner whose latest year alone would not have led to the draw",
    )
    by_spread: float = fixed(
        0.4, unit="0-1", bounds=(0.0, 1.0),
        source=f"{_S2}, 2.5: municipalities drawn by spread doubt their grounds{_SIZE}",
        meaning="doubt of an owner drawn by the spread between its schools",
    )
    small_cohort: float = fixed(
        0.3, unit="0-1", bounds=(0.0, 1.0), source=f"{_S1}, 3.1: small cohorts{_SIZE}",
        meaning="doubt about figures of the smallest cohorts",
    )
    cohort_pupils: float = fixed(
        20.0, unit="pupils", bounds=(1.0, 500.0), source="assumption",
        meaning="pupils in a grade at which the doubt about small cohorts is half as great",
    )
    parked_cost: float = uncertain(
        0.2, unit="0-1 per 0-1", bounds=(0.0, 1.0), prior=Uniform(0.0, 0.4),
        source=f"{_S2}, 3.1 and 4.1: objections that are parked{_SIZE}",
        meaning="what full doubt takes from legitimacy on top where the governor, being distant, leaves it unanswered",
    )
    judged_cost: float = uncertain(
        0.15, unit="0-1", bounds=(0.0, 0.6), prior=Uniform(0.05, 0.25),
        source=f"{_S1}, 3.4: indicators legitimise the draw{_SIZE}",
        meaning="legitimacy that is lost where the governors' judgement alone decides whom the average draw picks",
    )
    bad_round_cost: float = uncertain(
        0.2, unit="0-1", bounds=(0.0, 0.8), prior=Uniform(0.0, 0.4),
        source=f"{_S2}, 3.1 and 3.3; {_S1}, 3.1: a bad earlier round lowers the will{_SIZE}",
        meaning="what a wholly bad earlier round takes from the legitimacy of the next",
    )
    good_gain: float = fixed(
        0.15, unit="risk share", bounds=(0.01, 1.0), source="assumption",
        meaning="fall of the risk share between two draws after which an owner finds that the earlier round gave what it could",
    )
    trauma_margin: float = uncertain(
        0.5, unit="share", bounds=(0.0, 2.0), prior=Uniform(0.0, 1.0), source=f"{_S1}, 3.3.2: small margins{_SIZE}",
        meaning="how much more often draw trauma comes where the owner was drawn by no margin at all than by a middling one",
    )
    trauma_leadership: float = uncertain(
        0.5, unit="share", bounds=(0.0, 2.0), prior=Uniform(0.0, 1.0),
        source=f"{_S1}, 3.3.2: the school's leadership and culture{_SIZE}",
        meaning="how much more often draw trauma comes in a school without any leading competence than in a middling one",
    )
    comes_round: float = uncertain(
        0.3, unit="share per year", bounds=(0.0, 1.0), prior=Beta(0.3, 0.1),
        source=f"{_S2}, 3.1: first a defeat, then a chance; the pace is an assumption",
        meaning="how fast the stigma of the draw passes in those who take part and are under no sanction",
    )
