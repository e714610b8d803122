"""Risk scores: how many of the points for weak results a unit gets, of those it could have got.

The rule is the same for a school and for a municipality [AFI-rapport 2021:09, 2.1; OECD 2020]: an indicator
worse than the nation's mean of that year gives one point, worse than the absolute threshold three, and
grunnskolepoeng count threefold. A unit without figures for an indicator and year has fewer possible points,
so units are compared by the risk share: points over possible points. Every figure that there is counts, however few pupils stand
behind it; a unit with too few possible points is not compared. A *cell* is one indicator in one year: 33 of
them, the latest year's first, indicators in the order of `Indicator`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import Floats, Grid, Ints, Number, WholeGrid
from sim.rules import formula, rule
from sim.schemes.follow_up.draw_levers import Draw
from sim.state import State
from sim.state.measurements import HIGH_IS_BAD, N_INDICATORS, N_YEARS, Indicator, Measurements
from sim.state.places import Municipalities
from sim.state.schools import Schools

CELLS = N_YEARS * N_INDICATORS
NEAR = 1e-9
"""Figures closer than this are equal: sums of the same numbers in another order differ by less."""

WORSE = np.where(HIGH_IS_BAD, 1.0, -1.0)
TOLD_ROUNDED = np.tile(np.arange(N_INDICATORS) >= Indicator.LEAVING_POINTS_10, N_YEARS)
"""Which cells are told with one decimal: leaving points and, after them, the survey's indices."""


class Scores(NamedTuple):
    """What units got and could have got.

    Attributes
    ----------
    points, possible : array of float, shape (units, 3 years, 11 indicators), points
    """

    points: Floats
    possible: Floats

    @property
    def risk_points(self) -> Floats:
        """Points over all cells; shape (units,)."""
        return totals(self.points)

    @property
    def possible_points(self) -> Floats:
        """Possible points over all cells; shape (units,)."""
        return totals(self.possible)

    @property
    def risk_share(self) -> Floats:
        """Points over possible points; shape (units,), NaN where nothing was possible."""
        share: Floats = risk_share.of_columns(self.risk_points, self.possible_points)
        return share


def totals(cells: Floats) -> Floats:
    """Sum over years and indicators; from shape (units, years, indicators) to (units,)."""
    summed: Floats = cells.sum(axis=(1, 2))
    return summed


@formula
def total(cells: Grid) -> float:
    """A unit's sum over years and indicators."""
    summed = 0.0
    for year in range(cells.shape[0]):
        for i in range(cells.shape[1]):
            summed += cells[year, i]
    return summed


@formula
def risk_share(points: Number, possible: Number) -> Number:
    """Points over possible points; undefined (NaN) where nothing was possible."""
    return points / possible


@formula
def enough_points(possible: float, full: float, rule: Draw) -> bool:
    """Whether a unit is compared with others: by the share of the full number of points that were possible for it."""
    return (possible > 0) & (possible >= rule.least_points_share * full - NEAR)


# --- figures ---


class Figures(NamedTuple):
    """Figures of municipalities.

    Attributes
    ----------
    units : array of float, shape (municipalities, 33 cells)
        Means weighted by pupils, NaN where they are withheld.
    pupils : array of float, shape (municipalities, 33 cells)
        Pupils behind them.
    nation : array of float, shape (33 cells,)
        Means over all the nation's pupils, those of small units too: the national thresholds. NaN where nobody was measured.
    """

    units: Floats
    pupils: Floats
    nation: Floats


def municipal_figures(state: State, limit: float = 1.0) -> Figures:
    """The figures of the three latest years, brought together to the present municipalities and to the nation.

    Parameters
    ----------
    limit : float
        Fewest pupils for whom a municipality's figure is shown: one for the draw, which uses them all.
    """
    units, pupils = np.zeros((2, len(state[Municipalities]), CELLS))
    figures = Figures(units, pupils, np.zeros(CELLS))
    schools_together(state, None, limit=limit, **figures._asdict())
    return figures


@rule
def schools_together(
    schools: Schools, m: Measurements, limit: float, units: Grid, pupils: Grid, nation: Floats
) -> None:
    """Measured figures brought together; see `Figures`."""
    value = m.value.reshape((len(schools), CELLS))
    n_pupils = m.n_pupils.reshape((len(schools), CELLS))
    bring_together(value, n_pupils, schools.municipality, limit, units, pupils, nation)


@formula
def bring_together(
    value: Grid, n_pupils: WholeGrid, unit: Ints, limit: float, units: Grid, pupils: Grid, nation: Floats
) -> None:
    """Schools' figures brought together to any partition of the schools, and to the nation.

    Parameters
    ----------
    value : array of float, shape (schools, cells)
        Each school's figures, in the indicators' own units.
    n_pupils : array of int, shape (schools, cells)
        Pupils behind each figure.
    unit : array of int, shape (schools,)
        The unit that each school belongs to.
    limit : float
        Fewest pupils for whom a unit's figure exists, at least one.
    units, pupils, nation : arrays of float, shapes (units, cells) and (cells,)
        To be filled: units' figures, the pupils behind them, the nation's figures. They come with zeros.
    """
    for s in range(len(unit)):
        to, count = units[unit[s]], pupils[unit[s]]
        figures, behind = value[s], n_pupils[s]
        for cell in range(len(nation)):
            to[cell] += figures[cell] * behind[cell]
            count[cell] += behind[cell]
    everybody = np.zeros(len(nation))
    for k in range(len(units)):
        to, count = units[k], pupils[k]
        for cell in range(len(nation)):
            nation[cell] += to[cell]
            everybody[cell] += count[cell]
            to[cell] = to[cell] / max(count[cell], 1.0) if count[cell] >= limit else np.nan
    for cell in range(len(nation)):
        nation[cell] = nation[cell] / everybody[cell] if everybody[cell] >= 1 else np.nan


@formula
def spread_between(figures: Grid, spread: Floats) -> None:
    """Standard deviations between the units that have figures, each counting the same, by cell; NaN where no unit has any.

    Parameters
    ----------
    figures : array of float, shape (units, cells)
    spread : array of float, shape (cells,)
        To be filled.
    """
    known, mean = np.zeros(len(spread)), np.zeros(len(spread))
    for k in range(len(figures)):
        for cell in range(len(spread)):
            if not np.isnan(figures[k, cell]):
                known[cell] += 1
                mean[cell] += figures[k, cell]
    for cell in range(len(spread)):
        mean[cell] /= max(known[cell], 1.0)
        spread[cell] = 0.0
    for k in range(len(figures)):
        for cell in range(len(spread)):
            if not np.isnan(figures[k, cell]):
                spread[cell] += (figures[k, cell] - mean[cell]) ** 2
    for cell in range(len(spread)):
        spread[cell] = np.sqrt(spread[cell] / known[cell]) if known[cell] > 0 else np.nan


@rule
def spreads(figures: Grid, spread: Floats) -> None:
    """`spread_between`, for whoever is no rule."""
    spread_between(figures, spread)


def absolute_distances(spread: Floats, rule: Draw) -> Floats:
    """How far each indicator's absolute threshold lies beyond its national one.

    Parameters
    ----------
    spread : array of float, shape (33 cells,)
        SD between municipalities, NaN without any figure.

    Returns
    -------
    array of float, shape (11,)
        In the indicators' own units: the mean over the years that count and have figures; without any figure infinite,
        so that nobody lies beyond.
    """
    sd = spread.reshape(N_YEARS, N_INDICATORS)[: rule.years_of_data]
    known = ~np.isnan(sd)
    n = known.sum(axis=0)
    mean_sd = np.divide(np.where(known, sd, 0).sum(axis=0), n, out=np.full(n.shape, np.inf), where=n > 0)
    distances: Floats = rule.absolute_distance * mean_sd
    return distances


# --- points ---


def as_told(figures: Floats, rule: Draw) -> Floats:
    """Figures as the draw goes by them: shares of pupils as they are, leaving points and indices rounded.

    Parameters
    ----------
    figures : array of float, shape (..., 33 cells)
        Units' or the nation's, in the indicators' own units, NaN where there is none.
    """
    if rule.figure_step <= 0:
        return figures
    rounded: Floats = np.where(TOLD_ROUNDED, np.rint(figures / rule.figure_step) * rule.figure_step, figures)
    return rounded


def at_stake(distances: Floats, rule: Draw) -> Grid:
    """What decides on the points of a cell, shape (4, 33 cells): 1 or -1 for where worse is, points beyond the national
    threshold, most points, and how far beyond it the absolute threshold lies.

    Should points beyond the absolute threshold ever be set lower than those beyond the national one, the higher count: worse
    results never give fewer points.

    Parameters
    ----------
    distances : array of float, shape (11,)
        From `absolute_distances`.
    """
    weights = rule.cell_weights
    stake = np.empty((4, N_YEARS, N_INDICATORS))
    stake[0], stake[3] = WORSE, distances
    stake[1] = weights * rule.points_national
    stake[2] = weights * max(rule.points_national, rule.points_absolute)
    return stake.reshape(-1, CELLS)


@formula
def points_for(worse: float, lesser: float, most: float, beyond: float) -> float:
    """Points for a figure that is so much worse than the nation's; one exactly at a threshold is not worse than it."""
    least, top = lesser * (worse > NEAR), most * (worse > beyond + NEAR)
    return least if least > top else top  # noqa: FURB136 - numba makes a branch of max


@formula
def give_points(figures: Grid, nation: Floats, stake: Grid, points: Grid, possible: Grid) -> None:
    """Units' points and possible points by the rule.

    Parameters
    ----------
    figures : array of float, shape (units, cells)
        NaN where there is none: then there are no points, and none are possible.
    nation : array of float, shape (cells,)
    stake : array of float, shape (4, cells)
        From `at_stake`.
    points, possible : arrays of float, shape (units, cells)
        To be filled.
    """
    worse, lesser, most, beyond = stake[0], stake[1], stake[2], stake[3]
    for k in range(len(figures)):
        for cell in range(len(nation)):
            by = (figures[k, cell] - nation[cell]) * worse[cell]
            points[k, cell] = points_for(by, lesser[cell], most[cell], beyond[cell])
            possible[k, cell] = most[cell] * (not np.isnan(by))


@rule
def score_municipalities(figures: Grid, nation: Floats, stake: Grid, points: Grid, possible: Grid) -> None:
    """`give_points` to municipalities."""
    give_points(figures, nation, stake, points, possible)


def municipal_scores(state: State, figures: Floats, nation: Floats, distances: Floats, rule: Draw) -> Scores:
    """Municipalities' points, from figures of shape (municipalities, 33 cells) and the nation's, shape (33 cells,)."""
    points, possible = np.empty((2, *figures.shape))
    stake = at_stake(distances, rule)
    score_municipalities(
        state, None, figures=figures, nation=nation, stake=stake, points=points, possible=possible
    )
    shape = (-1, N_YEARS, N_INDICATORS)
    return Scores(points.reshape(shape), possible.reshape(shape))
