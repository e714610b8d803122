"""One world as an evaluator's table: who was drawn, what they looked like, what was measured before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.arrays import Bools, Floats
from sim.evaluation.estimators import (
    Estimate,
    bandwidth,
    before_after,
    bias_corrected,
    cut,
    discontinuity,
    kernel,
    look_alikes,
    sharp,
)
from sim.evaluation.observed import OUTCOMES
from sim.evaluation.scenarios import SCENARIOS, WITH

BEFORE_AFTER, LOOK_ALIKES = "before_after", "look_alikes"
CORRECTED, DISCONTINUITY = "corrected", "discontinuity"

COULD_BE_DRAWN = ("", "too large", "supervision", "merging", "in another scheme", "no cause for concern")
"""Reasons of exclusion that leave a municipality open to the average draw: none, or such as concern the spread draw."""

_REGISTER = ("education_low", "education_high", "disability", "child_welfare")
_LOGGED = ("population", "free_income")


@dataclass(frozen=True)
class Panel:
    """One world; municipalities that were drawn or could have been.

    Attributes
    ----------
    drawn : array of bool, shape (municipalities,)
    by_rank : array of bool, shape (municipalities,)
        Drawn by rank (the average draw) or not drawn at all: those whom the cut divides.
    beyond : array of float, shape (municipalities,)
        Risk share less the cut.
    covariates : array of float, shape (municipalities, covariates)
        Register columns and earlier figures.
    before : mapping from outcome to array of float, shape (municipalities,)
        Mean of the three years before the draw.
    after : mapping from (design, outcome, years after) to array of float, shape (municipalities,)
        NaN where there is no figure, or the municipality is no more.
    """

    drawn: Bools
    by_rank: Bools
    beyond: Floats
    covariates: Floats
    before: Mapping[str, Floats]
    after: Mapping[tuple[str, str, int], Floats]


def panel(
    draw: pd.DataFrame, figures: Mapping[str, pd.DataFrame], draw_year: int, years_after: Sequence[int]
) -> Panel:
    """Put one world's tables together.

    Parameters
    ----------
    draw : DataFrame
        The public record of the draw, a row for each municipality at New Year.
    figures : mapping from design to DataFrame
        With the columns of `sim.evaluation.observed.COLUMNS`.
    draw_year : int
    years_after : sequence of int
        After how many years the evaluator looks.
    """
    rows = followed(draw)
    kind = rows["drawn"].astype(str).to_numpy()
    risk = rows["risk_share"].to_numpy(dtype=np.float64)
    drawn, by_rank = kind != "none", kind != "spread"
    then = _of_year(figures[WITH], draw_year - 1)
    own = rows["municipality"].astype(str)
    before = {outcome: _looked_up(then, f"{outcome}_before", own) for outcome in OUTCOMES}
    now = rows["successor"].astype(str)
    after = {
        (design, outcome, years): _looked_up(_of_year(table, draw_year + years), outcome, now)
        for design, table in figures.items()
        for outcome in OUTCOMES
        for years in years_after
    }
    return Panel(
        drawn=drawn,
        by_rank=by_rank,
        beyond=risk - cut(risk[by_rank], drawn[by_rank]),
        covariates=np.column_stack([_background(rows), *before.values()]),
        before=before,
        after=after,
    )


def followed(draw: pd.DataFrame) -> pd.DataFrame:
    """Those in the record of a draw who were drawn or could have been, and can be followed: who don't merge with others."""
    could = draw["excluded_because"].astype(str).isin(COULD_BE_DRAWN) | (draw["drawn"].astype(str) != "none")
    rows = draw[could]
    return rows[~rows["successor"].duplicated(keep=False)]


def _background(rows: pd.DataFrame) -> Floats:
    plain = rows[list(_REGISTER)].to_numpy(dtype=np.float64)
    logged = np.log(np.maximum(rows[list(_LOGGED)].to_numpy(dtype=np.float64), 1.0))
    return np.hstack([plain, logged])


def _of_year(table: pd.DataFrame, year: int) -> pd.DataFrame:
    return table[table["year"] == year]


def _looked_up(table: pd.DataFrame, column: str, codes: pd.Series) -> Floats:
    """Values of municipalities by their codes; NaN for those that are not in the table."""
    values = pd.Series(table[column].to_numpy(dtype=np.float64), index=table["municipality"].astype(str))
    return values.reindex(codes).to_numpy()


def estimates(world: Panel, years_after: Sequence[int]) -> list[dict[str, object]]:
    """Every estimator in every scenario, for every outcome and number of years, with the truth beside it.

    Returns
    -------
    list of dict
        `scenario`, `estimator`, `outcome`, `years_after`, the fields of `Estimate`, `true_effect` (on all drawn), `own_effect`
        (on those whom the estimator is about: for the cut, the drawn near it, weighted as it weighs them) and `sd_between`
        (SD between municipalities before the draw).
    """
    found = []
    for scenario, pair in SCENARIOS.items():
        for outcome in OUTCOMES:
            for years in years_after:
                found += _estimates(world, scenario, pair, outcome, years)
    return found


def _estimates(
    world: Panel, scenario: str, pair: tuple[str, str], outcome: str, years: int
) -> list[dict[str, object]]:
    seen, without = (world.after[design, outcome, years] for design in pair)
    there = ~np.isnan(world.covariates).any(axis=1) & ~np.isnan(seen) & ~np.isnan(without)
    change = (seen - world.before[outcome])[there]
    truth = (seen - without)[there]
    drawn, by_rank, beyond = world.drawn[there], world.by_rank[there], world.beyond[there]
    covariates = world.covariates[there]
    made: dict[str, tuple[Callable[[], Estimate], float]] = {
        BEFORE_AFTER: (lambda: before_after(change[drawn]), _mean(truth[drawn])),
        LOOK_ALIKES: (lambda: look_alikes(change, drawn, covariates), _mean(truth[drawn])),
        CORRECTED: (lambda: bias_corrected(change, drawn, covariates), _mean(truth[drawn])),
        DISCONTINUITY: (
            lambda: discontinuity(change[by_rank], drawn[by_rank], beyond[by_rank]),
            _at_the_cut(truth[by_rank], drawn[by_rank], beyond[by_rank]),
        ),
    }
    about = {
        "scenario": scenario,
        "outcome": outcome,
        "years_after": years,
        "true_effect": _mean(truth[drawn]),
        "sd_between": float(world.before[outcome][there].std(ddof=1)) if there.sum() > 1 else float("nan"),
    }
    return [
        {**about, "estimator": name, **estimate()._asdict(), "own_effect": own}
        for name, (estimate, own) in made.items()
    ]


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _at_the_cut(truth: Floats, drawn: Bools, beyond: Floats) -> float:
    """Mean true effect on the drawn near the cut, each weighted by the kernel."""
    if not drawn.any() or drawn.all() or not sharp(drawn, beyond):
        return float("nan")
    weight = kernel(beyond, bandwidth(drawn, beyond))[drawn]
    return float((truth[drawn] * weight).sum() / weight.sum()) if weight.sum() > 0 else float("nan")
