"""Playing a plan: every design at every point, in the same worlds throughout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from pathlib import Path

import numpy as np

from sim.arrays import Floats
from sim.design import Design
from sim.errors import RunsFailedError
from sim.experiments.instruments import Instruments, national_model
from sim.experiments.study import parting_year
from sim.parameters.declaration import Value
from sim.settings import MOST_WORLDS, check_number, check_world
from sim.sweeps import Kept, RunTable, crossed, play_points


@dataclass(frozen=True)
class Course:
    """How a plan's points are played.

    Attributes
    ----------
    worlds : int
        Worlds that every point is played in, the same for all.
    store : Path, optional
        Where runs are kept, so that an analysis that was broken off goes on.
    """

    designs: tuple[Design, ...]
    worlds: int
    seed: int
    start: int
    end: int
    scale: float
    workers: int | None = None
    cluster: str | None = None
    store: Path | None = None
    progress: bool = True
    instruments: Callable[[], Instruments] = national_model

    def __post_init__(self) -> None:
        check_world(self.seed, self.start, self.end, self.scale)
        check_number("worlds", self.worlds, Integral, 1, MOST_WORLDS)
        if self.workers is not None:
            check_number("workers", self.workers, Integral, 1)

    @property
    def keys(self) -> list[str]:
        """What the designs are called."""
        return [design.key for design in self.designs]

    @property
    def parting(self) -> int:
        """First year in which a design differs from the first."""
        return parting_year(self.designs, self.instruments().registry, self.start, self.end)

    def kept(self, figures: Sequence[str]) -> Kept:
        """The figures to keep, with `mean` counted from the parting on."""
        kept = Kept.of(figures, self.instruments().outcomes, self.parting)
        kept.check_years(self.start, self.end)
        return kept

    def play(self, draws: Sequence[Mapping[str, Value]], kept: Kept) -> tuple[Floats, RunTable]:
        """The kept figures of every draw in every world under every design.

        Returns
        -------
        array of float, shape (draws, worlds, designs, figures)
            NaN where a run failed or a figure applies to nobody.
        RunTable

        Raises
        ------
        RunsFailedError
            If every run failed.
        """
        points = crossed(
            self.designs, draws, range(self.worlds), seed=self.seed, start=self.start, end=self.end, scale=self.scale,
        )  # fmt: skip
        table = play_points(
            points, kept, workers=self.workers, cluster=self.cluster, store=self.store,
            progress=self.progress, instruments=self.instruments,
        )  # fmt: skip
        if len(table.failures) == len(points):
            raise RunsFailedError(f"all {len(points)} runs failed, first: {table.failures['error'].iloc[0]}")
        outcomes = np.asarray(table.outcomes[list(kept.columns)], dtype=float)
        return outcomes.reshape(len(draws), self.worlds, len(self.designs), len(kept.columns)), table
