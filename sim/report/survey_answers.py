"""The evaluation's survey shares beside those of the virtual survey, item by item and wave by wave."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Floats
from sim.report.observed import Observed, as_share, observed
from sim.report.results import Results
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

BAND = (0.05, 0.95)
_TWO_SIDED = 1.6449  # quantile of the normal distribution for an interval of 90 %


@dataclass(frozen=True)
class Answer:
    """One item in one wave: the share observed with its interval, and the worlds' mean and band; all from 0 to 1."""

    target: str
    half_year: float
    seen: float
    seen_low: float
    seen_high: float
    mean: float
    low: float
    high: float

    @property
    def year(self) -> str:
        """Calendar year."""
        return str(int(self.half_year))


def simulated(view: View) -> list[Answer]:
    """Every item that is a share, in every wave in which it was asked, under the baseline; none without `surveys.parquet`.

    The waves lie before designs part from each other, so it matters little under which one they are read.
    """
    return view.results.once("survey answers", lambda: _simulated(view.results))


def _simulated(results: Results) -> list[Answer]:
    rows = results.table("surveys", filters=[("design", "=", results.baseline)])
    found = []
    if len(rows):
        for (target, wave), part in rows.groupby(["target", "wave"], observed=True, sort=True):
            figure = observed().get(str(target))
            if figure is not None and figure.is_share and figure.n:
                found.append(answer(figure, str(wave), part, results.manifest.survey_widening))
    return found


def answer(figure: Observed, wave: str, rows: pd.DataFrame, widening: float = 1.0) -> Answer:
    """An item's observed share against those of the worlds.

    Parameters
    ----------
    widening : float
        Times by which the worlds' band is wider on either side of their mean, where forecasts of waves held too little.
    """
    values = as_share(figure, _numbers(rows, "share"), _numbers(rows, "n"))
    seen = figure.value * figure.of_all
    below, above = interval(seen, figure.n or 1)
    mean = float(values.mean())
    low, high = np.clip(mean + widening * (np.quantile(values, BAND) - mean), 0.0, 1.0)
    year, season = wave.split("-")
    within = figure.within * figure.of_all
    return Answer(
        figure.target,
        int(year) + (season == "autumn") / 2,
        seen,
        max(below - within, 0.0),
        min(above + within, 1.0),
        mean,
        float(low),
        float(high),
    )


def interval(share: float, n: int) -> tuple[float, float]:
    """The 90 % interval (Wilson's) that sampling `n` persons leaves around a share; it holds near 0 and 1 too."""
    z = _TWO_SIDED
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def _numbers(rows: pd.DataFrame, column: str) -> Floats:
    return rows[column].to_numpy(dtype=np.float64)
