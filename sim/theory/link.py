"""A programme theory as data: challenge, means, conditions, short-term results, long-term goals, and what leads to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from sim.arrays import Floats
from sim.surveys.parameters import Survey
from sim.theory.asked import NOTHING_EXPECTED, Asked, levels

HALF = 0.5
"""The limit where nobody was asked and nothing else is known: half-way on a scale from 0 to 1; assumption."""

_SHARES = ("0-1", "share", "yes or no")


class Stage(StrEnum):
    """The stages of a programme theory, in order [AFI-rapport 2026:02, 1.5]."""

    CHALLENGE = "challenge"
    MEANS = "means"
    CONDITION = "condition"
    RESULT = "result"
    GOAL = "goal"


class Origin(StrEnum):
    """Where a condition comes from."""

    NAMED = "named"  # the figure of the programme theory names it
    PRESUMED = "presumed"  # the theory needs it without naming it
    OWN = "own"  # this project's, after what the evaluators found


class Units(StrEnum):
    """Whom the links of a theory are judged for."""

    MUNICIPALITIES = "municipalities"
    COUNTIES = "counties"


Limit: TypeAlias = float | Asked | None


@dataclass(frozen=True)
class Aim:
    """For how large a share of municipalities (or counties) the theory wants a link to hold."""

    share: float
    source: str


@dataclass(frozen=True)
class Also:
    """Another stage at which the same may be placed [AFI-rapport 2026:02, 1.5]."""

    stage: Stage
    why: str


@dataclass(frozen=True)
class Link:
    """One link of the chain: a sentence of the theory and the quantity of the model by which it is judged.

    A challenge holds where the problem is there; all others hold where the theory comes true.

    Attributes
    ----------
    text : mapping from language to text
    quantity : str
        Name in `sim.theory.quantities.QUANTITIES`.
    at_least, at_most : float, Asked or None
        The limit from which (or up to which) it holds; exactly one of them is given.
    nobody_asked : bool
        Whether the limit is half-way on the scale only because nobody was asked.
    why : str
        Why the limit lies where it does.
    source : str
        Where the theory says so.
    strand : str
        Which of the theory's chains it belongs to (`Theory.strands`); empty where the theory is one.
    leads_to : tuple of str
        Links further along that it is to bring about.
    origin : Origin or None
        For a condition: whose it is.
    granted : mapping from parameter to value
        For a condition: what makes it hold in the model.
    aim : Aim or None
        For results and goals.
    also : Also or None
        Where the same may stand at another stage.
    """

    key: str
    stage: Stage
    text: Mapping[str, str]
    quantity: str
    unit: str
    why: str
    source: str
    at_least: Limit = None
    at_most: Limit = None
    nobody_asked: bool = False
    strand: str = ""
    leads_to: tuple[str, ...] = ()
    origin: Origin | None = None
    granted: Mapping[str, object] = field(default_factory=dict)
    aim: Aim | None = None
    also: Also | None = None

    @property
    def limit(self) -> float | Asked:
        """The limit that is given, whichever it is."""
        given = self.at_most if self.at_least is None else self.at_least
        assert given is not None
        return given


class Limits:
    """The least and the greatest values for which some links hold.

    Attributes
    ----------
    questions : tuple of str
        Those whose answers tell where limits lie.
    """

    def __init__(self, links: Sequence[Link]) -> None:
        limits = [link.limit for link in links]
        self._asked = tuple(dict.fromkeys(limit for limit in limits if isinstance(limit, Asked)))
        self.questions = tuple(dict.fromkeys(key for limit in self._asked for key in limit.questions))
        told = [(i, self._asked.index(limit)) for i, limit in enumerate(limits) if isinstance(limit, Asked)]
        self._told, self._by = np.array(told, dtype=np.int64).reshape(-1, 2).T
        self._level = np.array([np.nan if isinstance(limit, Asked) else limit for limit in limits])
        self._at_most = np.array([link.at_least is None for link in links])
        shares = np.array([link.unit.startswith(_SHARES) for link in links])
        self._highest = np.where(shares & ~self._at_most, 1.0, np.inf)

    def between(
        self,
        s: Survey,
        usual: Mapping[str, float] = NOTHING_EXPECTED,
        harder: Sequence[float] = (0.0,),
    ) -> Floats:
        """The least and the greatest value for which each link holds, shape (shifts, 2, links).

        Parameters
        ----------
        usual : mapping
            What those asked have come to expect, by question.
        harder : sequence of float
            By which share of itself limits are moved towards holding for fewer; negative towards holding for more. On a scale
            that ends at 1 no limit is moved beyond it.
        """
        level = self._level.copy()
        level[self._told] = np.array(levels(self._asked, s, usual))[self._by]
        towards = np.multiply.outer(harder, np.where(self._at_most, -1.0, 1.0))
        moved = np.minimum(level + towards * np.abs(level), self._highest)
        least, most = np.where(self._at_most, -np.inf, moved), np.where(self._at_most, moved, np.inf)
        return np.stack([least, most], axis=1)


@dataclass(frozen=True)
class Departure:
    """What the theory asks for and practice did without: a means that a design may leave out."""

    text: Mapping[str, str]
    source: str
    levers: Mapping[str, object]


@dataclass(frozen=True)
class Theory:
    """A scheme's chain.

    Attributes
    ----------
    scheme : str
        Key of the scheme, as in `sim.schemes`.
    strands : mapping from strand to its title by language
        Where the theory holds several chains in one; else empty.
    left_out : mapping from what the theory says to the reason why the model has no quantity for it
    departures : tuple of Departure
        What practice did without.
    links : tuple of Link
        In order of stages.
    """

    scheme: str
    units: Units
    title: Mapping[str, str]
    source: str
    strands: Mapping[str, Mapping[str, str]]
    left_out: Mapping[str, str]
    departures: tuple[Departure, ...]
    links: tuple[Link, ...]

    def of_stage(self, *stages: Stage) -> tuple[Link, ...]:
        """The links of some stages, in order."""
        return tuple(link for link in self.links if link.stage in stages)

    def conditions(self, *origins: Origin) -> tuple[Link, ...]:
        """The conditions of some origins, in order."""
        return tuple(link for link in self.of_stage(Stage.CONDITION) if link.origin in origins)

    def link(self, key: str) -> Link:
        """One link."""
        return next(link for link in self.links if link.key == key)
