"""How an outcome differs between two designs in each county, from the worlds that were kept in detail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Floats
from sim.declared import OUTCOMES
from sim.experiments.comparison import paired_statistics
from sim.outcomes.outcome import Gather
from sim.report.manifest import GROUPED
from sim.report.results import MEAN, ComparisonRow, Results

if TYPE_CHECKING:
    import pandas as pd

_PLACE = ("world", "design", "half_year", "county")
_COLUMNS = (*_PLACE, "year", "population")
_FILE, _GROUPS_FILE = "municipalities", "municipalities_by_group"
_STATISTICS = (
    "n_worlds", "mean_a", "mean_b", "difference", "low", "high", "spread_low", "spread_high", "probability_better",
    "minimum_detectable_effect", "variance_reduction",
)  # fmt: skip


@dataclass(frozen=True)
class CountyDifference:
    """A county's difference; it had `n` municipalities in the last half-year of the first world."""

    county: int
    n: int
    row: ComparisonRow


def mapped_outcomes(results: Results) -> list[str]:
    """Outcomes that can be shown by county: those of which the detailed worlds hold a figure for each municipality."""
    import pyarrow.parquet as pq

    file = results.folder / f"{_file_of(results)}.parquet"
    there = set(pq.read_schema(file).names) if file.is_file() else set()
    if not set(_COLUMNS) <= there:
        return []
    known = {outcome.key for outcome in OUTCOMES if outcome.gather is not Gather.NATION}
    return [key for key in results.outcomes if key in known and f"outcome_{key}" in there]


def _file_of(results: Results) -> str:
    """The table with the municipalities, or with groups of them where they are real ones."""
    return _GROUPS_FILE if results.manifest.places == GROUPED else _FILE


def county_differences(results: Results, outcome: str, design: str) -> tuple[CountyDifference, ...]:
    """The paired difference from the baseline in each county, mean over the half-years from the parting on.

    Within a county municipalities count as in the whole country: each the same, added up, or (where the country's figure
    is weighted by pupils, which the table lacks) by inhabitants.
    """
    return _counted(results.folder, results.baseline, design, outcome, results.manifest.parting_year or 0)


@lru_cache(maxsize=64)
def _counted(folder: Path, a: str, b: str, key: str, parting: int) -> tuple[CountyDifference, ...]:
    outcome = next(o for o in OUTCOMES if o.key == key)
    filters = [("design", "in", [a, b]), ("year", ">=", parting)]
    results = Results(folder)
    rows = results.table(_file_of(results), (*_COLUMNS, "municipalities", f"outcome_{key}"), filters)
    if rows.empty:
        return ()
    if "municipalities" not in rows:
        rows["municipalities"] = 1
    rows = rows.rename(columns={f"outcome_{key}": "value"})
    rows[["design", "half_year"]] = rows[["design", "half_year"]].astype(str)
    values = {design: by_county(rows[rows["design"] == design], outcome.gather) for design in (a, b)}
    counties = values[a].columns
    paired = paired_statistics(
        _numbers(values[a]),
        _numbers(values[b].reindex_like(values[a])),
        np.full(len(counties), outcome.better),
    )
    last = rows[(rows["half_year"] == rows["half_year"].max()) & (rows["design"] == a)]
    sizes = last[last["world"] == last["world"].min()].groupby("county")["municipalities"].sum()
    return tuple(
        CountyDifference(
            int(county),
            int(sizes.get(county, 0)),
            ComparisonRow(
                outcome=key, group=f"county.{county}", design_a=a, design_b=b, horizon=MEAN, unit=outcome.unit,
                better=outcome.better, year_from=float(parting), year_to=float(rows["year"].max()),
                **{name: float(getattr(paired, name)[i]) for name in _STATISTICS},
            ),
        )
        for i, county in enumerate(counties)
        if paired.n_worlds[i]
    )  # fmt: skip


def by_county(rows: pd.DataFrame, gather: Gather) -> pd.DataFrame:
    """One figure for each world (row) and county (column): gathered in each half-year, then the mean of those.

    Parameters
    ----------
    rows : DataFrame
        Columns `world`, `half_year`, `county`, `population`, `municipalities` (how many a row stands for), `value`; NaN where
        there is no value.
    """
    place = ["world", "county", "half_year"]
    known = rows.dropna(subset=["value"])
    if gather is Gather.SUM:
        figures = known.groupby(place)["value"].sum()
    else:
        weight = known["population" if gather is Gather.PUPILS else "municipalities"]
        weighted = known.assign(value=known["value"] * weight, weight=weight)
        sums = weighted.groupby(place)[["value", "weight"]].sum()
        figures = sums["value"] / sums["weight"]
    table: pd.DataFrame = figures.groupby(level=["world", "county"]).mean().unstack("county")
    return table.reindex(index=sorted(rows["world"].unique()), columns=sorted(rows["county"].unique()))


def _numbers(table: pd.DataFrame) -> Floats:
    return table.to_numpy(dtype=np.float64)
