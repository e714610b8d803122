"""The table of a sweep: one row a run, what it was made from on one side, what came of it on the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from sim.design import plain
from sim.sweeps.store import DRAWS, RUNS, Store

if TYPE_CHECKING:
    from sim.sweeps.point import Point

LABELS = ("run", "design", "variant", "draw", "world", "seed", "start", "end", "scale", "failed", "error")


class RunTable:
    """Runs in the order in which they were asked for, read from the store when first looked at.

    Parameters
    ----------
    store : Store
    addresses : sequence of str
        The runs, one row each.
    points : sequence of Point
        What they were made from.
    """

    def __init__(self, store: Store, addresses: Sequence[str], points: Sequence[Point]) -> None:
        self.store = store
        self.addresses = addresses
        self.points = points

    @cached_property
    def experiments(self) -> pd.DataFrame:
        """Run, design, draw, world and so on, then a column for each lever and parameter that was set."""
        return self._whole.drop(columns=self.store.columns)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """A column for each figure kept, on the same index; NaN where the run failed or nobody was in the group."""
        return self._whole[self.store.columns].copy()

    @property
    def failures(self) -> pd.DataFrame:
        """The rows of `experiments` of runs that failed."""
        return self.experiments[self.experiments["failed"]]

    @cached_property
    def _whole(self) -> pd.DataFrame:
        whole: pd.DataFrame = self.arrow().to_pandas()
        return whole

    def loaded(self) -> RunTable:
        """The same table with everything read, for a store that is about to go."""
        _ = self.experiments, self.outcomes
        return self

    def arrow(self) -> pa.Table:
        """Everything as one Arrow table: equal runs give equal bytes."""
        runs = self.store.rows(RUNS)
        row_of = {run: row for row, run in enumerate(runs["run"].to_pylist())}
        runs = runs.take([row_of[run] for run in self.addresses])
        labels = {name: runs[name] for name in LABELS}
        labels["design"] = pa.array([point.base or point.design.key for point in self.points], pa.string())
        labels["draw"] = pa.array([point.draw for point in self.points], pa.int64())
        return pa.table(
            {
                **labels,
                **_columns([{k: plain(v) for k, v in point.levers.items()} for point in self.points]),
                **self._parameters(runs["values"].to_pylist()),
                **{name: runs[name] for name in self.store.columns},
            }
        )

    def _parameters(self, values: list[str]) -> Mapping[str, pa.Array]:
        draws = self.store.rows(DRAWS)
        row_of = {name: row for row, name in enumerate(draws["values"].to_pylist())}
        draws = draws.take([row_of[name] for name in values])
        numbers = {name: draws[name] for name in sorted(set(draws.column_names) - {"values", "others"})}
        return {**numbers, **_columns([json.loads(text) for text in draws["others"].to_pylist()])}


def _columns(rows: Sequence[Mapping[str, object]]) -> dict[str, pa.Array]:
    """A column for each name that stands in any row; numbers as numbers, everything else as text."""
    found = {}
    for name in sorted({name for row in rows for name in row}):
        values = [row.get(name) for row in rows]
        if all(v is None or (isinstance(v, (int, float)) and not isinstance(v, bool)) for v in values):
            found[name] = pa.array([None if v is None else float(v) for v in values], pa.float64())  # type: ignore[arg-type]
        else:
            texts = [None if v is None else v if isinstance(v, str) else json.dumps(v) for v in values]
            found[name] = pa.array(texts, pa.string())
    return found
