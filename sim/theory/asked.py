"""A limit told by those who were asked: the level of a quantity from which the middle respondent agrees.

The evaluation reports how many agree, and the virtual survey is fitted to that. A chain whose limits lie where the middle
respondent agrees has the survey's own yardstick: what most say is so holds for most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
        levels = QUESTIONS[key].latent.expected(state)
        if levels is not None and (known := ~np.isnan(levels)).any():
            found[key] = float(np.where(known, levels, 0.0).sum() / known.sum())
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

    def level(self, s: Survey, usual: Mapping[str, float] = NOTHING_EXPECTED) -> float:
        """The level, in (0, 1), for those who have come to expect what is `usual`, by question."""
        levels = [agrees_from(QUESTIONS[key], self.by, s, usual.get(key, HALF_WAY)) for key in self.questions]
        return float(np.prod(levels) ** (1 / len(levels)))
