"""What played points answer, as arrays: one row for each world, one column for each target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.arrays import Floats, Ints
from sim.calibration.targets import PAIRED_EVERY, Likelihood, Target
from sim.surveys.survey import by_target

LEAST_ANSWERED = 0.8
"""Share of the worlds in which an item must be answered for its target to be fitted to."""


@dataclass(frozen=True)
class Answers:
    """Values and numbers of answers.

    Attributes
    ----------
    point : array, shape (worlds,)
        Number of each world's point, rising.
    value, n : array, shape (worlds, targets)
        NaN where an item had no answer.
    """

    targets: tuple[Target, ...]
    point: Ints
    value: Floats
    n: Floats

    @property
    def linked(self) -> Floats:
        """Values on the linked scale, shape (worlds, targets)."""
        columns = [t.linked(self.value[:, j], self.n[:, j]) for j, t in enumerate(self.targets)]
        return np.stack(columns, axis=1) if columns else np.empty((len(self.point), 0))

    @property
    def shown(self) -> Floats:
        """Values in the targets' units, shape (worlds, targets)."""
        columns = [t.shown(self.value[:, j], self.n[:, j]) for j, t in enumerate(self.targets)]
        return np.stack(columns, axis=1) if columns else np.empty((len(self.point), 0))

    def take(self, rows: Ints) -> Answers:
        """Some of the worlds."""
        return Answers(self.targets, self.point[rows], self.value[rows], self.n[rows])

    def only(self, targets: Sequence[Target]) -> Answers:
        """Some of the targets."""
        ids = [t.id for t in self.targets]
        columns = [ids.index(t.id) for t in targets]
        return Answers(tuple(targets), self.point, self.value[:, columns], self.n[:, columns])

    @property
    def answered(self) -> tuple[Target, ...]:
        """Targets whose item is answered in enough worlds to be fitted to; soft ones in enough of those that are paired."""
        there = np.isfinite(self.linked).mean(axis=0)
        return tuple(t for t, share in zip(self.targets, there, strict=True) if share >= _least(t))


def _least(target: Target) -> float:
    return LEAST_ANSWERED / (PAIRED_EVERY if target.likelihood is Likelihood.SOFT else 1)


def gathered(played: pd.DataFrame, targets: Sequence[Target], scale: float = 1.0) -> Answers:
    """The answers of played points to some targets; an item's half-years averaged or added up as the evaluation does.

    Parameters
    ----------
    played : DataFrame
        As `sim.calibration.points.play_points` gives it.
    scale : float
        Share of the country that was played; numbers of things in the country are grown to the whole of it.
    """
    worlds = played[["point", "world"]].drop_duplicates().sort_values(["point", "world"])
    wanted = played[played["target"].isin([t.id for t in targets])]
    rows = wanted.rename(columns={"value": "share", "point": "design"})
    items = by_target(rows)
    index = pd.MultiIndex.from_frame(worlds.rename(columns={"point": "design"}))
    wide = items.astype({"target": str}).pivot(
        index=["design", "world"], columns="target", values=["share", "n"]
    )
    wide = wide.reindex(index)
    empty = np.full(len(worlds), np.nan)

    def column(kind: str, target: Target) -> Floats:
        return wide[kind, target.id].to_numpy(dtype=float) if (kind, target.id) in wide.columns else empty

    return Answers(
        tuple(targets),
        worlds["point"].to_numpy(dtype=np.int64),
        np.stack([column("share", t) / (scale if t.grows else 1.0) for t in targets], axis=1),
        np.stack([column("n", t) for t in targets], axis=1),
    )
