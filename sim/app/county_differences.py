"""How an outcome differs between two designs in each county, over all worlds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from sim.atlas.kept import STATISTICS, Pair
from sim.atlas.playing import COUNTY as GROUP
from sim.atlas.playing import county_numbers
from sim.declared import OUTCOMES
from sim.experiments.comparison import paired_statistics, smallest_effects
from sim.experiments.counties import COUNTY, MUNICIPALITIES, TABLE, column, of_single_places
from sim.report.results import MEAN, ComparisonRow, Results


@dataclass(frozen=True)
class CountyDifference:
    """A county's difference; it had `n` municipalities in the last half-year of the first world."""

    county: int
    n: int
    row: ComparisonRow


def mapped_outcomes(results: Results) -> list[str]:
    """Outcomes that can be shown by county: those of which the files hold a figure for each."""
    if isinstance(results, Pair):
        (design,) = results.alternatives
        return [key for key in results.outcomes if county_differences(results, key, design)]
    import pyarrow.parquet as pq

    file = results.folder / f"{TABLE}.parquet"
    there = set(pq.read_schema(file).names) if file.is_file() else set()
    known = {OUTCOMES[i].key for i in of_single_places(OUTCOMES) if column(OUTCOMES[i]) in there}
    return [key for key in results.outcomes if key in known]


def county_differences(results: Results, outcome: str, design: str) -> tuple[CountyDifference, ...]:
    """The paired difference from the baseline in each county, mean over the half-years from the parting on."""
    if isinstance(results, Pair):
        found = ((number, f"{GROUP}{number}") for number in county_numbers())
        return tuple(
            CountyDifference(number, round(results.atlas.sizes[group][0]), row)
            for number, group in found
            if (row := results.comparison(outcome, design, group))
        )
    return _counted(results.folder, results.baseline, design, outcome)


@lru_cache(maxsize=64)
def _counted(folder: Path, a: str, b: str, key: str) -> tuple[CountyDifference, ...]:
    outcome = next(o for o in OUTCOMES if o.key == key)
    results = Results(folder)
    columns = ("world", "design", COUNTY, MUNICIPALITIES, column(outcome))
    rows = results.table(TABLE, columns, [("design", "in", [a, b])])
    if rows.empty:
        return ()
    rows["design"] = rows["design"].astype(str)
    values = rows.pivot(index="world", columns=["design", COUNTY], values=column(outcome))
    counties = sorted(int(county) for county in rows[COUNTY].unique())
    one, other = (
        values.reindex(columns=[(design, county) for county in counties]).to_numpy(dtype=np.float64)
        for design in (a, b)
    )
    paired = paired_statistics(one, other, np.full(len(counties), outcome.better))
    smallest = smallest_effects([outcome.smallest], np.zeros(len(counties), dtype=np.int64), paired)
    first = rows[(rows["design"] == a) & (rows["world"] == rows["world"].min())]
    sizes = first.set_index(COUNTY)[MUNICIPALITIES]
    years = results.manifest.parting_year or 0, results.manifest.last_year or 0
    return tuple(
        CountyDifference(
            county,
            int(sizes.get(county, 0)),
            ComparisonRow(
                outcome=key, group=f"{GROUP}{county}", versus=a, design=b, horizon=MEAN, unit=outcome.unit,
                better=outcome.better, start=float(years[0]), end=float(years[1]),
                smallest=float(smallest[i]), file=f"{TABLE}.parquet",
                **{name: float(getattr(paired, name)[i]) for name in STATISTICS},
            ),
        )
        for i, county in enumerate(counties)
        if paired.n_worlds[i]
    )  # fmt: skip
