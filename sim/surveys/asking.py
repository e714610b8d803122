"""Putting a question to a group of respondents: who can answer, what they see, what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from sim.arrays import Bools, Floats, Ints, Number
from sim.outcomes.look import once
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.decentralised.state import DecentralisedSchools
from sim.state import State
from sim.surveys import measurement
from sim.surveys.latents import Latent
from sim.surveys.parameters import Survey
from sim.surveys.respondents import (
    GROUPS,
    NOBODY_IN_PARTICULAR,
    Respondents,
    order_of_answering,
    people,
    respond,
)
from sim.surveys.views import viewed


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    says : str
        The statement, in our words.
    difficulty : callable or None
        Where the middle respondent agrees, on the logit scale; None for a plain fact, which is answered as it is.
    battery : str
        Questions that are put together and share what a wave does to their answers; empty is one of its own.
    at_table : bool
        Whether it is about working together, which is seen less well with each step from the partnership [D8]; how long a step is
        says the distance of the school's leader.
    agree_from : int
        Lowest of the five steps that is reported as agreeing.
    """

    key: str
    says: str
    latent: Latent
    difficulty: Callable[[Survey], float] | None
    battery: str = ""
    at_table: bool = False
    agree_from: int = measurement.TOP_TWO_FROM


@dataclass(frozen=True)
class Answers:
    """Answers of those with an opinion.

    Attributes
    ----------
    agree : array of bool, shape (persons, statements)
    """

    agree: Bools

    @property
    def n(self) -> int:
        """Persons."""
        return len(self.agree)

    @property
    def share(self) -> float:
        """Share that agrees, mean over statements; NaN if nobody answered."""
        return float(self.agree.mean()) if self.agree.size else float("nan")


def put(question: Question, kind: Respondents, n: int, state: State, p: Parameters, draw: Draws) -> Answers:
    """Put a question to a group, `n` of whom answer; some of those have no opinion."""
    return _given(state, question, kind, n, p, draw)


@once
def _given(
    state: State, question: Question, kind: Respondents, n: int, p: Parameters, draw: Draws
) -> Answers:
    group = GROUPS[kind]
    values = viewed(state, question.latent.values(state, p), question.latent.level, group.level)
    everybody = people(state, draw, kind)
    something_to_judge = ~np.isnan(np.einsum("ij->i", values))  # quicker than `any` over a few statements
    who = respond(everybody, something_to_judge[everybody.unit], n, order_of_answering(state, draw, kind))
    share = group.no_opinion(p[Survey])
    opinion: Bools = draw.uniform(f"survey: opinion, {kind}: {question.key}", who.id) >= share
    expected = question.latent.expected(state)
    if expected is not None:
        expected = viewed(state, expected, question.latent.level, group.level)[who.unit]
    away = group.steps_away * state[DecentralisedSchools].distance[who.unit] if group.steps_away else None
    agree = _agree(question, kind, who.id, values[who.unit], expected, away, p[Survey], draw)
    return Answers(agree[opinion])


def _agree(
    question: Question,
    kind: Respondents,
    ids: Ints,
    latent: Floats,
    expected: Floats | None,
    away: Floats | None,
    s: Survey,
    draw: Draws,
) -> Bools:
    """Whether persons agree with each statement, from the quantities they judge; all of shape (persons, statements).

    `away`, shape (persons,), is how far they stand from the partnership; None for those who sit in it.
    """
    statements = latent.shape[1]
    if question.difficulty is None:
        return np.asarray(draw.uniform(f"survey: fact, {kind}: {question.key}", ids, per=statements) < latent)
    leaning = draw.normal(f"survey: leaning, {kind}", ids)
    own = draw.normal(f"survey: answer, {kind}: {question.key}", ids, per=statements)
    better = perceived(question, kind, np.zeros(len(ids)) if away is None else away, s)
    answer = (
        measurement.seen(latent, s.latent_floor)
        + s.person_sd * better[:, None]
        - question.difficulty(s)
        + s.wave_sd
        * float(draw.normal(f"survey: wave, {question.battery or question.key}", NOBODY_IN_PARTICULAR)[0])
        + measurement.noise(leaning, own, s.person_sd, s.leaning_share)
    )
    if expected is not None:
        usual = np.where(
            np.isnan(expected), latent, expected
        )  # who expects nothing yet takes what is for granted
        answer = answer - s.expectation_strength * measurement.seen(usual, s.latent_floor)
    return measurement.agreeing(measurement.steps(answer, s.thresholds), question.agree_from)


def perceived(question: Question, kind: Respondents, away: Number, s: Survey) -> Number:
    """How much better persons see what a question is about than teachers do, in SD of persons, same shape as `away` [D8].

    Parameters
    ----------
    away : float or array of float
        How far they stand from the partnership.
    """
    return GROUPS[kind].perception(s) - s.distance * away * question.at_table


def agrees_from(asked: Sequence[tuple[Question, Respondents]], s: Survey, usual: Floats) -> Floats:
    """The least value of each quantity, in (0, 1), for which the middle one of a group agrees, at the distance of its steps.

    Parameters
    ----------
    asked : sequence of (Question, Respondents)
    usual : array of float, shape (questions,)
        What is expected; half-way moves nothing.

    Returns
    -------
    array of float, shape (questions,)

    Raises
    ------
    ValueError
        If a question is a plain fact, which is not agreed to by degrees.
    """
    step = s.thresholds[measurement.TOP_TWO_FROM - 2]
    hard, better = np.empty((2, len(asked)))
    for i, (question, kind) in enumerate(asked):
        if question.difficulty is None:
            raise ValueError(f"{question.key}: a plain fact has no level from which one agrees")
        hard[i] = question.difficulty(s) + step
        better[i] = perceived(question, kind, GROUPS[kind].steps_away, s)
    asked_more = s.expectation_strength * measurement.seen(usual, s.latent_floor)
    return np.asarray(expit(hard + asked_more - s.person_sd * better))
