"""Common random numbers: every draw is fixed by who draws, what is decided, when, and in which world.

A draw is a function of (seed, world, decision, time, identity) and of nothing else: not of the order in which
processes run, not of the number of workers, not of who else exists. Two designs played in the same world therefore
meet the same luck, and their paired difference shows the design and not the dice.

The generator is SplitMix64 (Steele, Lea & Flood 2014): number i of its sequence is a mixing function of `start + i x step`,
so any number can be had without those before it. It is gone through level by level: seed and world are hashed to a first
start; the number of the moment there is the start of the moment's sequence; the number of the decision there (its name,
hashed once) that of the decision's, and in this the identity is i. A draw for a few costs only those few; numpy's own
generators would have to run through everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import ClassVar, TypeAlias

import numpy as np

from sim.arrays import Floats, Grid, Ints, Key
from sim.rules.luck import Luck
from sim.rules.random_numbers import key_within, normals, uniforms

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
        digest = hashlib.blake2b(f"{self.seed}|{self.world}".encode(), digest_size=8).digest()
        self._key = np.uint64(int.from_bytes(digest, "little"))

    def at(self, when: int) -> Draws:
        """The draws belonging to one moment (`HalfYear.index`, or a year for things decided once a year)."""
        return Draws(np.uint64(key_within(self._key, when)))

    def uniform(self, decision: str, when: int, ids: Ints, per: int = 0) -> Floats:
        """Numbers in (0, 1) at a moment; see `Draws.uniform`."""
        return self.at(when).uniform(decision, ids, per)

    def normal(self, decision: str, when: int, ids: Ints, per: int = 0) -> Floats:
        """Standard normal numbers at a moment; see `Draws.normal`."""
        return self.at(when).normal(decision, ids, per)


class Draws:
    """The random numbers of one moment in one world; what processes are handed.

    Attributes
    ----------
    moment : Key
        What all of them are made from.
    told : bool
        Whether somebody tells what falls, so that rules have to be played line by line.
    """

    told: ClassVar[bool] = False

    def __init__(self, moment: Key) -> None:
        self.moment = moment

    def uniform(self, decision: str, ids: Ints, per: int = 0) -> Floats:
        """Numbers in (0, 1), one for each identity.

        Parameters
        ----------
        decision : str
            What is decided, in words; each name stands at one place in the code.
        ids : array of int, shape (n,)
            Who decides.
        per : int
            With `per` > 0, that many numbers for each identity.

        Returns
        -------
        array of float, shape (n,) or (n, per)
        """
        numbers = self._made(uniforms, (decision,), ids, per)
        return numbers.T if per else numbers[0]

    def normal(self, decision: str, ids: Ints, per: int = 0) -> Floats:
        """Standard normal numbers, one for each identity (see `uniform`); by inverse distribution function,
        because a rejection method would use up the stream unevenly and tie identities together.
        """
        numbers = self._made(normals, (decision,), ids, per)
        return numbers.T if per else numbers[0]

    def uniform_each(self, decisions: Sequence[str], ids: Ints) -> Floats:
        """`uniform` for many decisions in one go; shape (decisions, n)."""
        return self._made(uniforms, decisions, ids)

    def luck(self, decision: str) -> Luck:
        """Luck as a rule has it when it is played line by line."""
        return Luck(np.uint64(key_within(self.moment, Luck.number(decision))))

    def happens(
        self, decision: str, ids: Ints, chance: Floats | float
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each one's event happens, with the given chance in [0, 1]; shape (n,)."""
        hit: np.ndarray[tuple[int], np.dtype[np.bool_]] = self.uniform(decision, ids) < chance
        return hit

    def _made(
        self, make: Callable[[Key, Ints, Ints, Grid], None], decisions: Sequence[str], ids: Ints, per: int = 0
    ) -> Floats:
        """The numbers of everybody, shape (decisions or numbers for each identity, n)."""
        numbers = np.empty((len(decisions) * max(per, 1), len(ids)))
        names = np.array([Luck.number(one) for one in decisions])
        make(self.moment, names, np.ascontiguousarray(ids, dtype=np.int64), numbers)
        return numbers
