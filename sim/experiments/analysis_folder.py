"""Folders of analyses made on top of many runs: tables with documented columns, a manifest, a small report.

As with a comparison, the folder takes its place in one step when all is on the disk, and equal analyses give equal tables.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from sim.errors import InputError
from sim.experiments import provenance, tables
from sim.experiments.folder import MADE_BY, MANIFEST, is_results, results_folder
from sim.experiments.manifest import text
from sim.experiments.writing import write_csv, write_table

if TYPE_CHECKING:
    from sim.report import Picture

Report = Callable[[Path, str], object]


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


def write_analysis(
    folder: Path,
    kind: str,
    found: Mapping[str, AnalysisTable],
    about: Mapping[str, object],
    report: Report | None = None,
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
    report : callable, optional
        Given the folder, still hidden, and the language, adds a report.
    further : callable, optional
        Given the folder, still hidden, adds other files.
    """
    with results_folder(folder) as partial:
        documented, listed = {}, {}
        for name, one in found.items():
            table = one.arrow()
            path = partial / f"{name}.parquet"
            write_table(table, path)
            write_csv(path)
            documented[name] = (one.rows_are, table.schema)
            listed[name] = {
                "rows": len(table),
                "parquet_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
        (partial / "tables.md").write_text(tables.documentation(documented), encoding="utf-8")
        content = {
            "made_by": MADE_BY,
            "kind": kind,
            "code": provenance.code(),
            "software": provenance.software(),
            **about,
            "lang": lang,
            "tables": listed,
        }
        (partial / MANIFEST).write_text(text(content), encoding="utf-8")
        if further is not None:
            further(partial)
        if report is not None:
            report(partial, lang)


class Analysis:
    """A finished analysis: its tables, read when asked for, and the folder they lie in.

    Raises
    ------
    InputError
        If the folder holds no analysis.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if not is_results(self.folder) or "kind" not in self.manifest:
            raise InputError("holds no analysis", file=str(self.folder))

    @property
    def manifest(self) -> dict[str, Any]:
        """How the analysis was made."""
        content: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        return content

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables; `InputError` if it has none of that name."""
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            known = ", ".join(self.manifest["tables"])
            raise InputError(f"has no table '{name}'; there are: {known}", file=str(self.folder))
        return pd.read_parquet(path)

    def headline(self, lang: str | None = None) -> list[str]:
        """The answer in sentences, as on its page, in the analysis' language or another ("nb", "en")."""
        from sim.report import analysis_headline

        sentences: list[str] = analysis_headline(self.folder, lang or self.manifest["lang"])
        return sentences

    @property
    def pictures(self) -> list[str]:
        """Names of its figures."""
        from sim.report import analysis_pictures

        found: list[str] = list(analysis_pictures(self.folder, self.manifest["lang"]))
        return found

    def picture(self, name: str, lang: str | None = None) -> Picture:
        """A figure of its page by name, which notebooks show; `.save(file)` keeps it as PNG.

        Raises
        ------
        InputError
            If the page has no such figure.
        """
        from sim.report import analysis_pictures

        found: dict[str, Picture] = analysis_pictures(self.folder, lang or self.manifest["lang"])
        if name not in found:
            known = f"; there are: {', '.join(found)}" if found else ", nor any other"
            raise InputError(f"has no figure '{name}'{known}", file=str(self.folder))
        return found[name]

    def __repr__(self) -> str:
        return f"Analysis({str(self.folder)!r})"
