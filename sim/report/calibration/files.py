"""A calibration's folder as its report reads it, and the numbers in it with the places they stand at."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sim.errors import InputError
from sim.report.messages import Messages
from sim.report.number_format import level_decimals
from sim.report.part_messages import load_part
from sim.report.quantity import Quantity, source

if TYPE_CHECKING:
    import pandas as pd

NEEDED = (
    "fit", "targets", "learned", "intervals", "verdicts", "emulator", "tensions", "conflicts", "pairs",
    "pulls", "patterns",
)  # fmt: skip
CHECK = "check"
SHARE, COUNT = "share", "count"
_PERCENT = 100.0
_DIGITS = 3


class CalibrationFiles:
    """The tables and notes of one calibration.

    Parameters
    ----------
    check : Path, optional
        Folder of the trial of its method, by default `check` in its own; told of if one is finished there.

    Raises
    ------
    InputError
        If the folder holds no finished calibration.
    """

    def __init__(self, folder: Path, check: Path | None = None) -> None:
        self.folder = Path(folder)
        self.check_folder = check or self.folder / CHECK
        for name in NEEDED:
            if not (self.folder / f"{name}.parquet").is_file():
                raise InputError(f"no {name}.parquet: no finished calibration lies here", file=str(folder))
        self.diagnostics = _json(self.folder / "diagnostics.json")
        self.provenance = _json(self.folder / "provenance.json")
        result = self.check_folder / "check.json"
        self.check: Mapping[str, Any] | None = _json(result) if result.is_file() else None

    def has(self, name: str) -> bool:
        """Whether the folder has a table."""
        return (self.folder / f"{name}.parquet").is_file()

    def table(self, name: str) -> pd.DataFrame:
        """A table of the folder."""
        import pandas as pd

        return pd.read_parquet(self.folder / f"{name}.parquet")

    def check_table(self, name: str) -> pd.DataFrame:
        """A table of the trial of the method."""
        import pandas as pd

        return pd.read_parquet(self.check_folder / f"{name}.parquet")

    @cached_property
    def figures(self) -> list[Mapping[str, Any]]:
        """Every figure: what it is, what was observed, what the model gives, before and after the fit."""
        described = self.table("targets").drop(columns="wave").rename(columns={"id": "target"})
        wide = self.table("fit").merge(described, on=["target", "role"])
        wide = wide.merge(self.table("intervals"), on="target", how="left")
        return [{str(k): v for k, v in row.items()} for row in wide.to_dict("records")]

    @cached_property
    def by_target(self) -> Mapping[str, Mapping[str, Any]]:
        """The figures by their targets."""
        return {figure["target"]: figure for figure in self.figures}


def _json(file: Path) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"can't be read: {error}", file=str(file)) from None
    return found


@dataclass(frozen=True)
class Words:
    """A calibration's texts and numbers in one language."""

    lang: str

    @cached_property
    def messages(self) -> Messages:
        """The texts."""
        return load_part("calibration", self.lang)

    def t(self, key: str, **values: Any) -> Markup:
        """A text of this report as HTML."""
        return self.messages.html(f"calibration.{key}", **values)

    def name(self, figure: Mapping[str, Any]) -> str:
        """What a figure is called."""
        key = f"calibration.target.{figure['series']}"
        return self.messages.raw(key) if key in self.messages else str(figure["quantity"])

    def of_target(self, figures: Mapping[str, Mapping[str, Any]], target: str) -> str:
        """What a figure is called, with when it was observed."""
        figure = figures[target]
        return f"{self.name(figure)} ({figure['wave']})" if figure["wave"] else self.name(figure)

    def number(
        self, value: Any, place: str, decimals: int | None = None, unit: str = "plain", factor: float = 1.0
    ) -> Quantity:
        """A number with its place; what is missing becomes a dash."""
        found = math.nan if value is None else float(value)
        digits = level_decimals(found * factor, _DIGITS) if decimals is None else decimals
        return Quantity(found, place, self.messages, unit=unit, factor=factor, decimals=digits)

    def whole(self, value: Any, place: str) -> Quantity:
        """A number of things."""
        return self.number(value, place, 0)

    def percent(self, value: Any, place: str, decimals: int = 0) -> Quantity:
        """A share, in per cent."""
        return self.number(value, place, decimals, "percent", _PERCENT)

    def cells(
        self, table: str, row: Mapping[Any, Any], known_by: Sequence[str], columns: Mapping[str, int | None]
    ) -> dict[str, Quantity]:
        """Numbers of a table's row, which is known by some of its columns; by column, each with its decimals."""
        where = {name: row[name] for name in known_by}
        return {
            name: self.number(row[name], source(f"{table}.parquet", **where, column=name), decimals)
            for name, decimals in columns.items()
        }

    def of_figure(self, figure: Mapping[str, Any], column: str) -> Quantity:
        """One of a figure's numbers, as it is reported: shares in per cent, all else in its unit."""
        place = source("fit.parquet", target=figure["target"], column=column)
        if figure["unit"] == SHARE:
            return self.percent(figure[column], place, 1)
        value = figure[column]
        decimals = 1 if figure["unit"] == COUNT and column.startswith("simulated") else None
        return self.number(value, place, 0 if figure["unit"] == COUNT and decimals is None else decimals)


def as_share(figure: Mapping[str, Any], value: Any) -> float:
    """A value of a share or count in per cent."""
    found = math.nan if value is None else float(value)
    return found * _PERCENT / (float(figure["n"]) if figure["unit"] == COUNT else 1.0)


def is_share(figure: Mapping[str, Any]) -> bool:
    """Whether a figure is a share, or a count of persons whose number is known."""
    n = figure["n"]
    return figure["unit"] == SHARE or (figure["unit"] == COUNT and n is not None and not math.isnan(float(n)))


def is_test(figure: Mapping[str, Any]) -> bool:
    """Whether a figure could have been missed by a wrong model."""
    return not isinstance(figure["no_test"], str)


def is_known(value: Any) -> bool:
    """Whether a table has a value here."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))


def answered(figure: Mapping[str, Any]) -> bool:
    """Whether the model has a counterpart of a figure."""
    return is_known(figure["inside"])
