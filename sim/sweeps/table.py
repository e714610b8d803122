"""The table of a sweep: one row a run, what it was made from on one side, what came of it on the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa

from sim.design import plain
from sim.errors import InputError
from sim.in_place import put_in_place
from sim.sweeps.contrast import Contrast, paired, settled
from sim.sweeps.point import Point
from sim.sweeps.querying import columns_of
from sim.sweeps.store import DRAWS, RUNS, Store, parquet, read_parquet

LABELS = ("run", "design", "variant", "draw", "world", "seed", "start", "end", "scale", "failed", "error")
SIDES = b"kompetansesim.columns"
"""Key of the note on which columns are levers, parameters and figures."""


class RunTable:
    """Runs in the order in which they were asked for, made when first looked at.

    Parameters
    ----------
    make : callable
        Gives everything as one Arrow table, see `table_of`.
    store : Store, optional
        Where the runs are kept.
    """

    def __init__(self, make: Callable[[], pa.Table], store: Store | None = None) -> None:
        self._make = make
        self._store = store

    @classmethod
    def read(cls, path: Path) -> RunTable:
        """A table that was written by `write`; `InputError` if it is none."""
        try:
            whole = read_parquet(path)
            _ = whole.schema.metadata[SIDES]
        except (OSError, pa.ArrowException, KeyError, TypeError):
            raise InputError("is no table of a sweep", file=str(path)) from None
        return cls(lambda: whole)

    @cached_property
    def arrow(self) -> pa.Table:
        """Everything as one Arrow table: equal runs give equal bytes."""
        return self._make()

    @property
    def store(self) -> Store:
        """The store; `InputError` if the runs were kept nowhere."""
        if self._store is None:
            raise InputError("these runs were kept in no store; name one (store=) to ask it questions")
        return self._store

    @cached_property
    def experiments(self) -> pd.DataFrame:
        """Run, design, draw, world and so on, then a column for each lever and parameter that was set."""
        frame: pd.DataFrame = self.arrow.drop_columns(list(self.figures)).to_pandas()
        return frame

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """A column for each figure kept, on the same index; NaN where the run failed or nobody was in the group."""
        frame: pd.DataFrame = self.arrow.select(list(self.figures)).to_pandas()
        return frame

    @property
    def levers(self) -> tuple[str, ...]:
        """Names of the levers that any point sets."""
        return self._sides["levers"]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters that any point sets."""
        return self._sides["parameters"]

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of the figures kept."""
        return self._sides["figures"]

    @property
    def failures(self) -> pd.DataFrame:
        """The rows of `experiments` of runs that failed."""
        return self.experiments[self.experiments["failed"]]

    def paired(self, figure: str, design: str, versus: str) -> pd.DataFrame:
        """Every pair of runs under two designs, with their difference; see `sim.sweeps.contrast.paired`."""
        return paired(self, Contrast(figure, design, versus))

    def contrast(self, figure: str, design: str, versus: str) -> pd.DataFrame:
        """The mean difference of two designs and how well it is settled; see `sim.sweeps.contrast.settled`."""
        return settled(self, Contrast(figure, design, versus))

    def write(self, path: Path) -> None:
        """Write everything as Parquet, whole or not at all."""
        put_in_place(path, parquet(self.arrow))

    @cached_property
    def _sides(self) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(columns) for name, columns in json.loads(self.arrow.schema.metadata[SIDES]).items()
        }


def table_of(store: Store, addresses: Sequence[str], points: Sequence[Point]) -> pa.Table:
    """The rows of a store for points, in their order: labels, levers, parameters, figures."""
    runs = store.rows(RUNS)
    row_of = {run: row for row, run in enumerate(runs["run"].to_pylist())}
    runs = runs.take([row_of[run] for run in addresses])
    labels = {name: runs[name] for name in LABELS}
    labelled = [(point.base or point.design.key, point.draw, point.levers) for point in points]
    labels["design"] = pa.array([design for design, _, _ in labelled], pa.string())
    labels["draw"] = pa.array([draw for _, draw, _ in labelled], pa.int64())
    levers = columns_of([{name: plain(value) for name, value in set_.items()} for _, _, set_ in labelled])
    parameters = _parameters(store, runs["values"].to_pylist())
    figures = {name: runs[name] for name in store.columns}
    sides = {"levers": list(levers), "parameters": list(parameters), "figures": list(figures)}
    whole = pa.table({**labels, **levers, **parameters, **figures})
    return whole.replace_schema_metadata({SIDES: json.dumps(sides).encode()})


def _parameters(store: Store, values: list[str]) -> Mapping[str, pa.Array]:
    draws = store.rows(DRAWS)
    row_of = {name: row for row, name in enumerate(draws["values"].to_pylist())}
    draws = draws.take([row_of[name] for name in values])
    numbers = {name: draws[name] for name in sorted(set(draws.column_names) - {"values", "others"})}
    known = {name: column for name, column in numbers.items() if column.null_count < len(column)}
    return {**known, **columns_of([json.loads(text) for text in draws["others"].to_pylist()])}
