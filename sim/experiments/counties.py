"""What outcomes are in each county, in every world: the mean over the half-years from the parting on, for the map.

Within a county municipalities count as in the whole country: added up, each the same, or weighted by pupils.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from sim.arrays import Floats, Ints
from sim.experiments import tables
from sim.experiments.recording import Page, group_figures
from sim.outcomes.outcome import Gather, Outcome

TABLE = "counties"
ROWS_ARE = "one county, in one world under one design"
COUNTY, MUNICIPALITIES = "county", "municipalities"


def of_single_places(outcomes: Sequence[Outcome]) -> list[int]:
    """The outcomes that have a figure for each municipality, by their places."""
    return [i for i, outcome in enumerate(outcomes) if outcome.gather is not Gather.NATION]


def column(outcome: Outcome) -> str:
    """The column of an outcome."""
    return f"outcome_{outcome.key}"


def schema(outcomes: Sequence[Outcome]) -> pa.Schema:
    """The columns."""
    return pa.schema([
        tables.WORLD,
        tables.DESIGN,
        tables.field(COUNTY, tables.WHOLE, "number", "county, by its number in 2024"),
        tables.field(MUNICIPALITIES, tables.WHOLE, MUNICIPALITIES, "its municipalities in the last half-year"),
        *(
            tables.field(column(outcomes[i]), tables.NUMBER, outcomes[i].unit,
                         f"mean from the parting on: {outcomes[i].meaning}")
            for i in of_single_places(outcomes)
        ),
    ])  # fmt: skip


def county_table(
    world: int, design: str, pages: Sequence[Page], outcomes: Sequence[Outcome], least: int = 0
) -> pa.Table:
    """The rows of one world under one design.

    Parameters
    ----------
    pages : sequence of Page
        From the parting on.
    least : int
        Municipalities that a county must have, and a figure rest on, to be told of.
    """
    counties, sizes = np.unique(pages[-1].county, return_counts=True)
    counties, sizes = counties[sizes >= least], sizes[sizes >= least]
    kept = of_single_places(outcomes)
    figures = np.array([county_figures(page, counties, outcomes, kept, least) for page in pages])
    known = ~np.isnan(figures)
    behind = known.sum(axis=0)
    means = np.where(known, figures, 0.0).sum(axis=0) / np.where(behind > 0, behind, np.nan)
    n = len(counties)
    columns = [
        pa.array(np.full(n, world, dtype=np.int32)),
        tables.one_word(design, n),
        pa.array(counties),
        pa.array(sizes),
        *map(tables.array, means),
    ]
    return pa.table(columns, schema=schema(outcomes))


def county_figures(
    page: Page, counties: Ints, outcomes: Sequence[Outcome], kept: Sequence[int], least: int = 0
) -> Floats:
    """Each outcome in each county, shape (outcomes kept, counties)."""
    masks, values = (page.county == counties[:, None]).astype(np.float64), page.values[kept]
    summed = np.array([outcomes[i].gather is Gather.SUM for i in kept])
    by_pupils = np.array([outcomes[i].gather is Gather.PUPILS for i in kept])
    figures = group_figures(values, np.where(by_pupils[:, None], page.pupils, 1.0), masks, summed)
    if least:
        figures[(~np.isnan(values)).astype(np.float64) @ masks.T < least] = np.nan
    return figures
