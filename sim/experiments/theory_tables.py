"""The tables made over all worlds of how far designs come along the programme theories: bottlenecks, and the shortfall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments import tables, theory_split
from sim.experiments.instruments import FOLLOWED
from sim.experiments.theory_split import SPLIT_BY, Pair, split
from sim.experiments.writing import write_table
from sim.theory import bottleneck
from sim.theory.bottleneck import REACHED, bottlenecks
from sim.theory.over_years import AXES

SPLIT, BOTTLENECKS = "theory_split", "theory_bottlenecks"
"""Names of the tables: the shortfall, the bottlenecks."""

ROWS_ARE = {
    SPLIT: "one result or goal of a programme theory in one group, for one design and one of its twins, over one horizon",
    BOTTLENECKS: "one programme theory in one group of municipalities under one design",
}
_YEARS = {"start", "end"}
_WHOLE = {"n_worlds"}


def write_bottlenecks(folder: Path, first: int, last: int) -> None:
    """Write which condition holds each design back over some years, if it was noted how far along they are."""
    file = folder / f"{FOLLOWED}.parquet"
    if file.exists():
        within = read(file, REACHED, first, last).to_pandas()
        _write(bottlenecks(within, first, last), BOTTLENECKS, folder)


def write_split(
    folder: Path,
    pairs: Iterable[Pair],
    first: int,
    last: int,
    worlds: int | None = None,
    further: Iterable[pa.Table] = (),
) -> None:
    """Write the shortfall of each design over some years, split by its twins.

    Parameters
    ----------
    worlds : int, optional
        How many of the worlds count, the first ones; all by default.
    further : iterable of Arrow tables
        Rows of twins that do not stand in the folder.
    """
    there = [] if worlds is None else [("world", "<", worlds)]
    own = read(folder / f"{FOLLOWED}.parquet", SPLIT_BY, first, last, there)
    pieces = [own, *(piece.select(own.column_names).cast(own.schema) for piece in further)]
    followed = pa.concat_tables(pieces).unify_dictionaries().to_pandas()
    _write(split(followed, pairs, first, last), SPLIT, folder)


def read(
    file: Path, columns: Sequence[str], first: int, last: int, filters: Sequence[tuple[str, str, int]] = ()
) -> pa.Table:
    """What is wanted of a table of programme theories: some columns, and the axes, in some years."""
    within = [("year", ">=", first), ("year", "<=", last), *filters]
    return pq.read_table(file, columns=[*AXES, "year", *columns], filters=within)


def schema(columns: Mapping[str, tuple[str, str]]) -> pa.Schema:
    """The Arrow schema of columns declared by unit and meaning: names are words, years and counts whole, the rest numbers."""
    return pa.schema(
        [tables.field(name, _kind(name, unit), unit, meaning) for name, (unit, meaning) in columns.items()]
    )


def declared() -> dict[str, tuple[str, pa.Schema]]:
    """What a row of each table is, and its schema."""
    columns = {SPLIT: theory_split.COLUMNS, BOTTLENECKS: bottleneck.COLUMNS}
    return {name: (ROWS_ARE[name], schema(own)) for name, own in columns.items()}


def _kind(name: str, unit: str) -> pa.DataType:
    if unit == "name" or name == "horizon":
        return tables.WORDS
    if name in _YEARS:
        return tables.YEAR
    return tables.WHOLE if name in _WHOLE else tables.NUMBER


def _write(frame: pd.DataFrame, name: str, folder: Path) -> None:
    write_table(tables.framed(frame, declared()[name][1]), folder / f"{name}.parquet")
