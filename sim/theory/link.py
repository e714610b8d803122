"""A programme theory as data: challenge, means, conditions, short-term results, long-term goals, and what leads to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from sim.arrays import Bools, Floats


class Stage(StrEnum):
    """The stages of a programme theory, in order [AFI-rapport 2026:02, 1.5]."""

    CHALLENGE = "challenge"
    MEANS = "means"
    CONDITION = "condition"
    RESULT = "result"
    GOAL = "goal"


@dataclass(frozen=True)
class Aim:
    """For how large a share of municipalities the theory wants a link to hold."""

    share: float
    source: str


@dataclass(frozen=True)
class Link:
    """One link of the chain: a sentence of the theory and the quantity of the model by which it is judged.

    A challenge holds where the problem is there; all others hold where the theory comes true.

    Attributes
    ----------
    text : mapping from language to text
    quantity : str
        Name in `sim.theory.quantities.QUANTITIES`.
    at_least, at_most : float or None
        The limit from which (or up to which) it holds; exactly one of them is given.
    why : str
        Why the limit lies where it does.
    source : str
        Where the theory says so.
    leads_to : tuple of str
        Links further along that it is to bring about.
    granted : mapping from parameter to value
        For a condition: what makes it hold in the model.
    aim : Aim or None
        For results and goals.
    """

    key: str
    stage: Stage
    text: Mapping[str, str]
    quantity: str
    unit: str
    why: str
    source: str
    at_least: float | None = None
    at_most: float | None = None
    leads_to: tuple[str, ...] = ()
    granted: Mapping[str, object] = field(default_factory=dict)
    aim: Aim | None = None

    def holds(self, values: Floats) -> Bools:
        """For whom the link holds, same shape; False where it does not apply (NaN)."""
        found: Bools = (values >= self.lowest) & (values <= self.highest)
        return found

    @property
    def lowest(self) -> float:
        """The least value for which it holds."""
        return -np.inf if self.at_least is None else self.at_least

    @property
    def highest(self) -> float:
        """The greatest value for which it holds."""
        return np.inf if self.at_most is None else self.at_most


@dataclass(frozen=True)
class Theory:
    """A scheme's chain.

    Attributes
    ----------
    scheme : str
        Key of the scheme, as in `sim.schemes`.
    left_out : mapping from what the theory says to the reason why the model has no quantity for it
    links : tuple of Link
        In order of stages.
    """

    scheme: str
    title: Mapping[str, str]
    source: str
    left_out: Mapping[str, str]
    links: tuple[Link, ...]

    def of_stage(self, *stages: Stage) -> tuple[Link, ...]:
        """The links of some stages, in order."""
        return tuple(link for link in self.links if link.stage in stages)

    def link(self, key: str) -> Link:
        """One link."""
        return next(link for link in self.links if link.key == key)
