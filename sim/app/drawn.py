"""Who is drawn and why: a draw's table, and one municipality's risk points, indicator by indicator, for three years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Ints
from sim.report.manifest import GROUPED
from sim.report.quantity import Quantity, source
from sim.report.results import Results
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

FILE = "draws"
GROUPS_FILE = "draws_by_group"
_POINTS = re.compile(r"points_(?P<indicator>\w+)_(?P<back>\d)")
_PERCENT = 100.0
_NEEDED = frozenset({"world", "design", "year", "municipality", "risk_share", "drawn"})


@dataclass(frozen=True)
class DrawKey:
    """One draw: in a world, under a design, in a year."""

    world: int
    design: str
    year: int


@dataclass(frozen=True)
class Drawn:
    """A municipality in a draw.

    Attributes
    ----------
    code : str
        What stands for it in the tables.
    name : str
        Its name in the user's register; empty for an invented one.
    """

    code: str
    name: str
    county: str
    population: Quantity
    share: Quantity
    points: Quantity
    possible: Quantity
    rank: int
    drawn: str
    excluded: str
    participates: bool

    @property
    def called(self) -> str:
        """What it is called on the page."""
        return f"{self.name} ({self.code})" if self.name else self.code


@dataclass(frozen=True)
class DrawnGroup:
    """A group of real municipalities in a draw.

    Attributes
    ----------
    kind : tuple of str
        Keys of its size and centrality.
    """

    county: str
    kind: tuple[str, str]
    members: str
    municipalities: Quantity
    drawn: Quantity
    participates: Quantity
    share: Quantity


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator's points by data year, None where there were no figures, and how many it brought in all."""

    indicator: str
    points: tuple[Quantity | None, ...]
    total: Quantity


@dataclass(frozen=True)
class Points:
    """A municipality's points.

    Attributes
    ----------
    years : tuple of int
        Data years, the earliest first.
    mark : Quantity or None
        The lowest risk share among those of the average draw: what it took to be drawn.
    """

    place: Drawn
    n: int
    years: tuple[int, ...]
    rows: tuple[IndicatorRow, ...]
    mark: Quantity | None

    @property
    def fate(self) -> str:
        """What came of it, as a key: `average`, `spread`, `excluded`, `lot` (lost against an equal) or `none`."""
        if self.place.drawn != "none":
            return self.place.drawn
        if self.place.excluded:
            return "excluded"
        return "lot" if self.mark is not None and self.place.share.value == self.mark.value else "none"


def draws_held(results: Results) -> dict[str, list[int]]:
    """Years of the draws under each design, all worlds alike; empty without a table of draws."""
    return _held(results.folder, GROUPS_FILE if results.manifest.places == GROUPED else FILE)


@lru_cache(maxsize=64)
def _held(folder: Path, file: str) -> dict[str, list[int]]:
    rows = Results(folder).table(file, ("design", "year", "drawn"))
    if rows.empty:
        return {}
    pairs = rows[["design", "year"]].astype({"design": str}).drop_duplicates()
    return {
        str(design): sorted(part["year"].astype(int)) for design, part in pairs.groupby("design", sort=False)
    }


def one_draw(results: Results, key: DrawKey) -> pd.DataFrame:
    """The rows of one draw, those with the highest risk share first; empty if it was not held."""
    filters = [("world", "=", key.world), ("design", "=", key.design), ("year", "=", key.year)]
    rows = results.table(FILE, (), filters)
    if rows.empty or not set(rows.columns) >= _NEEDED:
        return rows.iloc[:0]
    order = np.lexsort((rows["municipality"].astype(str), -rows["risk_share"]))
    return rows.iloc[order].reset_index(drop=True)


def table(view: View, key: DrawKey) -> list[Drawn]:
    """All municipalities in a draw, those with the highest risk share first."""
    rows = one_draw(view.results, key)
    return [_drawn(view, key, rows, i) for i in range(len(rows))]


def groups(view: View, key: DrawKey) -> list[DrawnGroup]:
    """All groups in a draw of a country of real municipalities, county by county."""
    filters = [("world", "=", key.world), ("design", "=", key.design), ("year", "=", key.year)]
    rows = view.results.table(GROUPS_FILE, (), filters)
    return [_group(view, key, row) for _, row in rows.iterrows()]


def _group(view: View, key: DrawKey, row: pd.Series) -> DrawnGroup:
    kind = str(row["size"]), str(row["centrality"])
    here = {
        "world": key.world, "design": key.design, "year": key.year,
        "county": str(row["county"]), "size": kind[0], "centrality": kind[1],
    }  # fmt: skip

    def count(column: str) -> Quantity:
        where = source(f"{GROUPS_FILE}.parquet", **here, column=column)
        return Quantity(float(row[column]), where, view.messages)

    where = source(f"{GROUPS_FILE}.parquet", **here, column="risk_share")
    share = Quantity(float(row["risk_share"]), where, view.messages, "percent", _PERCENT, decimals=1)
    return DrawnGroup(
        str(row["county"]), kind, str(row["members"]), count("municipalities"), count("drawn"), count("participates"),
        share,
    )  # fmt: skip


def points(view: View, key: DrawKey, code: str) -> Points | None:
    """One municipality's points in a draw; None if it was not there."""
    rows = one_draw(view.results, key)
    found: Ints = (
        np.flatnonzero(rows["municipality"].astype(str) == code) if len(rows) else np.empty(0, dtype=np.int64)
    )
    if not len(found):
        return None
    i = int(found[0])
    row = rows.iloc[i]
    columns = [(match["indicator"], key.year - int(match["back"]), name) for name in rows.columns
               if (match := _POINTS.fullmatch(str(name))) and rows[name].notna().any()]  # fmt: skip
    years = tuple(sorted({year for _, year, _ in columns}))
    name_of = {(indicator, year): name for indicator, year, name in columns}
    here = _where(key, code)
    indicators = []
    for indicator in dict.fromkeys(indicator for indicator, _, _ in columns):
        cells = []
        for year in years:
            name = name_of.get((indicator, year))
            value = float(row[name]) if name is not None else float("nan")
            cells.append(None if np.isnan(value) else _quantity(view, value, here, str(name)))
        total = sum(cell.value for cell in cells if cell)
        where = source(f"{FILE}.parquet", **here, stat=f"points_{indicator}")
        indicators.append(IndicatorRow(indicator, tuple(cells), Quantity(total, where, view.messages)))
    return Points(_drawn(view, key, rows, i), len(rows), years, tuple(indicators), _mark(view, key, rows))


def _mark(view: View, key: DrawKey, rows: pd.DataFrame) -> Quantity | None:
    chosen = rows[rows["drawn"].astype(str) == "average"]
    if chosen.empty:
        return None
    last = chosen.iloc[-1]
    return _share(view, float(last["risk_share"]), _where(key, str(last["municipality"])))


def _drawn(view: View, key: DrawKey, rows: pd.DataFrame, i: int) -> Drawn:
    row = rows.iloc[i]
    code = str(row["municipality"])
    here = _where(key, code)
    return Drawn(
        code=code,
        name=str(row.get("name", "")),
        county=str(row.get("county", "")),
        population=_quantity(view, float(row.get("population", np.nan)), here, "population"),
        share=_share(view, float(row["risk_share"]), here),
        points=_quantity(view, float(row.get("risk_points", np.nan)), here, "risk_points"),
        possible=_quantity(view, float(row.get("possible_points", np.nan)), here, "possible_points"),
        rank=int((rows["risk_share"] > row["risk_share"]).sum()) + 1,
        drawn=str(row["drawn"]),
        excluded=str(row.get("excluded_because", "") or ""),
        participates=bool(row.get("participates", False)),
    )


def _where(key: DrawKey, code: str) -> dict[str, object]:
    return {"world": key.world, "design": key.design, "year": key.year, "municipality": code}


def _share(view: View, value: float, here: dict[str, object]) -> Quantity:
    where = source(f"{FILE}.parquet", **here, column="risk_share")
    return Quantity(value, where, view.messages, "percent", _PERCENT, decimals=1)


def _quantity(view: View, value: float, here: dict[str, object], column: str) -> Quantity:
    return Quantity(value, source(f"{FILE}.parquet", **here, column=column), view.messages)


def worlds_of(results: Results) -> Sequence[int]:
    """Numbers of the worlds played."""
    return range(results.manifest.n_worlds or 1)
