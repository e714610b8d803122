"""Named luck as a rule sees it: the numbers of one decision at one moment, asked for one identity at a time.

    def leave(staff: Teachers, t: Turnover, leaves: Annotated[Luck, "teacher leaves"]) -> None:
        for i in range(len(staff)):
            if leaves.uniform(staff.id[i]) < t.exit_chance: ...

Behind the name may stand how many numbers each identity has: `Annotated[Luck, "teacher who comes", 4]`, then
`luck.uniform(id, 2)` is the third of them. A compiled rule is handed the moment's key; the decision's number is a constant of its
text, so that luck costs nothing to begin. The numbers are those of `Draws.uniform` and `Draws.normal`, to the last bit.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, ClassVar

from sim.arrays import Floats, Ints, Key
from sim.rules.random_numbers import key_within, normal_of, normals_of, uniform_of, uniforms_of


class Luck:
    """The numbers of a decision at a moment, which have a key."""

    ASKED: ClassVar[dict[str, tuple[Any, int]]] = {
        "uniform": (uniform_of, 1), "normal": (normal_of, 1), "uniforms": (uniforms_of, 2), "normals": (normals_of, 2),
    }  # fmt: skip
    """What it can be asked, the formula that answers, and how many arguments must be given."""

    WITHIN: ClassVar[Any] = key_within
    """The formula of a decision's key, from the moment's and the decision's number."""

    def __init__(self, key: Key) -> None:
        self.key = key

    @staticmethod
    @cache
    def number(decision: str) -> int:
        """What a decision's name stands for in keys: a digest of it, below 2^63."""
        return int.from_bytes(hashlib.blake2b(decision.encode(), digest_size=8).digest(), "little") >> 1

    def uniform(self, identity: int, which: int = 0) -> float:
        """A number in (0, 1)."""
        return uniform_of(self.key, identity, which)

    def normal(self, identity: int, which: int = 0) -> float:
        """A standard normal number."""
        return normal_of(self.key, identity, which)

    def uniforms(self, identities: Ints, out: Floats, which: int = 0) -> None:
        """Numbers in (0, 1) of many identities into `out`, of the same shape: several are made at a time."""
        uniforms_of(self.key, identities, out, which)

    def normals(self, identities: Ints, out: Floats, which: int = 0) -> None:
        """Standard normal numbers of many identities into `out`, of the same shape: several are made at a time."""
        normals_of(self.key, identities, out, which)
