"""Common random numbers: every draw is fixed by who draws, what is decided, when, and in which world.

A draw is a function of (seed, world, decision, time, identity) and of nothing else: not of the order in which
processes run, not of the number of workers, not of who else exists. Two designs played in the same world therefore
meet the same luck, and their paired difference shows the design and not the dice.

The generator is SplitMix64 (Steele, Lea & Flood 2014): number i of its sequence is a mixing function of `start + i x step`,
so any number can be had without those before it. (seed, world, decision, time) are hashed to the start, the identity is i.
A draw for a few costs only those few; numpy's own generators would have to run through everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, TypeAlias

import numpy as np

from sim.arrays import Floats, Ints, Starts
from sim.rules.luck import Luck
from sim.rules.random_numbers import normals, uniforms

LARGEST_SEED = 2**62
SeedLike: TypeAlias = (
    int
    | np.integer
    | Sequence[int]
    | np.random.SeedSequence
    | np.random.BitGenerator
    | np.random.Generator
    | None
)


def seed_of(rng: SeedLike) -> int:
    """The experiment's seed that a source of chance stands for, as Mesa's models take them.

    Parameters
    ----------
    rng : None, int, sequence of int, SeedSequence, BitGenerator or Generator
        A whole number is the seed itself; a generator gives one, and goes on; None takes one from the operating system.

    Raises
    ------
    TypeError, ValueError
        If it is none of these.
    """
    if isinstance(rng, (int, np.integer)) and not isinstance(rng, bool):
        return int(rng)
    return int(np.random.default_rng(rng).integers(LARGEST_SEED))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=4096)
def _starts(key: int, decision: str, when: int, per: int) -> Starts:
    """Where the sequences of a decision begin, shape (per or 1,); all designs played in a world ask for the same."""
    start = _hash(f"{key}|{decision}|{when}")
    columns = [_hash(f"{start}|{column}") for column in range(per)] if per else [start]
    return np.array(columns, dtype=np.uint64)


@lru_cache(maxsize=4096)
def _starts_of_each(key: int, decisions: tuple[str, ...], when: int) -> Starts:
    """Where the sequences of several decisions begin, shape (len(decisions),)."""
    return np.array([_hash(f"{key}|{decision}|{when}") for decision in decisions], dtype=np.uint64)


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
        numbers = self._from(_starts(self._key, decision, when, per), ids, normal=False)
        return numbers.T if per else numbers[0]

    def uniform_each(self, decisions: Sequence[str], when: int, ids: Ints) -> Floats:
        """`uniform` for many decisions in one go; shape (decisions, n)."""
        return self._from(_starts_of_each(self._key, tuple(decisions), when), ids, normal=False)

    def normal(self, decision: str, when: int, ids: Ints, per: int = 0) -> Floats:
        """Standard normal numbers, one for each identity (see `uniform`); by inverse distribution function,
        because a rejection method would use up the stream unevenly and tie identities together.
        """
        numbers = self._from(_starts(self._key, decision, when, per), ids, normal=True)
        return numbers.T if per else numbers[0]

    def starts(self, decisions: tuple[str, ...], when: int, per: int) -> Starts:
        """Where the sequences begin of a decision with `per` numbers for each identity (0: one), or of several decisions."""
        if len(decisions) == 1:
            return _starts(self._key, decisions[0], when, per)
        return _starts_of_each(self._key, decisions, when)

    def _from(self, starts: Starts, ids: Ints, *, normal: bool) -> Floats:
        """The numbers of everybody in the sequences that begin at `starts`, shape (len(starts), n)."""
        numbers = np.empty((len(starts), len(ids)))
        make = normals if normal else uniforms
        make(starts, np.ascontiguousarray(ids, dtype=np.int64), numbers)
        return numbers


class Draws:
    """The random numbers of one moment in one world; what processes are handed.

    Attributes
    ----------
    told : bool
        Whether somebody tells what falls, so that rules have to be played line by line.
    """

    told: ClassVar[bool] = False

    def __init__(self, streams: Streams, when: int) -> None:
        self.streams = streams
        self.when = when

    def uniform(self, decision: str, ids: Ints, per: int = 0) -> Floats:
        """Numbers in (0, 1); see `Streams.uniform`."""
        return self.streams.uniform(decision, self.when, ids, per)

    def normal(self, decision: str, ids: Ints, per: int = 0) -> Floats:
        """Standard normal numbers; see `Streams.normal`."""
        return self.streams.normal(decision, self.when, ids, per)

    def starts(self, decisions: tuple[str, ...], per: int = 0) -> Starts:
        """Where sequences begin, as a rule's luck wants them; see `Streams.starts`."""
        return self.streams.starts(decisions, self.when, per)

    def luck(self, decisions: tuple[str, ...], per: int = 0) -> Luck:
        """Luck as a rule has it when it is played line by line."""
        return Luck(self.starts(decisions, per))

    def happens(
        self, decision: str, ids: Ints, chance: Floats | float
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each one's event happens, with the given chance in [0, 1]; shape (n,)."""
        hit: np.ndarray[tuple[int], np.dtype[np.bool_]] = self.uniform(decision, ids) < chance
        return hit
