"""A finished study's results, read from their folder when they are asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from sim.errors import InputError
from sim.experiments.folder import MANIFEST, is_results
from sim.studies.finished import Finished


class Results(Finished):
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
        super().__init__(folder)
        if not is_results(self.folder):
            raise InputError(f"holds no results (no {MANIFEST})", file=str(self.folder))

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
        if not (self.folder / f"{name}.parquet").is_file():
            raise InputError(f"there is no table '{name}' among the results", file=str(self.folder))
        return self._read(name)
