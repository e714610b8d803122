"""The runs of a store arranged for analysis: draws by worlds by designs by figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.errors import InputError
from sim.sweeps.kept import Figure
from sim.sweeps.store import DRAWS, RUNS, Store

_WHERE = ("values", "world", "seed", "start", "end", "scale")
"""Columns that two runs have in common when only their designs differ."""


@dataclass(frozen=True)
class GivenRuns:
    """A store's runs as arrays.

    Attributes
    ----------
    parameters : DataFrame
        A row for each draw: its label `draw`, and every parameter that varies.
    constant : mapping
        The parameters that were set to the same value throughout.
    values : array of float, shape (draws, worlds, designs, figures)
        NaN where there is no such run or it failed.
    years : tuple of int
        First and last.
    """

    parameters: pd.DataFrame
    constant: Mapping[str, float]
    worlds: list[int]
    designs: list[str]
    figures: tuple[Figure, ...]
    values: Floats
    seed: int
    years: tuple[int, int]
    scale: float

    @property
    def names(self) -> list[str]:
        """The parameters that vary."""
        return [name for name in self.parameters.columns if name not in ("values", "draw")]

    def all_values(self) -> list[dict[str, float]]:
        """Every draw's parameters, those that vary and those that don't, to the last digit."""
        return [
            {**self.constant, **dict(zip(self.names, row, strict=True))}
            for row in self.parameters[self.names].to_numpy(dtype=float).tolist()
        ]


def read_runs(store: Path | str, designs: Sequence[str] | None = None) -> GivenRuns:
    """The runs of a store, arranged by draw, world and design.

    Parameters
    ----------
    designs : sequence of str, optional
        Keys of the designs wanted, the first to compare with; by default all, in the order in which they came.

    Raises
    ------
    InputError
        If the folder is no store, lacks a design, or mixes seeds, years or scales.
    """
    opened = Store(store)
    runs = opened.rows(RUNS).to_pandas()
    draws = opened.rows(DRAWS).to_pandas().set_index("values")
    there = list(dict.fromkeys(runs["variant"]))
    wanted = list(designs or there)
    for key in wanted:
        if key not in there:
            raise InputError(f"has no runs of '{key}'; there are: {', '.join(there)}", file=str(store))
    runs = runs[runs["variant"].isin(wanted)]
    for column in _WHERE[2:]:
        if runs[column].nunique() > 1:
            found = ", ".join(map(str, sorted(runs[column].unique())))
            raise InputError(
                f"mixes runs of different {column} ({found}); analyse them apart", file=str(store)
            )
    order, worlds = list(dict.fromkeys(runs["values"])), sorted(set(runs["world"].tolist()))
    figures = tuple(Figure.of(name) for name in opened.columns)
    values = np.full((len(order), len(worlds), len(wanted), len(figures)), np.nan)
    place = (
        pd.Categorical(runs["values"], order).codes,
        pd.Categorical(runs["world"], worlds).codes,
        pd.Categorical(runs["variant"], wanted).codes,
    )
    values[place] = runs[opened.columns].to_numpy(dtype=float)
    numbers = draws.loc[order].drop(columns="others", errors="ignore").astype(float)
    varied = [name for name in numbers.columns if numbers[name].nunique(dropna=False) > 1]
    constant = {
        name: float(numbers[name].iloc[0])
        for name in numbers.columns
        if numbers[name].notna().all() and name not in varied
    }
    label = runs.drop_duplicates("values").set_index("values")["draw"].loc[order]
    parameters = numbers[varied].assign(draw=label).reset_index()
    first = runs.iloc[0]
    return GivenRuns(
        parameters, constant, worlds, wanted, figures, values, int(first["seed"]),
        (int(first["start"]), int(first["end"])), float(first["scale"]),
    )  # fmt: skip
