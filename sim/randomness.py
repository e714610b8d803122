"""Common random numbers: every draw is fixed by who draws, what is decided, when, and in which world.

A draw is a function of (seed, world, decision, time, identity) and of nothing else: not of the order in which
processes run, not of the number of workers, not of who else exists. Two designs played in the same world therefore
meet the same luck, and their paired difference shows the design and not the dice.

numpy's counter-based Philox generator does the work. The pair (seed, world) and the pair (decision, time) are hashed to
its 128-bit key; the identity is the position in that key's stream. Identities are therefore small non-negative
integers (a kommunenummer, a running number), given once and never used again for somebody else.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from sim.arrays import Floats, Ints

_SMALLEST = 2.0**-54  # moves [0, 1) to (0, 1) so that every normal quantile is finite


@lru_cache(maxsize=65536)
def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


class Streams:
    """All random numbers of one world.

    Parameters
    ----------
    seed : int
        The experiment's seed.
    world : int
        The number of the world within the experiment; worlds with different numbers are independent.
    """

    def __init__(self, seed: int, world: int = 0) -> None:
        self.seed = int(seed)
        self.world = int(world)
        self._key = _hash(f"{self.seed}|{self.world}")

    def at(self, when: int) -> Draws:
        """The draws belonging to one moment (`HalfYear.index`, or a year for things decided once a year)."""
        return Draws(self, when)

    def uniform(self, decision: str, when: int, ids: Ints, per: int = 0) -> Floats:
        """Numbers in (0, 1), one for each identity.

        Parameters
        ----------
        decision : str
            What is decided, in words; each name stands at one place in the code.
        when : int
            The moment of the decision.
        ids : array of int, shape (n,)
            Who decides.
        per : int
            With `per` > 0, that many numbers for each identity.

        Returns
        -------
        array of float, shape (n,) or (n, per)
        """
        if len(ids) == 0:
            return np.empty((0, per) if per else 0)
        key = np.array([self._key, _hash(f"{decision}|{when}")], dtype=np.uint64)
        generator = np.random.Generator(np.random.Philox(key=key))
        length = int(ids.max()) + 1
        block: Floats = generator.random((length, per) if per else length)
        block += _SMALLEST
        return block[ids]

    def normal(self, decision: str, when: int, ids: Ints, per: int = 0) -> Floats:
        """Standard normal numbers, one for each identity (see `uniform`); by inverse distribution function,
        because a rejection method would use up the stream unevenly and tie identities together.
        """
        numbers: Floats = ndtri(self.uniform(decision, when, ids, per))
        return numbers


class Draws:
    """The random numbers of one moment in one world; what processes are handed."""

    def __init__(self, streams: Streams, when: int) -> None:
        self.streams = streams
        self.when = when

    def uniform(self, decision: str, ids: Ints, per: int = 0) -> Floats:
        """Numbers in (0, 1); see `Streams.uniform`."""
        return self.streams.uniform(decision, self.when, ids, per)

    def normal(self, decision: str, ids: Ints, per: int = 0) -> Floats:
        """Standard normal numbers; see `Streams.normal`."""
        return self.streams.normal(decision, self.when, ids, per)

    def happens(
        self, decision: str, ids: Ints, chance: Floats | float
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each one's event happens, with the given chance in [0, 1]; shape (n,)."""
        hit: np.ndarray[tuple[int], np.dtype[np.bool_]] = self.uniform(decision, ids) < chance
        return hit
