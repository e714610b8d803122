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
from functools import cache, lru_cache
from types import ModuleType

import numpy as np
from scipy.special import ndtri

from sim.arrays import AnyArray, Floats, Ints

_STEP = np.uint64(0x9E3779B97F4A7C15)  # the odd number next to 2^64 over the golden ratio
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFT_1, _SHIFT_2, _SHIFT_3 = np.uint64(30), np.uint64(27), np.uint64(31)
_TO_52_BITS = np.uint64(12)
_UNIT = 2.0**-52
_HALF_UNIT = 2.0**-53  # moves [0, 1) to (0, 1) so that every normal quantile is finite


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=4096)
def _starts(key: int, decision: str, when: int, per: int) -> AnyArray:
    """Where the sequences of a decision begin, shape (per or 1,); all designs played in a world ask for the same."""
    start = _hash(f"{key}|{decision}|{when}")
    columns = [_hash(f"{start}|{column}") for column in range(per)] if per else [start]
    return np.array(columns, dtype=np.uint64)


@cache
def _kernels() -> ModuleType:
    """The compiled kernels; numba is slow to import, and most commands do without."""
    from sim.kernels import random_numbers as kernels

    return kernels


def _numbers(ids: Ints, starts: AnyArray) -> Floats:
    """Numbers `ids` of the sequences that begin at `starts`, in (0, 1); shape (len(starts), len(ids)).

    The readable form of `sim.kernels.random_numbers.uniforms`.
    """
    x = ids.astype(np.uint64) * _STEP + starts[:, None]
    x ^= x >> _SHIFT_1
    x *= _MIX_1
    x ^= x >> _SHIFT_2
    x *= _MIX_2
    x ^= x >> _SHIFT_3
    x >>= _TO_52_BITS
    u: Floats = x.view(np.int64).astype(np.float64)
    u *= _UNIT
    u += _HALF_UNIT
    return u


class Streams:
    """All random numbers of one world.

    Parameters
    ----------
    seed : int
        The experiment's seed.
    world : int
        The number of the world within the experiment; worlds with different numbers are independent.
    compiled : bool
        Whether numbers are made by compiled kernels or by numpy; they are the same.
    """

    def __init__(self, seed: int, world: int = 0, *, compiled: bool = True) -> None:
        self.seed = int(seed)
        self.world = int(world)
        self.compiled = compiled
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
        starts = [_hash(f"{self._key}|{decision}|{when}") for decision in decisions]
        return self._from(np.array(starts, dtype=np.uint64), ids, normal=False)

    def normal(self, decision: str, when: int, ids: Ints, per: int = 0) -> Floats:
        """Standard normal numbers, one for each identity (see `uniform`); by inverse distribution function,
        because a rejection method would use up the stream unevenly and tie identities together.
        """
        numbers = self._from(_starts(self._key, decision, when, per), ids, normal=True)
        return numbers.T if per else numbers[0]

    def _from(self, starts: AnyArray, ids: Ints, *, normal: bool) -> Floats:
        """The numbers of everybody in the sequences that begin at `starts`, shape (len(starts), n)."""
        if not self.compiled:
            numbers = _numbers(ids, starts)
            return np.asarray(ndtri(numbers)) if normal else numbers
        kernels = _kernels()
        numbers = np.empty((len(starts), len(ids)))
        kernels.uniforms(np.ascontiguousarray(ids, dtype=np.int64), starts, numbers)
        if normal:
            kernels.normals(numbers)
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
