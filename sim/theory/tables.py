"""The tables of a test of programme theories, written into a study's folder while it is still hidden."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from sim.experiments import tables
from sim.experiments.folder import MANIFEST
from sim.experiments.manifest import text
from sim.experiments.writing import write_csv, write_table
from sim.theory import bottleneck, split
from sim.theory.bottleneck import bottlenecks
from sim.theory.split import Pair

FOLLOWED, SPLIT, BOTTLENECKS = "theory", "theory_split", "theory_bottlenecks"
"""Names of the tables: how far along the chain, the shortfall, the bottlenecks."""

_ROWS_ARE = {
    SPLIT: "one result or goal of a programme theory in one group, for one design and one of its twins, over one horizon",
    BOTTLENECKS: "one design in one group of municipalities",
}
_YEARS = {"year_from", "year_to"}
_WHOLE = {"n_worlds"}


@dataclass(frozen=True)
class Test:
    """What was tested.

    Attributes
    ----------
    designs : tuple of str
        The designs, without their twins.
    first, last : int
        Years over which conditions are granted.
    command : str or None
        That makes the same results again.
    """

    __test__ = False  # this is no test case

    designs: tuple[str, ...]
    pairs: tuple[Pair, ...]
    first: int
    last: int
    command: str | None


def write_tables(tested: Test, folder: Path) -> None:
    """Make the tables from `theory.parquet`, and enter them in the folder's manifest and documentation."""
    followed = pd.read_parquet(folder / f"{FOLLOWED}.parquet")
    own = followed[followed["design"].isin(tested.designs)]
    made = {
        SPLIT: (split.split(followed, tested.pairs, tested.first, tested.last), split.COLUMNS),
        BOTTLENECKS: (bottlenecks(own, tested.first, tested.last), bottleneck.COLUMNS),
    }
    listed = {
        name: _write(frame, schema(columns), folder / f"{name}.parquet")
        for name, (frame, columns) in made.items()
    }
    _enter(folder, listed, tested)
    documented = {name: (_ROWS_ARE[name], schema(columns)) for name, (_, columns) in made.items()}
    page = folder / "tables.md"
    _, _, said = tables.documentation(documented).partition("\n## ")
    page.write_text(page.read_text(encoding="utf-8") + "\n## " + said, encoding="utf-8")


def schema(columns: Mapping[str, tuple[str, str]]) -> pa.Schema:
    """The Arrow schema of declared columns: names are words, years and counts whole, the rest numbers."""
    return pa.schema(
        [tables.field(name, _kind(name, unit), unit, meaning) for name, (unit, meaning) in columns.items()]
    )


def _kind(name: str, unit: str) -> pa.DataType:
    if unit == "name" or name == "horizon":
        return tables.WORDS
    if name in _YEARS:
        return tables.YEAR
    return tables.WHOLE if name in _WHOLE else tables.NUMBER


def _write(frame: pd.DataFrame, declared: pa.Schema, path: Path) -> dict[str, object]:
    columns = {
        name: pa.array(frame[name].to_numpy(), declared.field(name).type, from_pandas=True)
        for name in declared.names
    }
    write_table(tables.table(columns, declared), path)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "rows": len(frame),
        "parquet_sha256": digest,
        "csv": "written" if write_csv(path) else "not written",
    }


def _enter(folder: Path, listed: Mapping[str, object], tested: Test) -> None:
    file = folder / MANIFEST
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["tables"] |= listed
    manifest["command"] = tested.command
    twins = [
        {"design": p.design, "twin": p.twin, "scheme": p.theory.scheme, "granted": p.granted}
        for p in tested.pairs
    ]
    manifest["theory"] = {"twins": twins, "years": {"from": tested.first, "to": tested.last}}
    file.write_text(text(manifest), encoding="utf-8")
