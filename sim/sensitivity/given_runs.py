"""The runs of a store arranged for analysis: draws by worlds by designs by figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.arrays import Floats, Ints
from sim.errors import InputError
from sim.sweeps.contents import APART, countries, told_apart
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
    worlds : list of list of int
        For each draw the numbers of the worlds that it was played in, in the order of `values`; all equally many.
    values : array of float, shape (draws, worlds, designs, figures)
        NaN where there is no such run or it failed.
    years : tuple of int
        First and last.
    registers : Path, optional
        Folder of register files that the runs were played with, and the digest of what they held, where it was noted.
    """

    parameters: pd.DataFrame
    constant: Mapping[str, float]
    worlds: list[list[int]]
    designs: list[str]
    figures: tuple[Figure, ...]
    values: Floats
    seed: int
    years: tuple[int, int]
    scale: float
    registers: Path | None = None
    registers_digest: str | None = None

    @property
    def names(self) -> list[str]:
        """The parameters that vary."""
        return [name for name in self.parameters.columns if name not in ("values", "draw")]

    def place(self, name: str, store: Path | str) -> int:
        """Where a figure stands in `figures`; a bare outcome means its mean, or the only figure of it that was kept.

        Raises
        ------
        InputError
            If it was not kept.
        """
        there = [figure.name for figure in self.figures]
        full = name if "@" in name else f"{name}@mean"
        own = [figure.name for figure in self.figures if figure.outcome == name]
        if full not in there and len(own) == 1:
            full = own[0]
        if full not in there:
            raise InputError(
                f"keeps no figure '{full}'; there are: {', '.join(there)}", file=str(store), field="outcomes"
            )
        return there.index(full)

    def check_enough(self, draws: int, store: Path | str) -> None:
        """Refuse fewer draws of the parameters than are needed, and such in which nothing varies."""
        if len(self.parameters) < draws or not self.names:
            raise InputError(
                f"holds {len(self.parameters)} draws with {len(self.names)} parameters that vary; expected at least "
                f"{draws} draws",
                file=str(store),
            )

    def described(self) -> dict[str, object]:
        """What a manifest says of them."""
        return {
            "designs": [{"key": key} for key in self.designs],
            "draws": len(self.parameters),
            "worlds": len(self.worlds[0]),
            "years": {"start": self.years[0], "end": self.years[1]},
            "scale": self.scale,
        }

    def all_values(self) -> list[dict[str, float]]:
        """Every draw's parameters, those that vary and those that don't, to the last digit."""
        return [
            {**self.constant, **dict(zip(self.names, row, strict=True))}
            for row in self.parameters[self.names].to_numpy(dtype=float).tolist()
        ]


def read_runs(store: Path | str, designs: Sequence[str] | None = None) -> GivenRuns:
    """The runs of a store, arranged by draw, world and design: of a sweep, those of its experiment as it was last asked.

    Parameters
    ----------
    designs : sequence of str, optional
        Keys of the designs wanted, the first to compare with; by default all, in the order in which they came. Where a key
        stands for two contents in the store (a file that was changed in between), `key#letters` names one of them, see
        `sim.sweeps.contents`; all runs of the store are looked at then.

    Raises
    ------
    InputError
        If the folder is no store, lacks a design, mixes seeds, years or scales, or has two things under one name.
    """
    opened = Store(store)
    runs = opened.rows(RUNS).to_pandas()
    draws = opened.rows(DRAWS).to_pandas().set_index("values")
    chosen = any(APART in key for key in designs or ())
    if not chosen and (asked := opened.asked()) is not None:
        runs = runs.set_index("run").loc[list(dict.fromkeys(asked))].reset_index()
    runs["variant"] = _told_apart(runs, designs or (), store)
    there = list(dict.fromkeys(runs["variant"]))
    wanted = list(designs or there)
    for key in wanted:
        if key not in there:
            raise InputError(f"has no runs of '{key}'; there are: {', '.join(there)}", file=str(store))
    runs = runs[runs["variant"].isin(wanted)]
    if runs.duplicated(["variant", *_WHERE]).any() or countries(runs).nunique() > 1:
        raise InputError(
            f"holds runs in two countries ({', '.join(wanted)}), as registers were changed in between; name designs of one of "
            "them, or run its sweep again: its runs are then those that are asked",
            file=str(store),
            field="designs",
        )
    for column in _WHERE[2:]:
        if runs[column].nunique() > 1:
            found = ", ".join(map(str, sorted(runs[column].unique())))
            raise InputError(
                f"mixes runs of different {column} ({found}); analyse them apart", file=str(store)
            )
    order = list(dict.fromkeys(runs["values"]))
    worlds, slot = _slots(runs, order)
    figures = tuple(Figure.of(name) for name in opened.columns)
    values = np.full((len(order), len(worlds[0]), len(wanted), len(figures)), np.nan)
    place = (pd.Categorical(runs["values"], order).codes, slot, pd.Categorical(runs["variant"], wanted).codes)
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
        (int(first["start"]), int(first["end"])), float(first["scale"]), *_registers(first),
    )  # fmt: skip


def _registers(run: pd.Series[Any]) -> tuple[Path | None, str | None]:
    """Where the registers of a run lay, and the digest of what they held."""
    place, digest = run["registers"], run.get("registers_digest")
    return None if pd.isna(place) else Path(place), None if pd.isna(digest) else str(digest)


def _told_apart(runs: pd.DataFrame, wanted: Sequence[str], store: Path | str) -> pd.Series[str]:
    """Names under which one thing stands each; where a name stands for two, only the user can tell which is meant.

    Raises
    ------
    InputError
        If such a name is wanted.
    """
    names = told_apart(runs)
    twice = set(runs["variant"][names != runs["variant"]])
    for key in wanted:
        if key in twice:
            choices = ", ".join(dict.fromkeys(names[runs["variant"] == key]))
            raise InputError(
                f"holds runs of two things under the name '{key}' (a file was changed in between); name the one that is meant "
                f"({choices}), or run its sweep again: its runs are then those that are asked",
                file=str(store),
                field="designs",
            )
    return names


def _slots(runs: pd.DataFrame, order: Sequence[str]) -> tuple[list[list[int]], Ints]:
    """Each draw's worlds, and each run's place among them.

    Draws that share all worlds keep a world in the same place; draws with worlds of their own have them in order.

    Raises
    ------
    InputError
        If the draws were played in different numbers of worlds.
    """
    of_draw = {
        str(values): sorted(set(rows.tolist()))
        for values, rows in runs.groupby("values", sort=False)["world"]
    }
    worlds = [of_draw[values] for values in order]
    most = max(map(len, worlds))
    if {len(one) for one in worlds} != {most}:
        raise InputError(
            "holds draws that were played in different numbers of worlds; finish the sweep, or analyse a part of it"
        )
    place = {values: {world: k for k, world in enumerate(one)} for values, one in of_draw.items()}
    slot = [place[v][w] for v, w in zip(runs["values"], runs["world"].tolist(), strict=True)]
    return worlds, np.array(slot, dtype=np.int64)
