"""A point of a sweep is everything one run is made from, and its address is what it is called by.

Two points with the same content have the same address, whoever asks for them and when: so a run that is in the store is
never played again, and one that is not can't be taken for another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sim.design import Design, plain
from sim.experiments import provenance
from sim.parameters.declaration import Value

ADDRESS_LETTERS = 24  # of a SHA-256's 64: two of a thousand million runs are alike with a chance of 1e-11


@dataclass(frozen=True)
class Point:
    """What one run is made from.

    Attributes
    ----------
    design : Design
        As it is played, levers set. Its key names the variant in the tables.
    values : mapping from parameter to value
        Uncertain or fixed parameters; those left out have their declared values.
    world : int
        Number of the world: which luck.
    draw : int
        Number of the draw that `values` are; a label only.
    base : str
        Key of the design before the levers were set; by default the design's own.
    levers : mapping from lever to value
        The levers that were set; a label only, for `design` has them already.
    registers : Path, optional
        Folder of register files.
    """

    design: Design
    values: Mapping[str, Value] = field(default_factory=dict)
    world: int = 0
    seed: int = 2026
    start: int = 2017
    end: int = 2034
    scale: float = 1.0
    draw: int = 0
    base: str = ""
    levers: Mapping[str, Value] = field(default_factory=dict)
    registers: Path | None = None

    @cached_property
    def values_digest(self) -> str:
        """Name of the values, whatever their order."""
        return _sha({name: plain(value) for name, value in self.values.items()})[:ADDRESS_LETTERS]

    @cached_property
    def registers_digest(self) -> str | None:
        """Name of what the register files hold; None without registers."""
        return None if self.registers is None else digest_of(self.registers)

    @property
    def unit(self) -> tuple[object, ...]:
        """What points share whose runs share a history."""
        return (
            self.values_digest, self.world, self.seed, self.start, self.end, self.scale,
            None if self.registers is None else str(self.registers),
        )  # fmt: skip

    def content(self) -> dict[str, object]:
        """Everything the run depends on apart from the code, as plain data."""
        return {
            "design": self.design.digest(),
            "values": self.values_digest,
            "world": self.world,
            "seed": self.seed,
            "years": [self.start, self.end],
            "scale": float(self.scale),
            "registers": None if self.registers is None else provenance.files_digest(self.registers),
        }

    def address(self, code: str) -> str:
        """The run's name in a store, from all that it depends on.

        Parameters
        ----------
        code : str
            Digest of the code, see `sim.sweeps.identity`.
        """
        return _sha({"code": code, **self.content()})[:ADDRESS_LETTERS]


def digest_of(registers: Path) -> str:
    """Name of what the register files of a folder hold."""
    return _sha(provenance.files_digest(registers))[:ADDRESS_LETTERS]


def _sha(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def crossed(
    designs: Sequence[Design],
    draws: Iterable[Mapping[str, Value]],
    worlds: Sequence[int] = (0,),
    *,
    seed: int = 2026,
    start: int = 2017,
    end: int = 2034,
    scale: float = 1.0,
) -> list[Point]:
    """Every design under every draw in every world: draw by draw, world by world, design by design.

    Examples
    --------
    >>> from sim.design import Design
    >>> points = crossed([Design("a"), Design("b")], [{"x.y": 1.0}, {"x.y": 2.0}], worlds=[0, 1])
    >>> [(p.draw, p.world, p.design.key) for p in points][:3]
    [(0, 0, 'a'), (0, 0, 'b'), (0, 1, 'a')]
    """
    return [
        Point(design, values, world, seed, start, end, scale, draw, design.key)
        for draw, values in enumerate(draws)
        for world in worlds
        for design in designs
    ]
