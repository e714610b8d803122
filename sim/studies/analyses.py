"""Analyses made on top of many runs, finished: kept, told of, and read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from sim.errors import InputError
from sim.experiments.analysis_folder import AnalysisTable, write_analysis
from sim.experiments.folder import is_results
from sim.studies.finished import Finished
from sim.studies.telling import tell


def finished(
    folder: Path,
    kind: str,
    found: Mapping[str, AnalysisTable],
    about: Mapping[str, object],
    lang: str,
    further: Callable[[Path], object] | None = None,
) -> Analysis:
    """Keep an analysis, then tell of it, and hand it back; parameters as for `write_analysis`."""
    write_analysis(folder, kind, found, about, lang, further)
    tell(folder, lang)
    return Analysis(folder)


class Analysis(Finished):
    """A finished analysis: its tables, read when asked for, and the folder they lie in.

    Raises
    ------
    InputError
        If the folder holds no analysis.
    """

    def __init__(self, folder: Path | str) -> None:
        super().__init__(folder)
        if not is_results(self.folder) or "kind" not in self.manifest:
            raise InputError("holds no analysis", file=str(self.folder))

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables; `InputError` if it has none of that name."""
        if not (self.folder / f"{name}.parquet").is_file():
            known = ", ".join(self.manifest["tables"])
            raise InputError(f"has no table '{name}'; there are: {known}", file=str(self.folder))
        return self._read(name)

    @property
    def pictures(self) -> list[str]:
        """Names of its figures."""
        from sim.report import pictures_of

        return list(pictures_of(self.folder, self.manifest["lang"]))
