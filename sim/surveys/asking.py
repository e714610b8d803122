"""Putting a question to a group of respondents: who can answer, what they see, what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.schemes.decentralised.state import DecentralisedSchools
from sim.state import State
from sim.surveys import measurement
from sim.surveys.latents import Latent
from sim.surveys.parameters import Survey
from sim.surveys.respondents import GROUPS, Respondents, people, respond
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
    at_table : bool
        Whether it is about working together, which is seen less well with each step from the partnership [D8]; how long a step is
        says the distance of the school's leader.
    """

    key: str
    says: str
    latent: Latent
    difficulty: Callable[[Survey], float] | None
    at_table: bool = False


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
    group = GROUPS[kind]
    values = viewed(state, question.latent.values(state, p), question.latent.level, group.level)
    everybody = people(state, draw, kind)
    nothing_to_judge = np.asarray(np.isnan(values).any(axis=1))
    who = respond(everybody, ~nothing_to_judge[everybody.unit], n, draw, kind)
    share = group.no_opinion(p[Survey])
    opinion: Bools = draw.uniform(f"survey: opinion, {kind}: {question.key}", who.id) >= share
    away = group.steps_away * state[DecentralisedSchools].distance[who.unit] if group.steps_away else None
    agree = _agree(question, kind, who.id, values[who.unit], away, p[Survey], draw)
    return Answers(agree[opinion])


def _agree(
    question: Question,
    kind: Respondents,
    ids: Ints,
    latent: Floats,
    away: Floats | None,
    s: Survey,
    draw: Draws,
) -> Bools:
    """Whether persons agree with each statement, from the quantities they judge; both of shape (persons, statements).

    `away`, shape (persons,), is how far they stand from the partnership; None for those who sit in it.
    """
    statements = latent.shape[1]
    if question.difficulty is None:
        return np.asarray(draw.uniform(f"survey: fact, {kind}: {question.key}", ids, per=statements) < latent)
    leaning = draw.normal(f"survey: leaning, {kind}", ids)
    own = draw.normal(f"survey: answer, {kind}: {question.key}", ids, per=statements)
    perceived = np.full(len(ids), GROUPS[kind].perception(s))
    if question.at_table and away is not None:
        perceived -= s.distance * away
    answer = (
        measurement.seen(latent, s.latent_floor)
        + s.person_sd * perceived[:, None]
        - question.difficulty(s)
        + measurement.noise(leaning, own, s.person_sd, s.leaning_share)
    )
    return measurement.in_top_two(measurement.steps(answer, s.thresholds))
