"""What a calibration is to do, and what makes two of them the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from sim.calibration.effects import without_schemes
from sim.calibration.points import Setting
from sim.calibration.sampling import Settings
from sim.calibration.space import Space
from sim.calibration.targets import PAIRED_EVERY
from sim.design import Design
from sim.experiments.instruments import Instruments, national_model
from sim.experiments.posterior import declared_as
from sim.experiments.provenance import model_digest
from sim.settings import check_number

DESIGN = "history"
START, END = 2017, 2025
MOST_WAVES = 4


@dataclass(frozen=True)
class Plan:
    """A calibration.

    Attributes
    ----------
    points : int
        Points to be played, all waves together.
    worlds : int
        Worlds for each point.
    waves : int
        The first wave is drawn from the priors, each later one from the posterior before it.
    draws : int
        Draws of the final posterior, at each of which the model is played once more.
    pattern_worlds : int
        Draws at which the model is also played without each scheme, for the facts beside the fit.
    """

    points: int = 4000
    worlds: int = 2
    waves: int = 2
    scale: float = 1.0
    seed: int = 1
    draws: int = 400
    pattern_worlds: int = 40
    sampling: Settings = field(default_factory=Settings)
    instruments: Callable[[], Instruments] = national_model
    design: str | Path | Design = DESIGN
    start: int = START
    end: int = END

    def __post_init__(self) -> None:
        check_number("points", self.points, Integral, 20 * self.waves)
        check_number("worlds", self.worlds, Integral, 1)
        check_number("waves", self.waves, Integral, 1, MOST_WAVES)
        check_number("scale", self.scale, Real, 0, 1)
        check_number("seed", self.seed, Integral, 0)
        check_number("draws", self.draws, Integral, 20)

    @property
    def space(self) -> Space:
        """The parameters."""
        return Space.of(self.instruments().registry)

    def setting(self, worlds: int | None = None, paired_every: int = PAIRED_EVERY) -> Setting:
        """How points are played; every so many worlds without the schemes too."""
        from sim.scenario_files import load_design

        given, registry = self.design, self.instruments().registry
        design = given if isinstance(given, Design) else load_design(given, registry)
        return Setting(
            design,
            start=self.start,
            end=self.end,
            worlds=self.worlds if worlds is None else worlds,
            scale=self.scale,
            seed=self.seed,
            instruments=self.instruments,
            without=without_schemes(design, registry),
            paired_every=paired_every,
        )

    def wave_starts(self) -> list[int]:
        """Number of each wave's first point, and at the end the number of all points."""
        return [self.points * wave // self.waves for wave in range(self.waves + 1)]

    def described(self) -> dict[str, object]:
        """All that the played points depend on."""
        declared = {d.name: declared_as(d) for d in self.space.declarations}
        return {
            "points": self.points,
            "worlds": self.worlds,
            "waves": self.waves,
            "scale": self.scale,
            "seed": self.seed,
            "draws": self.draws,
            "paired_every": PAIRED_EVERY,
            "years": [self.start, self.end],
            "design": self.setting().design.digest(),
            "declarations_sha256": hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest(),
            "model_sha256": model_digest(),
        }


def quick() -> Plan:
    """The whole way in a few minutes: a tenth of the country, few points, short walks."""
    return Plan(
        points=240, worlds=1, waves=2, scale=0.1, draws=60, pattern_worlds=6,
        sampling=Settings(steps=60, burned=42, keep=1, ensembles=2),
    )  # fmt: skip


def plan_noted(described: Mapping[str, Any]) -> Plan:
    """The plan of the national model that a work folder or a provenance tells of; walks are as long as usual.

    Raises
    ------
    KeyError, TypeError
        If it tells of none.
    """
    names = ("points", "worlds", "waves", "scale", "seed", "draws")
    start, end = described["years"]
    return Plan(**{name: described[name] for name in names}, start=int(start), end=int(end))
