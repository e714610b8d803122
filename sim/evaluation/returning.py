"""The cohorts that got a municipality drawn are met again: what that does to before and after.

A draw looks at three years. Pupils who were tested in 5th grade in those years are tested in 8th grade three years later: in the
year of the draw and the two after it. If a cohort's weakness is its own and goes with it, 8th grade of those drawn looks weak
until they have passed, and better when they are gone, scheme or none: an evaluator who compares with the years right after the
draw sees too little at first, and later takes their leaving for an effect. If the luck of every year's figures is drawn anew,
nothing of the kind is there.

Taken in worlds without the draw, so that nothing is the scheme's doing: the 8th-grade figures of those years less those of the
three years after, drawn less not drawn. In 5th grade, where nobody is met again, the same difference tells what else changes
between the two spans; what is left is the echo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.arrays import Floats
from sim.evaluation.panel import followed
from sim.evaluation.tables import RETURNING, SCHEMAS
from sim.experiments.comparison import CONFIDENCE, LEAST_FOR_SPREAD

YEARS = 3  # from 5th grade to 8th, and that a draw looks at
EIGHTH, FIFTH, ECHO = "eighth", "fifth", "echo"


def changes(draw: pd.DataFrame, seen: pd.DataFrame, draw_year: int) -> Mapping[str, float]:
    """One world's difference between the years in which the cohorts are met again and those after, drawn less not drawn.

    Parameters
    ----------
    draw : DataFrame
        The public record of the draw.
    seen : DataFrame
        With the columns of `sim.evaluation.observed.COLUMNS`, of the world without the draw.

    Returns
    -------
    mapping from `eighth`, `fifth` and `echo` to the difference
        NaN where years or municipalities are missing.
    """
    rows = followed(draw)
    drawn = rows["drawn"].astype(str).to_numpy() != "none"
    numbers = rows["successor"].astype(str)
    figures = seen.assign(municipality=seen["municipality"].astype(str))
    found = {}
    for grade in (EIGHTH, FIFTH):
        wide = figures.pivot(index="municipality", columns="year", values=f"lowest_{grade}")
        spans = [range(draw_year, draw_year + YEARS), range(draw_year + YEARS, draw_year + 2 * YEARS)]
        met, after = (wide.reindex(columns=list(span)).mean(axis=1) for span in spans)
        change = (met - after).reindex(numbers).to_numpy(dtype=np.float64)
        if not set(spans[1]) <= set(wide.columns):
            change = np.full(len(numbers), np.nan)
        found[grade] = _mean(change[drawn]) - _mean(change[~drawn])
    return {**found, ECHO: found[EIGHTH] - found[FIFTH]}


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def summed(worlds: Sequence[Mapping[str, float]]) -> pd.DataFrame:
    """The table `returning`: means over worlds with their intervals, no row without a world."""
    rows = []
    for figure in (EIGHTH, FIFTH, ECHO):
        values = np.array([world[figure] for world in worlds])
        values = values[~np.isnan(values)]
        n = len(values)
        if n == 0:
            continue
        mean = float(values.mean())
        half = float("nan")
        if n >= LEAST_FOR_SPREAD:
            half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2) * values.std(ddof=1) / np.sqrt(n))
        rows.append(
            {
                "figure": figure,
                "n_worlds": n,
                "change": mean,
                "change_low": mean - half,
                "change_high": mean + half,
            }
        )
    return pd.DataFrame(rows, columns=SCHEMAS[RETURNING].names)
