"""Named luck as a rule sees it: the numbers of one decision at one moment, asked for one identity at a time.

    def leave(staff: Teachers, t: Turnover, leaves: Annotated[Luck, "teacher leaves"]) -> None:
        for i in range(len(staff)):
            if leaves.uniform(staff.id[i]) < t.exit_chance: ...

Behind the name may stand how many numbers each identity has (`Annotated[Luck, "teacher who comes", 4]`, then
`luck.uniform(id, 2)` is the third of them), or further names (`Annotated[Luck, "a", "b"]`: `luck.uniform(id, 1)` belongs to "b").
The numbers are those of `Draws.uniform` and `Draws.normal`, to the last bit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sim.arrays import Floats, Ints, Starts
from sim.rules.random_numbers import normal_of, normals_of, uniform_of, uniforms_of


class Luck:
    """The numbers of a decision, or of several; `starts` is where their sequences begin, shape (numbers for each identity,)."""

    ASKED: ClassVar[dict[str, tuple[Any, int]]] = {
        "uniform": (uniform_of, 1), "normal": (normal_of, 1), "uniforms": (uniforms_of, 2), "normals": (normals_of, 2),
    }  # fmt: skip
    """What it can be asked, the formula that answers, and how many arguments must be given."""

    def __init__(self, starts: Starts) -> None:
        self.starts = starts

    def uniform(self, identity: int, which: int = 0) -> float:
        """A number in (0, 1)."""
        return uniform_of(self.starts, identity, which)

    def normal(self, identity: int, which: int = 0) -> float:
        """A standard normal number."""
        return normal_of(self.starts, identity, which)

    def uniforms(self, identities: Ints, out: Floats, which: int = 0) -> None:
        """Numbers in (0, 1) of many identities into `out`, of the same shape: several are made at a time."""
        uniforms_of(self.starts, identities, out, which)

    def normals(self, identities: Ints, out: Floats, which: int = 0) -> None:
        """Standard normal numbers of many identities into `out`, of the same shape: several are made at a time."""
        normals_of(self.starts, identities, out, which)
