"""A limit told by those who were asked: the level of a quantity from which the middle respondent agrees.

The evaluation reports how many agree, and the virtual survey is fitted to that. A chain whose limits lie where the middle
respondent agrees has the survey's own yardstick: what most say is so holds for most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import prod

import numpy as np

from sim.state import State
from sim.surveys import questions
from sim.surveys.asking import Question, agrees_from
from sim.surveys.parameters import Survey
from sim.surveys.respondents import Respondents

QUESTIONS: Mapping[str, Question] = {
    each.key: each for each in vars(questions).values() if isinstance(each, Question)
}
"""The survey's questions by their keys."""


HALF_WAY = 0.5
NOTHING_EXPECTED: Mapping[str, float] = {}
"""Where nothing is known of what is expected, it is half-way and moves nothing."""


def expected_now(state: State, questions: Iterable[str]) -> dict[str, float]:
    """What those asked have come to expect on average, by the key of the question; questions without any left out."""
    found = {}
    for key in questions:
        used_to = QUESTIONS[key].latent.used_to
        if used_to is not None and (n := np.count_nonzero(levels := used_to(state))):
            found[key] = float(levels.sum() / n)
    return found


@dataclass(frozen=True)
class Asked:
    """Whose answers to which questions tell where a limit lies.

    Attributes
    ----------
    questions : tuple of str
        Keys in `QUESTIONS`. Where a quantity is the geometric mean of what several ask about, so is the limit.
    by : Respondents
        Whose middle respondent.
    """

    questions: tuple[str, ...]
    by: Respondents


def levels(limits: Sequence[Asked], s: Survey, usual: Mapping[str, float] = NOTHING_EXPECTED) -> list[float]:
    """The levels, in (0, 1), for those who have come to expect what is `usual`, by question."""
    each = [(key, limit.by) for limit in limits for key in limit.questions]
    expected = np.array([usual.get(key, HALF_WAY) for key, _ in each])
    found = iter(agrees_from([(QUESTIONS[key], by) for key, by in each], s, expected).tolist())
    return [prod(islice(found, n)) ** (1 / n) for n in (len(limit.questions) for limit in limits)]
