"""Where the twin's chance comes from: Mesa's own generator, or the columnar model's keyed numbers."""

from __future__ import annotations

import random
from typing import Protocol

from sim.arrays import Ints
from sim.half_year import HalfYear
from sim.processes.turnover import RAW_TRAITS
from sim.randomness import Streams


class Luck(Protocol):
    """The four decisions of the layer that chance has a part in; posts and schools are given by number."""

    def begin(self, half_year: HalfYear) -> None:
        """A new half-year begins."""

    def leaving(self, post: int) -> float:
        """A number in (0, 1): the teacher leaves if it is below the chance."""

    def successor(self, post: int) -> tuple[float, float, float, float]:
        """What makes a successor: three numbers in (0, 1) and a standard normal one."""

    def principal_leaving(self, school: int) -> float:
        """A number in (0, 1): the principal leaves if it is below the chance."""

    def principal(self, school: int) -> float:
        """A standard normal number that makes the next principal."""


class OwnLuck:
    """Mesa's own generator, drawn from in the order in which agents come."""

    def __init__(self, generator: random.Random) -> None:
        self._random = generator.random
        self._normal = generator.gauss

    def begin(self, half_year: HalfYear) -> None:
        """Nothing to do."""

    def leaving(self, post: int) -> float:  # noqa: ARG002 - the order decides, not who asks
        """See `Luck`."""
        return self._random()

    def successor(self, post: int) -> tuple[float, float, float, float]:  # noqa: ARG002
        """See `Luck`."""
        return self._random(), self._random(), self._random(), self._normal(0.0, 1.0)

    def principal_leaving(self, school: int) -> float:  # noqa: ARG002
        """See `Luck`."""
        return self._random()

    def principal(self, school: int) -> float:  # noqa: ARG002
        """See `Luck`."""
        return self._normal(0.0, 1.0)


class KeyedLuck:
    """The columnar model's numbers; a post's or school's number is its row, and its luck that of the identity there.

    Parameters
    ----------
    posts, schools : array of int
        Identities by row.
    """

    def __init__(self, streams: Streams, posts: Ints, schools: Ints) -> None:
        self._streams = streams
        self._posts, self._schools = posts, schools

    def begin(self, half_year: HalfYear) -> None:
        """Draw everybody's numbers of the half-year, under the names that the columnar processes use."""
        draw = self._streams.at(half_year.index)
        self._leaving = draw.uniform("teacher leaves", self._posts).tolist()
        raw = draw.uniform("teacher who comes", self._posts, per=RAW_TRAITS)
        raw[:, -1] = draw.normal("teacher who comes", self._posts, per=RAW_TRAITS)[:, -1]
        self._successor = [(a, b, c, d) for a, b, c, d in raw.tolist()]
        self._principal_leaving = draw.uniform("principal leaves", self._schools).tolist()
        self._principal = draw.normal("principal who comes", self._schools).tolist()

    def leaving(self, post: int) -> float:
        """See `Luck`."""
        return float(self._leaving[post])

    def successor(self, post: int) -> tuple[float, float, float, float]:
        """See `Luck`."""
        return self._successor[post]

    def principal_leaving(self, school: int) -> float:
        """See `Luck`."""
        return float(self._principal_leaving[school])

    def principal(self, school: int) -> float:
        """See `Luck`."""
        return float(self._principal[school])
