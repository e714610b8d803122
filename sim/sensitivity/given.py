"""Sensitivity from runs that were made for something else: any store of a sweep over draws of the parameters.

PAWN takes whatever sample there is, with holes and all. What it can't know is what was not varied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.arrays import Floats
from sim.errors import InputError
from sim.experiments.analysis_folder import Analysis, AnalysisTable
from sim.sensitivity import pawn, tables
from sim.sensitivity.api import written
from sim.sensitivity.plans import HALVINGS, LEAST_POINTS, Method
from sim.sensitivity.results import results_of
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
    values : array of float, shape (draws, worlds, designs, figures)
        NaN where there is no such run or it failed.
    years : tuple of int
        First and last.
    """

    parameters: pd.DataFrame
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
            raise InputError(f"mixes runs of different {column} ({found}); analyse them apart", file=str(store))
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
    label = runs.drop_duplicates("values").set_index("values")["draw"].loc[order]
    parameters = numbers[varied].assign(draw=label).reset_index()
    first = runs.iloc[0]
    return GivenRuns(
        parameters, worlds, wanted, figures, values, int(first["seed"]),
        (int(first["start"]), int(first["end"])), float(first["scale"]),
    )  # fmt: skip


def from_store(
    store: Path | str,
    *,
    designs: Sequence[str] | None = None,
    seed: int = 2026,
    out: Path | str | None = None,
    lang: str = "nb",
) -> Analysis:
    """PAWN on the runs of a store; figures, designs and parameters are those that it has.

    Raises
    ------
    InputError
        If there are too few draws, or nothing varies.
    """
    given = read_runs(store, designs)
    if len(given.parameters) < LEAST_POINTS or not given.names:
        raise InputError(
            f"holds {len(given.parameters)} draws with {len(given.names)} parameters that vary; expected at least "
            f"{LEAST_POINTS} draws",
            file=str(store),
        )
    x = given.parameters[given.names].to_numpy(dtype=float)
    indices, converging, noise = [], [], []
    n = len(x)
    for result, outputs in results_of(given.figures, given.designs, given.values):
        indices.append(tables.index_rows(result, given.names, pawn.analyse(x, outputs, seed)))
        for part in (n // 2**k for k in reversed(range(HALVINGS)) if n // 2**k >= LEAST_POINTS):
            some = pawn.analyse(x, outputs, seed, part)[:1]
            converging.append(tables.index_rows(result, given.names, some).assign(asked=part))
        noise.append(tables.noise_rows(result, outputs))
    found = {
        "indices": AnalysisTable(pd.concat(indices, ignore_index=True), tables.INDEX_ROW, tables.INDICES),
        "convergence": AnalysisTable(
            pd.concat(converging, ignore_index=True), tables.COURSE_ROW, tables.CONVERGENCE
        ),
        "noise": AnalysisTable(pd.concat(noise, ignore_index=True), tables.NOISE_ROW, tables.NOISE),
        "factors": tables.given_factors(given.names),
    }
    about: dict[str, object] = {
        "method": str(Method.PAWN),
        "designs": [{"key": key} for key in given.designs],
        "n": n,
        "points": n,
        "worlds": len(given.worlds),
        "seed": seed,
        "years": {"start": given.years[0], "end": given.years[1]},
        "scale": given.scale,
        "failed_runs": int(np.isnan(given.values).all(axis=-1).sum()),
    }
    folder = Path(store).with_name(f"{Path(store).name}-sensitivity") if out is None else Path(out)
    return written(folder, found, about, lang)
