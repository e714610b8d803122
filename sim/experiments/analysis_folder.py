"""Folders of analyses made on top of many runs: tables with documented columns and a manifest.

As with a comparison, the folder takes its place in one step when all is on the disk, and equal analyses give equal tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from sim.experiments import provenance, tables
from sim.experiments.documenting import documentation
from sim.experiments.folder import MADE_BY, MANIFEST, Replaces, check_place, results_folder
from sim.experiments.manifest import text
from sim.experiments.provenance import file_digest
from sim.experiments.writing import write_csv, write_table


@dataclass(frozen=True)
class AnalysisTable:
    """A table of an analysis.

    Attributes
    ----------
    rows_are : str
        What one row stands for.
    columns : mapping from column to (unit, meaning)
        In the order in which they are written; every column of `frame` is among them.
    """

    frame: pd.DataFrame
    rows_are: str
    columns: Mapping[str, tuple[str, str]]

    def arrow(self) -> pa.Table:
        """The table with units and meanings in its fields."""
        arrays, fields = [], []
        for name, sentence in self.columns.items():
            array = _array(self.frame[name])
            arrays.append(array)
            fields.append(tables.field(name, array.type, *sentence))
        return pa.table(arrays, schema=pa.schema(fields))


def _array(column: pd.Series) -> pa.Array:
    if column.dtype.kind in "iu":
        return pa.array(column.to_numpy(), tables.WHOLE)
    if column.dtype.kind == "b":
        return pa.array(column.to_numpy(), tables.YES_NO)
    if column.dtype.kind == "f":
        return pa.array(column.to_numpy(), tables.NUMBER, from_pandas=True)
    return pa.array([None if value is None else str(value) for value in column], tables.TEXT)


def check_analysis_place(folder: Path, kind: str) -> None:
    """Refuse a place where anything but an earlier analysis of this kind lies, before the work is done."""
    check_place(folder, _earlier(kind))


def _earlier(kind: str) -> Replaces:
    return Replaces(lambda there: there.get("kind") == kind)


def write_analysis(
    folder: Path,
    kind: str,
    found: Mapping[str, AnalysisTable],
    about: Mapping[str, object],
    lang: str = "nb",
    further: Callable[[Path], object] | None = None,
) -> None:
    """Write an analysis, whole or not at all.

    Parameters
    ----------
    kind : str
        Of the analysis, such as `sensitivity`; the manifest says it.
    about : mapping
        What else the manifest is to say: settings, so that the analysis can be made again.
    further : callable, optional
        Given the folder, still hidden, adds other files.

    Raises
    ------
    InputError
        If anything but an earlier analysis of this kind lies in the folder.
    """
    with results_folder(folder, _earlier(kind)) as partial:
        documented, listed = {}, {}
        for name, one in found.items():
            table = one.arrow()
            path = partial / f"{name}.parquet"
            write_table(table, path)
            write_csv(path)
            documented[name] = (one.rows_are, table.schema)
            listed[name] = {"rows": len(table), "parquet_sha256": file_digest(path)}
        (partial / "tables.md").write_text(documentation(documented), encoding="utf-8")
        content = {
            "made_by": MADE_BY, "kind": kind, "code": provenance.code(), "software": provenance.software(),
            **about, "lang": lang, "tables": listed,
        }  # fmt: skip
        (partial / MANIFEST).write_text(text(content), encoding="utf-8")
        if further is not None:
            further(partial)
