"""The outcomes of all worlds in one block of numbers, and the same as a long table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sim.arrays import Floats, Ints
from sim.experiments import tables
from sim.experiments.play import Played
from sim.half_year import HalfYear
from sim.outcomes.groups import KEYS
from sim.outcomes.outcome import Outcome
from sim.outcomes.smallest import Smallest


@dataclass(frozen=True)
class Trajectories:
    """What every outcome did in every world under every design.

    Attributes
    ----------
    values : array of float, shape (worlds, designs, half-years, outcomes, groups)
        NaN where an outcome applies to nobody in the group.
    units : tuple of str
        Of each outcome.
    better : array of int, shape (outcomes,)
        1 if more is better, -1 if less is better, 0 if neither.
    smallest : tuple of Smallest or None
        Each outcome's smallest effect of interest; nothing where none is known.
    """

    values: Floats
    designs: tuple[str, ...]
    half_years: tuple[HalfYear, ...]
    outcomes: tuple[str, ...]
    units: tuple[str, ...]
    better: Ints
    groups: tuple[str, ...] = KEYS
    smallest: tuple[Smallest | None, ...] = ()

    @classmethod
    def of(
        cls, played: Iterable[Played], designs: Sequence[str], outcomes: Sequence[Outcome]
    ) -> Trajectories:
        """The trajectories of worlds that were played under the same designs and for the same years."""
        worlds = list(played)
        return cls(
            np.stack([world.outcomes for world in worlds]),
            tuple(designs),
            worlds[0].half_years,
            tuple(outcome.key for outcome in outcomes),
            tuple(outcome.unit for outcome in outcomes),
            np.array([outcome.better for outcome in outcomes], dtype=np.int64),
            smallest=tuple(outcome.smallest for outcome in outcomes),
        )

    def window(self, first: int, last: int) -> Floats:
        """The mean over the half-years from one year to another that have a value.

        Returns
        -------
        array of float, shape (worlds, designs, outcomes, groups)
        """
        inside = [first <= half_year.year <= last for half_year in self.half_years]
        return mean_where_known(self.values[:, :, inside], axis=2)


def mean_where_known(values: Floats, axis: int) -> Floats:
    """The mean over an axis of what is not NaN; NaN where nothing is."""
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    mean: Floats = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
    return mean


def outcomes_table(
    world: int,
    values: Floats,
    designs: Sequence[str],
    half_years: Sequence[HalfYear],
    outcomes: Sequence[Outcome],
) -> pa.Table:
    """One world's outcomes as a long table, sorted by design, half-year, outcome and group.

    Parameters
    ----------
    values : array of float, shape (designs, half-years, outcomes, groups)
    """
    design, half_year, outcome, group = np.nonzero(~np.isnan(values))
    columns = {
        "world": np.full(len(design), world, dtype=np.int32),
        "design": tables.words(designs, design),
        **tables.when_columns(half_years, half_year),
        "outcome": tables.words([o.key for o in outcomes], outcome),
        "group": tables.words(KEYS, group),
        "value": values[design, half_year, outcome, group],
        "unit": tables.words([o.unit for o in outcomes], outcome),
    }
    return tables.table(columns, tables.OUTCOMES)
