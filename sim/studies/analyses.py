"""Analyses made on top of many runs, finished: kept, told of, and read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.errors import InputError
from sim.experiments.analysis_folder import AnalysisTable, write_analysis
from sim.experiments.folder import MANIFEST, is_results
from sim.in_place import check_recorded
from sim.studies.telling import tell

if TYPE_CHECKING:
    from sim.report import Picture


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
        check_recorded(path, self.manifest["tables"].get(name, {}).get("parquet_sha256"))
        return pd.read_parquet(path)

    def headline(self, lang: str | None = None) -> list[str]:
        """The answer in sentences, as on its page, in the analysis' language or another ("nb", "en")."""
        from sim.report import headline

        return headline(self.folder, lang or self.manifest["lang"])

    @property
    def pictures(self) -> list[str]:
        """Names of its figures."""
        from sim.report import pictures_of

        return list(pictures_of(self.folder, self.manifest["lang"]))

    def picture(self, name: str, lang: str | None = None) -> Picture:
        """A figure of its page by name, which notebooks show; `.save(file)` keeps it as PNG.

        Raises
        ------
        InputError
            If the page has no such figure.
        """
        from sim.report import picture

        return picture(self.folder, name, lang or self.manifest["lang"])

    def __repr__(self) -> str:
        return f"Analysis({str(self.folder)!r})"
