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
from typing import ClassVar, NamedTuple, TypeAlias

import numpy as np

from sim.arrays import Floats, Ints, Starts
from sim.rules.keyed_starts import FIRST, ORDER, begin
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

Named: TypeAlias = tuple[tuple[str, ...], int]
"""Decisions, and how many numbers each identity has at each (0: one, of the decision's name alone)."""


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


class _Spelled(NamedTuple):
    """Decisions as compiled code has them: their letters one after another, where each ends, and numbers for each identity;
    whose sequences lie where in what comes of it, and how many there are.
    """

    letters: Ints
    ends: Ints
    per: Ints
    places: tuple[slice, ...]
    n: int


@lru_cache(maxsize=4096)
def _spelled(lucks: tuple[Named, ...]) -> _Spelled:
    words = [decision.encode() for decisions, _ in lucks for decision in decisions]
    per = [per for decisions, per in lucks for _ in decisions]
    lengths = [len(decisions) * max(per, 1) for decisions, per in lucks]
    ends = np.cumsum(lengths).tolist()
    places = tuple(slice(end - length, end) for end, length in zip(ends, lengths, strict=True))
    return _Spelled(
        _letters(b"".join(words)),
        np.cumsum([len(word) for word in words]),
        np.array(per),
        places,
        sum(lengths),
    )


@lru_cache(maxsize=64)
def _letters(text: bytes) -> Ints:
    return np.frombuffer(text, dtype=np.uint8).astype(np.int64)


@lru_cache(maxsize=4096)
def _begun(key: bytes, lucks: tuple[Named, ...], when: int) -> tuple[Starts, ...]:
    """Where the sequences of each luck begin; all designs played in a world ask for the same."""
    spelled = _spelled(lucks)
    starts = np.empty(spelled.n, dtype=np.uint64)
    begin(spelled.letters, spelled.ends, spelled.per, _letters(key), when, FIRST, ORDER, starts)
    return tuple(starts[place] for place in spelled.places)


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
        key = hashlib.blake2b(f"{self.seed}|{self.world}".encode(), digest_size=8).digest()
        self._key = f"{int.from_bytes(key, 'little')}|".encode()

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
        numbers = self._from((decision,), when, per, ids, normal=False)
        return numbers.T if per else numbers[0]

    def uniform_each(self, decisions: Sequence[str], when: int, ids: Ints) -> Floats:
        """`uniform` for many decisions in one go; shape (decisions, n)."""
        return self._from(tuple(decisions), when, 0, ids, normal=False)

    def normal(self, decision: str, when: int, ids: Ints, per: int = 0) -> Floats:
        """Standard normal numbers, one for each identity (see `uniform`); by inverse distribution function,
        because a rejection method would use up the stream unevenly and tie identities together.
        """
        numbers = self._from((decision,), when, per, ids, normal=True)
        return numbers.T if per else numbers[0]

    def starts(self, lucks: tuple[Named, ...], when: int) -> tuple[Starts, ...]:
        """Where the sequences of each luck begin."""
        return _begun(self._key, lucks, when)

    def _from(self, decisions: tuple[str, ...], when: int, per: int, ids: Ints, *, normal: bool) -> Floats:
        """The numbers of everybody in the sequences of decisions, shape (sequences, n)."""
        (starts,) = self.starts(((decisions, per),), when)
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

    def starts(self, lucks: tuple[Named, ...]) -> tuple[Starts, ...]:
        """Where sequences begin, as a rule's luck wants them; see `Streams.starts`."""
        return self.streams.starts(lucks, self.when)

    def luck(self, decisions: tuple[str, ...], per: int = 0) -> Luck:
        """Luck as a rule has it when it is played line by line."""
        return Luck(*self.starts(((decisions, per),)))

    def happens(
        self, decision: str, ids: Ints, chance: Floats | float
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each one's event happens, with the given chance in [0, 1]; shape (n,)."""
        hit: np.ndarray[tuple[int], np.dtype[np.bool_]] = self.uniform(decision, ids) < chance
        return hit
