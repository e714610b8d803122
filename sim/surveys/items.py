"""The kinds of item in the questionnaire: a share or count of those who agree, a comparison of groups, a register's figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from sim.half_year import HalfYear
from sim.parameters.registry import Parameters
from sim.randomness import Draws
from sim.state import State, Table
from sim.surveys.asking import Question, put
from sim.surveys.figures import Figure, Reading
from sim.surveys.measurement import TOP
from sim.surveys.respondents import ON_THE_SCHEME, RESPONSES, Respondents

REGISTRY = "registry"


class Over(StrEnum):
    """How an item's values in several half-years make the one that the evaluation reports."""

    MEAN = "mean"
    SUM = "sum"
    CHANGE = "change"


class Item(Protocol):
    """One row of the evaluation's results, answered by the model."""

    @property
    def target(self) -> str:
        """The row's id among the calibration targets."""

    @property
    def respondents(self) -> str:
        """Who is asked, as the evaluation says it."""

    @property
    def half_years(self) -> tuple[HalfYear, ...]:
        """When it is asked."""

    @property
    def over(self) -> Over:
        """How several half-years make one value."""

    @property
    def source(self) -> str:
        """Where the evaluation reports it."""

    @property
    def needs(self) -> tuple[type[Table], ...]:
        """Tables without which it can't be asked."""

    @property
    def reports(self) -> str:
        """What the value is, in words."""

    @property
    def measures(self) -> str:
        """The model's quantity behind it, in words."""

    def ask(self, state: State, p: Parameters, draw: Draws) -> Figure:
        """The value and the persons or units behind it."""


def answering(kind: Respondents, half_year: HalfYear, n: Mapping[Respondents, int]) -> int:
    """How many of a group answer: as told, or as many as in the wave."""
    if kind in n:
        return n[kind]
    return ON_THE_SCHEME[half_year] if kind is Respondents.LEADERS else RESPONSES[kind][half_year].answered


@dataclass(frozen=True)
class Agreement:
    """How many agree.

    Attributes
    ----------
    n : mapping from group to persons
        Answers to this item, where their number is known; otherwise all who answered in the wave.
    counted : bool
        Whether persons are counted instead of giving their share.
    """

    target: str
    asked: tuple[Respondents, ...]
    half_years: tuple[HalfYear, ...]
    question: Question
    n: Mapping[Respondents, int]
    counted: bool
    source: str
    called: str = ""
    over: Over = Over.MEAN

    @property
    def respondents(self) -> str:
        """Who is asked, as the evaluation says it."""
        return self.called or " and ".join(self.asked)

    @property
    def needs(self) -> tuple[type[Table], ...]:
        """Tables without which it can't be asked."""
        return self.question.latent.reads

    @property
    def reports(self) -> str:
        """What the value is, in words."""
        top = "the top two" if self.question.agree_from < TOP else "the highest"
        what = "who say so" if self.question.difficulty is None else f"in {top} of five steps"
        if self.over is Over.CHANGE:
            what += ", last wave less first"
        return f"{'number' if self.counted else 'share'} {what}: {self.question.says}"

    @property
    def measures(self) -> str:
        """The model's quantity behind it, in words."""
        return quantity(self.question)

    def ask(self, state: State, p: Parameters, draw: Draws) -> Figure:
        """The value and the persons behind it."""
        parts = [
            put(self.question, kind, answering(kind, state.now, self.n), state, p, draw)
            for kind in self.asked
        ]
        agree = np.concatenate([part.agree for part in parts])
        if not agree.size:
            return Figure(float("nan"), 0)
        return Figure(float(agree.mean()) * (len(agree) if self.counted else 1), len(agree))


class Contrast(StrEnum):
    """How two groups are compared."""

    RATIO = "over"
    GAP = "minus"


@dataclass(frozen=True)
class Comparison:
    """What one side says against the other; the same answers as in the items of their own."""

    target: str
    first: tuple[Respondents, ...]
    second: Respondents
    contrast: Contrast
    half_years: tuple[HalfYear, ...]
    questions: tuple[Question, ...]
    source: str
    over: Over = Over.MEAN

    @property
    def respondents(self) -> str:
        """Who is asked, as the evaluation says it."""
        first = " and ".join("UH" if kind is Respondents.UH else kind for kind in self.first)
        second = self.second if self.contrast is Contrast.RATIO else self.second.removeprefix("school ")
        return f"{first} {self.contrast} {second}"

    @property
    def needs(self) -> tuple[type[Table], ...]:
        """Tables without which it can't be asked."""
        return tuple(table for question in self.questions for table in question.latent.reads)

    @property
    def reports(self) -> str:
        """What the value is, in words."""
        what = "ratio" if self.contrast is Contrast.RATIO else "difference"
        return f"{what} of shares in the top two of five steps: " + "; ".join(q.says for q in self.questions)

    @property
    def measures(self) -> str:
        """The model's quantity behind it, in words."""
        return " ".join(quantity(question) for question in self.questions)

    def ask(self, state: State, p: Parameters, draw: Draws) -> Figure:
        """The value and the persons behind it."""
        answers = {
            kind: [put(q, kind, answering(kind, state.now, {}), state, p, draw) for q in self.questions]
            for kind in (*self.first, self.second)
        }
        share = {kind: float(np.mean([a.share for a in given])) for kind, given in answers.items()}
        first = float(np.mean([share[kind] for kind in self.first]))
        second = share[self.second]
        n = sum(given[0].n for given in answers.values())
        if self.contrast is Contrast.GAP:
            return Figure(first - second, n)
        return Figure(first / second if second > 0 else float("nan"), n)


@dataclass(frozen=True)
class Registered:
    """A figure read from the state as it is."""

    target: str
    half_years: tuple[HalfYear, ...]
    reading: Reading
    needs: tuple[type[Table], ...]
    source: str
    respondents: str = REGISTRY
    over: Over = Over.MEAN
    means: str = ""

    @property
    def reports(self) -> str:
        """What the value is, in words."""
        return self.means or sentence(self.reading.__doc__)

    @property
    def measures(self) -> str:
        """The model's quantity behind it, in words."""
        return "the same in the model's state"

    def ask(self, state: State, p: Parameters, draw: Draws) -> Figure:
        """The value and the units behind it."""
        return self.reading(state, p, draw)


def quantity(question: Question) -> str:
    """The quantity that a question measures, in words."""
    return sentence(question.latent.measure.__doc__)


def sentence(text: str | None) -> str:
    """A docstring's first paragraph on one line."""
    return " ".join((text or "").split("\n\n")[0].split())
