"""A finished study's results, read from their folder when they are asked for."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.errors import InputError
from sim.experiments.folder import MANIFEST, is_results
from sim.in_place import check_recorded

if TYPE_CHECKING:
    from sim.report import Picture


class Results:
    """The tables of a study as pandas frames; each is read once, at first use.

    What their columns mean stands in `tables.md` in the same folder.

    Parameters
    ----------
    folder : Path or str
        Folder of results.

    Raises
    ------
    InputError
        If there are no results in it.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if not is_results(self.folder):
            raise InputError(f"holds no results (no {MANIFEST})", file=str(self.folder))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Where the results come from: code, designs, parameters, seed, worlds, years."""
        content: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        return content

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """Paired differences between designs; `InputError` if only one was played."""
        return self.table("comparison")

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Outcomes over the years: mean and percentiles over worlds."""
        return self.table("summary")

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Every outcome in every group, half-year, design and world."""
        return self.table("outcomes")

    @cached_property
    def draws(self) -> pd.DataFrame:
        """Every draw: one row for each municipality."""
        return self.table("draws")

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """Each world's draw of the uncertain parameters."""
        return self.table("parameters")

    @cached_property
    def municipalities(self) -> pd.DataFrame:
        """Every municipality's state in every half-year, for the worlds kept in detail."""
        return self.table("municipalities")

    @cached_property
    def schools(self) -> pd.DataFrame:
        """Every school's state in every half-year, for the worlds kept in detail."""
        return self.table("schools")

    def table(self, name: str) -> pd.DataFrame:
        """One table by name; `InputError` if the study wrote none of that name, or it has been damaged since."""
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise InputError(f"there is no table '{name}' among the results", file=str(self.folder))
        check_recorded(path, (self.manifest.get("tables") or {}).get(name, {}).get("parquet_sha256"))
        return pd.read_parquet(path)

    def headline(self, lang: str | None = None) -> list[str]:
        """The main findings in a few sentences, in the study's language or another ("nb", "en")."""
        from sim.report import headline

        return headline(self.folder, lang or self.manifest["lang"])

    def picture(self, name: str, lang: str | None = None) -> Picture:
        """A figure of the report by name (as the files in `figures/` are called), which notebooks show; `.save(file)` keeps it.

        Raises
        ------
        InputError
            If the results have no such figure.
        """
        from sim.report import picture

        return picture(self.folder, name, lang or self.manifest["lang"])

    def __repr__(self) -> str:
        return f"Results({str(self.folder)!r})"
